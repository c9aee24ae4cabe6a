/** Whatever arrives, the portal answers like a Bitrix24, goes on, and keeps its cards as they were. */
import fc from 'fast-check';
import { connect } from 'node:net';
import { PortalUnderTest } from './portalUnderTest';

const RUNS = { seed: 20260302, numRuns: 60 };
const LARGEST = 16 * 1024 * 1024;
/** Methods that read or write in each of the portal's generations. */
const METHODS = [
	'batch',
	'catalog.price.modify',
	'catalog.product.list',
	'catalog.section.add',
	'crm.address.add',
	'crm.company.list',
	'crm.deal.list',
	'crm.deal.productrows.set',
	'crm.documentgenerator.document.upload',
	'crm.duplicate.findbycomm',
	'crm.item.add',
	'crm.item.batchImport',
	'crm.item.list',
	'crm.item.payment.list',
	'crm.item.productrow.list',
	'crm.item.productrow.set',
	'crm.item.update',
	'crm.requisite.list',
	'crm.status.add',
	'crm.timeline.comment.add',
	'crm.type.add',
	'user.get',
	'userfieldconfig.add',
];

const test = new PortalUnderTest();
let deal: number;
let before: string;

beforeEach(() => {
	deal = test.portal.manager.createsDeal({ title: 'Цела', rows: [{ price: 1, quantity: 1 }] });
	before = untouched();
});

/** The card nobody names, and what a polluted prototype would show everywhere. */
function untouched(): string {
	const strayed = Object.keys(Object.prototype).concat(Object.keys(Array.prototype));
	return JSON.stringify([test.portal.sees.deal(deal), test.portal.sees.rows('D', deal), strayed]);
}

/** Afterwards the portal is asked how it stands. */
function survives(what: string, attack: () => Promise<unknown>): void {
	it(what, async () => {
		await attack();
		expect(untouched()).toBe(before);
		expect(await test.result('profile')).toMatchObject({ ID: '1' });
	});
}

/** An error of Bitrix24 is a pair; a success has a result or what a switch puts beside it. */
function looksLikeBitrix24(status: number, data: unknown): void {
	expect(status).toBeLessThan(500);
	const keys = Object.keys(Object(data));
	if (status === 200 && !keys.includes('error')) expect(keys).toContain('time');
	else expect(keys).toEqual(expect.arrayContaining(['error', 'error_description']));
}

async function posts(method: string, body: unknown, type: string): Promise<void> {
	const headers = { 'content-type': type };
	const { status, data } = await test.http.post(method, body, { headers });
	looksLikeBitrix24(status, data);
}

const method = fc.constantFrom(...METHODS);
/** Real parameter names with every kind of value, so that bad values reach deep into the methods. */
const name = fc.constantFrom(
	'entityTypeId',
	'id',
	'fields',
	'filter',
	'order',
	'select',
	'start',
	'cmd',
	'halt',
	'data',
	'productRows',
	'rows',
	'values',
	'type',
	'ownerType',
	'moduleId',
	'field',
	'__proto__',
	'constructor',
	'=id',
	'@id',
	'logic',
	'0',
	'NAME',
	'ENTITY_ID',
);
const value = fc.letrec<{ any: unknown }>((tie) => ({
	any: fc.oneof(
		{ depthSize: 'small' },
		fc.constantFrom(2, 4, 31, 'D', '%', '', null, true, '2026-13-45', -1, 1e308, 'Y'),
		fc.string(),
		fc.array(tie('any'), { maxLength: 3 }),
		fc
			.array(fc.tuple(name, tie('any')), { maxLength: 3 })
			.map((pairs) => JSON.parse(`{${pairs.map(jsonPair).join(',')}}`) as unknown),
	),
})).any;

/** Written as text, so that `__proto__` becomes a key as it does in a hostile body. */
function jsonPair([key, inner]: [string, unknown]): string {
	return `${JSON.stringify(key)}:${JSON.stringify(inner ?? null)}`;
}
const params = fc
	.array(fc.tuple(name, value), { maxLength: 6 })
	// The one card that is watched is out of reach.
	.map(
		(pairs) =>
			`{${pairs
				.filter(([key]) => key !== 'id')
				.map(jsonPair)
				.join(',')}}`,
	);

survives('JSON of any shape', async () => {
	await fc.assert(
		fc.asyncProperty(method, params, (name_, body) => posts(name_, body, 'application/json')),
		RUNS,
	);
});

survives('JSON that is none, and forms that are none', async () => {
	const text = fc.oneof(
		fc.string(),
		fc.string({ unit: 'binary' }),
		params.map((p) => p.slice(1)),
	);
	const type = fc.constantFrom(
		'application/json',
		'application/x-www-form-urlencoded',
		'multipart/form-data; boundary=x',
		'multipart/form-data',
		'text/xml',
		'',
	);
	await fc.assert(fc.asyncProperty(method, text, type, posts), RUNS);
});

survives('query strings with broken brackets, escapes and hostile names', async () => {
	const piece = fc.oneof(
		name,
		fc.constantFrom('[', ']', '[]', '[[', '%', '%E0%A4%A', '=', '&', '+', '%00', '[__proto__]'),
		fc.string({ maxLength: 5 }),
	);
	const query = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
	await fc.assert(
		fc.asyncProperty(method, query, (name_, body) =>
			posts(name_, body, 'application/x-www-form-urlencoded'),
		),
		RUNS,
	);
});

survives('commands of a batch', async () => {
	const command = fc.oneof(
		fc.tuple(method, fc.string()).map(([name_, text]) => `${name_}?${text}`),
		fc.constantFrom('?', 'batch?cmd[]=batch', '$result[0][1]?a=$result[a][__proto__][x]'),
		fc
			.tuple(method, name, value)
			.map(([name_, key, inner]) => `${name_}?${key}[${key}]=$result[0]${JSON.stringify(inner)}`),
	);
	await fc.assert(
		fc.asyncProperty(fc.array(command, { maxLength: 5 }), (cmd) =>
			posts('batch', JSON.stringify({ cmd }), 'application/json'),
		),
		RUNS,
	);
});

survives('paths', async () => {
	const path = fc
		.array(fc.constantFrom('rest', 'oauth', 'token', '1', 'x', '%', '..', 'api', '__proto__', ''), {
			maxLength: 6,
		})
		.map((parts) => `/${parts.join('/')}`);
	await fc.assert(
		fc.asyncProperty(path, async (written) => {
			const answer = await raw(`GET ${written} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
			expect(answer).toMatch(/^HTTP\/1\.1 4/);
		}),
		RUNS,
	);
});

survives('nesting deep enough to break a stack', async () => {
	const depth = 20_000;
	const nested = `{"filter":${'['.repeat(depth)}${']'.repeat(depth)},"entityTypeId":2}`;
	await posts('crm.item.list', nested, 'application/json');
	const fields = `{"entityTypeId":2,"fields":${'{"title":'.repeat(depth)}1${'}'.repeat(depth)}}`;
	await posts('crm.item.add', fields, 'application/json');
	const groups = `{"entityTypeId":2,"filter":${'{"0":'.repeat(depth)}1${'}'.repeat(depth)}}`;
	await posts('crm.item.list', groups, 'application/json');
	const brackets = `filter${'[a]'.repeat(5000)}=1&entityTypeId=2`;
	await posts('crm.item.list', brackets, 'application/x-www-form-urlencoded');
});

survives('a body beyond the limit', async () => {
	const body = Buffer.alloc(LARGEST + 1, 'a');
	const { status, data } = await test.http.post('profile', body, { maxBodyLength: Infinity });
	expect([status, data.error]).toEqual([413, 'INVALID_REQUEST']);
});

/** What an HTTP client would refuse to send. */
async function raw(text: string): Promise<string> {
	const port = Number(new URL(test.portal.origin).port);
	return await new Promise((resolve, reject) => {
		let answer = '';
		const socket = connect(port, '127.0.0.1', () => socket.write(text));
		socket.on('data', (chunk) => (answer += chunk));
		socket.on('end', () => resolve(answer));
		socket.on('error', reject);
	});
}
