import { z } from 'zod';
import type { ItemOperation, Resource } from '../../shared/operation';
import { idSchema } from '../../shared/valueSchemas';
import type { CoMagicClient } from '../client';
import { communicationId, communicationType, readCommunicationId } from './fields';

const TYPES = ['call', 'chat', 'goal', 'offline_message'] as const;

const properties = [
	communicationType([
		['call', 'Call'],
		['chat', 'Chat'],
		['goal', 'Goal'],
		['offline_message', 'Site Request'],
	]),
	communicationId,
	{
		displayName: 'Tag Name or ID',
		name: 'tagId',
		type: 'options' as const,
		typeOptions: { loadOptionsMethod: 'getTags' },
		default: '',
		required: true,
		description:
			'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	},
];

/** A tag that is there already, or gone already, stays so: sending it twice is the same as once. */
const tagging = (
	method: string,
	words: Pick<ItemOperation<CoMagicClient>, 'value' | 'name' | 'action' | 'description'>,
): ItemOperation<CoMagicClient> => ({
	...words,
	properties,
	async forEach(client, item) {
		const type = item.read('communicationType', 'Communication Type', z.enum(TYPES));
		const id = readCommunicationId(item);
		const tag = item.read('tagId', 'Tag', idSchema);
		await client.call({
			method,
			params: { communication_id: id, communication_type: type, tag_id: tag },
			repeatable: true,
		});
		return { communicationId: id, communicationType: type, tagId: tag };
	},
});

export const tag: Resource<CoMagicClient> = {
	value: 'tag',
	name: 'Tag (Тег)',
	operations: [
		tagging('set.tag_communications', {
			value: 'set',
			name: 'Set',
			action: 'Set a tag on a communication',
			description: 'Mark a communication; one that has the tag is left alone',
		}),
		tagging('unset.tag_communications', {
			value: 'unset',
			name: 'Unset',
			action: 'Unset a tag of a communication',
			description: 'Take a mark off a communication',
		}),
	],
};
