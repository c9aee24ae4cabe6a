import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { CHAINS } from '../../../exchange/presets';
import type { ItemOperation, Resource } from '../../../shared/operation';
import type { Bitrix24Client } from '../../client';
import { setUpPortal } from '../../portalSetup';

const setUp: ItemOperation<Bitrix24Client> = {
	value: 'setUp',
	name: 'Set Up',
	action: 'Set up a portal for the exchange',
	description: 'Create the deal fields and stages the exchange needs; what exists is left alone',
	properties: [
		{
			displayName: 'Pipeline Name or ID',
			name: 'pipeline',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getPipelines' },
			default: '0',
			description:
				'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		},
		{
			displayName: 'Chain',
			name: 'chain',
			type: 'options',
			options: [
				{ name: 'Prepaid (По Предоплате)', value: 'prepaid' },
				{ name: 'Postpaid (По Факту Отгрузки)', value: 'postpaid' },
			],
			default: 'prepaid',
		},
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: true,
			description: 'Whether to only say what would be created',
		},
	],
	async forEach(client, item) {
		const pipeline = item.read(
			'pipeline',
			'Pipeline',
			z.coerce.string().regex(/^\d+$/, 'must be a pipeline number'),
		);
		const chain = item.read('chain', 'Chain', z.enum(CHAINS));
		const dryRun = item.read('dryRun', 'Dry Run', z.boolean());
		const steps = await setUpPortal(client, pipeline, chain, dryRun);
		return steps.map((step): IDataObject => ({ ...step }));
	},
};

export const portal: Resource<Bitrix24Client> = {
	value: 'portal',
	name: 'Portal',
	operations: [setUp],
};
