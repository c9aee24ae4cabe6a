/**
 * Lists of the generation between classic and crm.item.*: camelCase rows, numbers and Y/N, forgiving filters.
 * Imitates: the lists of catalog.* and sale.* (reference §2.8).
 * Does not imitate: filters by fields of linked rows.
 */
import type { Call } from './call';
import { criterion, filterOf } from './filter';
import type { Filterable, FilterKind } from './filter';
import { listPage, pick, selection } from './lists';
import { asMap } from './values';
import type { Fields } from './values';

/** Without `@` and `!@`: catalog.product.* and sale.* take arrays in `=` and `!=` instead. */
const WITHOUT_IN = ['=', '!', '!=', '%', '!%', '=%', '%=', '!=%', '!%=', '>', '<', '>=', '<='];
/** The pages of sections, prices and price types list `@` as well. */
export const WITH_IN = [...WITHOUT_IN, '@', '!@'];

export interface RowPage {
	rows: Fields[];
	counted: { total?: number; next?: number };
}

/** Keeps only the fields and prefixes it knows and drops the rest of a filter without a word. */
export function rowPage(call: Call, rows: Fields[], prefixes = WITHOUT_IN): RowPage {
	const { params, switches } = call;
	const fields = fieldsAsked(params, rows);
	const page = listPage(params, switches, {
		candidates: rows,
		matches: filterOf(params.filter, fields, { strict: false, prefixes }),
		fields,
		idName: 'id',
		strict: false,
		paging: 'newer',
	});
	const wanted = selection(params.select);
	const counted = { total: page.total, next: page.next };
	return { rows: page.rows.map((row) => pick(row, wanted)), counted };
}

/** Only the columns a filter or an order speaks of: rows are wide and there may be many. */
function fieldsAsked(params: Fields, rows: Fields[]): Map<string, Filterable<Fields>> {
	const filtered = namesIn(params.filter).map((key) => criterion(key).field);
	const known = [...filtered, ...Object.keys(asMap(params.order) ?? {})].filter((name) =>
		rows.some((row) => Object.hasOwn(row, name)),
	);
	return new Map(
		known.map((name) => [name, { kind: kindOf(name, rows), reads: (row) => scalar(row[name]) }]),
	);
}

/** Conditions may be nested in groups. */
function namesIn(filter: unknown): string[] {
	return Object.entries(asMap(filter) ?? {}).flatMap(([key, inner]) =>
		/^\d+$/.test(key) ? namesIn(inner) : [key],
	);
}

/** Properties are filtered by their value, or by each of their values. */
function scalar(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(scalar);
	if (typeof value === 'object' && value !== null && 'value' in value) return value.value;
	return value;
}

function kindOf(name: string, rows: Fields[]): FilterKind {
	if (name.startsWith('timestamp') || name.startsWith('date')) return 'moment';
	const texts = rows.some((row) => ['string', 'object'].includes(typeof (row[name] ?? 0)));
	return texts ? 'text' : 'number';
}
