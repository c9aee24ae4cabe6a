import { z } from 'zod';
import type { ListOperation } from '../../../shared/operation';
import { together } from '../../../shared/together';
import { idSchema } from '../../../shared/valueSchemas';
import type { Bitrix24Client } from '../../rest/client';
import { DEAL } from '../../rest/entityTypes';
import { moveCards } from '../../deals/moveTo';
import { dealId } from '../parameters';
import { withDealId } from './withDealId';

export const moveToStage: ListOperation<Bitrix24Client> = {
	value: 'moveToStage',
	name: 'Move to Stage',
	action: 'Move a deal to a stage',
	description: 'A deal that already stands in the stage is left alone',
	properties: [
		dealId,
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
				id: item.read('dealId', 'Deal ID', idSchema),
				stage: item.read('stage', 'Stage', z.string().min(1, 'is empty')),
			}),
			async (moves) => (await moveCards(client, DEAL, moves)).map(withDealId),
		),
};
