/** Products as people look for them: folder by folder, or by words of the name, an article or a code. */
import { z } from 'zod';
import { guidSchema, optionalRefSchema } from '../../exchange/reference';
import type { OneCClient } from '../odata/client';
import { string } from '../odata/fields';
import { vatPercent } from '../documents/rows';
import { anyOf } from '../odata/odata';
import { catalogBrowser } from './catalogBrowser';
import { containsWords, wordsIn } from './wordSearch';

export const PRODUCT_SET = 'Catalog_Номенклатура';

const rowSchema = z
	.object({
		Ref_Key: guidSchema,
		Description: string,
		Code: string,
		Артикул: string,
		DeletionMark: z.boolean(),
		Parent_Key: optionalRefSchema,
		Услуга: z.boolean(),
		СтавкаНДС: string,
		ЕдиницаХраненияОстатков_Key: optionalRefSchema,
	})
	.transform((raw) => ({
		ref: raw.Ref_Key,
		name: raw.Description,
		code: raw.Code,
		article: raw.Артикул,
		deletionMark: raw.DeletionMark,
		folder: raw.Parent_Key,
		isService: raw.Услуга,
		/** Percent; null is «без НДС». */
		vatRate: vatPercent(raw.СтавкаНДС),
		unit: raw.ЕдиницаХраненияОстатков_Key,
	}));

export type ProductRow = z.output<typeof rowSchema>;

/** What is marked for deletion is not sold. */
const browser = catalogBrowser(
	{ set: PRODUCT_SET, schema: rowSchema, select: Object.keys(rowSchema.innerType().shape) },
	'IsFolder eq false and DeletionMark eq false',
);

export const { list: listProducts, read: readProducts } = browser;

/** Codes are one word, so several words are looked for in names alone. */
const conditionFor = (text: string): string =>
	wordsIn(text).length > 1
		? containsWords(text, ['Description'])
		: anyOf([
				containsWords(text, ['Description']),
				containsWords(text, ['Артикул']),
				containsWords(text, ['Code']),
			]);

export const findProducts = async (
	client: OneCClient,
	text: string,
	folder: string | null,
	top: number,
): Promise<ProductRow[]> => await browser.find(client, conditionFor(text), folder, top);
