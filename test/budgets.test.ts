/** What the chains may cost: requests, which no machine makes faster or slower. Seconds and memory are in test/bench. */
import { Bitrix24Node, mapping } from './support/bitrix24Node';
import { Company, refOf } from './support/company';
import { OneCNode } from './support/onecNode';

const TO_1C = 'Сделки ждут документ';
const FROM_1C = 'Что нового в 1С';

describe('a deal of two products', () => {
	let company: Company;
	let deal: number;

	beforeEach(async () => {
		company = await Company.open();
		const table = company.product('Стол', 12_200);
		const chair = company.product('Стул', 2440);
		deal = company.deal(company.buyer().company, [
			{ product: table.product, quantity: 2, price: 12_200 },
			{ product: chair.product, quantity: 10, price: 2440 },
		]);
	});
	afterEach(async () => await company.close());

	/** Requests that a poll and all that follows it costs each system. */
	const costs = async (trigger: string): Promise<{ bitrix24: number; onec: number }> => {
		const { portal, base, workflow } = company;
		const [bitrix24, onec] = [portal.requests.length, base.requests.length];
		jest.setSystemTime(Date.now() + 60_000);
		const run = await workflow.polls(trigger);
		expect(run?.error).toBeUndefined();
		return {
			bitrix24: portal.requests.length - bitrix24,
			onec: base.requests.length - onec,
		};
	};

	test('that is in no stage of the exchange costs a look a minute', async () => {
		expect(await costs(TO_1C)).toEqual({ bitrix24: 1, onec: 0 });
		expect(await costs(FROM_1C)).toEqual({ bitrix24: 0, onec: 2 });
	});

	test('goes through the chain within its budget', async () => {
		company.portal.manager.moves(deal, 'INVOICE_1C');
		const invoiced = await costs(TO_1C);
		/** The invoice first, then what hangs on its number: no write refers to one that may be refused. */
		expect(invoiced.bitrix24).toBeLessThanOrEqual(5);
		expect(invoiced.onec).toBeLessThanOrEqual(6);
		company.base.accountant.receives({ for: refOf(company.invoice(deal)), amount: 48_800 });
		const paid = await costs(FROM_1C);
		expect(paid.bitrix24).toBeLessThanOrEqual(2);
		expect(paid.onec).toBeLessThanOrEqual(6);
		company.portal.manager.moves(deal, 'ORDER_1C');
		const ordered = await costs(TO_1C);
		expect(ordered.bitrix24).toBeLessThanOrEqual(4);
		expect(ordered.onec).toBeLessThanOrEqual(8);
		company.base.storekeeper.ships({ order: refOf(company.order(deal)) });
		const won = await costs(FROM_1C);
		expect(won.bitrix24).toBeLessThanOrEqual(2);
		expect(won.onec).toBeLessThanOrEqual(7);
		expect(company.stage(deal)).toBe(company.portal.sees.stageName('WON'));
	});

	test('costs 1C less when buyer and organization were picked in it', async () => {
		const { counterparty, company: buyer } = company.buyer();
		const { product } = company.product('Стол', 12_200);
		const picked = company.deal(buyer, [{ product, quantity: 1, price: 12_200 }], {
			UF_CRM_1C_COUNTERPARTY: counterparty,
			UF_CRM_1C_ORGANIZATION: company.base.seed.organization,
		});
		company.portal.manager.moves(picked, 'INVOICE_1C');
		expect((await costs(TO_1C)).onec).toBeLessThanOrEqual(4);
		expect(company.invoice(picked)).toMatchObject({ Контрагент: counterparty });
		company.portal.manager.moves(picked, 'ORDER_1C');
		expect((await costs(TO_1C)).onec).toBeLessThanOrEqual(6);
		expect(company.order(picked)).toMatchObject({ Контрагент_Key: counterparty, Posted: true });
	});
});

describe('a manager who moves sixty deals at once', () => {
	let company: Company;

	beforeEach(async () => {
		company = await Company.open();
	});
	afterEach(async () => await company.close());

	const sixtyDeals = (): number[] => {
		const buyer = company.buyer();
		const table = company.product('Стол', 12_200);
		return Array.from({ length: 60 }, () =>
			company.deal(buyer.company, [{ product: table.product, quantity: 1, price: 12_200 }]),
		);
	};

	test('has them looked into together, and no call starts the workflow for nothing', async () => {
		const deals = sixtyDeals();
		for (const deal of deals) company.portal.manager.moves(deal, 'INVOICE_1C');
		company.portal.requests.length = 0;
		const calls = await Promise.all(deals.map(async (deal) => await company.callsAbout(deal)));
		expect(calls.every(({ status }) => status === 200)).toBe(true);
		expect(calls.filter(({ run }) => run !== null).length).toBeLessThanOrEqual(10);
		for (const deal of deals) expect(company.portal.sees.invoices(deal)).toHaveLength(1);
		expect(company.portal.requests.length).toBeLessThanOrEqual(100);
	});
});

describe('a hundred orders of a hundred buyers', () => {
	let onec: OneCNode;

	beforeEach(async () => {
		onec = await OneCNode.open();
	});
	afterEach(async () => await onec.close());

	test('are looked at in few requests, and each payment is seen', async () => {
		const { base, office } = onec;
		const { document } = await office.create('order');
		const orders = base.admin.fillsCounterparties(100).map((buyer, index) =>
			base.salesman.copiesOrder(document.ref, {
				Контрагент_Key: buyer,
				ДоговорКонтрагента_Key: base.sees.counterparty(buyer).ОсновнойДоговорКонтрагента_Key,
				НомерВходящегоДокументаЭлектронногоОбмена: `B24-${1000 + index}`,
			}),
		);
		const receives = (index: number, amount: number, kind?: 'ПриходныйКассовыйОрдер'): string =>
			base.accountant.receives({
				for: orders[index],
				amount,
				...(kind ? { document: kind } : {}),
			});
		receives(7, 100);
		receives(93, 200, 'ПриходныйКассовыйОрдер');
		const running = onec.workflow({ trigger: { event: 'progress' } });
		const first = await running.polls('Trigger');
		const paid = (first?.items('Trigger') ?? []).map(({ progress }) => progress);
		expect(paid).toHaveLength(101);
		expect(paid).toContainEqual(
			expect.objectContaining({ dealId: 1007, paid: expect.objectContaining({ amount: 100 }) }),
		);
		expect(paid).toContainEqual(
			expect.objectContaining({ dealId: 1093, paid: expect.objectContaining({ amount: 200 }) }),
		);
		base.requests.length = 0;
		expect(await running.polls('Trigger')).toBeNull();
		expect(base.requests.length).toBeLessThanOrEqual(11);
		receives(55, 300);
		expect((await running.polls('Trigger'))?.items('Trigger')).toMatchObject([{ dealId: 1055 }]);
		/** Where rows cannot be counted, buyers are asked about one address after another. */
		const refusal = { code: '19', message: { lang: 'ru', value: 'Не поддерживается' } };
		base.levers.failsNext(400, JSON.stringify({ 'odata.error': refusal }), '$count', 4);
		expect(await running.polls('Trigger')).toBeNull();
	});
});

describe('a portal whose server is slow', () => {
	let bitrix24: Bitrix24Node;

	beforeEach(async () => {
		bitrix24 = await Bitrix24Node.open();
		bitrix24.portal.levers.slowsDown('crm.item.add', 1.1);
	});
	afterEach(async () => await bitrix24.close());

	test('is asked as seldom as a quick one: it costs time, and no request is refused', async () => {
		const start = Date.now();
		const items = Array.from({ length: 500 }, (_, index) => ({ title: `Сделка ${index}` }));
		const create = {
			resource: 'deal',
			operation: 'create',
			mapping: mapping({ title: '={{ $json.title }}' }),
		};
		expect(await bitrix24.gives(create, items)).toHaveLength(500);
		expect(bitrix24.requests).toEqual([
			'crm.item.fields',
			...Array<string>(10).fill('batch of 50 crm.item.add'),
		]);
		/** 550 s of its work do not fit into one window of ten minutes. */
		expect(Date.now() - start).toBeGreaterThan(300_000);
		expect(Date.now() - start).toBeLessThan(1_200_000);
	});
});
