/**
 * The smart invoice that shows a 1C invoice in Bitrix24. It is found by `xmlId`, which holds the 1C reference:
 * smart invoices have no originId [Bitrix24 docs, crm.item fields].
 */
import { z } from 'zod';
import { dayOf } from '../../exchange/summary';
import { UnknownOutcome } from '../../shared/http';
import type { Bitrix24Client, Command } from '../rest/client';
import { allRows, rowsCommand } from './dealParts';
import { DEAL, DEAL_ROWS, SMART_INVOICE, SMART_INVOICE_ROWS } from '../rest/entityTypes';
import { required } from '../rest/reply';
import { settingRows } from './rowCopies';
import {
	dealSchema,
	itemOf,
	itemsOf,
	rowsSchema,
	smartInvoiceSchema,
	type Deal,
	type Row,
	type SmartInvoice,
} from './schemas';

export interface OneCInvoice {
	ref: string;
	number: string;
	/** ISO 8601. */
	date: string;
}

export interface ShownInvoice {
	invoice: SmartInvoice;
	outcome: 'created' | 'found';
}

const found = (dealId: number, ref: string): Command => ({
	method: 'crm.item.list',
	params: {
		entityTypeId: SMART_INVOICE,
		filter: { '=xmlId': ref, parentId2: dealId },
		order: { id: 'ASC' },
	},
});

const addition = (deal: Deal, { ref, number, date }: OneCInvoice): Command => ({
	method: 'crm.item.add',
	params: {
		entityTypeId: SMART_INVOICE,
		fields: {
			title: `Счет на оплату № ${number} от ${dayOf(date)}`,
			xmlId: ref,
			parentId2: deal.id,
			companyId: deal.companyId,
			contactIds: deal.contactId > 0 ? [deal.contactId] : [],
			currencyId: deal.currencyId ?? 'RUB',
			mycompanyId: deal.mycompanyId,
			assignedById: deal.assignedById,
			isManualOpportunity: 'N',
		},
	},
	repeatable: false,
});

interface State {
	deal: Deal;
	rows: Row[];
	invoices: SmartInvoice[];
}

const look = async (client: Bitrix24Client, dealId: number, ref: string): Promise<State> => {
	const [deal, rows, invoices] = await client.batch([
		{ method: 'crm.item.get', params: { entityTypeId: DEAL, id: dealId } },
		rowsCommand(DEAL_ROWS, dealId, 0),
		found(dealId, ref),
	]);
	const { productRows } = required(rows, rowsSchema);
	return {
		deal: required(deal, itemOf(dealSchema)).item,
		rows: await allRows(client, dealId, productRows),
		invoices: required(invoices, itemsOf(smartInvoiceSchema)).items.filter(
			({ xmlId }) => xmlId === ref,
		),
	};
};

const add = async (
	client: Bitrix24Client,
	{ deal, rows }: State,
	invoice: OneCInvoice,
): Promise<void> => {
	const [added, set] = await client.batch([
		addition(deal, invoice),
		settingRows(SMART_INVOICE_ROWS, '$result[c0][item][id]', rows),
	]);
	for (const reply of [added, set]) {
		if ('problem' in reply && !(reply.problem instanceof UnknownOutcome)) throw reply.problem;
	}
};

/** Whoever was cut off between adding the invoice and its rows is finished here. */
const completeRows = async (
	client: Bitrix24Client,
	invoice: SmartInvoice,
	rows: Row[],
): Promise<void> => {
	const shown = rowsSchema.parse(await client.call(rowsCommand(SMART_INVOICE_ROWS, invoice.id, 0)));
	if (shown.productRows.length === 0 && rows.length > 0)
		await client.call(settingRows(SMART_INVOICE_ROWS, invoice.id, rows));
};

/** Of several invoices for one 1C document the oldest stays; a younger one is ours, made by two runs at once. */
const dropYounger = async (
	client: Bitrix24Client,
	[, ...younger]: SmartInvoice[],
): Promise<void> => {
	await client.batch(
		younger.map(({ id }) => ({
			method: 'crm.item.delete',
			params: { entityTypeId: SMART_INVOICE, id },
		})),
	);
};

/** Finds the smart invoice of a 1C invoice, or makes it from the deal. */
export const showInvoice = async (
	client: Bitrix24Client,
	dealId: number,
	invoice: OneCInvoice,
): Promise<ShownInvoice> => {
	const before = await look(client, dealId, invoice.ref);
	if (before.invoices.length > 0) {
		await completeRows(client, before.invoices[0], before.rows);
		return { invoice: before.invoices[0], outcome: 'found' };
	}
	await add(client, before, invoice);
	const after = await look(client, dealId, invoice.ref);
	if (after.invoices.length === 0) {
		throw new UnknownOutcome(
			`Bitrix24 did not make the invoice of deal ${dealId}, or does not show it yet.`,
			'The exchange will look again.',
			'Битрикс24 еще не показывает счет этой сделки. Обмен посмотрит снова сам.',
		);
	}
	await completeRows(client, after.invoices[0], after.rows);
	await dropYounger(client, after.invoices);
	return { invoice: after.invoices[0], outcome: 'created' };
};

export const oneCInvoiceSchema = z.object({
	ref: z.string().min(1, 'is empty'),
	number: z.string().min(1, 'is empty'),
	date: z.string().regex(/^\d{4}-\d\d-\d\d/, 'must be a date such as 2026-11-24'),
});
