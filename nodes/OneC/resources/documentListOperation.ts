/** Get Many of a kind of documents: by order or invoice, by counterparty, by date. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { optionalRefSchema } from '../../exchange/reference';
import { limitFields, readLimit } from '../../shared/limitFields';
import type { ItemOperation } from '../../shared/operation';
import type { ItemParameters } from '../../shared/parameters';
import { listDocuments, type DocumentLink, type ListedKind } from '../documents/documentLists';
import type { Session } from '../session';
import { located, locator } from './locators';
import { momentSchema } from './moments';

const order: INodeProperties = {
	displayName: 'Customer Order GUID',
	name: 'order',
	type: 'string',
	default: '',
	placeholder: '7c9d1f2e-3b4a-11ef-9c11-00155d01c802',
	description: 'Reference of the order (Заказ покупателя) the documents belong to',
	hint: 'All orders when empty',
};

const invoice: INodeProperties = {
	...order,
	displayName: 'Customer Invoice GUID',
	name: 'invoice',
	description: 'Reference of the invoice (Счет на оплату) that was paid',
	hint: 'All invoices when empty',
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'All Fields',
			name: 'whole',
			type: 'boolean',
			default: false,
			description: 'Whether to add the object with all its fields and rows as 1C stores them',
		},
		{
			displayName: 'From Date',
			name: 'from',
			type: 'dateTime',
			default: '',
			description: 'Documents of this moment and later',
		},
		{
			displayName: 'Include Marked for Deletion',
			name: 'withDeleted',
			type: 'boolean',
			default: false,
			description: 'Whether to return documents that are marked for deletion too',
		},
		{
			displayName: 'Posted Only',
			name: 'postedOnly',
			type: 'boolean',
			default: false,
			description: 'Whether to leave out documents that are not posted',
		},
		{
			displayName: 'To Date',
			name: 'to',
			type: 'dateTime',
			default: '',
			description: 'Documents of this moment and earlier',
		},
	],
};

const flag = z.boolean().default(false);

const optionsFor = (timeZone: string) =>
	z.object({
		whole: flag,
		withDeleted: flag,
		postedOnly: flag,
		from: momentSchema(timeZone),
		to: momentSchema(timeZone),
	});

const linkOf = (
	item: ItemParameters,
	{ withOrder = true, withInvoice = false }: ListedMany,
): DocumentLink | null => {
	if (!withOrder) return null;
	const chosen = item.read('order', 'Customer Order GUID', optionalRefSchema);
	if (chosen) return { ref: chosen, set: 'Document_ЗаказПокупателя' };
	const paid = withInvoice
		? item.read('invoice', 'Customer Invoice GUID', optionalRefSchema)
		: null;
	return paid ? { ref: paid, set: 'Document_СчетНаОплатуПокупателю' } : null;
};

export interface ListedMany {
	/** For the action: «sales of goods». */
	plural: string;
	/** One kind, or those an item chooses. */
	kinds(item: ItemParameters): ListedKind[];
	/** Fields of its own, before the options. */
	properties?: INodeProperties[];
	withCounterparty: boolean;
	/** Whether the documents may belong to an order; orders and invoices do not. */
	withOrder?: boolean;
	withInvoice?: boolean;
}

export const getManyDocuments = (listed: ListedMany): ItemOperation<Session> => ({
	value: 'getAll',
	name: 'Get Many',
	action: `Get many ${listed.plural}`,
	description: `Get many ${listed.plural}, the oldest first`,
	properties: [
		...(listed.properties ?? []),
		...((listed.withOrder ?? true) ? [order] : []),
		...(listed.withInvoice ? [invoice] : []),
		...(listed.withCounterparty
			? [locator('counterparty', { hint: 'All of them when empty' })]
			: []),
		...limitFields,
		options,
	],
	forEach: async (session, item) => {
		const { client } = session;
		const limit = readLimit(item);
		const wanted = {
			document: linkOf(item, listed),
			counterparty: listed.withCounterparty ? await located(session, item, 'counterparty') : null,
			...item.read('options', 'Options', optionsFor(client.base.timeZone)),
		};
		const rows: IDataObject[] = [];
		for (const kind of listed.kinds(item)) {
			rows.push(...((await listDocuments(client, kind, wanted, limit)) as IDataObject[]));
		}
		const byDate = rows.sort((a, b) => String(a.date).localeCompare(String(b.date)));
		return byDate.slice(0, limit);
	},
});
