/**
 * The buyer's money (reference 1c-ut103.md §4; УправлениеДенежнымиСредствами of 10.3.88.3). Mind the trap of the source:
 * РасчетыСКонтрагентами is moved by ОтраженоВОперУчете alone, so a posted payment that the bank has not confirmed
 * (Оплачено = Ложь) already looks paid there; only ВзаиморасчетыСКонтрагентами waits for Оплачено. The card payment
 * has neither flag. Without ВидОперации = ОплатаПокупателя nothing is moved here. The acquirer's side, money
 * registers and VAT are not imitated.
 */
import Big from 'big.js';

import { amount, DEBTS, SETTLEMENTS, type Entry } from '../ledger';
import { rowsOf, text, type Row } from '../values';
import {
	attribute,
	contractOf,
	requireHeader,
	requireOwnContract,
	requireRows,
	settlementOf,
	type PostingContext,
} from './checks';
import { sums } from './lines';
import { dealOf } from './shipments';

interface PaymentRules {
	/** Where the money comes to: the field must be filled. */
	purse: 'СчетОрганизации' | 'Касса' | 'Эквайрер';
	hasFlags: boolean;
	hasBankDate: boolean;
}

const RULES: Readonly<Record<string, PaymentRules>> = {
	ПлатежноеПоручениеВходящее: { purse: 'СчетОрганизации', hasFlags: true, hasBankDate: true },
	ПлатежныйОрдерПоступлениеДенежныхСредств: {
		purse: 'СчетОрганизации',
		hasFlags: true,
		hasBankDate: true,
	},
	ПриходныйКассовыйОрдер: { purse: 'Касса', hasFlags: true, hasBankDate: false },
	ОплатаОтПокупателяПлатежнойКартой: { purse: 'Эквайрер', hasFlags: false, hasBankDate: false },
};

export function postPayment(context: PostingContext): Entry[] {
	const { row, reasons, document } = context;
	const rules = RULES[document.type.object];
	const planned = !rules.hasFlags || row.ОтраженоВОперУчете === true;
	const paid = !rules.hasFlags || row.Оплачено === true;
	if (!planned && !paid) {
		reasons.push('Не выбрано правило проведения ("Отразить в опер. учете","Оплачено")');
	}
	const total = rowsOf(row, 'РасшифровкаПлатежа').reduce(
		(sum, line) => sum.plus(amount(line, 'СуммаПлатежа')),
		new Big(0),
	);
	if (!total.eq(amount(row, 'СуммаДокумента'))) {
		reasons.push('Не совпадают сумма документа и ее расшифровка.');
	}
	if (paid) requireHeader(context, rules.purse, 'СуммаДокумента');
	if (paid && rules.hasBankDate) requireHeader(context, 'ДатаОплаты');
	if (planned) checkSettlements(context, rules);
	if (row.ВидОперации !== 'ОплатаПокупателя') return [];
	return rowsOf(row, 'РасшифровкаПлатежа').flatMap((line) => entries(context, line, planned, paid));
}

function checkSettlements(context: PostingContext, rules: PaymentRules): void {
	const { row, reasons } = context;
	requireHeader(context, 'Организация', 'Контрагент', 'СуммаДокумента', rules.purse);
	requireRows(context, 'РасшифровкаПлатежа', 'ДоговорКонтрагента', 'СуммаВзаиморасчетов');
	for (const line of rowsOf(row, 'РасшифровкаПлатежа')) {
		const settlement = settlementOf(contractOf(context, line));
		if ((settlement === 'ПоЗаказам' || settlement === 'ПоСчетам') && !line.Сделка) {
			reasons.push(`Взаиморасчеты по договору ведутся ${settlement}: заполните сделку!`);
		}
		requireOwnContract(context, line, row.Организация_Key);
	}
}

function entries(context: PostingContext, line: Row, planned: boolean, paid: boolean): Entry[] {
	const { row } = context;
	const settlement = settlementOf(contractOf(context, line));
	const fields: Row = {
		ДоговорКонтрагента_Key: line.ДоговорКонтрагента_Key,
		Контрагент_Key: attribute(row, 'Контрагент'),
		Организация_Key: row.Организация_Key,
		...sums(amount(line, 'СуммаВзаиморасчетов')),
	};
	const deal: Row = { Сделка: line.Сделка, Сделка_Type: line.Сделка_Type };
	const plan: Row = { ...fields, ...deal, РасчетыВозврат: 'Расчеты' };
	const debt: Row = {
		...fields,
		...dealOf(settlement, text(line, 'Сделка'), text(line, 'Сделка_Type')),
	};
	return [
		...(planned ? [expense(SETTLEMENTS, plan)] : []),
		...(planned && paid ? [expense(DEBTS, debt)] : []),
	];
}

const expense = (register: string, fields: Row): Entry => ({
	register,
	movement: 'Expense',
	fields,
});
