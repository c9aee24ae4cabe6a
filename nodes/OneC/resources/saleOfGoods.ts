import type { IDataObject } from 'n8n-workflow';
import { Problem } from '../../exchange/problem';
import type { ItemOperation, Resource } from '../../shared/operation';
import { bodySchema } from '../documents/createOnce';
import { listedJson, SALES } from '../documents/documentLists';
import type { Session } from '../session';
import { getManyDocuments } from './documentListOperation';
import { ref, requiredRef } from './parameters';

const get: ItemOperation<Session> = {
	value: 'get',
	name: 'Get',
	action: 'Get a sale of goods',
	description: 'The document with all its fields and rows as 1C stores them',
	properties: [ref],
	forEach: async ({ client }, item) => {
		const key = item.read('ref', 'GUID', requiredRef);
		const stored = await client.read(SALES.set, key, bodySchema);
		if (stored) return listedJson(SALES, stored, client.base, true) as IDataObject;
		throw new Problem(`1C has no ${SALES.title} ${key}.`, 'Check the GUID.');
	},
};

export const saleOfGoods: Resource<Session> = {
	value: 'saleOfGoods',
	name: SALES.title,
	operations: [
		getManyDocuments({ plural: 'sales of goods', kinds: () => [SALES], withCounterparty: true }),
		get,
	],
};
