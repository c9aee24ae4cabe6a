/**
 * «Закрытие заказов покупателей» for an order that is not closed yet. What is left of an order is written off as of the
 * closing's own moment, and posting the same closing twice is the same as once; a second closing would do no harm but
 * confuse people, so it is made only when something is left to ship in spite of the first.
 */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { UnknownOutcome } from '../../shared/http';
import { settled } from '../../shared/settled';
import { Refusal } from '../odata/answers';
import type { Body, OneCClient } from '../odata/client';
import { allOf } from '../odata/odata';
import { balanceOf, CLOSING, readMovements } from '../progress/movements';
import { bodySchema } from './createOnce';
import { CLOSINGS, listedJson, listsOrder, type ListedJson } from './documentLists';
import { documentSchema, ORDER, type SaleDocument } from './documents';

export interface ClosingWanted {
	order: string;
	/** Of «Причины закрытия заказов». */
	reason: string | null;
	comment: string;
}

export interface OrderClosed {
	closing: ListedJson;
	outcome: 'created' | 'posted' | 'found';
}

const closingSchema = bodySchema.and(z.object({ Ref_Key: z.string(), Posted: z.boolean() }));
type Closing = z.output<typeof closingSchema>;

/** Those that are not marked for deletion, the earliest first. */
const closingsOf = async (client: OneCClient, order: string): Promise<Closing[]> =>
	await client.list(CLOSING, closingSchema, {
		filter: allOf([
			'DeletionMark eq false',
			"ВидОперации eq 'ЗакрытиеЗаказов'",
			listsOrder({ ref: order, set: ORDER.set }),
		]),
		orderby: 'Date,Ref_Key',
	});

const bodyOf = ({ order, reason, comment }: ClosingWanted, now: string): Body => ({
	Date: now,
	ВидОперации: 'ЗакрытиеЗаказов',
	Комментарий: comment,
	Заказы: [
		{
			LineNumber: '1',
			ЗаказПокупателя: order,
			ЗаказПокупателя_Type: `StandardODATA.${ORDER.set}`,
			...(reason ? { ПричинаЗакрытияЗаказа_Key: reason } : {}),
		},
	],
});

/** After a lost answer the order is asked for its closings: one that was not there before is ours. */
const create = async (
	client: OneCClient,
	wanted: ClosingWanted,
	before: readonly Closing[],
): Promise<Closing> => {
	const body = bodyOf(wanted, client.now());
	const { value, error } = await settled(async () => await client.create(CLOSING, body));
	if (!error) return closingSchema.parse(value);
	if (!(error instanceof UnknownOutcome)) throw error;
	const known = new Set(before.map(({ Ref_Key }) => Ref_Key));
	const made = (await closingsOf(client, wanted.order)).find(({ Ref_Key }) => !known.has(Ref_Key));
	if (made) return made;
	throw error;
};

const CHECKS =
	'1C posts no closing of an order that is not posted, is dated later than the closing, or stands in a closed period.';

const post = async (client: OneCClient, closing: Closing): Promise<Closing> => {
	const { error } = await settled(async () => await client.post(CLOSING, closing.Ref_Key));
	if (error instanceof Refusal && error.code === '-1') throw new Problem(error.message, CHECKS);
	if (error && !(error instanceof UnknownOutcome)) throw error;
	const stored = await client.read(CLOSING, closing.Ref_Key, closingSchema);
	if (stored?.Posted) return stored;
	throw error ?? new UnknownOutcome('1C took the closing but did not post it.', CHECKS);
};

const orderOf = async (client: OneCClient, ref: string): Promise<SaleDocument> => {
	const order = await client.read(ORDER.set, ref, documentSchema);
	if (!order) throw new Problem(`1C has no ${ORDER.title} ${ref}.`, 'Check the GUID.');
	if (order.posted) return order;
	throw new Problem(
		`Order № ${order.number} is not posted, so there is nothing to close.`,
		'Post it first, or mark it for deletion.',
	);
};

export const closeOrder = async (
	client: OneCClient,
	wanted: ClosingWanted,
): Promise<OrderClosed> => {
	const order = await orderOf(client, wanted.order);
	const known = await closingsOf(client, order.ref);
	const movements = (await readMovements(client, [order])).get(order.ref) ?? [];
	const posted = known.filter(({ Posted }) => Posted);
	const done = (closing: Closing, outcome: OrderClosed['outcome']): OrderClosed => ({
		closing: listedJson(CLOSINGS, closing, client.base, false),
		outcome,
	});
	if (posted.length > 0 && !balanceOf(movements).isLeft) {
		return done(posted[posted.length - 1], 'found');
	}
	const waiting = known.find(({ Posted }) => !Posted);
	if (waiting) return done(await post(client, waiting), 'posted');
	const made = await create(client, wanted, known);
	return done(await post(client, made), 'created');
};
