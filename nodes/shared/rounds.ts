/**
 * Things of one name must not both find nothing and be made twice: the second has to find what the first has made.
 * So a round holds each name once, and rounds follow one another.
 */

/** @returns the positions of each round */
const rounds = (names: string[]): number[][] => {
	const taken = new Map<string, number>();
	const result: number[][] = [];
	names.forEach((name, index) => {
		const round = taken.get(name) ?? 0;
		taken.set(name, round + 1);
		(result[round] ??= []).push(index);
	});
	return result;
};

/** @param carryOut one round, of the given turn; its results stand in the order of its items */
export const inRounds = async <Item, Result>(
	items: readonly Item[],
	nameOf: (item: Item, index: number) => string,
	carryOut: (some: Item[], turn: number) => Promise<Result[]>,
): Promise<Result[]> => {
	const results: Result[] = [];
	for (const [turn, round] of rounds(items.map(nameOf)).entries()) {
		const some = await carryOut(
			round.map((index) => items[index]),
			turn,
		);
		round.forEach((index, at) => {
			results[index] = some[at];
		});
	}
	return results;
};
