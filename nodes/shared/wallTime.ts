/**
 * Dates of 1C and of CoMagic carry no zone: they are the wall time of the server or of the account. Everywhere else
 * times are ISO 8601 with an offset, so that zone has to be known.
 */
import { Problem } from '../exchange/problem';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Swedish dates are written as ISO 8601 writes them. */
const inSwedish = (timeZone: string): [string, Intl.DateTimeFormatOptions] => [
	'sv-SE',
	{ timeZone, dateStyle: 'short', timeStyle: 'medium' },
];

export const isTimeZone = (name: string): boolean => {
	try {
		return Boolean(new Intl.DateTimeFormat(...inSwedish(name)));
	} catch {
		return false;
	}
};

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
	const known = formats.get(timeZone);
	if (known) return known;
	if (!isTimeZone(timeZone)) {
		throw new Problem(
			`"${timeZone}" is not a time zone.`,
			'Write the zone of the server into the credential, such as Europe/Moscow.',
		);
	}
	const format = new Intl.DateTimeFormat(...inSwedish(timeZone));
	formats.set(timeZone, format);
	return format;
};

/** @param moment milliseconds since 1970 */
export const wallTime = (moment: number, timeZone: string): string =>
	formatOf(timeZone).format(moment).replace(' ', 'T');

const MINUTE = 60_000;

const offsetAt = (moment: number, timeZone: string): number => {
	const wall = Date.parse(`${wallTime(moment, timeZone)}Z`);
	return Math.round((wall - moment) / MINUTE) * MINUTE;
};

const written = (offset: number): string => {
	const minutes = Math.abs(offset) / MINUTE;
	const two = (number: number): string => String(number).padStart(2, '0');
	return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};

/** 2026-11-24T12:00:00 in Moscow becomes 2026-11-24T12:00:00+03:00. */
export const withOffset = (wall: string, timeZone: string): string => {
	const asUtc = Date.parse(`${wall}Z`);
	if (Number.isNaN(asUtc)) return wall;
	const near = offsetAt(asUtc, timeZone);
	return `${wall}${written(offsetAt(asUtc - near, timeZone))}`;
};
