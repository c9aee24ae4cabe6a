/**
 * What is to be done with the buyers of a page. The GUID in a card decides; business keys only suggest, and what they
 * suggest is a person's to decide, for one buyer in its card or for all by a policy.
 */
import { partyTitle, type Party } from '../../exchange/party';
import type { Outcome } from '../../exchange/syncReport';
import { grouped } from '../../shared/grouped';
import { suggest, type Suggestion } from './buyerCandidates';
import { asCandidate, findCards, type Card } from './buyerCards';
import type { Bitrix24Client } from '../rest/client';
import * as fields from '../setup/fields';
import { imprintOf } from './imprint';

export const SAME_INN = ['inDoubt', 'link', 'create'] as const;
export type SameInn = (typeof SAME_INN)[number];

/** What is to be done with one buyer. */
export type Decision =
	| { kind: 'done'; outcome: Outcome }
	| { kind: 'write'; party: Party; card: Card | null }
	| { kind: 'link'; party: Party; card: Card }
	| { kind: 'unlink'; party: Party; card: Card }
	| { kind: 'later'; party: Party };

export const about = ({ ref, code, name }: Party) => ({ ref, code, name });

const skipped = (party: Party, card?: Card): Decision => ({
	kind: 'done',
	outcome: {
		...about(party),
		fate: 'skipped',
		...(card ? { card: { type: card.type, id: card.id }, isOwnCard: card.ref === party.ref } : {}),
	},
});

const RESOLVE = `Write the GUID into «1С: контрагенты (ссылки)» (${fields.COUNTERPARTIES}) of the right card, or choose another policy for the same ИНН.`;

const inDoubt = (party: Party, reason: string, suggestions: Suggestion[]): Decision => ({
	kind: 'done',
	outcome: {
		...about(party),
		fate: 'inDoubt',
		reason: `${partyTitle(party)}: ${reason}`,
		remedy: RESOLVE,
		candidates: suggestions.map(({ card, why }) => asCandidate(card, why)),
	},
});

/** What the cards that name the counterparty say; null when none does. */
const byLink = (party: Party, primary: Card[], further: Card[]): Decision | null => {
	const claims = (cards: Card[]): Suggestion[] =>
		cards.map((card) => ({ card, why: 'names this counterparty', isStrong: true }));
	if (primary.length > 1) {
		return inDoubt(party, 'several cards were loaded from this counterparty', claims(primary));
	}
	const [card] = primary;
	if (card) {
		if (card.imprint === imprintOf(party)) return skipped(party, card);
		return { kind: 'write', party, card };
	}
	if (further.length > 1) {
		return inDoubt(party, 'several cards name this counterparty', claims(further));
	}
	const [named] = further;
	if (named) {
		if (party.deletionMark) return { kind: 'unlink', party, card: named };
		return named.ref === '' ? { kind: 'write', party, card: named } : skipped(party, named);
	}
	return party.deletionMark ? skipped(party) : null;
};

const bySuggestions = (sameInn: SameInn, party: Party, suggestions: Suggestion[]): Decision => {
	if (suggestions.length === 0 || sameInn === 'create') {
		return { kind: 'write', party, card: null };
	}
	const [only, ...others] = suggestions;
	const said = suggestions.map(({ why }) => why);
	if (sameInn === 'inDoubt' || !only.isStrong || others.length > 0) {
		const reason = `the CRM has ${suggestions.length === 1 ? 'a card' : `${suggestions.length} cards`} with ${[...new Set(said)].join('; ')}`;
		return inDoubt(party, reason, suggestions);
	}
	return { kind: only.card.ref === '' ? 'write' : 'link', party, card: only.card };
};

const byKeys = async (
	client: Bitrix24Client,
	sameInn: SameInn,
	parties: readonly Party[],
): Promise<Array<[Party, Decision]>> => {
	const suggestions = await suggest(client, parties);
	const seen = new Set<string>();
	return parties.map((party, index) => {
		const decision = bySuggestions(sameInn, party, suggestions[index]);
		/** Two new ones of one ИНН: the second is decided on when the first has its card. */
		const isTwin = party.inn !== '' && seen.has(party.inn) && sameInn !== 'create';
		seen.add(party.inn);
		const makesOne = decision.kind === 'write' && decision.card === null;
		return [party, makesOne && isTwin ? { kind: 'later', party } : decision];
	});
};

/** A card takes one new counterparty at a time: the next one is decided on when the card names the first. */
const oneACard = (decisions: readonly Decision[]): Decision[] => {
	const taken = new Set<string>();
	return decisions.map((decision) => {
		if (decision.kind !== 'write' || !decision.card) return decision;
		const { party, card } = decision;
		const key = `${card.type} ${card.id}`;
		if (taken.has(key)) return { kind: 'later', party };
		taken.add(key);
		return decision;
	});
};

export const decide = async (
	client: Bitrix24Client,
	sameInn: SameInn,
	parties: readonly Party[],
): Promise<Decision[]> => {
	const cards = await findCards(
		client,
		parties.map(({ ref }) => ref),
	);
	const primary = grouped(cards, ({ ref }) => ref);
	const further = new Map<string, Card[]>();
	for (const card of cards) {
		for (const ref of card.further) further.set(ref, [...(further.get(ref) ?? []), card]);
	}
	const known = parties.map((party) =>
		byLink(party, primary.get(party.ref) ?? [], further.get(party.ref) ?? []),
	);
	const fresh = parties.filter((_, index) => known[index] === null);
	const decided = new Map(await byKeys(client, sameInn, fresh));
	return oneACard(parties.map((party, index) => known[index] ?? (decided.get(party) as Decision)));
};
