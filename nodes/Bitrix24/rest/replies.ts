/**
 * Batches for operations whose items stand alone. `client.batch` fails as a whole when a batch is refused as a whole;
 * here the commands before it keep their outcomes, and those behind it are not sent at all: a portal that has blocked
 * its callers for overload would only be blocked for longer.
 */
import { Problem } from '../../exchange/problem';
import { asProblem } from '../../shared/asProblem';
import { settled } from '../../shared/settled';
import { BATCH, type Bitrix24Client, type Command, type Reply } from './client';

const problemOf = (error: Error): Problem => {
	const told = asProblem(error);
	return told instanceof Problem ? told : new Problem(told.message);
};

/** @returns a reply for each command, in their order; the commands know nothing of each other */
export const replies = async (client: Bitrix24Client, commands: Command[]): Promise<Reply[]> => {
	const all: Reply[] = [];
	for (let from = 0; from < commands.length; from += BATCH) {
		const { value, error } = await settled(
			async () => await client.batch(commands.slice(from, from + BATCH)),
		);
		if (error) {
			const problem = problemOf(error);
			return [...all, ...commands.slice(from).map(() => ({ problem }))];
		}
		all.push(...value);
	}
	return all;
};
