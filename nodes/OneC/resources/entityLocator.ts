/** A set of the base chosen from the list of all it has, or by its name. */
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { isName } from '../odata/odata';
import { textSchema } from '../../shared/valueSchemas';

export const entityLocator = (more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: 'Entity',
	name: 'entity',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'Kind and name of the object, as in OData of 1C',
	hint: 'The list is read from the base; a large one takes half a minute for the first time',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchEntities', searchable: true },
		},
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'Document_ЗаказПокупателя',
		},
	],
	...more,
});

export const entitySchema = textSchema.pipe(
	z
		.string()
		.min(1, 'is not chosen')
		.refine(isName, 'must be a name such as Document_ЗаказПокупателя'),
);
