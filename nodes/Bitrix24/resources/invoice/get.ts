import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { INVOICE_CARD } from '../../cards/cardKinds';
import { allRows, rowsCommand } from '../../deals/dealParts';
import { itemOf, rowsSchema } from '../../deals/schemas';
import { SMART_INVOICE, SMART_INVOICE_ROWS } from '../../rest/entityTypes';
import { itemGet } from '../../rest/items';
import { cardField, readCard } from '../card/cardFields';
import { sideBySide } from '../sideBySide';

const cardSchema = itemOf(z.record(z.unknown()));

export const get = sideBySide(
	{
		value: 'get',
		name: 'Get',
		action: 'Get an invoice with its product rows',
		description: 'A smart invoice and its product rows',
		properties: [cardField(INVOICE_CARD)],
	},
	async (client, item) => {
		const id = readCard(INVOICE_CARD, item);
		const { item: invoice } = cardSchema.parse(
			await client.call(itemGet({ entityTypeId: SMART_INVOICE, id })),
		);
		const { productRows } = rowsSchema.parse(
			await client.call(rowsCommand(SMART_INVOICE_ROWS, id, 0)),
		);
		const rows = await allRows(client, id, productRows, SMART_INVOICE_ROWS);
		return {
			invoiceId: id,
			invoice: invoice as IDataObject,
			productRows: rows as unknown as IDataObject[],
		};
	},
);
