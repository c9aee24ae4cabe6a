/** Measurements: they print numbers, and fail only when the work itself grows with the size of the base. */
module.exports = {
	...require('./jest.config.js'),
	testMatch: ['<rootDir>/test/bench/**/*.bench.ts'],
	testTimeout: 180_000,
};
