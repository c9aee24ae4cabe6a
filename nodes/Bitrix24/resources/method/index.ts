import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { ItemOperation, Resource } from '../../../shared/operation';
import { objectSchema } from '../../../shared/valueSchemas';
import type { Bitrix24Client } from '../../rest/client';

const call: ItemOperation<Bitrix24Client> = {
	value: 'call',
	name: 'Call',
	action: 'Call a REST method',
	description: 'Call any Bitrix24 REST method; a writing method is never sent twice',
	properties: [
		{
			displayName: 'Method',
			name: 'method',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'crm.item.list',
		},
		{
			displayName: 'Parameters',
			name: 'parameters',
			type: 'json',
			default: '{}',
		},
	],
	async forEach(client, item) {
		const method = item.read('method', 'Method', z.string().trim().min(1, 'is empty'));
		const params = item.read('parameters', 'Parameters', objectSchema);
		return { result: (await client.call({ method, params })) as IDataObject };
	},
};

export const method: Resource<Bitrix24Client> = {
	value: 'method',
	name: 'Method',
	operations: [call],
};
