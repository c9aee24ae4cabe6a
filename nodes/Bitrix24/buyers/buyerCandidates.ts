/**
 * Which cards may be the buyer that 1C knows and no card names yet. Business keys only suggest: a right ИНН for
 * companies and entrepreneurs, the phone for people without one. A name suggests nothing.
 */
import { z } from 'zod';
import { isInn } from '../../exchange/identity';
import type { Party } from '../../exchange/party';
import { chunks } from '../../shared/chunks';
import { readCards, type Card, type CardType } from './buyerCards';
import { hasAny, searchedValues, type Communication } from '../cards/communications';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { COMPANY, CONTACT } from '../rest/entityTypes';
import { required } from '../rest/reply';
import { requisiteSchema, type Requisite } from '../deals/schemas';

export interface Suggestion {
	card: Card;
	why: string;
	/** Whether the key is strong enough to act on when a person has said so for all. */
	isStrong: boolean;
}

const PAGE = 50;

/** A buyer with branches may have several requisites of one ИНН. */
const INNS_A_LIST = 20;

const requisitesCommand = (inns: string[], start: number): Command => ({
	method: 'crm.requisite.list',
	params: {
		filter: { '@RQ_INN': inns },
		select: ['ID', 'ENTITY_TYPE_ID', 'ENTITY_ID', 'RQ_INN', 'RQ_KPP'],
		order: { ID: 'ASC' },
		start,
	},
});

const rowsSchema = z.array(requisiteSchema);

/** The old lists drop a filter they do not understand and then return everything, so what came is checked. */
const requisitesOf = async (client: Bitrix24Client, inns: string[]): Promise<Requisite[]> => {
	const lists = chunks([...new Set(inns)], INNS_A_LIST);
	const replies = await client.batch(lists.map((list) => requisitesCommand(list, 0)));
	const found: Requisite[] = [];
	for (const [index, list] of lists.entries()) {
		const known = new Set(list);
		for (let page = required(replies[index], rowsSchema), read = 0; ; ) {
			found.push(...page.filter(({ RQ_INN }) => known.has(RQ_INN)));
			read += page.length;
			if (page.length < PAGE || !page.every(({ RQ_INN }) => known.has(RQ_INN))) break;
			page = rowsSchema.parse(await client.call(requisitesCommand(list, read)));
		}
	}
	return found;
};

const phonesOf = ({ phones }: Party): Communication[] =>
	phones.map((value) => ({ type: 'PHONE', value }));

const phoneCommand = (party: Party): Command => ({
	method: 'crm.duplicate.findbycomm',
	params: {
		entity_type: 'CONTACT',
		type: 'PHONE',
		values: searchedValues(phonesOf(party)),
	},
});

/** PHP writes an empty map as a list. */
const foundByPhone = (reply: Reply): number[] =>
	required(
		reply,
		z
			.object({ CONTACT: z.array(z.coerce.number()).optional() })
			.or(z.array(z.unknown()).transform(() => ({ CONTACT: [] as number[] }))),
	).CONTACT ?? [];

const typeOf = ({ ENTITY_TYPE_ID }: Requisite): CardType | null => {
	if (ENTITY_TYPE_ID === COMPANY) return 'company';
	return ENTITY_TYPE_ID === CONTACT ? 'contact' : null;
};

const sameKeys = ({ inn, kpp }: Party, requisite: Requisite): string =>
	kpp && requisite.RQ_KPP === kpp
		? `the same ИНН ${inn} and КПП ${kpp}`
		: `the same ИНН ${inn}${requisite.RQ_KPP ? `, КПП ${requisite.RQ_KPP}` : ''}`;

const cardsById = async (
	client: Bitrix24Client,
	type: CardType,
	ids: number[],
): Promise<Map<number, Card>> => {
	if (ids.length === 0) return new Map();
	return new Map((await readCards(client, type, ids)).map((card) => [card.id, card]));
};

/** @returns the suggestions for each party, in the order of the parties */
export const suggest = async (
	client: Bitrix24Client,
	parties: readonly Party[],
): Promise<Suggestion[][]> => {
	const byInn = parties.filter(({ inn }) => isInn(inn));
	const requisites = await requisitesOf(
		client,
		byInn.map(({ inn }) => inn),
	);
	const callable = parties.filter(
		({ kind, inn, phones }) => kind === 'person' && !isInn(inn) && phones.length > 0,
	);
	const called = await client.batch(callable.map(phoneCommand));
	const contactsOf = new Map(callable.map((party, index) => [party, foundByPhone(called[index])]));

	const ids = (type: CardType): number[] =>
		requisites.filter((one) => typeOf(one) === type).map(({ ENTITY_ID }) => ENTITY_ID);
	const companies = await cardsById(client, 'company', ids('company'));
	const contacts = await cardsById(client, 'contact', [
		...ids('contact'),
		...[...contactsOf.values()].flat(),
	]);
	const cardOf = (requisite: Requisite): Card | undefined =>
		(typeOf(requisite) === 'company' ? companies : contacts).get(requisite.ENTITY_ID);

	return parties.map((party) => {
		const suggestions = new Map<string, Suggestion>();
		const add = (card: Card | undefined, why: string, isStrong: boolean): void => {
			if (!card) return;
			const key = `${card.type} ${card.id}`;
			if (!suggestions.has(key)) suggestions.set(key, { card, why, isStrong });
		};
		for (const requisite of isInn(party.inn) ? requisites : []) {
			if (requisite.RQ_INN === party.inn) add(cardOf(requisite), sameKeys(party, requisite), true);
		}
		/** People of one household share a phone: a contact that 1C knows as somebody else is somebody else. */
		for (const id of contactsOf.get(party) ?? []) {
			const card = contacts.get(id);
			if (card?.ref === '' && hasAny(card.fm, phonesOf(party)))
				add(card, `the same phone (${party.phones.join(', ')})`, false);
		}
		return [...suggestions.values()];
	});
};
