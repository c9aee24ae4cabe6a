/**
 * What a request costs: nothing by default, so that tests are quick; what a live base was seen to take for those who
 * measure. A warm answer took 0.1 to 2 s (reference 1c-ut103.md §2 "Sessions"), a virtual table 12.5 s, half a second
 * with a Condition ("Functions"). What one object costs nobody has measured: the long end is taken for a page of 2,000
 * read objects. A write is taken for as long as a Balance, because posting reads and writes registers too (a guess).
 */
import type { Answer } from './request';

/** Milliseconds. */
export interface Costs {
	/** To the server and back. */
	latency: number;
	/** Opening the session every request needs. */
	session: number;
	/** Each object or record in the answer. */
	object: number;
	/** Each object that is written or posted. */
	write: number;
	/** A virtual table with a Condition, and one of the whole register. */
	conditionedTable: number;
	wholeTable: number;
}

export const NO_COSTS: Readonly<Costs> = {
	latency: 0,
	session: 0,
	object: 0,
	write: 0,
	conditionedTable: 0,
	wholeTable: 0,
};

export const LIVE_BASE: Readonly<Costs> = {
	latency: 10,
	session: 100,
	object: 1,
	write: 500,
	conditionedTable: 500,
	wholeTable: 12_500,
};

const VIRTUAL_TABLE = /\/(Balance|Turnovers|BalanceAndTurnovers|SliceLast|SliceFirst)\b/;

/** @param path as the request log has it, decoded and with its query */
export const costOf = (
	costs: Costs,
	{ isWrite, path, answer }: { isWrite: boolean; path: string; answer: Answer },
): number => {
	const table = path.includes('Condition=') ? costs.conditionedTable : costs.wholeTable;
	return (
		costs.latency +
		costs.session +
		costs.object * (answer.objects ?? 0) +
		(isWrite ? costs.write : 0) +
		(VIRTUAL_TABLE.test(path) ? table : 0)
	);
};
