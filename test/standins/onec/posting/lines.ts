/**
 * How a row of goods, services or packaging becomes a record of ЗаказыПокупателей (reference 1c-ut103.md §4; order
 * module of 10.3.88.3). Quantity is counted in units of storage: Количество × Коэффициент ÷ the unit's own factor.
 * A posted order does not require Коэффициент, so an order sent without it stands in the register with quantity 0.
 */
import Big from 'big.js';

import { amount } from '../ledger';
import { rowsOf, text, type Row } from '../values';
import { grossOf, type PostingContext } from './checks';

export const LINE_TABLES = ['Товары', 'Услуги', 'ВозвратнаяТара'] as const;
export type LineTable = (typeof LINE_TABLES)[number];

const DIMENSIONS = [
	'Номенклатура_Key',
	'ХарактеристикаНоменклатуры_Key',
	'Цена',
	'ПроцентСкидкиНаценки',
	'ЕдиницаИзмерения_Key',
	'ПроцентАвтоматическихСкидок',
	'УсловиеАвтоматическойСкидки',
	'ЗначениеУсловияАвтоматическойСкидки',
	'ЗначениеУсловияАвтоматическойСкидки_Type',
	'СтавкаНДС',
];

export interface OrderLine {
	table: LineTable;
	line: Row;
	quantity: Big;
	sum: Big;
	dimensions: Row;
}

export function orderLines(
	context: PostingContext,
	tables: readonly LineTable[] = LINE_TABLES,
): OrderLine[] {
	return tables.flatMap((table) =>
		rowsOf(context.row, table).map((line) => ({
			table,
			line,
			quantity: storageQuantity(context, table, line),
			sum: grossOf(context.row, line),
			dimensions: dimensionsOf(table, line),
		})),
	);
}

function storageQuantity({ store }: PostingContext, table: LineTable, line: Row): Big {
	const quantity = amount(line, 'Количество');
	if (table !== 'Товары') return quantity;
	const product = store.row('Catalog_Номенклатура', text(line, 'Номенклатура_Key'));
	const unit = store.row(
		'Catalog_ЕдиницыИзмерения',
		text(product ?? {}, 'ЕдиницаХраненияОстатков_Key'),
	);
	const factor = unit && amount(unit, 'Коэффициент');
	const counted = quantity.times(amount(line, 'Коэффициент'));
	return (factor && !factor.eq(0) ? counted.div(factor) : counted).round(3, Big.roundHalfUp);
}

function dimensionsOf(table: LineTable, line: Row): Row {
	const dimensions: Row = {
		СтатусПартии: table === 'ВозвратнаяТара' ? 'ВозвратнаяТара' : 'Купленный',
	};
	for (const name of DIMENSIONS) {
		if (line[name] !== undefined) dimensions[name] = line[name];
	}
	return dimensions;
}

export const resourcesOf = (quantity: Big, sum: Big): Row => ({
	Количество: quantity.toNumber(),
	СуммаВзаиморасчетов: sum.toNumber(),
	СуммаУпр: sum.toNumber(),
});

export const sums = (sum: Big): Row => ({
	СуммаВзаиморасчетов: sum.toNumber(),
	СуммаУпр: sum.toNumber(),
});
