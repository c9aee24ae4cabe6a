/**
 * A page of a set: $filter, $orderby, $skip before $top, $inlinecount (reference 1c-ut103.md §2). Without $orderby the
 * order is not guaranteed by 1C, so it is deliberately an odd one here: a client that pages must ask for an order.
 */
import type { Row } from '../values';
import { badOption, incomparable, unknownSegment } from './errors';
import { compile, compileFilter, compilePath, type Filter } from './filter';
import { narrowed } from './narrowing';
import { parseExpression } from './parser';
import { isReference, type Surroundings, type Term, type TermValue } from './terms';
import type { Query } from './url';

export interface Page {
	rows: Row[];
	/** Rows that pass the filter, whatever the page is. */
	count: number;
}

export interface PageOptions {
	query: Query;
	around: Surroundings;
	countIgnoresTop: boolean;
	/** Somebody wants to know how many rows pass, not only to see a page of them. */
	counts: boolean;
	/** Of the store: another one after every write. */
	revision: number;
	/** The rows are a whole set of the store, so an order of them can be kept for the next page. */
	isWholeSet: boolean;
}

export function pageOf(rows: Row[], options: PageOptions): Page {
	const { query, around } = options;
	const filter = filterIn(query);
	const test =
		filter === undefined ? undefined : compileFilter(filter, { ...around, option: '$filter' });
	const order = orderOf(query.get('$orderby'), around);
	const skip = count(query, '$skip') ?? 0;
	const top = count(query, '$top');
	const indexed = indexedRows(rows, options);
	if (!indexed && options.isWholeSet && top !== undefined && !options.counts) {
		const kept = keptOrder(rows, order, options.revision);
		return { rows: taken(kept, test, skip, top), count: 0 };
	}
	const found = sorted(test ? (indexed ?? rows).filter(test) : rows, order);
	const isWhole = options.countIgnoresTop && query.get('$inlinecount') === 'allpages';
	const page = isWhole ? found : found.slice(skip, top === undefined ? undefined : skip + top);
	return { rows: page, count: found.length };
}

/** Empty parentheses are no filter (recorded). */
function filterIn(query: Query): string | undefined {
	const filter = query.get('$filter');
	return filter && /^\(\s*\)$/.test(filter.trim()) ? undefined : filter;
}

/** Only those rows an index of the base leads to, where one can. */
function indexedRows(rows: Row[], { query, around, revision }: PageOptions): Row[] | null {
	const filter = filterIn(query);
	if (filter === undefined) return null;
	const inFilter = { ...around, option: '$filter' };
	const expression = parseExpression(filter, '$filter');
	return narrowed(rows, expression, (path) => compile(path, inFilter), revision, around.ignoreCase);
}

/** Stops as soon as the page is full. */
function taken(ordered: Row[], test: Filter | undefined, skip: number, top: number): Row[] {
	const page: Row[] = [];
	let passed = 0;
	for (const row of ordered) {
		if (page.length >= top) break;
		if (test && !test(row)) continue;
		passed += 1;
		if (passed > skip) page.push(row);
	}
	return page;
}

interface Kept {
	revision: number;
	bySource: Map<string, Row[]>;
}

const keptOrders = new WeakMap<Row[], Kept>();

function keptOrder(rows: Row[], order: Order, revision: number): Row[] {
	let kept = keptOrders.get(rows);
	if (kept?.revision !== revision) kept = { revision, bySource: new Map() };
	keptOrders.set(rows, kept);
	const ordered = kept.bySource.get(order.source) ?? sorted(rows, order);
	kept.bySource.set(order.source, ordered);
	return ordered;
}

function count(query: Query, option: string): number | undefined {
	const source = query.get(option);
	if (source === undefined) return undefined;
	if (!/^\d{1,9}$/.test(source)) throw badOption(option);
	return Number(source);
}

interface Order {
	source: string;
	keys: OrderKey[];
}

function orderOf(option: string | undefined, around: Surroundings): Order {
	const source = option ?? '';
	const parts = option === undefined ? [] : option.split(',');
	const keys = parts.filter((one) => !isOfRecords(one, around)).map((one) => orderKey(one, around));
	return { source, keys };
}

/** A register's set of record sets takes an order by what only its records have, and minds it not (recorded). */
const isOfRecords = (source: string, { type }: Surroundings): boolean =>
	type.tables.get('RecordSet')?.properties.has(source.trim().split(/\s/)[0]) === true;

interface OrderKey {
	term: Term;
	direction: 1 | -1;
}

function orderKey(source: string, around: Surroundings): OrderKey {
	const parsed = /^([\p{L}\d_/]+)(?:\s+(asc|desc))?$/u.exec(source.trim());
	if (!parsed) throw badOption('$orderby');
	const names = parsed[1].split('/');
	if (!around.type.properties.has(names[0]) && !around.type.navigation.has(names[0])) {
		throw unknownSegment(names[0]);
	}
	const term = compilePath(names, { ...around, option: '$orderby' });
	if (term.unlimited && !around.comparesUnlimited) throw incomparable();
	return { term, direction: parsed[2] === 'desc' ? -1 : 1 };
}

const comparable = (value: TermValue): string | number => {
	if (isReference(value)) return value.ref;
	if (typeof value === 'boolean') return Number(value);
	return value ?? '';
};

function sorted(rows: Row[], { keys }: Order): Row[] {
	const valued = rows.map((row) => ({
		row,
		odd: keys.length === 0 ? oddKey(row) : '',
		values: keys.map(({ term }) => comparable(term.value({ row, variables: new Map() }))),
	}));
	valued.sort((left, right) => {
		for (const [index, { direction }] of keys.entries()) {
			const [a, b] = [left.values[index], right.values[index]];
			if (a !== b) return a < b ? -direction : direction;
		}
		return (left.odd || oddKey(left.row)) < (right.odd || oddKey(right.row)) ? -1 : 1;
	});
	return valued.map(({ row }) => row);
}

/** Deterministic, yet by neither date, number nor reference: the reference read from its middle. */
function oddKey(row: Row): string {
	const ref = String(row.Ref_Key ?? row.Recorder ?? row.Recorder_Key ?? JSON.stringify(row));
	const line = String(row.LineNumber ?? '').padStart(6, '0');
	return ref.slice(2, 8) + ref + line;
}
