/**
 * Closing of orders (reference 1c-ut103.md §4; module of ЗакрытиеЗаказовПокупателей). The whole remaining balance of
 * ЗаказыПокупателей goes out, the unpaid (or overpaid) remainder of РасчетыСКонтрагентами comes in with the opposite
 * sign, so after a part shipment both balances are zero. ПричиныЗакрытияЗаказов is written only for rows that name a
 * reason, and only by the first closing of an order. Unposting takes all of it back and the order is open again.
 * СнятиеРезервов frees reserves, which are not imitated.
 */
import Big from 'big.js';

import { amount, balances, CLOSING_REASONS, ORDERS, SETTLEMENTS, type Entry } from '../ledger';
import { isFilled, rowsOf, text, type Row } from '../values';
import { DEAL_ORDER, requireHeader, requireRows, type PostingContext } from './checks';

export function postClosing(context: PostingContext): Entry[] {
	const { row, reasons } = context;
	requireHeader(context, 'ВидОперации');
	requireRows(context, 'Заказы', 'ЗаказПокупателя');
	const lines = rowsOf(row, 'Заказы');
	if (
		lines.some((line) => line.ЗаказПокупателя_Type === 'StandardODATA.Document_ВнутреннийЗаказ')
	) {
		reasons.push('Указан внутренний заказ. Перепроводить такие документы запрещено!');
	}
	for (const line of lines) {
		const order = context.store.find(text(line, 'ЗаказПокупателя'));
		if (order && text(order.row, 'Date') > text(row, 'Date')) {
			reasons.push(
				`Дата и время Заказа в строке ${text(line, 'LineNumber')} больше даты и времени документа!`,
			);
		}
	}
	if (row.ВидОперации !== 'ЗакрытиеЗаказов') return [];
	return [...remainingGoods(context), ...reasonRecords(context), ...remainingSettlements(context)];
}

const ordersOf = ({ row }: PostingContext): Set<string> =>
	new Set(rowsOf(row, 'Заказы').map((line) => text(line, 'ЗаказПокупателя')));

/** Balances are taken at the moment of the document: what is dated later does not count. */
function balancesOf(
	{ store, row }: PostingContext,
	register: string,
	belongs: (row: Row) => boolean,
) {
	const moment = text(row, 'Date');
	const where = (record: Row) => belongs(record) && text(record, 'Period') <= moment;
	return balances(store, register, { where });
}

function remainingGoods(context: PostingContext): Entry[] {
	const orders = ordersOf(context);
	return balancesOf(context, ORDERS, (record) =>
		orders.has(text(record, 'ЗаказПокупателя_Key')),
	).map((balance) => ({
		register: ORDERS,
		movement: 'Expense',
		fields: resourcesFrom(balance, 1),
	}));
}

function remainingSettlements(context: PostingContext): Entry[] {
	const orders = ordersOf(context);
	const belongs = (record: Row) =>
		record.Сделка_Type === DEAL_ORDER && orders.has(text(record, 'Сделка'));
	return balancesOf(context, SETTLEMENTS, belongs).map((balance) => ({
		register: SETTLEMENTS,
		movement: 'Receipt',
		fields: resourcesFrom(balance, -1),
	}));
}

/** A balance row becomes the fields of a record: `СуммаBalance` is `Сумма` again, with the sign asked for. */
function resourcesFrom(balance: Row, sign: 1 | -1): Row {
	const fields: Row = {};
	for (const [name, value] of Object.entries(balance)) {
		const resource = name.endsWith('Balance') ? name.slice(0, -'Balance'.length) : '';
		if (resource) fields[resource] = amount(balance, name).times(sign).toNumber();
		else fields[name] = value;
	}
	return fields;
}

function reasonRecords(context: PostingContext): Entry[] {
	const goods = balancesOf(context, ORDERS, () => true);
	const closed = new Set(
		context.store.recordsOf(CLOSING_REASONS).map((record) => text(record, 'Заказ')),
	);
	const lines = rowsOf(context.row, 'Заказы').filter(
		(line) =>
			isFilled(line.ПричинаЗакрытияЗаказа_Key) && !closed.has(text(line, 'ЗаказПокупателя')),
	);
	return lines.map((line) => {
		const order = text(line, 'ЗаказПокупателя');
		const sum = goods
			.filter((balance) => balance.ЗаказПокупателя_Key === order)
			.reduce(
				(total, balance) => total.plus(amount(balance, 'СуммаВзаиморасчетовBalance')),
				new Big(0),
			)
			.toNumber();
		const fields: Row = {
			Заказ: order,
			Заказ_Type: DEAL_ORDER,
			ПричинаЗакрытияЗаказа_Key: line.ПричинаЗакрытияЗаказа_Key,
			СуммаВзаиморасчетов: sum,
			СуммаУпрУчета: sum,
		};
		return { register: CLOSING_REASONS, fields };
	});
}
