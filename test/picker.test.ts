/** The tab «1С» of the deal card, in n8n's real engine between the stand-in portal and base: who may ask, and what is done. */
import axios from 'axios';
import { passKeyOf, sealPass, type Claims } from '../nodes/Bitrix24/picker/pass';
import { MANAGER_USER, SALESMAN_USER } from './standins/bitrix24/portal';
import { Company, refOf, type Product } from './support/company';
import { RunningWorkflow, workflowFile } from './support/engine';
import { PickerTab, type Asked, type TabOptions } from './support/pickerTab';

const HOUR = 3_600_000;

let company: Company;
let tab: PickerTab;
let table: Product;
let chair: Product;

const open = async (
	options: Parameters<typeof Company.open>[0] = {},
	how: TabOptions = {},
): Promise<void> => {
	company = await Company.open(options);
	tab = await PickerTab.open(company.portal, company.base, how);
	table = company.product('Стол', 12_200);
	chair = company.product('Стул', 2440);
};

afterEach(async () => {
	await tab.close();
	await company.close();
});

/** A deal of the manager with two tables in it. */
const deal = (fields: Record<string, unknown> = {}): number =>
	company.deal(
		company.buyer().company,
		[{ product: table.product, price: 12_200, quantity: 2, vat: 22, vatIncluded: true }],
		{ assignedById: MANAGER_USER, ...fields },
	);

const rows = (id: number): Array<Record<string, unknown>> => company.portal.sees.rows('D', id);

const quantities = (id: number): Array<[unknown, unknown]> =>
	rows(id).map(({ productName, quantity }) => [productName, quantity]);

/** A pass of the right shape under any key. */
const pass = (
	id: number,
	change: Partial<Claims> = {},
	secret = company.portal.webhookUrl,
): string =>
	sealPass(passKeyOf(secret), {
		kind: 'visit',
		portal: company.portal.domain,
		deal: id,
		user: MANAGER_USER,
		until: Date.now() + HOUR,
		...change,
	});

const isDenied = ({ status, json }: Asked, code: string): void => {
	expect([status, json.code]).toEqual([403, code]);
	expect(String(json.text)).toMatch(/[А-Яа-я]{4}/);
};

describe.each([
	['an inbound webhook', {}],
	['a local application', { asApplication: true }],
] as const)('with %s the page', (_, how) => {
	beforeEach(async () => await open({}, how));

	test('opens for whom the portal shows the deal, and for nobody else', async () => {
		const id = deal();
		const opened = await tab.opens(id);
		expect(opened.status).toBe(200);
		const ask = await tab.visitor(id);
		expect((await ask({ ask: 'deal' })).json).toMatchObject({ id, lines: [{ quantity: 2 }] });
		const foreign = await tab.opens(id, SALESMAN_USER);
		expect(foreign.status).toBe(403);
		expect(foreign.page).toContain('Нет доступа');
		expect(foreign.page).not.toContain('id="visit"');
	});

	test('is closed at once to whom the deal is taken away from', async () => {
		const id = deal({ assignedById: SALESMAN_USER });
		const ask = await tab.visitor(id, SALESMAN_USER);
		expect((await ask({ ask: 'deal' })).status).toBe(200);
		company.portal.manager.writes(id, { assignedById: MANAGER_USER });
		for (const closed of ['deal', 'documents', 'near']) {
			isDenied(await ask({ ask: closed }), 'denied');
		}
		isDenied(await ask({ ask: 'choose', warehouse: null }), 'denied');
	});

	test('does not open for a post that does not come from the application', async () => {
		const id = deal();
		const { sent, url } = await tab.opens(id);
		const posts = async (change: Record<string, string>, address = url): Promise<number> =>
			(
				await axios.post(address, new URLSearchParams({ ...sent, ...change }), {
					validateStatus: () => true,
				})
			).status;
		expect(await posts({})).toBe(200);
		expect(await posts({ AUTH_ID: 'guessed' })).toBe(403);
		expect(await posts({ APPLICATION_TOKEN: 'guessed', member_id: 'guessed' })).toBe(403);
		expect(await posts({ PLACEMENT_OPTIONS: '{"ID":"999999"}' })).toBe(403);
		expect(await posts({ PLACEMENT_OPTIONS: 'nonsense' })).toBe(403);
		expect(await posts({ PLACEMENT: 'DEFAULT' })).toBe(403);
		const elsewhere = url.replace(/DOMAIN=[^&]+/, 'DOMAIN=evil.example.test');
		expect(await posts({}, elsewhere)).toBe(403);
	});
});

describe('a pass', () => {
	beforeEach(async () => await open());

	test('that nobody gave out, that was changed, or that is of another portal opens nothing', async () => {
		const id = deal();
		const good = pass(id);
		expect((await tab.asks(good, { ask: 'deal' })).status).toBe(200);
		const middle = Math.floor(good.length / 2);
		const changed = `${good.slice(0, middle)}${good[middle] === 'A' ? 'B' : 'A'}${good.slice(middle + 1)}`;
		for (const bad of [
			'',
			'guessed',
			changed,
			pass(id, {}, 'another secret'),
			pass(id, { portal: 'other.bitrix24.ru' }),
			pass(id, { kind: 'link' }),
		]) {
			isDenied(await tab.asks(bad, { ask: 'deal' }), 'denied');
		}
	});

	test('runs out after an hour, and says so', async () => {
		const id = deal();
		const ask = await tab.visitor(id);
		jest.setSystemTime(Date.now() + HOUR + 1000);
		const late = await ask({ ask: 'deal' });
		isDenied(late, 'expired');
		expect(late.json.text).toContain('Сеанс закончился');
	});

	test('is good for its own deal alone: there is no way to name another one', async () => {
		const [mine, other] = [deal(), deal()];
		const ask = await tab.visitor(mine);
		const named = await ask({ ask: 'deal', deal: other, id: other });
		expect(named.status).toBe(400);
		await ask({ ask: 'choose', warehouse: company.base.seed.warehouse });
		expect(company.portal.sees.deal(other).UF_CRM_1C_WAREHOUSE).toBeFalsy();
	});

	test('shows the page nothing of the token it holds', async () => {
		const { page, sent } = await tab.opens(deal());
		const opened = Buffer.from(tab.passOf(page), 'base64url').toString('latin1');
		expect(page + opened).not.toContain(sent.AUTH_ID);
		expect(page).not.toContain(new URL(company.portal.webhookUrl).pathname);
	});
});

describe('the page', () => {
	test('runs nothing but its own script, loads nothing, and stands in frames of the portal alone', async () => {
		await open();
		const { headers, page } = await tab.opens(deal());
		const policy = headers.get('content-security-policy') ?? '';
		const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
		expect(policy).toContain("default-src 'none'");
		expect(policy).toContain(`frame-ancestors ${company.portal.origin};`);
		expect(policy).toMatch(/sandbox (?!.*allow-same-origin)/);
		expect(policy).not.toContain('unsafe');
		expect(page.split('<script').slice(1)).toEqual([
			expect.stringMatching(/^ type="application\/json" id="visit">/),
			expect.stringContaining(`nonce="${nonce}"`),
		]);
		expect(page).not.toMatch(/\b(src|href)="?https?:/);
		expect(headers.get('cache-control')).toBe('no-store');
		expect((await tab.opens(deal())).headers.get('content-security-policy')).not.toContain(nonce);
	});

	test('keeps its address only where webhooks have a host of their own', async () => {
		await open({}, { isolated: false });
		const { headers } = await tab.opens(deal());
		expect(headers.get('content-security-policy')).not.toContain('sandbox');
	});

	test('answers nonsense with a refusal and goes on', async () => {
		await open();
		const id = deal();
		const nonsense: unknown[] = [
			null,
			[],
			{ ask: 'everything' },
			{ ask: 'find', catalog: 'counterparties', text: 'a', folder: null },
			{ ask: 'find', catalog: '../Catalog_Пользователи', text: 'abc', folder: null },
			{ ask: 'list', catalog: 'products', folder: "x' or 1 eq 1", skip: 0 },
			{ ask: 'choose', counterparty: 'x' },
			{
				ask: 'transfer',
				priceType: null,
				lines: [{ ref: table.ref, quantity: -1, price: 1, row: null, from: 0 }],
			},
			{ ask: 'transfer', priceType: null, lines: [] },
		];
		for (const ask of nonsense) {
			const { status, json } = await tab.asks(pass(id), ask);
			expect([ask, status, json.code]).toEqual([ask, 400, 'wrong']);
		}
		expect((await tab.asks(pass(id), { ask: 'deal' })).status).toBe(200);
		const injected = await tab.asks(pass(id), {
			ask: 'find',
			catalog: 'counterparties',
			text: "') or substringof('О",
			folder: null,
		});
		expect(injected.json).toEqual({ rows: [], more: false });
	});

	test('says in Russian that 1C does not answer, and holds no secret in it', async () => {
		await open();
		const id = deal();
		company.base.levers.goesDown();
		const { status, json } = await tab.asks(pass(id), { ask: 'choices' });
		expect([status, json.code]).toEqual([502, 'failed']);
		expect(json.text).toContain('не ответила');
		expect(JSON.stringify(json)).not.toContain(company.base.password);
	});
});

describe('a link in a deal field', () => {
	const writesLinks = async (id: number): Promise<string> => {
		const workflow = new RunningWorkflow(linkWorkflow(), company.credentials);
		const run = await workflow.runs('Открытые сделки', [{ json: { dealId: id } }]);
		expect(run.error).toBeUndefined();
		return String(company.portal.sees.deal(id).UF_CRM_1C_PICKER);
	};

	const linkWorkflow = () => {
		const file = workflowFile('picker.json');
		for (const { name, parameters } of file.nodes) {
			if (name === 'Ссылка в сделку') parameters.pickerAddress = tab.server.url;
		}
		return file;
	};

	beforeEach(async () => await open());

	test('opens the page of its deal until it runs out, and is renewed only when half of its time is over', async () => {
		const id = deal();
		const link = await writesLinks(id);
		const get = async (address: string) =>
			await axios.get<string>(address, { validateStatus: () => true });
		const { status, data } = await get(link);
		expect(status).toBe(200);
		const asked = await tab.asks(tab.passOf(data), { ask: 'deal' });
		expect(asked.json).toMatchObject({ id });
		expect(await writesLinks(id)).toBe(link);
		jest.setSystemTime(Date.now() + 8 * 24 * HOUR);
		const renewed = await writesLinks(id);
		expect(renewed).not.toBe(link);
		jest.setSystemTime(Date.now() + 7 * 24 * HOUR);
		expect((await get(link)).status).toBe(403);
		expect((await get(renewed)).status).toBe(200);
		expect((await get(tab.server.url)).status).toBe(403);
		expect((await get(`${tab.server.url}?pass=${tab.passOf(data)}`)).status).toBe(403);
	});
});

describe('what is chosen', () => {
	beforeEach(async () => await open());

	test('is written to the deal once, told to the workflow, and 1C makes its document for it', async () => {
		const inn = '7728168971';
		const { company: buyer, counterparty: wholesale } = company.buyer({
			name: 'ООО «Кактус»',
			inn,
			folder: company.base.admin.addsFolder('Контрагенты', 'Опт'),
		});
		const retail = company.base.admin.addsCounterparty({
			name: 'ООО «Кактус»',
			inn,
			folder: company.base.admin.addsFolder('Контрагенты', 'Розница'),
		});
		const id = company.deal(buyer, [
			{ product: table.product, price: 12_200, quantity: 1, vat: 22, vatIncluded: true },
		]);
		const ask = await tab.visitor(id);
		expect((await ask({ ask: 'deal' })).json).toMatchObject({ counterparty: null });
		const near = await ask({ ask: 'near' });
		expect(near.json.linked).toHaveLength(2);
		const found = await ask({
			ask: 'find',
			catalog: 'counterparties',
			text: 'кактус',
			folder: null,
		});
		expect((found.json.rows as unknown[]).length).toBe(2);
		expect((await ask({ ask: 'twins', inns: [inn] })).json).toEqual({ [inn]: 2 });
		const { json: details } = await ask({ ask: 'counterparty', ref: retail });
		expect(details).toMatchObject({ twins: [{ ref: wholesale }], contracts: [{ isMain: true }] });
		const [{ ref: contract }] = details.contracts as Array<{ ref: string }>;

		const choice = { ask: 'choose', counterparty: retail, contract };
		expect((await ask(choice)).json).toEqual({ changed: true });
		expect((await ask(choice)).json).toEqual({ changed: false });
		expect(tab.server.runs).toHaveLength(1);
		expect(company.timeline(id)).toEqual([
			expect.stringMatching(
				/^Выбран контрагент 1С: Розница \/ ООО «Кактус», код \d+, ИНН 7728168971$/,
			),
		]);
		expect(company.portal.sees.deal(id)).toMatchObject({
			UF_CRM_1C_COUNTERPARTY: retail,
			UF_CRM_1C_CONTRACT: contract,
			updatedBy: MANAGER_USER,
		});
		const side = await ask({ ask: 'deal' });
		expect(side.json).toMatchObject({
			isChosen: true,
			path: ['Розница'],
			counterparty: { ref: retail },
		});

		company.portal.manager.moves(id, 'INVOICE_1C');
		await company.minutePasses();
		expect(company.invoice(id)).toMatchObject({
			Контрагент: retail,
			ДоговорКонтрагента_Key: contract,
		});
		const { json: shown } = await ask({ ask: 'documents' });
		expect(shown.documents).toMatchObject([
			{ kind: 'invoice', amount: 12_200, states: ['Не оплачен'] },
		]);
		company.base.accountant.receives({ for: refOf(company.invoice(id)), amount: 5000 });
		const { json: later } = await ask({ ask: 'documents' });
		expect(later.documents).toMatchObject([{ states: ['Частично оплачен'] }]);
	});

	test('is offered before anybody searches: what the company is linked to, and what was chosen lately', async () => {
		const { admin } = company.base;
		const [own, further, lately, gone] = [
			'ООО «Свое»',
			'ООО «Свое Опт»',
			'ООО «Недавнее»',
			'ООО «Ушло»',
		].map((name) => admin.addsCounterparty({ name }));
		const buyer = company.portal.admin.addsCompany({
			title: 'Свое',
			originatorId: '1C',
			originId: own,
		});
		const link = { UF_CRM_1C_COUNTERPARTIES: [further, gone] };
		await axios.post(`${company.portal.webhookUrl}crm.item.update`, {
			entityTypeId: 4,
			id: buyer,
			fields: link,
			useOriginalUfNames: 'Y',
		});
		admin.marksForDeletion(gone);
		const before = await tab.visitor(deal());
		await before({ ask: 'choose', counterparty: lately });
		const id = company.deal(buyer, [], { assignedById: MANAGER_USER });
		const { json } = await (await tab.visitor(id))({ ask: 'near' });
		const names = (rows: unknown): string[] =>
			(rows as Array<{ name: string }>).map(({ name }) => name);
		expect(names(json.linked)).toEqual(['ООО «Свое»', 'ООО «Свое Опт»']);
		expect(names(json.recent)).toEqual(['ООО «Недавнее»']);
	});

	test('must exist in 1C, be alive and belong together', async () => {
		const id = deal();
		const ask = await tab.visitor(id);
		const { admin } = company.base;
		const folder = admin.addsFolder('Контрагенты', 'Опт');
		const gone = admin.addsCounterparty({ name: 'ООО «Ушло»', inn: '7728168971' });
		admin.marksForDeletion(gone);
		const other = admin.addsCounterparty({ name: 'ООО «Другое»' });
		const contract = admin.addsContract({
			counterparty: other,
			name: 'Чужой',
			settlement: 'ПоЗаказам',
		});
		const refuses = async (wish: object, words: string): Promise<void> => {
			const { status, json } = await ask({ ask: 'choose', ...wish });
			expect([status, json.code]).toEqual([404, 'gone']);
			expect(json.text).toContain(words);
		};
		await refuses({ counterparty: folder }, 'группа');
		await refuses({ counterparty: gone }, 'помечен на удаление');
		await refuses({ counterparty: '99999999-9999-4999-8999-999999999999' }, 'больше нет');
		await refuses({ contract }, 'не договор');
		await refuses({ warehouse: folder }, 'склада');
		await refuses({ organization: folder }, 'организации');
		expect(company.portal.sees.deal(id).UF_CRM_1C_COUNTERPARTY).toBeFalsy();
		expect(tab.server.runs).toEqual([]);
	});

	test('another counterparty takes the contract of the one before away', async () => {
		const id = deal();
		const ask = await tab.visitor(id);
		const { admin, sees } = company.base;
		const [first, second] = ['ООО «Первое»', 'ООО «Второе»'].map((name) =>
			admin.addsCounterparty({ name }),
		);
		const contract = String(sees.document(first).ОсновнойДоговорКонтрагента_Key);
		await ask({ ask: 'choose', counterparty: first, contract });
		await ask({ ask: 'choose', counterparty: second });
		expect(company.portal.sees.deal(id)).toMatchObject({
			UF_CRM_1C_COUNTERPARTY: second,
			UF_CRM_1C_CONTRACT: '',
		});
	});
});

describe('a basket', () => {
	beforeEach(async () => await open());

	const basketFor = async (
		ask: (ask: object) => Promise<Asked>,
		lines: Array<{ ref: string; quantity: number; price: number }>,
	): Promise<object> => {
		const { lines: known } = (await ask({ ask: 'deal' })).json as {
			lines: Array<{ row: number; product: string; quantity: number }>;
		};
		return {
			ask: 'transfer',
			priceType: company.base.seed.priceType,
			lines: lines.map((line) => {
				const row = known.find(({ product }) => product === line.ref);
				return { ...line, row: row?.row ?? null, from: row?.quantity ?? 0 };
			}),
		};
	};

	test('goes into the deal beside what was there, the same product adds up, and twice is once', async () => {
		const id = deal();
		const ask = await tab.visitor(id);
		const basket = await basketFor(ask, [
			{ ref: table.ref, quantity: 3, price: 12_200 },
			{ ref: chair.ref, quantity: 10, price: 2440 },
		]);
		expect((await ask(basket)).json).toEqual({ changed: true });
		expect((await ask(basket)).json).toEqual({ changed: false });
		expect(quantities(id)).toEqual([
			['Стол', 5],
			['Стул', 10],
		]);
		expect(rows(id)[1]).toMatchObject({ price: 2440, taxRate: 22, taxIncluded: 'Y' });
		expect(company.portal.sees.deal(id).opportunity).toBe(5 * 12_200 + 10 * 2440);
		expect(tab.server.runs).toHaveLength(1);
		expect(company.timeline(id)).toEqual(['Из 1С подобрано: Стол × 3, Стул × 10']);
	});

	test.each(['crm.item.productrow.update', 'crm.item.productrow.add'])(
		'whose answer to %s was lost is not put in twice',
		async (method) => {
			const id = deal();
			const ask = await tab.visitor(id);
			const basket = await basketFor(ask, [
				{ ref: table.ref, quantity: 3, price: 12_200 },
				{ ref: chair.ref, quantity: 10, price: 2440 },
			]);
			company.portal.levers.losesNextAnswer(method);
			expect((await ask(basket)).json).toEqual({ changed: true });
			expect(quantities(id)).toEqual([
				['Стол', 5],
				['Стул', 10],
			]);
		},
	);

	test('sent twice at the same moment goes in once', async () => {
		const id = deal();
		const ask = await tab.visitor(id);
		const basket = await basketFor(ask, [{ ref: chair.ref, quantity: 4, price: 2440 }]);
		await Promise.all([ask(basket), ask(basket), ask(basket)]);
		expect(quantities(id)).toEqual([
			['Стол', 2],
			['Стул', 4],
		]);
	});

	test('does not overwrite what somebody else changed meanwhile', async () => {
		const id = deal();
		const ask = await tab.visitor(id);
		const basket = await basketFor(ask, [{ ref: table.ref, quantity: 3, price: 12_200 }]);
		company.portal.manager.setsProducts(id, [
			{ product: table.product, price: 12_000, quantity: 7 },
		]);
		const { status, json } = await ask(basket);
		expect([status, json.code]).toEqual([409, 'changed']);
		expect(quantities(id)).toEqual([['Стол', 7]]);
	});

	test('with a product the portal lacks makes it there, tied to 1C, so that the chain can sell it', async () => {
		const ref = company.base.admin.addsProduct({ name: 'Шкаф <b>новый</b>', price: 1000 });
		const id = deal();
		const ask = await tab.visitor(id);
		await ask(await basketFor(ask, [{ ref, quantity: 1, price: 1000 }]));
		const { lines } = (await ask({ ask: 'deal' })).json as { lines: object[] };
		expect(lines[1]).toMatchObject({ product: ref, name: 'Шкаф <b>новый</b>', price: 1000 });
		company.portal.manager.moves(id, 'ORDER_1C');
		await company.minutePasses();
		expect(company.order(id).Товары).toMatchObject([
			{ Номенклатура_Key: table.ref },
			{ Номенклатура_Key: ref, Цена: 1000 },
		]);
	});

	test('of prices without VAT gets it on top', async () => {
		const wholesale = company.base.admin.addsPriceType('Оптовая', false);
		const id = deal();
		const ask = await tab.visitor(id);
		const basket = await basketFor(ask, [{ ref: chair.ref, quantity: 1, price: 2000 }]);
		await ask({ ...basket, priceType: wholesale });
		expect(rows(id)[1]).toMatchObject({ price: 2440, priceExclusive: 2000, taxIncluded: 'N' });
	});

	test('is filled by what 1C offers: unit, price of the type, what is free', async () => {
		company.base.storekeeper.receivesGoods({ product: table.ref, quantity: 7 });
		const ask = await tab.visitor(deal());
		const { json } = await ask({
			ask: 'offers',
			refs: [table.ref, chair.ref],
			priceType: company.base.seed.priceType,
			warehouse: company.base.seed.warehouse,
			currency: 'RUB',
		});
		expect(json).toHaveLength(2);
		expect(json).toEqual(
			expect.arrayContaining([
				{ ref: table.ref, unit: 'шт', price: 12_200, free: 7 },
				{ ref: chair.ref, unit: 'шт', price: 2440, free: 0 },
			]),
		);
	});
});
