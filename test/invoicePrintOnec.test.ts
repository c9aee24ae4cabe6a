/** The invoice an accountant sees in 1C, printed: nothing is made up, and what 1C leaves empty stays empty. */
import { OneCNode } from './support/onecNode';
import { invoiceDoubts } from '../nodes/exchange/print/invoiceDoubts';
import {
	printedInvoiceSchema,
	type PrintedInvoiceJson,
} from '../nodes/exchange/print/printedInvoice';
import { linesOf, prints, readsPdf } from './support/printShop';

jest.setTimeout(60_000);

let onec: OneCNode;

beforeEach(async () => {
	onec = await OneCNode.open();
});
afterEach(async () => await onec.close());

const ofDeal = { resource: 'customerInvoice', operation: 'getPrintable', findBy: 'dealId' };

const create = async (change: object = {}): Promise<string> => {
	const { office } = onec;
	const lines = [
		{ name: 'Стол', product: office.table, quantity: 2, price: 12_200, vatRate: 22 },
		{ name: 'Стул', product: office.chair, quantity: 10, price: 2440, vatRate: 22 },
	];
	const created = await office.create('invoice', office.sale({ lines, ...change }));
	return created.document.ref;
};

const printable = async (): Promise<PrintedInvoiceJson> => {
	const [{ printedInvoice }] = await onec.outcome({ ...ofDeal, dealId: '123' });
	return printedInvoice as unknown as PrintedInvoiceJson;
};

const contractOf = (ref: string): string =>
	String(
		onec.base.sees.documents('СчетНаОплатуПокупателю').find((one) => one.Ref_Key === ref)
			?.ДоговорКонтрагента_Key,
	);

test('is given with requisites, bank, contract, units and VAT, and adds up', async () => {
	const { admin } = onec.base;
	const { organization } = onec.base.seed;
	const ref = await create();
	admin.corrects(contractOf(ref), { Номер: '15', Дата: '2026-01-12T00:00:00' });
	admin.corrects(onec.office.table, { Артикул: 'СТ-01', НаименованиеПолное: 'Стол письменный' });
	const book = [
		{ owner: onec.office.buyer, kind: 'Адрес', value: '117997, г. Москва, ул. Вавилова, д. 19' },
		{
			owner: organization,
			kind: 'Адрес',
			value: '125009, г. Москва',
			title: 'ЮрАдресОрганизации',
		},
		{
			owner: organization,
			kind: 'Телефон',
			value: '(495) 123-45-67',
			title: 'ТелефонОрганизации',
		},
	] as const;
	for (const contact of book) admin.addsContact({ ...contact });
	const invoice = await printable();
	expect(invoice).toMatchObject({
		currency: 'RUB',
		pricesIncludeVat: true,
		total: 48_800,
		basis: 'Договор № 15 от 12.01.2026',
		supplier: {
			name: 'Общество с ограниченной ответственностью «Ромашка»',
			inn: '7701234560',
			kpp: '770101001',
			address: '125009, г. Москва',
			phone: '(495) 123-45-67',
		},
		account: {
			bank: 'ПАО Сбербанк',
			city: 'г. Москва',
			bik: '044525225',
			correspondent: '30101810400000000225',
			number: '40702810938000000001',
		},
		buyer: {
			name: 'ООО «Лютик»',
			inn: '7707083893',
			address: '117997, г. Москва, ул. Вавилова, д. 19',
			phone: '',
		},
		lines: [
			{
				article: 'СТ-01',
				name: 'Стол письменный',
				unit: 'шт',
				quantity: 2,
				price: 12_200,
				amount: 24_400,
				vat: 4400,
				vatRate: 22,
				discount: 0,
			},
			{ name: 'Стул', quantity: 10, amount: 24_400 },
		],
	});
	expect(invoice.number).toMatch(/^РТ\d+$/);
	expect(invoice.date).toMatch(/\+03:00$/);
	const doubts = invoiceDoubts(printedInvoiceSchema.parse(invoice));
	expect(doubts.filter((doubt) => !doubt.includes('40702810938000000001'))).toEqual([]);
	const { files } = await prints(invoice);
	const { pages } = await readsPdf(files.pdf.bytes);
	expect(linesOf(pages[0])).toContain('1 СТ-01 Стол письменный 2 шт 12 200,00 24 400,00');
});

test('discounts, services, other parties and features are taken as they are written', async () => {
	const { admin, salesman } = onec.base;
	const service = admin.addsProduct({ name: 'Сборка', service: true });
	const ref = await create({
		lines: [
			{ name: 'Стол', product: onec.office.table, quantity: 2, price: 12_200, vatRate: 22 },
			{ name: 'Сборка на месте', product: service, quantity: 1, price: 1000, vatRate: null },
		],
	});
	const consignee = admin.addsCounterparty({ name: 'Склад «Лютик»', inn: '7707083893' });
	const [stored] = onec.base.sees.documents('СчетНаОплатуПокупателю');
	const [goods] = stored.Товары as Array<Record<string, unknown>>;
	salesman.edits(ref, {
		Грузополучатель_Key: consignee,
		ДатаОплаты: '2026-12-01T00:00:00',
		Товары: [{ ...goods, ПроцентСкидкиНаценки: 10, Сумма: 21_960, СуммаНДС: 3960 }],
	});
	const invoice = await printable();
	expect(invoice).toMatchObject({
		total: 22_960,
		payUntil: '2026-12-01T00:00:00',
		consignee: { name: 'Склад «Лютик»' },
		consignor: null,
		lines: [
			{ discount: 2440, amount: 21_960, vat: 3960 },
			{ name: 'Сборка на месте', unit: '', vatRate: null, vat: 0 },
		],
	});
});

test('an invoice kept without VAT is printed without it', async () => {
	const ref = await create({
		lines: [{ name: 'Стол', product: onec.office.table, quantity: 1, price: 100, vatRate: null }],
	});
	onec.base.salesman.edits(ref, { УчитыватьНДС: false, СуммаВключаетНДС: false });
	expect(await printable()).toMatchObject({
		pricesIncludeVat: true,
		total: 100,
		lines: [{ vatRate: null, vat: 0 }],
	});
});

test('one that is marked for deletion, or is not there, fails alone and says so', async () => {
	const ref = await create();
	onec.base.salesman.marksForDeletion(ref);
	const run = await onec.runs({ ...ofDeal, dealId: '={{ $json.id }}' }, [{ id: 123 }, { id: 7 }], {
		onError: 'continueRegularOutput',
	});
	expect(run.items('1C').map(({ error }) => error)).toEqual([
		expect.stringContaining('marked for deletion'),
		expect.stringContaining('marked B24-7'),
	]);
});

test('of many lines and of many items costs as many requests as of one', async () => {
	await create();
	const one = await onec.office.requests(async () => await printable());
	const many = await onec.office.requests(
		async () =>
			await onec.outcome(
				{ ...ofDeal, dealId: '123' },
				Array.from({ length: 5 }, () => ({})),
			),
	);
	/** The document is found and read anew for each item; what it refers to is not. */
	expect(many - one).toBe(8);
});
