/**
 * Cards whose counterparty is no longer in 1C: deleted there, or merged into another one. The card stays with all that
 * people have written in it; the link is cut, the field «1С: состояние» and the timeline say so.
 */
import type { Outcome } from '../../exchange/syncReport';
import { GONE } from './buyerFacts';
import { ENTITY_TYPE, type Card } from './buyerCards';
import type { Bitrix24Client, Command } from '../rest/client';
import { itemUpdate } from '../rest/items';
import * as fields from '../setup/fields';

const outcomeOf = ({
	type,
	id,
	title,
	ref,
}: Card): Pick<Outcome, 'ref' | 'code' | 'name' | 'card'> => ({
	ref,
	code: '',
	name: title,
	card: { type, id },
});

/** No imprint is like it; an empty value may leave the old one [issue 145 of bitrix-tools/b24-rest-docs]. */
const NO_IMPRINT = '-';

const cutting = ({ type, id }: Card): Command =>
	itemUpdate(
		{ entityTypeId: ENTITY_TYPE[type], id },
		{ originatorId: fields.ORIGINATOR_GONE, originVersion: NO_IMPRINT, [fields.STATE]: GONE },
	);

const comment = ({ type, id, ref }: Card): Command => ({
	method: 'crm.timeline.comment.add',
	params: {
		fields: {
			ENTITY_TYPE: type,
			ENTITY_ID: id,
			COMMENT: `1С: контрагента ${ref}, из которого загружена эта карточка, в базе больше нет: его удалили или объединили с другим.`,
		},
	},
});

/** A card that could not be written is found again by the next run, and its timeline says nothing until then. */
export const cutLinks = async (
	client: Bitrix24Client,
	cards: readonly Card[],
	dryRun: boolean,
): Promise<Outcome[]> => {
	const notices = ['no longer in 1C'];
	if (dryRun) return cards.map((card) => ({ ...outcomeOf(card), fate: 'updated', notices }));
	const replies = await client.batch(cards.map(cutting));
	await client.batch(cards.filter((_, index) => !('problem' in replies[index])).map(comment));
	return cards.map((card, index): Outcome => {
		const reply = replies[index];
		if (!('problem' in reply)) return { ...outcomeOf(card), fate: 'updated', notices };
		return { ...outcomeOf(card), fate: 'failed', reason: reply.problem.message };
	});
};
