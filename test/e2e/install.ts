/**
 * `npm run installs`: the ways the documentation gives to put the package into an n8n, each tried on a fresh one.
 * `E2E_N8N=/folder/with/another/n8n` tries them on that n8n, such as the oldest one the package is for.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { removesFolderAtEnd } from './atEnd';
import { nodePath, repoDir } from './machine.mjs';
import { prepareN8n, type RealN8n } from './n8n';
import { n8nVersion } from './n8nEnvironment';
import { openNpmStandIn } from './npmStandIn';

interface Manifest {
	name: string;
	version: string;
	n8n: { nodes: string[]; credentials: string[] };
}

const manifest = JSON.parse(readFileSync(join(repoDir, 'package.json'), 'utf8')) as Manifest;

const folder = (name: string): string => {
	const made = mkdtempSync(join(tmpdir(), `n8n-${name}-`));
	removesFolderAtEnd(made);
	return made;
};

const packed = (): string => {
	const target = folder('tarball');
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', target];
	const shell = process.platform === 'win32';
	const answer = execFileSync('npm', args, { cwd: repoDir, encoding: 'utf8', shell });
	const [{ filename }] = JSON.parse(answer) as Array<{ filename: string }>;
	return join(target, filename);
};

/** What the editor gets to know of the package. */
const known = async (n8n: RealN8n): Promise<{ nodes: number; credentials: number }> => {
	const nodes = JSON.parse(await n8n.api.opens('/types/nodes.json')) as Array<{ name: string }>;
	const credentials = JSON.parse(await n8n.api.opens('/types/credentials.json')) as Array<{
		name: string;
	}>;
	const ours = manifest.n8n.credentials.map((file) =>
		(/([^/]+)\.credentials\.js$/.exec(file)?.[1] ?? '').toLowerCase(),
	);
	const twin = /Tool$/;
	return {
		nodes: new Set(
			nodes
				.map(({ name }) => name)
				.filter((name) => name.startsWith(`${manifest.name}.`) && !twin.test(name)),
		).size,
		credentials: credentials.filter(({ name }) => ours.includes(name.toLowerCase())).length,
	};
};

const expectAll = async (what: string, n8n: RealN8n): Promise<void> => {
	const found = await known(n8n);
	const wanted = {
		nodes: manifest.n8n.nodes.length,
		credentials: manifest.n8n.credentials.length,
	};
	if (JSON.stringify(found) !== JSON.stringify(wanted)) {
		const [got, want] = [JSON.stringify(found), JSON.stringify(wanted)];
		throw new Error(`${what}: n8n knows ${got} instead of ${want}\n${n8n.log()}`);
	}
	console.log(`✓ ${what}: ${found.nodes} nodes, ${found.credentials} credentials`);
};

const byTarball = async (): Promise<void> => {
	const n8n = await prepareN8n();
	const start = Date.now();
	await n8n.starts();
	try {
		await expectAll('tarball in ~/.n8n/nodes', n8n);
		console.log(`  n8n was up after ${((Date.now() - start) / 1000).toFixed(1)} s`);
	} finally {
		await n8n.stops();
	}
};

/** What a person starts in Settings → Community nodes, and what takes it out again. */
const byEditor = async (): Promise<void> => {
	const which = process.platform === 'win32' ? 'where' : 'which';
	const npm = realpathSync(
		execFileSync(which, ['npm'], { encoding: 'utf8' }).split('\n')[0].trim(),
	);
	const registry = await openNpmStandIn(folder('registry'), packed(), npm);
	const userFolder = folder('editor');
	mkdirSync(join(userFolder, '.n8n', 'nodes'), { recursive: true });
	const paths = [registry.binDir, dirname(nodePath()), process.env.PATH ?? ''];
	const PATH = paths.join(delimiter);
	const n8n = await prepareN8n({ userFolder, isBare: true, environment: { PATH } });
	try {
		await n8n.starts();
		const body = { name: manifest.name };
		await n8n.api.rest('/community-packages', { method: 'POST', body });
		await expectAll('Settings → Community nodes → Install', n8n);
		if (!registry.requests.some((path) => path.endsWith('.tgz')))
			throw new Error('n8n took the package from somewhere else');
		await n8n.api.rest(`/community-packages?name=${manifest.name}`, { method: 'DELETE' });
		const left = await known(n8n);
		if (left.nodes > 0) throw new Error(`After removal n8n still knows ${left.nodes} nodes`);
		console.log('✓ Settings → Community nodes → Uninstall');
	} finally {
		await n8n.stops();
		await registry.closes();
	}
};

const main = async (): Promise<void> => {
	console.log(`n8n ${n8nVersion()}, package ${manifest.version}`);
	await byTarball();
	// An older n8n asks registry.npmjs.org past npm, and knows nothing of a package that is not published yet.
	if (process.platform === 'win32' || process.env.E2E_N8N) {
		console.log(
			'- Settings → Community nodes: tried with the n8n of this project only, not on Windows',
		);
		return;
	}
	await byEditor();
};

main().catch((error: unknown) => {
	console.error(error instanceof Error ? [error.message, error.cause].join('\n') : error);
	process.exitCode = 1;
});
