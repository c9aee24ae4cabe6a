/** Deleting cards. A lost answer is settled by asking for the card: what is gone was deleted. */
import type { Outcome } from '../../shared/operation';
import { Refusal } from '../rest/answer';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { itemGet } from '../rest/items';
import { replies } from '../rest/replies';
import { isLost } from '../rest/reply';

export interface CardAddress {
	entityTypeId: number;
	id: number;
}

const deletion = ({ entityTypeId, id }: CardAddress): Command => ({
	method: 'crm.item.delete',
	params: { entityTypeId, id },
});

const isGone = (reply: Reply): boolean =>
	'problem' in reply && reply.problem instanceof Refusal && reply.problem.code === 'NOT_FOUND';

export const removeCards = async (
	client: Bitrix24Client,
	cards: CardAddress[],
): Promise<Outcome[]> => {
	const removed = await replies(client, cards.map(deletion));
	const lost = cards.filter((_, index) => isLost(removed[index]));
	const looked = await replies(client, lost.map(itemGet));
	const left = lost.filter((_, index) => 'value' in looked[index]);
	const again = await replies(client, left.map(deletion));
	return cards.map((card, index): Outcome => {
		const look = looked[lost.indexOf(card)];
		const reply = again[left.indexOf(card)] ?? look ?? removed[index];
		if ('problem' in reply && !(reply === look && isGone(look))) return { problem: reply.problem };
		return { items: [{ json: { ...card, deleted: true } }] };
	});
};
