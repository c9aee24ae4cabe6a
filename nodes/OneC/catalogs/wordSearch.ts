/**
 * How a typed text becomes a condition. Most databases of 1C compare strings without regard to case but some do not,
 * and OData of 1C has no tolower, so each word is looked for in the spellings people use.
 */
import { capital } from '../../exchange/capital';
import { allOf, anyOf, guid, quoted } from '../odata/odata';

/** More words make a condition too long for an address, and nobody needs them. */
const MOST_WORDS = 4;

const spellings = (word: string): string[] => {
	const low = word.toLowerCase();
	return [...new Set([word, low, capital(low), word.toUpperCase()])];
};

export const wordsIn = (text: string): string[] =>
	text.trim().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);

/** Every word must stand in one of the fields. */
export const containsWords = (text: string, fields: readonly string[]): string =>
	allOf(
		wordsIn(text).map((word) =>
			anyOf(
				fields.flatMap((field) =>
					spellings(word).map((spelling) => `substringof(${quoted(spelling)},${field})`),
				),
			),
		),
	);

/** Items of a folder and of all folders below it, by the path up from the item: one short condition for a whole branch. */
export const inBranch = (folder: string, depthBelow: number): string =>
	anyOf(
		Array.from(
			{ length: depthBelow + 1 },
			(_, level) => `${'Parent/'.repeat(level)}Parent_Key eq ${guid(folder)}`,
		),
	);
