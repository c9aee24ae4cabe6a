/** Looking for cards by what should be theirs alone: an external code, a number of one's own, a phone. */
import { z } from 'zod';
import { holds, isEmpty } from '../../exchange/equality';
import { Problem } from '../../exchange/problem';
import { chunks } from '../../shared/chunks';
import { grouped } from '../../shared/grouped';
import { settled } from '../../shared/settled';
import { Refusal } from '../rest/answer';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { COMPANY, CONTACT, LEAD } from '../rest/entityTypes';
import { listItems } from '../rest/itemList';
import { itemList } from '../rest/items';
import { replies } from '../rest/replies';
import { required } from '../rest/reply';
import { itemsOf } from '../deals/schemas';
import { usualType, type TypeOf } from './fieldTypes';
import {
	hasCommunication,
	isCommunication,
	searchedValues,
	type CommunicationType,
} from './communications';

export type Card = Record<string, unknown>;

export interface Sought {
	entityTypeId: number;
	/** Values by the names of their fields; a card has to have them all. */
	key: Record<string, unknown>;
	/** What the fields of such cards hold; without it, what the fields of all portals do. */
	typeOf?: TypeOf;
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
	params: {
		type,
		values: searchedValues([{ type, value }]),
		entity_type: COMMUNICATING[entityTypeId],
	},
});

/** Keys a list: a page holds fifty rows, and a key seldom has several cards. */
const KEYS_A_LIST = 40;
const PAGE = 50;

type Filter = Record<string, unknown>;

const listing = (entityTypeId: number, filter: Filter): Command =>
	itemList({ entityTypeId, filter, order: { id: 'ASC' }, start: -1 });

const ownFilter = ({ key }: Sought, ids: number[] | null): Filter => ({
	...Object.fromEntries(
		Object.entries(key)
			.filter(([name]) => !isCommunication(name))
			.map(([name, value]) => [`=${name}`, value]),
	),
	...(ids ? { '@id': ids } : {}),
});

/** Bitrix24 compares without case and takes % for a wildcard (seen by others on real portals), so it is done again. */
const fits = (card: Card, { key, typeOf = usualType }: Sought): boolean =>
	Object.entries(key).every(([name, value]) =>
		isCommunication(name)
			? hasCommunication(card.fm, { type: name, value: String(value) })
			: holds(typeOf(name), card[name], value),
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

const isPlain = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

/** Keys that can share a list: of the same fields of the same kind of cards, without phones and e-mails. */
const listName = ({ entityTypeId, key }: Sought): string | null => {
	const names = Object.keys(key).sort();
	const isShareable = names.every((name) => !isCommunication(name) && isPlain(key[name]));
	return isShareable ? JSON.stringify([entityTypeId, names]) : null;
};

const sharedFilter = (some: readonly Sought[]): Filter =>
	Object.fromEntries(
		Object.keys(some[0].key).map((name) => [
			`@${name}`,
			[...new Set(some.map(({ key }) => key[name]))],
		]),
	);

/**
 * Many keys of the same fields, forty a list. A list brings more than was asked for where keys have several fields, and
 * is refused as a whole where one value does not suit its field: those keys are left to be asked about one by one.
 */
const findTogether = async (
	client: Bitrix24Client,
	all: readonly Sought[],
): Promise<Map<Sought, Found>> => {
	const shareable = [...grouped(all, listName)].flatMap(([name, some]) =>
		name === null || some.length === 1 ? [] : chunks(some, KEYS_A_LIST),
	);
	const answers = await replies(
		client,
		shareable.map((some) => listing(some[0].entityTypeId, sharedFilter(some))),
	);
	const found = new Map<Sought, Found>();
	for (const [index, some] of shareable.entries()) {
		const { value: cards, error } = await settled(async () => {
			const { items } = required(answers[index], listSchema);
			if (items.length < PAGE) return items;
			const [{ entityTypeId }] = some;
			return await listItems(client, { entityTypeId, filter: sharedFilter(some) });
		});
		if (error instanceof Refusal) continue;
		for (const sought of some) {
			found.set(
				sought,
				error ? { problem: error } : { cards: cards.filter((card) => fits(card, sought)) },
			);
		}
	}
	return found;
};

/** Each key by itself: the cards with its phones and e-mails first, and of these the ones with its other values. */
const findOneByOne = async (client: Bitrix24Client, all: Sought[]): Promise<Found[]> => {
	const ids = await idsByCommunication(client, all);
	const found = ids.map((own): Found | null => {
		if (own instanceof Error) return { problem: own };
		return own?.length === 0 ? { cards: [] } : null;
	});
	const open = [...all.keys()].filter((index) => found[index] === null);
	const lists = await replies(
		client,
		open.map((index) =>
			listing(all[index].entityTypeId, ownFilter(all[index], ids[index] as number[] | null)),
		),
	);
	for (const [at, index] of open.entries()) {
		const reply = lists[at];
		found[index] =
			'problem' in reply
				? { problem: reply.problem }
				: {
						cards: required(reply, listSchema).items.filter((card) => fits(card, all[index])),
					};
	}
	return found as Found[];
};

/** @returns for each key the cards that have it, oldest first */
export const findCards = async (client: Bitrix24Client, all: Sought[]): Promise<Found[]> => {
	const found = await findTogether(client, all);
	const alone = all.filter((sought) => !found.has(sought));
	for (const [index, one] of (await findOneByOne(client, alone)).entries()) {
		found.set(alone[index], one);
	}
	return all.map((sought) => found.get(sought) as Found);
};

/** A key with an empty part would fit whatever has nothing there. */
export const wholeKey = (key: Sought['key']): Sought['key'] => {
	const empty = Object.keys(key).filter((name) => isEmpty('text', key[name]));
	if (Object.keys(key).length > 0 && empty.length === 0) return key;
	throw new Problem(
		empty.length > 0
			? `The field to match on is empty: ${empty.join(', ')}.`
			: 'There is no field to match on.',
		'Choose a field that every item has under Columns to Match On.',
	);
};
