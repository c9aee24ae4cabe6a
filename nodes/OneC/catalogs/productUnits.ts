/** The units a product may be sold in. */
import { z } from 'zod';
import { guidSchema } from '../../exchange/reference';
import type { OneCClient } from '../odata/client';
import { number, string } from '../odata/fields';
import { castTo } from '../odata/odata';
import { PRODUCT_SET } from './productSearch';
import type { Catalog } from './shelf';

const unitSchema = z
	.object({ Ref_Key: guidSchema, Description: string, Коэффициент: number })
	.transform((raw) => ({
		ref: raw.Ref_Key,
		name: raw.Description,
		/** How many base units one has. */
		factor: raw.Коэффициент || 1,
	}));

export type ProductUnit = z.output<typeof unitSchema>;

export const PRODUCT_UNITS: Catalog<typeof unitSchema> = {
	set: 'Catalog_ЕдиницыИзмерения',
	schema: unitSchema,
	select: ['Ref_Key', 'Description', 'Коэффициент'],
};

export const readProductUnits = async (
	client: OneCClient,
	product: string,
): Promise<ProductUnit[]> =>
	await client.list(PRODUCT_UNITS.set, unitSchema, {
		filter: `Owner eq ${castTo(product, PRODUCT_SET)} and DeletionMark eq false`,
		select: PRODUCT_UNITS.select,
		orderby: 'Description,Ref_Key',
	});
