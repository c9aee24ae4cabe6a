/** Tests in a real browser: slower than the others, and they need Chromium. */
module.exports = {
	...require('./jest.config.js'),
	testMatch: ['<rootDir>/test/**/*.e2e.ts'],
	testTimeout: 60_000,
};
