/** The answers of Bitrix24 the exchange reads, checked where they enter. Numbers come as numbers or as strings. */
import { z } from 'zod';

const id = z.coerce.number().int();
const flag = z
	.union([z.literal('Y'), z.literal('N'), z.boolean()])
	.catch('N')
	.transform((value) => value === 'Y' || value === true);
const text = z
	.union([z.string(), z.number()])
	.nullish()
	.transform((value) => String(value ?? '').trim());

export const dealSchema = z
	.object({
		id,
		title: text,
		categoryId: id.catch(0),
		stageId: z.string(),
		createdTime: z.string().nullish(),
		companyId: id.nullish().transform((value) => value ?? 0),
		contactId: id.nullish().transform((value) => value ?? 0),
		currencyId: z.string().nullish(),
		opportunity: z.coerce.number().catch(0),
		isManualOpportunity: flag,
	})
	.passthrough();

export type Deal = z.output<typeof dealSchema>;

export const rowSchema = z
	.object({
		id: id.nullish(),
		productId: id.nullish().transform((value) => value ?? 0),
		productName: text,
		/** For one unit, discounts and taxes included. */
		price: z.coerce.number(),
		quantity: z.coerce.number(),
		/** Percent; null is «без НДС», zero is «НДС 0 %». */
		taxRate: z.coerce.number().nullable().catch(null),
		taxIncluded: flag,
	})
	.passthrough();

export type Row = z.output<typeof rowSchema>;

export const rowsSchema = z.object({ productRows: z.array(rowSchema) });

export const buyerSchema = z
	.object({
		id,
		title: text,
		name: text,
		secondName: text,
		lastName: text,
		originatorId: text,
		originId: text,
	})
	.partial({ title: true, name: true, secondName: true, lastName: true })
	.passthrough();

export type Buyer = z.output<typeof buyerSchema>;

export const requisiteSchema = z.object({
	ID: id,
	ENTITY_TYPE_ID: id,
	ENTITY_ID: id,
	RQ_INN: text,
	RQ_KPP: text,
});

export type Requisite = z.output<typeof requisiteSchema>;

export const requisiteLinkSchema = z.object({ REQUISITE_ID: id });

export const smartInvoiceSchema = z
	.object({
		id,
		title: text,
		xmlId: text,
		stageId: z.string(),
		categoryId: id,
		opportunity: z.coerce.number().catch(0),
	})
	.passthrough();

export type SmartInvoice = z.output<typeof smartInvoiceSchema>;

export const itemOf = <Schema extends z.ZodTypeAny>(schema: Schema) => z.object({ item: schema });
export const itemsOf = <Schema extends z.ZodTypeAny>(schema: Schema) =>
	z.object({ items: z.array(schema) });

export const catalogsSchema = z.object({ catalogs: z.array(z.object({ iblockId: id })) });

export const productsSchema = z.object({
	products: z.array(z.object({ id, xmlId: text })),
});

export type Product = z.output<typeof productsSchema>['products'][number];
