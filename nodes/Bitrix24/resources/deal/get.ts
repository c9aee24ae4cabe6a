import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
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

/** Named as n8n's own Edit Fields node names it. */
const includeOtherFields: INodeProperties = {
	displayName: 'Include Other Input Fields',
	name: 'includeOtherFields',
	type: 'boolean',
	default: false,
	description:
		'Whether the fields of the incoming item, such as the progress of its documents, go on beside those of the deal',
};

export const get: ListOperation<Bitrix24Client> = {
	value: 'get',
	name: 'Get',
	action: 'Get a deal with everything the exchange needs',
	description:
		'Deal, product rows, buyer with requisites, smart invoice, stages, and the sale made of them',
	properties: [cardField(DEAL_CARD), includeOtherFields],
	forAll: async (client, items) =>
		await together(
			items,
			(item) => ({
				id: readCard(DEAL_CARD, item),
				others: item.read('includeOtherFields', 'Include Other Input Fields', z.boolean())
					? item.json
					: {},
			}),
			async (wishes) => {
				const cards = await readDealCards(
					client,
					wishes.map(({ id }) => id),
				);
				return wishes.map(({ id, others }): Outcome => {
					const card = cards.get(id);
					if (card === undefined || card instanceof Problem) {
						return { problem: card ?? new Problem(`Deal ${id} was not read.`) };
					}
					return { items: [{ json: { ...others, ...asJson(card) } }] };
				});
			},
		),
};
