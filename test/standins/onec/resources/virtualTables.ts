/**
 * Virtual tables of registers: Balance, Turnovers and BalanceAndTurnovers of accumulation registers, SliceLast and
 * SliceFirst of periodic information registers, the subordinate ones on `_RecordType` only (reference 1c-ut103.md §2
 * "Functions"). Arguments come in parentheses or, as the documentation also shows, in the query string. Condition may
 * speak of dimensions alone. A table the register does not have is «Метод не найден», code 6.
 */
import { balances, balancesAndTurnovers, turnovers } from '../ledger';
import type { RegisterType } from '../model/registerTypes';
import type { RowType } from '../model/types';
import { unknownMethod, unknownSegment, wrongArguments } from '../odata/errors';
import { compileFilter, type Filter } from '../odata/filter';
import { readLiteral, type Literal } from '../odata/literals';
import type { Segment } from '../odata/url';
import type { Answer } from '../request';
import { EMPTY_DATE, text, type Row } from '../values';
import type { ResourceContext } from './objects';

const TABLES: Readonly<Record<string, readonly string[]>> = {
	Balance: ['Period', 'Condition', 'Dimensions'],
	Turnovers: ['StartPeriod', 'EndPeriod', 'Condition', 'Dimensions'],
	BalanceAndTurnovers: ['StartPeriod', 'EndPeriod', 'Condition', 'Dimensions'],
	SliceLast: ['Period', 'Condition'],
	SliceFirst: ['Period', 'Condition'],
};

/** Query options the last segment of an address may take besides the usual ones. */
export const virtualTableOptions = (name: string | undefined): readonly string[] =>
	name !== undefined && Object.hasOwn(TABLES, name) ? TABLES[name] : [];

export const isVirtualTable = ({ name }: Segment): boolean => Object.hasOwn(TABLES, name);

export function virtualTable(
	context: ResourceContext,
	register: RegisterType,
	onRecords: boolean,
	segment: Segment,
): Answer {
	const { name } = segment;
	const { source, accumulation } = register;
	const args = argumentsOf(context, segment);
	if (accumulation && !onRecords) {
		if (name === 'Balance') return balance(context, register, args);
		if (name === 'Turnovers') return movement(context, register, args, register.turnover);
		if (name === 'BalanceAndTurnovers') {
			return movement(context, register, args, register.balanceAndTurnover);
		}
	}
	if (!accumulation && source.periodic && onRecords === (source.recorders !== 'none')) {
		if (name === 'SliceLast') return slice(context, register, args, 1);
		if (name === 'SliceFirst') return slice(context, register, args, -1);
	}
	throw unknownMethod();
}

type Args = ReadonlyMap<string, Literal>;

function argumentsOf({ query }: ResourceContext, { name, args }: Segment): Args {
	const known = virtualTableOptions(name);
	for (const given of args?.keys() ?? []) if (!known.includes(given)) throw wrongArguments();
	const all = new Map(args ?? []);
	for (const option of known) {
		const written = query.get(option);
		if (written !== undefined && !all.has(option)) all.set(option, optionValue(option, written));
	}
	return all;
}

/** In the query string a condition stands without quotes of its own, a moment is a literal. */
function optionValue(option: string, written: string): Literal {
	if (option === 'Condition' || option === 'Dimensions') {
		const quoted = /^'(.*)'$/s.exec(written);
		return { type: 'string', value: quoted ? quoted[1].replace(/''/g, "'") : written };
	}
	const read = readLiteral(written);
	if (read?.length !== written.length) throw wrongArguments();
	return read.literal;
}

function argument(args: Args, name: string, type: Literal['type']): string | undefined {
	const literal = args.get(name);
	if (!literal) return undefined;
	if (literal.type !== type) throw wrongArguments();
	return String(literal.value);
}

function condition({ reading }: ResourceContext, register: RegisterType, args: Args) {
	const source = argument(args, 'Condition', 'string');
	if (!source) return undefined;
	return compileFilter(source, reading.surroundings(register.condition, 'Condition'));
}

interface Grouping {
	where?: Filter;
	dimensions: readonly string[];
}

function groupingOf(context: ResourceContext, register: RegisterType, args: Args): Grouping {
	const listed = argument(args, 'Dimensions', 'string');
	const dimensions = listed ? listed.split(',').map((name) => name.trim()) : register.dimensions;
	for (const name of dimensions)
		if (!register.dimensions.includes(name)) throw unknownSegment(name);
	return { where: condition(context, register, args), dimensions };
}

function balance(context: ResourceContext, register: RegisterType, args: Args): Answer {
	if (!register.balance) throw unknownMethod();
	const grouping = groupingOf(context, register, args);
	const before = argument(args, 'Period', 'date');
	const rows = balances(context.store, register.set, { ...grouping, before });
	return answer(context, rows, register, register.balance, grouping);
}

function movement(
	context: ResourceContext,
	register: RegisterType,
	args: Args,
	type: RowType | undefined,
): Answer {
	if (!type) throw unknownMethod();
	const grouping = groupingOf(context, register, args);
	const query = {
		...grouping,
		from: argument(args, 'StartPeriod', 'date'),
		to: argument(args, 'EndPeriod', 'date'),
	};
	const count = type === register.turnover ? turnovers : balancesAndTurnovers;
	return answer(context, count(context.store, register.set, query), register, type, grouping);
}

function answer(
	{ reading }: ResourceContext,
	rows: Row[],
	register: RegisterType,
	type: RowType,
	{ dimensions }: Grouping,
): Answer {
	const shown = narrowed(type, register, dimensions);
	return reading.collection(rows, shown, `Collection(StandardODATA.${type.name})`);
}

/** Dimensions that were not asked for are not in the answer at all. */
function narrowed(type: RowType, register: RegisterType, dimensions: readonly string[]): RowType {
	const left = register.dimensions.filter((name) => !dimensions.includes(name));
	const hidden = new Set(left.flatMap((name) => [name, `${name}_Key`, `${name}_Type`]));
	return {
		...type,
		properties: new Map([...type.properties].filter(([name]) => !hidden.has(name))),
		navigation: new Map([...type.navigation].filter(([name]) => !hidden.has(name))),
	};
}

/** The latest (or the first) record of every combination of dimensions up to (or from) the moment, inclusive. */
function slice(
	context: ResourceContext,
	register: RegisterType,
	args: Args,
	direction: 1 | -1,
): Answer {
	/** A slice unfolds no references (recorded). */
	const expand = context.query.get('$expand');
	if (expand !== undefined) throw unknownSegment(expand);
	const period = argument(args, 'Period', 'date');
	const test = condition(context, register, args) ?? (() => true);
	const keys = [...register.condition.properties.keys()];
	const best = new Map<string, Row>();
	for (const record of context.store.recordsOf(register.set)) {
		const moment = text(record, 'Period') || EMPTY_DATE;
		const beyond = period !== undefined && (direction === 1 ? moment > period : moment < period);
		if (beyond || !test(record)) continue;
		const key = JSON.stringify(keys.map((name) => record[name]));
		const other = best.get(key);
		const better =
			!other ||
			(direction === 1 ? moment >= text(other, 'Period') : moment < text(other, 'Period'));
		if (better) best.set(key, record);
	}
	const type = register.source.recorders === 'none' ? register.recordSet : register.record;
	return context.reading.collection([...best.values()], type, type.name);
}
