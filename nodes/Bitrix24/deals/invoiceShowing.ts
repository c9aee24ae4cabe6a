/** A 1C invoice that is to be shown in the CRM, its deal, and what is there of it. */
import { settled, type Settled } from '../../shared/settled';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { SMART_INVOICE, DEAL_ROWS } from '../rest/entityTypes';
import { harmless } from '../rest/harmless';
import { itemList } from '../rest/items';
import { replies } from '../rest/replies';
import { required } from '../rest/reply';
import { usualType } from '../cards/fieldTypes';
import { differences, type Fields } from '../rest/write';
import { INVOICE, INVOICE_NUMBER } from '../setup/fields';
import { allRows, dealCommand, rowsCommand } from './dealParts';
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

export interface InvoiceWish {
	dealId: number;
	document: OneCInvoice;
	/** Whether the deal is to name the document too. */
	links: boolean;
}

export const found = (dealId: number, ref: string): Command =>
	itemList({
		entityTypeId: SMART_INVOICE,
		filter: { '=xmlId': ref, parentId2: dealId },
		order: { id: 'ASC' },
	});

/** An invoice that is to be shown, and what is there of it. */
export interface Showing {
	wish: InvoiceWish;
	deal: Deal;
	rows: Row[];
	/** Oldest first. */
	invoices: SmartInvoice[];
}

const LOOK_COMMANDS = 3;

const lookCommands = ({ dealId, document }: InvoiceWish): Command[] => [
	dealCommand(dealId),
	rowsCommand(DEAL_ROWS, dealId, 0),
	found(dealId, document.ref),
];

export const ownOf = (ref: string, invoices: Reply): SmartInvoice[] =>
	required(invoices, itemsOf(smartInvoiceSchema)).items.filter(({ xmlId }) => xmlId === ref);

export const look = async (
	client: Bitrix24Client,
	wishes: InvoiceWish[],
): Promise<Array<Settled<Showing>>> => {
	const answers = await replies(client, wishes.flatMap(lookCommands));
	const showings: Array<Settled<Showing>> = [];
	for (const [index, wish] of wishes.entries()) {
		const [deal, rows, invoices] = answers.slice(index * LOOK_COMMANDS);
		showings.push(
			await settled(async () => ({
				wish,
				deal: required(deal, itemOf(dealSchema)).item,
				rows: await allRows(client, wish.dealId, required(rows, rowsSchema).productRows),
				invoices: ownOf(wish.document.ref, invoices),
			})),
		);
	}
	return showings;
};

/** Fields of the deal that do not name the document yet. */
export const missingLinks = ({ wish, deal }: Showing): Fields =>
	wish.links
		? differences(
				deal,
				{
					[INVOICE]: wish.document.ref,
					[INVOICE_NUMBER]: harmless(wish.document.number),
				},
				usualType,
			)
		: {};
