/** A system that was restored from a copy of itself is noticed and reported, not followed blindly. */
import { Company, refOf, type Product } from './support/company';

let company: Company;
let table: Product;

jest.setTimeout(60_000);

beforeEach(async () => {
	company = await Company.open();
	table = company.product('Стол', 12_200);
});
afterEach(async () => await company.close());

const tables = (quantity = 1) => [
	{ product: table.product, price: 12_200, quantity, vat: 22, vatIncluded: true },
];

const sells = (buyer = company.buyer()): number => company.deal(buyer.company, tables());

const ordered = async (buyer = company.buyer()): Promise<number> => {
	const deal = sells(buyer);
	company.portal.manager.moves(deal, 'ORDER_1C');
	await company.minutePasses();
	return deal;
};

const complaints = (deal: number): string[] =>
	company.timeline(deal).filter((text) => text.startsWith('Обмен с 1С не прошел'));

describe('a portal that gives the number of a deal out again', () => {
	let lost: Record<string, unknown>;
	let deal: number;

	beforeEach(async () => {
		const buyers = [company.buyer(), company.buyer()];
		const backup = company.portal.levers.takesBackup();
		const before = await ordered(buyers[0]);
		lost = company.order(before);
		jest.setSystemTime(Date.now() + 3_600_000);
		company.portal.levers.restoresBackup(backup);
		deal = sells(buyers[1]);
		expect(deal).toBe(before);
	});

	test('lets nothing of the earlier deal into the new one', async () => {
		company.base.storekeeper.ships({ order: refOf(lost) });
		await company.minutesPass(3);
		expect(company.portal.sees.deal(deal)).toMatchObject({ stageId: 'NEW' });
		expect(company.portal.sees.deal(deal).UF_CRM_1C_SHIPPED).toBeFalsy();
		expect(company.portal.sees.deal(deal).UF_CRM_1C_ORDER).toBeFalsy();
	});

	test('asks a person, makes no order meanwhile, and makes one when the earlier is given up', async () => {
		company.portal.manager.moves(deal, 'ORDER_1C');
		await company.minutesPass(20);
		expect(complaints(deal)).toEqual([expect.stringMatching(/номер сделки выдан заново/)]);
		expect(company.documents('ЗаказПокупателя', deal)).toHaveLength(1);
		expect(company.portal.sees.deal(deal).UF_CRM_1C_ORDER).toBeFalsy();
		company.base.admin.marksForDeletion(refOf(lost));
		await company.minutesPass(35);
		expect(refOf(company.order(deal))).not.toBe(refOf(lost));
		expect(company.portal.sees.deal(deal).UF_CRM_1C_ORDER).toBe(refOf(company.order(deal)));
	});

	test('is in the report of the reconciliation, and in the new deal', async () => {
		const run = await company.reconciles();
		const [{ text, needsPerson }] = run.items('Отчет');
		expect(needsPerson).toBe(true);
		expect(text).toMatch(/помечен этой сделкой, но старше ее: номер сделки выдан заново/);
		expect(company.portal.sees.deal(deal).UF_CRM_1C_ORDER).toBeFalsy();
		expect(company.timeline(deal)).toEqual([expect.stringMatching(/^Сверка с 1С: .*старше ее/)]);
	});

	test('follows the earlier document when a person says it is of this deal', async () => {
		company.portal.manager.writes(deal, { UF_CRM_1C_ORDER: refOf(lost) });
		company.base.storekeeper.ships({ order: refOf(lost) });
		await company.minutesPass(3);
		expect(company.portal.sees.deal(deal).UF_CRM_1C_SHIPPED).toBe(12_200);
	});
});

test('a portal in an older state finds its documents again and makes none twice', async () => {
	const deal = sells();
	const backup = company.portal.levers.takesBackup();
	company.portal.manager.moves(deal, 'ORDER_1C');
	await company.minutePasses();
	company.portal.levers.restoresBackup(backup);
	expect(company.portal.sees.deal(deal)).toMatchObject({ stageId: 'NEW', UF_CRM_1C_ORDER: null });
	company.portal.manager.moves(deal, 'ORDER_1C');
	await company.minutesPass(2);
	expect(company.documents('ЗаказПокупателя', deal)).toHaveLength(1);
	expect(company.portal.sees.deal(deal).UF_CRM_1C_ORDER).toBe(refOf(company.order(deal)));
});

test('a portal that knows nothing of a deal: the document is named in the report and left alone', async () => {
	const backup = company.portal.levers.takesBackup();
	const deal = await ordered();
	const order = company.order(deal);
	company.portal.levers.restoresBackup(backup);
	await company.minutesPass(2);
	const run = await company.reconciles();
	expect(run.items('Тревога: сюда мессенджер')[0].text).toMatch(
		new RegExp(`помечен сделкой ${deal}, а такой сделки в CRM нет`),
	);
	expect(company.base.sees.document(refOf(order))).toMatchObject({
		DataVersion: order.DataVersion,
		DeletionMark: false,
	});
});

describe('a base that is restored', () => {
	const told = (deal: number): string[] =>
		company.timeline(deal).filter((text) => text.startsWith('Сверка с 1С'));

	test('without the order of a won deal: the deal stays won, no order is made, and a person is told once', async () => {
		const backup = company.base.levers.takesBackup();
		const deal = await ordered();
		company.base.storekeeper.ships({ order: refOf(company.order(deal)) });
		await company.minutePasses();
		const { Number: number } = company.order(deal);
		company.base.levers.restoresBackup(backup);
		await company.minutesPass(3);
		await company.reconciles();
		const run = await company.reconciles();
		expect(run.items('Отчет')[0]).toMatchObject({ needsPerson: true, counts: { brokenLink: 1 } });
		expect(company.stage(deal)).toBe(company.portal.sees.stageName('WON'));
		expect(company.documents('ЗаказПокупателя', deal)).toEqual([]);
		expect(told(deal)).toEqual([
			expect.stringContaining(
				`Заказ покупателя № ${String(number)}: этого документа в 1С больше нет`,
			),
		]);
	});

	test('gives the number of a vanished order to another: the deal does not follow it', async () => {
		const buyers = [company.buyer(), company.buyer()];
		const backup = company.base.levers.takesBackup();
		const first = await ordered(buyers[0]);
		const { Number: number } = company.order(first);
		company.base.levers.restoresBackup(backup);
		const second = await ordered(buyers[1]);
		expect(company.order(second).Number).toBe(number);
		company.base.storekeeper.ships({ order: refOf(company.order(second)) });
		await company.minutesPass(2);
		await company.reconciles();
		expect(company.stage(first)).toBe('В работе');
		expect(told(first)).toEqual([
			expect.stringContaining(
				`Номер ${String(number)} теперь у другого документа (сделка ${second})`,
			),
		]);
		expect(told(second)).toEqual([]);
	});

	test('makes the order anew when a person clears the link', async () => {
		const buyer = company.buyer();
		const backup = company.base.levers.takesBackup();
		const deal = await ordered(buyer);
		company.base.levers.restoresBackup(backup);
		company.portal.manager.writes(deal, { UF_CRM_1C_ORDER: '', UF_CRM_1C_ORDER_NUMBER: '' });
		await company.minutesPass(2);
		expect(company.order(deal)).toMatchObject({ Posted: true });
		expect((await company.reconciles()).items('Отчет')[0]).toMatchObject({ findings: [] });
	});

	test('without a payment: the invoice in the CRM stays paid, the sums are told, and a person decides', async () => {
		const deal = sells();
		company.portal.manager.moves(deal, 'INVOICE_1C');
		await company.minutePasses();
		const backup = company.base.levers.takesBackup();
		company.base.accountant.receives({ for: refOf(company.invoice(deal)), amount: 12_200 });
		await company.minutePasses();
		expect(company.invoiceStages(deal)).toEqual(['Оплачен']);
		company.base.levers.restoresBackup(backup);
		await company.minutesPass(2);
		await company.reconciles();
		expect(company.invoiceStages(deal)).toEqual(['Оплачен']);
		expect(company.portal.sees.deal(deal).UF_CRM_1C_PAID).toBe(0);
		expect(told(deal)).toEqual([
			expect.stringMatching(/Счет в CRM оплачен, а по 1С оплачено 0,00/),
		]);
	});

	test('with the order in an older state: what was shipped is told, and the deal stays won', async () => {
		const deal = await ordered();
		const backup = company.base.levers.takesBackup();
		company.base.storekeeper.ships({ order: refOf(company.order(deal)) });
		await company.minutePasses();
		company.base.levers.restoresBackup(backup);
		await company.minutesPass(2);
		await company.reconciles();
		expect(company.stage(deal)).toBe(company.portal.sees.stageName('WON'));
		expect(told(deal)).toEqual([expect.stringMatching(/Сделка выиграна, а Заказ .* открыт/)]);
	});
});
