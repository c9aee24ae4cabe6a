/**
 * What an earlier command of the same batch brings, as a parameter of a later one. Where a reference leads nowhere,
 * Bitrix24 takes the array it had reached, and PHP makes 1 of an array: a write would go to company 1. So only commands
 * that read may refer, and their reader checks that what came is what was asked for.
 */
import type { Command, Reply } from './client';
import { isReading } from './repeatable';

export class Reference {
	private readonly path: string[];

	/** @param command number of the earlier command among those of the batch */
	constructor(
		readonly command: number,
		...path: Array<string | number>
	) {
		this.path = path.map(String);
	}

	/** As Bitrix24 reads it; the client names commands by their numbers. */
	get written(): string {
		return `$result[c${this.command}]${this.path.map((step) => `[${step}]`).join('')}`;
	}

	/** What it leads to in the result of its command; undefined when it leads nowhere. */
	in(result: unknown): unknown {
		let value = result;
		for (const step of this.path) {
			if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step))
				return undefined;
			value = (value as Record<string, unknown>)[step];
		}
		return value ?? undefined;
	}
}

const referencesIn = (value: unknown): Reference[] => {
	if (value instanceof Reference) return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(referencesIn);
};

export const refersTo = ({ params }: Command): number[] =>
	referencesIn(params).map(({ command }) => command);

/** @throws Error when a command that writes refers to another one, which is a mistake in the program */
export const refuseWritesThatRefer = (commands: readonly Command[]): void => {
	const wrong = commands.find((command) => !isReading(command) && refersTo(command).length > 0);
	if (wrong) throw new Error(`${wrong.method} writes and must not refer to another command.`);
};

/** Parameters with what was brought in the place of references to commands that do not go along. */
export const filledIn = (
	{ params = {}, ...command }: Command,
	along: ReadonlySet<number>,
	replies: readonly Reply[],
): Command => {
	const fill = (value: unknown): unknown => {
		if (value instanceof Reference) {
			if (along.has(value.command)) return value;
			const reply = replies.at(value.command);
			return reply && 'value' in reply ? (value.in(reply.value) ?? '') : '';
		}
		if (Array.isArray(value)) return value.map(fill);
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner)]));
	};
	return { ...command, params: fill(params) as Command['params'] };
};
