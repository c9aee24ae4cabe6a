/** What the build makes of a font: base64 in a string, for tests that run the sources of the print node. */
const { readFileSync } = require('node:fs');

module.exports = {
	process: (_, path) => ({
		code: `exports.__esModule = true; exports.default = ${JSON.stringify(readFileSync(path, 'base64'))};`,
	}),
};
