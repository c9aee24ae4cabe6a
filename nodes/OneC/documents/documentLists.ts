/**
 * Documents that people look through: sales, corrections, returns, closings and payments [УТ 10.3.88.3 sources].
 * Which order a document belongs to is said by its header, by its rows, or by both, so all of them are asked.
 */
import { z } from 'zod';
import { roubles } from '../../exchange/money';
import { guidSchema, optionalRefSchema } from '../../exchange/reference';
import { withOffset } from '../../shared/wallTime';
import type { BaseSettings, Body, OneCClient } from '../odata/client';
import { money, setName, string } from '../odata/fields';
import { allOf, anyOf, castTo, dateTime, guid } from '../odata/odata';
import { readByDate } from './steadyPages';
import { INCOMING_NUMBER, INVOICE, ORDER, type DocumentKind } from './documents';

const COUNTERPARTIES = 'Catalog_Контрагенты';

export interface ListedKind {
	set: string;
	/** For people: «Sale of Goods (Реализация)». */
	title: string;
	/** Fields that tell the facts; all fields come when the whole object is wanted. */
	select: readonly string[];
	/** Absent for orders and invoices themselves. */
	belongsTo?(document: DocumentLink): string;
	/** Absent where documents have no counterparty. */
	isOf?(counterparty: string): string;
	/** Whether money may be waiting for the bank's word. */
	hasPaidFlag?: boolean;
	/** What this kind says besides the common facts. */
	own(raw: Body, marker: string): Record<string, unknown>;
}

/** An order or an invoice. */
export interface DocumentLink {
	ref: string;
	set: string;
}

const COMMON = ['Ref_Key', 'Number', 'Date', 'Posted', 'DeletionMark', 'Комментарий'];
const SIDES = ['СуммаДокумента', 'Контрагент_Key', 'Организация_Key'];

const headerSchema = z.object({
	Ref_Key: guidSchema,
	Number: string,
	Date: z.string(),
	/** Invoices are never posted. */
	Posted: z.boolean().nullish(),
	DeletionMark: z.boolean(),
	Комментарий: string,
	СуммаДокумента: money.optional(),
	Контрагент_Key: optionalRefSchema,
	/** Composite in a cash receipt, where the payer may be an employee. */
	Контрагент: string,
	Контрагент_Type: setName,
	Организация_Key: optionalRefSchema,
});

const isOf = (counterparty: string): string => `Контрагент_Key eq ${guid(counterparty)}`;

/** A deal of a document is composite, an order in its rows is a reference. */
const byDealOrRows = ({ ref, set }: DocumentLink): string =>
	anyOf([
		`Сделка eq ${castTo(ref, set)}`,
		...(set === ORDER.set ? [`Товары/any(d: d/ЗаказПокупателя_Key eq ${guid(ref)})`] : []),
	]);

const dealSchema = z
	.object({ Сделка: string, Сделка_Type: setName })
	.transform((raw) => ({ deal: raw.Сделка ? { ref: raw.Сделка, type: raw.Сделка_Type } : null }));

export const SALES: ListedKind = {
	set: 'Document_РеализацияТоваровУслуг',
	title: 'Sale of Goods (Реализация)',
	select: [...COMMON, ...SIDES, 'Сделка', 'Сделка_Type', 'Склад_Key'],
	belongsTo: byDealOrRows,
	isOf,
	own: (raw) => ({ ...dealSchema.parse(raw), warehouse: optionalRefSchema.parse(raw.Склад_Key) }),
};

export const RETURNS: ListedKind = {
	set: 'Document_ВозвратТоваровОтПокупателя',
	title: 'Return (Возврат от покупателя)',
	select: [...COMMON, ...SIDES, 'Сделка', 'Сделка_Type'],
	belongsTo: byDealOrRows,
	isOf,
	own: (raw) => dealSchema.parse(raw),
};

export const CORRECTIONS: ListedKind = {
	set: 'Document_КорректировкаЗаказаПокупателя',
	title: 'Order Correction (Корректировка заказа)',
	select: [...COMMON, ...SIDES, 'ЗаказПокупателя_Key'],
	belongsTo: ({ ref }) => `ЗаказПокупателя_Key eq ${guid(ref)}`,
	isOf,
	own: (raw) => ({ order: optionalRefSchema.parse(raw.ЗаказПокупателя_Key) }),
};

const named = (kind: DocumentKind, raw: Body, marker: string): Record<string, unknown> => {
	const number = string.parse(raw[INCOMING_NUMBER]);
	const dealId = kind.dealOf(marker, { number, comment: string.parse(raw.Комментарий) });
	return dealId === null ? {} : { dealId };
};

const isOfComposite = (counterparty: string): string =>
	`Контрагент eq ${castTo(counterparty, COUNTERPARTIES)}`;

export const ORDERS_LIST: ListedKind = {
	set: ORDER.set,
	title: ORDER.title,
	select: [...COMMON, ...SIDES, INCOMING_NUMBER],
	isOf,
	/** The deal it was made for, when the exchange has made it. */
	own: (raw, marker) => named(ORDER, raw, marker),
};

/** An invoice's buyer may be a mere string, so the field is composite. */
export const INVOICES_LIST: ListedKind = {
	set: INVOICE.set,
	title: INVOICE.title,
	select: [...COMMON, 'СуммаДокумента', 'Контрагент', 'Контрагент_Type', 'Организация_Key'],
	isOf: isOfComposite,
	own: (raw, marker) => named(INVOICE, raw, marker),
};

const closedSchema = z.array(
	z
		.object({
			ЗаказПокупателя: string,
			ЗаказПокупателя_Type: setName,
			ПричинаЗакрытияЗаказа_Key: optionalRefSchema,
		})
		.transform((raw) => ({
			ref: raw.ЗаказПокупателя,
			type: raw.ЗаказПокупателя_Type,
			reason: raw.ПричинаЗакрытияЗаказа_Key,
		})),
);

export const listsOrder = ({ ref, set }: DocumentLink): string =>
	`Заказы/any(d: d/ЗаказПокупателя eq ${castTo(ref, set)})`;

export const CLOSINGS: ListedKind = {
	set: 'Document_ЗакрытиеЗаказовПокупателей',
	title: 'Order Closing (Закрытие заказов)',
	select: [...COMMON, 'ВидОперации', 'Заказы'],
	belongsTo: listsOrder,
	own: (raw) => ({
		/** Only «ЗакрытиеЗаказов» closes, «СнятиеРезервов» merely frees reserves. */
		closes: raw.ВидОперации === 'ЗакрытиеЗаказов',
		orders: closedSchema.parse(raw.Заказы),
	}),
};

const paymentRowsSchema = z.array(
	z.object({ Сделка: string, Сделка_Type: setName, СуммаПлатежа: money }).transform((raw) => ({
		...(raw.Сделка ? { ref: raw.Сделка, type: raw.Сделка_Type } : { ref: null, type: null }),
		amount: roubles(raw.СуммаПлатежа),
	})),
);

const payment = (name: string, title: string, own: Partial<ListedKind> = {}): ListedKind => ({
	set: `Document_${name}`,
	title,
	select: [
		...COMMON,
		'СуммаДокумента',
		...(own.isOf ? ['Контрагент', 'Контрагент_Type'] : ['Контрагент_Key']),
		'Организация_Key',
		'РасшифровкаПлатежа',
		...(own.hasPaidFlag ? ['Оплачено'] : []),
	],
	belongsTo: ({ ref, set }) =>
		anyOf([
			`ДокументОснование eq ${castTo(ref, set)}`,
			`РасшифровкаПлатежа/any(d: d/Сделка eq ${castTo(ref, set)})`,
		]),
	isOf,
	own: (raw) => ({
		/** What counts as money: a posted payment the bank has not confirmed does not. */
		isMoney: raw.Posted === true && raw.DeletionMark === false && (raw.Оплачено ?? true) === true,
		rows: paymentRowsSchema.parse(raw.РасшифровкаПлатежа),
	}),
	...own,
});

export const PAYMENTS: ListedKind[] = [
	payment('ПлатежноеПоручениеВходящее', 'Incoming Payment Order (Платежное поручение)', {
		hasPaidFlag: true,
	}),
	payment('ПлатежныйОрдерПоступлениеДенежныхСредств', 'Money Receipt Order (Платежный ордер)', {
		hasPaidFlag: true,
	}),
	payment('ПриходныйКассовыйОрдер', 'Cash Receipt (Приходный кассовый ордер)', {
		hasPaidFlag: true,
		isOf: isOfComposite,
	}),
	payment('ОплатаОтПокупателяПлатежнойКартой', 'Card Payment (Оплата картой)'),
];

export interface ListWanted {
	document: DocumentLink | null;
	counterparty: string | null;
	/** Wall times of the 1C server. */
	from: string | null;
	to: string | null;
	postedOnly: boolean;
	withDeleted: boolean;
	/** Whether the whole object comes along, with its rows. */
	whole: boolean;
}

const filterOf = (kind: ListedKind, wanted: ListWanted): string => {
	const { document, counterparty, from, to, postedOnly, withDeleted } = wanted;
	return allOf([
		...(withDeleted ? [] : ['DeletionMark eq false']),
		...(postedOnly ? ['Posted eq true'] : []),
		...(to ? [`Date le ${dateTime(to)}`] : []),
		...(counterparty && kind.isOf ? [kind.isOf(counterparty)] : []),
		...(document && kind.belongsTo ? [kind.belongsTo(document)] : []),
		...(from ? [`Date ge ${dateTime(from)}`] : []),
	]);
};

export type ListedJson = Record<string, unknown>;

export const listedJson = (
	kind: ListedKind,
	raw: Body,
	{ timeZone, marker }: BaseSettings,
	whole: boolean,
): ListedJson => {
	const header = headerSchema.parse(raw);
	const buyer =
		header.Контрагент_Type === COUNTERPARTIES ? header.Контрагент : header.Контрагент_Key;
	return {
		type: kind.set,
		ref: header.Ref_Key,
		number: header.Number,
		date: withOffset(header.Date, timeZone),
		posted: header.Posted ?? false,
		deletionMark: header.DeletionMark,
		comment: header.Комментарий,
		...(header.СуммаДокумента === undefined ? {} : { amount: roubles(header.СуммаДокумента) }),
		...(kind.isOf ? { counterparty: buyer, organization: header.Организация_Key } : {}),
		...kind.own(raw, marker),
		...(whole ? { object: raw } : {}),
	};
};

/** The oldest first. */
export const listDocuments = async (
	client: OneCClient,
	kind: ListedKind,
	wanted: ListWanted,
	limit?: number,
): Promise<ListedJson[]> => {
	const filter = filterOf(kind, wanted);
	const select = wanted.whole ? undefined : kind.select;
	const rows = await readByDate(client, kind.set, { filter, select }, limit);
	return rows.map((raw) => listedJson(kind, raw, client.base, wanted.whole));
};
