/** Fields of the operations on any object. */
import type { INodeProperties } from 'n8n-workflow';
import { limitFields } from '../../shared/limitFields';

export const entity: INodeProperties = {
	displayName: 'Entity',
	name: 'entity',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'Document_ЗаказПокупателя',
	description: 'Kind and name of the object, as in OData of 1C',
};

export const fields: INodeProperties = {
	displayName: 'Fields',
	name: 'fields',
	type: 'json',
	default: '{}',
	description:
		'Fields as in OData of 1C, such as {"Description": "…", "Parent_Key": "GUID"}. A list of rows replaces the whole section.',
};

export const listFields: INodeProperties[] = [
	...limitFields,
	{
		displayName: 'Filter',
		name: 'filter',
		type: 'string',
		default: '',
		placeholder: "Posted eq true and Date ge datetime'2026-01-01T00:00:00'",
		description: 'Condition in the language of OData v3; a composite field needs cast()',
	},
	{
		displayName: 'Select',
		name: 'select',
		type: 'string',
		default: '',
		placeholder: 'Ref_Key,Number,Date',
		description: 'Comma-separated fields; all when empty',
	},
	{
		displayName: 'Order By',
		name: 'orderby',
		type: 'string',
		default: 'Ref_Key',
		description: 'Fields to sort by; 1C gives no stable pages without them',
	},
];
