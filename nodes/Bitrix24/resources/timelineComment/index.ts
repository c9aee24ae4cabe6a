import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { ListOperation, Resource } from '../../../shared/operation';
import type { ItemParameters } from '../../../shared/parameters';
import { eachItem } from '../../../shared/together';
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

const commentFields: INodeProperties[] = [
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
];

const readText = (item: ItemParameters): string =>
	item.read('text', 'Text', z.string().trim().min(1, 'is empty'));

const create = sideBySide(
	{
		value: 'create',
		name: 'Create',
		action: 'Create a timeline comment',
		description: 'Write to the timeline of a card; what was said last is not said again',
		properties: [
			...commentFields,
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
		const text = readText(item);
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

const fileNames = z
	.string()
	.transform((text) =>
		text
			.split(',')
			.map((name) => name.trim())
			.filter(Boolean),
	)
	.refine((names) => names.length > 0, 'names no field');

const createWithFiles: ListOperation<Bitrix24Client> = {
	value: 'createWithFiles',
	name: 'Create With Files',
	action: 'Create a timeline comment with files',
	description:
		'Write to the timeline of a card and attach files; said again, the same comment gets the new files instead of a second one',
	properties: [
		...commentFields,
		{
			displayName: 'Input Binary Fields',
			name: 'binaryProperties',
			type: 'string',
			default: 'data',
			required: true,
			hint: 'The names of the input binary fields with the files, separated by commas',
		},
	],
	forAll: async (client, items) =>
		await eachItem(items, async (item) => {
			const { entity, id } = readCommented(item);
			const text = readText(item);
			const files: Array<[string, string]> = [];
			for (const name of item.read('binaryProperties', 'Input Binary Fields', fileNames)) {
				const file = await item.takeFile(name);
				files.push([file.name, file.bytes.toString('base64')]);
			}
			const written = await writeComment(client, { entity, id, text, once: true, files });
			return { items: [{ json: { entity, entityId: id, text, ...written } }] };
		}),
};

export const timelineComment: Resource<Bitrix24Client> = {
	value: 'timelineComment',
	name: 'Timeline Comment (Лента)',
	operations: [create, createWithFiles, getMany],
};
