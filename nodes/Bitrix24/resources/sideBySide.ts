/** Operations written for one item, which many items carry out side by side: each still has its own outcome. */
import type { IDataObject } from 'n8n-workflow';
import type { ListOperation, Outcome } from '../../shared/operation';
import type { ItemParameters } from '../../shared/parameters';
import { inRounds } from '../../shared/rounds';
import { attempt } from '../../shared/runner';
import { settled } from '../../shared/settled';
import type { Bitrix24Client } from '../rest/client';
import { gather, type Caller } from '../rest/gather';
import type { Described } from './oneCommand';

/** What an item is about; items about the same thing follow one another. */
type ThingOf = (item: ItemParameters) => string;

const namesOf = async (items: ItemParameters[], thingOf: ThingOf | undefined): Promise<string[]> =>
	await Promise.all(
		items.map(async (item, index) => {
			/** An item whose parameters are wrong says so when its turn comes. */
			const { value } = await settled(() => thingOf?.(item));
			return value ?? `#${index}`;
		}),
	);

export const sideBySide = (
	described: Described,
	forEach: (caller: Caller, item: ItemParameters) => Promise<IDataObject | IDataObject[]>,
	thingOf?: ThingOf,
): ListOperation<Bitrix24Client> => ({
	...described,
	async forAll(client, items) {
		const names = await namesOf(items, thingOf);
		return await inRounds(
			items,
			(_, index) => names[index],
			async (some) => {
				const carriedOut = await gather(
					client,
					some.map(
						(item) => async (caller) => await attempt(async () => await forEach(caller, item)),
					),
				);
				return carriedOut.map(({ value, error }): Outcome => (error ? { problem: error } : value));
			},
		);
	},
});
