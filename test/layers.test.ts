/** Who may import whom. The layers keep the business free of n8n and HTTP, and the two systems apart. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';

const root = join(__dirname, '..');

const filesBelow = (folder: string): string[] =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.map((path) => posix.join(folder, path.replaceAll('\\', '/')))
		.filter((path) => path.endsWith('.ts') && !path.includes('node_modules'));

/** What a file imports: packages by name, files of the project by their path from its top. */
const importsOf = (file: string): string[] =>
	[...readFileSync(join(root, file), 'utf8').matchAll(/\bfrom '([^']+)'|\bimport\('([^']+)'\)/g)]
		.map(([, from, dynamic]) => from ?? dynamic)
		.map((name) =>
			name.startsWith('.')
				? relative(root, join(root, dirname(file), name)).replaceAll('\\', '/')
				: name,
		);

const breaking = (files: string[], isForbidden: (imported: string) => boolean): string[] =>
	files.flatMap((file) =>
		importsOf(file)
			.filter(isForbidden)
			.map((imported) => `${file} imports ${imported}`),
	);

const isIn =
	(...folders: string[]) =>
	(path: string): boolean =>
		folders.some((folder) => path.startsWith(`${folder}/`));

const nodes = filesBelow('nodes');

test('the business knows only itself, zod and decimals', () => {
	const isAllowed = (name: string): boolean =>
		['zod', 'big.js'].includes(name) || isIn('nodes/exchange')(name);
	expect(breaking(filesBelow('nodes/exchange'), (name) => !isAllowed(name))).toEqual([]);
});

test('the plumbing knows no system', () => {
	const isAllowed = (name: string): boolean =>
		['n8n-workflow', 'node:crypto', 'zod'].includes(name) ||
		isIn('nodes/exchange', 'nodes/shared')(name);
	expect(breaking(filesBelow('nodes/shared'), (name) => !isAllowed(name))).toEqual([]);
});

test('the two systems do not know each other', () => {
	const ofBitrix24 = nodes.filter(isIn('nodes/Bitrix24', 'nodes/Bitrix24Trigger'));
	const of1C = nodes.filter(isIn('nodes/OneC', 'nodes/OneCTrigger'));
	expect(breaking(ofBitrix24, isIn('nodes/OneC', 'nodes/OneCTrigger'))).toEqual([]);
	expect(breaking(of1C, isIn('nodes/Bitrix24', 'nodes/Bitrix24Trigger'))).toEqual([]);
});

test('CoMagic knows no other system, and none knows it', () => {
	const isCoMagic = isIn('nodes/CoMagic', 'nodes/CoMagicTrigger');
	const allowed = isIn('nodes/CoMagic', 'nodes/CoMagicTrigger', 'nodes/exchange', 'nodes/shared');
	const isForeign = (name: string): boolean => name.startsWith('nodes/') && !allowed(name);
	expect(breaking(nodes.filter(isCoMagic), isForeign)).toEqual([]);
	expect(
		breaking(
			nodes.filter((file) => !isCoMagic(file)),
			isCoMagic,
		),
	).toEqual([]);
});

/** Nodes that sit above the two systems. */
const ABOVE = ['nodes/CatalogSync', 'nodes/ExchangeCheck', 'nodes/OneCPickerTrigger'];

test('only what sits above the two systems knows both', () => {
	const systems = ['nodes/Bitrix24', 'nodes/OneC'];
	const both = nodes.filter((file) =>
		systems.every((system) => importsOf(file).some(isIn(system))),
	);
	expect(both.filter((file) => !isIn(...ABOVE)(file))).toEqual([]);
	const below = filesBelow('nodes/Bitrix24').concat(filesBelow('nodes/OneC'));
	expect(breaking(below, isIn(...ABOVE))).toEqual([]);
});

test('n8n is met only at the edge: nodes, operations, pick-lists and the plumbing', () => {
	const isEdge = (file: string): boolean =>
		/\.node\.ts$|\/resources\/|\/(options|chosenSet|listSearch|fieldMapping|connect|modes|tableFields|tableCheck|syncFields|rows)\.ts$/.test(
			file,
		) || isIn('nodes/shared')(file);
	const inside = nodes.filter((file) => !isEdge(file));
	expect(breaking(inside, (name) => name.startsWith('n8n-'))).toEqual([]);
});

test('the names of 1C are spelt in one folder', () => {
	const spelling = nodes
		.filter((file) => !isIn('nodes/OneC')(file))
		.filter((file) =>
			/(Catalog|Document|Register|ExchangePlan)_[\p{Script=Cyrillic}]/u.test(
				readFileSync(join(root, file), 'utf8'),
			),
		);
	expect(spelling).toEqual([]);
});

test('the page in the deal card knows the server by what goes over the wire, and as types alone', () => {
	const folder = 'nodes/OneCPickerTrigger/page';
	const pages = readdirSync(join(root, folder)).filter((name) => name.endsWith('.tsx'));
	const files = pages.map((name) => `${folder}/${name}`);
	expect(files.length).toBeGreaterThan(5);
	const isAllowed = (name: string): boolean =>
		/^(preact|@tanstack)\b/.test(name) ||
		name === 'nodes/OneCPickerTrigger/wire' ||
		isIn(folder)(name);
	expect(breaking(files, (name) => !isAllowed(name))).toEqual([]);
	const typeless = files.filter((file) =>
		/import (?!type)[^;]*'\.\.\/wire'/.test(readFileSync(join(root, file), 'utf8')),
	);
	expect(typeless).toEqual([]);
});

test('axios stays outside n8n', () => {
	expect(breaking(nodes, (name) => name === 'axios' || isIn('test')(name))).toEqual([]);
});

test('stand-ins share nothing with what they test', () => {
	expect(breaking(filesBelow('test/standins'), isIn('nodes', 'credentials'))).toEqual([]);
});

test('commands of crm.item.* are built in one place, and so are the names of user fields they carry', () => {
	const builders = ['nodes/Bitrix24/rest/items.ts', 'nodes/Bitrix24/rest/userFieldNames.ts'];
	/** Asks the portal on purpose what the builders never ask. */
	const check = 'nodes/Bitrix24/check/userFieldNamesProbe.ts';
	const spelt = /method: 'crm\.item\.(list|get|add|update|fields)'|useOriginalUfNames['"]?:/;
	const others = nodes.filter((file) => ![...builders, check].includes(file));
	expect(others.filter((file) => spelt.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});
