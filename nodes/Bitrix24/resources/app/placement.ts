import { z } from 'zod';
import type { ItemOperation } from '../../../shared/operation';
import { readBindings, settleBindings } from '../../bindings/bindings';
import type { Bitrix24Client } from '../../rest/client';
import { placements } from '../../bindings/placements';
import { addressSchema, codeSchema, dryRunField, handlerField, placementField } from './fields';

export const bindPlacement: ItemOperation<Bitrix24Client> = {
	value: 'bindPlacement',
	name: 'Bind Placement',
	action: 'Bind a page to a placement',
	description: 'Show a page inside the portal; a page that is bound already is left alone',
	properties: [
		placementField,
		{ ...handlerField, required: true },
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			placeholder: '1С',
			description: 'Name of the tab or menu item; the name of the application when empty',
		},
		{
			displayName: 'Replace Other Pages',
			name: 'replace',
			type: 'boolean',
			default: true,
			description:
				'Whether to unbind other pages of this application from the placement, such as the same page under an older address of n8n',
		},
		dryRunField,
	],
	async forEach(client, item) {
		const placement = item.read('placement', 'Placement', codeSchema);
		const handler = item.read('handler', 'Address', addressSchema);
		const title = item.read('title', 'Title', z.string().trim());
		const replace = item.read('replace', 'Replace Other Pages', z.boolean());
		const dryRun = item.read('dryRun', 'Dry Run', z.boolean());
		return await settleBindings(
			client,
			placements,
			[{ placement, handler, title }],
			(bound) => bound.placement === placement && (replace || bound.handler === handler),
			dryRun,
		);
	},
};

export const unbindPlacement: ItemOperation<Bitrix24Client> = {
	value: 'unbindPlacement',
	name: 'Unbind Placement',
	action: 'Unbind a page from a placement',
	description: 'Take pages of this application out of the portal',
	properties: [
		placementField,
		{
			...handlerField,
			description: 'The page to take away; all pages of this application when empty',
		},
		dryRunField,
	],
	async forEach(client, item) {
		const placement = item.read('placement', 'Placement', codeSchema);
		const handler = item.read('handler', 'Address', z.string().trim());
		const dryRun = item.read('dryRun', 'Dry Run', z.boolean());
		return await settleBindings(
			client,
			placements,
			[],
			(bound) => bound.placement === placement && (handler === '' || bound.handler === handler),
			dryRun,
		);
	},
};

export const getPlacements: ItemOperation<Bitrix24Client> = {
	value: 'getPlacements',
	name: 'Get Many Placements',
	action: 'Get many placements of the application',
	description: 'The pages this application shows inside the portal',
	properties: [],
	forEach: async (client) =>
		(await readBindings(client, placements)).map((bound) => ({ ...bound })),
};
