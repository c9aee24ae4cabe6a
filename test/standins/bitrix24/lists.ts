/**
 * Sorting, paging and selecting, the same for every list method.
 * Imitates: list-methods-pecularities.md and huge-data.md (reference §1.5): pages of 50, `next` only when
 * more rows follow, no counting with start=-1.
 * Does not imitate: the seconds a deep page costs.
 */
import type { Filterable } from './filter';
import { momentOf } from './clock';
import { invalidArgument } from './refusal';
import type { PortalSwitches } from './switches';
import { asList, asMap, asNumber, asText, asWhole, isEmpty } from './values';

const PAGE = 50;

export interface Page<T> {
	rows: T[];
	total?: number;
	next?: number;
}

/**
 * `start` means the page it lies on, and only in a few classic lists an offset; lists of the newer generation have no
 * total when nothing was counted [server behaviour, vendor's client tests].
 */
export type Paging = 'classic' | 'byOffset' | 'newer';

export function pageOf<T>(
	rows: T[],
	start: unknown,
	switches: PortalSwitches,
	paging: Paging,
): Page<T> {
	const asked = asWhole(start) ?? 0;
	if (asked < 0) {
		const page = rows.slice(0, PAGE);
		const { totalWithoutCount: told } = switches;
		const isTold = told === 'zero' || (told === 'zeroInClassicLists' && paging !== 'newer');
		return isTold ? { rows: page, total: 0 } : { rows: page };
	}
	const from = paging === 'byOffset' ? asked : Math.floor(asked / PAGE) * PAGE;
	const until = from + PAGE;
	const page: Page<T> = { rows: rows.slice(from, until), total: rows.length };
	if (until < rows.length) page.next = until;
	return page;
}

export interface Listing<T> {
	/** In order of their ids. */
	candidates: Iterable<T>;
	matches: (row: T) => boolean;
	fields: Map<string, Filterable<T>>;
	/** What the fields call the id; lists are sorted by it when nothing else is asked. */
	idName: string;
	strict: boolean;
	paging: Paging;
}

/** The page a list method answers. Nothing beyond the page is looked at when nothing has to be counted. */
export function listPage<T>(
	{ start, order }: { start?: unknown; order?: unknown },
	switches: PortalSwitches,
	{ candidates, matches, fields, idName, strict, paging }: Listing<T>,
): Page<T> {
	const directions = directionsOf(order, fields, strict);
	const inOrder =
		directions.length === 0 || (directions[0][0] === idName && !isDescending(directions[0][1]));
	const uncounted = (asWhole(start) ?? 0) < 0;
	const found: T[] = [];
	for (const row of candidates) {
		if (!matches(row)) continue;
		found.push(row);
		if (inOrder && uncounted && found.length === PAGE) break;
	}
	const rows = inOrder ? found : sorted(found, order, fields, strict, idName);
	return pageOf(rows, start, switches, paging);
}

export function sorted<T>(
	rows: T[],
	order: unknown,
	fields: Map<string, Filterable<T>>,
	strict: boolean,
	byDefault?: string,
): T[] {
	const directions = directionsOf(order, fields, strict);
	if (directions.length === 0 && byDefault) directions.push([byDefault, 'ASC']);
	return [...rows].sort((a, b) => {
		for (const [name, direction] of directions) {
			const field = fields.get(name);
			if (!field) continue;
			const sign = isDescending(direction) ? -1 : 1;
			const difference = compare(field.reads(a), field.reads(b), field) * sign;
			if (difference !== 0) return difference;
		}
		return 0;
	});
}

function directionsOf<T>(
	order: unknown,
	fields: Map<string, Filterable<T>>,
	strict: boolean,
): Array<[name: string, direction: string]> {
	return Object.entries(asMap(order) ?? {})
		.map(([name, direction]): [string, string] => [name, asText(direction)])
		.filter(([name, direction]) => sortable(name, direction, fields, strict));
}

function isDescending(direction: string): boolean {
	return direction.toUpperCase() === 'DESC';
}

function sortable<T>(
	name: string,
	direction: string,
	fields: Map<string, Filterable<T>>,
	strict: boolean,
): boolean {
	if (!fields.has(name)) {
		if (strict) throw invalidArgument(`Invalid order: field '${name}' is not allowed in order`);
		return false;
	}
	if (strict && !/^(asc|desc)$/i.test(direction)) {
		throw invalidArgument(
			`Invalid order: allowed sort directions are \`ASC, DESC\`. But got '${direction}' for field '${name}'`,
		);
	}
	return true;
}

function compare<T>(a: unknown, b: unknown, field: Filterable<T>): number {
	if (isEmpty(a) || isEmpty(b)) return Number(!isEmpty(a)) - Number(!isEmpty(b));
	if (field.kind === 'number') return (asNumber(a) ?? 0) - (asNumber(b) ?? 0);
	if (field.kind === 'moment') return (momentOf(asText(a)) ?? 0) - (momentOf(asText(b)) ?? 0);
	const [left, right] = [asText(a).toLowerCase(), asText(b).toLowerCase()];
	return left < right ? -1 : left > right ? 1 : 0;
}

/** The names asked for, or undefined when everything is wanted. Unknown names are ignored later. */
export function selection(select: unknown): string[] | undefined {
	const names = (asList(select) ?? []).map(asText).filter((name) => name !== '');
	return names.length === 0 || names.includes('*') ? undefined : names;
}

export function pick(
	row: Record<string, unknown>,
	names: string[] | undefined,
): Record<string, unknown> {
	if (!names) return row;
	return Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));
}
