/**
 * Commands that refer to each other's results (company → requisite → bank detail) have to travel in one batch. Groups
 * of them are packed into as few batches as will hold them, and a group is never torn.
 */
import type { Bitrix24Client, Command, Reply } from './client';

/** @param result refers to the result of the group's command by its number, and to what is in it */
export type Group = (result: (index: number, ...path: string[]) => string) => Command[];

const BATCH = 50;

const resultsFrom =
	(offset: number) =>
	(index: number, ...path: string[]): string =>
		`$result[c${offset + index}]${path.map((step) => `[${step}]`).join('')}`;

/** @returns the replies of each group; of a group larger than a batch only the beginning is carried out */
export const runGroups = async (client: Bitrix24Client, groups: Group[]): Promise<Reply[][]> => {
	const replies: Reply[][] = [];
	let batch: Command[] = [];
	let lengths: number[] = [];
	const send = async (): Promise<void> => {
		const all = await client.batch(batch);
		let from = 0;
		for (const length of lengths) replies.push(all.slice(from, (from += length)));
		batch = [];
		lengths = [];
	};
	for (const group of groups) {
		if (batch.length + group(resultsFrom(0)).length > BATCH && batch.length > 0) await send();
		const commands = group(resultsFrom(batch.length)).slice(0, BATCH);
		batch.push(...commands);
		lengths.push(commands.length);
	}
	if (batch.length > 0 || lengths.length > 0) await send();
	return replies;
};
