/** Any object of the base, for what the other resources do not cover. Names are written as OData of 1C has them. */
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { readLimit } from '../../shared/limitFields';
import type { ItemOperation, Resource } from '../../shared/operation';
import { settled } from '../../shared/settled';
import { bodySchema } from '../documents/createOnce';
import { readByCode, readByDate } from '../documents/steadyPages';
import { Refusal } from '../odata/answers';
import type { Body, OneCClient } from '../odata/client';
import type { Query } from '../odata/odata';
import { readShape } from '../metadata/readShape';
import { typesOf } from '../metadata/valueTypes';
import type { Session } from '../session';
import { writeDifferences } from '../documents/writeDifferences';
import { entityLocator, entitySchema } from './entityLocator';
import { readConditions } from './filterBuilder';
import { listFields, namesSchema, readFields, writtenFields } from './objectFields';
import { ref, requiredRef } from './parameters';

const text = z.string().trim();

const entity = entityLocator();

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

/** Registers and rows have keys of their own, and without an order 1C gives no stable pages. */
const orderOf = async (
	client: OneCClient,
	set: string,
	orderby: string | undefined,
): Promise<string | undefined> => {
	if (orderby !== 'Ref_Key' || !set.includes('Register_')) return orderby;
	return (await readShape(client)).keyOf(set) ?? orderby;
};

const isUnknownName = (error: Error): boolean => error instanceof Refusal && error.code === '6';

/** How objects in no particular order are read the steadiest way. */
const STEADY = [
	{ sets: /^Document_[^_]+$/, field: 'Date', read: readByDate },
	{ sets: /^(Catalog|ChartOf\w+)_[^_]+$/, field: 'Code', read: readByCode },
];

const readObjects = async (client: OneCClient, set: string, query: Query): Promise<Body[]> => {
	const { filter, orderby, expand, top } = query;
	const select = query.select?.length ? query.select : undefined;
	const steady = STEADY.find(({ sets }) => sets.test(set));
	const hasField = !select || select.includes(steady?.field ?? '');
	if (steady && hasField && orderby === 'Ref_Key' && !expand) {
		const read = await settled(async () => await steady.read(client, set, { filter, select }, top));
		/** A catalog may have no codes. */
		if (!read.error) return read.value;
		if (!isUnknownName(read.error)) throw read.error;
	}
	return await client.list(set, bodySchema, {
		...query,
		select,
		orderby: await orderOf(client, set, orderby),
	});
};

const getMany: ItemOperation<Session> = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many objects',
	description: 'Get many objects by a condition',
	properties: [entity, ...listFields],
	forEach: async (session, item) => {
		const set = item.read('entity', 'Entity', entitySchema);
		const own = item.read('filter', 'Filter', text);
		const built = await readConditions(session, item, set);
		const filter = [own && `(${own})`, built].filter(Boolean).join(' and ') || undefined;
		const expand = item.read('expand', 'Expand', namesSchema);
		const select = item.read('select', 'Select', namesSchema);
		const orderby = item.read('orderby', 'Order By', text) || undefined;
		return (await readObjects(session.client, set, {
			filter,
			orderby,
			/** What is not selected is not expanded, and 1C does not say so [live probes of УТ 11]. */
			select: expand.length > 0 ? [...(select.length > 0 ? select : ['*']), ...expand] : select,
			expand: expand.join(',') || undefined,
			top: readLimit(item),
		})) as IDataObject[];
	},
};

const create: ItemOperation<Session> = {
	value: 'create',
	name: 'Create',
	action: 'Create an object',
	description: 'Send the fields as they are; 1C fills nothing in',
	properties: [entity, ...writtenFields],
	forEach: async ({ client }, item) =>
		(await client.create(
			item.read('entity', 'Entity', entitySchema),
			readFields(item, client.base.timeZone),
		)) as IDataObject,
};

const update: ItemOperation<Session> = {
	value: 'update',
	name: 'Update',
	action: 'Update an object',
	description: 'Write the fields that differ, and check what 1C stored',
	properties: [entity, ref, ...writtenFields],
	forEach: async ({ client }, item) => {
		const set = item.read('entity', 'Entity', entitySchema);
		const key = item.read('ref', 'GUID', requiredRef);
		const fields = readFields(item, client.base.timeZone);
		const typeOf = typesOf(await readShape(client), set);
		const { object, outcome } = await writeDifferences(client, set, key, fields, typeOf);
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
