/** What other sets know of products: their units, prices of one type, and what is left in the warehouses. */
import { z } from 'zod';
import type { Price } from '../../exchange/goods';
import { guidSchema, optionalRefSchema } from '../../exchange/reference';
import { About } from './about';
import type { OneCClient } from '../odata/client';
import { number, string } from '../odata/fields';
import { castTo, guid } from '../odata/odata';
import { perUnit, pricesWhere, type PriceRecord } from './prices';
import type { PriceType } from './priceTypes';
import { freeStockWhere } from './stock';

const PRODUCTS = 'Catalog_Номенклатура';
const PATH = 'Номенклатура/';

const unitSchema = z
	.object({
		Ref_Key: guidSchema,
		Owner: string,
		ЕдиницаПоКлассификатору_Key: optionalRefSchema,
		Коэффициент: number,
	})
	.transform((raw) => ({
		ref: raw.Ref_Key,
		product: raw.Owner,
		classifier: raw.ЕдиницаПоКлассификатору_Key,
		factor: raw.Коэффициент || 1,
	}));
export type Unit = z.output<typeof unitSchema>;

export const aboutUnits = (client: OneCClient): About<Unit> =>
	new About({
		path: `cast(Owner,'${PRODUCTS}')/`,
		one: (ref) => `Owner eq ${castTo(ref, PRODUCTS)}`,
		objectOf: ({ product }) => product,
		ask: async (filter) =>
			await client.list(
				'Catalog_ЕдиницыИзмерения',
				unitSchema,
				{ filter, select: ['Ref_Key', 'Owner', 'ЕдиницаПоКлассификатору_Key', 'Коэффициент'] },
				2000,
			),
	});

const classifierSchema = z
	.object({ Ref_Key: guidSchema, Code: string, Description: string })
	.transform((raw) => ({ ref: raw.Ref_Key, okei: raw.Code, name: raw.Description }));

/** ОКЕИ as the base keeps it: dozens of units at most. */
export const readClassifier = async (
	client: OneCClient,
): Promise<Map<string, { okei: string; name: string }>> => {
	const units = await client.list('Catalog_КлассификаторЕдиницИзмерения', classifierSchema, {
		select: ['Ref_Key', 'Code', 'Description'],
	});
	return new Map(units.map(({ ref, ...unit }) => [ref, unit]));
};

export const aboutPrices = (client: OneCClient, priceType: string): About<PriceRecord> =>
	new About({
		path: PATH,
		one: (ref) => `Номенклатура_Key eq ${guid(ref)}`,
		objectOf: ({ product }) => product,
		ask: async (condition) => await pricesWhere(client, priceType, [condition]),
	});

/** A price may be set for a pack while the stock is kept in pieces. */
export const priceOf = (
	record: PriceRecord | undefined,
	storage: Unit | undefined,
	units: readonly Unit[],
	{ includesVat }: PriceType,
	letters: ReadonlyMap<string, string>,
): Price | null => {
	if (!record) return null;
	const priced = units.find(({ ref }) => ref === record.unit) ?? storage;
	return {
		amount: perUnit(record, storage?.factor ?? 1, priced?.factor ?? 1),
		currency: (record.currency && letters.get(record.currency)) || 'RUB',
		includesVat,
	};
};

/** @param warehouses none means all of them */
export const aboutStock = (
	client: OneCClient,
	warehouses: readonly string[],
): About<{ product: string; quantity: number }> =>
	new About({
		path: PATH,
		one: (ref) => `Номенклатура_Key eq ${guid(ref)}`,
		objectOf: ({ product }) => product,
		ask: async (condition) => await freeStockWhere(client, [condition], warehouses),
	});
