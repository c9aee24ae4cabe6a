/**
 * Progress: what 1C says of one sale, free of both systems' vocabularies. 1C makes it, the CRM shows it.
 *
 * On the wire (an n8n item) sums are roubles and times ISO 8601 with an offset.
 */
import { z } from 'zod';
import { less, moneySchema, type Kopecks } from './money';
import { guidSchema } from './reference';

export const levelSchema = z.enum(['none', 'part', 'full']);
export type Level = z.output<typeof levelSchema>;

const documentSchema = z.object({
	ref: guidSchema,
	number: z.string(),
	/** ISO 8601 with the offset of the 1C server. */
	date: z.string(),
	amount: moneySchema,
	deletionMark: z.boolean(),
});

const shareSchema = z.object({ amount: moneySchema, of: moneySchema, level: levelSchema });

export const closedStateSchema = z.enum(['open', 'fulfilled', 'byDocument']);
export type ClosedState = z.output<typeof closedStateSchema>;

export const progressSchema = z.object({
	dealId: z.number().int().positive(),
	/** «Счет на оплату покупателю». */
	invoice: documentSchema.nullable(),
	/** «Заказ покупателя». */
	order: documentSchema.extend({ posted: z.boolean() }).nullable(),
	paid: shareSchema,
	shipped: shareSchema,
	closed: z.object({
		state: closedStateSchema,
		/** «Закрытие заказов покупателей», when a document closed the order. */
		document: z.object({ ref: guidSchema, number: z.string(), date: z.string() }).nullable(),
		reason: z.string().nullable(),
	}),
	/** What a person has to look at: unlinked payments, overpayment, two orders for one deal… */
	anomalies: z.array(z.string()),
	/** The same in one Russian paragraph, for the deal's timeline. */
	summary: z.string(),
});

/** What travels between nodes. */
export type ProgressJson = z.input<typeof progressSchema>;
export type Progress = z.output<typeof progressSchema>;

/** How an anomaly begins that tells of money nobody has tied to the sale. */
export const UNLINKED_PAYMENT = 'непривязанный платеж';

export const levelOf = (amount: Kopecks, of: Kopecks): Level => {
	if (amount <= 0) return 'none';
	return less(of, amount) > 0 ? 'part' : 'full';
};
