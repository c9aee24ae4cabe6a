/**
 * Money that came from buyers. It counts when the document is posted, not marked for deletion and «Оплачено»: a
 * posted payment the bank has not confirmed is not money yet [УТ 10.3.88.3 sources].
 *
 * Payments are read by counterparty: a payment and the order or invoice it names always have the same one, and one
 * short condition per buyer fits many of them into an address where conditions per document would fit one. Where there
 * are so many buyers that everybody's payments are shorter, those are read instead: nine buyers fit into an address, and
 * five hundred payments onto a page.
 */
import { z } from 'zod';
import type { Kopecks } from '../../exchange/money';
import { guidSchema, optionalRefSchema } from '../../exchange/reference';
import { settled } from '../../shared/settled';
import { Refusal } from '../odata/answers';
import { PAGE, type OneCClient } from '../odata/client';
import { money, setName, string, type Link } from '../odata/fields';
import { allOf, castTo, dateTime, guid, packed, type Query } from '../odata/odata';
import type { Session } from '../session';

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

export interface PaymentKind {
	set: string;
	/** As people call it. */
	title: string;
	/** Payments by card are money at once and have no such field. */
	hasPaidFlag: boolean;
	hasPurpose: boolean;
	/** The buyer of a cash receipt is a composite field. */
	buyerIsComposite: boolean;
}

export const PAYMENT_KINDS: PaymentKind[] = [
	{
		set: 'Document_ПлатежноеПоручениеВходящее',
		title: 'Платежное поручение входящее',
		hasPaidFlag: true,
		hasPurpose: true,
		buyerIsComposite: false,
	},
	{
		set: 'Document_ПлатежныйОрдерПоступлениеДенежныхСредств',
		title: 'Платежный ордер на поступление',
		hasPaidFlag: true,
		hasPurpose: true,
		buyerIsComposite: false,
	},
	{
		set: 'Document_ПриходныйКассовыйОрдер',
		title: 'Приходный кассовый ордер',
		hasPaidFlag: true,
		hasPurpose: false,
		buyerIsComposite: true,
	},
	{
		set: 'Document_ОплатаОтПокупателяПлатежнойКартой',
		title: 'Оплата платежной картой',
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
export const fieldsOfPayment = ({ hasPurpose, buyerIsComposite }: PaymentKind): string[] => [
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

/** Conditions of payments that count. */
const counted = ({ hasPaidFlag }: PaymentKind, since: string): string =>
	allOf([
		'Posted eq true',
		'DeletionMark eq false',
		...(hasPaidFlag ? ['Оплачено eq true'] : []),
		`Date ge ${dateTime(since)}`,
	]);

/** The newest payments of a kind, whoever they are from: how a firm books its money is seen by them. */
export const latestPayments = async (
	client: OneCClient,
	kind: PaymentKind,
	since: string,
	limit: number,
): Promise<Payment[]> =>
	await client.list(kind.set, paymentSchema, {
		filter: counted(kind, since),
		select: fieldsOfPayment(kind),
		orderby: 'Date desc,Ref_Key desc',
		top: limit,
	});

/** Payments of everybody from a day on, kept for the whole execution. */
export interface AllPayments {
	since: string;
	/** Null where it is shorter to ask about each buyer. */
	payments: Payment[] | null;
}

const queryOf = (kind: PaymentKind, since: string): Query & { filter: string } => ({
	filter: counted(kind, since),
	select: fieldsOfPayment(kind),
	orderby: 'Date,Ref_Key',
});

const conditionsOf = (kind: PaymentKind, counterparties: readonly string[]): string[] =>
	counterparties.map((ref) =>
		kind.buyerIsComposite
			? `Контрагент eq ${castTo(ref, 'Catalog_Контрагенты')}`
			: `Контрагент_Key eq ${guid(ref)}`,
	);

/** Whether everybody's payments come in fewer pages than those of the chosen buyers take questions. */
const isShorter = async (
	client: OneCClient,
	{ set }: PaymentKind,
	filter: string,
	questions: number,
): Promise<boolean> => {
	if (questions <= 2) return false;
	const { value, error } = await settled(async () => await client.count(set, filter));
	if (error && !(error instanceof Refusal)) throw error;
	return value !== undefined && Math.ceil((value + 1) / PAGE) + 1 < questions;
};

/**
 * Reads everybody's payments where that is shorter than to ask about each of these buyers. Decided once an execution, so
 * whoever asks about buyers portion by portion has it decided about all of them first.
 */
export const foreseePayments = async (
	{ client, allPayments }: Session,
	counterparties: readonly string[],
	since: string,
): Promise<void> => {
	for (const kind of PAYMENT_KINDS) {
		if (allPayments.has(kind.set)) continue;
		const query = queryOf(kind, since);
		const questions = packed(conditionsOf(kind, counterparties), query).length;
		const payments = (await isShorter(client, kind, query.filter, questions))
			? await client.list(kind.set, paymentSchema, query)
			: null;
		allPayments.set(kind.set, { since, payments });
	}
};

const readKind = async (
	{ client, allPayments }: Session,
	kind: PaymentKind,
	counterparties: readonly string[],
	since: string,
): Promise<Payment[]> => {
	const known = allPayments.get(kind.set);
	if (!known?.payments || known.since > since) {
		const conditions = conditionsOf(kind, counterparties);
		return await client.listAny(kind.set, paymentSchema, conditions, queryOf(kind, since));
	}
	const wanted = new Set(counterparties);
	return known.payments.filter(
		({ counterparty, date }) => date >= since && wanted.has(counterparty),
	);
};

/** @param since wall time of the 1C server */
export const readPayments = async (
	session: Session,
	counterparties: readonly string[],
	since: string,
): Promise<Payment[]> => {
	await foreseePayments(session, counterparties, since);
	const payments: Payment[] = [];
	for (const kind of PAYMENT_KINDS) {
		payments.push(...(await readKind(session, kind, counterparties, since)));
	}
	return payments;
};
