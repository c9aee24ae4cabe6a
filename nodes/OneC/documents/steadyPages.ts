/**
 * Documents by their date and catalogs by their code, page after page: where a page ended is a value and not a number
 * of rows, which shifts while people enter some, and a base needs no time to count rows it skips. By references, which
 * is the order 1C is asked for otherwise, nobody has verified that it compares as it sorts.
 */
import { z } from 'zod';
import type { Body, OneCClient } from '../odata/client';
import { allOf, dateTime, quoted, type Query } from '../odata/odata';
import { bodySchema } from './createOnce';

const PAGE = 500;

type Value = string | number;

interface Order {
	field: string;
	literal(value: Value): string;
}

const BY_DATE: Order = { field: 'Date', literal: (date) => dateTime(String(date)) };

/** Some catalogs number their codes. */
const BY_CODE: Order = {
	field: 'Code',
	literal: (code) => (typeof code === 'number' ? String(code) : quoted(code)),
};

type Wanted = Pick<Query, 'filter' | 'select'>;

const readBy = async (
	client: OneCClient,
	set: string,
	{ field, literal }: Order,
	query: Wanted,
	limit = Number.POSITIVE_INFINITY,
): Promise<Body[]> => {
	const schema = bodySchema.and(z.object({ [field]: z.union([z.string(), z.number()]) }));
	const rows: Body[] = [];
	for (let from: Value | null = null, skip = 0; rows.length < limit; ) {
		const border: string | null = from === null ? null : `${field} ge ${literal(from)}`;
		const top = Math.min(PAGE, limit - rows.length);
		const page: Array<Record<string, unknown>> = await client.list(set, schema, {
			filter:
				allOf([query.filter, border].filter((one): one is string => Boolean(one))) || undefined,
			select: query.select,
			orderby: `${field},Ref_Key`,
			top,
			skip,
		});
		rows.push(...page);
		if (page.length < top) break;
		/** Objects of one second or code stand on both sides of the border: those already read are skipped. */
		const last = page[page.length - 1][field] as Value;
		const seen = page.filter((row) => row[field] === last).length;
		skip = last === from ? skip + seen : seen;
		from = last;
	}
	return rows;
};

/** @param query what is selected must hold the date */
export const readByDate = async (
	client: OneCClient,
	set: string,
	query: Wanted,
	limit?: number,
): Promise<Body[]> => await readBy(client, set, BY_DATE, query, limit);

/** @param query what is selected must hold the code */
export const readByCode = async (
	client: OneCClient,
	set: string,
	query: Wanted,
	limit?: number,
): Promise<Body[]> => await readBy(client, set, BY_CODE, query, limit);
