/**
 * Cards whose counterparty is no longer in 1C: deleted there, or merged into another one. The card stays with all that
 * people have written in it; the link is cut, the field «1С: состояние» and the timeline say so.
 */
import type { Outcome } from '../../exchange/syncReport';
import { GONE } from './buyerFacts';
import { ENTITY_TYPE, type Card } from './buyerCards';
import type { Bitrix24Client } from '../rest/client';
import { runGroups } from '../rest/commandGroups';
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

/** A card that could not be written is found again by the next run. */
export const cutLinks = async (
	client: Bitrix24Client,
	cards: readonly Card[],
	dryRun: boolean,
): Promise<Outcome[]> => {
	const notices = ['no longer in 1C'];
	if (dryRun) return cards.map((card) => ({ ...outcomeOf(card), fate: 'updated', notices }));
	const replies = await runGroups(
		client,
		cards.map((card) => () => [
			itemUpdate(
				{ entityTypeId: ENTITY_TYPE[card.type], id: card.id },
				{
					originatorId: fields.ORIGINATOR_GONE,
					originVersion: '',
					[fields.STATE]: GONE,
				},
			),
			{
				method: 'crm.timeline.comment.add',
				params: {
					fields: {
						ENTITY_TYPE: card.type,
						ENTITY_ID: card.id,
						COMMENT: `1С: контрагента ${card.ref}, из которого загружена эта карточка, в базе больше нет: его удалили или объединили с другим.`,
					},
				},
			},
		]),
	);
	return cards.map((card, index): Outcome => {
		const [reply] = replies[index];
		if (!('problem' in reply)) return { ...outcomeOf(card), fate: 'updated', notices };
		return { ...outcomeOf(card), fate: 'failed', reason: reply.problem.message };
	});
};
