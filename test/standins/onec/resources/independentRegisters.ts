/**
 * Registers nobody records into by documents: contacts, rates of currencies, properties of objects. Every record has a
 * key of its period and all dimensions, a second POST of a key is code 15; periodic ones have slices on the set itself
 * (reference 1c-ut103.md §2 "Keys", "Functions", samples/errors.json).
 */
import type { RegisterType } from '../model/registerTypes';
import {
	badKey,
	badPropertyValue,
	forbiddenMethod,
	keyExists,
	unknownInstance,
	unknownSegment,
} from '../odata/errors';
import type { Segment } from '../odata/url';
import { addressOf } from '../odata/address';
import { bodyOf } from '../body';
import { periodOf } from '../ledger';
import type { Answer } from '../request';
import { copyRow, emptyRow, text, type Row } from '../values';
import type { ResourceContext } from './objects';
import { isVirtualTable, virtualTable } from './virtualTables';

export function independentRegister(
	context: ResourceContext,
	register: RegisterType,
	path: Segment[],
): Answer {
	const [set, next] = path;
	const { request, reading, store } = context;
	const rows = store.recordsOf(register.set);
	const type = register.recordSet;
	if (set.args) return oneRecord(context, register, rows, set);
	if (next?.name === '$count') return reading.count(rows, type);
	if (next && isVirtualTable(next)) return virtualTable(context, register, false, next);
	if (next) throw unknownSegment(next.name);
	if (request.method === 'GET') return reading.collection(rows, type, type.name);
	if (request.method !== 'POST') throw forbiddenMethod();
	const row = emptyRow(type);
	context.writing.fill(row, type, bodyOf(request, type));
	if (register.source.periodic) row.Period = periodOf(register, text(row, 'Period'));
	if (rows.some((other) => type.key.every((name) => other[name] === row[name]))) throw keyExists();
	store.addRecord(register.set, row);
	const answer = reading.written(row, type, 201);
	const location = `${request.root}${addressOf(type, row)}`;
	return { ...answer, headers: { ...answer.headers, Location: location } };
}

/** The type of a composite key is named with its namespace; without it the key is refused (recorded). */
export function refuseUntyped(args: Segment['args']): void {
	for (const [name, { value }] of args ?? []) {
		const isType = name.endsWith('_Type');
		if (isType && !/^(StandardODATA|Edm)\./.test(String(value))) throw badPropertyValue(name);
	}
}

function oneRecord(
	{ request, reading, store, writing }: ResourceContext,
	register: RegisterType,
	rows: Row[],
	{ args }: Segment,
): Answer {
	const type = register.recordSet;
	if (!args || type.key.some((name) => !args.has(name))) throw badKey();
	refuseUntyped(args);
	const row = rows.find((one) =>
		type.key.every((name) => String(one[name]) === String(args.get(name)?.value)),
	);
	if (!row) throw unknownInstance(register.name);
	if (request.method === 'GET') return reading.entity(row, type);
	if (request.method === 'DELETE') {
		store.removeRecord(register.set, row);
		return { status: 204, body: '' };
	}
	if (request.method !== 'PATCH') throw forbiddenMethod();
	const draft = copyRow(row);
	writing.fill(draft, type, bodyOf(request, type));
	Object.assign(row, draft);
	return reading.written(row, type, 200);
}
