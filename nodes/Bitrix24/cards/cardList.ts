/** Cards in the order somebody wants them in, or by their numbers, which is quicker. */
import { z } from 'zod';
import { BATCH, type Bitrix24Client, type Command } from '../rest/client';
import { listItems } from '../rest/itemList';
import { itemList } from '../rest/items';
import { required } from '../rest/reply';
import { looseTimes, meets } from '../rest/timeConditions';
import { itemsOf } from '../deals/schemas';
import type { Card } from './findCards';

export interface CardQuery {
	entityTypeId: number;
	filter: Record<string, unknown>;
	/** The fields of the returned cards, all when left out. */
	select?: readonly string[];
	/** Fields and ASC or DESC. */
	order: Record<string, string>;
}

/** Fixed by Bitrix24 [Bitrix24 docs, lists]. */
const PAGE = 50;

const pageSchema = itemsOf(z.record(z.unknown()));

/** Cards that are equal in the wanted order keep one of their own, or pages would overlap. */
const pageFrom = ({ order, ...query }: CardQuery, start: number): Command =>
	itemList({ ...query, order: { ...order, id: order.id ?? 'ASC' }, start });

const inOrder = async (
	client: Bitrix24Client,
	query: CardQuery,
	limit: number,
): Promise<Card[]> => {
	const { result, total = 0 } = await client.answer(pageFrom(query, 0));
	/** Somebody may add a card meanwhile, and then one slips onto the next page again. */
	const cards = new Map(pageSchema.parse(result).items.map((card) => [card.id, card]));
	const end = Math.min(total, limit);
	for (let from = PAGE; from < end; from += PAGE * BATCH) {
		const pages = Array.from({ length: Math.min(BATCH, Math.ceil((end - from) / PAGE)) }, (_, at) =>
			pageFrom(query, from + at * PAGE),
		);
		for (const reply of await client.batch(pages)) {
			for (const card of required(reply, pageSchema).items) cards.set(card.id, card);
		}
	}
	return [...cards.values()].slice(0, limit);
};

/** The portal answers more fields than were selected, or all of them, as soon as one is a user field. */
const chosen = (card: Card, select: readonly string[]): Card =>
	Object.fromEntries(Object.entries(card).filter(([name]) => select.includes(name)));

const read = async (client: Bitrix24Client, query: CardQuery, limit: number): Promise<Card[]> => {
	const { order, ...rest } = query;
	const isById = Object.entries(order).every(([name, way]) => name === 'id' && way === 'ASC');
	return isById ? await listItems(client, rest, limit) : await inOrder(client, query, limit);
};

/** @param limit stops after so many cards */
export const listCards = async (
	client: Bitrix24Client,
	query: CardQuery,
	limit = Number.POSITIVE_INFINITY,
): Promise<Card[]> => {
	const { select } = query;
	const { filter, conditions } = looseTimes(query.filter);
	const compared = conditions.map(({ field }) => field);
	const loose = { ...query, filter, ...(select && { select: [...select, ...compared] }) };
	/** What a condition drops is made up for by reading more. */
	for (let asked = limit; ; asked *= 2) {
		const cards = await read(client, loose, asked);
		const fitting = cards.filter((card) => meets(card, conditions));
		if (fitting.length < limit && cards.length >= asked) continue;
		const found = fitting.slice(0, limit);
		return select ? found.map((card) => chosen(card, select)) : found;
	}
};
