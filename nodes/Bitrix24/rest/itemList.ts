/**
 * All rows of a crm.item.list by ID, fifty pages a request: each page of a batch begins behind the last row of the page
 * before it. The count, which the first answer brings, says how many pages are worth asking for; the rows themselves
 * say when the list has ended, because it may grow or shrink meanwhile.
 */
import { z } from 'zod';
import { fitsBatch } from './batchQuery';
import { BATCH, type Bitrix24Client, type Command, type Reply } from './client';
import { itemList, type ItemQuery } from './items';
import { Reference } from './reference';
import { required } from './reply';

/** Fixed by Bitrix24 [Bitrix24 docs, lists]. */
const PAGE = 50;

const pageSchema = z.object({
	items: z.array(z.object({ id: z.coerce.number() }).passthrough()),
});

export type Item = Record<string, unknown>;
export type Params = Omit<ItemQuery, 'order' | 'start'>;

const pageAfter = (params: Params, after: number | Reference): Command =>
	itemList({
		...params,
		filter: { ...params.filter, '>id': after },
		order: { id: 'ASC' },
		start: -1,
	});

/** Pages that follow one another within a batch. */
const pagesAfter = (params: Params, after: number, count: number): Command[] =>
	Array.from({ length: count }, (_, at) =>
		pageAfter(params, at === 0 ? after : new Reference(at - 1, 'items', PAGE - 1, 'id')),
	);

/** Behind a short page the references lead nowhere, so what stands there is not looked at. */
const rowsOf = (replies: Reply[]): { rows: Item[]; isEnd: boolean } => {
	const rows: Item[] = [];
	for (const reply of replies) {
		const { items } = required(reply, pageSchema);
		rows.push(...items);
		if (items.length < PAGE) return { rows, isEnd: true };
	}
	return { rows, isEnd: false };
};

/** @param limit stops after so many rows */
export const listItems = async (
	client: Bitrix24Client,
	params: Params,
	limit = Number.POSITIVE_INFINITY,
): Promise<Item[]> => {
	const start = limit > PAGE ? 0 : -1;
	const { result, total = 0 } = await client.send(
		itemList({ ...params, order: { id: 'ASC' }, start }),
	);
	const rows: Item[] = [...pageSchema.parse(result).items];
	let isEnd = rows.length < PAGE;
	/** A filter that no batch can carry is sent with each page, and one page cannot refer to another then. */
	const most = fitsBatch(pageAfter(params, 0)) ? BATCH : 1;
	while (!isEnd && rows.length < limit) {
		/** One page more where the last one counted is full: only a short page ends the list. */
		const wanted = Math.floor((Math.min(total, limit) - rows.length) / PAGE) + 1;
		const count = Math.min(most, Math.max(1, wanted));
		const after = Number(rows[rows.length - 1].id);
		const read = rowsOf(await client.batch(pagesAfter(params, after, count)));
		rows.push(...read.rows);
		({ isEnd } = read);
	}
	return rows.slice(0, limit);
};

/** A list whose first page travels together with those of others. */
export interface List {
	first: Command;
	/** @returns all rows, given the reply to the first page */
	all(first: Reply): Promise<Item[]>;
}

export const listById = (client: Bitrix24Client, params: Params): List => ({
	first: pageAfter(params, 0),
	async all(first) {
		const { items } = required(first, pageSchema);
		const last = items[PAGE - 1];
		const rest = last
			? await listItems(client, { ...params, filter: { ...params.filter, '>id': last.id } })
			: [];
		return [...items, ...rest];
	},
});

/** Several lists: what is short, as most are, comes in one request for all of them. */
export const listEach = async (
	client: Bitrix24Client,
	lists: readonly List[],
): Promise<Item[][]> => {
	const replies = await client.batch(lists.map(({ first }) => first));
	const all: Item[][] = [];
	for (const [index, list] of lists.entries()) all.push(await list.all(replies[index]));
	return all;
};
