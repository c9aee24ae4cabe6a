/**
 * Commands of a batch that were not carried out because the time of their method was used up, and those that were
 * carried out on what such a command should have given: they go out once more, the others do not.
 */
import type { Command, Reply } from './client';
import { isTimeUsedUp } from './decide';
import { isRepeatable } from './repeatable';

const REFERENCE = /\$result\[c(\d+)\]((?:\[[^\][]*\])*)/g;
const ONLY_REFERENCE = new RegExp(`^${REFERENCE.source}$`);

export const isPutOff = (reply: Reply): boolean =>
	'problem' in reply && isTimeUsedUp(reply.problem);

const referencesOf = (params: unknown): number[] =>
	[...JSON.stringify(params ?? {}).matchAll(REFERENCE)].map(([, index]) => Number(index));

/**
 * @param replies in the order of the commands, as they are so far
 * @returns indexes of those to send again, in their order
 */
export const unfinished = (commands: readonly Command[], replies: readonly Reply[]): number[] => {
	const again = new Set<number>();
	for (const [index, command] of commands.entries()) {
		const reply = replies[index];
		const hangsOn = referencesOf(command.params).some((one) => again.has(one));
		/** What was written although nothing stood for the reference is written; only a refused one is sent again. */
		if (isPutOff(reply) || (hangsOn && (isRepeatable(command) || 'problem' in reply))) {
			again.add(index);
		}
	}
	return [...again];
};

/** What the portal would have put in the place of a reference; nothing where it had nothing. */
const referred = (reply: Reply | undefined, path: string): unknown => {
	let value: unknown = reply && 'value' in reply ? reply.value : undefined;
	for (const [, step] of path.matchAll(/\[([^\][]*)\]/g)) {
		value =
			typeof value === 'object' && value !== null && Object.hasOwn(value, step)
				? (value as Record<string, unknown>)[step]
				: undefined;
	}
	return value ?? '';
};

/** The command without references to those that do not go along: what they gave stands there instead. */
export const filledIn = (
	command: Command,
	along: ReadonlySet<number>,
	replies: readonly Reply[],
): Command => {
	const fill = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(fill);
		if (typeof value === 'object' && value !== null) {
			return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
		}
		if (typeof value !== 'string') return value;
		const [, index, path] = ONLY_REFERENCE.exec(value) ?? [];
		if (index !== undefined) {
			return along.has(Number(index)) ? value : referred(replies[Number(index)], path);
		}
		return value.replace(REFERENCE, (reference, one: string, steps: string) =>
			along.has(Number(one)) ? reference : String(referred(replies[Number(one)], steps)),
		);
	};
	return { ...command, params: fill(command.params ?? {}) as Command['params'] };
};
