/**
 * Filters of list methods.
 * Imitates: the prefixes of crm-item-list.md; the strict refusal of crm.item.*; the silence of the old
 * lists, which drop an unknown field and then return everything (reference §1.6).
 * Does not imitate: filtering by fields of linked items.
 */
import { dayOf, momentOf } from './clock';
import { invalidArgument } from './refusal';
import type { PortalSwitches } from './switches';
import { asFlag, asList, asMap, asNumber, asText, isEmpty } from './values';
import type { Fields } from './values';

export type FilterKind = 'number' | 'text' | 'moment' | 'day' | 'flag' | 'binaryFlag';
export type Reads<T> = (row: T) => unknown;
export interface Filterable<T> {
	kind: FilterKind;
	reads: Reads<T>;
}
export type Predicate<T> = (row: T) => boolean;

/** Longest first, so that `!=%` is not read as `!=`. */
const PREFIXES = [
	'!><',
	'><',
	'!=%',
	'!%=',
	'>=',
	'<=',
	'!@',
	'=%',
	'%=',
	'!%',
	'!=',
	'@',
	'%',
	'>',
	'<',
	'=',
	'!',
];

export interface Criterion {
	prefix: string;
	field: string;
}

export function criterion(key: string): Criterion {
	const prefix = PREFIXES.find((candidate) => key.startsWith(candidate)) ?? '';
	return { prefix: prefix === '' ? '=' : prefix, field: key.slice(prefix.length) };
}

export interface FilterRules {
	/** crm.item.* refuses what the old lists quietly drop. */
	strict: boolean;
	/** catalog.* knows no `@`, crm.item.* knows them all. */
	prefixes?: string[];
	/** What does not suit its field is refused; otherwise it is compared as PHP and the database would. */
	checked?: boolean;
	/** Names in capitals by which a field may also be named, though not behind a prefix. */
	capitals?: Map<string, string>;
	/**
	 * With useOriginalUfNames=Y a name is recognised behind its prefix on the first level only; in a nested group the
	 * prefixed name of a user field is taken for camelCase [server behaviour; how the mangled name reads is a guess].
	 */
	mangledInGroups?: boolean;
	/** See the switch; a condition in a form that is not understood filters nothing. */
	momentFilter?: PortalSwitches['momentFilter'];
}

export function filterOf<T>(
	raw: unknown,
	fields: Map<string, Filterable<T>>,
	rules: FilterRules,
): Predicate<T> {
	const filter = asMap(raw);
	if (!filter) {
		if (isEmpty(raw)) return () => true;
		if (rules.strict) throw invalidArgument("Invalid filter: parameter 'filter' must be array");
		return () => true;
	}
	return group(filter, fields, rules);
}

function group<T>(
	filter: Fields,
	fields: Map<string, Filterable<T>>,
	rules: FilterRules,
): Predicate<T> {
	const parts: Array<Predicate<T>> = [];
	let either = false;
	for (const [key, operand] of Object.entries(filter)) {
		if (key.toLowerCase() === 'logic') {
			either = asText(operand).toUpperCase() === 'OR';
			continue;
		}
		if (/^\d+$/.test(key)) {
			const nested = asMap(operand);
			if (nested) parts.push(group(mangled(nested, rules), fields, rules));
			continue;
		}
		const part = condition(key, operand, fields, rules);
		if (part) parts.push(part);
	}
	if (either && parts.length > 0) return (row) => parts.some((part) => part(row));
	return (row) => parts.every((part) => part(row));
}

function condition<T>(
	key: string,
	operand: unknown,
	fields: Map<string, Filterable<T>>,
	rules: FilterRules,
): Predicate<T> | undefined {
	const { prefix, field } = criterion(key);
	const known = fields.get(field) ?? fields.get(rules.capitals?.get(key) ?? '');
	const allowed = rules.prefixes === undefined || rules.prefixes.includes(prefix);
	if (!known || !allowed) {
		if (rules.strict)
			throw invalidArgument(`Invalid filter: field '${field}' is not allowed in filter`);
		return undefined;
	}
	const operands = asList(operand) ?? [operand];
	if (rules.strict && !(takesOperands(prefix, operand) && suits(operands, known, rules))) {
		throw invalidArgument(`Invalid filter: field '${field}' has invalid value`);
	}
	const isLost = rules.momentFilter === 'portal form only' && known.kind === 'moment';
	if (isLost && operands.some((value) => asText(value).includes('T'))) return undefined;
	return (row) => {
		const value = known.reads(row);
		const values = Array.isArray(value) ? value : [value];
		return holds(prefix, values, operands, known.kind);
	};
}

function mangled(group: Fields, { mangledInGroups }: FilterRules): Fields {
	if (!mangledInGroups) return group;
	return Object.fromEntries(
		Object.entries(group).map(([key, operand]) => {
			const { field } = criterion(key);
			const isMangled = field !== key && field.startsWith('UF_');
			return [isMangled ? key.replace(/(.)([A-Z])/g, '$1_$2') : key, operand];
		}),
	);
}

const BETWEEN = ['><', '!><'];
const TAKE_LISTS = ['=', '!=', '@', '!@'];

/** Lists suit equality only, and between takes exactly two values [server behaviour]. */
function takesOperands(prefix: string, operand: unknown): boolean {
	const list = asList(operand);
	if (BETWEEN.includes(prefix)) return list?.length === 2;
	return list === undefined || TAKE_LISTS.includes(prefix);
}

function suits<T>(operands: unknown[], { kind }: Filterable<T>, { checked }: FilterRules): boolean {
	return !checked || operands.every((value) => readable(value, kind));
}

function readable(operand: unknown, kind: FilterKind): boolean {
	if (isEmpty(operand)) return true;
	if (typeof operand === 'object') return false;
	if (kind === 'number') return asNumber(operand) !== undefined;
	if (kind === 'moment' || kind === 'day') return momentOf(asText(operand)) !== undefined;
	if (kind === 'flag') return asFlag(operand) !== undefined;
	return true;
}

function holds(prefix: string, values: unknown[], operands: unknown[], kind: FilterKind): boolean {
	const some = (test: (value: unknown, operand: unknown) => boolean): boolean =>
		values.some((value) => operands.some((operand) => test(value, operand)));
	switch (prefix) {
		case '=':
		case '@':
			return some((value, operand) => equals(value, operand, kind));
		case '!':
		case '!=':
		case '!@':
			return !some((value, operand) => equals(value, operand, kind));
		case '%':
			return some((value, operand) => like(value, `%${asText(operand)}%`));
		case '=%':
		case '%=':
			return some((value, operand) => like(value, asText(operand)));
		case '!%':
			return !some((value, operand) => like(value, `%${asText(operand)}%`));
		case '!=%':
		case '!%=':
			return !some((value, operand) => like(value, asText(operand)));
		case '><':
			return between(values, operands, kind);
		case '!><':
			return !between(values, operands, kind);
		default:
			return some((value, operand) => inOrder(prefix, value, operand, kind));
	}
}

function between(values: unknown[], [from, to]: unknown[], kind: FilterKind): boolean {
	return values.some((value) => inOrder('>=', value, from, kind) && inOrder('<=', value, to, kind));
}

/** Flags are kept as `Y` and `N`: true finds them, and the "1" that a query makes of it finds none [fast_bitrix24 issue 265]. */
function equals(value: unknown, operand: unknown, kind: FilterKind): boolean {
	if (isEmpty(operand)) {
		if (kind === 'flag') return asText(value) !== 'Y';
		return isEmpty(value) || (kind === 'number' && asNumber(value) === 0);
	}
	if (kind === 'text') return like(value, asText(operand));
	const left = comparable(value, kind);
	const isText = kind === 'binaryFlag' || kind === 'flag';
	const right =
		isText && typeof operand !== 'boolean' ? asText(operand) : comparableOperand(operand, kind);
	if (kind === 'number' && right === 0 && left === undefined) return true;
	return left !== undefined && left === right;
}

function inOrder(prefix: string, value: unknown, operand: unknown, kind: FilterKind): boolean {
	const left = comparable(value, kind);
	const right = comparableOperand(operand, kind);
	if (left === undefined || right === undefined) return false;
	if (prefix === '>') return left > right;
	if (prefix === '>=') return left >= right;
	if (prefix === '<') return left < right;
	return left <= right;
}

/** Text that is no number counts as the number it begins with, or 0, as PHP casts it. */
function comparableOperand(operand: unknown, kind: FilterKind): string | number | undefined {
	const known = comparable(operand, kind);
	if (known !== undefined || kind !== 'number' || typeof operand !== 'string') return known;
	return Number.parseFloat(operand) || 0;
}

function comparable(value: unknown, kind: FilterKind): string | number | undefined {
	if (value === null || value === undefined) return undefined;
	switch (kind) {
		case 'number':
			return asNumber(value);
		case 'moment':
			return momentOf(asText(value));
		case 'day':
			return dayOf(asText(value));
		case 'flag':
			return asFlag(value);
		case 'binaryFlag':
			// User fields of type boolean answer Y/N but are stored, and filtered, as 1/0 (crm-item-list.md).
			return value === 'Y' ? '1' : value === 'N' ? '0' : asText(value);
		default:
			return asText(value).toLowerCase();
	}
}

/** Exact comparison ignores case and honours `%` even without a prefix (third-party note, §1.6). */
function like(value: unknown, pattern: string): boolean {
	if (value === null || value === undefined) return false;
	if (!pattern.includes('%')) return asText(value).toLowerCase() === pattern.toLowerCase();
	const escaped = pattern
		.toLowerCase()
		.split('%')
		.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${escaped.join('[^]*')}$`).test(asText(value).toLowerCase());
}
