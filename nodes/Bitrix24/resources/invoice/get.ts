import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { ItemOperation } from '../../../shared/operation';
import { INVOICE_CARD } from '../../cards/cardKinds';
import type { Bitrix24Client } from '../../rest/client';
import { rowsCommand } from '../../deals/dealParts';
import { SMART_INVOICE, SMART_INVOICE_ROWS } from '../../rest/entityTypes';
import { required } from '../../rest/reply';
import { itemOf, rowsSchema } from '../../deals/schemas';
import { cardField, readCard } from '../card/cardFields';

export const get: ItemOperation<Bitrix24Client> = {
	value: 'get',
	name: 'Get',
	action: 'Get an invoice with its product rows',
	description: 'A smart invoice and its product rows',
	properties: [cardField(INVOICE_CARD)],
	async forEach(client, item) {
		const id = readCard(INVOICE_CARD, item);
		const [invoice, rows] = await client.batch([
			{
				method: 'crm.item.get',
				params: { entityTypeId: SMART_INVOICE, id, useOriginalUfNames: 'Y' },
			},
			rowsCommand(SMART_INVOICE_ROWS, id, 0),
		]);
		return {
			invoiceId: id,
			invoice: required(invoice, itemOf(z.record(z.unknown()))).item as IDataObject,
			productRows: required(rows, rowsSchema).productRows as unknown as IDataObject[],
		};
	},
};
