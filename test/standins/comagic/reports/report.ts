/**
 * A classic report: an obligatory interval of three months at most, then the usual list (reference §1.2). A record
 * appears some time after it happened (switch `recordDelaySeconds`).
 */
import { monthsLater } from '../clock';
import type { Column } from '../columns';
import type { Desk, Method, Result } from '../desk';
import { list, LISTING } from '../listing';
import { checkParams, type Shape } from '../params';
import { Refusal } from '../refusal';
import type { Fields } from '../values';
import { asOfNow } from './attribution';

const LONGEST_MONTHS = 3;

export interface Report<Record extends { at: number }> {
	columns: Map<string, Column>;
	/** Parameters of this report only. */
	more?: Shape;
	records(desk: Desk, params: Fields): Record[];
	row(desk: Desk, record: Record): Fields;
}

export const reportMethod =
	<Record extends { at: number }>(report: Report<Record>): Method =>
	(desk, params) => {
		const interval = { date_from: 'dateTime!', date_till: 'dateTime!' } as const;
		checkParams(params, { ...LISTING, ...interval, ...report.more });
		const within = intervalOf(params, LONGEST_MONTHS);
		return listed(desk, report, params, within);
	};

export const listed = <Record extends { at: number }>(
	desk: Desk,
	{ columns, records, row }: Report<Record>,
	params: Fields,
	within: (text: string) => boolean,
): Result => {
	const { clock, switches } = desk;
	const latest = clock.now() - switches.recordDelaySeconds * 1000;
	const rows = records(desk, params)
		.filter(({ at }) => at <= latest && within(clock.text(at)))
		.map((record) => asOfNow(desk, row(desk, record), record.at));
	const { rows: data, total } = list(rows, columns, params);
	return { data, totalItems: total };
};

export const intervalOf = (
	{ date_from, date_till }: Fields,
	longestMonths: number,
): ((text: string) => boolean) => {
	const [from, till] = [String(date_from), String(date_till)];
	if (from > till) throw new Refusal('invalid_parameters_combination', { field: 'date_from' });
	if (till > monthsLater(from, longestMonths))
		throw new Refusal('date_interval_limit_reached', { field: 'date_till', value: till });
	return (text) => text >= from && text <= till;
};
