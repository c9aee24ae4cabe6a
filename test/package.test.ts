/** The built package as n8n gets it. `npm test` builds it first. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { installs } from './support/engine';
import { invoiceJson } from './support/printedInvoices';
import { binary, pictureFile, prints, readsDocx, readsPdf } from './support/printShop';

const root = join(__dirname, '..');

interface Manifest {
	name: string;
	dependencies?: Record<string, string>;
	peerDependencies: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const { nodes, credentials } = manifest.n8n;

const classIn = <T>(file: string): T => {
	const exported = jest.requireActual<Record<string, new () => T>>(join(root, file));
	const name = /([^/]+)\.(?:node|credentials)\.js$/.exec(file)?.[1] ?? '';
	return new exported[name]();
};

const beside = (file: string, path: string): string =>
	join(root, file, '..', path.replace(/^file:/, ''));

jest.setTimeout(120_000);

test('needs nothing at run time but n8n itself', () => {
	expect(manifest.dependencies).toBeUndefined();
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
});

/** What n8n downloads, keeps and loads at every start: 4.6 MB, 1.5 MB of it packed, and 0.2 s when this was written. */
test('is small, and quickly loaded', async () => {
	const { stdout: packed } = await promisify(execFile)(
		'npm',
		['pack', '--dry-run', '--json', '--ignore-scripts'],
		{ cwd: root, shell: process.platform === 'win32', maxBuffer: 16 * 1024 * 1024 },
	);
	const [{ unpackedSize, files }] = JSON.parse(packed) as Array<{
		unpackedSize: number;
		files: Array<{ path: string }>;
	}>;
	expect(unpackedSize).toBeLessThan(6_000_000);
	const strays = files.filter(
		({ path }) =>
			!/^(dist|workflows)\/|^(package\.json|LICENSE|(README|CHANGELOG).*\.md)$/.test(path),
	);
	expect(strays).toEqual([]);
	expect(files.filter(({ path }) => /\.(png|ts|map)$/.test(path))).toEqual([]);
	const load = `const from = process.cpuUsage();
		for (const file of ${JSON.stringify(nodes)}) require('./' + file);
		console.log(process.cpuUsage(from).user / 1000)`;
	// n8n has loaded its own n8n-workflow before it comes to us.
	const { stdout } = await promisify(execFile)(
		process.execPath,
		['-e', `require('n8n-workflow'); ${load}`],
		{ cwd: root },
	);
	expect(Number(stdout)).toBeLessThan(1_500);
});

test.each([...nodes, ...credentials])('%s holds all it needs', (file) => {
	const required = [
		...readFileSync(join(root, file), 'utf8').matchAll(/\brequire\("([^"]+)"\)/g),
	].map(([, name]) => name.replace(/^node:/, ''));
	const allowed = new Set(['n8n-workflow', 'crypto']);
	expect(required.filter((name) => !allowed.has(name))).toEqual([]);
});

test.each(nodes)('%s has an icon for light and one for dark, and is found by search', (file) => {
	const { description } = classIn<INodeType>(file);
	const { light, dark } = description.icon as { light: string; dark: string };
	expect([light, dark].map((icon) => existsSync(beside(file, icon)))).toEqual([true, true]);
	const codex = JSON.parse(readFileSync(join(root, file.replace(/\.js$/, '.json')), 'utf8')) as {
		node: string;
		categories: string[];
	};
	expect(codex.node).toBe(`${manifest.name}.${description.name}`);
	expect(codex.categories.length).toBeGreaterThan(0);
});

test.each(credentials)('%s can be tested, or is connected by consent', (file) => {
	const { test: request, extends: parents } = classIn<ICredentialType>(file);
	expect(request !== undefined || parents?.includes('oAuth2Api')).toBe(true);
});

test('every credential a node asks for is one of ours', () => {
	const ours = credentials.map((file) => classIn<ICredentialType>(file).name);
	const asked = nodes.flatMap((file) => {
		const { description } = classIn<INodeType>(file);
		return (description.credentials ?? []).map(({ name }) => name);
	});
	expect([...new Set(asked)].filter((name) => !ours.includes(name))).toEqual([]);
});

/** The editor would put a credential that depends on nothing into the list of those between which a choice is made. */
test.each(nodes)('%s offers each of its credentials where it belongs', (file) => {
	const { credentials: asked = [] } = classIn<INodeType>(file).description;
	const free = asked.filter(({ displayOptions }) => !displayOptions?.show);
	expect(free.length === 0 || asked.length === 1).toBe(true);
});

/** Its libraries are bundled with stand-ins for Node's files, streams and compression: these have to work. */
test('the built print node prints what the sources print', async () => {
	const file = nodes.find((path) => path.includes('InvoicePrint')) ?? '';
	const parameters = { formats: ['pdf', 'docx'], pictures: { stamp: 'stamp' } };
	const files = { stamp: binary(pictureFile(300, 300)) };
	const expected = await prints(invoiceJson(), parameters, files);
	installs('invoicePrint', classIn<INodeType>(file));
	const built = await prints(invoiceJson(), parameters, files);
	expect(built.json).toEqual(expected.json);
	expect(readsDocx(built.files.docx.bytes).lines).toEqual(
		readsDocx(expected.files.docx.bytes).lines,
	);
	const [ofBuild, ofSources] = [
		await readsPdf(built.files.pdf.bytes, { drawn: true }),
		await readsPdf(expected.files.pdf.bytes, { drawn: true }),
	];
	expect(ofBuild.pages).toEqual(ofSources.pages);
	expect(ofBuild.picture?.equals(ofSources.picture as Buffer)).toBe(true);
});

const scanned = async (...patterns: string[]): Promise<unknown> => {
	const program = join(__dirname, 'support', 'scan.mjs');
	// Under NODE_ENV=test the rules of n8n take every file for a node.
	const env = { ...process.env, NODE_ENV: 'production' };
	const args = [program, root, ...patterns];
	const { stdout } = await promisify(execFile)(process.execPath, args, { env });
	return JSON.parse(stdout);
};

test("n8n's scan finds nothing, in the sources and in what is built of them", async () => {
	expect(await scanned()).toEqual({ passed: true });
	expect(await scanned('dist/**/*.js', 'package.json')).toEqual({ passed: true });
});
