/** The prepaid chain: the example workflow in n8n's real engine, on the stand-in portal and base. */
import { Company, refOf, type Product } from './support/company';

let company: Company;
let table: Product;
let chair: Product;

const open = async (options: Parameters<typeof Company.open>[0] = {}): Promise<void> => {
	company = await Company.open({ chain: 'prepaid', ...options });
	table = company.product('Стол', 12_200);
	chair = company.product('Стул', 2440);
};

afterEach(async () => await company.close());

/** A deal for two tables and ten chairs: 48 800 roubles, 8 800 of them VAT. */
const sells = (counterparty: Parameters<Company['buyer']>[0] = {}): number => {
	const buyer = company.buyer(counterparty);
	return company.deal(buyer.company, [
		{ product: table.product, price: 12_200, quantity: 2, vat: 22, vatIncluded: true },
		{ product: chair.product, price: 2440, quantity: 10, vat: 22, vatIncluded: true },
	]);
};

const invoiced = async (counterparty: Parameters<Company['buyer']>[0] = {}): Promise<number> => {
	const deal = sells(counterparty);
	company.portal.manager.moves(deal, 'INVOICE_1C');
	await company.minutePasses();
	return deal;
};

const ordered = async (counterparty: Parameters<Company['buyer']>[0] = {}): Promise<number> => {
	const deal = await invoiced(counterparty);
	company.portal.manager.moves(deal, 'ORDER_1C');
	await company.minutePasses();
	return deal;
};

const pays = (document: Record<string, unknown>, amount: number): string =>
	company.base.accountant.receives({ for: refOf(document), amount });

const ships = (deal: number, lines?: Array<{ product: string; quantity: number }>): string =>
	company.base.storekeeper.ships({ order: refOf(company.order(deal)), lines });

describe('«Счет в 1С»', () => {
	beforeEach(async () => await open());

	test('makes the invoice in 1C with the buyer, lines and VAT of the deal, linked both ways', async () => {
		const deal = await invoiced();
		const invoice = company.invoice(deal);
		expect(invoice).toMatchObject({
			СуммаДокумента: 48_800,
			СуммаВключаетНДС: true,
			УчитыватьНДС: true,
		});
		expect(invoice.Товары).toMatchObject([
			{
				Номенклатура_Key: table.ref,
				Количество: 2,
				Цена: 12_200,
				Сумма: 24_400,
				СтавкаНДС: 'НДС22',
				СуммаНДС: 4400,
			},
			{
				Номенклатура_Key: chair.ref,
				Количество: 10,
				Цена: 2440,
				Сумма: 24_400,
				СтавкаНДС: 'НДС22',
				СуммаНДС: 4400,
			},
		]);
		expect(company.portal.sees.deal(deal)).toMatchObject({
			UF_CRM_1C_INVOICE: refOf(invoice),
			UF_CRM_1C_INVOICE_NUMBER: invoice.Number,
		});
		expect(company.portal.sees.invoices(deal)).toMatchObject([
			{ xmlId: refOf(invoice), opportunity: 48_800 },
		]);
	});

	test('and running it again changes nothing', async () => {
		const deal = await invoiced();
		const before = [company.invoice(deal).DataVersion, company.portal.sees.deal(deal).updatedTime];
		company.portal.manager.writes(deal, { UF_CRM_1C_INVOICE: '', UF_CRM_1C_INVOICE_NUMBER: '' });
		await company.minutesPass(3);
		expect(company.documents('СчетНаОплатуПокупателю', deal)).toHaveLength(1);
		expect(company.invoice(deal).DataVersion).toBe(before[0]);
		expect(company.portal.sees.invoices(deal)).toHaveLength(1);
		expect(company.portal.sees.deal(deal).UF_CRM_1C_INVOICE).toBe(refOf(company.invoice(deal)));
	});

	test('our own writes do not start the chain again', async () => {
		const deal = await invoiced();
		const { to1c } = await company.minutePasses();
		expect(to1c).toBeNull();
		expect(await company.callsAbout(deal)).toEqual({ status: 200, run: null });
	});

	test('an outgoing webhook starts it at once, a foreign one does not', async () => {
		const deal = sells();
		company.portal.manager.moves(deal, 'INVOICE_1C');
		expect(await company.callsAbout(deal, 'guessed')).toEqual({ status: 403, run: null });
		expect(company.documents('СчетНаОплатуПокупателю', deal)).toEqual([]);
		const { status, run } = await company.callsAbout(deal);
		expect([status, run?.error]).toEqual([200, undefined]);
		expect(company.invoice(deal)).toBeDefined();
	});
});

describe('payment', () => {
	beforeEach(async () => await open());

	test('in parts: the invoice is «Оплачен» only when all of it came, and the part shows before', async () => {
		const deal = await invoiced();
		pays(company.invoice(deal), 20_000);
		await company.minutePasses();
		expect(company.invoiceStages(deal)).toEqual(['Новый']);
		expect(company.portal.sees.deal(deal).UF_CRM_1C_PAID).toBe(20_000);
		expect(
			company
				.timeline(deal)
				.join()
				.replace(/\u00a0/g, ' '),
		).toContain('Оплачено 20 000,00 ₽ из 48 800,00 ₽');
		pays(company.invoice(deal), 28_800);
		await company.minutePasses();
		expect(company.invoiceStages(deal)).toEqual(['Оплачен']);
		expect(company.portal.sees.deal(deal).UF_CRM_1C_PAID).toBe(48_800);
	});

	test('that the bank has not confirmed («Оплачено» is off) or that was unposted is not money', async () => {
		const deal = await invoiced();
		company.base.accountant.receives({
			for: refOf(company.invoice(deal)),
			amount: 48_800,
			paid: false,
		});
		await company.minutePasses();
		expect(company.invoiceStages(deal)).toEqual(['Новый']);
		const payment = pays(company.invoice(deal), 48_800);
		company.base.accountant.unposts(payment);
		await company.minutePasses();
		expect(company.invoiceStages(deal)).toEqual(['Новый']);
	});
});

describe('«В работе»', () => {
	beforeEach(async () => await open());

	test('makes the order, linked to the invoice, and posts it', async () => {
		const deal = await ordered();
		expect(company.order(deal)).toMatchObject({
			Posted: true,
			СуммаДокумента: 48_800,
			ДокументОснование: refOf(company.invoice(deal)),
			ДокументОснование_Type: 'StandardODATA.Document_СчетНаОплатуПокупателю',
			НомерВходящегоДокументаЭлектронногоОбмена: `B24-${deal}`,
		});
		expect(company.base.sees.balance(refOf(company.order(deal)))).toEqual({
			quantity: 12,
			amount: 48_800,
		});
		expect(company.portal.sees.deal(deal)).toMatchObject({
			UF_CRM_1C_ORDER: refOf(company.order(deal)),
		});
	});
});

describe('shipment', () => {
	beforeEach(async () => await open());

	test('in two parts wins the deal only after the second', async () => {
		const deal = await ordered();
		ships(deal, [{ product: table.ref, quantity: 2 }]);
		await company.minutePasses();
		expect(company.stage(deal)).toBe('В работе');
		expect(company.portal.sees.deal(deal).UF_CRM_1C_SHIPPED).toBe(24_400);
		ships(deal);
		await company.minutePasses();
		expect(company.stage(deal)).toBe(company.portal.sees.stageName('WON'));
	});

	test('of a part and «Закрытие заказов покупателей» wins it too, and says which document and why', async () => {
		const deal = await ordered();
		ships(deal, [{ product: table.ref, quantity: 1 }]);
		company.base.salesman.closes({ order: refOf(company.order(deal)), reason: 'Отказ от остатка' });
		const { from1c } = await company.minutePasses();
		expect(company.stage(deal)).toBe(company.portal.sees.stageName('WON'));
		expect(from1c?.items('Что это значит для сделки', 0)[0].progress).toMatchObject({
			shipped: { amount: 12_200, of: 48_800, level: 'part' },
			closed: { state: 'byDocument', reason: 'Отказ от остатка' },
		});
	});

	test('closing with nothing shipped follows its own row: a person is asked', async () => {
		const deal = await ordered();
		company.base.salesman.closes({ order: refOf(company.order(deal)), reason: 'Отказ' });
		await company.minutesPass(3);
		expect(company.stage(deal)).toBe('В работе');
		expect(
			company.timeline(deal).filter((text) => text.includes('ничего не отгружено (строка 2')),
		).toHaveLength(1);
	});

	test('unposted, or its closing unposted, before anybody looked is no end of the order', async () => {
		const deal = await ordered();
		const shipment = ships(deal);
		company.base.storekeeper.unposts(shipment);
		await company.minutePasses();
		expect(company.stage(deal)).toBe('В работе');
		ships(deal, [{ product: table.ref, quantity: 1 }]);
		const closing = company.base.salesman.closes({ order: refOf(company.order(deal)) });
		company.base.salesman.unposts(closing);
		await company.minutePasses();
		expect(company.stage(deal)).toBe('В работе');
		expect(company.portal.sees.deal(deal).UF_CRM_1C_SHIPPED).toBe(12_200);
	});

	test('goes on after full payment, whatever stage the invoice is in', async () => {
		const deal = await ordered();
		pays(company.invoice(deal), 48_800);
		await company.minutePasses();
		expect(company.invoiceStages(deal)).toEqual(['Оплачен']);
		ships(deal);
		await company.minutePasses();
		expect(company.stage(deal)).toBe(company.portal.sees.stageName('WON'));
	});

	test('a correction of the order moves the goal', async () => {
		const deal = await ordered();
		ships(deal, [{ product: table.ref, quantity: 2 }]);
		company.base.salesman.corrects({
			order: refOf(company.order(deal)),
			lines: [{ product: chair.ref, quantity: -10 }],
		});
		await company.minutePasses();
		expect(company.stage(deal)).toBe(company.portal.sees.stageName('WON'));
	});

	test('a won deal stays won: a finished card is never reopened', async () => {
		const deal = await ordered();
		const shipment = ships(deal);
		await company.minutePasses();
		company.base.storekeeper.unposts(shipment);
		await company.minutesPass(2);
		expect(company.stage(deal)).toBe(company.portal.sees.stageName('WON'));
		expect(company.portal.sees.deal(deal).UF_CRM_1C_SHIPPED).toBe(0);
	});
});

describe.each([true, false])('a return, where it reopens the order: %s', (returnReopensOrder) => {
	test('progress follows the register of 1C', async () => {
		await open({ base: { returnReopensOrder } });
		const deal = await ordered();
		const shipment = ships(deal, [{ product: table.ref, quantity: 2 }]);
		company.base.storekeeper.acceptsReturn({
			shipment,
			lines: [{ product: table.ref, quantity: 1 }],
		});
		await company.minutePasses();
		expect(company.portal.sees.deal(deal).UF_CRM_1C_SHIPPED).toBe(
			returnReopensOrder ? 12_200 : 24_400,
		);
		const left = company.base.sees.balance(refOf(company.order(deal))).amount;
		expect(left).toBe(returnReopensOrder ? 36_600 : 24_400);
	});
});

describe.each([
	['takes our reference', { acceptsOwnRefKey: true }],
	['makes its own reference', { acceptsOwnRefKey: false }],
] as const)('where the base %s', (_, base) => {
	test.each(['Document_СчетНаОплатуПокупателю', 'Document_ЗаказПокупателя'])(
		'a lost answer of %s makes no second document',
		async (path) => {
			await open({ base });
			const deal = sells();
			company.base.levers.losesNextAnswer(path);
			company.portal.manager.moves(deal, path.includes('Счет') ? 'INVOICE_1C' : 'ORDER_1C');
			await company.minutesPass(3);
			const kind = path.includes('Счет') ? 'СчетНаОплатуПокупателю' : 'ЗаказПокупателя';
			expect(company.base.requests.filter(({ status }) => status === 0)).toHaveLength(1);
			expect(company.documents(kind, deal)).toHaveLength(1);
		},
	);

	test('a payment may name the invoice, or the order, and counts once', async () => {
		await open({ base });
		const deal = await ordered();
		company.base.accountant.receives({
			for: refOf(company.invoice(deal)),
			amount: 8800,
			via: 'ДокументОснование',
		});
		company.base.accountant.receives({
			for: refOf(company.order(deal)),
			amount: 40_000,
			via: 'Сделка',
		});
		await company.minutePasses();
		expect(company.portal.sees.deal(deal).UF_CRM_1C_PAID).toBe(48_800);
		expect(company.invoiceStages(deal)).toEqual(['Оплачен']);
	});
});
