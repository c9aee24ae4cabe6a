import type { IBinaryKeyData, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { ListOperation, Resource } from '../../shared/operation';
import type { ItemParameters } from '../../shared/parameters';
import { eachItem } from '../../shared/together';
import { CARD_KINDS } from '../cards/cardKinds';
import { downloadFiles, filesOf, uploadFile } from '../cards/cardFiles';
import type { Bitrix24Client } from '../rest/client';
import { gather } from '../rest/gather';
import { ownerFields, ownerJson, readOwner } from './card/cardFields';

const fileField: INodeProperties = {
	displayName: 'Field Name or ID',
	name: 'field',
	type: 'options',
	typeOptions: {
		loadOptionsMethod: 'getFileFields',
		loadOptionsDependsOn: ['owner', 'entityTypeId'],
	},
	default: '',
	required: true,
	description:
		'A field of type File. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const name = z.string().trim().min(1, 'is empty');

const readField = (item: ItemParameters) => {
	const card = readOwner(item);
	return { card, field: { ...card, field: item.read('field', 'Field', name) } };
};

const download: ListOperation<Bitrix24Client> = {
	value: 'download',
	name: 'Download',
	action: 'Download a file of a card',
	description: 'The files in a field of a card, as binary data; one item each',
	properties: [
		...ownerFields(CARD_KINDS),
		fileField,
		{
			displayName: 'Put Output File in Field',
			name: 'binaryProperty',
			type: 'string',
			default: 'data',
			required: true,
			hint: 'The name of the output binary field to put the file in',
		},
	],
	async forAll(client, items) {
		const read = await gather(
			client,
			items.map((item) => async (caller) => {
				const { card, field } = readField(item);
				return { card, stored: await filesOf(caller, field) };
			}),
		);
		return await eachItem(items, async (item, position) => {
			const { value, error } = read[position];
			if (error) throw error;
			const { card, stored } = value;
			const property = item.read('binaryProperty', 'Put Output File in Field', name);
			const files = await downloadFiles(client, stored);
			return {
				items: await Promise.all(
					files.map(async (file) => ({
						json: { ...ownerJson(card), fileId: file.id, fileName: file.name, mimeType: file.type },
						binary: { [property]: await item.keepFile(file) } as IBinaryKeyData,
					})),
				),
			};
		});
	},
};

const upload: ListOperation<Bitrix24Client> = {
	value: 'upload',
	name: 'Upload',
	action: 'Upload a file to a card',
	description: 'Put a file into a field of a card; a multiple field keeps those it has',
	properties: [
		...ownerFields(CARD_KINDS),
		fileField,
		{
			displayName: 'Input Data Field Name',
			name: 'binaryProperty',
			type: 'string',
			default: 'data',
			required: true,
			hint: 'The name of the input binary field containing the file to be uploaded',
		},
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			description: 'The name of the input file when empty',
		},
	],
	forAll: async (client, items) =>
		await eachItem(items, async (item) => {
			const { card, field } = readField(item);
			const taken = await item.takeFile(item.read('binaryProperty', 'Input Data Field Name', name));
			const fileName = item.read('fileName', 'File Name', z.string().trim()) || taken.name;
			const files = await uploadFile(client, field, { name: fileName, bytes: taken.bytes });
			const fileIds = files.map(({ id }) => id);
			return { items: [{ json: { ...ownerJson(card), field: field.field, fileName, fileIds } }] };
		}),
};

export const file: Resource<Bitrix24Client> = {
	value: 'file',
	name: 'File (Файл)',
	operations: [download, upload],
};
