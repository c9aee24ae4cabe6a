/** What one batch brings of a deal: the deal, its rows, buyer, chosen requisite and smart invoice. */
import { z } from 'zod';
import type { Command, Reply } from '../rest/client';
import { COMPANY, CONTACT, DEAL, DEAL_ROWS, SMART_INVOICE } from '../rest/entityTypes';
import type { Caller } from '../rest/gather';
import { itemGet, itemList } from '../rest/items';
import * as fields from '../setup/fields';
import { Reference } from '../rest/reference';
import { optional, required } from '../rest/reply';
import {
	buyerSchema,
	dealSchema,
	itemOf,
	itemsOf,
	requisiteLinkSchema,
	requisiteSchema,
	rowsSchema,
	smartInvoiceSchema,
	type Buyer,
	type Deal,
	type Requisite,
	type Row,
	type SmartInvoice,
} from './schemas';

export interface DealParts {
	deal: Deal;
	rows: Row[];
	/** The company, or the contact when the deal has no company. */
	buyer: Buyer | null;
	requisite: Requisite | null;
	/** The smart invoice that shows the deal's 1C invoice. */
	invoice: SmartInvoice | null;
}

const PAGE = 50;

export const rowsCommand = (ownerType: string, ownerId: number, start: number): Command => ({
	method: 'crm.item.productrow.list',
	params: { filter: { '=ownerType': ownerType, '=ownerId': ownerId }, order: { id: 'ASC' }, start },
});

export const dealCommand = (dealId: number): Command => itemGet({ entityTypeId: DEAL, id: dealId });

export const invoicesCommand = (dealId: number): Command =>
	itemList({
		entityTypeId: SMART_INVOICE,
		filter: { parentId2: dealId },
		order: { id: 'ASC' },
	});

/** The smart invoice that shows the 1C invoice the deal names. */
export const shownInvoice = (deal: Deal, invoices: Reply): SmartInvoice | null => {
	const { items } = required(invoices, itemsOf(smartInvoiceSchema));
	return items.find(({ xmlId }) => xmlId !== '' && xmlId === deal[fields.INVOICE]) ?? null;
};

/** How many commands a deal takes. */
export const PART_COMMANDS = 7;

/** The deal's own command is the first of them, and the others refer to it by its number in the batch. */
export const partCommands = (dealId: number, first: number): Command[] => [
	dealCommand(dealId),
	rowsCommand(DEAL_ROWS, dealId, 0),
	itemGet({ entityTypeId: COMPANY, id: new Reference(first, 'item', 'companyId') }),
	itemGet({ entityTypeId: CONTACT, id: new Reference(first, 'item', 'contactId') }),
	{
		method: 'crm.requisite.list',
		params: {
			filter: { ENTITY_TYPE_ID: COMPANY, ENTITY_ID: new Reference(first, 'item', 'companyId') },
			select: ['ID', 'ENTITY_TYPE_ID', 'ENTITY_ID', 'RQ_INN', 'RQ_KPP'],
		},
	},
	{ method: 'crm.requisite.link.get', params: { entityTypeId: DEAL, entityId: dealId } },
	invoicesCommand(dealId),
];

/** The requisite chosen in the deal, else the only one; of several nobody chose from, none. */
const requisiteOf = (all: Requisite[] | null, linked: number, deal: Deal): Requisite | null => {
	const own = (all ?? []).filter(
		({ ENTITY_TYPE_ID, ENTITY_ID }) => ENTITY_TYPE_ID === COMPANY && ENTITY_ID === deal.companyId,
	);
	return own.find(({ ID }) => ID === linked) ?? (own.length === 1 ? own[0] : null);
};

/** The first page of a card's rows and all that follow it. */
export const allRows = async (
	client: Caller,
	ownerId: number,
	first: Row[],
	ownerType = DEAL_ROWS,
): Promise<Row[]> => {
	const rows = [...first];
	for (let page = first; page.length === PAGE; ) {
		page = rowsSchema.parse(
			await client.call(rowsCommand(ownerType, ownerId, rows.length)),
		).productRows;
		rows.push(...page);
	}
	return rows;
};

/** A reference that leads nowhere may bring another card than the deal names. */
const namedIn = (reply: Reply, id: number): Buyer | null => {
	const item = id > 0 ? optional(reply, itemOf(buyerSchema))?.item : undefined;
	return item?.id === id ? item : null;
};

export const readParts = async (client: Caller, replies: Reply[]): Promise<DealParts> => {
	const [dealReply, rowsReply, company, contact, requisites, link, invoices] = replies;
	const deal = required(dealReply, itemOf(dealSchema)).item;
	const { productRows } = required(rowsReply, rowsSchema);
	const buyer = namedIn(company, deal.companyId) ?? namedIn(contact, deal.contactId);
	const linked = optional(link, requisiteLinkSchema)?.REQUISITE_ID ?? 0;
	return {
		deal,
		rows: await allRows(client, deal.id, productRows),
		buyer,
		requisite: requisiteOf(optional(requisites, z.array(requisiteSchema)), linked, deal),
		invoice: shownInvoice(deal, invoices),
	};
};
