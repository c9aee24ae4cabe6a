/** «Типы цен номенклатуры»: which prices there are, and whether VAT is inside of them. */
import { z } from 'zod';
import { guidSchema, optionalRefSchema } from '../../exchange/reference';
import type { OneCClient } from '../odata/client';
import { string } from '../odata/fields';

const priceTypeSchema = z
	.object({
		Ref_Key: guidSchema,
		Description: string,
		ВалютаЦены_Key: optionalRefSchema,
		ЦенаВключаетНДС: z.boolean(),
	})
	.transform((raw) => ({
		ref: raw.Ref_Key,
		name: raw.Description,
		currency: raw.ВалютаЦены_Key,
		includesVat: raw.ЦенаВключаетНДС,
	}));

export type PriceType = z.output<typeof priceTypeSchema>;

/** There are only a few in any base. */
export const readPriceTypes = async (client: OneCClient): Promise<PriceType[]> =>
	await client.list('Catalog_ТипыЦенНоменклатуры', priceTypeSchema, {
		filter: 'DeletionMark eq false',
		select: Object.keys(priceTypeSchema.innerType().shape),
		orderby: 'Description,Ref_Key',
	});
