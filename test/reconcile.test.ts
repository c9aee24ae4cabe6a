/** The nightly reconciliation: lost links are written back from the side that still knows them, the rest is reported. */
import { Company, refOf, type Product } from './support/company';
import type { Finished } from './support/engine';

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

const ordered = async (buyer = company.buyer()): Promise<number> => {
	const deal = company.deal(buyer.company, tables());
	company.portal.manager.moves(deal, 'INVOICE_1C');
	await company.minutePasses();
	company.portal.manager.moves(deal, 'ORDER_1C');
	await company.minutePasses();
	return deal;
};

const findings = (run: Finished): string[] =>
	(run.items('Сверка')[0].findings as Array<{ text: string }>).map(({ text }) => text);

const said = (deal: number): string[] =>
	company.timeline(deal).filter((text) => text.startsWith('Сверка с 1С'));

const MARKER = 'НомерВходящегоДокументаЭлектронногоОбмена';

const FORGOTTEN = { UF_CRM_1C_ORDER: '', UF_CRM_1C_ORDER_NUMBER: '' };

test('where both sides agree there is nothing to say and nothing to write', async () => {
	const deal = await ordered();
	const before = company.portal.sees.deal(deal).updatedTime;
	const run = await company.reconciles();
	expect(run.items('Сверка')).toMatchObject([{ needsPerson: false, repaired: 0, findings: [] }]);
	expect(company.portal.sees.deal(deal).updatedTime).toBe(before);
	expect(said(deal)).toEqual([]);
});

describe('a deal that has forgotten its order', () => {
	let deal: number;

	beforeEach(async () => {
		deal = await ordered();
		company.portal.manager.writes(deal, FORGOTTEN);
	});

	const knowsIt = (): void =>
		expect(company.portal.sees.deal(deal)).toMatchObject({
			UF_CRM_1C_ORDER: refOf(company.order(deal)),
			UF_CRM_1C_ORDER_NUMBER: company.order(deal).Number,
		});

	test('is told of it again, once', async () => {
		await company.reconciles();
		await company.reconciles();
		knowsIt();
		expect(said(deal)).toEqual([expect.stringMatching(/восстановила связь: .*Заказ покупателя №/)]);
	});

	test('is only named by a dry run', async () => {
		const run = await company.reconciles(true);
		expect(findings(run)).toEqual([expect.stringContaining('Сделка потеряла ссылку')]);
		expect(company.portal.sees.deal(deal).UF_CRM_1C_ORDER).toBeFalsy();
		expect(said(deal)).toEqual([]);
	});

	test('still waits for it where 1C has not posted it', async () => {
		company.base.accountant.unposts(refOf(company.order(deal)));
		const run = await company.reconciles();
		expect(findings(run)).toEqual([
			expect.stringContaining('Ждет документ'),
			expect.stringContaining('не проведен'),
		]);
		await company.minutesPass(2);
		expect(company.order(deal).Posted).toBe(true);
		knowsIt();
	});

	test('learns of it from the progress of 1C too, whatever its stage', async () => {
		company.portal.manager.moves(deal, 'EXECUTING');
		company.base.storekeeper.ships({
			order: refOf(company.order(deal)),
			lines: [{ product: table.ref, quantity: 1 }],
		});
		await company.minutePasses();
		knowsIt();
	});

	test('gets a new order when the earlier one is marked for deletion', async () => {
		const earlier = refOf(company.order(deal));
		company.base.salesman.marksForDeletion(earlier);
		await company.minutesPass(3);
		expect(refOf(company.order(deal))).not.toBe(earlier);
		knowsIt();
		expect(findings(await company.reconciles())).toEqual([]);
	});
});

describe('an order that has lost the marker of its deal', () => {
	let deal: number;
	let order: string;

	beforeEach(async () => {
		deal = await ordered();
		order = refOf(company.order(deal));
		company.base.salesman.edits(order, { [MARKER]: '' });
	});

	test('gets it back where number, sum and buyer agree, and is followed again', async () => {
		await company.reconciles();
		expect(refOf(company.order(deal))).toBe(order);
		company.base.storekeeper.ships({ order });
		await company.minutePasses();
		expect(company.portal.sees.deal(deal).UF_CRM_1C_SHIPPED).toBe(12_200);
	});

	test.each([
		['number', { UF_CRM_1C_ORDER_NUMBER: 'РТ-77' }, /номер в сделке РТ-77/],
		['buyer', { UF_CRM_1C_COUNTERPARTY: '7c9d1f2e-3b4a-11ef-9c11-00155d01c802' }, /контрагент/],
	])('is left alone where the %s differs, and the deal says so', async (_, fields, says) => {
		company.portal.manager.writes(deal, fields);
		await company.reconciles();
		expect(company.base.sees.document(order)[MARKER]).toBe('');
		expect(said(deal)).toEqual([expect.stringMatching(says)]);
	});

	test('is left alone where the sum differs', async () => {
		company.portal.manager.setsProducts(deal, tables(3));
		await company.reconciles();
		expect(said(deal)).toEqual([expect.stringMatching(/сумма документа 12.200,00/)]);
	});
});

test('an invoice that has lost its marker keeps what an accountant wrote into the comment', async () => {
	const deal = await ordered();
	const invoice = refOf(company.invoice(deal));
	company.base.salesman.edits(invoice, { Комментарий: 'Позвонить в среду' });
	await company.reconciles();
	expect(company.base.sees.document(invoice).Комментарий).toBe(`[B24-${deal}] Позвонить в среду`);
});

test('an order with another number is told by its reference, and the deal takes the number over', async () => {
	const deal = await ordered();
	company.base.salesman.edits(refOf(company.order(deal)), { Number: 'РТ000000777' });
	await company.reconciles();
	expect(company.portal.sees.deal(deal).UF_CRM_1C_ORDER_NUMBER).toBe('РТ000000777');
});

test('a document that cannot be written is reported with the reason', async () => {
	const deal = await ordered();
	const order = refOf(company.order(deal));
	company.base.salesman.edits(order, { [MARKER]: '' });
	company.base.levers.locks(order);
	const run = await company.reconciles();
	expect(run.items('Сверка', 1)).toHaveLength(1);
	expect(said(deal)).toEqual([expect.stringMatching(/Восстановить не вышло: .*1С отказала/)]);
});
