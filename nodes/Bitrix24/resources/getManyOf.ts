import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { ItemOperation } from '../../shared/operation';
import type { Bitrix24Client } from '../client';
import { filterField, limitFields, objectSchema } from './parameters';

/** Get Many of a crm.item type: page after page by ID, as many as asked for. */
export const getManyOf = (
	entityTypeId: number,
	plural: string,
	toJson: (item: Record<string, unknown>) => IDataObject,
): ItemOperation<Bitrix24Client> => ({
	value: 'getAll',
	name: 'Get Many',
	action: `Get many ${plural}`,
	description: `Get many ${plural} that fit a filter`,
	properties: [...limitFields, filterField],
	async forEach(client, item) {
		const all = item.read('returnAll', 'Return All', z.boolean());
		const limit = all ? undefined : item.read('limit', 'Limit', z.number().int().positive());
		const filter = item.read('filter', 'Filter', objectSchema);
		const rows = await client.items(
			{ entityTypeId, filter, select: ['*', 'UF_*'], useOriginalUfNames: 'Y' },
			limit,
		);
		return rows.map(toJson);
	},
});
