/**
 * Builds dist/: a type check, one bundle per node and credential (zod and big.js inside, only n8n-workflow
 * outside, because n8n forbids runtime dependencies of community nodes), then icons and codex files.
 */
const { execFileSync } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { build } = require('esbuild');
const { dest, parallel, series, src } = require('gulp');

const clean = () => rm('dist', { recursive: true, force: true });

const typecheck = async () => {
	execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '--noEmit'], {
		stdio: 'inherit',
	});
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
	});
};

const assets = () =>
	src(['nodes/**/*.svg', 'nodes/**/*.node.json', 'credentials/**/*.svg'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));

exports.build = series(clean, parallel(typecheck, bundle, assets));
