import type { IDataObject } from 'n8n-workflow';
import type { ItemOperation } from '../../shared/operation';
import { listItems } from '../itemList';
import { limitFields, readLimit } from '../../shared/limitFields';
import { objectSchema } from '../../shared/valueSchemas';
import type { Bitrix24Client } from '../client';
import { filterField } from './parameters';

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
		const filter = item.read('filter', 'Filter', objectSchema);
		const rows = await listItems(
			client,
			{ entityTypeId, filter, select: ['*', 'UF_*'], useOriginalUfNames: 'Y' },
			readLimit(item),
		);
		return rows.map(toJson);
	},
});
