import type { IDataObject } from 'n8n-workflow';
import type { ItemOperation, Resource } from '../../shared/operation';
import { objectSchema, requiredText } from '../../shared/valueSchemas';
import type { CoMagicClient } from '../client';

/** A token in the output would be a secret in the output. */
const methodSchema = requiredText.refine(
	(name) => !/^(login|logout)\./.test(name),
	'must not log in or out: the node does that by itself',
);

const call: ItemOperation<CoMagicClient> = {
	value: 'call',
	name: 'Call',
	action: 'Call a method of data API',
	description: 'Call any method; a writing method is never sent twice',
	properties: [
		{
			displayName: 'Method',
			name: 'method',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'get.employees',
		},
		{
			displayName: 'Parameters',
			name: 'parameters',
			type: 'json',
			default: '{}',
			description: 'Without the access token, which comes from the credential',
		},
	],
	async forEach(client, item) {
		const answer = await client.call({
			method: item.read('method', 'Method', methodSchema),
			params: item.read('parameters', 'Parameters', objectSchema),
		});
		return {
			data: answer.data as IDataObject,
			total: answer.total,
			limits: answer.limits,
		};
	},
};

export const method: Resource<CoMagicClient> = {
	value: 'method',
	name: 'Method',
	operations: [call],
};
