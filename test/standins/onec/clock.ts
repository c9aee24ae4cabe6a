/**
 * The base's clock. Dates of 1C carry no zone: they are the server's local time (reference 1c-ut103.md §2 "Types"),
 * so a reader that takes them for UTC is wrong by the offset. The zone of the server is an option of the base.
 */
export type Clock = () => string;

export function clockOf(now: () => number, timeZone: string): Clock {
	const format = new Intl.DateTimeFormat('sv-SE', {
		timeZone,
		dateStyle: 'short',
		timeStyle: 'medium',
	});
	return () => format.format(new Date(now())).replace(' ', 'T');
}

/** 2026-11-24T12:00:00 → «24.11.2026 12:00:00», the way presentations of documents show it. */
export function presentDate(date: string): string {
	const [day, time] = date.split('T');
	const [year, month, dayOfMonth] = day.split('-');
	return `${dayOfMonth}.${month}.${year} ${time.replace(/^0(\d:)/, '$1')}`;
}
