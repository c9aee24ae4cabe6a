/** Fields of the operations on any object, and how they are read. */
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { limitFields } from '../../shared/limitFields';
import type { ItemParameters } from '../../shared/parameters';
import { fieldValueSchema, objectSchema } from '../../shared/valueSchemas';
import type { Body } from '../odata/client';
import { wallOf } from '../odata/wallOf';
import { filterFields } from './filterBuilder';

const specifyFields: INodeProperties = {
	displayName: 'Specify Fields',
	name: 'specifyFields',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Using Fields Below', value: 'mapping' },
		{ name: 'Using JSON', value: 'json' },
	],
	default: 'json',
};

const json: INodeProperties = {
	displayName: 'Fields',
	name: 'fields',
	type: 'json',
	default: '{}',
	displayOptions: { show: { specifyFields: ['json'] } },
	description:
		'Fields as in OData of 1C, such as {"Description": "…", "Parent_Key": "GUID"}. A list of rows replaces the whole section.',
};

const mapping: INodeProperties = {
	displayName: 'Columns',
	name: 'columns',
	type: 'resourceMapper',
	default: { mappingMode: 'defineBelow', value: null },
	noDataExpression: true,
	displayOptions: { show: { specifyFields: ['mapping'] } },
	typeOptions: {
		loadOptionsDependsOn: ['entity.value'],
		resourceMapper: {
			resourceMapperMethod: 'getObjectFields',
			mode: 'add',
			fieldWords: { singular: 'field', plural: 'fields' },
			addAllFields: false,
			multiKeyMatch: false,
			supportAutoMap: true,
		},
	},
};

export const writtenFields: INodeProperties[] = [specifyFields, json, mapping];

const mappedSchema = z.object({
	mappingMode: z.string().default('defineBelow'),
	value: z.record(fieldValueSchema).nullish(),
	schema: z.array(z.object({ id: z.string(), type: z.string().optional() })).default([]),
});

/** A kind of object is known to 1C by a longer name. */
const asType = (value: unknown): unknown =>
	typeof value === 'string' && value !== '' && !/^(StandardODATA|Edm)\./.test(value)
		? `StandardODATA.${value}`
		: value;

const mappedValue = (name: string, type: string | undefined, value: unknown, zone: string) => {
	if (name.endsWith('_Type')) return asType(value);
	if (type !== 'dateTime') return value;
	const wall = wallOf(String(value), zone);
	if (wall) return wall;
	throw new Problem(`${name}: "${String(value)}" is no time.`, 'Correct the field.');
};

const mapped = (item: ItemParameters, timeZone: string): Body => {
	const { value, schema, mappingMode } = item.read('columns', 'Columns', mappedSchema);
	const types = new Map(schema.map(({ id, type }) => [id, type]));
	const source = mappingMode === 'autoMapInputData' ? item.json : (value ?? {});
	return Object.fromEntries(
		Object.entries(source)
			.filter(
				([name, one]) => one !== null && (mappingMode !== 'autoMapInputData' || types.has(name)),
			)
			.map(([name, one]) => [name, mappedValue(name, types.get(name), one, timeZone)]),
	);
};

export const readFields = (item: ItemParameters, timeZone: string): Body => {
	const mode = item.read('specifyFields', 'Specify Fields', z.enum(['json', 'mapping']));
	const fields =
		mode === 'mapping' ? mapped(item, timeZone) : item.read('fields', 'Fields', objectSchema);
	if (Object.keys(fields).length > 0) return fields;
	throw new Problem('There are no fields to write.', 'Fill at least one.');
};

export const listFields: INodeProperties[] = [
	...limitFields,
	...filterFields('entity'),
	{
		displayName: 'Filter',
		name: 'filter',
		type: 'string',
		default: '',
		placeholder: "Posted eq true and Date ge datetime'2026-01-01T00:00:00'",
		description:
			'A further condition in the language of OData v3, for what the conditions above cannot say',
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
		description:
			'Fields to sort by; 1C gives no stable pages without them. With Ref_Key documents come by date and catalogs by code, the steadiest way.',
	},
	{
		displayName: 'Expand',
		name: 'expand',
		type: 'string',
		default: '',
		placeholder: 'Контрагент,ДоговорКонтрагента',
		description: 'Comma-separated references whose objects come along, without _Key',
	},
];

export const namesSchema = z.string().transform((value) =>
	value
		.split(',')
		.map((name) => name.trim())
		.filter(Boolean),
);
