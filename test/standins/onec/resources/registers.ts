/**
 * Registers as OData resources: record sets by recorder on the base set, single records on `_RecordType`, Balance() of
 * accumulation registers, SliceLast()/SliceFirst() of periodic information registers (reference 1c-ut103.md §2
 * "Keys", "Functions"). Turnovers and BalanceAndTurnovers are not imitated; subordinate registers are read only.
 */
import { balances } from '../ledger';
import { registerTypes, type RegisterType } from '../model/metadata';
import { parseAttributes } from '../model/types';
import {
	forbiddenMethod,
	notImplemented,
	ODataError,
	unknownInstance,
	unknownMethod,
	unknownSegment,
} from '../odata/errors';
import { compileFilter } from '../odata/filter';
import type { Literal } from '../odata/literals';
import type { Segment } from '../odata/url';
import type { Answer } from '../request';
import { recorderOf } from '../store';
import { EMPTY_DATE, text, type Row } from '../values';
import { contactsResource } from './contacts';
import type { ResourceContext } from './objects';

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
	if (register.source.recorders === 'none') return contactsResource(context, register, path);
	const [set, next, ...rest] = path;
	if (rest.length > 0) throw unknownSegment(rest[0].name);
	if (context.request.method !== 'GET') throw forbiddenMethod();
	const type = records ? register.record : register.recordSet;
	const rows = records ? context.store.recordsOf(register.set) : recordSets(context, register);
	if (set.args) return oneRecord(context, set, register, rows, records);
	if (!next) return context.reading.collection(rows, type, type.name);
	if (next.name === '$count') return context.reading.count(rows, type);
	return virtualTable(context, register, records, next);
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
	const row = rows.find((one) => wanted.every(([name, value]) => String(one[name]) === value));
	if (!row) throw unknownInstance(register.name);
	return reading.entity(row, records ? register.record : register.recordSet);
}

function recordSets({ store }: ResourceContext, register: RegisterType): Row[] {
	const sets = new Map<string, Row>();
	for (const record of store.recordsOf(register.set)) {
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

function virtualTable(
	context: ResourceContext,
	register: RegisterType,
	records: boolean,
	{ name, args = new Map() }: Segment,
): Answer {
	if (register.accumulation && !records) {
		if (name === 'Balance') return balance(context, register, args);
		if (name === 'Turnovers' || name === 'BalanceAndTurnovers') throw notImplemented(name);
	}
	if (!register.accumulation && records && register.source.periodic) {
		if (name === 'SliceLast') return slice(context, register, args, 1);
		if (name === 'SliceFirst') return slice(context, register, args, -1);
	}
	throw unknownMethod();
}

type Args = ReadonlyMap<string, Literal>;

const wrongArguments = () => new ODataError(400, 21, 'Неправильные аргументы функции');

function argument(args: Args, name: string, type: Literal['type']): string | undefined {
	const literal = args.get(name);
	if (!literal) return undefined;
	if (literal.type !== type) throw wrongArguments();
	return String(literal.value);
}

function checkNames(args: Args, ...known: string[]): void {
	for (const name of args.keys()) if (!known.includes(name)) throw wrongArguments();
}

function condition({ reading }: ResourceContext, register: RegisterType, args: Args) {
	const source = argument(args, 'Condition', 'string');
	if (!source) return undefined;
	return compileFilter(source, reading.surroundings(register.record, 'Condition'));
}

function balance(context: ResourceContext, register: RegisterType, args: Args): Answer {
	checkNames(args, 'Period', 'Condition', 'Dimensions');
	const listed = argument(args, 'Dimensions', 'string');
	const dimensions = listed ? listed.split(',').map((name) => name.trim()) : register.dimensions;
	const known = parseAttributes(register.source.dimensions).map(({ name }) => name);
	for (const name of dimensions) if (!known.includes(name)) throw unknownSegment(name);
	const rows = balances(context.store, register.set, {
		where: condition(context, register, args),
		before: argument(args, 'Period', 'date'),
		dimensions,
	});
	const type = register.balance;
	if (!type) throw unknownMethod();
	return context.reading.collection(
		rows,
		narrowed(type, dimensions),
		`Collection(StandardODATA.${type.name})`,
	);
}

/** Dimensions that were not asked for are not in the answer at all. */
function narrowed(type: RegisterType['record'], dimensions: readonly string[]) {
	const base = (name: string) => name.replace(/(_Key|_Type)$/, '');
	const kept = [...type.properties].filter(
		([name]) =>
			dimensions.includes(name) || dimensions.includes(base(name)) || name.endsWith('Balance'),
	);
	return { ...type, properties: new Map(kept) };
}

/** The latest (or the first) record of every combination of dimensions up to (or from) the moment, inclusive. */
function slice(
	context: ResourceContext,
	register: RegisterType,
	args: Args,
	direction: 1 | -1,
): Answer {
	checkNames(args, 'Period', 'Condition');
	const period = argument(args, 'Period', 'date');
	const test = condition(context, register, args) ?? (() => true);
	const keys = parseAttributes(register.source.dimensions).map(({ name }) => name);
	const best = new Map<string, Row>();
	for (const record of context.store.recordsOf(register.set)) {
		const moment = text(record, 'Period') || EMPTY_DATE;
		const beyond = period !== undefined && (direction === 1 ? moment > period : moment < period);
		if (beyond || !test(record)) continue;
		const key = JSON.stringify(keys.map((name) => record[`${name}_Key`] ?? record[name]));
		const other = best.get(key);
		const better =
			!other ||
			(direction === 1 ? moment >= text(other, 'Period') : moment < text(other, 'Period'));
		if (better) best.set(key, record);
	}
	return context.reading.collection([...best.values()], register.record, register.record.name);
}
