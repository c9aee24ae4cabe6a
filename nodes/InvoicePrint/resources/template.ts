import { z } from 'zod';
import type { ListOperation, Resource } from '../../shared/operation';
import { eachItem } from '../../shared/together';
import { DOCX } from './invoice';

const FILE_NAMES = {
	node: 'Счет на оплату (шаблон).docx',
	bitrix24: 'Счет на оплату (шаблон Битрикс24).docx',
};

const get: ListOperation<null> = {
	value: 'get',
	name: 'Get',
	action: 'Get the default template',
	description: 'The form as a Word template to edit: texts, columns, pictures',
	properties: [
		{
			displayName: 'Filled By',
			name: 'filledBy',
			type: 'options',
			options: [
				{ name: 'This Node', value: 'node' },
				{ name: 'Document Generator of Bitrix24', value: 'bitrix24' },
			],
			default: 'node',
			description: 'Who puts the invoice into the template: placeholders have other names there',
		},
		{
			displayName: 'Put Output File in Field',
			name: 'binaryProperty',
			type: 'string',
			default: 'template',
			required: true,
			hint: 'The name of the output binary field to put the file in',
		},
	],
	forAll: async (_, items) =>
		await eachItem(items, async (item) => {
			const filledBy = item.read('filledBy', 'Filled By', z.enum(['node', 'bitrix24']));
			const property = item.read(
				'binaryProperty',
				'Put Output File in Field',
				z.string().trim().min(1, 'is empty'),
			);
			const name = FILE_NAMES[filledBy];
			const { defaultTemplate } = await import('../word/defaultTemplate');
			const bytes = defaultTemplate(filledBy);
			const file = await item.keepFile({ bytes, name, type: DOCX });
			return { items: [{ json: { fileName: name }, binary: { [property]: file } }] };
		}),
};

export const template: Resource<null> = {
	value: 'template',
	name: 'Template (Шаблон)',
	operations: [get],
};
