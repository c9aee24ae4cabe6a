import type { IDataObject } from 'n8n-workflow';
import { Problem } from '../../../exchange/problem';
import type { ListOperation, Outcome } from '../../../shared/operation';
import { together } from '../../../shared/together';
import { DEAL_CARD } from '../../cards/cardKinds';
import type { Bitrix24Client } from '../../rest/client';
import { readDealCards, type DealCard } from '../../deals/dealCard';
import { cardField, readCard } from '../card/cardFields';

const asJson = ({
	deal,
	rows,
	buyer,
	invoice,
	stages,
	invoiceStages,
	sale,
}: DealCard): IDataObject => {
	const stage = stages.find(({ id }) => id === deal.stageId);
	return {
		dealId: deal.id,
		title: deal.title,
		pipelineId: String(deal.categoryId),
		stageId: deal.stageId,
		stageName: stage?.name ?? '',
		stages,
		invoice: invoice ? { id: invoice.id, stageId: invoice.stageId, stages: invoiceStages } : null,
		sale,
		deal,
		productRows: rows,
		buyer,
	} as unknown as IDataObject;
};

export const get: ListOperation<Bitrix24Client> = {
	value: 'get',
	name: 'Get',
	action: 'Get a deal with everything the exchange needs',
	description:
		'Deal, product rows, buyer with requisites, smart invoice, stages, and the sale made of them',
	properties: [cardField(DEAL_CARD)],
	forAll: async (client, items) =>
		await together(
			items,
			(item) => readCard(DEAL_CARD, item),
			async (ids) => {
				const cards = await readDealCards(client, ids);
				return ids.map((id): Outcome => {
					const card = cards.get(id);
					if (card === undefined || card instanceof Problem) {
						return { problem: card ?? new Problem(`Deal ${id} was not read.`) };
					}
					return { items: [{ json: asJson(card) }] };
				});
			},
		),
};
