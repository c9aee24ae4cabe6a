import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { ItemOperation } from '../../../shared/operation';
import { LEAD_CARD } from '../../cards/cardKinds';
import type { Bitrix24Client } from '../../rest/client';
import { convertLead } from '../../leads/leadToDeal';
import { cardField, readCard } from '../card/cardFields';
import { textSchema } from '../../../shared/valueSchemas';

export const convertToDeal: ItemOperation<Bitrix24Client> = {
	value: 'convertToDeal',
	name: 'Convert to Deal',
	action: 'Convert a lead to a deal',
	description:
		'Make the deal with client, products, source and fields of the lead, and move the lead to its success stage; an existing deal is returned',
	properties: [
		cardField(LEAD_CARD),
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
			displayName: 'Stage Name or ID',
			name: 'stage',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getStartStages', loadOptionsDependsOn: ['pipeline'] },
			default: '',
			description:
				'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		},
		{
			displayName: 'Create Contact',
			name: 'createContact',
			type: 'boolean',
			default: true,
			description:
				'Whether a lead without a client becomes a contact too, unless the CRM has one with its phone or email',
		},
	],
	async forEach(client, item) {
		const id = readCard(LEAD_CARD, item);
		const { deal, outcome, ambiguous } = await convertLead(client, {
			leadId: id,
			pipeline: item.read(
				'pipeline',
				'Pipeline',
				textSchema.pipe(z.string().regex(/^\d+$/, 'must be a pipeline number')),
			),
			stage: item.read('stage', 'Stage', z.string().trim()),
			makesContact: item.read('createContact', 'Create Contact', z.boolean()),
		});
		return { dealId: deal.id, outcome, ambiguous, ...(deal as IDataObject), leadId: id };
	},
};
