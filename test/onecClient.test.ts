/** OData of 1C as it is on the wire: addresses, answers that are not answers, repetition, time. */
import { basicAuthorization, serviceRoot } from '../nodes/OneC/odata/address';
import { LicenceShortage, readAnswer, Refusal } from '../nodes/OneC/odata/answers';
import { decide } from '../nodes/OneC/odata/decide';
import { Gate } from '../nodes/OneC/odata/gate';
import { commentOf, dealInComment, dealInNumber, ownRef } from '../nodes/OneC/documents/marker';
import { guid, listPath, packed, quoted } from '../nodes/OneC/odata/odata';
import { wallTime, withOffset } from '../nodes/shared/wallTime';
import { NoAnswer, UnknownOutcome } from '../nodes/shared/http';
import { OneCOffice } from './support/onecOffice';

describe('an address', () => {
	test.each([
		'http://server/ut',
		' http://server/ut/ ',
		'http://server/ut/odata',
		'http://server/ut/odata/standard.odata',
		'http://server/ut/odata/standard.odata/?$format=json',
	])('%s means one base', (url) => {
		expect(serviceRoot(url)).toBe('http://server/ut/odata/standard.odata/');
	});

	test('has %20 for spaces, quotes doubled, and no plus', () => {
		const path = listPath('Catalog_Контрагенты', {
			filter: `Description eq ${quoted("O'Neil & Co+")}`,
		});
		expect(path).not.toMatch(/[ +]/);
		expect(decodeURIComponent(path)).toContain("Description eq 'O''Neil & Co+'");
	});

	test('takes only GUIDs and names', () => {
		expect(() => guid("x' or 1 eq 1")).toThrow('is not a 1C reference');
		expect(() => listPath('Catalog_X?$top=1')).toThrow('is not a name of a 1C object');
	});

	test('never grows too long for IIS, and no condition is lost', () => {
		const conditions = Array.from({ length: 50 }, (_, index) => `Контрагент_Key eq ${index}`);
		const queries = packed(conditions, { filter: 'Posted eq true', select: ['Ref_Key'] });
		expect(queries.length).toBeGreaterThan(1);
		for (const query of queries) {
			expect(listPath('X', { ...query, top: 500, skip: 500 }).length).toBeLessThanOrEqual(2002);
			expect(query.filter).toMatch(/^Posted eq true and \(?К/);
		}
		const all = queries.map(({ filter }) => filter).join(' ');
		for (const condition of conditions) expect(all).toMatch(new RegExp(`${condition}(?!\\d)`));
	});
});

describe('an answer', () => {
	const reads = { what: 'to read X', writes: false };
	const writes = { what: 'to create X', writes: true };
	const page = '<html><body>Войдите</body></html>';

	test('of 1C is an error by its key, in any status, in JSON and in XML', () => {
		const error = { 'odata.error': { code: '9', message: { lang: 'ru', value: 'Не найден.' } } };
		for (const status of [200, 404, 500]) {
			expect(readAnswer(reads, { status, text: `\uFEFF${JSON.stringify(error)}` })).toMatchObject({
				code: '9',
				message: '1C refused to read X: Не найден (code 9).',
			});
		}
		const xml =
			'<m:error xmlns:m="x"><m:code>20</m:code><m:message>Нарушение прав</m:message></m:error>';
		expect(readAnswer(reads, { status: 401, text: xml })).toBeInstanceOf(Refusal);
	});

	test.each([
		[reads, 200, page, /did not let the exchange in/],
		[reads, 401, page, /did not let the exchange in/],
		[reads, 404, page, /does not answer as OData/],
		[reads, 302, '', /redirects/],
		[writes, 200, page, /did not let the exchange in/],
	])('that is not of 1C says what to check: %j %s', (asked, status, text, words) => {
		const problem = readAnswer(asked, { status, text });
		expect(problem).not.toBeInstanceOf(UnknownOutcome);
		expect(String(problem)).toMatch(words);
	});

	test.each([
		[500, page],
		[502, ''],
		[201, ''],
	])('to a write leaves its fate unknown: %s', (status, text) => {
		expect(readAnswer(writes, { status, text })).toBeInstanceOf(UnknownOutcome);
	});

	test.each([
		'Не обнаружено свободной лицензии!',
		'Не найдена лицензия. Не обнаружен ключ защиты программы',
	])('«%s» is a shortage', (text) =>
		expect(readAnswer(writes, { status: 500, text })).toBeInstanceOf(LicenceShortage),
	);
});

describe('repetition', () => {
	const lost = new NoAnswer('ECONNRESET');

	test('reads are repeated a few times with growing pauses', () => {
		const verdicts = [1, 2, 3, 4].map((number) => decide(lost, { number, writes: false }));
		expect(verdicts).toEqual([500, 1000, 2000, 'give up']);
	});

	test('writes only when they cannot have been carried out', () => {
		expect(decide(lost, { number: 1, writes: true })).toBe('give up');
		expect(decide(new UnknownOutcome('502'), { number: 1, writes: true })).toBe('give up');
		expect(decide(new NoAnswer('ECONNREFUSED'), { number: 1, writes: true })).toBe(500);
		expect(decide(new LicenceShortage(), { number: 5, writes: true })).toBe(8000);
	});

	test('refusals never', () => {
		expect(
			decide(new Refusal({ what: 'to read X', writes: false }, '14', ''), {
				number: 1,
				writes: false,
			}),
		).toBe('give up');
	});
});

test('no more than two are let through at a time', async () => {
	const gate = new Gate(2);
	let inside = 0;
	let most = 0;
	const work = async (): Promise<void> => {
		inside += 1;
		most = Math.max(most, inside);
		await new Promise((resolve) => setTimeout(resolve, 1));
		inside -= 1;
	};
	await Promise.all(Array.from({ length: 9 }, async () => await gate.through(work)));
	expect([most, inside]).toEqual([2, 0]);
});

describe('time of the server', () => {
	test.each([
		['2026-11-24T12:00:00', 'Europe/Moscow', '2026-11-24T12:00:00+03:00'],
		['2026-11-24T12:00:00', 'Asia/Kolkata', '2026-11-24T12:00:00+05:30'],
		['2026-07-01T12:00:00', 'Europe/Berlin', '2026-07-01T12:00:00+02:00'],
		['2026-12-01T12:00:00', 'Europe/Berlin', '2026-12-01T12:00:00+01:00'],
		['2026-11-24T12:00:00', 'America/St_Johns', '2026-11-24T12:00:00-03:30'],
	])('%s in %s', (wall, zone, iso) => {
		expect(withOffset(wall, zone)).toBe(iso);
		expect(wallTime(Date.parse(iso), zone)).toBe(wall);
	});

	test('of a zone that is none', () => {
		expect(() => wallTime(0, 'Moscow')).toThrow('is not a time zone');
	});
});

describe('the marker', () => {
	test('is read back from comments and numbers, and only whole', () => {
		expect(dealInComment('B24', commentOf('B24', 123, 'a\n[B24-5]'))).toBe(123);
		expect(dealInComment('B24', 'правка [B24-123] x')).toBe(123);
		expect(dealInComment('B24', '[XB24-123] [B24-12x]')).toBeNull();
		expect(dealInNumber('B24', 'B24-123         ')).toBe(123);
		expect(dealInNumber('B24', 'B24-2-15')).toBeNull();
	});

	test('makes one key per portal, deal and kind', () => {
		const key = ownRef('company.bitrix24.ru', 123, 'order');
		expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
		expect(ownRef('Company.Bitrix24.ru', 123, 'order')).toBe(key);
		expect(ownRef('company.bitrix24.ru', 123, 'invoice')).not.toBe(key);
	});
});

describe('a live base', () => {
	let office: OneCOffice;
	beforeEach(async () => {
		office = await OneCOffice.open();
	});
	afterEach(async () => await office.base.close());

	test('lets a Cyrillic login in, and says when it does not', async () => {
		expect(await office.session().organizations()).toHaveLength(1);
		await expect(office.session({ password: 'чужой' }).organizations()).rejects.toThrow(
			'did not let the exchange in',
		);
		office.base.switches.badAuth = 'html200';
		await expect(office.session({ user: 'Иванов' }).organizations()).rejects.toThrow(
			'did not let the exchange in',
		);
	});

	test('is read page by page', async () => {
		for (let serial = 0; serial < 520; serial += 1) {
			office.base.admin.addsCounterparty({ name: `Покупатель ${serial}`, contract: 'none' });
		}
		const { client, shelves } = office.session();
		expect(shelves).toBeDefined();
		const { COUNTERPARTIES } = await import('../nodes/OneC/catalogs/catalogs');
		const { set, schema, select } = COUNTERPARTIES;
		const all = await client.list(set, schema, { select });
		expect(new Set(all.map(({ ref }) => ref)).size).toBe(521);
	});

	test('that is busy for a moment is asked again', async () => {
		office.base.levers.failsNext(502, undefined, 'GET', 2);
		expect(await office.session().organizations()).toHaveLength(1);
	});

	test('gives its credentials away to nobody', () => {
		expect(basicAuthorization('Обмен', 'п')).toBe(
			`Basic ${Buffer.from('Обмен:п').toString('base64')}`,
		);
	});
});
