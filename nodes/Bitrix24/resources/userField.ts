import { z } from 'zod';
import type { Resource } from '../../shared/operation';
import { CARD_KINDS } from '../cards/cardKinds';
import type { Bitrix24Client } from '../rest/client';
import { makeUserField, readUserFields } from '../setup/userFields';
import { ownerFields, readKind, readTypeId } from './card/cardFields';
import { sideBySide } from './sideBySide';
import { textSchema } from '../../shared/valueSchemas';

const kind = ownerFields(CARD_KINDS).filter(({ name }) => name !== 'ownerId');

const codeSchema = z.string().trim().min(1, 'is empty');

const getMany = sideBySide(
	{
		value: 'getAll',
		name: 'Get Many',
		action: 'Get many user fields',
		description: 'User fields of a kind of cards, with titles, types and values of lists',
		properties: kind,
	},
	async (client, item) => {
		const fields = await readUserFields(client, readTypeId(readKind(item), item));
		return fields.map((field) => ({ ...field }));
	},
);

const create = sideBySide(
	{
		value: 'create',
		name: 'Create',
		action: 'Create a user field',
		description:
			'A field of this name is made, or found when it exists; needs the scope userfieldconfig',
		properties: [
			...kind,
			{
				displayName: 'Code',
				name: 'code',
				type: 'string',
				default: '',
				required: true,
				placeholder: 'ORDER_NUMBER',
				description: 'Latin letters, digits and underscores; the portal puts its prefix before it',
			},
			{
				displayName: 'Title',
				name: 'title',
				type: 'string',
				default: '',
				required: true,
				description: 'What people see in the card',
			},
			{
				displayName: 'Type',
				name: 'type',
				type: 'options',
				options: [
					{ name: 'Date', value: 'date' },
					{ name: 'Date and Time', value: 'datetime' },
					{ name: 'File', value: 'file' },
					{ name: 'Link', value: 'url' },
					{ name: 'List', value: 'enumeration' },
					{ name: 'Money', value: 'money' },
					{ name: 'Number', value: 'double' },
					{ name: 'Text', value: 'string' },
					{ name: 'User', value: 'employee' },
					{ name: 'Whole Number', value: 'integer' },
					{ name: 'Yes or No', value: 'boolean' },
				],
				default: 'string',
			},
			{
				displayName: 'Values',
				name: 'values',
				type: 'string',
				typeOptions: { rows: 4 },
				displayOptions: { show: { type: ['enumeration'] } },
				default: '',
				description: 'Values of the list, one a line',
			},
			{
				displayName: 'Multiple',
				name: 'multiple',
				type: 'boolean',
				default: false,
				description: 'Whether the field holds several values',
			},
		],
	},
	async (client, item) => {
		const type = item.read('type', 'Type', z.string());
		const lines =
			type === 'enumeration' ? item.read('values', 'Values', textSchema).split('\n') : [];
		const { field, outcome } = await makeUserField(client, readTypeId(readKind(item), item), {
			code: item.read('code', 'Code', codeSchema),
			title: item.read('title', 'Title', z.string().trim().min(1, 'is empty')),
			type,
			isMultiple: item.read('multiple', 'Multiple', z.boolean()),
			values: lines.map((line) => line.trim()).filter((line) => line !== ''),
		});
		return { ...field, outcome };
	},
	(item) =>
		`${readTypeId(readKind(item), item)} ${item.read('code', 'Code', codeSchema).toUpperCase()}`,
);

export const userField: Resource<Bitrix24Client> = {
	value: 'userField',
	name: 'User Field (Пользовательское Поле)',
	operations: [getMany, create],
};
