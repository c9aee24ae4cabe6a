/**
 * Money that came from buyers. It counts when the document is posted, not marked for deletion and «Оплачено»: a
 * posted payment the bank has not confirmed is not money yet [УТ 10.3.88.3 sources].
 *
 * Payments are read by counterparty: a payment and the order or invoice it names always have the same one, and one
 * short condition per buyer fits many of them into an address where conditions per document would fit one.
 */
import { z } from 'zod';
import type { Kopecks } from '../../exchange/money';
import { guidSchema, optionalRefSchema } from '../../exchange/reference';
import type { OneCClient } from '../odata/client';
import { money, setName, string, type Link } from '../odata/fields';
import { allOf, castTo, dateTime, guid } from '../odata/odata';

export interface PaymentRow {
	deal: Link;
	contract: string | null;
	/** In the currency of the payment. */
	amount: Kopecks;
	/** In the currency of the contract. */
	settled: Kopecks;
}

export interface Payment {
	ref: string;
	number: string;
	date: string;
	/** The document it was entered on the basis of. */
	basis: Link;
	counterparty: string;
	currency: string | null;
	purpose: string;
	rows: PaymentRow[];
}

interface PaymentKind {
	set: string;
	/** Payments by card are money at once and have no such field. */
	hasPaidFlag: boolean;
	hasPurpose: boolean;
	/** The buyer of a cash receipt is a composite field. */
	buyerIsComposite: boolean;
}

const KINDS: PaymentKind[] = [
	{
		set: 'Document_ПлатежноеПоручениеВходящее',
		hasPaidFlag: true,
		hasPurpose: true,
		buyerIsComposite: false,
	},
	{
		set: 'Document_ПлатежныйОрдерПоступлениеДенежныхСредств',
		hasPaidFlag: true,
		hasPurpose: true,
		buyerIsComposite: false,
	},
	{
		set: 'Document_ПриходныйКассовыйОрдер',
		hasPaidFlag: true,
		hasPurpose: false,
		buyerIsComposite: true,
	},
	{
		set: 'Document_ОплатаОтПокупателяПлатежнойКартой',
		hasPaidFlag: false,
		hasPurpose: false,
		buyerIsComposite: false,
	},
];

const link = (ref: string, set: string): Link => ({ ref, set });

const rowSchema = z
	.object({
		Сделка: string,
		Сделка_Type: setName,
		ДоговорКонтрагента_Key: optionalRefSchema,
		СуммаПлатежа: money,
		СуммаВзаиморасчетов: money,
	})
	.transform((raw) => ({
		deal: link(raw.Сделка, raw.Сделка_Type),
		contract: raw.ДоговорКонтрагента_Key,
		amount: raw.СуммаПлатежа,
		settled: raw.СуммаВзаиморасчетов,
	}));

const paymentSchema = z
	.object({
		Ref_Key: guidSchema,
		Number: string,
		Date: z.string(),
		ДокументОснование: string,
		ДокументОснование_Type: setName,
		Контрагент_Key: string,
		Контрагент: string,
		ВалютаДокумента_Key: optionalRefSchema,
		НазначениеПлатежа: string,
		РасшифровкаПлатежа: z.array(rowSchema),
	})
	.transform(
		(raw): Payment => ({
			ref: raw.Ref_Key,
			number: raw.Number,
			date: raw.Date,
			basis: link(raw.ДокументОснование, raw.ДокументОснование_Type),
			counterparty: raw.Контрагент_Key || raw.Контрагент,
			currency: raw.ВалютаДокумента_Key,
			purpose: raw.НазначениеПлатежа,
			rows: raw.РасшифровкаПлатежа,
		}),
	);

/** A row of the section is small, and naming its columns one by one would take half of the address. */
const selectOf = ({ hasPurpose, buyerIsComposite }: PaymentKind): string[] => [
	'Ref_Key',
	'Number',
	'Date',
	'ДокументОснование',
	'ДокументОснование_Type',
	buyerIsComposite ? 'Контрагент' : 'Контрагент_Key',
	'ВалютаДокумента_Key',
	...(hasPurpose ? ['НазначениеПлатежа'] : []),
	'РасшифровкаПлатежа',
];

/** @param since wall time of the 1C server */
export const readPayments = async (
	client: OneCClient,
	counterparties: readonly string[],
	since: string,
): Promise<Payment[]> => {
	const payments: Payment[] = [];
	for (const kind of KINDS) {
		const conditions = counterparties.map((ref) =>
			kind.buyerIsComposite
				? `Контрагент eq ${castTo(ref, 'Catalog_Контрагенты')}`
				: `Контрагент_Key eq ${guid(ref)}`,
		);
		const filter = allOf([
			'Posted eq true',
			'DeletionMark eq false',
			...(kind.hasPaidFlag ? ['Оплачено eq true'] : []),
			`Date ge ${dateTime(since)}`,
		]);
		const query = { filter, select: selectOf(kind), orderby: 'Date,Ref_Key' };
		payments.push(...(await client.listAny(kind.set, paymentSchema, conditions, query)));
	}
	return payments;
};
