/**
 * Whether two values of a field are the same value, by the type of the field. «Write if different» of both systems, the
 * keys that cards and rows are matched by, and the check of what was stored all ask here. What looks like a number is
 * one only where the field holds numbers: as text, '0123' and '123', '1e3' and '1000', two accounts of twenty digits
 * and two names that differ in their letter case are different values.
 *
 * Nothing is null, undefined, '' and []. Zero is nothing only where the type says so.
 */
import Big from 'big.js';
import { phoneIdentity } from './identity';
import { EMPTY_REF, isGuid } from './reference';

export type SingleType =
	/** Names, comments, numbers of documents and accounts: character by character. */
	| 'text'
	/** What a system knows a value of its own lists by, such as a stage, a currency or a kind. */
	| 'code'
	/** A decimal number; zero is a number and not nothing: «без НДС» is not 0 %. */
	| 'number'
	/** A sum, to the kopeck, with the currency where it is written beside it («100|RUB»). */
	| 'money'
	/** A number or a sum of a column that cannot be empty: what was emptied comes back as zero. */
	| 'quantity'
	| 'sum'
	/** A day, whatever clock time and zone are written after it. */
	| 'date'
	/** An instant, in whole seconds; without a zone on one side, the clock time. */
	| 'moment'
	/** Y, 1 and true, or their opposites; nothing is no. */
	| 'flag'
	/** What another object is known by: a number or a GUID in any letter case; zero and the GUID of zeros are nothing. */
	| 'reference'
	/** A phone however it is written, with its extension. */
	| 'phone';

/** A list is compared one by one, in its order; rows by the columns that are wanted. */
export type ValueType =
	| SingleType
	| { listOf: SingleType }
	| { rowsOf: (column: string) => ValueType };

export const isNothing = (value: unknown): boolean =>
	value === null || value === undefined || value === '';

/** Both systems cut blanks at the ends, and write line ends in their own way. */
const textOf = (value: unknown): string => {
	if (isNothing(value)) return '';
	const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
	return text.replace(/\r\n?/g, '\n').trim();
};

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i;

/** The one spelling of a number; a text that is none stays what it is. */
const numberOf = (value: unknown): string => {
	const text = textOf(value);
	return DECIMAL.test(text)
		? new Big(text.replace(/\.(?!\d)/, '').replace(/^\+/, '')).toFixed()
		: text;
};

const sumOf = (value: unknown): string => {
	const [amount, currency = ''] = textOf(value).split('|');
	const number = numberOf(amount);
	return DECIMAL.test(number)
		? `${new Big(number).round(2, Big.roundHalfUp).toFixed()}|${currency}`
		: textOf(value);
};

const unlessZero = (text: string): string => (/^0(\||$)/.test(text) ? '' : text);

/** 1C has no empty date; the first second of the calendar stands for it. */
const NO_DATE = '0001-01-01T00:00:00';
const RUSSIAN = /^(\d\d)\.(\d\d)\.(\d{4})(?:[ T](\d\d:\d\d(?::\d\d)?))?$/;
const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?$/i;

interface Time {
	day: string;
	clock: string;
	/** Milliseconds; null without a zone. */
	instant: number | null;
}

const timeOf = (value: unknown): Time | null => {
	const text = textOf(value).replace(
		RUSSIAN,
		(_, day: string, month: string, year: string, clock?: string) =>
			`${year}-${month}-${day}${clock ? `T${clock}` : ''}`,
	);
	const [, day, minutes = '00:00', seconds = ':00', zone] = ISO.exec(text) ?? [];
	if (day === undefined) return null;
	const clock = `${day}T${minutes}${seconds}`;
	return { day, clock, instant: zone ? Date.parse(`${clock}${zone}`) : null };
};

const isNoDate = (value: unknown): boolean => textOf(value) === '' || textOf(value) === NO_DATE;

const isSameTime = (a: unknown, b: unknown, isSame: (a: Time, b: Time) => boolean): boolean => {
	if (isNoDate(a) || isNoDate(b)) return isNoDate(a) && isNoDate(b);
	const [left, right] = [timeOf(a), timeOf(b)];
	return left && right ? isSame(left, right) : textOf(a) === textOf(b);
};

const isSameInstant = (a: Time, b: Time): boolean =>
	a.instant !== null && b.instant !== null ? a.instant === b.instant : a.clock === b.clock;

const YES = ['Y', '1', 'TRUE'];
const NO = ['N', '0', 'FALSE', ''];

const flagOf = (value: unknown): string => {
	const text = textOf(value).toUpperCase();
	if (YES.includes(text)) return 'Y';
	return NO.includes(text) ? 'N' : textOf(value);
};

const referenceOf = (value: unknown): string => {
	const text = textOf(value);
	if (text === '0' || text === EMPTY_REF) return '';
	return isGuid(text) ? text.toLowerCase() : text;
};

const phoneOf = (value: unknown): string => phoneIdentity(textOf(value)) ?? textOf(value);

const by =
	(spelling: (value: unknown) => string) =>
	(a: unknown, b: unknown): boolean =>
		spelling(a) === spelling(b);

const isSameZoned = (a: Time, b: Time): boolean => a.instant !== null && a.instant === b.instant;

const SAME: Record<SingleType, (a: unknown, b: unknown) => boolean> = {
	text: by(textOf),
	code: by(textOf),
	number: by(numberOf),
	money: (a, b) => {
		const [left, right] = [sumOf(a), sumOf(b)];
		/** Where only one side names the currency, it is the currency of the other side too. */
		const isBare = left.endsWith('|') || right.endsWith('|');
		return isBare ? left.split('|')[0] === right.split('|')[0] : left === right;
	},
	quantity: by((value) => unlessZero(numberOf(value))),
	sum: by((value) => unlessZero(sumOf(value))),
	date: (a, b) =>
		isSameTime(a, b, (left, right) => left.day === right.day || isSameZoned(left, right)),
	moment: (a, b) => isSameTime(a, b, isSameInstant),
	flag: by(flagOf),
	reference: by(referenceOf),
	phone: by(phoneOf),
};

/** A single value counts as a list of one; an empty element stands for an empty list where none can be written. */
const listed = (value: unknown): unknown[] =>
	(Array.isArray(value) ? value : [value]).filter((one) => !isNothing(one));

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a field of this type holds the wanted value already. */
export const holds = (type: ValueType, stored: unknown, wanted: unknown): boolean => {
	if (typeof type === 'string') {
		const [[left], [right]] = [stored, wanted].map((value) =>
			Array.isArray(value) && value.length === 0 ? [''] : [value],
		);
		return SAME[type](left, right);
	}
	const [left, right] = [listed(stored), listed(wanted)];
	if (left.length !== right.length) return false;
	if ('listOf' in type) return right.every((one, index) => SAME[type.listOf](left[index], one));
	return right.every((row, index) => {
		const own = left[index];
		if (!isRecord(row) || !isRecord(own)) return SAME.text(own, row);
		return Object.keys(row).every((name) => holds(type.rowsOf(name), own[name], row[name]));
	});
};

/** Whether a field of this type is empty when it holds the value. */
export const isEmpty = (type: ValueType, value: unknown): boolean => holds(type, value, '');
