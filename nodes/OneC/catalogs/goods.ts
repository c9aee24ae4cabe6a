/** Products with units, prices of a chosen type and free stock, page by page. */
import { z } from 'zod';
import type { Goods, GoodsFolder } from '../../exchange/goods';
import { Problem } from '../../exchange/problem';
import { guidSchema, optionalRefSchema } from '../../exchange/reference';
import { catalogPages, foldersToRead, type CatalogPage, type PagedCatalog } from './catalogPages';
import type { OneCClient } from '../odata/client';
import { currencyLetters } from './currencies';
import { string } from '../odata/fields';
import { readFolders } from './folderTree';
import { aboutPrices, aboutStock, aboutUnits, priceOf, readClassifier } from './goodsFacts';
import { readPriceTypes, type PriceType } from './priceTypes';
import { vatPercent } from '../documents/rows';

const SET = 'Catalog_Номенклатура';

const goodsSchema = z
	.object({
		Ref_Key: guidSchema,
		Code: string,
		Description: string,
		DeletionMark: z.boolean(),
		Parent_Key: optionalRefSchema,
		Артикул: string,
		НаименованиеПолное: string,
		Услуга: z.boolean(),
		СтавкаНДС: string,
		БазоваяЕдиницаИзмерения_Key: optionalRefSchema,
		ЕдиницаХраненияОстатков_Key: optionalRefSchema,
	})
	.transform((raw) => ({
		ref: raw.Ref_Key,
		code: raw.Code,
		name: raw.Description,
		deletionMark: raw.DeletionMark,
		folder: raw.Parent_Key,
		article: raw.Артикул,
		fullName: raw.НаименованиеПолное || raw.Description,
		isService: raw.Услуга,
		vatRate: vatPercent(raw.СтавкаНДС),
		baseUnit: raw.БазоваяЕдиницаИзмерения_Key,
		storageUnit: raw.ЕдиницаХраненияОстатков_Key,
	}));
type GoodsRow = z.output<typeof goodsSchema>;

const GOODS: PagedCatalog<typeof goodsSchema> = {
	set: SET,
	schema: goodsSchema,
	select: [
		'Ref_Key',
		'Code',
		'Description',
		'DeletionMark',
		'Parent_Key',
		'Артикул',
		'НаименованиеПолное',
		'Услуга',
		'СтавкаНДС',
		'БазоваяЕдиницаИзмерения_Key',
		'ЕдиницаХраненияОстатков_Key',
	],
};

export interface GoodsWanted {
	folder: string | null;
	priceType: string | null;
	/** Whether to count what can be sold, and in which warehouses; none means all. */
	stock: { warehouses: string[] } | null;
}

const priceTypeOf = async (client: OneCClient, ref: string | null): Promise<PriceType | null> => {
	if (!ref) return null;
	const found = (await readPriceTypes(client)).find((type) => type.ref === ref);
	if (found) return found;
	throw new Problem(`1C has no price type ${ref}.`, 'Choose the price type again.');
};

/** The folder with all that lead to it and stand in it; parents come before what they hold. */
export const readGoodsFolders = async (
	client: OneCClient,
	folder: string | null,
): Promise<GoodsFolder[]> => {
	const tree = await readFolders(client, SET);
	return [...tree.lineOf(folder).slice(0, -1), ...tree.branchOf(folder)];
};

export async function* readGoods(
	client: OneCClient,
	{ folder, priceType: wantedType, stock }: GoodsWanted,
	size: number,
): AsyncGenerator<Goods[]> {
	const tree = await readFolders(client, SET);
	const classifier = await readClassifier(client);
	const letters = await currencyLetters(client);
	const priceType = await priceTypeOf(client, wantedType);
	const units = aboutUnits(client);
	const prices = priceType ? aboutPrices(client, priceType.ref) : null;
	const balances = stock ? aboutStock(client, stock.warehouses) : null;

	const asGoods = async (page: CatalogPage<GoodsRow>): Promise<Goods[]> => {
		const unitsOf = await units.read(page);
		const pricesOf = await prices?.read(page);
		const stockOf = await balances?.read(page);
		return page.rows.map(({ baseUnit, storageUnit, ...row }) => {
			const own = unitsOf.get(row.ref) ?? [];
			const storage = own.find(({ ref }) => ref === storageUnit);
			const classified = storage?.classifier ?? baseUnit;
			const [price] = pricesOf?.get(row.ref) ?? [];
			const free = stockOf?.get(row.ref)?.[0]?.quantity ?? 0;
			return {
				...row,
				unit: (classified ? classifier.get(classified) : undefined) ?? null,
				price: priceType && priceOf(price, storage, own, priceType, letters),
				stock: stockOf && !row.isService ? Math.max(0, free) : null,
			};
		});
	};
	for await (const page of catalogPages(client, GOODS, foldersToRead(tree, folder), size)) {
		yield await asGoods(page);
	}
}
