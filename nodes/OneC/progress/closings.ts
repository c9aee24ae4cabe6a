/** «Закрытие заказов покупателей»: which document closed an order, and the reason its row gives. */
import { z } from 'zod';
import { guidSchema, optionalRefSchema } from '../../exchange/reference';
import type { OneCClient } from '../odata/client';
import { setName, string } from '../odata/fields';
import { CLOSING } from './movements';
import { allOf, castTo, guid } from '../odata/odata';
import type { Session } from '../session';

const ORDERS = 'Document_ЗаказПокупателя';

const closingSchema = z
	.object({
		Ref_Key: guidSchema,
		Number: string,
		Date: z.string(),
		Заказы: z.array(
			z.object({
				ЗаказПокупателя: string,
				ЗаказПокупателя_Type: setName,
				ПричинаЗакрытияЗаказа_Key: optionalRefSchema,
			}),
		),
	})
	.transform((raw) => ({
		ref: raw.Ref_Key,
		number: raw.Number,
		date: raw.Date,
		orders: raw.Заказы
			.filter((row) => row.ЗаказПокупателя_Type === ORDERS)
			.map((row) => ({
				order: row.ЗаказПокупателя.toLowerCase(),
				reason: row.ПричинаЗакрытияЗаказа_Key,
			})),
	}));

type Read = z.output<typeof closingSchema>;

export interface Closing {
	ref: string;
	number: string;
	date: string;
	/** Order → the words of its reason. */
	reasons: Map<string, string | null>;
}

export const CLOSING_FIELDS = ['Ref_Key', 'Number', 'Date', 'Заказы'];

/**
 * An order whose remaining balance was zero already is listed by its closing without any movement, so the closing is
 * looked for by its rows.
 */
const listing = async (client: OneCClient, orders: readonly string[]): Promise<Read[]> => {
	const filter = allOf([
		'Posted eq true',
		'DeletionMark eq false',
		"ВидОперации eq 'ЗакрытиеЗаказов'",
	]);
	const conditions = orders.map(
		(order) => `Заказы/any(d: d/ЗаказПокупателя eq ${castTo(order, ORDERS)})`,
	);
	return await client.listAny(CLOSING, closingSchema, conditions, {
		filter,
		select: CLOSING_FIELDS,
	});
};

/**
 * @param refs the closings that the registers name
 * @param unexplained orders with nothing left to ship and nothing shipped, for which the registers name no closing
 */
export const readClosings = async (
	{ client, shelves }: Session,
	refs: readonly string[],
	unexplained: readonly string[],
): Promise<Closing[]> => {
	const conditions = refs.map((ref) => `Ref_Key eq ${guid(ref)}`);
	const read = [
		...(await client.listAny(CLOSING, closingSchema, conditions, { select: CLOSING_FIELDS })),
		...(await listing(client, unexplained)),
	];
	await shelves.reasons.fetch(read.flatMap(({ orders }) => orders.map(({ reason }) => reason)));
	const closings = new Map<string, Closing>();
	for (const { ref, number, date, orders } of read) {
		const reasons = new Map<string, string | null>();
		for (const { order, reason } of orders) {
			reasons.set(order, reason ? ((await shelves.reasons.get(reason))?.name ?? null) : null);
		}
		closings.set(ref, { ref, number, date, reasons });
	}
	return [...closings.values()];
};
