/**
 * Whatever comes over the wire, the stand-in of 1C answers as 1C or its web server would, and goes on. Seeds are fixed:
 * a run finds the same things every time.
 */
import fc from 'fast-check';
import { connect } from 'node:net';

import { Caller, castOf, codeOf, order, orderBody, postedOrder, type Cast } from './onecCaller';

let caller: Caller;
let who: Cast;
let ref: string;

beforeAll(async () => {
	caller = await Caller.open();
	who = castOf(caller.base);
	ref = await postedOrder(caller, who);
});
afterAll(() => caller.close());

/** Still alive, and nothing that was there has changed. */
afterEach(async () => {
	expect((await caller.get(order(ref))).data).toMatchObject({ Ref_Key: ref, СуммаДокумента: 1000 });
});

const EMPTY = '00000000-0000-0000-0000-000000000000';

const RUNS = { seed: 103, numRuns: 150 };

const CODES = /^(-1|[0-9]|1[0-9]|2[01])$/;

interface Answer {
	status: number;
	type: string;
	body: string;
}

/** Whatever is said on a line of its own, to its end. */
function said(lines: string): Promise<string> {
	const { port, hostname } = new URL(caller.base.url);
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		const socket = connect(Number(port), hostname, () => socket.write(lines));
		socket.on('data', (chunk) => chunks.push(chunk));
		socket.on('error', reject);
		socket.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
	});
}

/** Sends the address exactly as it is, without an HTTP client to mend it. */
async function raw(
	method: string,
	target: string,
	body = '',
	headers: string[] = [],
): Promise<Answer> {
	const credentials = Buffer.from(`${caller.base.login}:${caller.base.password}`).toString(
		'base64',
	);
	const head = [
		`${method} ${target} HTTP/1.1`,
		`Host: ${new URL(caller.base.url).host}`,
		`Authorization: Basic ${credentials}`,
		'Connection: close',
		`Content-Length: ${Buffer.byteLength(body)}`,
		...headers,
	].join('\r\n');
	const [top, ...rest] = (await said(`${head}\r\n\r\n${body}`)).split('\r\n\r\n');
	return {
		status: Number(/^HTTP\/1\.1 (\d+)/.exec(top)?.[1] ?? 0),
		type: /content-type: ([^\r\n]*)/i.exec(top)?.[1] ?? '',
		body: rest.join('\r\n\r\n'),
	};
}

const SERVICE = '/ut/odata/standard.odata/';

/** An answer of the service, a refusal with a known code, a page of the web server, or Node's own 400 and 431. */
function isProper({ status, type, body }: Answer): boolean {
	if (status >= 200 && status < 300) return true;
	if (type.startsWith('application/json')) {
		const refusal = (JSON.parse(body) as { 'odata.error'?: { code: string } })['odata.error'];
		return CODES.test(refusal?.code ?? '');
	}
	if (type.startsWith('application/xml')) return /<(m:)?code>-?\d+</.test(body);
	return type.startsWith('text/html') || [400, 431].includes(status);
}

const json = ['Accept: application/json', 'Content-Type: application/json'];

const sets = fc.constantFrom(
	'Document_ЗаказПокупателя',
	'Catalog_Контрагенты',
	'InformationRegister_КонтактнаяИнформация',
	'InformationRegister_ЦеныНоменклатуры_RecordType',
	'AccumulationRegister_ЗаказыПокупателей',
	'ExchangePlan_ОбменССайтомЗаказами',
	'Document_ЗаказПокупателя_Товары',
);

const words = fc.constantFrom(
	...['eq', 'ne', 'and', 'or', 'not', '(', ')', ',', '/', ':', '-', "'", "''", 'null', 'true'],
	...['Number', 'Date', 'Товары', 'Товары/any(d:', 'd/Цена', 'Контрагент/ИНН', 'Сделка', 'x'],
	...["guid'", "datetime'2026-11-24T00:00:00'", '1', '1.5', '99999999999999999999', "'а'"],
	...['cast(', 'isof(', 'like(', 'dateadd(', 'substring(', 'round(', 'add', 'mul', 'div', 'any('],
	...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '%00', '%', '\u0000', '𝒳'],
);

const sentence = fc.array(words, { maxLength: 14 }).map((parts) => parts.join(' '));

describe('addresses', () => {
	it('of random bytes are refused', async () => {
		const bytes = fc
			.uint8Array({ maxLength: 60 })
			.map((codes) => [...codes].map((code) => `%${code.toString(16).padStart(2, '0')}`).join(''));
		await fc.assert(
			fc.asyncProperty(bytes, async (path) => isProper(await raw('GET', SERVICE + path, '', json))),
			RUNS,
		);
	});

	it('of signs that are nearly right are refused or answered', async () => {
		const signs = fc.array(
			fc.constantFrom(
				...["('", "')", '(', ')', "guid'", "'", ',', '=', '/', '//', '$count', '$value', '..', '.'],
				...[
					'Post',
					'Balance()',
					'SliceLast(',
					'$metadata',
					'$batch',
					'Ref_Key',
					'__proto__',
					'%25',
					'%2F',
				],
				...[
					'Condition=',
					"Dimensions=''",
					'%zz',
					'%E0%A4%A',
					'?',
					'&',
					'#',
					';',
					'+',
					'%20',
					'\\',
					'{}',
				],
			),
			{ maxLength: 8 },
		);
		await fc.assert(
			fc.asyncProperty(sets, signs, async (set, parts) =>
				isProper(await raw('GET', SERVICE + encodeURI(set) + parts.join(''), '', json)),
			),
			RUNS,
		);
	});

	it.each([
		'nothing of HTTP\r\n\r\n',
		'GET\r\n\r\n',
		'GET / HTTP/9.9\r\n\r\n',
		'GET / HTTP/1.1\r\nНет\r\n\r\n',
		'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n',
		'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
	])('on a broken line end it: %j', async (lines) => {
		expect(await said(lines)).toMatch(/^HTTP\/1\.1 [45]\d\d/);
	});

	it.each(['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])(
		'take %s or refuse it',
		async (method) => {
			for (const path of [
				'',
				'$metadata',
				'$batch',
				'SelectChanges',
				'NotifyChangesReceived',
				'%',
			]) {
				const answer = await raw(method, SERVICE + path, '', json);
				expect([path, isProper(answer)]).toEqual([path, true]);
			}
		},
	);
});

describe('queries', () => {
	const options = fc.constantFrom(
		...['$filter', '$orderby', '$select', '$expand', '$top', '$skip', '$inlinecount', '$format'],
		...['allowedOnly', '$nothing', 'Condition', '__proto__', ''],
	);

	it('of random words are refused or answered', async () => {
		await fc.assert(
			fc.asyncProperty(sets, options, sentence, async (set, option, written) => {
				const query = `${option}=${encodeURIComponent(written)}`;
				return isProper(await raw('GET', `${SERVICE}${encodeURI(set)}?${query}`, '', json));
			}),
			RUNS,
		);
	});

	it('as conditions of virtual tables are refused or answered', async () => {
		const tables = fc.constantFrom(
			...['Balance', 'Turnovers', 'BalanceAndTurnovers', 'SliceLast', 'SliceFirst', 'Nothing'],
		);
		await fc.assert(
			fc.asyncProperty(tables, sentence, async (table, written) => {
				const condition = written.replace(/'/g, "''");
				const path = `AccumulationRegister_ЗаказыПокупателей/${table}(Condition='${condition}')`;
				const target = SERVICE + path.split('/').map(encodeURIComponent).join('/');
				return isProper(await raw('GET', target, '', json));
			}),
			RUNS,
		);
	});

	it.each([
		['parentheses', `${'('.repeat(3000)}Posted${')'.repeat(3000)}`],
		['negations', `${'not '.repeat(3000)}Posted`],
		['minuses', `${'-'.repeat(3000)}1 eq 1`],
		['disjunctions', Array(400).fill("Number eq '1'").join(' or ')],
		['functions', `${'concat('.repeat(500)}'a'${",'b')".repeat(500)} eq 'a'`],
		['lambdas', `${'Товары/any(d: '.repeat(300)}true${')'.repeat(300)}`],
		['a name', `${'Контрагент/'.repeat(1000)}ИНН eq '1'`],
	])('of many %s end as a refusal or an answer', async (_what, filter) => {
		const set = encodeURI('Document_ЗаказПокупателя');
		const target = `${SERVICE}${set}?$filter=${encodeURIComponent(filter)}`;
		expect(isProper(await raw('GET', target, '', json))).toBe(true);
	});

	it('of an expression that is too deep for any stack are refused with code 14', async () => {
		const filter = `${'('.repeat(300)}Posted${')'.repeat(300)}`;
		expect(codeOf(await caller.get(`Document_ЗаказПокупателя?$filter=${filter}`))).toBe('14');
	});
});

describe('bodies', () => {
	const names = fc.constantFrom(
		...[
			'Date',
			'Number',
			'Posted',
			'Товары',
			'Организация_Key',
			'Контрагент_Key',
			'ДокументОснование',
		],
		...['ДокументОснование_Type', 'СуммаДокумента', 'КратностьВзаиморасчетов', 'Комментарий'],
		...['LineNumber', 'Ref_Key', 'DataVersion', '__proto__', 'constructor', 'toString', ''],
	);
	const { value } = fc.letrec((tie) => ({
		value: fc.oneof(
			{ maxDepth: 4 },
			fc.jsonValue(),
			fc.string(),
			fc.double(),
			fc.constantFrom('', EMPTY, '0001-01-01T00:00:00', '1e999', null, -0),
			fc.array(tie('value'), { maxLength: 3 }),
			fc.array(fc.tuple(names, tie('value')), { maxLength: 4 }).map(jsonObject),
		),
	}));
	const body = fc.array(fc.tuple(names, value), { maxLength: 6 }).map(jsonObject);

	it.each(['POST', 'PATCH', 'PUT'])('of any JSON are written or refused: %s', async (method) => {
		const created = await caller.post('Document_ЗаказПокупателя', orderBody(caller.base, who));
		const target = order(String(created.data.Ref_Key));
		const path = encodeURI(method === 'POST' ? 'Document_ЗаказПокупателя' : target);
		await fc.assert(
			fc.asyncProperty(body, async (written) =>
				isProper(await raw(method, SERVICE + path, JSON.stringify(written), json)),
			),
			RUNS,
		);
		expect(Object.hasOwn(Object.prototype, 'a')).toBe(false);
	});

	it('of no JSON at all are refused', async () => {
		const texts = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.constantFrom('{', '[]', 'null', '1', '""'),
		);
		await fc.assert(
			fc.asyncProperty(texts, async (text) => {
				const answer = await raw('POST', `${SERVICE}${encodeURI('Catalog_Валюты')}`, text, json);
				return isProper(answer) && answer.status >= 400;
			}),
			RUNS,
		);
	});

	it('of damaged atom are written or refused', async () => {
		const parts = fc.array(
			fc.constantFrom(
				...['<entry>', '</entry>', '<content>', '</content>', '<m:properties>', '</m:properties>'],
				...[
					'<d:Description>',
					'</d:Description>',
					'<d:Товары>',
					'<d:element/>',
					'&lt;',
					'&',
					'<!--',
					']]>',
				],
				...[
					'<!DOCTYPE x [<!ENTITY a "b">]>',
					'&a;',
					'<d:__proto__>1</d:__proto__>',
					'текст',
					'<d:Code/>',
				],
			),
			{ maxLength: 12 },
		);
		const atom = ['Accept: application/json', 'Content-Type: application/atom+xml'];
		await fc.assert(
			fc.asyncProperty(parts, async (written) => {
				const path = `${SERVICE}${encodeURI('Catalog_Подразделения')}`;
				return isProper(await raw('POST', path, written.join(''), atom));
			}),
			RUNS,
		);
	});
});

/** `__proto__` becomes a key of its own, as it does in JSON. */
function jsonObject(pairs: Array<[string, unknown]>): Record<string, unknown> {
	const object: Record<string, unknown> = {};
	for (const [key, value] of pairs) {
		Object.defineProperty(object, key, { value, enumerable: true, configurable: true });
	}
	return object;
}
