/**
 * Criteria of the verb «get»: one condition or a tree of them.
 * Imitates: operators of the documentation's table; text is compared with its case but for the `i` ones; a missing
 * value means null; a value of the wrong type is refused.
 * Does not imitate: jsquery, POSIX-only parts of regular expressions, which operator a single method lacks.
 */
import { isDateTime } from './clock';
import type { Column } from './columns';
import { Refusal } from './refusal';
import { isRecord, type Fields } from './values';

type Test = (row: Fields) => boolean;

const DEEPEST = 20;
const ORDERED = ['<', '>', '<=', '>='];
const PATTERNS = ['like', 'ilike', 'not_like', 'not_ilike', 'regexp'];
const LISTS = ['in', 'not_in'];
const OVERLAPS = ['overlap', 'not_overlap'];
const NULLS = ['is_null', 'is_not_null'];
const OPERATORS = ['=', '!=', ...ORDERED, ...PATTERNS, ...LISTS, ...OVERLAPS, ...NULLS];

export const filterOf = (filter: unknown, columns: Map<string, Column>, depth = 0): Test => {
	if (!isRecord(filter)) throw new Refusal('data_type_error', { field: 'filter', value: filter });
	if (depth > DEEPEST) throw invalid('filter', depth);
	return Object.hasOwn(filter, 'filters')
		? treeOf(filter, columns, depth)
		: conditionOf(filter, columns);
};

const treeOf = (tree: Fields, columns: Map<string, Column>, depth: number): Test => {
	const { filters, condition = 'and' } = tree;
	if (!Array.isArray(filters))
		throw new Refusal('data_type_error', { field: 'filter.filters', value: filters });
	if (condition !== 'and' && condition !== 'or') throw invalid('filter.condition', condition);
	checkNames(tree, ['filters', 'condition']);
	const tests = filters.map((one: unknown) => filterOf(one, columns, depth + 1));
	return condition === 'and'
		? (row) => tests.every((test) => test(row))
		: (row) => tests.some((test) => test(row));
};

const conditionOf = (filter: Fields, columns: Map<string, Column>): Test => {
	checkNames(filter, ['field', 'operator', 'value']);
	const { field, operator, value = null } = filter;
	for (const [name, given] of Object.entries({ field, operator }))
		if (typeof given !== 'string')
			throw new Refusal(given === undefined ? 'required_parameter_missed' : 'data_type_error', {
				field: `filter.${name}`,
				value: given,
			});
	const column = columns.get(String(field));
	if (!column) throw new Refusal('unexpected_parameters', { field: String(field) });
	if (!column.filterable) throw new Refusal('filter_prohibited', { field: column.name });
	if (!OPERATORS.includes(String(operator))) throw invalid('filter.operator', operator);
	checkValue(column, String(operator), value);
	const test = testOf(String(operator), value);
	return (row) => test(comparable(row[column.name]));
};

/** Kinds of the new reports are objects with a title; what is compared is their id. */
const comparable = (value: unknown): unknown =>
	isRecord(value) && Object.hasOwn(value, 'value_id') ? value.value_id : (value ?? null);

const checkNames = (given: Fields, known: string[]): void => {
	const stranger = Object.keys(given).find((name) => !known.includes(name));
	if (stranger) throw new Refusal('unexpected_parameters', { field: `filter.${stranger}` });
};

const invalid = (field: string, value: unknown): Refusal =>
	new Refusal('invalid_parameter_value', { field, value });

const checkValue = (column: Column, operator: string, value: unknown): void => {
	const wrong = (): Refusal => invalid(column.name, value);
	if (NULLS.includes(operator)) return;
	if (OVERLAPS.includes(operator)) {
		if (column.type !== 'array' || !Array.isArray(value)) throw wrong();
		return;
	}
	if (LISTS.includes(operator)) {
		if (!Array.isArray(value) || !value.every((one) => fits(column, one))) throw wrong();
		return;
	}
	if (PATTERNS.includes(operator)) {
		if (column.type !== 'string' || typeof value !== 'string') throw wrong();
		return;
	}
	if (ORDERED.includes(operator) && column.type !== 'number' && column.type !== 'iso8601')
		throw wrong();
	if (value !== null && !fits(column, value)) throw wrong();
};

const fits = ({ type }: Column, value: unknown): boolean => {
	if (type === 'number') return typeof value === 'number';
	if (type === 'boolean') return typeof value === 'boolean';
	if (type === 'iso8601') return typeof value === 'string' && isDateTime(value);
	return type !== 'array' && typeof value === 'string';
};

const testOf = (operator: string, wanted: unknown): ((value: unknown) => boolean) => {
	const pattern = PATTERNS.includes(operator) ? patternOf(operator, String(wanted)) : /./;
	const list: unknown[] = Array.isArray(wanted) ? wanted : [];
	const overlaps = (value: unknown): boolean =>
		Array.isArray(value) && value.some((one) => list.includes(one));
	const tests: Record<string, (value: unknown) => boolean> = {
		'=': (value) => value === wanted,
		'!=': (value) => value !== wanted,
		'<': (value) => isBelow(value, wanted),
		'>': (value) => isBelow(wanted, value),
		'<=': (value) => value !== null && (value === wanted || isBelow(value, wanted)),
		'>=': (value) => value !== null && (value === wanted || isBelow(wanted, value)),
		in: (value) => list.includes(value),
		not_in: (value) => !list.includes(value),
		overlap: overlaps,
		not_overlap: (value) => !overlaps(value),
		is_null: (value) => value === null,
		is_not_null: (value) => value !== null,
	};
	const matches = (value: unknown): boolean => typeof value === 'string' && pattern.test(value);
	return tests[operator] ?? (operator.startsWith('not_') ? (value) => !matches(value) : matches);
};

const isBelow = (less: unknown, more: unknown): boolean => {
	if (typeof less === 'number' && typeof more === 'number') return less < more;
	return typeof less === 'string' && typeof more === 'string' && less < more;
};

/** In `like` a percent sign is any text; everything else is itself. */
const patternOf = (operator: string, wanted: string): RegExp => {
	if (operator === 'regexp') {
		try {
			return new RegExp(wanted, 'u');
		} catch {
			throw invalid('filter.value', wanted);
		}
	}
	const escaped = wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('%', '[^]*');
	return new RegExp(`^${escaped}$`, operator.endsWith('ilike') ? 'iu' : 'u');
};
