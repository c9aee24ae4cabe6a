import { z } from 'zod';
import type { ListOperation } from '../../../shared/operation';
import { together } from '../../../shared/together';
import { INVOICE_CARD } from '../../cards/cardKinds';
import type { Bitrix24Client } from '../../rest/client';
import { SMART_INVOICE } from '../../rest/entityTypes';
import { moveCards } from '../../deals/moveTo';
import { cardField, readCard } from '../card/cardFields';

export const moveToStage: ListOperation<Bitrix24Client> = {
	value: 'moveToStage',
	name: 'Move to Stage',
	action: 'Move an invoice to a stage',
	description: 'An invoice that already stands in the stage is left alone',
	properties: [
		cardField(INVOICE_CARD),
		{
			displayName: 'Stage Name or ID',
			name: 'stage',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getInvoiceStages' },
			default: '={{ $json.decision.stage }}',
			description:
				'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		},
	],
	forAll: async (client, items) =>
		await together(
			items,
			(item) => ({
				id: readCard(INVOICE_CARD, item),
				stage: item.read('stage', 'Stage', z.string().min(1, 'is empty')),
			}),
			async (moves) => await moveCards(client, SMART_INVOICE, moves),
		),
};
