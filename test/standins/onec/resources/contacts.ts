/**
 * InformationRegister_КонтактнаяИнформация: phones and addresses are here, not in the catalog (reference 1c-ut103.md §4).
 * An independent register: every record has its own key of all dimensions, a second POST of a key is code 15
 * (reference §2 "Keys", samples/errors.json).
 */
import { readBody } from '../body';
import { fieldNames } from '../ledger';
import type { RegisterType } from '../model/metadata';
import {
	badKey,
	forbiddenMethod,
	keyExists,
	unknownInstance,
	unknownSegment,
} from '../odata/errors';
import type { Segment } from '../odata/url';
import type { Answer } from '../request';
import { copyRow, emptyRow, type Row } from '../values';
import type { ResourceContext } from './objects';

export function contactsResource(
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
	if (next) throw unknownSegment(next.name);
	if (request.method === 'GET') return reading.collection(rows, type, type.name);
	if (request.method !== 'POST') throw forbiddenMethod();
	const row = emptyRow(type);
	context.writing.fill(row, type, readBody(request.body));
	const keys = keysOf(register);
	if (rows.some((other) => keys.every((name) => other[name] === row[name]))) throw keyExists();
	store.addRecord(register.set, row);
	return reading.written(row, type, 201);
}

const keysOf = ({ source, dimensions }: RegisterType): string[] =>
	fieldNames(source.dimensions, dimensions);

function oneRecord(
	{ request, reading, store, writing }: ResourceContext,
	register: RegisterType,
	rows: Row[],
	{ args }: Segment,
): Answer {
	const keys = keysOf(register);
	if (!args || keys.some((name) => !args.has(name))) throw badKey();
	const row = rows.find((one) => keys.every((name) => one[name] === String(args.get(name)?.value)));
	if (!row) throw unknownInstance(register.name);
	if (request.method === 'GET') return reading.entity(row, register.recordSet);
	if (request.method === 'DELETE') {
		store.removeRecord(register.set, row);
		return { status: 204, body: '' };
	}
	if (request.method !== 'PATCH') throw forbiddenMethod();
	const draft = copyRow(row);
	writing.fill(draft, register.recordSet, readBody(request.body));
	Object.assign(row, draft);
	return reading.written(row, register.recordSet, 200);
}
