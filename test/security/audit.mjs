/**
 * `npm run audit`: whether anything that is bundled into the nodes has a known hole. The package itself has no
 * dependencies for `npm audit` to look at, so what the nodes import is asked about as if it were installed.
 * A registry that offers no audit is said to offer none; only a hole that was found is a failure.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repoDir = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const nodesDir = join(repoDir, 'nodes');

/** What n8n brings along. */
const HOST = 'n8n-workflow';

const imported = () => {
	const names = new Set();
	for (const file of readdirSync(nodesDir, { recursive: true })) {
		if (!/\.tsx?$/.test(file)) continue;
		const text = readFileSync(join(nodesDir, file), 'utf8');
		for (const [, path] of text.matchAll(/ from '([^'.][^']*)'/g)) {
			const [first, second] = path.split('/');
			names.add(first.startsWith('@') ? `${first}/${second}` : first);
		}
	}
	return [...names].filter((name) => !name.startsWith('node:') && name !== HOST).sort();
};

const { packages } = JSON.parse(readFileSync(join(repoDir, 'package-lock.json'), 'utf8'));
const dependencies = Object.fromEntries(
	imported().map((name) => [name, packages[`node_modules/${name}`].version]),
);

const folder = mkdtempSync(join(tmpdir(), 'audit-'));

/** npm says what it found by its exit code too, so the code alone is no failure. */
const npm = (...args) =>
	new Promise((resolve) => {
		const options = { cwd: folder, shell: process.platform === 'win32' };
		execFile('npm', args, options, (_error, stdout) => resolve(stdout));
	});

try {
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
	await npm('install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund');
	const answer = JSON.parse((await npm('audit', '--json')) || '{}');
	const asked = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
	const found = Object.values(answer.vulnerabilities ?? {});
	if (!answer.metadata) {
		const why = answer.message ?? answer.error?.summary ?? 'no answer';
		console.log(
			`NOT AUDITED: the registry offers no audit (${why}). Asked about: ${asked.join(', ')}.`,
		);
	} else if (found.length > 0) {
		for (const { name, severity, range } of found) console.error(`${name} ${range}: ${severity}`);
		process.exitCode = 1;
	} else {
		console.log(`No known holes in ${asked.join(', ')}.`);
	}
} finally {
	rmSync(folder, { recursive: true, force: true });
}
