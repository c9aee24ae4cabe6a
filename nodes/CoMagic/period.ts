/** The time a report is asked about: at most three months in one question, in the wall time of the account. */
import { Problem } from '../exchange/problem';
import { wallTime, withOffset } from '../shared/wallTime';

export interface Period {
	/** Milliseconds since 1970, both ends included. */
	from: number;
	till: number;
}

const SECOND = 1000;
const DAY = 86_400_000;

/** "Max value of requested date interval is 3 months": the shortest three months have 89 days. */
const LONGEST = 89 * DAY - SECOND;

/** Windows of a period, oldest first; they do not overlap, because times are whole seconds. */
export const windowsOf = ({ from, till }: Period): Period[] => {
	const windows: Period[] = [];
	for (let start = from; start <= till; start += LONGEST + SECOND) {
		windows.push({ from: start, till: Math.min(till, start + LONGEST) });
	}
	return windows;
};

/** Two halves, for a window with more rows than can be paged through; null when a second cannot be halved. */
export const halvesOf = ({ from, till }: Period): [Period, Period] | null => {
	const middle = from + Math.floor((till - from) / 2 / SECOND) * SECOND;
	if (middle >= till) return null;
	return [
		{ from, till: middle },
		{ from: middle + SECOND, till },
	];
};

/** As the API writes moments: `YYYY-MM-DD hh:mm:ss`. */
export const asText = (moment: number, timeZone: string): string =>
	wallTime(moment, timeZone).replace('T', ' ');

/** ISO 8601 with the account's offset, of a moment as the API writes it; empty when it is none. */
export const asIso = (text: string, timeZone: string): string =>
	/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.test(text)
		? withOffset(text.slice(0, 19).replace(' ', 'T'), timeZone)
		: '';

/** A time as typed or as an expression gives it; without a zone it is the account's own. */
export const momentOf = (given: string, timeZone: string, label: string): number => {
	const text = given.trim().replace(' ', 'T');
	const whole = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00` : text;
	const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(whole)
		? whole
		: withOffset(whole.slice(0, 19), timeZone);
	const moment = Date.parse(zoned);
	if (!Number.isNaN(moment)) return Math.floor(moment / SECOND) * SECOND;
	throw new Problem(`${label}: "${given}" is not a time.`, 'Write it such as 2026-11-24T12:00:00.');
};
