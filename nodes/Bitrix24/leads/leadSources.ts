/** Values of the source field that the portal has. */
import { z } from 'zod';
import type { Bitrix24Client, Command } from '../rest/client';
import { optional } from '../rest/reply';

export const SOURCE_LIST = 'SOURCE';

const sourcesSchema = z.array(z.object({ ENTITY_ID: z.string(), STATUS_ID: z.string() }));

/** One by one: open lines add sources of their own, and the whole list may have many pages. */
const sourceCommand = (id: string): Command => ({
	method: 'crm.status.list',
	params: { filter: { ENTITY_ID: SOURCE_LIST, STATUS_ID: id } },
});

/** Which of these sources there are; what the filter lets through is looked at again. */
export const existingSources = async (
	client: Bitrix24Client,
	ids: string[],
): Promise<Set<string>> => {
	const wanted = [...new Set(ids)].filter(Boolean);
	const replies = await client.batch(wanted.map(sourceCommand));
	return new Set(
		wanted.filter((id, index) =>
			optional(replies[index], sourcesSchema)?.some(
				({ ENTITY_ID, STATUS_ID }) => ENTITY_ID === SOURCE_LIST && STATUS_ID === id,
			),
		),
	);
};
