/**
 * Shipment and return (reference 1c-ut103.md §4; object modules of 10.3.88.3). A shipment is expense of ЗаказыПокупателей
 * only for rows that name an order, by themselves or through the header's Сделка. Without the flag of management
 * accounting nothing is moved. Stock and sales are in stock.ts; lots and VAT registers are not imitated.
 */
import Big from 'big.js';

import { DEBTS, ORDERS, SETTLEMENTS, type Entry } from '../ledger';
import { isFilled, rowsOf, text, UNDEFINED_TYPE, type Row } from '../values';
import {
	contractOf,
	DEAL_ORDER,
	orderOfDeal,
	recalculateSum,
	requireHeader,
	requireKind,
	requireOwnContract,
	requireRows,
	settlementOf,
	spreadOrder,
	type PostingContext,
} from './checks';
import { orderLines, resourcesOf, sums, type OrderLine } from './lines';
import { hasLines, leftOf } from './orders';
import { checkStock, saleMovements, stockMovements } from './stock';

const GOODS = ['Товары', 'ВозвратнаяТара'];

export function beforeShipmentWrite({ row }: PostingContext): void {
	spreadOrder(row, orderOfDeal(row), 'Товары', 'Услуги', 'ВозвратнаяТара');
	recalculateSum(row, 'Товары', 'Услуги');
}

export function beforeReturnWrite({ row }: PostingContext): void {
	spreadOrder(row, orderOfDeal(row), 'Товары', 'ВозвратнаяТара');
	recalculateSum(row, 'Товары');
}

const ACCOUNTING = [
	'ОтражатьВУправленческомУчете',
	'ОтражатьВБухгалтерскомУчете',
	'ОтражатьВНалоговомУчете',
];

function checkAccounting({ row, reasons }: PostingContext): void {
	if (ACCOUNTING.some((flag) => row[flag] === true)) return;
	reasons.push('Документ не принадлежит ни к одному виду учета!');
}

function checkHeader(context: PostingContext): void {
	const { row } = context;
	requireHeader(context, 'Организация', 'ВалютаДокумента', 'Контрагент', 'ДоговорКонтрагента');
	requireHeader(context, 'КурсВзаиморасчетов', 'КратностьВзаиморасчетов');
	checkAccounting(context);
	requireOwnContract(context, row, row.Организация_Key);
	const settlement = settlementOf(contractOf(context, row));
	if (settlement === 'ПоЗаказам' || settlement === 'ПоСчетам') requireHeader(context, 'Сделка');
	const vat = row.УчитыватьНДС === true ? ['СтавкаНДС'] : [];
	requireRows(context, 'Товары', 'Номенклатура', 'Количество', 'Сумма', ...vat);
	requireKind(context, 'Товары', false);
}

export function postShipment(context: PostingContext): Entry[] {
	const { row } = context;
	checkHeader(context);
	if (GOODS.some((table) => rowsOf(row, table).length > 0)) requireHeader(context, 'Склад');
	requireRows(context, 'Услуги', 'Номенклатура', 'Количество', 'Сумма', 'Содержание');
	requireKind(context, 'Услуги', true);
	if (!hasLines(row)) context.reasons.push('Не заполнена ни одна таблица документа!');
	checkOverShipment(context);
	if (row.ОтражатьВУправленческомУчете !== true) return [];
	const lines = orderLines(context);
	checkStock(context, lines);
	return [
		...lines.filter(namesOrder).map((line) => orderExpense(row, line, 1)),
		...debts(context, lines, 'Receipt'),
		...stockMovements(context, lines, 'Expense'),
		...saleMovements(context, lines, 1),
	];
}

const namesOrder = ({ line }: OrderLine): boolean => isFilled(line.ЗаказПокупателя_Key);

function checkOverShipment(context: PostingContext): void {
	const control = context.switches.overShipmentControl;
	if (control === 'never' || (control === 'operational' && !context.operational)) return;
	const wanted = new Map<string, Big>();
	for (const { line, quantity } of orderLines(context).filter(namesOrder)) {
		const key = `${text(line, 'ЗаказПокупателя_Key')} ${text(line, 'Номенклатура_Key')}`;
		wanted.set(key, (wanted.get(key) ?? new Big(0)).plus(quantity));
	}
	for (const [key, quantity] of wanted) {
		const [order, product] = key.split(' ');
		const left = leftOf(context, order, product);
		if (quantity.lte(left)) continue;
		context.reasons.push(`Превышен объем заказа: осталось отгрузить ${left.toString()}!`);
	}
}

function orderExpense(
	row: Row,
	{ line, dimensions, quantity, sum }: OrderLine,
	sign: 1 | -1,
): Entry {
	return {
		register: ORDERS,
		movement: 'Expense',
		fields: {
			...dimensions,
			ДоговорКонтрагента_Key: row.ДоговорКонтрагента_Key,
			ЗаказПокупателя_Key: line.ЗаказПокупателя_Key,
			...resourcesOf(quantity.times(sign), sum.times(sign)),
		},
	};
}

/** ОпределитьСделку: the debt names a deal only when the contract settles by orders or by invoices. */
export function dealOf(settlement: string, deal: string, type: string): Row {
	const named = settlement === 'ПоЗаказам' || settlement === 'ПоСчетам';
	return named && deal
		? { Сделка: deal, Сделка_Type: type }
		: { Сделка: '', Сделка_Type: UNDEFINED_TYPE };
}

/** Actual debt by deals; what was shipped without an order is planned and owed at the same moment. */
function debts(
	context: PostingContext,
	lines: OrderLine[],
	movement: 'Receipt' | 'Expense',
): Entry[] {
	const { row } = context;
	const settlement = settlementOf(contractOf(context, row));
	const byOrder = new Map<string, Big>();
	for (const { line, sum } of lines) {
		const order = isFilled(line.ЗаказПокупателя_Key) ? text(line, 'ЗаказПокупателя_Key') : '';
		byOrder.set(order, (byOrder.get(order) ?? new Big(0)).plus(sum));
	}
	return [...byOrder].flatMap(([order, sum]) => {
		const deal = order ? DEAL_ORDER : text(row, 'Сделка_Type');
		const fields: Row = {
			ДоговорКонтрагента_Key: row.ДоговорКонтрагента_Key,
			Контрагент_Key: row.Контрагент_Key,
			Организация_Key: row.Организация_Key,
			...dealOf(settlement, order || text(row, 'Сделка'), deal),
			...sums(sum),
		};
		const debt: Entry = { register: DEBTS, movement, fields };
		if (order || movement === 'Expense') return [debt];
		const planned: Row = { ...fields, РасчетыВозврат: 'Расчеты' };
		return [debt, { register: SETTLEMENTS, movement, fields: planned }];
	});
}

/** A return is a negative expense of the order: the quantity is to be shipped again. */
export function postReturn(context: PostingContext): Entry[] {
	const { row, switches } = context;
	checkHeader(context);
	if (!hasLines(row)) context.reasons.push('Не заполнена ни одна таблица документа!');
	if (row.ОтражатьВУправленческомУчете !== true) return [];
	const lines = orderLines(context, ['Товары']);
	const reopening = switches.returnReopensOrder ? lines.filter(namesOrder) : [];
	return [
		...reopening.map((line) => orderExpense(row, line, -1)),
		...debts(context, lines, 'Expense'),
		...stockMovements(context, lines, 'Receipt'),
		...saleMovements(context, lines, -1),
	];
}
