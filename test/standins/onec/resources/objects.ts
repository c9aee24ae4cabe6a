/**
 * Objects as OData resources: the set, one entity, what is reached from it through references, /Post and /Unpost, and
 * tabular sections as read-only sets of their own (reference 1c-ut103.md §2). Bystanders, see metadata.ts, only read.
 */
import { bodyOf } from '../body';
import type { Changes } from '../changes';
import { objectType, objectTypes, type ObjectType } from '../model/metadata';
import {
	accessDenied,
	badKey,
	badOption,
	badPropertyValue,
	forbiddenMethod,
	notImplemented,
	rowsAreReadOnly,
	unknownInstance,
	unknownMethod,
	unknownSegment,
} from '../odata/errors';
import { addressOf } from '../odata/address';
import type { Query, Segment } from '../odata/url';
import type { Reading } from '../reading';
import { replacementBody } from '../replacement';
import type { Answer, ServiceRequest } from '../request';
import type { Entity, Store } from '../store';
import type { BaseSwitches } from '../switches';
import { rowsOf } from '../values';
import type { WriteOptions, Writing } from '../writing';

export interface ResourceContext {
	store: Store;
	writing: Writing;
	changes: Changes;
	switches: BaseSwitches;
	request: ServiceRequest;
	reading: Reading;
	query: Query;
}

export function objectResource(
	context: ResourceContext,
	type: ObjectType,
	path: Segment[],
): Answer {
	const [set, ...rest] = path;
	if (context.request.method !== 'GET') checkWritable(context, type);
	if (set.args) return entityResource(context, type, set, rest);
	if (rest.length > 1) throw unknownSegment(rest[1].name);
	return setResource(context, type, rest[0]);
}

function checkWritable({ store }: ResourceContext, type: ObjectType): void {
	if (type.bystander) throw notImplemented(`Запись ${type.name}`);
	if (store.readOnly.has(type.name)) throw accessDenied();
}

function setResource(context: ResourceContext, type: ObjectType, next?: Segment): Answer {
	const { request, reading, store } = context;
	const rows = store.rows(type.name);
	if (next?.name === '$count') return reading.count(rows, type);
	if (next) throw next.args ? unknownMethod() : unknownSegment(next.name);
	if (request.method === 'GET') return reading.collection(rows, type, type.name);
	if (request.method !== 'POST') throw forbiddenMethod();
	return create(context, type);
}

function create(context: ResourceContext, type: ObjectType): Answer {
	const { request, reading, writing, switches } = context;
	const entity = writing.create(type, bodyOf(request, type), writeOptions(request));
	const version = switches.newDataVersion === 'null' ? null : entity.row.DataVersion;
	const answer = reading.written({ ...entity.row, DataVersion: version }, type, 201);
	const location = `${request.root}${addressOf(type, entity.row)}`;
	return { ...answer, headers: { ...answer.headers, Location: location } };
}

const writeOptions = ({ headers }: ServiceRequest): WriteOptions => ({
	loadMode: headers['1c_odata-dataloadmode']?.toLowerCase() === 'true',
	ifMatch: headers['if-match'],
});

export function keyOf({ args }: Segment): string {
	const literal = args?.get('') ?? args?.get('Ref_Key');
	if (!literal || literal.type !== 'guid') throw badKey();
	return literal.value;
}

function entityResource(
	context: ResourceContext,
	type: ObjectType,
	set: Segment,
	[next, ...rest]: Segment[],
): Answer {
	const entity = context.store.find(keyOf(set));
	if (!entity || entity.type !== type) throw unknownInstance(type.object);
	if (!next) return oneEntity(context, entity);
	if (next.name === 'Post' || next.name === 'Unpost') return command(context, entity, next);
	if (context.request.method !== 'GET') throw forbiddenMethod();
	return part(context, entity, next, rest);
}

function oneEntity({ request, reading, writing }: ResourceContext, entity: Entity): Answer {
	const { type } = entity;
	switch (request.method) {
		case 'GET':
			return reading.entity(entity.row, type);
		case 'PATCH':
			writing.patch(entity, bodyOf(request, type), writeOptions(request));
			return reading.written(entity.row, type, 200);
		case 'PUT':
			writing.patch(entity, replacementBody(bodyOf(request, type), type), writeOptions(request));
			return reading.written(entity.row, type, 200);
		case 'DELETE':
			writing.remove(entity, writeOptions(request));
			return { status: 204, body: '' };
		default:
			throw forbiddenMethod();
	}
}

function command(context: ResourceContext, entity: Entity, { name, args }: Segment): Answer {
	if (entity.type.kind !== 'Document') throw unknownMethod();
	if (context.request.method !== 'POST') throw forbiddenMethod();
	const literal = args?.get('PostingModeOperational');
	const mode = context.query.get('PostingModeOperational') ?? (literal && String(literal.value));
	if (name === 'Unpost') context.writing.unpost(entity);
	else context.writing.post(entity, isOperational(mode, context.switches));
	if (context.switches.postAnswer === 'empty') return { status: 200, body: '' };
	return context.reading.written(entity.row, entity.type, 200);
}

function isOperational(mode: string | undefined, switches: BaseSwitches): boolean {
	if (mode === undefined) return switches.defaultPostingMode === 'operational';
	if (mode !== 'true' && mode !== 'false') throw badOption('PostingModeOperational');
	return mode === 'true';
}

/** «Через точку»: along references to any depth, up to a value or a whole object. */
function part(
	context: ResourceContext,
	{ row, type }: Entity,
	{ name, args }: Segment,
	rest: Segment[],
): Answer {
	if (args) throw unknownMethod();
	const { reading, store } = context;
	const table = type.tables.get(name);
	const set = type.navigation.get(name);
	if (set) {
		const target = store.find(String(row[`${name}_Key`]));
		if (!target || target.type !== objectType(set)) throw unknownInstance(objectType(set).object);
		return rest.length > 0
			? part(context, target, rest[0], rest.slice(1))
			: reading.entity(target.row, target.type);
	}
	if (rest.length > 0) throw unknownSegment(rest[0].name);
	if (table) return reading.collection(rowsOf(row, name), table, table.name);
	if (type.properties.has(name)) return reading.property(row, type, name);
	throw unknownSegment(name);
}

/** Document_X_Товары: the owner's set is whatever object has such a tabular section. */
export function tableOwner(set: string): { type: ObjectType; table: string } | undefined {
	for (const type of objectTypes.values()) {
		const table = set.startsWith(`${type.name}_`) ? set.slice(type.name.length + 1) : '';
		if (type.tables.has(table)) return { type, table };
	}
	return undefined;
}

export function tableResource(context: ResourceContext, set: string, path: Segment[]): Answer {
	const owner = tableOwner(set);
	const type = owner?.type.tables.get(owner.table);
	if (!owner || !type) throw unknownSegment(set);
	const { request, reading, store } = context;
	if (request.method !== 'GET') throw rowsAreReadOnly();
	const rows = store.in(owner.type.name).flatMap(({ row }) => rowsOf(row, owner.table));
	const [{ args }, next] = path;
	if (next?.name === '$count' && !args) return reading.count(rows, type);
	if (next) throw unknownSegment(next.name);
	if (!args) return reading.collection(rows, type, type.name);
	const line = args.get('LineNumber');
	if (!line) throw badPropertyValue('LineNumber');
	const ref = keyOf(path[0]);
	const row = rows.find((one) => one.Ref_Key === ref && one.LineNumber === String(line.value));
	if (!row) throw unknownInstance(set);
	return reading.entity(row, type);
}
