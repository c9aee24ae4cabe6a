/**
 * A sale: what a deal asks of 1C, free of both systems' vocabularies. Bitrix24 makes it, 1C takes it.
 *
 * On the wire (an n8n item) sums are roubles and times ISO 8601 with an offset; inside, sums are kopecks.
 * Prices of one unit are roubles on both sides, with all their decimals.
 */
import { z } from 'zod';
import {
	cost,
	less,
	moneySchema,
	total,
	unitPriceSchema,
	vatInside,
	withVat,
	type Kopecks,
} from './money';
import { guidSchema, optionalRefSchema } from './reference';

const text = z
	.string()
	.nullish()
	.transform((value) => (value ?? '').trim());

export const saleLineSchema = z.object({
	name: text,
	/** 1C product the line sells; null when the CRM line is not tied to one. */
	product: optionalRefSchema,
	quantity: z.number().positive('must be above zero'),
	/** Price of one unit after discounts, with VAT when the sale's prices include it. */
	price: unitPriceSchema,
	/** Percent; null is «без НДС». */
	vatRate: z.number().min(0).max(100).nullable(),
});

export const saleSchema = z.object({
	/** Bitrix24 deal number: with the portal it is the key of everything made for this sale. */
	dealId: z.number().int().positive(),
	portal: z.string().min(1),
	/** When the deal was made, ISO 8601. */
	created: z.string().nullable().default(null),
	title: text,
	/** ISO 4217 letters, such as RUB. */
	currency: z.string().regex(/^[A-Z]{3}$/, 'must be a currency code such as RUB'),
	/** What the CRM shows as the deal's sum, VAT included; null when a person set it by hand. */
	total: moneySchema.nullable(),
	pricesIncludeVat: z.boolean(),
	buyer: z.object({
		/** The chosen 1C counterparty. */
		ref: optionalRefSchema,
		/** Several counterparties the buyer is known as, from which nobody has chosen yet. */
		choices: z.array(guidSchema).default([]),
		name: text,
		inn: text,
		kpp: text,
	}),
	contract: optionalRefSchema,
	organization: optionalRefSchema,
	warehouse: optionalRefSchema,
	/** The 1C documents this sale already has, as the CRM remembers them. */
	invoice: optionalRefSchema,
	order: optionalRefSchema,
	lines: z.array(saleLineSchema),
});

/** What travels between nodes. */
export type SaleJson = z.input<typeof saleSchema>;
export type Sale = z.output<typeof saleSchema>;
export type SaleLine = z.output<typeof saleLineSchema>;

export interface LineSums {
	/** Price times quantity, as the line's «Сумма». */
	amount: Kopecks;
	vat: Kopecks;
}

/**
 * The buyer owes the price with VAT times the quantity, rounded once, as Bitrix24 counts it. Where VAT comes on top,
 * the tax is what is owed beyond the amount, so that both add up to it; 1C takes the tax of a row as it is sent.
 */
export const lineSums = (line: SaleLine, pricesIncludeVat: boolean): LineSums => {
	const amount = cost(line.price, line.quantity);
	const rate = line.vatRate ?? 0;
	if (pricesIncludeVat) return { amount, vat: vatInside(amount, rate) };
	const owed = cost(withVat(line.price, rate), line.quantity);
	return { amount, vat: less(owed, amount) };
};

/** What the buyer pays: VAT is inside the amounts or on top of them. */
export const saleTotal = (sale: Sale): Kopecks =>
	total(
		sale.lines.flatMap((line) => {
			const { amount, vat } = lineSums(line, sale.pricesIncludeVat);
			return sale.pricesIncludeVat ? [amount] : [amount, vat];
		}),
	);

/**
 * How far the lines stray from the CRM's own sum. A portal that rounds after adding up may differ by less than a kopeck
 * per line; a document that is off by more was built from other prices.
 */
export const strayFromTotal = (sale: Sale): Kopecks | null => {
	if (sale.total === null) return null;
	const difference = less(saleTotal(sale), sale.total);
	return Math.abs(difference) > sale.lines.length ? difference : null;
};
