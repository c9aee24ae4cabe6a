/**
 * New cards, fifty a request. A request whose answer is lost may or may not have made its cards, and Bitrix24 has no
 * way to send it again without harm. A card that carries an external code is looked for and made only when it is not
 * there; of any other nobody can say, and so it is told.
 */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { UnknownOutcome } from '../../shared/http';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { replies } from '../rest/replies';
import { isLost, required } from '../rest/reply';
import { itemOf } from '../deals/schemas';
import type { CardValues } from './cardValues';
import { newEntries } from './communications';
import { findCards, type Card } from './findCards';

export interface NewCard extends CardValues {
	/** What the card can be found again by; nothing when it carries no such thing. */
	key: Record<string, unknown>;
}

export type Created = { card: Card } | { problem: Error };

const cardSchema = itemOf(z.record(z.unknown()));

const addition = ({ entityTypeId, fields, communications }: NewCard): Command => ({
	method: 'crm.item.add',
	params: {
		entityTypeId,
		fields: {
			...fields,
			...(communications.length > 0 ? { fm: newEntries(communications) } : {}),
		},
		useOriginalUfNames: 'Y',
	},
	repeatable: false,
});

/** What other systems know the card by [Bitrix24 docs, fields of crm.item]. */
const EXTERNAL = ['xmlId', 'originId', 'originatorId'];

/** The external code among the values, if there is one. */
export const externalKey = (fields: Record<string, unknown>): Record<string, unknown> => {
	const key = Object.fromEntries(
		EXTERNAL.filter((name) => (fields[name] ?? '') !== '').map((name) => [name, fields[name]]),
	);
	/** Where it is from says nothing without the code. */
	return 'xmlId' in key || 'originId' in key ? key : {};
};

/** Without the network's own code, or n8n would show its advice to send it again instead of this text. */
const unknown = ({ card }: NewCard): Problem =>
	new UnknownOutcome(
		`Nobody knows whether the ${card} was created: the answer of Bitrix24 was lost.`,
		'Look for it in the CRM before you run this item again. With an external code among the fields (originId, xmlId) the node looks by itself.',
	);

const made = (reply: Reply): Created => {
	try {
		return { card: required(reply, cardSchema).item };
	} catch (problem) {
		return { problem: problem as Error };
	}
};

/** What became of cards whose answer was lost; those that are not there are made once more. */
const reconciled = async (client: Bitrix24Client, lost: NewCard[]): Promise<Created[]> => {
	const found = await findCards(client, lost);
	const absent = lost.filter((_, index) => {
		const one = found[index];
		return 'cards' in one && one.cards.length === 0;
	});
	const again = await replies(client, absent.map(addition));
	return lost.map((wanted, index) => {
		const one = found[index];
		if ('problem' in one) return { problem: unknown(wanted) };
		const [card] = one.cards.slice(-1);
		if (card) return { card };
		const reply = again[absent.indexOf(wanted)];
		return isLost(reply) ? { problem: unknown(wanted) } : made(reply);
	});
};

export const createCards = async (
	client: Bitrix24Client,
	wanted: NewCard[],
): Promise<Created[]> => {
	const added = await replies(client, wanted.map(addition));
	const lost = wanted.filter(
		({ key }, index) => isLost(added[index]) && Object.keys(key).length > 0,
	);
	const found = lost.length > 0 ? await reconciled(client, lost) : [];
	return wanted.map((one, index) => {
		const reply = added[index];
		const again = lost.indexOf(one);
		if (again >= 0) return found[again];
		return isLost(reply) ? { problem: unknown(one) } : made(reply);
	});
};
