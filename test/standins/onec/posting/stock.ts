/**
 * What a shipment takes from the warehouse and adds to sales, a return the other way round (reference 1c-ut103.md §4;
 * registers ТоварыНаСкладах and Продажи). Goods that go by a separate order of the warehouse (ПоОрдеру) leave with
 * that order, which is not imitated. Quality is forced to «Новый», as the shipment forces it.
 */
import Big from 'big.js';

import { amount, balances, SALES, STOCK, type Entry } from '../ledger';
import type { Store } from '../store';
import { isFilled, text, type Row } from '../values';
import { DEAL_ORDER, type PostingContext } from './checks';
import type { OrderLine } from './lines';

export function newQuality(store: Store): string {
	const item = store.in('Catalog_Качество').find(({ row }) => row.PredefinedDataName === 'Новый');
	return item ? text(item.row, 'Ref_Key') : '';
}

const warehouseOf = (line: Row, header: Row): string =>
	isFilled(line.Склад_Key)
		? text(line, 'Склад_Key')
		: text(header, header.СкладОрдер === undefined ? 'Склад_Key' : 'СкладОрдер');

export function stockMovements(
	{ store, row }: PostingContext,
	lines: OrderLine[],
	movement: 'Receipt' | 'Expense',
): Entry[] {
	if (row.ВидПередачи === 'ПоОрдеру' || row.ВидПоступления === 'ПоОрдеру') return [];
	const quality = newQuality(store);
	return lines
		.filter(({ table }) => table === 'Товары')
		.map(({ line, quantity }) => ({
			register: STOCK,
			movement,
			fields: {
				Склад_Key: warehouseOf(line, row),
				Номенклатура_Key: line.Номенклатура_Key,
				Качество_Key: quality,
				ХарактеристикаНоменклатуры_Key: line.ХарактеристикаНоменклатуры_Key,
				СерияНоменклатуры_Key: line.СерияНоменклатуры_Key,
				Количество: quantity.toNumber(),
			},
		}));
}

/** Returnable packaging is lent, not sold. */
export function saleMovements(
	{ row, document }: PostingContext,
	lines: OrderLine[],
	sign: 1 | -1,
): Entry[] {
	return lines
		.filter(({ table }) => table !== 'ВозвратнаяТара')
		.map(({ line, quantity, sum }) => {
			const order = isFilled(line.ЗаказПокупателя_Key) ? text(line, 'ЗаказПокупателя_Key') : '';
			return {
				register: SALES,
				fields: {
					Номенклатура_Key: line.Номенклатура_Key,
					...(order ? { ЗаказПокупателя: order, ЗаказПокупателя_Type: DEAL_ORDER } : {}),
					ДоговорКонтрагента_Key: row.ДоговорКонтрагента_Key,
					ДокументПродажи: row.Ref_Key,
					ДокументПродажи_Type: `StandardODATA.${document.type.name}`,
					Организация_Key: row.Организация_Key,
					Контрагент_Key: row.Контрагент_Key,
					Количество: quantity.times(sign).toNumber(),
					Стоимость: sum.times(sign).toNumber(),
					СтоимостьБезСкидок: withoutDiscount(line, sum).times(sign).toNumber(),
					НДС: amount(line, 'СуммаНДС').times(sign).toNumber(),
				},
			};
		});
}

function withoutDiscount(line: Row, sum: Big): Big {
	const discount = amount(line, 'ПроцентСкидкиНаценки').plus(
		amount(line, 'ПроцентАвтоматическихСкидок'),
	);
	const share = new Big(100).minus(discount);
	return share.lte(0) ? sum : sum.times(100).div(share).round(2, Big.roundHalfUp);
}

/** Looked at in operational posting only, and only where the user's rights ask for it (switch stockControl). */
export function checkStock(context: PostingContext, lines: OrderLine[]): void {
	if (context.switches.stockControl === 'never' || !context.operational) return;
	const wanted = new Map<string, Big>();
	for (const { fields } of stockMovements(context, lines, 'Expense')) {
		const key = `${text(fields, 'Склад_Key')} ${text(fields, 'Номенклатура_Key')}`;
		wanted.set(key, (wanted.get(key) ?? new Big(0)).plus(amount(fields, 'Количество')));
	}
	for (const [key, quantity] of wanted) {
		const [warehouse, product] = key.split(' ');
		const left = stockOf(context.store, product, warehouse);
		if (quantity.gt(left))
			context.reasons.push(`Не хватает товара на складе: есть ${left.toString()}!`);
	}
}

export function stockOf(store: Store, product: string, warehouse: string): Big {
	const where = (record: Row) =>
		record.Номенклатура_Key === product && record.Склад_Key === warehouse;
	const rows = balances(store, STOCK, { where, dimensions: ['Номенклатура'] });
	return rows.reduce((sum, row) => sum.plus(amount(row, 'КоличествоBalance')), new Big(0));
}
