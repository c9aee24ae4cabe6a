/** What goes wrong between a client and a base of 1C (reference 1c-ut103.md §2 "Sessions", "Locks", "Statuses", §9). */
import axios from 'axios';

import {
	Caller,
	castOf,
	codeOf,
	order,
	orderBody,
	postedOrder,
	textOf,
	type Cast,
	type Row,
} from './onecCaller';

let caller: Caller;
let who: Cast;

beforeEach(async () => {
	caller = await Caller.open();
	who = castOf(caller.base);
});
afterEach(() => caller.close());

const LICENCE = 'Не обнаружено свободной лицензии!';

describe('sessions', () => {
	it('wakes up slowly after a rest, once', async () => {
		caller.base.levers.coolsDown(500);
		const timed = async () => {
			const started = performance.now();
			await caller.get('Catalog_Валюты');
			return performance.now() - started;
		};
		expect(await timed()).toBeGreaterThan(490);
		expect(await timed()).toBeLessThan(450);
	});

	it.each([500, 503] as const)(
		'has so many licences and no more, with status %s',
		async (status) => {
			const { levers, switches } = caller.base;
			switches.licenceExhaustedStatus = status;
			levers.hasLicences(2);
			levers.answersIn(60);
			const crowd = await Promise.all([1, 2, 3].map(() => caller.get('Catalog_Валюты')));
			expect(crowd.map((response) => response.status).sort()).toEqual([200, 200, status]);
			const refused = crowd.find((response) => response.status === status);
			expect(refused?.data).toBe(LICENCE);
			levers.answersIn(0);
			for (const time of [1, 2, 3]) {
				expect([time, (await caller.get('Catalog_Валюты')).status]).toEqual([time, 200]);
			}
		},
	);

	it('ignores IBSession, or keeps a session under a cookie with its licence', async () => {
		const start = { IBSession: 'start' };
		const ignored = await caller.get('Catalog_Валюты', start);
		expect(ignored.headers['set-cookie']).toBeUndefined();
		const { levers, switches } = caller.base;
		switches.ibSession = 'cookie';
		levers.hasLicences(1);
		const kept = await caller.get('Catalog_Валюты', start);
		const Cookie = String(kept.headers['set-cookie']?.[0].split(';')[0]);
		expect(Cookie).toMatch(/^ibsession=/);
		expect((await caller.get('Catalog_Валюты')).data).toBe(LICENCE);
		expect((await caller.get('Catalog_Валюты', { Cookie })).status).toBe(200);
		await caller.get('Catalog_Валюты', { Cookie, IBSession: 'finish' });
		levers.answersIn(300);
		const pair = await Promise.all([1, 2].map(() => caller.get('Catalog_Валюты')));
		expect(pair.map(({ data }) => data === LICENCE).sort()).toEqual([false, true]);
	});
});

describe('the web server', () => {
	it('refuses a login in cp1251 before the base is asked', async () => {
		const cp1251 = Buffer.from([0xce, 0xe1, 0xec, 0xe5, 0xed, 0x3a, 0x31]).toString('base64');
		const headers = { Authorization: `Basic ${cp1251}` };
		const response = await axios.get(`${caller.base.url}/odata/standard.odata/`, {
			headers,
			validateStatus: () => true,
		});
		expect([response.status, String(response.data)]).toEqual([
			401,
			expect.stringContaining('401.5'),
		]);
	});

	it('shows a page of 1C for a base that is no longer published', async () => {
		caller.base.levers.unpublishes();
		const response = await caller.get('Catalog_Валюты');
		expect([response.status, response.headers['content-type'], String(response.data)]).toEqual([
			404,
			'text/html;charset=utf-8',
			expect.stringContaining('1C:Enterprise 8 application error: HTTP: Not found'),
		]);
		caller.base.levers.publishes();
		expect((await caller.get('Catalog_Валюты')).status).toBe(200);
	});

	it('does not swallow a body of any size', async () => {
		const huge = `{"Description":"${'x'.repeat(33 * 1024 * 1024)}"}`;
		const response = await caller.post('Catalog_Валюты', Buffer.from(huge));
		expect([response.status, response.headers['content-type']]).toEqual([
			413,
			'text/html;charset=utf-8',
		]);
		expect((await caller.get('Catalog_Валюты')).status).toBe(200);
		expect(await caller.found('Catalog_Валюты', "Code ne '643'")).toBe(0);
	});

	it('answers 502 though the write has happened, and nothing if the line breaks', async () => {
		const { levers, sees } = caller.base;
		const ref = await postedOrder(caller, who);
		levers.answers502AfterTheWrite('Unpost');
		expect((await caller.post(`${order(ref)}/Unpost`)).status).toBe(502);
		expect(sees.document(ref).Posted).toBe(false);
		levers.losesNextAnswer('ЗаказПокупателя');
		await expect(caller.delete(order(ref))).rejects.toThrow();
		expect((await caller.get(order(ref))).status).toBe(404);
	});
});

describe('locks', () => {
	it('meets a conflict, writes nothing, and succeeds when it tries again', async () => {
		caller.base.levers.conflictsOnWrites(1);
		const body = orderBody(caller.base, who);
		const refused = await caller.post('Document_ЗаказПокупателя', body);
		expect([refused.status, codeOf(refused), textOf(refused)]).toEqual([
			500,
			'-1',
			expect.stringContaining('Конфликт блокировок'),
		]);
		expect(caller.base.sees.documents('ЗаказПокупателя')).toEqual([]);
		expect((await caller.post('Document_ЗаказПокупателя', body)).status).toBe(201);
	});

	it('lets nobody write, post or delete what is open in a client', async () => {
		const ref = await postedOrder(caller, who);
		caller.base.levers.locks(ref);
		const attempts = [
			() => caller.patch(order(ref), { Комментарий: 'нет' }),
			() => caller.post(`${order(ref)}/Post?PostingModeOperational=false`),
			() => caller.post(`${order(ref)}/Unpost`),
			() => caller.delete(order(ref)),
		];
		for (const attempt of attempts) expect(codeOf(await attempt())).toBe('-1');
		expect((await caller.get(order(ref))).data).toMatchObject({ Posted: true, Комментарий: '' });
	});

	it.each(['412', 'ignored'] as const)('looks at If-Match of a DELETE: %s', async (mode) => {
		caller.base.switches.ifMatch = mode;
		const ref = await postedOrder(caller, who);
		const stale = await caller.client.delete(encodeURI(order(ref)), {
			headers: { 'If-Match': 'AAAAAAAAAAk=' },
		});
		expect(stale.status).toBe(mode === '412' ? 412 : 204);
	});
});

describe('a closed period', () => {
	it('is written in a register and refuses documents up to its day, without a reason', async () => {
		const ref = await postedOrder(caller, who, { Date: '2026-11-20T12:00:00' });
		caller.base.levers.closesPeriod('2026-11-20');
		const register = 'InformationRegister_ГраницыЗапретаИзмененияДанных';
		expect(await caller.rows(register)).toMatchObject([
			{ ГраницаЗапретаИзменений: '2026-11-20T00:00:00' },
		]);
		const refused = await caller.patch(order(ref), { Комментарий: 'нет' });
		expect([refused.status, textOf(refused)]).toEqual([
			500,
			'Не удалось записать: Заказ покупателя!',
		]);
		await postedOrder(caller, who, { Date: '2026-11-21T12:00:00' });
		caller.base.levers.closesPeriod('');
		expect(await caller.rows(register)).toEqual([]);
		expect((await caller.patch(order(ref), { Комментарий: 'да' })).status).toBe(200);
	});
});

describe('rights', () => {
	it('hides rows behind code 20, unless only the allowed are asked for', async () => {
		const { levers, admin } = caller.base;
		const secret = admin.addsCounterparty({ name: 'Секрет' });
		levers.hides(secret);
		const all = await caller.get('Catalog_Контрагенты');
		expect([all.status, codeOf(all), textOf(all)]).toEqual([401, '20', 'Нарушение прав доступа']);
		for (const option of ['allowedOnly', '$allowedOnly']) {
			const rows = await caller.rows(`Catalog_Контрагенты?${option}=true`);
			expect(rows.map(({ Description }) => Description)).toEqual(['Альфа']);
		}
		const filter = "$filter=Description eq 'Альфа'&allowedOnly=false";
		expect(await caller.rows(`Catalog_Контрагенты?${filter}`)).toHaveLength(1);
		expect((await caller.get(`Catalog_Контрагенты(guid'${secret}')`)).status).toBe(401);
		levers.shows(secret);
		expect(await caller.rows('Catalog_Контрагенты')).toHaveLength(2);
	});

	it('forbids writing a set that may be read', async () => {
		caller.base.levers.forbidsWriting('Catalog_Контрагенты');
		const refused = await caller.post('Catalog_Контрагенты', { Description: 'Новый' });
		expect([refused.status, codeOf(refused)]).toEqual([401, '20']);
		expect((await caller.get('Catalog_Контрагенты')).status).toBe(200);
		caller.base.levers.allowsWriting('Catalog_Контрагенты');
		expect((await caller.post('Catalog_Контрагенты', { Description: 'Новый' })).status).toBe(201);
	});
});

describe('deleting', () => {
	it('is physical, leaves broken references and takes movements along', async () => {
		const ref = await postedOrder(caller, who);
		expect((await caller.delete(`Catalog_Контрагенты(guid'${who.buyer}')`)).status).toBe(204);
		const left: Row = (await caller.get(order(ref))).data;
		expect(left.Контрагент_Key).toBe(who.buyer);
		expect(codeOf(await caller.get(`${order(ref)}/Контрагент`))).toBe('9');
		expect((await caller.delete(order(ref))).status).toBe(204);
		expect(caller.base.sees.movements(ref)).toEqual([]);
	});
});

describe('a base that is down', () => {
	it('answers nothing at all, until it comes back', async () => {
		caller.base.levers.goesDown();
		const failure = await caller.get('Catalog_Валюты').catch((error: unknown) => error);
		expect(axios.isAxiosError(failure)).toBe(true);
		caller.base.levers.comesBack();
		expect((await caller.get('Catalog_Валюты')).status).toBe(200);
	});
});
