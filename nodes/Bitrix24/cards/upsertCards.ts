/** Cards that are created where nothing matches, and otherwise updated where they differ. */
import { Problem } from '../../exchange/problem';
import type { Json, Outcome } from '../../shared/operation';
import { inRounds } from '../../shared/rounds';
import type { Bitrix24Client } from '../rest/client';
import { writeDifferences } from '../rest/write';
import type { CardValues } from './cardValues';
import { writtenCard } from './cardWrites';
import { entryValue, isCommunication } from './communications';
import { createCards, type Created } from './createCards';
import { findCards, type Card, type Found } from './findCards';

export interface Upsert extends CardValues {
	/** What makes a card the one that is meant. */
	key: Record<string, unknown>;
	/** Whether the oldest is meant where several match; otherwise that is a problem. */
	takesOldest: boolean;
}

/** Items that may mean the same card go one after another; a phone is the same however it is written. */
const nameOf = ({ entityTypeId, key }: Upsert): string =>
	JSON.stringify([
		entityTypeId,
		Object.entries(key).map(([name, value]) => [
			name,
			isCommunication(name) ? entryValue({ typeId: name, value: String(value) }) : value,
		]),
	]).toLowerCase();

const matchOf = ({ card, key, takesOldest }: Upsert, found: Found): Card | null => {
	if ('problem' in found) throw found.problem;
	if (found.cards.length <= 1 || takesOldest) return found.cards[0] ?? null;
	throw new Problem(
		`Several cards match ${JSON.stringify(key)}: ${found.cards.map(({ id }) => `${card} ${String(id)}`).join(', ')}.`,
		'Merge them in the CRM, match on more fields, or choose Update the Oldest under Options.',
	);
};

/** Tells of a new card in the words of an update. */
export const creationOutcome = (entityTypeId: number, created: Created): Outcome => {
	if ('problem' in created) return created;
	const item = created.card as Json;
	return {
		items: [{ json: { entityTypeId, id: item.id, changed: true, outcome: 'created', item } }],
	};
};

const withOutcome = (outcome: Outcome): Outcome =>
	'problem' in outcome
		? outcome
		: {
				items: outcome.items.map(({ json }) => ({
					json: { ...json, outcome: json.changed ? 'updated' : 'unchanged' },
				})),
			};

const oneRound = async (client: Bitrix24Client, wanted: Upsert[]): Promise<Outcome[]> => {
	const found = await findCards(client, wanted);
	const outcomes = new Map<Upsert, Outcome>();
	const missing: Upsert[] = [];
	const existing: Array<{ one: Upsert; card: Card }> = [];
	wanted.forEach((one, index) => {
		try {
			const card = matchOf(one, found[index]);
			if (card) existing.push({ one, card });
			else missing.push(one);
		} catch (problem) {
			outcomes.set(one, { problem: problem as Error });
		}
	});
	const created = await createCards(client, missing);
	missing.forEach((one, index) =>
		outcomes.set(one, creationOutcome(one.entityTypeId, created[index])),
	);
	const written = await writeDifferences(
		client,
		existing.map(({ one, card }) => writtenCard(one, Number(card.id), card)),
	);
	existing.forEach(({ one }, index) => outcomes.set(one, withOutcome(written[index])));
	return wanted.map((one) => outcomes.get(one) as Outcome);
};

export const upsertCards = async (client: Bitrix24Client, wanted: Upsert[]): Promise<Outcome[]> =>
	await inRounds(wanted, nameOf, async (some) => await oneRound(client, some));
