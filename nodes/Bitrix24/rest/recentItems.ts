/**
 * The rows of a crm.item.list since a moment. They come in the order of that time, the latest first, and the list ends
 * where it becomes too old: so a portal that ignores the condition on the time (see timeConditions.ts) answers the same
 * rows and at most a few pages more.
 */
import { z } from 'zod';
import { itemsOf } from '../deals/schemas';
import type { Bitrix24Client, Command, Reply } from './client';
import type { Item, List, Params } from './itemList';
import { itemList } from './items';
import { required } from './reply';
import { notLongBefore } from './timeConditions';

/** Fixed by Bitrix24 [Bitrix24 docs, lists]. */
const PAGE = 50;

/** Pages of one request: most lists are short, and a long one should not take a request a page. */
const MOST_PAGES = 20;

const pageSchema = itemsOf(z.object({ id: z.coerce.number() }).passthrough());

const pageFrom = (params: Params, field: string, since: number, start: number): Command =>
	itemList({
		...params,
		filter: { ...params.filter, [`>=${field}`]: notLongBefore(since) },
		order: { [field]: 'DESC', id: 'DESC' },
		start,
	});

/**
 * @param field a time, which `select` must hold
 * @param since milliseconds since 1970
 */
export const listRecent = (
	client: Bitrix24Client,
	params: Params,
	field: string,
	since: number,
): List => ({
	first: pageFrom(params, field, since, 0),
	async all(first) {
		/** A row that moves meanwhile comes first, and pushes others onto the next page again. */
		const found = new Map<number, Item>();
		/** @returns whether the list goes on */
		const takes = (reply: Reply): boolean => {
			const { items } = required(reply, pageSchema);
			const recent = items.filter((item) => Date.parse(String(item[field])) >= since);
			for (const item of recent) found.set(item.id, item);
			return recent.length === PAGE;
		};
		let goesOn = takes(first);
		for (let start = PAGE; goesOn; start += PAGE * MOST_PAGES) {
			const pages = Array.from({ length: MOST_PAGES }, (_, at) =>
				pageFrom(params, field, since, start + at * PAGE),
			);
			goesOn = (await client.batch(pages)).every(takes);
		}
		return [...found.values()];
	},
});
