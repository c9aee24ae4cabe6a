/**
 * Builds dist/: a type check, one bundle per node and credential (zod, big.js and the page inside, only
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

const bundle = async () => {
	const { n8n } = require('./package.json');
	const entryPoints = [...n8n.nodes, ...n8n.credentials].map((file) =>
		file.replace(/^dist\//, '').replace(/\.js$/, '.ts'),
	);
	await build({
		entryPoints,
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
		plugins: [builtPage],
	});
};

const assets = () =>
	src(['nodes/**/*.svg', 'nodes/**/*.node.json', 'credentials/**/*.svg'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));

exports.build = series(clean, parallel(typecheck, bundle, assets));
