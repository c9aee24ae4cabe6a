import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { changesJson, nodeOf, readChanges, readNode } from '../changes/exchangeNode';
import type { ItemOperation, Resource } from '../../shared/operation';
import type { ItemParameters } from '../../shared/parameters';
import type { Session } from '../session';
import { idSchema } from '../../shared/valueSchemas';

export const exchangeNode: INodeProperties = {
	displayName: 'Exchange Node Name or ID',
	name: 'node',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getExchangeNodes' },
	default: '',
	required: true,
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	hint: 'A node nobody else reads: two readers take changes from each other',
};

export const withObjects: INodeProperties = {
	displayName: 'Include Objects',
	name: 'withObjects',
	type: 'boolean',
	default: true,
	description: 'Whether to add each changed object with all its fields',
};

const chosenNode = (item: ItemParameters) =>
	nodeOf(item.read('node', 'Exchange Node', z.string().trim().min(1, 'is not chosen')));

const getChanges: ItemOperation<Session> = {
	value: 'getChanges',
	name: 'Get Changes',
	action: 'Get changes by an exchange plan',
	description: 'All that changed since the last acknowledgement; nothing is taken off the list',
	properties: [exchangeNode, withObjects],
	forEach: async ({ client }, item) => {
		const node = chosenNode(item);
		const messageNo = (await readNode(client, node)).receivedNo + 1;
		const changes = await readChanges(client, node, messageNo);
		const found = await changesJson(
			client,
			changes,
			item.read('withObjects', 'Include Objects', z.boolean()),
		);
		return found.map((change) => ({ ...change, messageNo }) as IDataObject);
	},
};

const acknowledge: ItemOperation<Session> = {
	value: 'acknowledge',
	name: 'Acknowledge',
	action: 'Acknowledge changes by an exchange plan',
	description: 'Tell 1C that changes up to a message were taken; it forgets them for good',
	properties: [
		exchangeNode,
		{
			displayName: 'Message Number',
			name: 'messageNo',
			type: 'string',
			default: '={{ $json.messageNo }}',
			required: true,
			description: 'The number the changes came under',
		},
	],
	forEach: async ({ client }, item) => {
		const node = chosenNode(item);
		const messageNo = item.read('messageNo', 'Message Number', idSchema);
		const { receivedNo } = await readNode(client, node);
		if (messageNo > receivedNo) await client.confirmChanges(node, messageNo);
		return { messageNo, outcome: messageNo > receivedNo ? 'acknowledged' : 'unchanged' };
	},
};

export const exchangePlan: Resource<Session> = {
	value: 'exchangePlan',
	name: 'Exchange Plan (План обмена)',
	operations: [getChanges, acknowledge],
};
