/** Values of a card as a change of an existing one: fields are stated, phones and e-mails are only added. */
import type { Wanted } from '../rest/write';
import type { CardValues } from './cardValues';
import { changedEntries } from './communications';

export const writtenCard = (
	{ entityTypeId, fields, communications, typeOf }: CardValues,
	id: number,
	current?: Record<string, unknown>,
): Wanted => ({
	entityTypeId,
	id,
	current,
	typeOf,
	change: (card) => {
		const fm = changedEntries(card.fm, communications);
		return fm ? { ...fields, fm } : fields;
	},
});
