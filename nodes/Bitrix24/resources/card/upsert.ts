import { z } from 'zod';
import type { ListOperation } from '../../../shared/operation';
import { together } from '../../../shared/together';
import type { CardKind } from '../../cards/cardKinds';
import { isCommunication } from '../../cards/communications';
import { wholeKey } from '../../cards/findCards';
import { upsertCards, type Upsert } from '../../cards/upsertCards';
import type { Bitrix24Client } from '../../rest/client';
import {
	kindFields,
	mappingField,
	optionsField,
	otherFieldsOption,
	readOption,
} from './cardFields';
import { withIdName } from './cardJson';
import { knownFields, readMapped, type Mapped } from './mappedValues';

/** What identifies the card; without a choice in the editor, the first external code among the values. */
const keyOf = ({ given, fields, matchingColumns }: Mapped): Upsert['key'] => {
	const columns =
		matchingColumns.length > 0
			? matchingColumns
			: ['xmlId', 'originId'].filter((name) => name in fields).slice(0, 1);
	return wholeKey(
		Object.fromEntries(
			columns.map((name) => [name, isCommunication(name) ? given[name] : fields[name]]),
		),
	);
};

export const upsertOf = (kind: CardKind): ListOperation<Bitrix24Client> => ({
	value: 'upsert',
	name: 'Create or Update',
	action: `Create or update a ${kind.singular}`,
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	properties: [
		...kindFields(kind),
		mappingField('upsert'),
		optionsField([
			otherFieldsOption,
			{
				displayName: 'Update the Oldest',
				name: 'takesOldest',
				type: 'boolean',
				default: false,
				description: 'Whether to update the oldest card where several match, instead of failing',
			},
		]),
	],
	async forAll(client, items) {
		const known = await knownFields(client, kind, items);
		return await together(
			items,
			(item): Upsert => {
				const values = readMapped(kind, item, known);
				const takesOldest =
					readOption(item, 'takesOldest', 'Update the Oldest', z.boolean()) ?? false;
				return { ...values, key: keyOf(values), takesOldest };
			},
			async (wanted) =>
				(await upsertCards(client, wanted)).map((outcome) => withIdName(kind, outcome)),
		);
	},
});
