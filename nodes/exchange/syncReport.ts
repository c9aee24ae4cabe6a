/** What became of the objects of one page, and the counts of a whole run. */

export type Fate = 'created' | 'updated' | 'skipped' | 'inDoubt' | 'failed';

/** A card of the CRM that may be meant. */
export interface Candidate {
	type: string;
	id: number;
	title: string;
	why: string;
}

export interface Outcome {
	/** In 1C. */
	ref: string;
	code: string;
	name: string;
	fate: Fate;
	/** In the CRM. */
	card?: { type: string; id: number };
	/** Whether the card was loaded from this very object, not only names it among others. */
	isOwnCard?: boolean;
	/** Why it is in doubt or has failed. */
	reason?: string;
	remedy?: string;
	candidates?: Candidate[];
	/** What a person should know although the work is done. */
	notices?: string[];
}

export type Counts = Record<'read' | Fate, number>;

export const noCounts = (): Counts => ({
	read: 0,
	created: 0,
	updated: 0,
	skipped: 0,
	inDoubt: 0,
	failed: 0,
});

export const countOf = (outcomes: readonly Outcome[]): Counts => {
	const counts = noCounts();
	counts.read = outcomes.length;
	for (const { fate } of outcomes) counts[fate] += 1;
	return counts;
};

export const sumOf = (left: Counts, right: Counts): Counts => ({
	read: left.read + right.read,
	created: left.created + right.created,
	updated: left.updated + right.updated,
	skipped: left.skipped + right.skipped,
	inDoubt: left.inDoubt + right.inDoubt,
	failed: left.failed + right.failed,
});
