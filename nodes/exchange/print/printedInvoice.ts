/**
 * «Счет на оплату» as it is printed, free of the systems it comes from: 1C and Bitrix24 make it, the print node takes
 * it. On the wire sums are roubles. Sums are taken as the accountant's system has them and recomputed only to warn.
 */
import { z } from 'zod';
import { moneySchema, total, unitPriceSchema, type Kopecks } from '../money';

/** What neither a PDF nor a Word file may hold: control characters, halves of surrogate pairs, non-characters. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\ufffe\uffff]+/gu;

const text = z
	.union([z.string(), z.number()])
	.nullish()
	.transform((value) =>
		String(value ?? '')
			.replace(UNPRINTABLE, ' ')
			.replace(/ {2,}/g, ' ')
			.trim(),
	)
	.pipe(z.string().max(4000, 'is longer than 4000 characters'));

const money = moneySchema.default(0);

const day = z
	.string({ message: 'must be a date such as 2026-11-24' })
	.regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/, 'must be a date such as 2026-11-24');

const optionalDay = z.preprocess((value) => value || null, day.nullable());

const partySchema = z.object({
	name: text,
	inn: text,
	kpp: text,
	address: text,
	phone: text,
});

export type PrintedParty = z.output<typeof partySchema>;

const lineSchema = z.object({
	article: text,
	name: text,
	quantity: z.number().finite(),
	unit: text,
	price: unitPriceSchema,
	/** What was taken off price times quantity. */
	discount: money,
	amount: moneySchema,
	/** Percent; null is «без НДС». */
	vatRate: z.number().min(0).max(100).nullable(),
	vat: money,
});

export type PrintedLine = z.output<typeof lineSchema>;

/** Layout stays within seconds; an invoice of more lines is a mistake or an attack. */
export const MOST_LINES = 2000;

export const printedInvoiceSchema = z.object({
	number: text,
	/** ISO 8601. */
	date: day,
	currency: z
		.string()
		.regex(/^[A-Z]{3}$/, 'must be a currency code such as RUB')
		.default('RUB'),
	/** Whether VAT is inside the amounts of the lines or comes on top of them. */
	pricesIncludeVat: z.boolean(),
	supplier: partySchema,
	account: z
		.object({ bank: text, city: text, bik: text, correspondent: text, number: text })
		.nullish()
		.transform((value) => value ?? null),
	buyer: partySchema,
	/** «Грузоотправитель» and «Грузополучатель», where they are others than the parties. */
	consignor: partySchema.nullish().transform((value) => value ?? null),
	consignee: partySchema.nullish().transform((value) => value ?? null),
	/** «Основание»: the contract or the order. */
	basis: text,
	lines: z
		.array(lineSchema)
		.min(1, 'is empty: an invoice needs a line')
		.max(MOST_LINES, `has more than ${MOST_LINES} lines`),
	/** What is to be paid, as the document says. */
	total: moneySchema,
	payUntil: optionalDay,
	note: text,
	director: z.object({ position: text, name: text }).default({}),
	accountant: text,
	manager: text,
});

/** What travels between nodes. */
export type PrintedInvoiceJson = z.input<typeof printedInvoiceSchema>;
export type PrintedInvoice = z.output<typeof printedInvoiceSchema>;

export interface VatTotal {
	rate: number;
	vat: Kopecks;
}

export interface PrintedTotals {
	/** Σ of the lines, «Итого». */
	amount: Kopecks;
	discount: Kopecks;
	/** One for each rate, the highest first; none when nothing is taxed. */
	vat: VatTotal[];
}

export const totalsOf = ({ lines }: PrintedInvoice): PrintedTotals => {
	const rates = [...new Set(lines.map(({ vatRate }) => vatRate))].filter((rate) => rate !== null);
	return {
		amount: total(lines.map(({ amount }) => amount)),
		discount: total(lines.map(({ discount }) => discount)),
		vat: rates
			.sort((a, b) => b - a)
			.map((rate) => ({
				rate,
				vat: total(lines.filter(({ vatRate }) => vatRate === rate).map(({ vat }) => vat)),
			})),
	};
};

/** «ООО «Ромашка», ИНН 7701234560, КПП 770101001, 125009, г. Москва, …, тел.: +7 495 123-45-67». */
export const partyLine = ({ name, inn, kpp, address, phone }: PrintedParty): string =>
	[name, inn && `ИНН ${inn}`, kpp && `КПП ${kpp}`, address, phone && `тел.: ${phone}`]
		.filter(Boolean)
		.join(', ');

/** Entrepreneurs sign as such and have no accountant's line: their ИНН is a person's, of twelve digits. */
export const isEntrepreneur = ({ inn }: PrintedParty): boolean => inn.length === 12;
