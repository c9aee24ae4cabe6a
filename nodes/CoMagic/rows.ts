/** All rows of a report, however long the period and however many they are. */
import { z } from 'zod';
import type { CoMagicClient } from './client';
import { asText, halvesOf, windowsOf, type Period } from './period';

export interface Question {
	method: string;
	fields?: string[];
	filter?: Record<string, unknown>;
	sort?: string;
	/** Parameters of this method only. */
	more?: Record<string, unknown>;
}

export type Row = Record<string, unknown>;

/** `limit` is 10 000 at most and `offset` 100 000 [CoMagic docs, paging]. */
const LONGEST_PAGE = 10_000;
const REACH = 100_000 + LONGEST_PAGE;

const rowsSchema = z.array(z.unknown());

/** One that cannot be read stops none of the others. */
export const readable = <Schema extends z.ZodTypeAny>(
	schema: Schema,
	rows: unknown[],
): Array<z.output<Schema>> =>
	rows.flatMap((row) => {
		const read = schema.safeParse(row);
		return read.success ? [read.data as z.output<Schema>] : [];
	});

const rowSchema = z.record(z.unknown());

const paramsOf = ({ fields, filter, sort, more }: Question): Row => ({
	...more,
	...(fields && fields.length > 0 ? { fields } : {}),
	...(filter && Object.keys(filter).length > 0 ? { filter } : {}),
	...(sort ? { sort: [{ field: sort, order: 'asc' }] } : {}),
});

/** Pages of one list, until so many rows are there; a page may be short before the end, so the total decides. */
const readPages = async (
	client: CoMagicClient,
	method: string,
	params: Row,
	limit: number,
): Promise<{ rows: Row[]; total: number }> => {
	const rows: unknown[] = [];
	for (;;) {
		const page = { limit: Math.min(LONGEST_PAGE, limit - rows.length), offset: rows.length };
		const answer = await client.call({ method, params: { ...params, ...page } });
		const found = rowsSchema.parse(answer.data);
		const total = answer.total ?? rows.length + found.length;
		if (rows.length === 0 && total > REACH && limit > REACH) return { rows: [], total };
		rows.push(...found);
		if (found.length === 0 || rows.length >= Math.min(total, limit)) {
			return { rows: readable(rowSchema, rows), total };
		}
	}
};

const readWindow = async (
	client: CoMagicClient,
	question: Question,
	window: Period,
	limit: number,
): Promise<Row[]> => {
	const timeZone = await client.timeZone();
	const params = {
		...paramsOf(question),
		date_from: asText(window.from, timeZone),
		date_till: asText(window.till, timeZone),
	};
	const { rows, total } = await readPages(client, question.method, params, limit);
	const halves = total > REACH && limit > REACH ? halvesOf(window) : null;
	if (!halves) return rows;
	return [
		...(await readWindow(client, question, halves[0], limit)),
		...(await readWindow(client, question, halves[1], limit)),
	];
};

export const readReport = async (
	client: CoMagicClient,
	question: Question,
	period: Period,
	limit = Number.POSITIVE_INFINITY,
): Promise<Row[]> => {
	const rows: Row[] = [];
	for (const window of windowsOf(period)) {
		if (rows.length >= limit) break;
		rows.push(...(await readWindow(client, question, window, limit - rows.length)));
	}
	return rows;
};

/** A reference list, which has no period. */
export const readList = async (
	client: CoMagicClient,
	question: Question,
	limit = Number.POSITIVE_INFINITY,
): Promise<Row[]> => (await readPages(client, question.method, paramsOf(question), limit)).rows;
