/**
 * What goods cost by one price type. «ЦеныНоменклатуры» is written by documents in 10.3, so its slices are taken from
 * the records, and without a condition a slice of the whole register would be counted [live probes of УТ 11].
 */
import Big from 'big.js';
import { z } from 'zod';
import { roubles, unitPrice, type Kopecks, type UnitPrice } from '../../exchange/money';
import { guidSchema, optionalRefSchema } from '../../exchange/reference';
import type { OneCClient } from '../odata/client';
import { money } from '../odata/fields';
import { guid } from '../odata/odata';

const PRICES = 'InformationRegister_ЦеныНоменклатуры_RecordType';

const recordSchema = z
	.object({
		Номенклатура_Key: guidSchema,
		ХарактеристикаНоменклатуры_Key: optionalRefSchema,
		Валюта_Key: optionalRefSchema,
		ЕдиницаИзмерения_Key: optionalRefSchema,
		Цена: money,
	})
	.transform((raw) => ({
		product: raw.Номенклатура_Key,
		characteristic: raw.ХарактеристикаНоменклатуры_Key,
		currency: raw.Валюта_Key,
		unit: raw.ЕдиницаИзмерения_Key,
		price: raw.Цена,
	}));

export interface Price {
	price: Kopecks;
	currency: string | null;
	/** The unit the price is for, which may be another one than the unit of storage. */
	unit: string | null;
}

/** A price may be for a box while the stock is counted in pieces; factors say how many base units a unit holds. */
export const perUnit = ({ price }: Price, wanted: number, priced: number): UnitPrice =>
	unitPrice(new Big(roubles(price)).times(wanted).div(priced));

export interface PriceRecord extends Price {
	product: string;
}

/**
 * Prices of the products that meet any of the conditions; the price of a characteristic is not the price of its
 * product.
 */
export const pricesWhere = async (
	client: OneCClient,
	priceType: string,
	conditions: readonly string[],
): Promise<PriceRecord[]> => {
	const records = await client.tableRows(PRICES, recordSchema, conditions, {
		table: 'SliceLast',
		condition: `ТипЦен_Key eq ${guid(priceType)}`,
	});
	return records.filter(({ characteristic }) => characteristic === null);
};

/** Prices by product. */
export const readPrices = async (
	client: OneCClient,
	priceType: string,
	products: readonly string[],
): Promise<Map<string, Price>> => {
	const conditions = products.map((ref) => `Номенклатура_Key eq ${guid(ref)}`);
	const records = await pricesWhere(client, priceType, conditions);
	return new Map(
		records.map(({ product, price, currency, unit }) => [product, { price, currency, unit }]),
	);
};
