import type { IDataObject } from 'n8n-workflow';
import { DEAL_CARD, INVOICE_CARD } from '../../cards/cardKinds';
import { printedInvoiceOf } from '../../deals/printedInvoice';
import { ownerFields, ownerJson, readOwner } from '../card/cardFields';
import { sideBySide } from '../sideBySide';

export const getPrintable = sideBySide(
	{
		value: 'getPrintable',
		name: 'Get Printable Invoice',
		action: 'Get a printable invoice',
		description:
			'A deal or an invoice as the Invoice Print node takes it, with the requisites chosen in the card; for those without a 1C document',
		properties: ownerFields([DEAL_CARD, INVOICE_CARD]),
	},
	async (client, item) => {
		const card = readOwner(item);
		const { entityTypeId, id } = card;
		return {
			...ownerJson(card),
			printedInvoice: (await printedInvoiceOf(client, { entityTypeId, id })) as IDataObject,
		};
	},
);
