import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { ListOperation, Outcome } from '../../../shared/operation';
import type { ItemParameters } from '../../../shared/parameters';
import type { Settled } from '../../../shared/settled';
import { together } from '../../../shared/together';
import { jsonSchema } from '../../../shared/valueSchemas';
import { DEAL_CARD } from '../../cards/cardKinds';
import type { Bitrix24Client } from '../../rest/client';
import { oneCInvoiceSchema, showInvoices, type ShownInvoice } from '../../deals/invoiceOf';
import type { InvoiceWish, OneCInvoice } from '../../deals/invoiceShowing';
import { cardField, readCard } from '../card/cardFields';

/** Null is the document of an item that is let through. */
type Wish = Omit<InvoiceWish, 'document'> & { document: OneCInvoice | null };

const read = (item: ItemParameters): Wish => {
	const id = readCard(DEAL_CARD, item);
	const skips = item.read('skipWithoutDocument', 'Skip Without Document', z.boolean());
	const links = item.read('nameInDeal', 'Name It in the Deal', z.boolean());
	const given = item.read('document', '1C Document', jsonSchema);
	if (skips && (given === null || given === undefined))
		return { dealId: id, document: null, links };
	const document = item.read('document', '1C Document', jsonSchema.pipe(oneCInvoiceSchema));
	return { dealId: id, document, links };
};

const outcomeOf = (
	{ dealId: id, document }: InvoiceWish,
	{ value, error }: Settled<ShownInvoice>,
): Outcome => {
	if (error) return { problem: error };
	const { invoice, outcome } = value;
	const json = { dealId: id, document, invoiceId: invoice.id, outcome, invoice };
	return { items: [{ json: json as unknown as IDataObject }] };
};

export const createFromDeal: ListOperation<Bitrix24Client> = {
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
		{
			displayName: 'Name It in the Deal',
			name: 'nameInDeal',
			type: 'boolean',
			default: false,
			description:
				'Whether to write reference and number of the 1C invoice into the deal as well, once the invoice stands there',
		},
		{
			displayName: 'Skip Without Document',
			name: 'skipWithoutDocument',
			type: 'boolean',
			default: false,
			description:
				'Whether an item without a 1C document passes through as it is instead of failing',
		},
	],
	forAll: async (client, items) =>
		await together(items, read, async (wishes) => {
			const whole = wishes.flatMap((wish) => (wish.document ? [wish as InvoiceWish] : []));
			const shown = await showInvoices(client, whole);
			const outcomes = whole.map((wish, index) => outcomeOf(wish, shown[index]));
			return wishes.map(
				({ dealId: id, document }): Outcome =>
					document
						? (outcomes.shift() as Outcome)
						: { items: [{ json: { dealId: id, outcome: 'skipped' } }] },
			);
		}),
};
