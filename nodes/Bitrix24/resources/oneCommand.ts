/** Operations that are one REST method for each item: fifty go in one request, and every item has its own outcome. */
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { ListOperation } from '../../shared/operation';
import type { ItemParameters } from '../../shared/parameters';
import { attempt } from '../../shared/runner';
import { together } from '../../shared/together';
import { withoutTokens } from '../cards/withoutTokens';
import type { Bitrix24Client, Command } from '../rest/client';
import { replies } from '../rest/replies';
import { required } from '../rest/reply';

interface Wish {
	command: Command;
	/** What the node gives of the method's result. */
	toJson(result: unknown): IDataObject | IDataObject[];
}

export type Described = Omit<ListOperation<Bitrix24Client>, 'forAll'>;

export const oneCommand = (
	described: Described,
	read: (item: ItemParameters) => Wish,
): ListOperation<Bitrix24Client> => ({
	...described,
	forAll: async (client, items) =>
		await together(items, read, async (wishes) => {
			const all = await replies(
				client,
				wishes.map(({ command }) => command),
			);
			return await Promise.all(
				wishes.map(
					async ({ toJson }, index) =>
						await attempt(() => withoutTokens(toJson(required(all[index], z.unknown())))),
				),
			);
		}),
});
