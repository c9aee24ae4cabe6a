/** Any object of the base, for what the other resources do not cover. Names are written as OData of 1C has them. */
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { readLimit } from '../../shared/limitFields';
import type { ItemOperation, Resource } from '../../shared/operation';
import { objectSchema } from '../../shared/valueSchemas';
import { bodySchema } from '../documents/createOnce';
import { isName } from '../odata/odata';
import type { Session } from '../session';
import { writeDifferences } from '../documents/writeDifferences';
import { entity, fields, listFields } from './objectFields';
import { ref, requiredRef } from './parameters';

const entitySchema = z
	.string()
	.trim()
	.refine(isName, 'must be a name such as Document_ЗаказПокупателя');

const fieldsSchema = objectSchema.refine((value) => Object.keys(value).length > 0, 'has no fields');

const text = z.string().trim();

const get: ItemOperation<Session> = {
	value: 'get',
	name: 'Get',
	action: 'Get an object',
	description: 'One object with all its fields',
	properties: [entity, ref],
	forEach: async ({ client }, item) => {
		const set = item.read('entity', 'Entity', entitySchema);
		const key = item.read('ref', 'GUID', requiredRef);
		const found = await client.read(set, key, bodySchema);
		if (found) return found as IDataObject;
		throw new Problem(`1C has no ${set} ${key}.`, 'Check the GUID and the entity.');
	},
};

const getMany: ItemOperation<Session> = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many objects',
	description: 'Get many objects by a condition',
	properties: [entity, ...listFields],
	forEach: async ({ client }, item) => {
		const set = item.read('entity', 'Entity', entitySchema);
		const select = item.read('select', 'Select', text);
		const rows = await client.list(set, bodySchema, {
			filter: item.read('filter', 'Filter', text) || undefined,
			select: select ? select.split(',').map((name) => name.trim()) : undefined,
			orderby: item.read('orderby', 'Order By', text) || undefined,
			top: readLimit(item),
		});
		return rows as IDataObject[];
	},
};

const create: ItemOperation<Session> = {
	value: 'create',
	name: 'Create',
	action: 'Create an object',
	description: 'Send the fields as they are; 1C fills nothing in',
	properties: [entity, fields],
	forEach: async ({ client }, item) =>
		(await client.create(
			item.read('entity', 'Entity', entitySchema),
			item.read('fields', 'Fields', fieldsSchema),
		)) as IDataObject,
};

const update: ItemOperation<Session> = {
	value: 'update',
	name: 'Update',
	action: 'Update an object',
	description: 'Write the fields that differ, and check what 1C stored',
	properties: [entity, ref, fields],
	forEach: async ({ client }, item) => {
		const { object, outcome } = await writeDifferences(
			client,
			item.read('entity', 'Entity', entitySchema),
			item.read('ref', 'GUID', requiredRef),
			item.read('fields', 'Fields', fieldsSchema),
		);
		return { ...(object as IDataObject), outcome };
	},
};

const post: ItemOperation<Session> = {
	value: 'post',
	name: 'Post',
	action: 'Post a document',
	description: 'Post a document, not in operational mode',
	properties: [entity, ref],
	forEach: async ({ client }, item) => {
		const set = item.read('entity', 'Entity', entitySchema);
		const key = item.read('ref', 'GUID', requiredRef);
		await client.post(set, key);
		return { Ref_Key: key, Posted: true };
	},
};

export const object: Resource<Session> = {
	value: 'object',
	name: 'Object (Объект)',
	operations: [create, get, getMany, post, update],
};
