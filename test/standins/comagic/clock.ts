/**
 * Time as the API writes and reads it: `YYYY-MM-DD hh:mm:ss` in the account's zone, with no zone in the text
 * (reference §1.1). Whole seconds only.
 */
export class Clock {
	private readonly format: Intl.DateTimeFormat;

	constructor(
		readonly now: () => number,
		readonly timeZone: string,
	) {
		this.format = new Intl.DateTimeFormat('sv-SE', {
			timeZone,
			dateStyle: 'short',
			timeStyle: 'medium',
		});
	}

	/** Swedish dates happen to be written the way the API writes them. */
	text(ms: number): string {
		return this.format.format(ms);
	}

	secondsToMinute(): number {
		return 60 - Number(this.text(this.now()).slice(17));
	}

	secondsToMidnight(): number {
		const [hours, minutes, seconds] = this.text(this.now()).slice(11).split(':').map(Number);
		return 86_400 - hours * 3600 - minutes * 60 - seconds;
	}

	minute(): string {
		return this.text(this.now()).slice(0, 16);
	}

	day(): string {
		return this.text(this.now()).slice(0, 10);
	}
}

const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;

/** Texts of one zone compare as strings; this only keeps out 31 February and 25 o'clock. */
export const isDateTime = (text: string): boolean => {
	if (!DATE_TIME.test(text)) return false;
	const ms = Date.parse(`${text.replace(' ', 'T')}Z`);
	return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 19).replace('T', ' ') === text;
};

/** The same day and hour so many months later; the last day of a shorter month spills over, as in SQL it would not. */
export const monthsLater = (text: string, months: number): string => {
	const date = new Date(`${text.replace(' ', 'T')}Z`);
	date.setUTCMonth(date.getUTCMonth() + months);
	return date.toISOString().slice(0, 19).replace('T', ' ');
};
