/** Lists of the older methods, page after page: each answer says where the next page begins. */
import type { Answer } from './answer';
import type { Command } from './client';
import type { Caller } from './gather';

/** @param limit stops after so many rows */
export const readPages = async <Row>(
	client: Caller,
	{ method, params }: Command,
	rowsIn: (answer: Answer) => Row[],
	limit = Number.POSITIVE_INFINITY,
): Promise<Row[]> => {
	const rows: Row[] = [];
	for (let start = 0; ; ) {
		const answer = await client.answer({ method, params: { ...params, start } });
		rows.push(...rowsIn(answer));
		if (answer.next === undefined || answer.next <= start || rows.length >= limit) {
			return rows.slice(0, limit);
		}
		start = answer.next;
	}
};
