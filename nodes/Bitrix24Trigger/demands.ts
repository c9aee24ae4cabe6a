/** Deals whose stage demands a 1C document they do not have: a question about how things are, not about what happened. */
import { z } from 'zod';
import { listById, listEach, type List } from '../Bitrix24/rest/itemList';
import type { ItemQuery } from '../Bitrix24/rest/items';
import { listRecent } from '../Bitrix24/rest/recentItems';
import type { Bitrix24Client } from '../Bitrix24/rest/client';
import { DEAL } from '../Bitrix24/rest/entityTypes';
import { INVOICE, ORDER } from '../Bitrix24/setup/fields';
import { stagesDemanding, type Demand, type StageMap } from '../exchange/stageMap';
import { chunks } from '../shared/chunks';
import type { Wish } from '../shared/repeat';

export interface DealDemand extends Wish {
	dealId: number;
	title: string;
	pipelineId: string;
	stageId: string;
	document: Demand;
}

/** A lost deal with documents is of interest for a week; after that whoever had to look has looked. */
const CANCEL_DAYS = 7;

const DAY = 86_400_000;

/** Nobody documents how long a filter may be; a page of them is nothing unusual. */
const IDS_IN_A_FILTER = 50;

const dealSchema = z
	.object({
		id: z.coerce.number(),
		title: z.string().nullish(),
		stageId: z.string(),
		movedTime: z.string().nullish(),
	})
	.passthrough();

const LACKS: Record<Exclude<Demand, 'nothing'>, (deal: Record<string, unknown>) => boolean> = {
	invoice: (deal) => !deal[INVOICE],
	order: (deal) => !deal[ORDER],
	cancel: (deal) => Boolean(deal[INVOICE] || deal[ORDER]),
};

interface Question {
	map: StageMap;
	document: Exclude<Demand, 'nothing'>;
	filter: Record<string, unknown>;
}

const asQuery = ({ map, document, filter }: Question): ItemQuery => ({
	entityTypeId: DEAL,
	select: ['id', 'title', 'stageId', 'movedTime', INVOICE, ORDER],
	filter: {
		categoryId: Number(map.pipeline),
		'@stageId': stagesDemanding(map, document),
		...filter,
	},
});

const toDemand =
	({ map, document }: Question) =>
	(raw: Record<string, unknown>): DealDemand => {
		const deal = dealSchema.parse(raw);
		return {
			key: String(deal.id),
			mark: `${document} ${deal.stageId} ${deal.movedTime ?? ''}`,
			dealId: deal.id,
			title: deal.title ?? '',
			pipelineId: map.pipeline,
			stageId: deal.stageId,
			document,
		};
	};

/**
 * Whether a deal has its document is looked at here, not in the filter: Bitrix24 does not document how an empty
 * user field is filtered, and a filter that silently finds nothing would lose deals.
 * @param now milliseconds since 1970
 * @param deals looks at these only, when somebody knows which deals have changed
 */
export const findDemands = async (
	client: Bitrix24Client,
	maps: StageMap[],
	now: number,
	deals?: number[],
): Promise<DealDemand[]> => {
	const some = deals ? chunks(deals, IDS_IN_A_FILTER).map((ids) => ({ '@id': ids })) : [{}];
	const questions = maps
		.flatMap((map) =>
			some.flatMap((only): Question[] => [
				{ map, document: 'invoice', filter: only },
				{ map, document: 'order', filter: only },
				{ map, document: 'cancel', filter: only },
			]),
		)
		.filter(({ map, document }) => stagesDemanding(map, document).length > 0);
	const since = now - CANCEL_DAYS * DAY;
	const listOf = (question: Question): List =>
		question.document === 'cancel'
			? listRecent(client, asQuery(question), 'movedTime', since)
			: listById(client, asQuery(question));
	const lists = await listEach(client, questions.map(listOf));
	return questions.flatMap((question, index) =>
		lists[index].filter(LACKS[question.document]).map(toDemand(question)),
	);
};
