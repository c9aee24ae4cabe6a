/** Jest runs TypeScript through swc, which only strips types; `gulp build` checks them. */
module.exports = {
	rootDir: '..',
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	setupFilesAfterEnv: ['<rootDir>/test/support/setup.ts', '<rootDir>/test/conformance/guard.ts'],
	transform: {
		'\\.ttf$': '<rootDir>/test/support/fontAsText.js',
		'^.+\\.(ts|js)$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	moduleNameMapper: { '/page/built$': '<rootDir>/test/support/builtPage.js' },
	/** qs-esm is published as ES modules only, and fonts are made into text. */
	transformIgnorePatterns: ['/node_modules/(?!qs-esm/|@expo-google-fonts/)'],
	modulePathIgnorePatterns: [
		'<rootDir>/dist/',
		'<rootDir>/test/e2e/node_modules/',
		'<rootDir>/test/e2e/.run/',
		'<rootDir>/test/outside/node_modules/',
	],
};
