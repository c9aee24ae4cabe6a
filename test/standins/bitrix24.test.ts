/** The door of the stand-in portal: access, batches, limits, troubles, outgoing webhooks. */
import axios from 'axios';
import { connect } from 'node:net';
import { PortalUnderTest, START } from './portalUnderTest';
import type { Listening } from './portalUnderTest';

const test = new PortalUnderTest();
const { call, result, refusal } = test;

describe('the door of the portal', () => {
	it('refuses a wrong code, an unknown method and what only applications may do', async () => {
		const wrong = await axios.get(`${test.portal.origin}/rest/1/wrong/profile`, {
			validateStatus: () => true,
		});
		expect([wrong.status, wrong.data]).toEqual([
			401,
			{ error: 'INVALID_CREDENTIALS', error_description: 'Invalid request credentials' },
		]);
		expect((await refusal('crm.nothing'))[1]).toBe('ERROR_METHOD_NOT_FOUND');
		expect((await call('crm.nothing')).status).toBe(404);
		expect(await refusal('event.bind')).toEqual([
			403,
			'WRONG_AUTH_TYPE',
			'Current authorization type is denied for this method Application context required',
		]);
		expect((await refusal('bizproc.robot.add')).slice(0, 2)).toEqual([403, 'ACCESS_DENIED']);
		expect(
			(await axios.get(`${test.portal.origin}/crm/deal`, { validateStatus: () => true })).status,
		).toBe(404);
	});

	it('reads a GET query, a form and JSON alike, with or without .json', async () => {
		const id = test.portal.manager.createsDeal({ title: 'Окна' });
		const query = `filter%5B%3Did%5D=${id}&select[]=id&select[]=title`;
		const byGet = await test.http.get(`crm.item.list.json?entityTypeId=2&${query}`);
		const byForm = await test.http.post('crm.item.list', `entityTypeId=2&${query}`);
		const byJson = await call('crm.item.list', {
			entityTypeId: 2,
			filter: { '=id': id },
			select: ['id', 'title'],
		});
		for (const { data } of [byGet, byForm, byJson]) {
			expect(data.result).toEqual({ items: [{ id, title: 'Окна' }] });
			expect(data.total).toBe(1);
			expect(data.next).toBeUndefined();
		}
		expect(test.portal.requests.map((entry) => entry.method)).toEqual(
			Array(3).fill('crm.item.list'),
		);
	});

	it('adds time to every answer, with the portal zone and the operating time', async () => {
		test.portal.levers.slowsDown('server.time', 0.5);
		const { data } = await call('server.time');
		expect(data.result).toBe('2026-03-02T09:00:00+03:00');
		expect(data.time).toMatchObject({
			start: START / 1000,
			date_start: '2026-03-02T09:00:00+03:00',
		});
		expect(data.time.operating_reset_at).toBe(START / 1000 + 600);
		expect(data.time.operating).toBe(0.5);
	});

	it('tells who owns the webhook and which methods there are', async () => {
		expect(await result('profile')).toMatchObject({ ID: '1', ADMIN: true, NAME: 'Интеграция' });
		expect(await result('scope')).toContain('crm');
		expect(await result('method.get', { name: 'crm.item.add' })).toEqual({
			isExisting: true,
			isAvailable: true,
		});
		expect(await result('method.get', { name: 'no.such' })).toEqual({
			isExisting: false,
			isAvailable: false,
		});
	});
});

describe('a batch', () => {
	const batch = (cmd: unknown, halt = 0) => result('batch', { cmd, halt });

	it('runs in order, refers back and answers empty maps as lists', async () => {
		const company = test.portal.admin.addsCompany({ title: 'A', inn: '7707083893' });
		const done = await batch({
			find: 'crm.requisite.list?filter[RQ_INN]=7707083893&select[]=ENTITY_ID',
			company: 'crm.item.get?entityTypeId=4&id=$result[find][0][ENTITY_ID]',
			deal: `crm.item.add?entityTypeId=2&fields[title]=${encodeURIComponent('Для $result[company][item][title] & Ко')}&fields[companyId]=$result[company][item][id]`,
			text: 'crm.item.list?entityTypeId=2&filter[title]=Нет такой $result[nobody][item]',
		});
		expect(done.result.deal.item).toMatchObject({ title: 'Для A & Ко', companyId: company });
		expect(done.result.text.items).toEqual([]);
		expect(done.result_error).toEqual([]);
		expect(done.result_next).toEqual([]);
		expect(done.result_total).toEqual({ find: 1, text: 0 });
		expect(Object.keys(done.result_time)).toEqual(['find', 'company', 'deal', 'text']);
		expect(test.portal.requests.at(-1)?.commands).toHaveLength(4);
	});

	it('takes what was reached where a reference leads nowhere, which is the number 1 to PHP', async () => {
		test.portal.admin.foundsFirm('ООО «Наша фирма»');
		const done = await batch({
			refused: 'crm.item.get?entityTypeId=4&id=999',
			requisite:
				'crm.requisite.add?fields[ENTITY_TYPE_ID]=4&fields[PRESET_ID]=1&fields[NAME]=A&fields[ENTITY_ID]=$result[refused][item][id]',
			typed: 'crm.item.get?entityTypeId=4&id=$result[refused][item][id]',
			text: `crm.item.add?entityTypeId=2&fields[title]=${encodeURIComponent('Для $result[refused][item][title] и других')}`,
			tail: 'crm.item.add?entityTypeId=2&fields[title]=A-$result[requisite]-1',
			rows: 'crm.requisite.list?filter[NAME]=A',
		});
		expect(done.result.rows).toMatchObject([{ ENTITY_ID: '1' }]);
		expect(done.result_error.typed.error).toBe('100');
		expect(done.result.text.item.title).toBe('Для $result[refused][item][title] и других');
		expect(done.result.tail.item.title).toBe(`A-${done.result.requisite}`);
	});

	it('carries a flag as a number, which cards take for none', async () => {
		const deal = test.portal.manager.createsDeal({ title: 'A' });
		const done = await batch({
			write: `crm.item.update?entityTypeId=2&id=${deal}&fields[opened]=1`,
			flag: 'crm.item.list?entityTypeId=2&filter[opened]=1',
		});
		expect(done.result.write.item.opened).toBe('N');
		expect(done.result.flag.items).toEqual([]);
		const changed = await result('crm.item.update', {
			entityTypeId: 2,
			id: deal,
			fields: { opened: true },
		});
		expect(changed.item.opened).toBe('Y');
	});

	it('is empty without commands', async () => {
		expect(await result('batch', {})).toMatchObject({ result: [], result_error: [] });
	});

	it('passes a whole array through a reference', async () => {
		const contact = test.portal.admin.addsContact({ name: 'Иван' });
		const first = test.portal.manager.createsDeal({ title: 'A', contact });
		const done = await batch([
			`crm.item.get?entityTypeId=2&id=${first}`,
			'crm.item.add?entityTypeId=2&fields[contactIds]=$result[0][item][contactIds]',
		]);
		expect(done.result[1].item.contactIds).toEqual([contact]);
		expect(Array.isArray(done.result)).toBe(true);
	});

	it('puts failures beside results, and halts when told to', async () => {
		const commands = {
			bad: 'crm.item.get?entityTypeId=2&id=1',
			inner: 'batch?cmd[a]=profile',
			good: 'profile',
		};
		const done = await batch(commands);
		expect(done.result_error).toEqual({
			bad: { error: 'NOT_FOUND', error_description: 'Элемент не найден' },
			inner: {
				error: 'ERROR_BATCH_METHOD_NOT_ALLOWED',
				error_description: 'Method is not allowed for batch usage',
			},
		});
		expect(Object.keys(done.result)).toEqual(['good']);
		const halted = await batch(commands, 1);
		expect([halted.result, Object.keys(halted.result_error)]).toEqual([[], ['bad']]);
	});

	it('fails the commands beyond fifty, or everything when switched so', async () => {
		const cmd = Array.from({ length: 51 }, () => 'profile');
		const done = await batch(cmd);
		expect(done.result).toHaveLength(50);
		expect(done.result_error).toEqual({
			50: { error: 'ERROR_BATCH_LENGTH_EXCEEDED', error_description: 'Max batch length exceeded' },
		});
		test.portal.switches.batchOverflow = 'wholeBatchRefused';
		expect((await refusal('batch', { cmd })).slice(0, 2)).toEqual([
			400,
			'ERROR_BATCH_LENGTH_EXCEEDED',
		]);
	});

	it('reads names as PHP does: a bare = in a name spoils it', async () => {
		const deal = test.portal.manager.createsDeal({ title: 'A' });
		const done = await batch({
			bare: `crm.item.productrow.list?filter[=ownerType]=D&filter[=ownerId]=${deal}`,
			encoded: `crm.item.productrow.list?filter[%3DownerType]=D&filter[%3DownerId]=${deal}`,
		});
		expect(Object.keys(done.result_error)).toEqual(['bare']);
		expect(done.result.encoded).toEqual({ productRows: [] });
	});

	it('as a form needs its queries encoded twice', async () => {
		const form = new URLSearchParams({
			'cmd[a]': `crm.item.add?entityTypeId=2&fields[title]=${encodeURIComponent('a&b=c+d')}`,
		});
		const { data } = await test.http.post('batch', form);
		expect(data.result.result.a.item.title).toBe('a&b=c+d');
	});
});

describe('limits', () => {
	it('let a burst of fifty through and then two a second', async () => {
		await test.open({ bucket: undefined });
		for (let n = 0; n < 50; n += 1) await result('profile');
		expect(await refusal('profile')).toEqual([503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests']);
		test.clock += 1000;
		await result('profile');
		await result('batch', { cmd: ['profile', 'profile', 'profile'] });
		expect((await call('profile')).status).toBe(503);
	});

	it('block a method whose operating time is used up, until the oldest minute drops out', async () => {
		test.portal.levers.exhaustsOperatingTime('crm.item.list');
		expect((await refusal('crm.item.list', { entityTypeId: 2 })).slice(0, 2)).toEqual([
			429,
			'OPERATION_TIME_LIMIT',
		]);
		await result('profile');
		test.clock += 600_000;
		await result('crm.item.list', { entityTypeId: 2 });
	});

	it('add up what the calls of a method cost, minute by minute, and forget a minute after ten', async () => {
		test.portal.levers.slowsDown('profile', 200);
		test.portal.levers.slowsDown('server.time', 0.09);
		const told = async (method: string): Promise<unknown[]> => {
			const { time } = (await call(method)).data;
			return [time.operating, Number(time.operating_reset_at) - test.clock / 1000];
		};
		expect(await told('profile')).toEqual([200, 600]);
		test.clock += 59_000;
		expect(await told('profile')).toEqual([400, 541]);
		test.clock += 1000;
		expect(await told('profile')).toEqual([600, 540]);
		expect(await refusal('profile')).toEqual([
			429,
			'OPERATION_TIME_LIMIT',
			'Method is blocked due to operation time limit.',
		]);
		expect((await told('server.time'))[0]).toBe(0);
		test.clock += 540_000;
		expect(await told('profile')).toEqual([400, 60]);
	});

	it('refuse single commands of a batch, or count the batch itself when switched so', async () => {
		test.portal.levers.slowsDown('profile', 200);
		const cmd = Object.fromEntries([...'abcd'].map((key) => [key, 'profile']));
		const { data } = await call('batch', { cmd: { ...cmd, time: 'server.time' } });
		expect(Object.keys(data.result.result)).toEqual(['a', 'b', 'c', 'time']);
		expect(data.result.result_error).toMatchObject({ d: { error: 'OPERATION_TIME_LIMIT' } });
		expect(data.result.result_time.c.operating).toBe(600);
		expect(data.time.operating).toBe(0);
		test.clock += 600_000;
		test.portal.switches.batchOperating = 'the batch';
		const whole = await call('batch', { cmd });
		expect(whole.data.result.result_error).toEqual([]);
		expect(whole.data.result.result_time.b.operating).toBe(400);
		expect(whole.data.time.operating).toBe(800);
		expect((await refusal('batch', { cmd }))[1]).toBe('OPERATION_TIME_LIMIT');
		await result('profile');
	});
});

describe('troubles', () => {
	it('lose an answer after the work, refuse before it, and cut connections', async () => {
		test.portal.levers.losesNextAnswer('crm.item.add');
		await expect(
			call('crm.item.add', { entityTypeId: 2, fields: { title: 'A' } }),
		).rejects.toThrow();
		expect(test.portal.requests.at(-1)?.status).toBe(0);
		expect((await result('crm.item.list', { entityTypeId: 2 })).items).toHaveLength(1);
		test.portal.levers.failsNext('crm.item.add', 503, 'OVERLOAD_LIMIT');
		expect((await refusal('crm.item.add', { entityTypeId: 2, fields: {} })).slice(0, 2)).toEqual([
			503,
			'OVERLOAD_LIMIT',
		]);
		test.portal.levers.goesDown();
		await expect(call('profile')).rejects.toThrow();
		test.portal.levers.comesBack();
		expect((await result('crm.item.list', { entityTypeId: 2 })).items).toHaveLength(1);
		test.portal.levers.emptiesBucket();
		expect((await call('profile')).status).toBe(503);
	});

	it('strike a command inside a batch, and its lost answer cuts the batch', async () => {
		test.portal.levers.failsNext('crm.item.add', 500, 'INTERNAL_SERVER_ERROR');
		const done = await result('batch', {
			cmd: { a: 'crm.item.add?entityTypeId=2&fields[title]=A', b: 'profile' },
		});
		expect([Object.keys(done.result_error), Object.keys(done.result)]).toEqual([['a'], ['b']]);
		test.portal.levers.losesNextAnswer('profile');
		await expect(call('batch', { cmd: ['profile'] })).rejects.toThrow();
	});
});

describe('outgoing webhooks', () => {
	const listens = async (status = 200): Promise<Listening> => {
		const listener = await test.listener(status);
		const events = ['ONCRMDEALADD', 'ONCRMDEALUPDATE', 'ONCRMDYNAMICITEMADD'];
		test.portal.admin.addsOutgoingWebhook({ url: listener.url, events });
		return listener;
	};

	it('carry an id and the token, and echo our own writes', async () => {
		const listener = await listens();
		await result('crm.item.add', { entityTypeId: 2, fields: { title: 'A' } });
		expect(await listener.hears(1)).toEqual([
			{
				event: 'ONCRMDEALADD',
				event_handler_id: '1',
				'data[FIELDS][ID]': '401',
				ts: String(START / 1000),
				'auth[domain]': test.portal.domain,
				'auth[client_endpoint]': `${test.portal.origin}/rest/`,
				'auth[server_endpoint]': 'https://oauth.bitrix24.tech/rest/',
				'auth[member_id]': expect.any(String),
				'auth[application_token]': test.portal.applicationToken,
			},
		]);
	});

	it('say nothing of a funnel move or of a change without effect', async () => {
		const listener = await listens();
		const funnel = test.portal.admin.addsPipeline('Опт');
		const id = test.portal.manager.createsDeal({ title: 'A' });
		expect(await listener.heardEvents(1)).toEqual(['ONCRMDEALADD']);
		test.portal.manager.movesToPipeline(id, funnel, `C${funnel}:EXECUTING`);
		await result('crm.item.update', { entityTypeId: 2, id, fields: { title: 'A' } });
		test.portal.manager.moves(id, `C${funnel}:WON`);
		test.portal.manager.setsProducts(id, [{ name: 'Окно', price: 1, quantity: 1 }]);
		// Only these two: the moves before them would have made it four.
		expect(await listener.heardEvents(2)).toEqual(['ONCRMDEALUPDATE', 'ONCRMDEALUPDATE']);
	});

	it('tell of smart invoices in their own family, and never try twice', async () => {
		const listener = await listens(500);
		await result('crm.item.add', { entityTypeId: 31, fields: {} });
		expect(await listener.hears(1)).toMatchObject([
			{ event: 'ONCRMDYNAMICITEMADD', 'data[FIELDS][ENTITY_TYPE_ID]': '31' },
		]);
		expect(() =>
			test.portal.admin.addsOutgoingWebhook({
				url: 'http://x/',
				events: ['ONCRMDEALMOVETOCATEGORY'],
			}),
		).toThrow();
	});
});

describe('hostile input', () => {
	it('is refused and the portal goes on', async () => {
		const json = { headers: { 'content-type': 'application/json' } };
		expect((await test.http.post('profile', '{"a":', json)).data.error).toBe('INVALID_REQUEST');
		expect((await test.http.post('profile', '"text"', json)).status).toBe(400);
		expect(
			(await test.http.post('profile', 'x'.repeat(17 * 1024 * 1024), { maxBodyLength: Infinity }))
				.status,
		).toBe(413);
		expect((await test.http.post('profile', Buffer.from([0xff, 0xfe, 0x00]))).status).toBe(400);
		expect((await test.http.post('profile', 'a[b]c[[]]=%E0%A4%A&=&[]=&%=', {})).status).toBe(200);
		const polluting =
			'{"entityTypeId":2,"fields":{"title":"A","__proto__":{"polluted":1},"constructor":{"x":1}}}';
		expect((await test.http.post('crm.item.add', polluting, json)).status).toBe(200);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		const batch =
			'{"cmd":{"__proto__":"profile","a":"crm.item.get?entityTypeId=$result[a][toString]&id=1"}}';
		expect((await test.http.post('batch', batch, json)).status).toBe(200);
		for (const line of ['GET // HTTP/1.1', 'GET /rest/%/%/% HTTP/1.1', 'nonsense']) {
			expect(await raw(`${line}\r\nHost: x\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 4/);
		}
		for (const filter of ['x', 7, [[[]]], { '=id': { a: 1 } }, { logic: [] }]) {
			expect((await call('crm.item.list', { entityTypeId: 2, filter })).status).toBeLessThan(500);
		}
		expect(
			(
				await call('crm.item.productrow.set', {
					ownerType: 'D',
					ownerId: 401,
					productRows: ['x', 1, null],
				})
			).status,
		).toBeLessThan(500);
		await result('profile');
	});
});

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
