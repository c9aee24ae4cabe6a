/**
 * The index of a base: rows that can pass a filter such as «… and (Owner_Key eq guid'…' or Owner_Key eq guid'…')» or
 * «cast(Owner,'Catalog_Контрагенты')/Code ge '…' and … le '…'» are found without looking at all the others, as the DBMS
 * under a real base does. The filter still has the last word.
 */
import type { Row } from '../values';
import type { Expression } from './parser';
import { isReference, type Term, type TermValue } from './terms';

/** What an index says of one path: values from here to there. */
interface Stretch {
	from: string;
	to: string;
}

interface Wanted {
	path: Expression;
	stretches: Stretch[];
}

/** The parts of a filter that are joined by the same word. */
export function joined(expression: Expression, by: 'and' | 'or'): Expression[] {
	return expression.kind === 'logic' && expression.op === by
		? [...joined(expression.left, by), ...joined(expression.right, by)]
		: [expression];
}

/** Case makes no difference here: what differs in nothing else stands beside each other. */
const textOf = (value: TermValue): string =>
	(isReference(value) ? value.ref : String(value ?? '')).toLowerCase();

/** X of guid'X', 'X' and cast(guid'X','Catalog_Контрагенты'). */
function literalOf(expression: Expression): string | undefined {
	if (expression.kind === 'call') {
		return expression.name === 'cast' && expression.then.length === 0
			? literalOf(expression.args[0])
			: undefined;
	}
	if (expression.kind !== 'literal') return undefined;
	const { type, value } = expression.literal;
	return type === 'guid' || type === 'string' ? textOf(value) : undefined;
}

interface Comparison {
	path: Expression;
	/** Tells the same path in two comparisons. */
	key: string;
	op: string;
	value: string;
}

function comparisonIn(expression: Expression): Comparison | undefined {
	if (expression.kind !== 'compare') return undefined;
	const { left: path, op, right } = expression;
	const value = literalOf(right);
	if (value === undefined || literalOf(path) !== undefined) return undefined;
	if (path.kind !== 'path' && path.kind !== 'call') return undefined;
	return { path, key: JSON.stringify(path), op, value };
}

/** Several values of one path. */
function valuesIn(alternatives: Expression[]): Wanted | undefined {
	const found: Comparison[] = [];
	for (const one of alternatives) {
		const comparison = comparisonIn(one);
		if (comparison?.op !== 'eq') return undefined;
		found.push(comparison);
	}
	const [{ path, key }] = found;
	if (found.some((other) => other.key !== key)) return undefined;
	const values = new Set(found.map(({ value }) => value));
	return { path, stretches: [...values].map((value) => ({ from: value, to: value })) };
}

/** From one value of a path to another one. */
function stretchIn(conditions: Expression[]): Wanted | undefined {
	const from = new Map<string, Comparison>();
	for (const condition of conditions) {
		const comparison = comparisonIn(condition);
		if (comparison && ['ge', 'gt'].includes(comparison.op)) from.set(comparison.key, comparison);
	}
	for (const condition of conditions) {
		const comparison = comparisonIn(condition);
		const start = comparison && from.get(comparison.key);
		if (!start || !['le', 'lt'].includes(comparison.op)) continue;
		return { path: start.path, stretches: [{ from: start.value, to: comparison.value }] };
	}
	return undefined;
}

interface Entry {
	value: string;
	row: Row;
}

interface Kept {
	revision: number;
	byPath: Map<string, Entry[]>;
}

const keptIndexes = new WeakMap<Row[], Kept>();

function indexOf(rows: Row[], key: string, term: Term, revision: number): Entry[] {
	let kept = keptIndexes.get(rows);
	if (kept?.revision !== revision) kept = { revision, byPath: new Map() };
	keptIndexes.set(rows, kept);
	const known = kept.byPath.get(key);
	if (known) return known;
	const index = rows.map((row) => ({
		value: textOf(term.value({ row, variables: new Map() })),
		row,
	}));
	index.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
	kept.byPath.set(key, index);
	return index;
}

/** The first place in the index whose value is not below this one. */
function placeOf(index: Entry[], value: string): number {
	let [from, to] = [0, index.length];
	while (from < to) {
		const middle = (from + to) >> 1;
		if (index[middle].value < value) from = middle + 1;
		else to = middle;
	}
	return from;
}

function* between(index: Entry[], { from, to }: Stretch): Generator<Row> {
	for (let at = placeOf(index, from); at < index.length && index[at].value <= to; at += 1) {
		yield index[at].row;
	}
}

/** Few rows are looked at one by one: an index would take longer to make. */
const SMALL = 500;

/**
 * @param revision of the store, which changes with every write
 * @returns null when the filter says nothing an index could tell
 */
export function narrowed(
	rows: Row[],
	filter: Expression,
	compile: (path: Expression) => Term,
	revision: number,
	ignoreCase: boolean,
): Row[] | null {
	if (rows.length < SMALL) return null;
	const conditions = joined(filter, 'and');
	const wanted =
		conditions.map((one) => valuesIn(joined(one, 'or'))).find((one) => one !== undefined) ??
		/** The index knows no case, so it is in order only for a base that minds none. */
		(ignoreCase ? stretchIn(conditions) : undefined);
	if (!wanted) return null;
	const { path, stretches } = wanted;
	const index = indexOf(rows, JSON.stringify(path), compile(path), revision);
	return stretches.flatMap((stretch) => [...between(index, stretch)]);
}
