/**
 * A page of a set: $filter, $orderby, $skip before $top, $inlinecount (reference 1c-ut103.md §2). Without $orderby the
 * order is not guaranteed by 1C, so it is deliberately an odd one here: a client that pages must ask for an order.
 */
import type { Row } from '../values';
import { badOption, unknownSegment } from './errors';
import { compileFilter, compilePath } from './filter';
import { isReference, type Surroundings, type Term, type TermValue } from './terms';
import type { Query } from './url';

export interface Page {
	rows: Row[];
	/** Rows that pass the filter, whatever the page is. */
	count: number;
}

export function pageOf(
	rows: Row[],
	query: Query,
	around: Surroundings,
	countIgnoresTop: boolean,
): Page {
	const filter = query.get('$filter');
	const test =
		filter === undefined ? () => true : compileFilter(filter, { ...around, option: '$filter' });
	const ordered = sorted(rows.filter(test), query.get('$orderby'), around);
	const skip = count(query, '$skip') ?? 0;
	const top = count(query, '$top');
	const whole = countIgnoresTop && query.get('$inlinecount') === 'allpages';
	const page = whole ? ordered : ordered.slice(skip, top === undefined ? undefined : skip + top);
	return { rows: page, count: ordered.length };
}

function count(query: Query, option: string): number | undefined {
	const source = query.get(option);
	if (source === undefined) return undefined;
	if (!/^\d{1,9}$/.test(source)) throw badOption(option);
	return Number(source);
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

function sorted(rows: Row[], option: string | undefined, around: Surroundings): Row[] {
	const keys = option === undefined ? [] : option.split(',').map((one) => orderKey(one, around));
	const valued = rows.map((row) => ({
		row,
		odd: oddKey(row),
		values: keys.map(({ term }) => comparable(term.value({ row, variables: new Map() }))),
	}));
	valued.sort((left, right) => {
		for (const [index, { direction }] of keys.entries()) {
			const [a, b] = [left.values[index], right.values[index]];
			if (a !== b) return a < b ? -direction : direction;
		}
		return left.odd < right.odd ? -1 : 1;
	});
	return valued.map(({ row }) => row);
}

/** Deterministic, yet by neither date, number nor reference: the reference read from its middle. */
function oddKey(row: Row): string {
	const ref = String(row.Ref_Key ?? row.Recorder ?? row.Recorder_Key ?? JSON.stringify(row));
	const line = String(row.LineNumber ?? '').padStart(6, '0');
	return ref.slice(2, 8) + ref + line;
}
