/**
 * Habits of the old-generation methods: upper-case names, values as strings, filters that forgive.
 * Imitates: crm-deal-get.md, crm-requisite-list.md and their kin (reference §1.4, §1.6).
 * Does not imitate: `select` of fields of linked entities.
 */
import { filterOf } from './filter';
import type { Filterable, FilterKind } from './filter';
import { listPage } from './lists';
import type { Paging } from './lists';
import { blank } from './refusal';
import type { ClassicRow } from './store';
import type { Answer, Call, Methods } from './call';
import { asList, asMap, asText, asWhole, isEmpty } from './values';
import type { Fields } from './values';

/** The words of classic parameters, which are read in any letter case and with the old prefix of arrays (`arFilter`). */
const WORDS = ['filter', 'select', 'order', 'fields', 'id', 'start'];

/** Parameters under the names the methods here read; the usual spelling wins [server behaviour, vendor's client tests]. */
export function inAnyCase(methods: Methods): Methods {
	return Object.fromEntries(
		Object.entries(methods).map(([name, method]) => [
			name,
			(call: Call) => method({ ...call, params: usualNames(call.params) }),
		]),
	);
}

function usualNames(params: Fields): Fields {
	const usual = Object.entries(params).map(([name, value]): [string, unknown] => {
		const word = name.replace(/^ar(?=[A-Z])/, '').toLowerCase();
		return [WORDS.includes(word) ? word : name, value];
	});
	const own = Object.entries(params).filter(([name]) => WORDS.includes(name));
	return Object.fromEntries([...usual, ...own]);
}

/** No `fields` are no fields, which is enough for an empty deal [vendor's client tests]. */
export function fieldsParam({ params }: Call): Fields {
	const fields = asMap(params.fields ?? []);
	if (!fields) throw blank("Parameter 'fields' must be array.");
	return fields;
}

export function idParam({ params }: Call, message = 'ID is not defined or invalid.'): number {
	const id = asWhole(params.id);
	if (id === undefined || id <= 0) throw blank(message);
	return id;
}

/** A list over string rows; unknown fields in filter, order and select are dropped without a word. */
export function classicList(
	call: Call,
	rows: Iterable<ClassicRow>,
	columns: string[],
	idName = 'ID',
	paging: Paging = 'classic',
): Answer {
	const { params, switches } = call;
	const fields = new Map(
		columns.map((name): [string, Filterable<ClassicRow>] => [
			name,
			{ kind: kindOf(name), reads: (row) => row[name] ?? null },
		]),
	);
	for (const name of ['filter', 'order']) {
		if (!isEmpty(params[name]) && !asMap(params[name]))
			throw blank(`Parameter '${name}' must be array.`);
	}
	const page = listPage(params, switches, {
		candidates: rows,
		matches: filterOf(params.filter, fields, { strict: false }),
		fields,
		idName,
		strict: false,
		paging,
	});
	const names = columnsAsked(params.select, columns);
	const result = page.rows.map((row) =>
		Object.fromEntries(names.map((name) => [name, row[name] ?? null])),
	);
	return { result, total: page.total, next: page.next };
}

/** `*` is every standard column; user fields need their own `UF_*` (general classic rule). */
function columnsAsked(select: unknown, columns: string[]): string[] {
	const asked = (asList(select) ?? []).map(asText);
	const standard = columns.filter((name) => !name.startsWith('UF_'));
	if (asked.length === 0) return standard;
	const wanted = columns.filter(
		(name) =>
			asked.includes(name) ||
			(asked.includes('*') && !name.startsWith('UF_')) ||
			(asked.includes('UF_*') && name.startsWith('UF_')),
	);
	return wanted.length === 0 ? standard : wanted;
}

/** Identifiers that are numbers, and amounts. ENTITY_ID and TYPE_ID hold words in some tables. */
const NUMERIC =
	/^(ID|SORT|OPPORTUNITY|TAX_VALUE|PROBABILITY|REVENUE|(.*_BY|ENTITY_TYPE|COMPANY|CONTACT|LEAD|QUOTE|CATEGORY|PRESET|COUNTRY|OWNER|REQUISITE|BANK_DETAIL|ANCHOR)_ID|PARENT_ID_\d+)$/;

function kindOf(name: string): FilterKind {
	if (/^(DATE_|MOVED_TIME|CREATED$|LAST_ACTIVITY_TIME)/.test(name)) return 'moment';
	if (/^(BEGINDATE|CLOSEDATE)$/.test(name)) return 'day';
	return NUMERIC.test(name) ? 'number' : 'text';
}

/** How the classic generation writes a value: everything is a string, nothing is null. */
export function classicValue(value: unknown, money: boolean): string | null {
	if (value === null || value === undefined) return null;
	if (money && typeof value === 'number') return value.toFixed(2);
	return asText(value);
}
