import { z } from 'zod';
import type { ListOperation } from '../../../shared/operation';
import type { ItemParameters } from '../../../shared/parameters';
import { together } from '../../../shared/together';
import { DEAL_CARD } from '../../cards/cardKinds';
import { isForeign, typesIn } from '../../cards/fieldTypes';
import { writtenCard } from '../../cards/cardWrites';
import type { Bitrix24Client } from '../../rest/client';
import { DEAL } from '../../rest/entityTypes';
import { writeDifferences } from '../../rest/write';
import {
	cardField,
	mappingField,
	optionsField,
	otherFieldsOption,
	readCard,
} from '../card/cardFields';
import { knownFields, readMapped } from '../card/mappedValues';
import { withDealId } from './withDealId';

const fieldsSchema = z
	.object({
		field: z
			.array(z.object({ name: z.string().trim().min(1, 'is empty'), value: z.unknown() }))
			.default([]),
	})
	.transform(({ field }) => Object.fromEntries(field.map(({ name, value }) => [name, value])));

const isMapped = (item: ItemParameters): boolean =>
	item.read('fieldsBy', 'Specify Fields', z.string()) === 'mapping';

/** What a user field of the portal's own holds, only the portal can say. */
const needsFields = (item: ItemParameters): boolean => {
	try {
		if (isMapped(item)) return true;
		return Object.keys(item.read('fields', 'Fields', fieldsSchema)).some(isForeign);
	} catch {
		/** An item that cannot be read says so when its turn comes. */
		return false;
	}
};

export const update: ListOperation<Bitrix24Client> = {
	value: 'update',
	name: 'Update',
	action: 'Update a deal',
	description: 'Write the fields that differ; a deal that already has the values is left alone',
	properties: [
		cardField(DEAL_CARD),
		{
			displayName: 'Specify Fields',
			name: 'fieldsBy',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'By Name', value: 'name', description: 'Names and values, typed by hand' },
				{
					name: 'From the Portal',
					value: 'mapping',
					description: 'The fields the portal has, with their titles and lists of values',
				},
			],
			default: 'name',
		},
		...[mappingField('add'), optionsField([otherFieldsOption])].map((field) => ({
			...field,
			displayOptions: { show: { fieldsBy: ['mapping'] } },
		})),
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			displayOptions: { show: { fieldsBy: ['name'] } },
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Field',
					name: 'field',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'UF_CRM_1C_INVOICE_NUMBER',
							description: 'Field of crm.item for deals: camelCase, user fields by their own name',
						},
						{ displayName: 'Value', name: 'value', type: 'string', default: '' },
					],
				},
			],
		},
	],
	async forAll(client, items) {
		const known = await knownFields(client, DEAL_CARD, items.filter(needsFields));
		return await together(
			items,
			(item) => {
				const id = readCard(DEAL_CARD, item);
				if (isMapped(item)) return writtenCard(readMapped(DEAL_CARD, item, known), id);
				const fields = item.read('fields', 'Fields', fieldsSchema);
				const typeOf = needsFields(item) ? typesIn(known(DEAL)) : undefined;
				return { entityTypeId: DEAL, id, change: () => fields, typeOf };
			},
			async (wanted) => (await writeDifferences(client, wanted)).map(withDealId),
		);
	},
};
