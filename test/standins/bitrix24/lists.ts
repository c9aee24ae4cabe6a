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

export function pageOf<T>(rows: T[], start: unknown, switches: PortalSwitches): Page<T> {
	const from = asWhole(start) ?? 0;
	if (from < 0) {
		const page = rows.slice(0, PAGE);
		return switches.totalWithoutCount === 'zero' ? { rows: page, total: 0 } : { rows: page };
	}
	const until = from + PAGE;
	const page: Page<T> = { rows: rows.slice(from, until), total: rows.length };
	if (until < rows.length) page.next = until;
	return page;
}

export function sorted<T>(
	rows: T[],
	order: unknown,
	fields: Map<string, Filterable<T>>,
	strict: boolean,
	byDefault?: string,
): T[] {
	const directions = Object.entries(asMap(order) ?? {}).filter(([name, direction]) =>
		sortable(name, asText(direction), fields, strict),
	);
	if (directions.length === 0 && byDefault) directions.push([byDefault, 'ASC']);
	return [...rows].sort((a, b) => {
		for (const [name, direction] of directions) {
			const field = fields.get(name);
			if (!field) continue;
			const sign = asText(direction).toUpperCase() === 'DESC' ? -1 : 1;
			const difference = compare(field.reads(a), field.reads(b), field) * sign;
			if (difference !== 0) return difference;
		}
		return 0;
	});
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
