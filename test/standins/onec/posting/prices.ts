/**
 * УстановкаЦенНоменклатуры records prices of the day (reference 1c-ut103.md §2 "Functions": the register of prices is
 * subordinate). Zero prices are left out where the document says so; which rows 1C refuses is taken from what a price
 * cannot do without.
 */
import { PRICES, type Entry } from '../ledger';
import { isFilled, rowsOf } from '../values';
import { requireRows, type PostingContext } from './checks';

export function postPrices(context: PostingContext): Entry[] {
	const { row } = context;
	requireRows(context, 'Товары', 'Номенклатура', 'ТипЦен', 'Валюта');
	return rowsOf(row, 'Товары')
		.filter((line) => row.НеПроводитьНулевыеЗначения !== true || isFilled(line.Цена))
		.map((line) => ({
			register: PRICES,
			fields: {
				ТипЦен_Key: line.ТипЦен_Key,
				Номенклатура_Key: line.Номенклатура_Key,
				ХарактеристикаНоменклатуры_Key: line.ХарактеристикаНоменклатуры_Key,
				Валюта_Key: line.Валюта_Key,
				Цена: line.Цена,
				ЕдиницаИзмерения_Key: line.ЕдиницаИзмерения_Key,
				ПроцентСкидкиНаценки: line.ПроцентСкидкиНаценки,
				СпособРасчетаЦены: line.СпособРасчетаЦены,
			},
		}));
}
