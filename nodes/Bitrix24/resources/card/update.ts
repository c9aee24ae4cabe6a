import type { ListOperation } from '../../../shared/operation';
import { together } from '../../../shared/together';
import type { CardKind } from '../../cards/cardKinds';
import { writtenCard } from '../../cards/cardWrites';
import type { Bitrix24Client } from '../../rest/client';
import { writeDifferences } from '../../rest/write';
import {
	kindFields,
	mappingField,
	optionsField,
	otherFieldsOption,
	readRecord,
	recordField,
} from './cardFields';
import { withIdName } from './cardJson';
import { knownFields, readMapped } from './mappedValues';

export const updateOf = (kind: CardKind): ListOperation<Bitrix24Client> => ({
	value: 'update',
	name: 'Update',
	action: `Update a ${kind.singular}`,
	description: `Write the fields that differ; a ${kind.singular} that already has the values is left alone`,
	properties: [
		...kindFields(kind),
		recordField(kind),
		mappingField('add'),
		optionsField([otherFieldsOption]),
	],
	async forAll(client, items) {
		const known = await knownFields(client, kind, items);
		return await together(
			items,
			(item) => writtenCard(readMapped(kind, item, known), readRecord(kind, item)),
			async (wanted) =>
				(await writeDifferences(client, wanted)).map((outcome) => withIdName(kind, outcome)),
		);
	},
});
