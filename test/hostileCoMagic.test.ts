/**
 * CoMagic that answers and calls as it should not: anything anywhere is read or refused in words, a bad record stops no
 * other, and what visitors type does nothing in Bitrix24.
 */
import fc from 'fast-check';
import { downloadRecord } from '../nodes/CoMagic/callRecord';
import { checkAccount } from '../nodes/CoMagic/checkAccount';
import { CoMagicClient } from '../nodes/CoMagic/client';
import { CONTACT_TYPES, readContacts, type ContactType } from '../nodes/CoMagic/contacts';
import { DEALS, LEADS, uploadHistory } from '../nodes/CoMagic/crmHistory';
import { readList, readReport } from '../nodes/CoMagic/rows';
import { contactIn, isGenuine, readBody, readQuery } from '../nodes/CoMagicTrigger/notification';
import { watch } from '../nodes/CoMagicTrigger/watch';
import { KINDS } from '../nodes/exchange/contactKind';
import { Problem } from '../nodes/exchange/problem';
import { asProblem } from '../nodes/shared/asProblem';
import type { HttpRequest, HttpResponse } from '../nodes/shared/http';
import { settled } from '../nodes/shared/settled';
import { standingClock } from './support/axiosHttp';
import { LEAD, POLLED, SalesDesk } from './support/salesDesk';

/** The same cases each time: a failure can be played again. */
fc.configureGlobal({ seed: 20_261_124, numRuns: 200 });

jest.setTimeout(30_000);

const ROOT = 'https://dataapi.comagic.ru/';
const NOON = Date.parse('2026-11-24T09:00:00Z');
const TODAY = { from: NOON - 3_600_000, till: NOON };

let accounts = 0;

/** Each has a key of its own, because what is known of an account is remembered. */
const clientOf = (answer: (method: string) => HttpResponse): CoMagicClient => {
	const http = async ({ body = '{}' }: HttpRequest): Promise<HttpResponse> =>
		await Promise.resolve(answer((JSON.parse(body) as { method: string }).method));
	const media = { root: ROOT, http: async () => await Promise.resolve(answer('media')) };
	accounts += 1;
	const key = { kind: 'key' as const, key: `key ${accounts}` };
	return new CoMagicClient(ROOT, key, http, standingClock(NOON), media);
};

const DEEP = JSON.parse(`${'{"value_id":'.repeat(50)}1${'}'.repeat(50)}`) as unknown;

const text = fc.oneof(
	fc.string(),
	fc.constantFrom(
		'9999-99-99 99:99:99',
		'2026-11-24 12:00:00',
		'[url=https://evil.example]x[/url]',
		'Ж'.repeat(20_000),
		'\u0000',
	),
);

const value = fc.oneof(fc.jsonValue(), text, fc.constant(DEEP));

/** Columns the nodes look at. */
const COLUMNS = [
	...['id', 'type', 'communication_id', 'communication_type', 'source', 'start_time', 'date_time'],
	...['communication_date_time', 'contact_phone_number', 'visitor_phone_number', 'visitor_email'],
	...['is_lost', 'tags', 'tag_names', 'utm_source', 'text', 'ext_id', 'stage_ext_id'],
	...['modified_stage_date_time', 'timezone', 'chat_id', 'name', 'app_id', '__proto__'],
];

const record = fc.oneof(value, fc.dictionary(fc.constantFrom(...COLUMNS), value));

const ok = (data: unknown, total?: unknown): HttpResponse => ({
	status: 200,
	text: JSON.stringify({ result: { data, metadata: { total_items: total } } }),
});

const json = fc.oneof(
	fc.jsonValue(),
	fc.record({ result: fc.record({ data: fc.oneof(value, fc.array(record)), metadata: value }) }),
	fc.record({ result: fc.record({ data: fc.array(record), meta_data: value }) }),
	fc.record({ error: value }),
	fc.record({ error: fc.record({ code: value, message: value, data: value }) }),
);

const answers: fc.Arbitrary<HttpResponse> = fc.record({
	status: fc.constantFrom(200, 302, 400, 401, 403, 429, 500, 503),
	text: fc.oneof(
		json.map((one) => JSON.stringify(one)),
		fc.string(),
		fc.constantFrom('', '\uFEFF{}', '<html>', '[', '1e999'),
	),
});

const ROW = { ext_id: '7', stage_ext_id: 'WON', modified_stage_date_time: '2026-11-24 12:00:00' };

const watching = { kinds: [...KINDS], outgoing: false, overlap: 0, repeats: false, reserve: 0 };

/** Whatever the node and its trigger ask. */
const WORKS: Array<(client: CoMagicClient) => Promise<unknown>> = [
	...CONTACT_TYPES.map(
		(type: ContactType) => async (client: CoMagicClient) =>
			await readContacts(client, type, { period: TODAY }),
	),
	async (client) => await readReport(client, { method: 'get.calls_report' }, TODAY, 100),
	async (client) => await readList(client, { method: 'get.tags' }, 100),
	async (client) => await checkAccount(client),
	async (client) => await watch(client, watching, {}),
	async (client) => await uploadHistory(client, DEALS, [ROW]),
	async (client) => await uploadHistory(client, LEADS, [ROW]),
	async ({ media }) => await downloadRecord(media, `${ROOT}record/1`),
];

test('an answer of any shape is understood or refused in words', async () => {
	await fc.assert(
		fc.asyncProperty(answers, fc.boolean(), async (answer, isZoneKnown) => {
			const zone = ok([{ timezone: 'Europe/Moscow' }]);
			const client = clientOf((method) =>
				isZoneKnown && method === 'get.account' ? zone : answer,
			);
			for (const work of WORKS) {
				const { error } = await settled(async () => await work(client));
				if (error) expect(asProblem(error)).toBeInstanceOf(Problem);
			}
			expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		}),
	);
});

const GOOD = {
	id: 5,
	communication_id: 784_601,
	start_time: '2026-11-24 11:30:00',
	date_time: '2026-11-24 11:30:00',
	communication_date_time: '2026-11-24 11:30:00',
	contact_phone_number: '79161234567',
	visitor_phone_number: '79161234567',
	source: 'common',
};

/** What an account answers that has these rows in every report. */
const accountWith = (rows: unknown[]) =>
	clientOf((method) => {
		if (method === 'get.account') return ok([{ timezone: 'Europe/Moscow' }]);
		if (method === 'get.reports_list') return ok([...rows, { id: 1, type: 'communications' }]);
		if (method === 'get.chat_messages_report') {
			return ok([...rows, { chat_id: 5, text: 'Нужен стол', source: 'visitor' }]);
		}
		return ok(rows);
	});

const bad = fc.tuple(fc.array(record, { maxLength: 5 }), fc.array(record, { maxLength: 5 }));

describe('a bad record', () => {
	test.each(CONTACT_TYPES)('stops no other one: %s', async (type) => {
		await fc.assert(
			fc.asyncProperty(bad, async ([before, after]) => {
				const client = accountWith([...before, GOOD, ...after]);
				const contacts = await readContacts(client, type, { period: TODAY });
				const good = contacts.find(({ communicationId }) => communicationId === 784_601);
				expect(good).toMatchObject({ time: '2026-11-24T11:30:00+03:00' });
				if (type === 'chat') expect(good?.text).not.toBe('');
			}),
		);
	});

	test('does not keep the trigger from the others', async () => {
		await fc.assert(
			fc.asyncProperty(bad, async ([before, after]) => {
				const client = accountWith([...before, GOOD, ...after]);
				const { contacts, problems } = await watch(client, watching, {});
				expect(problems).toEqual([]);
				expect(contacts.map(({ communicationId }) => communicationId)).toContain(784_601);
			}),
		);
	});

	test('among known deals keeps no deal from being uploaded, and a known one is left alone', async () => {
		await fc.assert(
			fc.asyncProperty(bad, async ([before, after]) => {
				const client = accountWith([...before, ROW, ...after]);
				const other = { ...ROW, ext_id: 'nobody knows it' };
				expect(await uploadHistory(client, DEALS, [ROW, other])).toEqual([
					{ outcome: 'unchanged' },
					{ outcome: 'uploaded' },
				]);
			}),
		);
	});
});

test('a zone nobody knows is told as the account’s', async () => {
	const client = clientOf(() => ok([{ timezone: 'Mars/Phobos' }]));
	const { error } = await settled(async () => await client.timeZone());
	expect(error?.message).toContain('CoMagic does not tell the time zone');
});

test('a notification of any shape is read, and is genuine only with the secret', () => {
	const bodies = fc.oneof(
		json.map((one) => JSON.stringify(one)),
		fc.dictionary(fc.constantFrom(...COLUMNS), value).map((one) => JSON.stringify(one)),
		text,
		fc.constant(`{"communication_id":${'{{'.repeat(10_000)}`),
	);
	fc.assert(
		fc.property(bodies, fc.dictionary(fc.constantFrom(...COLUMNS), text), (body, query) => {
			for (const read of [readBody(body), readQuery(query)]) {
				const contact = contactIn(read, NOON);
				expect(Number.isNaN(Date.parse(contact.time))).toBe(false);
				expect(JSON.stringify(contact)).toBeDefined();
			}
			expect(isGenuine({ headers: { 'x-secret': body }, query }, 'the right one')).toBe(false);
			expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		}),
	);
});

describe('what a visitor types', () => {
	const EVIL =
		'[url=https://evil.example]Оплатить[/url] [USER=1]Вы[/USER] <script>alert(1)</script>';

	test('stands in the lead as text, does nothing in its timeline, and the next contact comes in', async () => {
		const desk = await SalesDesk.open();
		try {
			const evil = { name: EVIL, phone: '+79161234567', email: 'a@example.ru' };
			desk.account.visitorComes(evil).sendsRequest({ text: `${EVIL} ${'Ж'.repeat(20_000)}` });
			desk.account.visitorComes({ name: 'Иван', phone: '+79035554433' }).calls();
			await desk.hears();
			await desk.looks();
			expect(desk.leads).toHaveLength(2);
			for (const lead of desk.leads) {
				const { title, comments } = lead;
				for (const said of [String(title), String(comments ?? ''), ...desk.timeline(lead)]) {
					expect(said).not.toMatch(/\[\/?(url|user)/i);
				}
				expect(String(title).length).toBeLessThanOrEqual(255);
			}
		} finally {
			await desk.close();
		}
	});

	test('in an item that is no contact is told with its field, and the others become leads', async () => {
		const desk = await SalesDesk.open();
		try {
			const good = {
				kind: 'call',
				type: 'call',
				communicationId: 7,
				time: '2026-11-24T12:00:00+03:00',
				phone: '+79161234567',
			};
			const wrong = [{ ...good, kind: EVIL }, { ...good, communicationId: {} }, {}];
			const run = await desk.workflow.runs(POLLED, [
				...wrong.map((json) => ({ json })),
				{ json: good },
			]);
			const errors = run.items(LEAD, 1).map(({ error }) => String(error));
			expect(errors).toEqual([
				expect.stringContaining('Contact.kind: must be one of: call'),
				expect.stringContaining('Contact.communicationId: must be a number'),
				expect.stringContaining('Contact.kind: is missing'),
			]);
			expect(desk.leads).toHaveLength(1);
		} finally {
			await desk.close();
		}
	});
});
