/** What the build puts in place of the page, for tests that run the sources of the node. */
module.exports = require('../../pageBundle').buildPage();
