/**
 * Whether a document that only its marker ties to a deal can have been made for it. A portal restored from a copy gives
 * numbers of deals out again, and then the marker of an older document names a deal that knows nothing of it. No document
 * is older than the deal it was made for; one that the deal itself names is the deal's, whatever its date.
 */
import { DOCUMENT_NAMES, type SaleDocumentKind } from './documentNames';
import { Problem } from './problem';
import { dayOf } from './summary';

interface Dated {
	ref: string;
	number: string;
	/** ISO 8601 with an offset. */
	date: string;
}

export interface Claimant {
	dealId: number;
	/** When the deal was made, ISO 8601; null when nobody knows. */
	created: string | null;
	/** The document the deal names. */
	names: string | null;
}

/** The clocks of two systems differ by a little. */
const TOLERANCE = 600_000;

export const isStranger = ({ ref, date }: Dated, { created, names }: Claimant): boolean =>
	created !== null && ref !== names && Date.parse(date) < Date.parse(created) - TOLERANCE;

export const strangerProblem = (
	kind: SaleDocumentKind,
	{ ref, number, date }: Dated,
	{ dealId }: Claimant,
): Problem => {
	const { title, russian } = DOCUMENT_NAMES[kind];
	return new Problem(
		`${title} № ${number} in 1C is marked as that of deal ${dealId}, but it is older than the deal.`,
		`The number of the deal may have been given out again by a restored portal. If the document is this deal's, write ${ref} into the deal; if not, mark it for deletion or take its marker off in 1C.`,
		`В 1С есть документ «${russian}» № ${number} от ${dayOf(date)} с пометкой этой сделки, но он старше самой сделки: похоже, номер сделки выдан заново. Если документ от этой сделки, впишите в нее ссылку ${ref}; если нет, пометьте его в 1С на удаление.`,
	);
};
