/** «Счет на оплату покупателю» and «Заказ покупателя» as the exchange reads them. */
import { z } from 'zod';
import { DOCUMENT_NAMES, type SaleDocumentKind } from '../../exchange/documentNames';
import { roubles } from '../../exchange/money';
import { guidSchema, optionalRefSchema } from '../../exchange/reference';
import type { OneCClient } from '../odata/client';
import { money, setName, string } from '../odata/fields';
import { dealInComment, dealInNumber, markerOf } from './marker';
import { guid, quoted } from '../odata/odata';
import { withOffset } from '../../shared/wallTime';

export type Kind = SaleDocumentKind;

export interface DocumentKind {
	kind: Kind;
	set: string;
	/** For people: «Customer Invoice (Счет на оплату)». */
	title: string;
	russian: string;
	select: readonly string[];
	/** The condition that finds the documents marked so; more may come along, `dealOf` tells them apart. */
	markedWith(marker: string): string;
	/** The condition that finds all the documents of the exchange. */
	madeByExchange(prefix: string): string;
	dealOf(marker: string, document: { number: string; comment: string }): number | null;
}

const COMMON = [
	'Ref_Key',
	'DeletionMark',
	'Posted',
	'Number',
	'Date',
	'СуммаДокумента',
	'ДоговорКонтрагента_Key',
	'ВалютаДокумента_Key',
];

export const INCOMING_NUMBER = 'НомерВходящегоДокументаЭлектронногоОбмена';

export const INVOICE: DocumentKind = {
	kind: 'invoice',
	set: 'Document_СчетНаОплатуПокупателю',
	...DOCUMENT_NAMES.invoice,
	select: [...COMMON, 'Контрагент', 'Контрагент_Type', 'Комментарий'],
	markedWith: (marker) => `substringof(${quoted(`${marker}]`)},Комментарий)`,
	madeByExchange: (prefix) => `substringof(${quoted(`${prefix}-`)},Комментарий)`,
	dealOf: (marker, { comment }) => dealInComment(marker, comment),
};

export const ORDER: DocumentKind = {
	kind: 'order',
	set: 'Document_ЗаказПокупателя',
	...DOCUMENT_NAMES.order,
	select: [...COMMON, 'Контрагент_Key', INCOMING_NUMBER],
	markedWith: (marker) => `${INCOMING_NUMBER} eq ${quoted(marker)}`,
	madeByExchange: (prefix) => `startswith(${INCOMING_NUMBER},${quoted(`${prefix}-`)})`,
	dealOf: (marker, { number }) => dealInNumber(marker, number),
};

const rawSchema = z.object({
	Ref_Key: guidSchema,
	DeletionMark: z.boolean(),
	Posted: z.boolean().nullish(),
	Number: string,
	Date: z.string(),
	СуммаДокумента: money,
	ДоговорКонтрагента_Key: optionalRefSchema,
	ВалютаДокумента_Key: optionalRefSchema,
	Контрагент_Key: optionalRefSchema,
	Контрагент: string,
	Контрагент_Type: setName,
	Комментарий: string,
	[INCOMING_NUMBER]: string,
});

/** The buyer of an invoice may be a mere string: composite, a reference or 50 characters [УТ 10.3.88.3 sources]. */
const buyerOf = (raw: z.output<typeof rawSchema>): string | null =>
	raw.Контрагент_Type === 'Catalog_Контрагенты' ? raw.Контрагент : raw.Контрагент_Key;

export const documentSchema = rawSchema.transform((raw) => ({
	ref: raw.Ref_Key,
	number: raw.Number,
	/** Wall time of the 1C server. */
	date: raw.Date,
	amount: raw.СуммаДокумента,
	posted: raw.Posted ?? false,
	deletionMark: raw.DeletionMark,
	counterparty: buyerOf(raw),
	contract: raw.ДоговорКонтрагента_Key,
	currency: raw.ВалютаДокумента_Key,
	marks: { number: raw[INCOMING_NUMBER], comment: raw.Комментарий },
}));

export type SaleDocument = z.output<typeof documentSchema>;

/** The order of seniority: of two documents for one deal the earliest counts. */
export const byAge = (a: SaleDocument, b: SaleDocument): number =>
	a.date.localeCompare(b.date) || a.ref.localeCompare(b.ref);

/** A document that lives comes before one marked for deletion. */
export const byLifeAndAge = (a: SaleDocument, b: SaleDocument): number =>
	Number(a.deletionMark) - Number(b.deletionMark) || byAge(a, b);

export interface Wanted {
	dealId: number;
	/** What the CRM remembers, if it does. */
	ref?: string | null;
}

/** The documents of each deal, by the marker or by the reference the CRM remembers; marked for deletion too. */
export const findDocuments = async (
	client: OneCClient,
	kind: DocumentKind,
	wanted: readonly Wanted[],
): Promise<Map<number, SaleDocument[]>> => {
	const { marker } = client.base;
	const conditions = wanted.flatMap(({ dealId, ref }) => [
		kind.markedWith(markerOf(marker, dealId)),
		...(ref ? [`Ref_Key eq ${guid(ref)}`] : []),
	]);
	const found = new Map<string, SaleDocument>();
	const query = { select: kind.select };
	for (const document of await client.listAny(kind.set, documentSchema, conditions, query)) {
		found.set(document.ref, document);
	}
	const belongs = ({ dealId, ref }: Wanted, document: SaleDocument): boolean =>
		document.ref === ref || kind.dealOf(marker, document.marks) === dealId;
	return new Map(
		wanted.map((one) => [
			one.dealId,
			[...found.values()].filter((document) => belongs(one, document)).sort(byLifeAndAge),
		]),
	);
};

export interface DocumentJson {
	kind: Kind;
	ref: string;
	number: string;
	date: string;
	amount: number;
	posted: boolean;
	deletionMark: boolean;
}

/** What later nodes get: roubles, and times with the offset of the 1C server. */
export const documentJson = (
	{ kind }: DocumentKind,
	document: SaleDocument,
	timeZone: string,
): DocumentJson => ({
	kind,
	ref: document.ref,
	number: document.number,
	date: withOffset(document.date, timeZone),
	amount: roubles(document.amount),
	posted: document.posted,
	deletionMark: document.deletionMark,
});
