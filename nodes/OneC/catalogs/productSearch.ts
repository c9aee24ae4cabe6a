/** Products as people look for them: folder by folder, or by words of the name, an article or a code. */
import { z } from 'zod';
import { EMPTY_REF, guidSchema, optionalRefSchema } from '../../exchange/reference';
import type { OneCClient } from '../odata/client';
import { string } from '../odata/fields';
import { folderTree } from './folderTree';
import { allOf, anyOf, guid } from '../odata/odata';
import { vatPercent } from '../documents/rows';
import { containsWords, inBranch, wordsIn } from './wordSearch';

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

const SELECT = Object.keys(rowSchema.innerType().shape);
const BY_NAME = 'Description,Ref_Key';
/** What is marked for deletion is not sold. */
const ITEMS = 'IsFolder eq false and DeletionMark eq false';

export const listProducts = async (
	client: OneCClient,
	folder: string | null,
	skip: number,
	top: number,
): Promise<ProductRow[]> =>
	await client.list(PRODUCT_SET, rowSchema, {
		filter: allOf([ITEMS, `Parent_Key eq ${guid(folder ?? EMPTY_REF)}`]),
		select: SELECT,
		orderby: BY_NAME,
		skip,
		top,
	});

export const readProducts = async (
	client: OneCClient,
	refs: readonly string[],
): Promise<ProductRow[]> => {
	if (refs.length === 0) return [];
	const conditions = refs.map((ref) => `Ref_Key eq ${guid(ref)}`);
	return await client.listAny(PRODUCT_SET, rowSchema, conditions, { select: SELECT });
};

/** Codes are one word, so several words are looked for in names alone. */
const conditionFor = (text: string): string =>
	wordsIn(text).length > 1
		? containsWords(text, ['Description'])
		: anyOf([
				containsWords(text, ['Description']),
				containsWords(text, ['Артикул']),
				containsWords(text, ['Code']),
			]);

/** @param folder looks in this folder and below it; null looks everywhere */
export const findProducts = async (
	client: OneCClient,
	text: string,
	folder: string | null,
	top: number,
): Promise<ProductRow[]> => {
	const tree = folder ? await folderTree(client, PRODUCT_SET) : null;
	const branch = tree && folder ? [inBranch(folder, tree.depthBelow(folder))] : [];
	return await client.list(PRODUCT_SET, rowSchema, {
		filter: allOf([ITEMS, conditionFor(text), ...branch]),
		select: SELECT,
		orderby: BY_NAME,
		top,
	});
};
