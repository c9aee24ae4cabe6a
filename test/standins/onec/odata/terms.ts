/**
 * Typed terms of the filter language and how 1C compares them. The traps live here: what the query behind the service
 * cannot compare is 500 with code -1, a datetime literal against a string field silently matches nothing, other mismatches
 * are refused with code 14 (reference 1c-ut103.md §2 "$filter").
 */
import type { RowType } from '../model/types';
import type { Row } from '../values';
import { badOption, incomparable } from './errors';

export interface Reference {
	ref: string;
	type: string;
}

export type TermValue = string | number | boolean | Reference | undefined;

export interface Scope {
	row: Row;
	variables: ReadonlyMap<string, Row>;
}

export type TermKind =
	| 'string'
	| 'number'
	| 'guid'
	| 'date'
	| 'boolean'
	| 'null'
	| 'composite'
	| 'reference';

export interface Term {
	kind: TermKind;
	/** A string of unlimited length: it can be looked into, not compared. */
	unlimited?: boolean;
	value(scope: Scope): TermValue;
}

/** What a compiled expression may look at. */
export interface Surroundings {
	type: RowType;
	variables: ReadonlyMap<string, RowType>;
	option: string;
	ignoreCase: boolean;
	comparesGuids: boolean;
	comparesUnlimited: boolean;
	/** A composite against a bare guid finds nothing, where it is not refused. */
	toleratesBareGuids: boolean;
	typeOf(set: string): RowType | undefined;
	rowOf(set: string, ref: string): Row | undefined;
}

export const isReference = (value: TermValue): value is Reference => typeof value === 'object';

const COMPOSITE_EDM: Partial<Record<TermKind, string>> = {
	string: 'Edm.String',
	number: 'Edm.Double',
	date: 'Edm.DateTime',
	boolean: 'Edm.Boolean',
};

type Matcher = (left: TermValue, right: TermValue, ignoreCase: boolean) => number | undefined;

/** Looked at for every row of a set, so nothing is made anew that can be compared as it is. */
const order: Matcher = (left, right, ignoreCase) => {
	if (left === right) return 0;
	if (left === undefined || right === undefined) return undefined;
	if (ignoreCase && typeof left === 'string' && typeof right === 'string') {
		return compared(left.toLowerCase(), right.toLowerCase());
	}
	return compared(left, right);
};

function compared(left: TermValue & {}, right: TermValue & {}): number {
	if (left === right) return 0;
	return left < right ? -1 : 1;
}

/** Guids and moments are written in one way only. */
const exactOrder: Matcher = (left, right) => order(left, right, false);

const never: Matcher = () => undefined;

const referencesMatch: Matcher = (left, right) =>
	isReference(left) && isReference(right) && left.type === right.type && left.ref === right.ref
		? 0
		: undefined;

const refsMatch: Matcher = (left, right) => {
	const [a, b] = [left, right].map((value) => (isReference(value) ? value.ref : value));
	return a !== undefined && a === b ? 0 : undefined;
};

const SAME_KIND: Partial<Record<TermKind, Matcher>> = {
	composite: referencesMatch,
	reference: referencesMatch,
	guid: exactOrder,
	date: exactOrder,
};

/** Both orders of the operands are tried, so each pair stands here once. */
function matcherOf(left: TermKind, right: TermKind): Matcher | undefined {
	const pair = `${left} ${right}`;
	if (left === right) return SAME_KIND[left] ?? order;
	if (pair === 'composite reference') return referencesMatch;
	if (pair === 'composite guid' || pair === 'string date') return never;
	if (pair === 'guid reference') return refsMatch;
	if (right === 'null') return order;
	const edm = left === 'composite' ? COMPOSITE_EDM[right] : undefined;
	if (!edm) return undefined;
	return (composite, value, ignoreCase) =>
		isReference(composite) && composite.type === edm
			? order(typeof value === 'number' ? Number(composite.ref) : composite.ref, value, ignoreCase)
			: undefined;
}

const ORDERED: readonly TermKind[] = ['string', 'number', 'date'];

const flip = (result: number | undefined) => (result === undefined ? undefined : -result);

export function compareTerms(op: string, left: Term, right: Term, around: Surroundings): Term {
	const straight = matcherOf(left.kind, right.kind);
	const flipped = straight ? undefined : matcherOf(right.kind, left.kind);
	if (!straight && !flipped) throw badOption(around.option);
	checkComparable(op, left, right, around);
	const ordered = ORDERED.includes(left.kind) || left.kind === 'guid';
	if (!ordered && op !== 'eq' && op !== 'ne') throw badOption(around.option);
	const answer = ANSWERS[op];
	return {
		kind: 'boolean',
		value: (scope) => {
			const [a, b] = [left.value(scope), right.value(scope)];
			const result = straight
				? straight(a, b, around.ignoreCase)
				: flip(flipped?.(b, a, around.ignoreCase));
			return answer(result);
		},
	};
}

/** The query behind the service is refused as a whole, whichever rows it would meet. */
function checkComparable(op: string, left: Term, right: Term, around: Surroundings): void {
	const kinds = [left.kind, right.kind];
	const isOrder = op !== 'eq' && op !== 'ne';
	if ((left.unlimited || right.unlimited) && !around.comparesUnlimited) throw incomparable();
	if (isOrder && left.kind === 'guid' && !around.comparesGuids) throw incomparable();
	if (kinds.includes('composite') && kinds.includes('guid') && !around.toleratesBareGuids) {
		throw incomparable();
	}
}

const ANSWERS: Readonly<Record<string, (result: number | undefined) => boolean>> = {
	eq: (result) => result === 0,
	ne: (result) => result !== 0,
	gt: (result) => result !== undefined && result > 0,
	ge: (result) => result !== undefined && result >= 0,
	lt: (result) => result !== undefined && result < 0,
	le: (result) => result !== undefined && result <= 0,
};
