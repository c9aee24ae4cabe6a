/**
 * A page of a set: $filter, $orderby, $skip before $top, $inlinecount (reference 1c-ut103.md §2). Without $orderby the
 * order is not guaranteed by 1C, so it is deliberately an odd one here: a client that pages must ask for an order.
 */
import type { Row } from '../values';
import { badOption, unknownSegment } from './errors';
import { compile, compileFilter, compilePath, type Filter } from './filter';
import { joined, narrowed } from './narrowing';
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
	const filter = query.get('$filter');
	const test =
		filter === undefined ? undefined : compileFilter(filter, { ...around, option: '$filter' });
	const order = orderOf(query.get('$orderby'), around);
	const skip = count(query, '$skip') ?? 0;
	const top = count(query, '$top');
	const indexed = indexedRows(rows, options);
	if (!indexed && options.isWholeSet && top !== undefined && !options.counts) {
		const kept = keptOrder(rows, order, options.revision);
		const start = order.source === 'Ref_Key' ? startAfter(kept, lastKeyOf(filter)) : 0;
		return { rows: taken(kept, start, test, skip, top), count: 0 };
	}
	const found = sorted(test ? (indexed ?? rows).filter(test) : rows, order);
	const isWhole = options.countIgnoresTop && query.get('$inlinecount') === 'allpages';
	const page = isWhole ? found : found.slice(skip, top === undefined ? undefined : skip + top);
	return { rows: page, count: found.length };
}

/** Only those rows an index of the base leads to, where one can. */
function indexedRows(rows: Row[], { query, around, revision }: PageOptions): Row[] | null {
	const filter = query.get('$filter');
	if (filter === undefined) return null;
	const inFilter = { ...around, option: '$filter' };
	const expression = parseExpression(filter, '$filter');
	return narrowed(rows, expression, (path) => compile(path, inFilter), revision, around.ignoreCase);
}

/** Stops as soon as the page is full. */
function taken(
	ordered: Row[],
	start: number,
	test: Filter | undefined,
	skip: number,
	top: number,
): Row[] {
	const page: Row[] = [];
	let passed = 0;
	for (let index = start; index < ordered.length && page.length < top; index += 1) {
		if (test && !test(ordered[index])) continue;
		passed += 1;
		if (passed > skip) page.push(ordered[index]);
	}
	return page;
}

/** X of a filter «… and Ref_Key gt guid'X'»: what a reader who pages by keys has seen last. */
function lastKeyOf(filter: string | undefined): string {
	for (const one of filter ? joined(parseExpression(filter, '$filter'), 'and') : []) {
		if (one.kind !== 'compare' || one.op !== 'gt' || one.right.kind !== 'literal') continue;
		const { left, right } = one;
		const isKey = left.kind === 'path' && left.names.join('/') === 'Ref_Key';
		if (isKey && right.literal.type === 'guid') return right.literal.value;
	}
	return '';
}

/** The first place behind a key in rows ordered by keys. */
function startAfter(ordered: Row[], key: string): number {
	let [from, to] = [0, ordered.length];
	while (from < to) {
		const middle = (from + to) >> 1;
		if (String(ordered[middle].Ref_Key) > key) to = middle;
		else from = middle + 1;
	}
	return from;
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
	const keys = option === undefined ? [] : option.split(',').map((one) => orderKey(one, around));
	return { source, keys };
}

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
