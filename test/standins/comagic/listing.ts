/**
 * What every «get» does with its rows: criteria, order, page, columns (reference §1.1). `limit` is 1000 by default and
 * 10 000 at most, `offset` 100 000 at most; total_items counts what the criteria left.
 */
import { emptyOf, type Column } from './columns';
import { filterOf } from './filter';
import { numberIn, type Shape } from './params';
import { Refusal } from './refusal';
import { isRecord, type Fields } from './values';

export const LISTING: Shape = {
	limit: 'number',
	offset: 'number',
	filter: 'object',
	fields: 'strings',
	sort: 'array',
};

const DEFAULT_LIMIT = 1000;
const LARGEST = { limit: 10_000, offset: 100_000 };

export interface Listing {
	rows: Fields[];
	total: number;
}

/** Where a documented table has no column «by default», all of them are. */
export const list = (rows: Fields[], columns: Map<string, Column>, params: Fields): Listing => {
	const shown = shownColumns(columns, params.fields);
	const limit = pageNumber(params, 'limit', DEFAULT_LIMIT);
	const offset = pageNumber(params, 'offset', 0);
	const compare = orderOf(params.sort, columns);
	const criteria = isRecord(params.filter) ? filterOf(params.filter, columns) : () => true;
	const found = rows.filter(criteria).sort(compare);
	return {
		rows: found.slice(offset, offset + limit).map((row) => only(row, shown)),
		total: found.length,
	};
};

const only = (row: Fields, columns: Column[]): Fields =>
	Object.fromEntries(columns.map(({ name, type }) => [name, row[name] ?? emptyOf(type)]));

const shownColumns = (columns: Map<string, Column>, fields: unknown): Column[] => {
	const all = [...columns.values()];
	if (!Array.isArray(fields) || fields.length === 0) {
		const chosen = all.filter(({ byDefault }) => byDefault);
		return chosen.length > 0 ? chosen : all;
	}
	return fields.map((name: string) => {
		const column = columns.get(name);
		if (!column) throw new Refusal('unexpected_parameters', { field: name });
		return column;
	});
};

const pageNumber = (params: Fields, name: 'limit' | 'offset', usual: number): number => {
	const value = numberIn(params, name) ?? usual;
	if (!Number.isInteger(value) || value < 0 || value > LARGEST[name])
		throw new Refusal('invalid_parameter_value', { field: name, value });
	return value;
};

const orderOf = (
	sort: unknown,
	columns: Map<string, Column>,
): ((a: Fields, b: Fields) => number) => {
	const orders = (Array.isArray(sort) ? sort : []).map((one: unknown) => {
		if (!isRecord(one) || typeof one.field !== 'string')
			throw new Refusal('data_type_error', { field: 'sort', value: one });
		const column = columns.get(one.field);
		if (!column) throw new Refusal('unexpected_parameters', { field: one.field });
		if (!column.sortable) throw new Refusal('sort_prohibited', { field: one.field });
		const { order = 'asc' } = one;
		if (order !== 'asc' && order !== 'desc')
			throw new Refusal('invalid_parameter_value', { field: 'sort.order', value: order });
		return { name: column.name, sign: order === 'asc' ? 1 : -1 };
	});
	return (a, b) => {
		for (const { name, sign } of orders) {
			const result = compared(a[name] ?? null, b[name] ?? null) * sign;
			if (result !== 0) return result;
		}
		return 0;
	};
};

/** Nothing goes last in ascending order, as PostgreSQL has it. */
const compared = (a: unknown, b: unknown): number => {
	if (a === b) return 0;
	if (a === null) return 1;
	if (b === null) return -1;
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	return String(a) < String(b) ? -1 : 1;
};
