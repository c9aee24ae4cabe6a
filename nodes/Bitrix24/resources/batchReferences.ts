/**
 * References that people write into commands, `$result[key][field]`. The node puts the values in itself: where Bitrix24
 * follows a reference that leads nowhere, it takes an array for a value, and a write goes to the company number 1.
 */
import { Problem } from '../../exchange/problem';
import type { Command, Reply } from '../rest/client';

const REFERENCE = /\$result((?:\[[^\][]*\])+)/g;
const ONLY_REFERENCE = new RegExp(`^${REFERENCE.source}$`);

const stepsOf = (path: string): string[] => path.slice(1, -1).split('][');

const textsIn = (value: unknown): string[] => {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsIn);
};

/** @returns names of the commands that these parameters refer to */
export const namesIn = (params: unknown): string[] =>
	textsIn(params).flatMap((text) =>
		[...text.matchAll(REFERENCE)].map(([, path]) => stepsOf(path)[0]),
	);

const follow = (written: string, path: string, outcomes: ReadonlyMap<string, Reply>): unknown => {
	const [name, ...steps] = stepsOf(path);
	const reply = outcomes.get(name);
	let value: unknown = reply && 'value' in reply ? reply.value : undefined;
	for (const step of steps) {
		value =
			typeof value === 'object' && value !== null && Object.hasOwn(value, step)
				? (value as Record<string, unknown>)[step]
				: undefined;
	}
	if (value !== undefined && value !== null) return value;
	const isKnown = reply !== undefined;
	throw new Problem(
		`The command was not sent: ${written} leads nowhere.`,
		isKnown
			? 'Look what the command it refers to has given; a command that failed gives nothing.'
			: 'Refer to a command that stands before this one, by its key or its number.',
	);
};

const textOf = (written: string, value: unknown): string => {
	if (typeof value !== 'object') return String(value);
	throw new Problem(
		`The command was not sent: ${written} is a list or an object inside a text.`,
		'Refer to one of its fields.',
	);
};

/**
 * The command with values in the place of its references.
 * @throws Problem when one of them leads nowhere
 */
export const withValues = (command: Command, outcomes: ReadonlyMap<string, Reply>): Command => {
	const fill = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(fill);
		if (typeof value === 'string') {
			const [, whole] = ONLY_REFERENCE.exec(value) ?? [];
			if (whole !== undefined) return follow(value, whole, outcomes);
			return value.replace(REFERENCE, (written, path: string) =>
				textOf(written, follow(written, path, outcomes)),
			);
		}
		if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
		return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner)]));
	};
	return { ...command, params: fill(command.params ?? {}) as Command['params'] };
};
