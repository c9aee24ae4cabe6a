/**
 * Time as the portal writes and reads it.
 * Imitates: ISO with the portal's offset and whole seconds; `date` fields as midnight UTC shown with
 * the portal's shift (crm-item-get.md shows `T02:00:00+02:00` on a +02:00 portal).
 * Does not imitate: users with a time zone of their own.
 */
const OFFSET = '+03:00';
const OFFSET_MS = 3 * 60 * 60 * 1000;

let last: [second: number, iso: string] = [NaN, ''];

/** Many rows are written within one second, so the last answer is kept. */
export function isoAt(ms: number): string {
	const second = Math.floor(ms / 1000);
	if (last[0] !== second) last = [second, written(ms)];
	return last[1];
}

function written(ms: number): string {
	return `${new Date(ms + OFFSET_MS).toISOString().slice(0, 19)}${OFFSET}`;
}

export function dayAt(ms: number): string {
	return isoAt(ms).slice(0, 10);
}

/** What a `date` field looks like in an answer. */
export function dateField(day: string): string {
	return `${day}T03:00:00${OFFSET}`;
}

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const SHORT = /^(\d{2})\.(\d{2})\.(\d{4})(?: (\d{2}:\d{2})(:\d{2})?)?$/;

/**
 * Milliseconds of an ISO moment or of the portal's short Russian format; undefined if it is neither.
 * A `+` that a careless query turned into a space therefore fails, as it does in PHP.
 */
export function momentOf(text: string): number | undefined {
	const short = SHORT.exec(text);
	if (short) {
		const [, day, month, year, time = '00:00', seconds = ':00'] = short;
		return parse(`${year}-${month}-${day}T${time}${seconds}${OFFSET}`);
	}
	const iso = ISO.exec(text);
	if (!iso) return undefined;
	const [, day, time = '00:00', seconds = ':00', zone = OFFSET] = iso;
	return parse(`${day}T${time}${seconds}${zone}`);
}

/** The day a `date` field stores. A moment is first shifted into the portal's zone (reference §2.2). */
export function dayOf(text: string): string | undefined {
	const moment = momentOf(text);
	return moment === undefined ? undefined : dayAt(moment);
}

function parse(iso: string): number | undefined {
	const ms = Date.parse(iso);
	return Number.isNaN(ms) ? undefined : ms;
}
