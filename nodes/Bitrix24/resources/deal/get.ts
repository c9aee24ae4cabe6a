import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { Problem } from '../../../exchange/problem';
import type { ListOperation, Outcome } from '../../../shared/operation';
import { together } from '../../../shared/together';
import { DEAL_CARD } from '../../cards/cardKinds';
import type { Bitrix24Client } from '../../rest/client';
import { readDealCards, type DealCard } from '../../deals/dealCard';
import { readDealStates, type DealState } from '../../deals/dealState';
import { linksIn } from '../../deals/toSale';
import { cardField, readCard } from '../card/cardFields';

type Common = Pick<DealCard, 'deal' | 'invoice' | 'stages' | 'invoiceStages'>;

const commonJson = ({ deal, invoice, stages, invoiceStages }: Common) => ({
	dealId: deal.id,
	title: deal.title,
	pipelineId: String(deal.categoryId),
	stageId: deal.stageId,
	stageName: stages.find(({ id }) => id === deal.stageId)?.name ?? '',
	stages,
	invoice: invoice ? { id: invoice.id, stageId: invoice.stageId, stages: invoiceStages } : null,
});

const cardJson = (card: DealCard) => ({
	...commonJson(card),
	sale: card.sale,
	deal: card.deal,
	productRows: card.rows,
	buyer: card.buyer,
});

const stateJson = (state: DealState) => ({
	...commonJson(state),
	sale: linksIn(state.deal),
	deal: state.deal,
	news: state.news,
	repeated: state.repeated,
});

/** Named as n8n's own Edit Fields node names it. */
const includeOtherFields: INodeProperties = {
	displayName: 'Include Other Input Fields',
	name: 'includeOtherFields',
	type: 'boolean',
	default: false,
	description:
		'Whether the fields of the incoming item, such as the progress of its documents, go on beside those of the deal',
};

const ALL = 'all';
const STAGES = 'stages';

const details: INodeProperties = {
	displayName: 'Details',
	name: 'details',
	type: 'options',
	options: [
		{
			name: 'Everything',
			value: ALL,
			description: 'What a 1C document is made of: products, buyer, requisites and the rest',
		},
		{
			name: 'Stages and News',
			value: STAGES,
			description:
				'What news from 1C concern: fields, stages, smart invoice, and what the timeline says of 1C; many more deals a request',
		},
	],
	default: ALL,
};

export const get: ListOperation<Bitrix24Client> = {
	value: 'get',
	name: 'Get',
	action: 'Get a deal with everything the exchange needs',
	description:
		'Deal, product rows, buyer with requisites, smart invoice, stages, and the sale made of them',
	properties: [cardField(DEAL_CARD), details, includeOtherFields],
	forAll: async (client, items) =>
		await together(
			items,
			(item) => ({
				id: readCard(DEAL_CARD, item),
				details: item.read('details', 'Details', z.enum([ALL, STAGES])),
				others: item.read('includeOtherFields', 'Include Other Input Fields', z.boolean())
					? item.json
					: {},
			}),
			async (wishes) => {
				const idsFor = (wanted: string): number[] =>
					wishes.flatMap(({ id, details: own }) => (own === wanted ? [id] : []));
				const cards = await readDealCards(client, idsFor(ALL));
				const states = await readDealStates(client, idsFor(STAGES));
				return wishes.map(({ id, details: wanted, others }): Outcome => {
					const read = wanted === ALL ? cards.get(id) : states.get(id);
					if (read === undefined || read instanceof Problem) {
						return { problem: read ?? new Problem(`Deal ${id} was not read.`) };
					}
					const json = 'rows' in read ? cardJson(read) : stateJson(read);
					return { items: [{ json: { ...others, ...(json as unknown as IDataObject) } }] };
				});
			},
		),
};
