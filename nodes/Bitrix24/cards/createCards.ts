/**
 * New cards, fifty a request. A request whose answer is lost may or may not have made its cards, and Bitrix24 has no
 * way to send it again without harm. A card that carries an external code is looked for and made only when it is not
 * there; of any other nobody can say, and so it is told.
 */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { UnknownOutcome } from '../../shared/http';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { itemAdd } from '../rest/items';
import { replies } from '../rest/replies';
import { refuseIgnored } from '../rest/readBack';
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

const addition = ({ entityTypeId, fields, communications }: NewCard): Command =>
	itemAdd(entityTypeId, {
		...fields,
		...(communications.length > 0 ? { fm: newEntries(communications) } : {}),
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

const made = (reply: Reply, command: Command, { typeOf }: NewCard): Created => {
	try {
		const { item } = required(reply, cardSchema);
		const fields = command.params?.fields as Record<string, unknown>;
		refuseIgnored({ fields, before: null, after: item, typeOf });
		return { card: item };
	} catch (problem) {
		return { problem: problem as Error };
	}
};

/** A lost answer is looked into twice; more often the portal has other troubles. */
const PASSES = 3;

const isTraceable = ({ key }: NewCard): boolean => Object.keys(key).length > 0;

/** Cards whose answer was lost are looked for, and those that are not there are made once more. */
const create = async (
	client: Bitrix24Client,
	wanted: readonly NewCard[],
	pass: number,
): Promise<Map<NewCard, Created>> => {
	const commands = wanted.map(addition);
	const added = await replies(client, commands);
	const created = new Map<NewCard, Created>();
	const lost: NewCard[] = [];
	for (const [index, one] of wanted.entries()) {
		if (!isLost(added[index])) created.set(one, made(added[index], commands[index], one));
		else if (isTraceable(one)) lost.push(one);
		else created.set(one, { problem: unknown(one) });
	}
	if (lost.length === 0) return created;
	const found = await findCards(client, lost);
	const absent: NewCard[] = [];
	for (const [index, one] of lost.entries()) {
		const sought = found[index];
		const [card] = 'cards' in sought ? sought.cards.slice(-1) : [];
		if (card) created.set(one, { card });
		else if ('cards' in sought && pass < PASSES) absent.push(one);
		else created.set(one, { problem: unknown(one) });
	}
	const again = absent.length > 0 ? await create(client, absent, pass + 1) : [];
	return new Map([...created, ...again]);
};

export const createCards = async (
	client: Bitrix24Client,
	wanted: NewCard[],
): Promise<Created[]> => {
	const created = await create(client, wanted, 1);
	return wanted.map((one) => created.get(one) as Created);
};
