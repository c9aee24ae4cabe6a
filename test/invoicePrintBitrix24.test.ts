/** A deal as a printed invoice, where no 1C document exists: requisites of both sides, rows and VAT of the card. */
import { invoiceDoubts } from '../nodes/exchange/print/invoiceDoubts';
import { printedInvoiceSchema } from '../nodes/exchange/print/printedInvoice';
import { Bitrix24Node } from './support/bitrix24Node';

jest.setTimeout(60_000);

let bitrix24: Bitrix24Node;
let mine: number;
let buyer: number;

const call = async (method: string, parameters: object) => {
	const [answer] = await bitrix24.gives({
		resource: 'method',
		operation: 'call',
		method,
		parameters: JSON.stringify(parameters),
	});
	return answer.result;
};

const calls = async (method: string, parameters: object): Promise<number> =>
	Number(await call(method, parameters));

beforeEach(async () => {
	bitrix24 = await Bitrix24Node.open();
	const { admin } = bitrix24.portal;
	mine = admin.addsCompany({ title: 'ООО «Ромашка»', inn: '7701234560', kpp: '770101001' });
	buyer = admin.addsCompany({ title: 'ООО «Лютик»', inn: '7707083893' });
	await calls('crm.item.update', { entityTypeId: 4, id: mine, fields: { isMyCompany: 'Y' } });
	const [requisite] = await bitrix24.gives({
		resource: 'method',
		operation: 'call',
		method: 'crm.requisite.list',
		parameters: JSON.stringify({ filter: { ENTITY_TYPE_ID: 4, ENTITY_ID: mine } }),
	});
	const id = Number(requisite.ID ?? (requisite.result as Array<{ ID: string }>)[0].ID);
	await calls('crm.requisite.update', {
		id,
		fields: { RQ_COMPANY_NAME: 'ООО «Ромашка»', RQ_DIRECTOR: 'Петров П. П.' },
	});
	await calls('crm.requisite.bankdetail.add', {
		fields: {
			ENTITY_ID: id,
			NAME: 'Счет',
			RQ_BANK_NAME: 'ПАО Сбербанк',
			RQ_BIK: '044525225',
			RQ_ACC_NUM: '40702810938000000001',
			RQ_COR_ACC_NUM: '30101810400000000225',
		},
	});
});
afterEach(async () => await bitrix24.close());

const row = { name: 'Стол', price: 12_200, quantity: 2, vat: 22, vatIncluded: true };

const printable = (deal: number) => ({
	resource: 'document',
	operation: 'getPrintable',
	owner: 'deal',
	ownerId: { mode: 'id', value: String(deal) },
});

test('has the requisites, the bank and the rows of the card, and adds up', async () => {
	const deal = bitrix24.portal.manager.createsDeal({ title: 'Столы', company: buyer, rows: [row] });
	const [{ dealId, printedInvoice }] = await bitrix24.gives(printable(deal));
	expect(dealId).toBe(deal);
	const invoice = printedInvoiceSchema.parse(printedInvoice);
	expect(printedInvoice).toMatchObject({
		number: String(deal),
		supplier: { name: 'ООО «Ромашка»', inn: '7701234560', kpp: '770101001' },
		account: { bank: 'ПАО Сбербанк', bik: '044525225', number: '40702810938000000001' },
		buyer: { name: 'ООО «Лютик»', inn: '7707083893' },
		lines: [{ name: 'Стол', price: 12_200, discount: 0, amount: 24_400, vatRate: 22, vat: 4400 }],
		total: 24_400,
		director: { name: 'Петров П. П.' },
	});
	expect(invoiceDoubts(invoice)).toEqual([]);
});

test('a card without a buyer, or without products, says what is missing', async () => {
	const { manager } = bitrix24.portal;
	const empty = manager.createsDeal({ title: 'Пусто', company: buyer, rows: [] });
	expect((await bitrix24.runs(printable(empty))).error).toContain('no products');
	const nobody = manager.createsDeal({ title: 'Никто', rows: [row] });
	expect((await bitrix24.runs(printable(nobody))).error).toContain('The buyer has no requisites');
});

test('of two companies of yours none is guessed', async () => {
	const other = bitrix24.portal.admin.addsCompany({ title: 'ИП', inn: '500100732259' });
	await calls('crm.item.update', { entityTypeId: 4, id: other, fields: { isMyCompany: 'Y' } });
	const deal = bitrix24.portal.manager.createsDeal({ title: 'Столы', company: buyer, rows: [row] });
	expect((await bitrix24.runs(printable(deal))).error).toContain('the portal has 2');
});

test('a smart invoice is printed by its own rows, with its own number', async () => {
	bitrix24.portal.switches.accountNumberWritable = true;
	const { item } = (await call('crm.item.add', {
		entityTypeId: 31,
		fields: { title: 'Счет', companyId: buyer, mycompanyId: mine, accountNumber: 'СЧ-17' },
	})) as { item: { id: number } };
	await call('crm.item.productrow.set', {
		ownerType: 'SI',
		ownerId: item.id,
		productRows: [
			{ productName: 'Стол', price: 12_200, quantity: 2, taxRate: 22, taxIncluded: 'Y' },
		],
	});
	const ownerId = { mode: 'id', value: String(item.id) };
	const [{ invoiceId, printedInvoice }] = await bitrix24.gives({
		resource: 'document',
		operation: 'getPrintable',
		owner: 'invoice',
		ownerId,
	});
	expect(invoiceId).toBe(item.id);
	expect(printedInvoice).toHaveProperty('number', 'СЧ-17');
	expect(printedInvoice).toMatchObject({
		supplier: { inn: '7701234560' },
		buyer: { name: 'ООО «Лютик»', inn: '7707083893' },
		lines: [{ name: 'Стол', amount: 24_400 }],
		total: 24_400,
	});
});
