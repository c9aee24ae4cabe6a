/**
 * Things of one name must not both find nothing and be made twice: the second has to find what the first has made.
 * So a round holds each name once, and rounds follow one another.
 */

/** @returns the positions of each round */
export const rounds = (names: string[]): number[][] => {
	const taken = new Map<string, number>();
	const result: number[][] = [];
	names.forEach((name, index) => {
		const round = taken.get(name) ?? 0;
		taken.set(name, round + 1);
		(result[round] ??= []).push(index);
	});
	return result;
};
