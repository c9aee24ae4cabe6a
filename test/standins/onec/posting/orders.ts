/**
 * Invoice, order and its correction (reference 1c-ut103.md §4; object modules of 10.3.88.3). The invoice is checked on
 * every write and moves nothing: its metadata denies posting. An order is income of both registers, a correction
 * moves them by its deltas. Placement and reserves are not imitated; currency is one.
 */
import Big from 'big.js';

import { amount, balances, ORDERS, SETTLEMENTS, type Entry } from '../ledger';
import { isFilled, rowsOf, text, type Row } from '../values';
import {
	contractOf,
	DEAL_ORDER,
	recalculateSum,
	requireHeader,
	requireKind,
	requireOwnContract,
	requireRows,
	settlementOf,
	spreadOrder,
	type PostingContext,
} from './checks';
import { orderLines, resourcesOf, sums } from './lines';

export function beforeInvoiceWrite(context: PostingContext): void {
	const { row } = context;
	requireHeader(context, 'Организация', 'ВалютаДокумента', 'СтруктурнаяЕдиница', 'Контрагент');
	if (row.Контрагент_Type === 'StandardODATA.Catalog_Контрагенты') {
		requireHeader(context, 'ДоговорКонтрагента');
	}
	requireHeader(context, 'КратностьВзаиморасчетов');
	requireOwnContract(context, row, row.Организация_Key);
	spreadOrder(row, filledRef(row, 'ЗаказПокупателя_Key'), 'Товары', 'Услуги', 'ВозвратнаяТара');
	const common = ['Номенклатура', 'Количество', 'Цена'];
	requireRows(context, 'Товары', ...common, 'СтавкаНДС', 'ЕдиницаИзмерения', 'Коэффициент');
	requireRows(context, 'Услуги', ...common, 'СтавкаНДС', 'Содержание');
	requireRows(context, 'ВозвратнаяТара', ...common);
	requireRows(context, 'СоставНабора', ...common);
	recalculateSum(row, 'Товары', 'Услуги');
}

export const filledRef = (row: Row, name: string): string =>
	isFilled(row[name]) ? text(row, name) : '';

export const beforeOrderWrite = ({ row }: PostingContext): void =>
	recalculateSum(row, 'Товары', 'Услуги');

function checkLines(context: PostingContext): void {
	const vat = context.row.УчитыватьНДС === true ? ['СтавкаНДС'] : [];
	requireRows(context, 'Товары', 'Номенклатура', 'Количество', 'Сумма', ...vat);
	requireRows(context, 'Услуги', 'Номенклатура', 'Количество', 'Сумма', 'Содержание', ...vat);
	requireRows(context, 'ВозвратнаяТара', 'Номенклатура', 'Количество', 'Сумма');
	requireRows(context, 'СоставНабора', 'Номенклатура', 'Цена');
	requireKind(context, 'Товары', false);
	requireKind(context, 'Услуги', true);
}

export function postOrder(context: PostingContext): Entry[] {
	const { row } = context;
	requireHeader(context, 'Организация', 'ВалютаДокумента', 'Контрагент', 'ДоговорКонтрагента');
	requireHeader(context, 'КратностьВзаиморасчетов');
	if (settlementOf(contractOf(context, row)) === 'ПоСчетам') {
		context.reasons.push(
			'Документ можно выписывать только по договору, взаиморасчеты по которому ведутся по заказам или по договору в целом!',
		);
	}
	requireOwnContract(context, row, row.Организация_Key);
	checkLines(context);
	return [...settlementReceipt(row, row, text(row, 'Ref_Key')), ...lineReceipts(context, row)];
}

/** The planned settlement carries the order as its deal whatever the contract's way of settlements is. */
function settlementReceipt(document: Row, order: Row, ref: string): Entry[] {
	const sum = amount(document, 'СуммаДокумента');
	if (sum.eq(0)) return [];
	const fields: Row = {
		ДоговорКонтрагента_Key: order.ДоговорКонтрагента_Key,
		Контрагент_Key: order.Контрагент_Key,
		Организация_Key: order.Организация_Key,
		РасчетыВозврат: 'Расчеты',
		Сделка: ref,
		Сделка_Type: DEAL_ORDER,
		...sums(sum),
	};
	return [{ register: SETTLEMENTS, movement: 'Receipt', fields }];
}

function lineReceipts(context: PostingContext, order: Row): Entry[] {
	return orderLines(context).map(({ dimensions, quantity, sum }) => ({
		register: ORDERS,
		movement: 'Receipt',
		fields: {
			...dimensions,
			ДоговорКонтрагента_Key: order.ДоговорКонтрагента_Key,
			ЗаказПокупателя_Key: order.Ref_Key,
			...resourcesOf(quantity, sum),
		},
	}));
}

const orderOf = ({ store, row }: PostingContext): Row | undefined =>
	store.row('Document_ЗаказПокупателя', text(row, 'ЗаказПокупателя_Key'));

export function beforeCorrectionWrite(context: PostingContext): void {
	const { row } = context;
	const order = orderOf(context);
	if (order && !isFilled(row.Контрагент_Key)) row.Контрагент_Key = order.Контрагент_Key;
	if (order && !isFilled(row.Организация_Key)) row.Организация_Key = order.Организация_Key;
	recalculateSum(row, 'Товары', 'Услуги');
}

export function postCorrection(context: PostingContext): Entry[] {
	const order = orderOf(context);
	requireHeader(context, 'ЗаказПокупателя');
	if (order && order.Posted !== true) {
		context.reasons.push('Нельзя корректировать непроведенный документ!');
	}
	if (order) requireOwnContract(context, order, order.Организация_Key);
	checkLines(context);
	if (!order) return [];
	if (context.operational) checkDecrease(context, order);
	return [
		...settlementReceipt(context.row, order, text(order, 'Ref_Key')),
		...lineReceipts(context, order),
	];
}

/** A correction may not take more than is still to ship; the source looks only in operational posting. */
function checkDecrease(context: PostingContext, order: Row): void {
	for (const { line, quantity } of orderLines(context)) {
		if (quantity.gte(0)) continue;
		const left = leftOf(context, text(order, 'Ref_Key'), text(line, 'Номенклатура_Key'));
		if (left.plus(quantity).gte(0)) continue;
		context.reasons.push(`Корректировка больше остатка по заказу: осталось ${left.toString()}!`);
	}
}

/** How much of a product is still to ship by an order, returnable packaging and prices aside. */
export function leftOf({ store }: PostingContext, order: string, product: string): Big {
	const where = (record: Row) =>
		record.ЗаказПокупателя_Key === order && record.Номенклатура_Key === product;
	const rows = balances(store, ORDERS, { where, dimensions: ['Номенклатура'] });
	return rows.reduce((sum, row) => sum.plus(amount(row, 'КоличествоBalance')), new Big(0));
}

export const hasLines = (row: Row): boolean =>
	['Товары', 'Услуги', 'ВозвратнаяТара'].some((table) => rowsOf(row, table).length > 0);
