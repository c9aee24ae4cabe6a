/**
 * The page inside the deal card as one script and one style sheet. The build puts them into the bundle of the node
 * that serves the page (gulpfile.js), jest takes them from here.
 */
const { join } = require('node:path');
const { buildSync } = require('esbuild');

const bundle = (entry, options) =>
	buildSync({
		entryPoints: [join(__dirname, 'nodes/OneCPickerTrigger/page', entry)],
		bundle: true,
		write: false,
		minify: true,
		target: ['chrome100', 'firefox100', 'safari15'],
		charset: 'utf8',
		legalComments: 'none',
		...options,
	}).outputFiles[0].text;

const buildPage = () => ({
	script: bundle('index.tsx', {
		format: 'iife',
		jsx: 'automatic',
		jsxImportSource: 'preact',
		define: { 'process.env.NODE_ENV': '"production"' },
	}),
	style: bundle('page.css', {}),
});

module.exports = { buildPage };
