/**
 * A deal or a smart invoice as a printed invoice, for firms and moments that have no 1C document yet. Requisites are
 * those chosen in the card; where nobody chose, the only ones there are; of several none is guessed.
 */
import { z } from 'zod';
import { cost, less, roubles, unitPrice, type UnitPrice } from '../../exchange/money';
import type { PrintedInvoiceJson } from '../../exchange/print/printedInvoice';
import { Problem } from '../../exchange/problem';
import { lineSums } from '../../exchange/sale';
import {
	COMPANY,
	CONTACT,
	DEAL,
	DEAL_ROWS,
	REQUISITE,
	SMART_INVOICE_ROWS,
} from '../rest/entityTypes';
import type { Caller } from '../rest/gather';
import { itemGet, itemList } from '../rest/items';
import { settled } from '../../shared/settled';
import { allRows, rowsCommand } from './dealParts';
import { requisiteLinkSchema, rowsSchema, type Row } from './schemas';
import { priceOf, pricesIncludeVat } from './toSale';

const id = z.coerce.number().catch(0);
const text = z
	.union([z.string(), z.number()])
	.nullish()
	.transform((value) => String(value ?? '').trim());

const cardSchema = z.object({
	item: z.object({
		id: z.coerce.number(),
		companyId: id,
		contactId: id,
		mycompanyId: id,
		currencyId: text,
		opportunity: z.coerce.number().catch(0),
		accountNumber: text,
		begindate: text,
		createdTime: text,
	}),
});

const linkSchema = requisiteLinkSchema.extend({
	BANK_DETAIL_ID: id,
	MC_REQUISITE_ID: id,
	MC_BANK_DETAIL_ID: id,
});

const requisiteSchema = z.object({
	ID: z.coerce.number(),
	RQ_COMPANY_FULL_NAME: text,
	RQ_COMPANY_NAME: text,
	RQ_NAME: text,
	RQ_INN: text,
	RQ_KPP: text,
	RQ_PHONE: text,
	RQ_DIRECTOR: text,
	RQ_ACCOUNTANT: text,
});

type Requisite = z.output<typeof requisiteSchema>;

/** Whose requisites: the type of a card and its number. */
type Side = [entityTypeId: number, id: number];

const bankDetailSchema = z.object({
	ID: z.coerce.number(),
	RQ_BANK_NAME: text,
	RQ_BANK_ADDR: text,
	RQ_BIK: text,
	RQ_ACC_NUM: text,
	RQ_COR_ACC_NUM: text,
});

const addressSchema = z.object({
	TYPE_ID: z.coerce.number(),
	ADDRESS_1: text,
	ADDRESS_2: text,
	CITY: text,
	POSTAL_CODE: text,
	REGION: text,
	PROVINCE: text,
});

/** «Юридический адрес» and «Фактический адрес» [Bitrix24 docs, crm.enum.addresstype]. */
const ADDRESS_TYPES = [6, 1];

const listed = async <Schema extends z.ZodTypeAny>(
	client: Caller,
	method: string,
	filter: Record<string, unknown>,
	schema: Schema,
): Promise<Array<z.output<Schema>>> =>
	z.array(schema).parse(await client.call({ method, params: { filter } }));

const chosen = <One extends { ID: number }>(all: One[], wanted: number): One | null =>
	all.find(({ ID }) => ID === wanted) ?? (all.length === 1 ? all[0] : null);

const requisiteOf = async (
	client: Caller,
	[entityTypeId, entityId]: Side,
	wanted: number,
): Promise<Requisite | null> => {
	if (entityId === 0) return null;
	const filter = { ENTITY_TYPE_ID: entityTypeId, ENTITY_ID: entityId };
	return chosen(await listed(client, 'crm.requisite.list', filter, requisiteSchema), wanted);
};

const addressOf = async (client: Caller, requisite: Requisite): Promise<string> => {
	const filter = { ENTITY_TYPE_ID: REQUISITE, ENTITY_ID: requisite.ID };
	const all = await listed(client, 'crm.address.list', filter, addressSchema);
	const address = ADDRESS_TYPES.map((type) => all.find(({ TYPE_ID }) => TYPE_ID === type)).find(
		Boolean,
	);
	if (!address) return '';
	const { POSTAL_CODE, PROVINCE, REGION, CITY, ADDRESS_1, ADDRESS_2 } = address;
	return [POSTAL_CODE, PROVINCE, REGION, CITY, ADDRESS_1, ADDRESS_2].filter(Boolean).join(', ');
};

const nameSchema = z.object({
	item: z.object({ title: text, lastName: text, name: text, secondName: text }),
});

/** What the card of a company or a contact is called, for requisites without a name of their own. */
const cardName = async (client: Caller, [entityTypeId, id]: Side): Promise<string> => {
	const got = await client.call(itemGet({ entityTypeId, id }));
	const { title, lastName, name, secondName } = nameSchema.parse(got).item;
	return title || [lastName, name, secondName].filter(Boolean).join(' ');
};

const partyOf = async (
	client: Caller,
	side: Side,
	requisite: Requisite,
): Promise<PrintedInvoiceJson['supplier']> => ({
	name:
		requisite.RQ_COMPANY_FULL_NAME ||
		requisite.RQ_COMPANY_NAME ||
		requisite.RQ_NAME ||
		(await cardName(client, side)),
	inn: requisite.RQ_INN,
	kpp: requisite.RQ_KPP,
	address: await addressOf(client, requisite),
	phone: requisite.RQ_PHONE,
});

const accountOf = async (
	client: Caller,
	requisite: Requisite,
	wanted: number,
): Promise<PrintedInvoiceJson['account']> => {
	const filter = { ENTITY_ID: requisite.ID };
	const all = await listed(client, 'crm.requisite.bankdetail.list', filter, bankDetailSchema);
	const detail = chosen(all, wanted);
	if (!detail) return null;
	return {
		bank: detail.RQ_BANK_NAME,
		city: detail.RQ_BANK_ADDR,
		bik: detail.RQ_BIK,
		correspondent: detail.RQ_COR_ACC_NUM,
		number: detail.RQ_ACC_NUM,
	};
};

const companiesSchema = z.object({ items: z.array(z.object({ id: z.coerce.number() })) });

/** The card's own «Моя компания», else the only one of the portal. */
const myCompanyOf = async (client: Caller, wanted: number): Promise<number> => {
	if (wanted > 0) return wanted;
	const own = itemList({
		entityTypeId: COMPANY,
		filter: { '=isMyCompany': 'Y' },
		select: ['id'],
	});
	const { items } = companiesSchema.parse(await client.call(own));
	if (items.length === 1) return items[0].id;
	throw new Problem(
		`The card names no company of yours, and the portal has ${items.length}.`,
		'Choose «Моя компания» in the card.',
	);
};

/** The price of a row before its discount, where it has one. */
const fullPriceOf = (row: Row, price: UnitPrice, includesVat: boolean): UnitPrice => {
	const discount = z.coerce.number().catch(0).parse(row.discountSum);
	const before = z.coerce.number().safeParse(includesVat ? row.priceBrutto : row.priceNetto);
	return discount > 0 && before.success ? unitPrice(before.data) : price;
};

const lineOf = (row: Row, includesVat: boolean): PrintedInvoiceJson['lines'][number] => {
	const price = priceOf(row, includesVat);
	const full = fullPriceOf(row, price, includesVat);
	const { quantity, taxRate: vatRate, productName: name } = row;
	const { amount, vat } = lineSums({ name, product: null, quantity, price, vatRate }, includesVat);
	return {
		name,
		quantity,
		unit: text.parse(row.measureName),
		price: full,
		discount: roubles(less(cost(full, quantity), amount)),
		amount: roubles(amount),
		vatRate,
		vat: roubles(vat),
	};
};

const linkOf = async (client: Caller, entityTypeId: number, entityId: number) => {
	const { value } = await settled(
		async () =>
			await client.call({
				method: 'crm.requisite.link.get',
				params: { entityTypeId, entityId },
			}),
	);
	const parsed = linkSchema.safeParse(value);
	return parsed.success
		? parsed.data
		: { REQUISITE_ID: 0, BANK_DETAIL_ID: 0, MC_REQUISITE_ID: 0, MC_BANK_DETAIL_ID: 0 };
};

const requiredRequisite = (requisite: Requisite | null, whose: string): Requisite => {
	if (requisite) return requisite;
	throw new Problem(
		`${whose} has no requisites, or several that nobody chose from.`,
		'Fill them in the CRM, or choose them in the card.',
	);
};

export const printedInvoiceOf = async (
	client: Caller,
	card: { entityTypeId: number; id: number },
): Promise<PrintedInvoiceJson> => {
	const got = await client.call(itemGet(card));
	const { item } = cardSchema.parse(got);
	const ownerType = card.entityTypeId === DEAL ? DEAL_ROWS : SMART_INVOICE_ROWS;
	const first = rowsSchema.parse(await client.call(rowsCommand(ownerType, item.id, 0)));
	const rows = await allRows(client, item.id, first.productRows, ownerType);
	if (rows.length === 0) throw new Problem('The card has no products.', 'Add them in the card.');
	const link = await linkOf(client, card.entityTypeId, item.id);
	const mine: Side = [COMPANY, await myCompanyOf(client, item.mycompanyId)];
	const supplier = requiredRequisite(
		await requisiteOf(client, mine, link.MC_REQUISITE_ID),
		'Your company',
	);
	const owner: Side = item.companyId > 0 ? [COMPANY, item.companyId] : [CONTACT, item.contactId];
	const buyer = requiredRequisite(await requisiteOf(client, owner, link.REQUISITE_ID), 'The buyer');
	const includesVat = pricesIncludeVat(rows);
	return {
		number: item.accountNumber || String(item.id),
		date: item.begindate || item.createdTime,
		currency: item.currencyId || 'RUB',
		pricesIncludeVat: includesVat,
		supplier: await partyOf(client, mine, supplier),
		account: await accountOf(client, supplier, link.MC_BANK_DETAIL_ID),
		buyer: await partyOf(client, owner, buyer),
		lines: rows.map((row) => lineOf(row, includesVat)),
		total: item.opportunity,
		director: { name: supplier.RQ_DIRECTOR },
		accountant: supplier.RQ_ACCOUNTANT,
	};
};
