/** Conditions of the editor as a filter of crm.item.list, whose keys are fields with a prefix of comparison. */
import { Problem } from '../../exchange/problem';
import type { CardFields } from './cardFields';

export const COMPARISONS = [
	'is',
	'isNot',
	'contains',
	'containsNot',
	'startsWith',
	'greater',
	'greaterOrEqual',
	'less',
	'lessOrEqual',
	'isOneOf',
	'isNoneOf',
] as const;

export type Comparison = (typeof COMPARISONS)[number];

export interface Condition {
	field: string;
	comparison: Comparison;
	value: unknown;
}

type Filter = Record<string, unknown>;

/** Prefixes of crm.item.list [Bitrix24 docs, crm.item.list]. */
const PREFIXES: Record<Comparison, string> = {
	is: '=',
	isNot: '!=',
	contains: '%',
	containsNot: '!%',
	startsWith: '=%',
	greater: '>',
	greaterOrEqual: '>=',
	less: '<',
	lessOrEqual: '<=',
	isOneOf: '@',
	isNoneOf: '!@',
};

const YES = ['y', 'yes', 'true', '1', 'да'];

/** User fields keep a flag as 1 or 0 and are filtered by it, though they answer Y or N [Bitrix24 docs, crm.item.list]. */
const flag = (name: string, value: unknown): string => {
	const isYes = YES.includes(String(value).trim().toLowerCase());
	if (name.startsWith('UF_')) return isYes ? '1' : '0';
	return isYes ? 'Y' : 'N';
};

const listOf = (value: unknown): unknown[] =>
	Array.isArray(value)
		? value
		: String(value ?? '')
				.split(',')
				.map((one) => one.trim());

const entry = (known: CardFields, { field, comparison, value }: Condition): [string, unknown] => {
	const description = known.get(field);
	if (!description) {
		throw new Problem(
			`A condition names the field ${field}, which these cards do not have.`,
			'Choose the field from the list again.',
		);
	}
	const written = (one: unknown): unknown =>
		description.type === 'boolean' ? flag(field, one) : one;
	const key = `${PREFIXES[comparison]}${field}`;
	if (comparison === 'isOneOf' || comparison === 'isNoneOf')
		return [key, listOf(value).map(written)];
	if (comparison === 'startsWith') return [key, `${String(value)}%`];
	return [key, written(value)];
};

/** Groups keep two conditions on the same field apart, which one map of keys cannot. */
export const toFilter = (
	known: CardFields,
	conditions: Condition[],
	isAny: boolean,
	further: Filter,
): Filter => {
	const entries = conditions.map((condition) => entry(known, condition));
	if (entries.length === 0) return further;
	const keys = [...Object.keys(further), ...entries.map(([key]) => key)];
	const isFlat = !isAny && new Set(keys).size === keys.length;
	if (isFlat) return { ...further, ...Object.fromEntries(entries) };
	const group = {
		logic: isAny ? 'OR' : 'AND',
		...Object.fromEntries(entries.map(([key, value], index) => [index, { [key]: value }])),
	};
	return Object.keys(further).length === 0 ? { 0: group } : { 0: group, 1: further };
};
