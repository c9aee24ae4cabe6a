/** What the editor's pick-lists show of a catalog, a portion at a time, and find by words. */
import { z } from 'zod';
import { guidSchema, optionalRefSchema } from '../../exchange/reference';
import type { OneCClient } from '../odata/client';
import { string } from '../odata/fields';
import { allOf } from '../odata/odata';
import { containsWords, wordsIn } from './wordSearch';

export interface Picked {
	ref: string;
	name: string;
	code: string;
	/** The folder it stands in; null at the top and where there are no folders. */
	folder: string | null;
}

export interface PickList {
	set: string;
	/** Whether folders stand among the items. */
	hasFolders: boolean;
}

export const WAREHOUSE_LIST: PickList = { set: 'Catalog_Склады', hasFolders: true };
export const ORGANIZATION_LIST: PickList = { set: 'Catalog_Организации', hasFolders: false };
export const REASON_LIST: PickList = { set: 'Catalog_ПричиныЗакрытияЗаказов', hasFolders: false };
export const PRICE_TYPE_LIST: PickList = { set: 'Catalog_ТипыЦенНоменклатуры', hasFolders: false };

/** Shown at once. */
export const PORTION = 50;

const pickedSchema = z
	.object({
		Ref_Key: guidSchema,
		Description: string,
		Code: string,
		Parent_Key: optionalRefSchema,
	})
	.transform(
		(raw): Picked => ({
			ref: raw.Ref_Key,
			name: raw.Description,
			code: raw.Code,
			folder: raw.Parent_Key,
		}),
	);

/** @returns one row more than a portion when there are further ones */
export const readPickList = async (
	client: OneCClient,
	{ set, hasFolders }: PickList,
	text: string,
	skip: number,
): Promise<Picked[]> =>
	await client.list(set, pickedSchema, {
		filter: allOf([
			'DeletionMark eq false',
			...(hasFolders ? ['IsFolder eq false'] : []),
			...(wordsIn(text).length > 0 ? [containsWords(text, ['Description'])] : []),
		]),
		select: ['Ref_Key', 'Description', 'Code', ...(hasFolders ? ['Parent_Key'] : [])],
		orderby: 'Description,Ref_Key',
		skip,
		top: PORTION + 1,
	});

/** A portion, and where the next one begins. */
export const portionOf = <Row>(
	rows: readonly Row[],
	skip: number,
): { rows: Row[]; next?: string } => ({
	rows: rows.slice(0, PORTION),
	...(rows.length > PORTION ? { next: String(skip + PORTION) } : {}),
});
