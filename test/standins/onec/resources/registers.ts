/**
 * Registers that documents record into: record sets by recorder on the base set, single records on `_RecordType`,
 * virtual tables beside them (reference 1c-ut103.md §2 "Keys", "Functions"). They are read only here: a real base lets
 * a client rewrite a whole record set by PATCH, which nobody should do.
 */
import { registerTypes, type RegisterType } from '../model/registerTypes';
import { forbiddenMethod, unknownInstance, unknownMethod, unknownSegment } from '../odata/errors';
import type { Segment } from '../odata/url';
import type { Answer } from '../request';
import { recorderOf, type Store } from '../store';
import type { Row } from '../values';
import { independentRegister, refuseUntyped } from './independentRegisters';
import type { ResourceContext } from './objects';
import { isVirtualTable, virtualTable } from './virtualTables';

const RECORDS = '_RecordType';

export function registerOf(set: string): { register: RegisterType; records: boolean } | undefined {
	const base = registerTypes.get(set);
	if (base) return { register: base, records: false };
	const named = set.endsWith(RECORDS)
		? registerTypes.get(set.slice(0, -RECORDS.length))
		: undefined;
	if (!named || named.source.recorders === 'none') return undefined;
	return { register: named, records: true };
}

export function registerResource(
	context: ResourceContext,
	{ register, records }: { register: RegisterType; records: boolean },
	path: Segment[],
): Answer {
	const [set, next, ...rest] = path;
	if (rest.length > 0) throw unknownSegment(rest[0].name);
	if (register.source.recorders === 'none') return independentRegister(context, register, path);
	if (context.request.method !== 'GET') throw forbiddenMethod();
	if (next && isVirtualTable(next)) return virtualTable(context, register, records, next);
	const type = records ? register.record : register.recordSet;
	const rows = records
		? context.store.recordsOf(register.set)
		: recordSets(context.store, register.set);
	if (set.args) return oneRecord(context, set, register, rows, records);
	if (!next) return context.reading.collection(rows, type, type.name);
	if (next.name === '$count') return context.reading.count(rows, type);
	throw next.args ? unknownMethod() : unknownSegment(next.name);
}

function oneRecord(
	{ reading }: ResourceContext,
	{ args }: Segment,
	register: RegisterType,
	rows: Row[],
	records: boolean,
): Answer {
	const wanted = [...(args ?? [])].map(([name, { value }]) => [
		name || 'Recorder_Key',
		String(value),
	]);
	refuseUntyped(args);
	const row = rows.find((one) => wanted.every(([name, value]) => String(one[name]) === value));
	if (!row) throw unknownInstance(register.name);
	return reading.entity(row, records ? register.record : register.recordSet);
}

export function recordSets(store: Store, register: string): Row[] {
	const sets = new Map<string, Row>();
	for (const record of store.recordsOf(register)) {
		const recorder = recorderOf(record);
		const set = sets.get(recorder) ?? {
			...('Recorder_Key' in record
				? { Recorder_Key: recorder }
				: { Recorder: recorder, Recorder_Type: record.Recorder_Type }),
			RecordSet: [],
		};
		sets.set(recorder, set);
		if (Array.isArray(set.RecordSet)) set.RecordSet.push(record);
	}
	return [...sets.values()];
}
