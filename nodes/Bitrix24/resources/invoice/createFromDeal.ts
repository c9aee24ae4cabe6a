import type { IDataObject } from 'n8n-workflow';
import type { ItemOperation } from '../../../shared/operation';
import { jsonSchema } from '../../../shared/valueSchemas';
import { DEAL_CARD } from '../../cards/cardKinds';
import type { Bitrix24Client } from '../../rest/client';
import { oneCInvoiceSchema, showInvoice } from '../../deals/invoiceOf';
import { cardField, readCard } from '../card/cardFields';

export const createFromDeal: ItemOperation<Bitrix24Client> = {
	value: 'createFromDeal',
	name: 'Create From Deal',
	action: 'Create an invoice from a deal',
	description:
		'Show a 1C invoice as a smart invoice of the deal, with its products; an existing one is returned',
	properties: [
		cardField(DEAL_CARD),
		{
			displayName: '1C Document',
			name: 'document',
			type: 'json',
			default: '={{ $json.document }}',
			required: true,
			description: 'Reference, number and date of the 1C invoice, as the 1C UT node gives them',
		},
	],
	async forEach(client, item) {
		const id = readCard(DEAL_CARD, item);
		const document = item.read('document', '1C Document', jsonSchema.pipe(oneCInvoiceSchema));
		const { invoice, outcome } = await showInvoice(client, id, document);
		return {
			dealId: id,
			document,
			invoiceId: invoice.id,
			outcome,
			invoice: invoice as IDataObject,
		};
	},
};
