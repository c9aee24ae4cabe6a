/** «Check Connection» of a 1C base: in good health, and with each thing that stands in the way of the exchange. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { NEEDS } from '../nodes/OneC/check/needs';
import { basicAuthorization, serviceRoot } from '../nodes/OneC/odata/address';
import { openSession } from '../nodes/OneC/session';
import type { Http } from '../nodes/shared/http';
import type { BaseOptions } from './standins/onec/base';
import { axiosHttp } from './support/axiosHttp';
import { endsPretending, pretendsTime } from './support/clock';
import { OneCNode } from './support/onecNode';

let onec: OneCNode;

const open = async (options: BaseOptions = {}): Promise<void> => {
	onec = await OneCNode.open(options);
};

const check = async (credential: IDataObject = {}): Promise<Map<unknown, IDataObject>> => {
	const parameters = { resource: 'base', operation: 'checkConnection' };
	const run = await onec.workflow({ parameters, credential }).runs('Start', [{ json: {} }]);
	if (run.error) throw new Error(run.error);
	return new Map(run.items('1C').map((item) => [item.probe, item]));
};

/** A sale from its order to its payment, under a contract kept by orders. */
const sells = async (via: 'Сделка' | 'nothing' = 'Сделка'): Promise<void> => {
	const { ref } = (await onec.office.create('order')).document;
	onec.base.accountant.receives({ for: ref, amount: 100, via });
};

/** The only contract of a fresh office. */
const keepsByOrders = (): void => {
	const { ОсновнойДоговорКонтрагента_Key: contract } = onec.base.sees.counterparty(
		onec.office.buyer,
	);
	onec.base.admin.corrects(String(contract), { ВедениеВзаиморасчетов: 'ПоЗаказам' });
};

beforeEach(pretendsTime);
afterEach(async () => {
	await onec.close();
	endsPretending();
});

test('a base that is ready has no problem and no warning', async () => {
	await open();
	keepsByOrders();
	await sells();
	const report = await check();
	const bad = [...report.values()].filter(
		({ state }) => !['ok', 'unknown'].includes(String(state)),
	);
	expect(bad.map(({ text }) => text)).toEqual([]);
	expect(report.get('settlements')?.found).toBe('по заказам: 1 из 1 (100 %)');
	expect(report.get('ownKeys')?.facts).toMatchObject({ looked: 1, ownKeys: 1 });
	/** What cannot be seen is said to be so. */
	expect(report.get('writing')?.state).toBe('unknown');
	expect(report.get('platform')?.state).toBe('unknown');
});

test('looking changes nothing', async () => {
	await open();
	await check();
	expect(onec.base.requests.length).toBeGreaterThan(30);
	expect(onec.base.requests.filter(({ httpMethod }) => httpMethod !== 'GET')).toEqual([]);
});

describe('the door', () => {
	const closed = async (credential: IDataObject = {}): Promise<IDataObject | undefined> => {
		const report = await check(credential);
		expect([...report.keys()]).toEqual(['summary', 'publication']);
		expect(report.get('publication')?.state).toBe('problem');
		return report.get('publication');
	};

	test('a wrong password is told from a wrong address', async () => {
		await open();
		expect((await closed({ password: 'не тот' }))?.found).toContain('HTTP 401');
		const wrong = onec.base.url.replace('/ut', '/trade');
		const other = await closed({ url: wrong });
		expect(other?.found).toContain('HTTP 404');
		expect(other?.remedy).toContain('standardOdata');
	});

	test('a page instead of data is a page of entry', async () => {
		await open({ switches: { badAuth: 'html200' } });
		expect((await closed({ password: 'не тот' }))?.found).toContain('страница');
	});

	test.each([
		[403, 'доступ запрещен'],
		[302, 'переадресует'],
		[410, 'ответил не OData'],
	])('HTTP %s says: %s', async (status, words) => {
		await open();
		onec.base.levers.failsNext(status);
		expect((await closed())?.found).toContain(words);
	});

	test('a base without a free licence is told so', async () => {
		await open();
		onec.base.levers.failsNext(500, 'Не обнаружено свободной лицензии!', '', 20);
		expect((await closed())?.found).toContain('лицензии');
	});

	test('nobody at the address is told so', async () => {
		await open();
		const nobody = await closed({ url: 'http://127.0.0.1:9/ut' });
		expect(nobody?.cause).toContain('никто не слушает');
	});
});

test('an object that is not published is named with what stops', async () => {
	await open();
	onec.base.levers.withholds('Document_ПриходныйКассовыйОрдер');
	onec.base.levers.withholds('Catalog_Банки');
	const objects = (await check()).get('objects');
	expect(objects?.state).toBe('problem');
	expect(objects?.found).toContain('Document_ПриходныйКассовыйОрдер');
	expect(objects?.cause).toContain('оплата');
	expect((objects?.facts as { missing: string[] }).missing).toHaveLength(2);
});

test('what only helps is a warning when it is missing', async () => {
	await open();
	onec.base.levers.withholds('Catalog_Банки');
	expect((await check()).get('objects')?.state).toBe('warning');
});

test('an object the user may not read is told from one that is not published', async () => {
	await open();
	onec.base.levers.forbidsReading('Document_ЗаказПокупателя');
	const report = await check();
	expect(report.get('objects')?.state).toBe('ok');
	expect(report.get('reading')).toMatchObject({
		state: 'problem',
		facts: { refused: ['Document_ЗаказПокупателя'] },
	});
	expect(report.get('reading')?.remedy).toContain('роль');
	expect(report.get('vatRates')?.state).toBe('ok');
});

test('contracts kept as a whole and by invoices are counted', async () => {
	await open();
	const { admin } = onec.base;
	admin.addsCounterparty({ name: 'ООО «Счет»', contract: 'ПоСчетам' });
	admin.addsCounterparty({ name: 'ООО «Заказ»', contract: 'ПоЗаказам' });
	admin.addsCounterparty({ name: 'ООО «Заказ 2»', contract: 'ПоЗаказам' });
	const settlements = (await check()).get('settlements');
	expect(settlements?.state).toBe('warning');
	expect(settlements?.found).toBe(
		'по договору в целом: 1 из 4 (25 %), по заказам: 2 из 4 (50 %), по счетам: 1 из 4 (25 %)',
	);
	expect(settlements?.cause).toContain('не проводит заказ');
});

test('payments that name no document, and those the bank has not confirmed, are counted', async () => {
	await open();
	await sells('nothing');
	const { ref } = (await onec.office.create('order')).document;
	const { accountant } = onec.base;
	accountant.receives({ for: ref, amount: 50, document: 'ПриходныйКассовыйОрдер' });
	accountant.receives({ for: ref, amount: 50, paid: false });
	const payments = (await check()).get('payments');
	expect(payments?.state).toBe('warning');
	expect(payments?.facts).toMatchObject({
		documents: {
			Document_ПлатежноеПоручениеВходящее: 2,
			Document_ПриходныйКассовыйОрдер: 1,
			Document_ОплатаОтПокупателяПлатежнойКартой: 0,
		},
		looked: 2,
		linked: 1,
		unconfirmed: 1,
	});
});

test('a base where nobody books money is a warning', async () => {
	await open();
	expect((await check()).get('payments')?.found).toContain('проведенных оплат нет');
});

test('a configuration without the rate of this year is a warning', async () => {
	await open({ vatRates: ['НДС20', 'НДС10', 'НДС0', 'БезНДС'] });
	const rates = (await check()).get('vatRates');
	expect(rates?.state).toBe('warning');
	expect(rates?.found).toContain('нет НДС22');
});

test('an organization without a bank account is named', async () => {
	await open();
	onec.base.admin.addsOrganization({ name: 'ИП Тюльпанов', prefix: 'ТП', inn: '771234567890' });
	const organizations = (await check()).get('organizations');
	expect(organizations?.state).toBe('warning');
	expect(organizations?.found).toContain('без основного банковского счета: ИП Тюльпанов');
});

test('a clock that is wrong is told in seconds', async () => {
	await open({ now: () => Date.now() - 600_000 });
	const clock = (await check()).get('clock');
	expect(clock?.state).toBe('warning');
	expect(clock?.found).toContain('отстают');
	expect(Math.abs(Number((clock?.facts as IDataObject).skewSeconds) + 600)).toBeLessThan(5);
});

test('a zone that makes documents come from the future is a warning, one that is none a problem', async () => {
	await open();
	await onec.office.create('order');
	expect((await check()).get('timeZone')?.state).toBe('ok');
	expect((await check({ timeZone: 'Europe/Lisbon' })).get('timeZone')?.state).toBe('warning');
	expect((await check({ timeZone: 'Москва' })).get('timeZone')?.state).toBe('problem');
});

test('a web server that takes short addresses only is a problem', async () => {
	await open();
	onec.base.levers.limitsQueries(1000);
	const long = (await check()).get('longAddresses');
	expect(long?.state).toBe('problem');
	expect(long?.remedy).toContain('maxQueryString');
});

test('whether the base takes a key of ours is told by its documents', async () => {
	await open({ switches: { acceptsOwnRefKey: false } });
	expect((await check()).get('ownKeys')?.state).toBe('unknown');
	await onec.office.create('invoice');
	expect((await check()).get('ownKeys')?.facts).toMatchObject({ looked: 1, ownKeys: 0 });
});

test('a site that still exchanges orders with the base is a warning', async () => {
	await open();
	expect((await check()).get('siteExchange')?.state).toBe('ok');
	const plan = 'ОбменССайтомЗаказами';
	const node = onec.base.programmer.addsNode({ plan, code: '001', name: 'Сайт' });
	onec.base.programmer.restoresBackup(node, 12);
	const site = (await check()).get('siteExchange');
	expect(site?.state).toBe('warning');
	expect(site?.found).toContain('«Сайт» (отправлено 12)');
	expect(site?.remedy).toContain('Обмен заказами');
});

describe('what the exchange needs', () => {
	const files = readdirSync(join(__dirname, '../nodes/OneC'), {
		recursive: true,
		encoding: 'utf8',
	}).filter((path) => path.endsWith('.ts') && !/^(check|resources)\b/.test(path));

	test('is every object its code names', async () => {
		await open();
		const named = new Set(
			files
				.flatMap((path) => [
					...readFileSync(join(__dirname, '../nodes/OneC', path), 'utf8').matchAll(
						/'((?:Catalog|Document|InformationRegister|AccumulationRegister)_\p{Script=Cyrillic}+(?:_RecordType)?)'/gu,
					),
				])
				.map(([, name]) => name),
		);
		expect(named.size).toBeGreaterThan(20);
		const needed = new Set(NEEDS.map(({ set }) => set));
		expect([...named].filter((name) => !needed.has(name))).toEqual([]);
	});

	test('is every field it writes into an invoice and an order', async () => {
		await open();
		const { url, login, password } = onec.base;
		const http = axiosHttp(serviceRoot(url), {
			Authorization: basicAuthorization(login, password),
		});
		const written = new Map<string, Set<string>>();
		const listening: Http = async (request) => {
			if (request.method === 'POST' && request.body) {
				const set = decodeURIComponent(request.path).split('?')[0];
				const body = JSON.parse(request.body) as Record<string, unknown>;
				const fields = Object.entries(body).flatMap(([name, value]) =>
					Array.isArray(value)
						? value.flatMap((row: object) => Object.keys(row).map((own) => `${name}/${own}`))
						: [name],
				);
				written.set(set, new Set(fields));
			}
			return await http(request);
		};
		const credential = { url, timeZone: 'Europe/Moscow', marker: 'B24' };
		const session = openSession(credential, listening, onec.office.clock);
		const { warehouse } = onec.base.seed;
		const service = onec.base.admin.addsProduct({ name: 'Доставка', service: true });
		const line = { name: 'Доставка', product: service, quantity: 1, price: 500, vatRate: 22 };
		const sale = onec.office.sale({ warehouse });
		const both = { ...sale, lines: [...sale.lines, ...onec.office.sale({ lines: [line] }).lines] };
		await onec.office.create('invoice', both, session);
		await onec.office.create('order', both, session);
		expect(written.size).toBe(2);
		for (const [set, fields] of written) {
			const needed = NEEDS.find((need) => need.set === set)?.fields ?? [];
			expect([...fields].filter((field) => !needed.includes(field))).toEqual([]);
		}
	});
});
