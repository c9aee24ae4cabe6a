/**
 * A sale: what a deal asks of 1C, free of both systems' vocabularies. Bitrix24 makes it, 1C takes it.
 *
 * On the wire (an n8n item) sums are roubles and times ISO 8601 with an offset; inside, sums are kopecks.
 */
import { z } from 'zod';
import {
	kopecks,
	less,
	moneySchema,
	times,
	total,
	vatInside,
	vatOnTop,
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
	price: moneySchema,
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

export const lineSums = (line: SaleLine, pricesIncludeVat: boolean): LineSums => {
	const amount = times(line.price, line.quantity);
	const rate = line.vatRate ?? 0;
	return { amount, vat: pricesIncludeVat ? vatInside(amount, rate) : vatOnTop(amount, rate) };
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
 * How far the lines may stray from the CRM's own sum: Bitrix24 rounds per unit, 1C per line, so a line may differ
 * by a kopeck per unit sold, but a document that is off by more was built from other prices.
 */
export const strayFromTotal = (sale: Sale): Kopecks | null => {
	if (sale.total === null) return null;
	const tolerance =
		kopecks(0.01) * Math.ceil(sale.lines.reduce((sum, line) => sum + line.quantity, 1));
	const difference = less(saleTotal(sale), sale.total);
	return Math.abs(difference) > tolerance ? difference : null;
};
