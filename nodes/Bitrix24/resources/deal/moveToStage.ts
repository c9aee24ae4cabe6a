import { z } from 'zod';
import type { ListOperation } from '../../../shared/operation';
import { together } from '../../../shared/together';
import { DEAL_CARD } from '../../cards/cardKinds';
import type { Bitrix24Client } from '../../rest/client';
import { DEAL } from '../../rest/entityTypes';
import { moveCards } from '../../deals/moveTo';
import { cardField, readCard } from '../card/cardFields';
import { withDealId } from './withDealId';

export const moveToStage: ListOperation<Bitrix24Client> = {
	value: 'moveToStage',
	name: 'Move to Stage',
	action: 'Move a deal to a stage',
	description: 'A deal that already stands in the stage is left alone',
	properties: [
		cardField(DEAL_CARD),
		{
			displayName: 'Stage Name or ID',
			name: 'stage',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getDealStages' },
			default: '={{ $json.decision.stage }}',
			description:
				'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		},
	],
	forAll: async (client, items) =>
		await together(
			items,
			(item) => ({
				id: readCard(DEAL_CARD, item),
				stage: item.read('stage', 'Stage', z.string().min(1, 'is empty')),
			}),
			async (moves) => (await moveCards(client, DEAL, moves)).map(withDealId),
		),
};
