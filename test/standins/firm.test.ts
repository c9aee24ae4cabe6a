/** The furniture firm a newcomer meets: what its systems hold, and the page to look at them and act for its people. */
import axios, { type AxiosResponse } from 'axios';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { openFirm, type Firm } from './firm/firm';
import { documentsOf, INVOICE, ORDER } from './firm/paperwork';
import type { DealState, FirmState, OrderState } from './statePage/state';
import { openStatePage, type StatePage } from './statePage/statePage';

let firm: Firm;
let page: StatePage;

beforeEach(async () => {
	firm = await openFirm({ products: 40 });
	page = await openStatePage(firm);
});

afterEach(async () => {
	await page.closes();
	await firm.closes();
});

const http = axios.create({ validateStatus: () => true, proxy: false });

const acts = async (act: object): Promise<AxiosResponse<{ done?: string; error?: string }>> =>
	await http.post(`${page.url}api/acts`, act);

const does = async (act: object): Promise<string> => {
	const { status, data } = await acts(act);
	expect({ status, error: data.error }).toEqual({ status: 200 });
	return String(data.done);
};

const state = async (): Promise<FirmState> =>
	(await http.get<FirmState>(`${page.url}api/state`)).data;

const dealNamed = async (title: string): Promise<DealState> => {
	const deal = (await state()).deals.find((one) => one.title === title);
	if (!deal) throw new Error(`No deal ${title}`);
	return deal;
};

const orderOf = async (deal: number): Promise<OrderState> => {
	const order = (await state()).orders.find((one) => one.deal === deal);
	if (!order) throw new Error(`No order of the deal ${deal}`);
	return order;
};

const odata = async (path: string): Promise<Array<Record<string, unknown>>> => {
	const { url, login, password } = firm.base;
	const { data } = await http.get(encodeURI(`${url}/odata/standard.odata/${path}`), {
		auth: { username: login, password },
		headers: { accept: 'application/json' },
	});
	return data.value;
};

describe('the firm', () => {
	it('has buyers of one ИНН in several folders, and companies tied to one card', async () => {
		const cards = await odata(
			"Catalog_Контрагенты?$filter=Description eq 'ООО «Северный дом»'&$select=ИНН,Parent_Key",
		);
		expect(cards).toHaveLength(3);
		expect(new Set(cards.map(({ ИНН }) => ИНН)).size).toBe(1);
		expect(new Set(cards.map(({ Parent_Key }) => Parent_Key)).size).toBe(3);

		const lutik = firm.buyers.find(({ name }) => name === 'ООО «Лютик»');
		const { data } = await http.post(`${firm.portal.webhookUrl}crm.item.get`, {
			entityTypeId: 4,
			id: lutik?.company,
		});
		expect(data.result.item).toMatchObject({
			originatorId: '1C',
			originId: lutik?.counterparties[0],
		});
	});

	it('has products the portal knows by the GUID of 1C, with stock', async () => {
		const [good] = firm.goods;
		const { data } = await http.post(`${firm.portal.webhookUrl}catalog.product.get`, {
			id: good.product,
		});
		expect(data.result.product).toMatchObject({ name: good.name, xmlId: good.ref });
		const [product] = await odata(`Catalog_Номенклатура?$filter=Ref_Key eq guid'${good.ref}'`);
		expect(product).toMatchObject({ Description: good.name, Артикул: 'М-00001' });
		expect(firm.base.sees.stock(good.ref, firm.base.seed.warehouse)).toBeGreaterThan(0);
	});

	it('has deals on their way, documents that know them, and people who called', async () => {
		const { deals, invoices, orders, payments, communications, pipelines } = await state();
		expect(pipelines.map(({ name }) => name)).toEqual(['Общая', 'Розница', 'Тендеры']);
		expect(new Set(deals.map(({ stage }) => stage)).size).toBeGreaterThan(5);
		const partly = await dealNamed('Переезд офиса');
		expect(invoices.find(({ deal }) => deal === partly.id)?.paid).toBe(100_000);
		expect(orders.map(({ shipped, closed }) => [shipped, closed])).toEqual([
			['none', false],
			['part', false],
			['none', false],
			['full', true],
		]);
		expect(payments).toHaveLength(1);
		expect(communications.map(({ type, lost }) => [type, lost])).toContainEqual(['call', true]);
	});

	it('has as many more products and counterparties as asked', async () => {
		const large = await openFirm({ products: 1_000, counterparties: 2_000 });
		try {
			expect(large.goods).toHaveLength(1_000);
			const { login, password, url } = large.base;
			const { data } = await http.get(
				encodeURI(
					`${url}/odata/standard.odata/Catalog_Контрагенты/$count?$filter=IsFolder eq false`,
				),
				{ auth: { username: login, password } },
			);
			expect(Number(String(data).replace('\uFEFF', ''))).toBeGreaterThan(2_000);
		} finally {
			await large.closes();
		}
	});
});

describe('on the page', () => {
	it('a manager makes a deal and moves it', async () => {
		const [first] = firm.goods;
		await does({
			act: 'manager.createsDeal',
			title: 'Ресепшен',
			pipeline: 0,
			company: firm.buyers[1].company,
			product: first.product,
			quantity: 3,
		});
		const deal = await dealNamed('Ресепшен');
		expect(deal).toMatchObject({ buyer: 'ООО «Лютик»', stage: 'NEW', amount: first.price * 3 });
		await does({ act: 'manager.moves', deal: deal.id, stage: 'EXECUTING' });
		expect(firm.portal.sees.deal(deal.id).stageId).toBe('EXECUTING');
	});

	it('a deal goes from an invoice through payments and shipments to the end', async () => {
		const { id } = await dealNamed('Мебель для переговорной');
		await does({ act: 'salesman.writesInvoice', deal: id });
		const [invoice] = documentsOf(firm.base, INVOICE, id);
		const ref = String(invoice.Ref_Key);
		await does({ act: 'accountant.receives', document: ref, amount: 400.5 });
		await does({ act: 'accountant.receives', document: ref });
		const paid = (await state()).invoices.find((one) => one.deal === id);
		expect(paid?.paid).toBe(paid?.amount);
		expect((await acts({ act: 'accountant.receives', document: ref })).data.error).toMatch(
			/все уже оплачено/,
		);

		await does({ act: 'salesman.writesOrder', deal: id });
		expect(documentsOf(firm.base, ORDER, id)).toHaveLength(1);
		const order = await orderOf(id);
		expect(order).toMatchObject({ posted: true, paid: paid?.amount, shipped: 'none', left: 12 });
		const [tables] = order.lines;
		await does({
			act: 'storekeeper.ships',
			order: order.ref,
			product: tables.product,
			quantity: 2,
		});
		expect(await orderOf(id)).toMatchObject({ shipped: 'part', left: 10 });
		await does({
			act: 'salesman.corrects',
			order: order.ref,
			product: order.lines[1].product,
			quantity: -4,
		});
		expect(await orderOf(id)).toMatchObject({ left: 6 });
		await does({ act: 'storekeeper.ships', order: order.ref });
		expect(await orderOf(id)).toMatchObject({ shipped: 'full', left: 0, closed: false });
		await does({ act: 'salesman.closes', order: order.ref, reason: 'Выполнен' });
		expect((await orderOf(id)).closed).toBe(true);
	});

	it('goods come back by the shipment they left with', async () => {
		const { id } = await dealNamed('Стеллажи на склад');
		const { shipments } = await orderOf(id);
		const [{ ref, lines }] = shipments;
		const stock = (): number => firm.base.sees.stock(lines[0].product, firm.base.seed.warehouse);
		const before = stock();
		await does({
			act: 'storekeeper.acceptsReturn',
			shipment: ref,
			product: lines[0].product,
			quantity: 1,
		});
		expect(firm.base.sees.documents('ВозвратТоваровОтПокупателя')).toHaveLength(1);
		expect(stock()).toBe(before + 1);
	});

	it('a visitor calls, an employee answers or not, another sends a request', async () => {
		for (const act of ['employee.answers', 'employee.misses']) {
			await does({ act: 'visitor.calls', phone: '+7 916 000-00-01' });
			const call = (await state()).communications.at(-1);
			expect(call).toMatchObject({ type: 'call', phone: '79160000001', waiting: true });
			await does({ act, call: call?.id });
			expect((await state()).communications.at(-1)).toMatchObject({
				waiting: false,
				lost: act === 'employee.misses',
			});
		}
		await does({ act: 'visitor.sendsRequest', phone: '89160000001', name: 'Анна', text: 'Столы' });
		expect(firm.account.sees.communications().at(-1)).toMatchObject({
			name: 'Анна',
			text: 'Столы',
		});
	});

	it('what a system refuses is told in its own words', async () => {
		const { id } = await dealNamed('Столы в открытое пространство');
		const { ref, lines } = await orderOf(id);
		const tooMany = {
			act: 'storekeeper.ships',
			order: ref,
			product: lines[0].product,
			quantity: 999,
		};
		const { status, data } = await acts(tooMany);
		expect([status, typeof data.error]).toEqual([409, 'string']);
		expect(data.error).toMatch(/[а-я]{4}/i);
		expect((await orderOf(id)).shipped).toBe('none');
		const nowhere = await acts({ act: 'manager.moves', deal: id, stage: 'NO_SUCH' });
		expect(nowhere.status).toBe(409);
	});

	it.each<[object, RegExp]>([
		[{ act: 'owner.fires' }, /такого действия нет/],
		[{}, /такого действия нет/],
		[{ act: 'manager.moves', deal: 401 }, /stage: не заполнено/],
		[{ act: 'manager.moves', deal: '401', stage: 'NEW' }, /deal: не того типа/],
		[{ act: 'manager.moves', deal: 401, stage: 'NEW', title: 'x' }, /лишние поля/],
		[{ act: 'accountant.receives', document: 'первый' }, /document: не ссылка 1С/],
		[
			{ act: 'accountant.receives', document: '9e3779b1-3b00-11f1-9c11-00155d01c802', amount: -5 },
			/amount: должно быть больше нуля/,
		],
		[{ act: 'visitor.calls', phone: 'позвони мне' }, /phone: не телефон/],
	])('bad input is named: %j', async (act, words) => {
		const { status, data } = await acts(act);
		expect([status, data.error]).toEqual([400, expect.stringMatching(words)]);
	});

	it('an unknown document is not found', async () => {
		const document = '00000000-3b00-11f1-9c11-00155d01c802';
		const { status, data } = await acts({ act: 'accountant.receives', document, amount: 5 });
		expect([status, data.error]).toEqual([409, 'В 1С нет такого счета или заказа']);
	});
});

describe('the door of the page', () => {
	/** Axios would not let a Host header be chosen. */
	const knocks = (headers: Record<string, string>, body?: string): Promise<number> =>
		new Promise((answered, failed) => {
			const path = body === undefined ? '/api/state' : '/api/acts';
			const method = body === undefined ? 'GET' : 'POST';
			request(`${page.url.slice(0, -1)}${path}`, { method, headers }, (response) => {
				response.resume();
				answered(Number(response.statusCode));
			})
				.on('error', failed)
				.end(body);
		});
	const JSON_TYPE = { 'content-type': 'application/json' };

	it('is open to itself and to programs of the same machine', async () => {
		const own = page.url.slice(0, -1);
		expect(await knocks({})).toBe(200);
		expect(await knocks({ origin: own })).toBe(200);
		expect(await knocks({ host: own.replace('http://127.0.0.1', 'localhost') })).toBe(200);
	});

	it('is closed to a name rebound to this address and to other sites', async () => {
		expect(await knocks({ host: 'evil.example' })).toBe(403);
		expect(await knocks({ host: '127.0.0.1:1' })).toBe(403);
		for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1'])
			expect(await knocks({ origin, ...JSON_TYPE }, '{}')).toBe(403);
		expect(await knocks({ 'sec-fetch-site': 'cross-site' })).toBe(403);
		expect(await knocks({ 'content-type': 'text/plain' }, '{"act":"visitor.calls"}')).toBe(403);
	});

	it('refuses what is no JSON, too long or elsewhere', async () => {
		expect(await knocks(JSON_TYPE, '{"act":')).toBe(400);
		expect(await knocks(JSON_TYPE, JSON.stringify('а'.repeat(70_000)))).toBe(413);
		expect((await http.get(`${page.url}api/secrets`)).status).toBe(404);
		expect((await http.get(`${page.url}api/state`)).status).toBe(200);
	});

	it('shows one page without outside resources, and only its own script may run', async () => {
		const { data, headers } = await http.get<string>(page.url);
		expect(data).not.toMatch(/(src|href)=|https?:\/\/|innerHTML/);
		const scripts = [...data.matchAll(/<script>([^]*?)<\/script>/g)].map(([, script]) => script);
		expect(scripts).toHaveLength(1);
		const hash = createHash('sha256').update(scripts[0]).digest('base64');
		expect(headers['content-security-policy']).toContain(
			`default-src 'none'; script-src 'sha256-${hash}';`,
		);
	});
});

it('npm run standins opens everything, says where, and ends at Ctrl+C', async () => {
	const serve = spawn(
		join(__dirname, '../../node_modules/.bin/tsx'),
		[join(__dirname, 'serve.ts'), '--products', '20'],
		{
			env: { ...process.env, PORTAL_PORT: '0', BASE_PORT: '0', ACCOUNT_PORT: '0', PAGE_PORT: '0' },
			stdio: ['ignore', 'pipe', 'pipe'],
		},
	);
	const ended = once(serve, 'exit');
	let said = '';
	await new Promise<void>((ready, failed) => {
		serve.once('exit', () => failed(new Error(said)));
		for (const stream of [serve.stdout, serve.stderr])
			stream.on('data', (chunk: Buffer) => {
				said += chunk.toString();
				if (said.includes('Ctrl+C')) ready();
			});
	});
	const address = /за людей: (\S+)/.exec(said)?.[1];
	expect((await http.get(String(address))).status).toBe(200);
	serve.kill('SIGINT');
	expect((await ended)[0]).toBe(0);
	await expect(http.get(String(address))).rejects.toThrow();
}, 60_000);
