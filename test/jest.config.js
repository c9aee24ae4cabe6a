/** Jest runs TypeScript through swc, which only strips types; `gulp build` checks them. */
module.exports = {
	rootDir: '..',
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	setupFiles: ['<rootDir>/test/support/setup.ts'],
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	modulePathIgnorePatterns: [
		'<rootDir>/dist/',
		'<rootDir>/test/e2e/node_modules/',
		'<rootDir>/test/e2e/.run/',
	],
};
