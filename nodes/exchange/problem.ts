/**
 * Something a person has to know or mend, said in the words of the system it came from.
 *
 * `message` says what is wrong and with what; `remedy` says what to do. Both are shown in the n8n editor,
 * and both are written to the deal's timeline, so they are in plain language and never hold secrets.
 */
export class Problem extends Error {
	constructor(
		message: string,
		readonly remedy?: string,
	) {
		super(message);
		this.name = 'Problem';
	}

	/** The whole text for a person: what is wrong, then the way out. */
	get text(): string {
		return this.remedy ? `${this.message} ${this.remedy}` : this.message;
	}
}
