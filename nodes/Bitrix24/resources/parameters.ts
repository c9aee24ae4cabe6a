/** Fields that several operations share. */
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

export const idSchema = z.coerce
	.number({ message: 'must be a number' })
	.int()
	.positive('must be above zero');

export const dealId: INodeProperties = {
	displayName: 'Deal ID',
	name: 'dealId',
	type: 'string',
	default: '={{ $json.dealId }}',
	required: true,
	description: 'Number of the deal, as in its address',
};

export const invoiceId: INodeProperties = {
	displayName: 'Invoice ID',
	name: 'invoiceId',
	type: 'string',
	default: '={{ $json.invoiceId }}',
	required: true,
	description: 'Number of the smart invoice',
};

export const limitFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { returnAll: [false] } },
		default: 50,
		description: 'Max number of results to return',
	},
];

/** Filter of crm.item.list: an object whose keys are fields with a prefix of comparison. */
export const filterField: INodeProperties = {
	displayName: 'Filter',
	name: 'filter',
	type: 'json',
	default: '{}',
	description:
		'Fields with comparison prefixes, such as {"categoryId": 0, ">=updatedTime": "2026-11-01"}',
};

/** A JSON parameter: an object or a list from an expression, or its text as typed. */
export const jsonSchema = z.unknown().transform((value, context) => {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value.trim() || '{}') as unknown;
	} catch {
		context.addIssue({ code: 'custom', message: 'is not valid JSON' });
		return z.NEVER;
	}
});

export const objectSchema = jsonSchema.pipe(
	z.record(z.unknown(), { message: 'must be a JSON object' }),
);
