/** Operations that take all items: every item still has its own outcome. */
import type { Outcome } from './operation';
import type { ItemParameters } from './parameters';

/**
 * Reads each item's wish, carries out all that could be read in one go, and puts the outcomes in the items' order.
 * An item whose parameters are wrong fails alone.
 */
export const together = async <Wish>(
	items: ItemParameters[],
	read: (item: ItemParameters) => Wish,
	carryOut: (wishes: Wish[]) => Promise<Outcome[]>,
): Promise<Outcome[]> => {
	const outcomes = new Map<number, Outcome>();
	const wishes: Array<{ position: number; wish: Wish }> = [];
	items.forEach((item, position) => {
		try {
			wishes.push({ position, wish: read(item) });
		} catch (problem) {
			outcomes.set(position, { problem: problem as Error });
		}
	});
	const carriedOut = await carryOut(wishes.map(({ wish }) => wish));
	wishes.forEach(({ position }, index) => outcomes.set(position, carriedOut[index]));
	return items.map((_, position) => outcomes.get(position) as Outcome);
};

/** One item after the other, for what no batch takes, such as files. */
export const eachItem = async (
	items: ItemParameters[],
	work: (item: ItemParameters, position: number) => Promise<Outcome>,
): Promise<Outcome[]> => {
	const outcomes: Outcome[] = [];
	for (const [position, item] of items.entries()) {
		try {
			outcomes.push(await work(item, position));
		} catch (problem) {
			outcomes.push({ problem: problem as Error });
		}
	}
	return outcomes;
};
