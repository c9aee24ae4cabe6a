/** Writes the pages that are made of the code: nodes are loaded the way the tests load them. */
module.exports = {
	...require('./jest.config.js'),
	testMatch: ['<rootDir>/test/docs/write.ts'],
};
