/** Makes smart invoices out of deals, each in one go with all that belongs to it. */
import { dayOf } from '../../exchange/summary';
import { settled, type Settled } from '../../shared/settled';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { runGroups, type Group } from '../rest/commandGroups';
import { DEAL, SMART_INVOICE, SMART_INVOICE_ROWS } from '../rest/entityTypes';
import { harmless } from '../rest/harmless';
import { isLost } from '../rest/reply';
import { itemAdd, itemUpdate } from '../rest/items';
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
import type { Deal, SmartInvoice } from './schemas';

const addition = (deal: Deal, { ref, number, date }: OneCInvoice): Command =>
	itemAdd(SMART_INVOICE, {
		title: harmless(`Счет на оплату № ${number} от ${dayOf(date)}`),
		xmlId: ref,
		parentId2: deal.id,
		companyId: deal.companyId,
		contactIds: deal.contactId > 0 ? [deal.contactId] : [],
		currencyId: deal.currencyId ?? 'RUB',
		mycompanyId: deal.mycompanyId,
		assignedById: deal.assignedById,
		isManualOpportunity: 'N',
	});

/** What became of adding an invoice: it stands there now, the portal has refused it, or its answer was lost. */
export type Added = Settled<{ invoices: SmartInvoice[]; isLinked: boolean }> | 'lost';

/**
 * An invoice, its rows, a look whether another run has made it too, and the deal that names it, in one request. The
 * deal is named by what came of adding the invoice, so it is left alone when nothing came of it.
 */
const additionGroup =
	(showing: Showing): Group =>
	(result) => {
		const { wish, deal, rows } = showing;
		const links = missingLinks(showing);
		const invoice = (name: string): string => result(0, 'item', name);
		return [
			addition(deal, wish.document),
			settingRows(SMART_INVOICE_ROWS, invoice('id'), rows),
			found(wish.dealId, wish.document.ref),
			...(Object.keys(links).length > 0
				? [itemUpdate({ entityTypeId: DEAL, id: invoice('parentId2') }, links)]
				: []),
		];
	};

const addedOf = ({ wish }: Showing, [added, rows, invoices, linked]: Reply[]): Added => {
	if ([added, rows, invoices].some(isLost)) return 'lost';
	for (const reply of [added, rows, invoices]) {
		if ('problem' in reply) return { error: invoiceProblem(reply.problem) };
	}
	return {
		value: {
			invoices: ownOf(wish.document.ref, invoices),
			isLinked: linked === undefined || !('problem' in linked),
		},
	};
};

export const addInvoices = async (
	client: Bitrix24Client,
	showings: Showing[],
): Promise<Map<InvoiceWish, Added>> => {
	const { value, error } = await settled(
		async () => await runGroups(client, showings.map(additionGroup)),
	);
	return new Map(
		showings.map((showing, index): [InvoiceWish, Added] => [
			showing.wish,
			error ? { error } : addedOf(showing, value[index]),
		]),
	);
};
