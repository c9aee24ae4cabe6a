/**
 * Makes smart invoices out of deals: first the invoices, then what belongs to those that were made. A reference to a
 * refused invoice would write into another card, so every command has a number that is known.
 */
import { z } from 'zod';
import { dayOf } from '../../exchange/summary';
import { settled, type Settled } from '../../shared/settled';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { runGroups } from '../rest/commandGroups';
import { DEAL, SMART_INVOICE, SMART_INVOICE_ROWS } from '../rest/entityTypes';
import { harmless } from '../rest/harmless';
import { itemAdd, itemUpdate } from '../rest/items';
import { replies } from '../rest/replies';
import { isLost, optional, required } from '../rest/reply';
import { invoiceProblem } from './dealProblem';
import {
	found,
	missingLinks,
	ownOf,
	type InvoiceWish,
	type OneCInvoice,
	type Showing,
} from './invoiceShowing';
import { settingRows } from './rowCopies';
import { itemOf, type Deal, type SmartInvoice } from './schemas';

const addition = (deal: Deal, { ref, number, date }: OneCInvoice): Command =>
	itemAdd(SMART_INVOICE, {
		title: harmless(`Счет на оплату № ${number} от ${dayOf(date)}`),
		xmlId: ref,
		parentId2: deal.id,
		companyId: deal.companyId,
		...(deal.contactId > 0 ? { contactIds: [deal.contactId] } : {}),
		currencyId: deal.currencyId ?? 'RUB',
		mycompanyId: deal.mycompanyId,
		assignedById: deal.assignedById,
		isManualOpportunity: 'N',
	});

/** What became of adding an invoice: it stands there now, the portal has refused it, or its answer was lost. */
export type Added = Settled<{ invoices: SmartInvoice[]; isLinked: boolean }> | 'lost';

const addedSchema = itemOf(z.object({ id: z.coerce.number() }));

const cardSchema = itemOf(z.record(z.unknown()));

/** Its rows, a look whether another run has made it too, and the deal that names its document. */
const belongings = (showing: Showing, id: number): Command[] => {
	const { wish, rows } = showing;
	const links = missingLinks(showing);
	return [
		settingRows(SMART_INVOICE_ROWS, id, rows),
		found(wish.dealId, wish.document.ref),
		...(Object.keys(links).length > 0
			? [itemUpdate({ entityTypeId: DEAL, id: wish.dealId }, links)]
			: []),
	];
};

/** Bitrix24 acknowledges fields that it does not have; `linkDeals` reports such a deal. */
const isStored = (showing: Showing, linked: Reply): boolean => {
	const after = optional(linked, cardSchema)?.item;
	return Object.keys(missingLinks(showing)).every((name) => after !== undefined && name in after);
};

const addedOf = (showing: Showing, [rows, invoices, linked]: Reply[]): Added => {
	const { wish } = showing;
	if ([rows, invoices].some(isLost)) return 'lost';
	for (const reply of [rows, invoices]) {
		if ('problem' in reply) return { error: invoiceProblem(reply.problem) };
	}
	return {
		value: {
			invoices: ownOf(wish.document.ref, invoices),
			isLinked: linked === undefined || isStored(showing, linked),
		},
	};
};

export const addInvoices = async (
	client: Bitrix24Client,
	showings: Showing[],
): Promise<Map<InvoiceWish, Added>> => {
	const added = new Map<InvoiceWish, Added>();
	const made: Array<{ showing: Showing; id: number }> = [];
	const additions = await replies(
		client,
		showings.map(({ deal, wish }) => addition(deal, wish.document)),
	);
	for (const [index, showing] of showings.entries()) {
		const reply = additions[index];
		if (isLost(reply)) added.set(showing.wish, 'lost');
		else if ('problem' in reply) added.set(showing.wish, { error: invoiceProblem(reply.problem) });
		else made.push({ showing, id: required(reply, addedSchema).item.id });
	}
	const { value, error } = await settled(
		async () =>
			await runGroups(
				client,
				made.map(({ showing, id }) => belongings(showing, id)),
			),
	);
	made.forEach(({ showing }, index) => {
		added.set(showing.wish, error ? { error } : addedOf(showing, value[index]));
	});
	return added;
};
