/**
 * Documents by their date, page after page: where a page ended is a date and not a number of rows, which shifts while
 * people enter documents, and a base needs no time to count rows it skips.
 */
import { z } from 'zod';
import type { Body, OneCClient } from '../odata/client';
import { allOf, dateTime, type Query } from '../odata/odata';
import { bodySchema } from './createOnce';

const PAGE = 500;

const datedSchema = bodySchema.and(z.object({ Date: z.string() }));

/** @param query what is selected must hold the date */
export const readByDate = async (
	client: OneCClient,
	set: string,
	query: Pick<Query, 'filter' | 'select'>,
	limit = Number.POSITIVE_INFINITY,
): Promise<Body[]> => {
	const rows: Array<z.output<typeof datedSchema>> = [];
	for (let from: string | null = null, skip = 0; rows.length < limit; ) {
		const conditions = [query.filter, from && `Date ge ${dateTime(from)}`];
		const top = Math.min(PAGE, limit - rows.length);
		const filter = allOf(conditions.filter((one): one is string => Boolean(one)));
		const page = await client.list(set, datedSchema, {
			filter: filter || undefined,
			select: query.select,
			orderby: 'Date,Ref_Key',
			top,
			skip,
		});
		rows.push(...page);
		if (page.length < top) break;
		/** Documents of one second stand on both sides of the border: those already read are skipped. */
		const last = page[page.length - 1].Date;
		const seen = page.filter((row) => row.Date === last).length;
		skip = last === from ? skip + seen : seen;
		from = last;
	}
	return rows;
};
