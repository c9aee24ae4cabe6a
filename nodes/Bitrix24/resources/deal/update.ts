import { z } from 'zod';
import type { ListOperation } from '../../../shared/operation';
import { together } from '../../../shared/together';
import { idSchema } from '../../../shared/valueSchemas';
import type { Bitrix24Client } from '../../client';
import { DEAL } from '../../entityTypes';
import { writeDifferences } from '../../write';
import { withDealId } from './withDealId';
import { dealId } from '../parameters';

const fieldsSchema = z
	.object({
		field: z
			.array(z.object({ name: z.string().trim().min(1, 'is empty'), value: z.unknown() }))
			.default([]),
	})
	.transform(({ field }) => Object.fromEntries(field.map(({ name, value }) => [name, value])));

export const update: ListOperation<Bitrix24Client> = {
	value: 'update',
	name: 'Update',
	action: 'Update a deal',
	description: 'Write the fields that differ; a deal that already has the values is left alone',
	properties: [
		dealId,
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
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
	forAll: async (client, items) =>
		await together(
			items,
			(item) => {
				const fields = item.read('fields', 'Fields', fieldsSchema);
				return {
					entityTypeId: DEAL,
					id: item.read('dealId', 'Deal ID', idSchema),
					change: () => fields,
				};
			},
			async (wanted) => (await writeDifferences(client, wanted)).map(withDealId),
		),
};
