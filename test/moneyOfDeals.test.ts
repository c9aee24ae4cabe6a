/**
 * A deal, its smart invoice, the invoice and the order of 1C and the printed form show the same sum, to the kopeck.
 * Managers sell at list prices less discounts, with VAT inside or on top, so prices of one unit have up to eight decimals.
 */
import Big from 'big.js';
import fc from 'fast-check';
import { z } from 'zod';
import { printedInvoiceOf } from '../nodes/Bitrix24/deals/printedInvoice';
import { settingRows } from '../nodes/Bitrix24/deals/rowCopies';
import { dealSchema, rowsSchema } from '../nodes/Bitrix24/deals/schemas';
import { toSale } from '../nodes/Bitrix24/deals/toSale';
import type { Command } from '../nodes/Bitrix24/rest/client';
import { DEAL } from '../nodes/Bitrix24/rest/entityTypes';
import { roubles } from '../nodes/exchange/money';
import { invoiceDoubts } from '../nodes/exchange/print/invoiceDoubts';
import { printedInvoiceSchema } from '../nodes/exchange/print/printedInvoice';
import { saleSchema, saleTotal, strayFromTotal } from '../nodes/exchange/sale';
import { tablesOf } from '../nodes/OneC/documents/rows';
import { owedFor, readRow, replaceRows } from './standins/bitrix24/rows';
import { Store } from './standins/bitrix24/store';
import { applyBody, vatRatesOf } from './standins/onec/decode';
import { objectType } from './standins/onec/model/metadata';
import { recalculateSum } from './standins/onec/posting/checks';
import { defaultSwitches } from './standins/onec/switches';
import { emptyRow } from './standins/onec/values';
import { Company, refOf } from './support/company';

const REF = '11111111-1111-4111-8111-111111111111';
const INN = '7707083893';

/** What a manager types: the price of the list, the discount, the tax. */
interface Typed {
	list: number;
	percent: number | null;
	off: number;
	quantity: number;
	vat: number | null;
	included: boolean;
}

const eightDecimals = (value: Big): number => value.round(8, Big.roundHalfUp).toNumber();

/** The row the card of Bitrix24 makes of it: `price` holds discount and tax. */
const rowOf = ({ list, percent, off, quantity, vat, included }: Typed): Record<string, unknown> => {
	const net =
		percent === null ? new Big(list).minus(off) : new Big(list).times(100 - percent).div(100);
	const price = included ? net : net.times(100 + (vat ?? 0)).div(100);
	return {
		productName: 'Кабель',
		price: eightDecimals(price),
		quantity,
		taxRate: vat,
		taxIncluded: included ? 'Y' : 'N',
		...(percent === null
			? { discountTypeId: 1, discountSum: off }
			: { discountTypeId: 2, discountRate: percent }),
	};
};

const typed = (included: fc.Arbitrary<boolean>): fc.Arbitrary<Typed> =>
	fc
		.record({
			list: fc.oneof(
				fc.integer({ min: 1, max: 10_000_000 }).map((amount) => amount / 100),
				fc.integer({ min: 1, max: 10 ** 13 }).map((amount) => amount / 10 ** 8),
			),
			percent: fc.option(fc.integer({ min: 0, max: 9999 }).map((hundredths) => hundredths / 100)),
			part: fc.integer({ min: 0, max: 99 }),
			quantity: fc.oneof(
				fc.integer({ min: 1, max: 1000 }),
				fc.integer({ min: 1, max: 1_000_000 }).map((thousandths) => thousandths / 1000),
			),
			vat: fc.constantFrom(0, 10, 20, 22, null),
			included,
		})
		.map(({ part, ...row }) => ({
			...row,
			off: new Big(row.list).times(part).div(100).round(2, Big.roundDown).toNumber(),
		}));

/** Taxes inside, on top, or some so and some so. */
const deals = fc.oneof(
	fc.array(typed(fc.constant(true)), { minLength: 1, maxLength: 6 }),
	fc.array(typed(fc.constant(false)), { minLength: 1, maxLength: 6 }),
	fc.array(typed(fc.boolean()), { minLength: 1, maxLength: 6 }),
);

/** A card of the portal as the printed form asks for it. */
const cardWith = (productRows: unknown[], opportunity: number) => ({
	call: async ({ method, params }: Command): Promise<unknown> => {
		const mine =
			params?.filter !== undefined && JSON.stringify(params?.filter).includes('"ENTITY_ID":1');
		const answers: Record<string, unknown> = {
			'crm.item.get': {
				item: { id: 1, companyId: 2, mycompanyId: 1, opportunity, createdTime: '2026-11-24' },
			},
			'crm.item.productrow.list': { productRows },
			'crm.requisite.link.get': { REQUISITE_ID: 0 },
			'crm.requisite.list': [{ ID: mine ? 1 : 2, RQ_COMPANY_NAME: 'ООО', RQ_INN: INN }],
		};
		return await Promise.resolve(answers[method] ?? []);
	},
	answer: async (): Promise<never> => await Promise.reject(new Error('nothing asks for this')),
});

/** What 1C makes of the rows it is sent: its columns round, and it adds the sum up itself. */
const sumIn1C = (document: string, body: Record<string, unknown>): number => {
	const type = objectType(`Document_${document}`);
	const row = emptyRow(type);
	applyBody(row, type, body, { switches: { ...defaultSwitches }, vatRates: vatRatesOf() });
	recalculateSum(row, 'Товары', 'Услуги');
	return Number(row.СуммаДокумента);
};

const product = { ref: REF, unit: REF, isService: false, fullName: 'Кабель' };

test('a thousand deals cost the same wherever they are shown', async () => {
	await fc.assert(
		fc.asyncProperty(deals, async (lines) => {
			const store = new Store({ origin: 'http://a', oauthOrigin: 'http://b', memberId: 'c' });
			replaceRows(store, 'D', 1, lines.map(rowOf));
			const read = store.rowsOf('D', 1);
			const opportunity = owedFor(read);
			const { productRows } = rowsSchema.parse({ productRows: read.map(readRow) });

			const { params } = settingRows('SI', 2, productRows);
			replaceRows(store, 'SI', 2, z.array(z.record(z.unknown())).parse(params?.productRows));
			expect(owedFor(store.rowsOf('SI', 2))).toBe(opportunity);

			const json = toSale({
				portal: 'company.bitrix24.ru',
				deal: dealSchema.parse({ id: 1, stageId: 'NEW', opportunity, isManualOpportunity: 'N' }),
				rows: productRows,
				buyer: null,
				requisite: null,
				invoice: null,
				productRefs: new Map([[0, REF]]),
			});
			const sale = saleSchema.parse(JSON.parse(JSON.stringify(json)));
			expect(roubles(saleTotal(sale))).toBe(opportunity);
			expect(strayFromTotal(sale)).toBeNull();

			const positions = sale.lines.map((line) => ({ line, product, factor: 1 }));
			const body = {
				УчитыватьНДС: true,
				СуммаВключаетНДС: sale.pricesIncludeVat,
				...tablesOf(sale, positions as unknown as Parameters<typeof tablesOf>[1]),
			};
			expect(sumIn1C('СчетНаОплатуПокупателю', body)).toBe(opportunity);
			expect(sumIn1C('ЗаказПокупателя', body)).toBe(opportunity);

			const printed = printedInvoiceSchema.parse(
				await printedInvoiceOf(cardWith(read.map(readRow), opportunity), {
					entityTypeId: DEAL,
					id: 1,
				}),
			);
			expect(roubles(printed.total)).toBe(opportunity);
			expect(invoiceDoubts(printed).filter((doubt) => /строк/.test(doubt))).toEqual([]);
		}),
		{ seed: 20_261_130, numRuns: 1000 },
	);
}, 120_000);

describe('through n8n', () => {
	let company: Company;
	beforeEach(async () => {
		company = await Company.open({ chain: 'prepaid' });
	}, 60_000);
	afterEach(async () => await company.close());

	const orders = async (rows: Parameters<Company['deal']>[1]): Promise<number> => {
		const deal = company.deal(company.buyer().company, rows);
		company.portal.manager.moves(deal, 'INVOICE_1C');
		await company.minutePasses();
		return deal;
	};

	test('ten per cent off and VAT on top make the same sum everywhere, and paid is paid', async () => {
		const { product: cable } = company.product('Кабель', 99.95);
		const deal = await orders([
			{
				product: cable,
				price: 89.955,
				quantity: 100,
				vat: 22,
				vatIncluded: true,
				discountPercent: 10,
			},
			{
				product: cable,
				price: 333.33333333,
				quantity: 3,
				vat: 20,
				vatIncluded: true,
				discountSum: 5,
			},
			{ product: cable, price: 406.66666667, quantity: 1.5, vat: null, vatIncluded: true },
		]);
		expect(company.portal.sees.deal(deal).opportunity).toBe(10_605.5);
		const invoice = company.invoice(deal);
		expect(invoice.СуммаДокумента).toBe(10_605.5);
		expect(invoice.Товары).toMatchObject([
			{ Цена: 89.96, Количество: 100, Сумма: 8995.5 },
			{ Цена: 333.33, Сумма: 1000 },
			{ Цена: 406.67, Сумма: 610, СтавкаНДС: 'БезНДС' },
		]);
		expect(company.portal.sees.invoices(deal)).toMatchObject([{ opportunity: 10_605.5 }]);
		company.base.accountant.receives({ for: refOf(invoice), amount: 10_605.5 });
		company.portal.manager.moves(deal, 'ORDER_1C');
		await company.minutesPass(2);
		expect(company.order(deal).СуммаДокумента).toBe(10_605.5);
		expect(company.invoiceStages(deal)).toEqual(['Оплачен']);
	}, 120_000);

	test('a quantity 1C cannot hold is said with its row, and nothing is made', async () => {
		const { product: cable } = company.product('Кабель', 100);
		const deal = await orders([
			{ product: cable, price: 100, quantity: 2, vat: 22 },
			{ product: cable, price: 100, quantity: 0.1234, vat: 22 },
		]);
		expect(company.documents('СчетНаОплатуПокупателю', deal)).toEqual([]);
		expect(company.portal.sees.invoices(deal)).toEqual([]);
		expect(company.timeline(deal).join()).toContain('Строка 2 «Кабель»: 0,1234');
	}, 120_000);
});
