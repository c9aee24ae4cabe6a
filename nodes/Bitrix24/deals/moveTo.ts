/** Moving a card to a stage: a stage ID, or the success stage of the card's own pipeline. */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import type { Stage } from '../../exchange/stage';
import { SUCCESS } from '../../exchange/statusMap';
import type { Outcome } from '../../shared/operation';
import type { Bitrix24Client } from '../rest/client';
import { itemGet } from '../rest/items';
import { required } from '../rest/reply';
import { itemOf } from './schemas';
import { readStages, stageListOf, stagesCommand } from './stages';
import { writeDifferences } from '../rest/write';

export interface Move {
	id: number;
	/** Stage ID, or `SUCCESS`. */
	stage: string;
}

const cardSchema = itemOf(z.object({ categoryId: z.coerce.number() }));

const successOf = (stages: Stage[], list: string): string => {
	const found = stages.find(({ semantics }) => semantics === 'success');
	if (found) return found.id;
	throw new Problem(
		`The list ${list} has no success stage.`,
		'Restore it in the CRM settings of the portal.',
		'В воронке нет успешной стадии. Верните ее в настройках CRM.',
	);
};

/** The success stage is found by its semantics, because its ID and name differ from portal to portal. */
const successStages = async (
	client: Bitrix24Client,
	entityTypeId: number,
	ids: number[],
): Promise<Map<number, string>> => {
	if (ids.length === 0) return new Map();
	const cards = await client.batch(ids.map((id) => itemGet({ entityTypeId, id })));
	const listOf = new Map<number, string>();
	ids.forEach((id, index) => {
		const reply = cards[index];
		if ('problem' in reply) return;
		listOf.set(id, stageListOf(entityTypeId, required(reply, cardSchema).item.categoryId));
	});
	const lists = [...new Set(listOf.values())];
	const replies = await client.batch(lists.map(stagesCommand));
	const success = new Map(
		lists.map((list, index) => [
			list,
			successOf(readStages(required(replies[index], z.unknown()), list), list),
		]),
	);
	return new Map([...listOf].map(([id, list]) => [id, success.get(list) as string]));
};

export const moveCards = async (
	client: Bitrix24Client,
	entityTypeId: number,
	moves: Move[],
): Promise<Outcome[]> => {
	const open = moves.filter(({ stage }) => stage === SUCCESS).map(({ id }) => id);
	const success = await successStages(client, entityTypeId, open);
	return await writeDifferences(
		client,
		moves.map(({ id, stage }) => ({
			entityTypeId,
			id,
			change: () => ({ stageId: stage === SUCCESS ? success.get(id) : stage }),
		})),
	);
};
