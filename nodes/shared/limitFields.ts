/** Return All and Limit, as every operation that lists has them. */
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { ItemParameters } from './parameters';
import { idSchema } from './valueSchemas';

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

/** How many results are asked for; undefined means all. */
export const readLimit = (item: ItemParameters): number | undefined =>
	item.read('returnAll', 'Return All', z.boolean())
		? undefined
		: item.read('limit', 'Limit', idSchema);
