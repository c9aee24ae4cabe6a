/** Measurements: they print numbers, and fail only when the work itself grows with the size of the base. */
module.exports = {
	...require('./jest.config.js'),
	testMatch: ['<rootDir>/test/bench/**/*.bench.ts'],
	testTimeout: process.env.LARGE ? 3_600_000 : 600_000,
	/** One after another, so that they do not take the time from each other. */
	maxWorkers: 1,
	reporters: ['default', '<rootDir>/test/bench/table.js'],
};
