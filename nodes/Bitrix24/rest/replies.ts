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

/** @returns a reply for each command, in their order; commands may refer to those before them */
export const batches = async (client: Bitrix24Client, commands: Command[]): Promise<Reply[]> => {
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

/** A query has no way to write an empty list, so a field that is to be emptied would stay as it is. */
const holdsEmptyList = (value: unknown): boolean => {
	if (Array.isArray(value)) return value.length === 0 || value.some(holdsEmptyList);
	return typeof value === 'object' && value !== null && Object.values(value).some(holdsEmptyList);
};

const alone = async (client: Bitrix24Client, command: Command): Promise<Reply> => {
	const { value, error } = await settled(async () => await client.call(command));
	return error ? { problem: problemOf(error) } : { value };
};

/** @returns a reply for each command, in their order; the commands know nothing of each other */
export const replies = async (client: Bitrix24Client, commands: Command[]): Promise<Reply[]> => {
	const together = commands.filter(({ params }) => !holdsEmptyList(params));
	const batched = (await batches(client, together)).values();
	const all: Reply[] = [];
	for (const command of commands) {
		const isAlone = holdsEmptyList(command.params);
		all.push(isAlone ? await alone(client, command) : (batched.next().value as Reply));
	}
	return all;
};
