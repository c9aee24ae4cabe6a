/** Commands of several subjects, in as few batches as hold them all. */
import type { Bitrix24Client, Command, Reply } from './client';

/** @returns the replies of each group, in the order of its commands */
export const runGroups = async (
	client: Bitrix24Client,
	groups: ReadonlyArray<readonly Command[]>,
): Promise<Reply[][]> => {
	const all = (await client.batch(groups.flat())).values();
	return groups.map((group) => group.map(() => all.next().value as Reply));
};
