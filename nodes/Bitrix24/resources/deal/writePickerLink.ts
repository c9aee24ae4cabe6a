import { z } from 'zod';
import type { ListOperation } from '../../../shared/operation';
import { together } from '../../../shared/together';
import { DEAL_CARD } from '../../cards/cardKinds';
import type { Bitrix24Client } from '../../rest/client';
import { DEAL } from '../../rest/entityTypes';
import { PICKER } from '../../setup/fields';
import { pickerLink } from '../../picker/pickerLink';
import { writeDifferences } from '../../rest/write';
import { cardField, readCard } from '../card/cardFields';
import { withDealId } from './withDealId';

const addressSchema = z
	.string()
	.trim()
	.regex(/^https?:\/\/[^\s?#]+$/, 'must be an address such as https://n8n.company.ru/webhook/…');

export const writePickerLink: ListOperation<Bitrix24Client> = {
	value: 'writePickerLink',
	name: 'Write Picker Link',
	action: 'Write the link to the picker into a deal',
	description:
		'Put a link to the page of 1C Picker Trigger into the field «1С: подбор»; one that is good for long stays',
	properties: [
		cardField(DEAL_CARD),
		{
			displayName: 'Picker Address',
			name: 'pickerAddress',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'https://n8n.company.ru/webhook/…/picker',
			description: 'Production URL of 1C Picker Trigger; both nodes must use the same credential',
		},
		{
			displayName: 'Good for Days',
			name: 'days',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 90 },
			default: 14,
			description: 'After so many days the link opens nothing; run the operation again before',
		},
	],
	forAll: async (client, items) =>
		await together(
			items,
			(item) => ({
				deal: readCard(DEAL_CARD, item),
				address: item.read('pickerAddress', 'Picker Address', addressSchema),
				days: item.read('days', 'Good for Days', z.number().int().min(1).max(90)),
			}),
			async (links) => {
				const now = Date.now();
				const outcomes = await writeDifferences(
					client,
					links.map((link) => ({
						entityTypeId: DEAL,
						id: link.deal,
						change: (deal) => ({ [PICKER]: pickerLink(client, deal[PICKER], link, now) }),
					})),
				);
				return outcomes.map(withDealId);
			},
		),
};
