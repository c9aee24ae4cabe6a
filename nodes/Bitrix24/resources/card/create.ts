import { Problem } from '../../../exchange/problem';
import type { ListOperation } from '../../../shared/operation';
import { together } from '../../../shared/together';
import type { CardKind } from '../../cards/cardKinds';
import { createCards, externalKey } from '../../cards/createCards';
import { creationOutcome } from '../../cards/upsertCards';
import type { Bitrix24Client } from '../../rest/client';
import { kindFields, mappingField, optionsField, otherFieldsOption } from './cardFields';
import { withIdName } from './cardJson';
import { knownFields, readMapped } from './mappedValues';

export const createOf = (kind: CardKind): ListOperation<Bitrix24Client> => ({
	value: 'create',
	name: 'Create',
	action: `Create a ${kind.singular}`,
	description: `Create a ${kind.singular}; fifty go in one request, and after a lost answer an external code is looked for before anything is sent again`,
	properties: [...kindFields(kind), mappingField('add'), optionsField([otherFieldsOption])],
	async forAll(client, items) {
		const known = await knownFields(client, kind, items);
		return await together(
			items,
			(item) => {
				const values = readMapped(kind, item, known);
				if (Object.keys(values.given).length === 0) {
					throw new Problem(
						'Fields: no field has a value.',
						'Fill in a field, or look why its expression gives nothing.',
					);
				}
				return { ...values, key: externalKey(values.fields) };
			},
			async (wanted) => {
				const created = await createCards(client, wanted);
				return created.map((one, index) =>
					withIdName(kind, creationOutcome(wanted[index].entityTypeId, one)),
				);
			},
		);
	},
});
