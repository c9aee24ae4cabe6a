/** Looking for cards by what should be theirs alone: an external code, a number of one's own, a phone. */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { COMPANY, CONTACT, LEAD } from '../rest/entityTypes';
import { replies } from '../rest/replies';
import { required } from '../rest/reply';
import { itemsOf } from '../deals/schemas';
import { same } from '../rest/write';
import { hasCommunication, isCommunication, type CommunicationType } from './communications';

export type Card = Record<string, unknown>;

export interface Sought {
	entityTypeId: number;
	/** Values by the names of their fields; a card has to have them all. */
	key: Record<string, unknown>;
}

export type Found = { cards: Card[] } | { problem: Error };

/** What crm.duplicate.findbycomm calls the kinds it knows. */
const COMMUNICATING: Record<number, string> = {
	[LEAD]: 'LEAD',
	[CONTACT]: 'CONTACT',
	[COMPANY]: 'COMPANY',
};

/** An empty answer is a list, because PHP writes an empty map so. */
const duplicatesSchema = z.union([
	z.array(z.unknown()).transform(() => ({})),
	z.record(z.array(z.coerce.number())),
]) as z.ZodType<Record<string, number[] | undefined>, z.ZodTypeDef, unknown>;

const listSchema = itemsOf(z.record(z.unknown()));

interface Asked {
	sought: number;
	type: CommunicationType;
	value: string;
}

const asking = ({ entityTypeId }: Sought, { type, value }: Asked): Command => ({
	method: 'crm.duplicate.findbycomm',
	params: { type, values: [value], entity_type: COMMUNICATING[entityTypeId] },
});

const listing = ({ entityTypeId, key }: Sought, ids: number[] | null): Command => ({
	method: 'crm.item.list',
	params: {
		entityTypeId,
		filter: {
			...Object.fromEntries(
				Object.entries(key)
					.filter(([name]) => !isCommunication(name))
					.map(([name, value]) => [`=${name}`, value]),
			),
			...(ids ? { '@id': ids } : {}),
		},
		select: ['*', 'UF_*'],
		order: { id: 'ASC' },
		start: -1,
		useOriginalUfNames: 'Y',
	},
});

/** Bitrix24 compares without case and takes % for a wildcard (seen by others on real portals), so it is done again. */
const fits = (card: Card, key: Sought['key']): boolean =>
	Object.entries(key).every(([name, value]) =>
		isCommunication(name)
			? hasCommunication(card.fm, { type: name, value: String(value) })
			: same(card[name], value),
	);

/** Which cards have the phones and e-mails of each key; null for a key without any. */
const idsByCommunication = async (
	client: Bitrix24Client,
	all: Sought[],
): Promise<Array<number[] | Error | null>> => {
	const asked = all.flatMap(({ key }, sought): Asked[] =>
		Object.entries(key).flatMap(([type, value]) =>
			isCommunication(type) ? [{ sought, type, value: String(value) }] : [],
		),
	);
	const answers = await replies(
		client,
		asked.map((one) => asking(all[one.sought], one)),
	);
	const idsOf = ({ sought }: Asked, reply: Reply): number[] => {
		const found = required(reply, duplicatesSchema);
		return found[COMMUNICATING[all[sought].entityTypeId]] ?? [];
	};
	return all.map((_, position) => {
		let ids: number[] | null = null;
		for (const [index, one] of asked.entries()) {
			if (one.sought !== position) continue;
			const reply = answers[index];
			if ('problem' in reply) return reply.problem;
			const own = idsOf(one, reply);
			ids = ids ? ids.filter((id) => own.includes(id)) : own;
		}
		return ids;
	});
};

/** @returns for each key the cards that have it, oldest first */
export const findCards = async (client: Bitrix24Client, all: Sought[]): Promise<Found[]> => {
	const ids = await idsByCommunication(client, all);
	const isOpen = (index: number): boolean => {
		const own = ids[index];
		return own === null || (Array.isArray(own) && own.length > 0);
	};
	const open = all.map((_, index) => index).filter(isOpen);
	const lists = await replies(
		client,
		open.map((index) => listing(all[index], ids[index] as number[] | null)),
	);
	return all.map((sought, index): Found => {
		const own = ids[index];
		if (own instanceof Error) return { problem: own };
		if (!isOpen(index)) return { cards: [] };
		const reply = lists[open.indexOf(index)];
		if ('problem' in reply) return { problem: reply.problem };
		const { items } = required(reply, listSchema);
		return { cards: items.filter((card) => fits(card, sought.key)) };
	});
};

/** A key with an empty part would fit whatever has nothing there. */
export const wholeKey = (key: Sought['key']): Sought['key'] => {
	const empty = Object.keys(key).filter((name) => same(key[name], ''));
	if (Object.keys(key).length > 0 && empty.length === 0) return key;
	throw new Problem(
		empty.length > 0
			? `The field to match on is empty: ${empty.join(', ')}.`
			: 'There is no field to match on.',
		'Choose a field that every item has under Columns to Match On.',
	);
};
