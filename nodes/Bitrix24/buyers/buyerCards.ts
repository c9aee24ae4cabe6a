/** Companies and contacts as the exchange looks for them: which counterparty of 1C stands behind each. */
import { z } from 'zod';
import type { Candidate } from '../../exchange/syncReport';
import { chunks } from '../../shared/chunks';
import type { Bitrix24Client, Command } from '../rest/client';
import { COMPANY, CONTACT } from '../rest/entityTypes';
import * as fields from '../setup/fields';
import { listItems } from '../rest/itemList';
import { itemList, type ItemQuery } from '../rest/items';
import { required } from '../rest/reply';
import { itemsOf } from '../deals/schemas';

export type CardType = 'company' | 'contact';

export const ENTITY_TYPE: Record<CardType, number> = { company: COMPANY, contact: CONTACT };

export interface Card {
	type: CardType;
	id: number;
	title: string;
	/** The counterparty it was loaded from; empty when it came from elsewhere. */
	ref: string;
	imprint: string;
	/** Further counterparties that are the same buyer. */
	further: string[];
	/** What the card can be called by, as Bitrix24 lists it. */
	fm: unknown;
}

const text = z
	.string()
	.nullish()
	.transform((value) => (value ?? '').trim());

const cardSchema = z
	.object({
		id: z.coerce.number().int(),
		title: text,
		lastName: text,
		name: text,
		originatorId: text,
		originId: text,
		originVersion: text,
		[fields.COUNTERPARTIES]: z.array(text).catch([]),
		fm: z.unknown(),
	})
	.transform((raw) => {
		const isOurs = [fields.ORIGINATOR, fields.ORIGINATOR_GONE].includes(raw.originatorId);
		return {
			id: raw.id,
			title: raw.title || [raw.lastName, raw.name].filter(Boolean).join(' '),
			ref: isOurs ? raw.originId.toLowerCase() : '',
			imprint: isOurs ? raw.originVersion : '',
			further: raw[fields.COUNTERPARTIES].map((ref) => ref.toLowerCase()),
			fm: raw.fm,
		};
	});

/** Phones come with the asterisk alone [Bitrix24 docs, crm.item.list]. */
const SELECT = ['*', 'UF_*'];

/**
 * References a list; a page of a list holds 50 rows, and a counterparty may wrongly stand in two cards. So many, that
 * the lists of five hundred, which is a usual page of a catalog, go in one request: 12 times 4 are 48 commands.
 */
const REFS_A_LIST = 42;
const PAGE = 50;

interface CardList {
	type: CardType;
	filter: Record<string, unknown>;
}

const queryOf = ({ type, filter }: CardList): ItemQuery => ({
	entityTypeId: ENTITY_TYPE[type],
	select: SELECT,
	filter,
});

const listCommand = (list: CardList): Command =>
	itemList({ ...queryOf(list), order: { id: 'ASC' }, start: -1 });

const asCards = (type: CardType, rows: unknown): Card[] =>
	z
		.array(cardSchema)
		.parse(rows)
		.map((card) => ({ type, ...card }));

/** All cards of many lists: one batch for fifty of them, and the next pages of those that are longer. */
const readLists = async (client: Bitrix24Client, lists: CardList[]): Promise<Card[]> => {
	const replies = await client.batch(lists.map(listCommand));
	const cards: Card[] = [];
	for (const [index, list] of lists.entries()) {
		const { items } = required(replies[index], itemsOf(z.unknown()));
		const all = items.length < PAGE ? items : await listItems(client, queryOf(list));
		cards.push(...asCards(list.type, all));
	}
	return cards;
};

const FURTHER = `@${fields.COUNTERPARTIES}`;

/** Cards that were loaded from these counterparties or name them as further ones. */
export const findCards = async (
	client: Bitrix24Client,
	refs: readonly string[],
): Promise<Card[]> => {
	const originators = [fields.ORIGINATOR, fields.ORIGINATOR_GONE];
	const lists = chunks(refs, REFS_A_LIST).flatMap((some): CardList[] => {
		const loaded = { '@originatorId': originators, '@originId': some };
		return [
			{ type: 'company', filter: loaded },
			{ type: 'contact', filter: loaded },
			{ type: 'company', filter: { [FURTHER]: some } },
			{ type: 'contact', filter: { [FURTHER]: some } },
		];
	});
	const cards = await readLists(client, lists);
	return [...new Map(cards.map((card) => [`${card.type} ${card.id}`, card])).values()];
};

export const readCards = async (
	client: Bitrix24Client,
	type: CardType,
	ids: readonly number[],
): Promise<Card[]> =>
	await readLists(
		client,
		chunks([...new Set(ids)], PAGE - 1).map((some) => ({ type, filter: { '@id': some } })),
	);

export const asCandidate = ({ type, id, title }: Card, why: string): Candidate => ({
	type,
	id,
	title,
	why,
});

/** How many cards of a type are linked to 1C. */
export const countLinked = async (client: Bitrix24Client, type: CardType): Promise<number> => {
	const { total } = await client.answer(
		itemList({
			entityTypeId: ENTITY_TYPE[type],
			select: ['id'],
			filter: { originatorId: fields.ORIGINATOR },
			start: 0,
		}),
	);
	return total ?? 0;
};

/** Every card of a type that is linked to 1C, page by page. */
export async function* linkedCards(client: Bitrix24Client, type: CardType): AsyncGenerator<Card[]> {
	for (let after = 0; ; ) {
		const filter = { originatorId: fields.ORIGINATOR, '>id': after };
		const result = await client.call(listCommand({ type, filter }));
		const cards = asCards(type, itemsOf(z.unknown()).parse(result).items);
		if (cards.length === 0) return;
		yield cards;
		if (cards.length < PAGE) return;
		after = cards[cards.length - 1].id;
	}
}
