/**
 * Something a person has to know or mend, said in the words of the system it came from. It never holds secrets.
 *
 * `message` says what is wrong and with what; `remedy` says what to do. Both are shown in the n8n editor. Where a
 * manager or an accountant can do something about it, `russian` says both to them, in the timeline of the deal.
 */
export class Problem extends Error {
	constructor(
		message: string,
		readonly remedy?: string,
		readonly russian?: string,
	) {
		super(message);
		this.name = 'Problem';
	}

	/** The whole text for a person: what is wrong, then the way out. */
	get text(): string {
		return this.remedy ? `${this.message} ${this.remedy}` : this.message;
	}
}

/** What people at work with the deal read of any failure: its own words for them, or whom to turn to. */
export const inRussian = (error: Error): string =>
	(error instanceof Problem && error.russian) ||
	`Технический сбой. Передайте интегратору: «${error.message}»`;
