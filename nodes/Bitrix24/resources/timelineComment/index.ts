import { z } from 'zod';
import type { Resource } from '../../../shared/operation';
import type { ItemParameters } from '../../../shared/parameters';
import { idSchema } from '../../../shared/valueSchemas';
import type { Bitrix24Client } from '../../rest/client';
import { COMMENTED, writeComment } from '../../deals/comment';
import { commentedField } from '../card/cardFields';
import { sideBySide } from '../sideBySide';
import { getMany } from './getMany';

const readCommented = (item: ItemParameters) => ({
	entity: item.read(
		'entity',
		'Card',
		z.string().refine((value) => COMMENTED.includes(value), 'is unknown'),
	),
	id: item.read('entityId', 'Card ID', idSchema),
});

const create = sideBySide(
	{
		value: 'create',
		name: 'Create',
		action: 'Create a timeline comment',
		description: 'Write to the timeline of a card; what was said last is not said again',
		properties: [
			{
				displayName: 'Card',
				name: 'entity',
				type: 'options',
				options: [
					{ name: 'Company', value: 'company' },
					{ name: 'Contact', value: 'contact' },
					{ name: 'Deal', value: 'deal' },
					{ name: 'Invoice', value: 'invoice' },
					{ name: 'Lead', value: 'lead' },
				],
				default: 'deal',
			},
			commentedField,
			{
				displayName: 'Text',
				name: 'text',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				required: true,
			},
			{
				displayName: 'Only Once',
				name: 'once',
				type: 'boolean',
				default: true,
				description:
					'Whether to leave the timeline alone when its last comment on the same subject, the text before the first colon, says the same',
			},
		],
	},
	async (client, item) => {
		const { entity, id } = readCommented(item);
		const text = item.read('text', 'Text', z.string().trim().min(1, 'is empty'));
		const once = item.read('once', 'Only Once', z.boolean());
		return {
			entity,
			entityId: id,
			text,
			...(await writeComment(client, { entity, id, text, once })),
		};
	},
	(item) => JSON.stringify(readCommented(item)),
);

export const timelineComment: Resource<Bitrix24Client> = {
	value: 'timelineComment',
	name: 'Timeline Comment (Лента)',
	operations: [create, getMany],
};
