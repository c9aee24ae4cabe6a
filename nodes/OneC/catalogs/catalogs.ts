/** The catalogs of УТ 10.3 that documents refer to, as far as the exchange reads them [УТ 10.3.88.3 sources]. */
import { z } from 'zod';
import { guidSchema, optionalRefSchema } from '../../exchange/reference';
import { number, setName, string } from '../odata/fields';
import type { Catalog } from './shelf';

const base = { Ref_Key: guidSchema, Description: string, DeletionMark: z.boolean() };
const named = ['Ref_Key', 'Description', 'DeletionMark'];

const counterpartySchema = z
	.object({
		...base,
		Code: string,
		IsFolder: z.boolean(),
		Parent_Key: optionalRefSchema,
		ИНН: string,
		КПП: string,
		ОсновнойДоговорКонтрагента_Key: optionalRefSchema,
	})
	.transform((raw) => ({
		ref: raw.Ref_Key,
		name: raw.Description,
		code: raw.Code,
		deletionMark: raw.DeletionMark,
		isFolder: raw.IsFolder,
		folder: raw.Parent_Key,
		inn: raw.ИНН,
		kpp: raw.КПП,
		mainContract: raw.ОсновнойДоговорКонтрагента_Key,
	}));
export type Counterparty = z.output<typeof counterpartySchema>;

export const COUNTERPARTIES: Catalog<typeof counterpartySchema> = {
	set: 'Catalog_Контрагенты',
	schema: counterpartySchema,
	select: [
		...named,
		'Code',
		'IsFolder',
		'Parent_Key',
		'ИНН',
		'КПП',
		'ОсновнойДоговорКонтрагента_Key',
	],
};

const organizationSchema = z
	.object({ ...base, ОсновнойБанковскийСчет_Key: optionalRefSchema })
	.transform((raw) => ({
		ref: raw.Ref_Key,
		name: raw.Description,
		deletionMark: raw.DeletionMark,
		bankAccount: raw.ОсновнойБанковскийСчет_Key,
	}));
export type Organization = z.output<typeof organizationSchema>;

export const ORGANIZATIONS: Catalog<typeof organizationSchema> = {
	set: 'Catalog_Организации',
	schema: organizationSchema,
	select: [...named, 'ОсновнойБанковскийСчет_Key'],
};

/** What 1C tells of an object that another one refers to. */
const along = <Schema extends z.ZodTypeAny>(schema: Schema) => schema.nullish().catch(null);

const fieldsAlong = (field: string, { select }: { select: readonly string[] }): string[] =>
	select.map((name) => `${field}/${name}`);

const contractSchema = z
	.object({
		...base,
		Code: string,
		IsFolder: z.boolean(),
		Owner_Key: guidSchema,
		ВидДоговора: string,
		ВедениеВзаиморасчетов: string,
		ВалютаВзаиморасчетов_Key: optionalRefSchema,
		Организация_Key: optionalRefSchema,
		ТипЦен: string,
		ТипЦен_Type: setName,
		ВалютаВзаиморасчетов: along(
			z.object({ Ref_Key: guidSchema, Code: string, DeletionMark: z.boolean() }),
		),
		Owner: along(counterpartySchema),
		Организация: along(organizationSchema),
	})
	.transform((raw) => ({
		ref: raw.Ref_Key,
		name: raw.Description,
		code: raw.Code,
		deletionMark: raw.DeletionMark,
		isFolder: raw.IsFolder,
		owner: raw.Owner_Key,
		kind: raw.ВидДоговора,
		settlement: raw.ВедениеВзаиморасчетов,
		currency: raw.ВалютаВзаиморасчетов_Key,
		/** What it refers to, where 1C has told of it in the same answer. */
		told: {
			currency: raw.ВалютаВзаиморасчетов ?? null,
			owner: raw.Owner ?? null,
			organization: raw.Организация ?? null,
		},
		organization: raw.Организация_Key,
		priceType: raw.ТипЦен_Type === 'Catalog_ТипыЦенНоменклатуры' ? raw.ТипЦен : null,
	}));
export type Contract = z.output<typeof contractSchema>;

export const CONTRACTS: Catalog<typeof contractSchema> = {
	set: 'Catalog_ДоговорыКонтрагентов',
	schema: contractSchema,
	select: [
		...named,
		'Code',
		'IsFolder',
		'Owner_Key',
		'ВидДоговора',
		'ВедениеВзаиморасчетов',
		'ВалютаВзаиморасчетов_Key',
		'Организация_Key',
		'ТипЦен',
		'ТипЦен_Type',
		'ВалютаВзаиморасчетов/Ref_Key',
		'ВалютаВзаиморасчетов/Code',
		'ВалютаВзаиморасчетов/DeletionMark',
		...fieldsAlong('Owner', COUNTERPARTIES),
		...fieldsAlong('Организация', ORGANIZATIONS),
	],
	expand: 'ВалютаВзаиморасчетов,Owner,Организация',
};

const unitSchema = z
	.object({ Ref_Key: guidSchema, Коэффициент: number })
	.transform((raw) => ({ ref: raw.Ref_Key, factor: raw.Коэффициент || 1 }));

export const UNITS: Catalog<typeof unitSchema> = {
	set: 'Catalog_ЕдиницыИзмерения',
	schema: unitSchema,
	select: ['Ref_Key', 'Коэффициент'],
};

const productSchema = z
	.object({
		...base,
		IsFolder: z.boolean(),
		Услуга: z.boolean(),
		НаименованиеПолное: string,
		ЕдиницаХраненияОстатков_Key: optionalRefSchema,
		ЕдиницаХраненияОстатков: along(unitSchema),
	})
	.transform((raw) => ({
		ref: raw.Ref_Key,
		name: raw.Description,
		fullName: raw.НаименованиеПолное || raw.Description,
		deletionMark: raw.DeletionMark,
		isFolder: raw.IsFolder,
		isService: raw.Услуга,
		unit: raw.ЕдиницаХраненияОстатков_Key,
		/** The unit itself, where 1C has told of it in the same answer. */
		told: raw.ЕдиницаХраненияОстатков ?? null,
	}));
export type Product = z.output<typeof productSchema>;

export const PRODUCTS: Catalog<typeof productSchema> = {
	set: 'Catalog_Номенклатура',
	schema: productSchema,
	select: [
		...named,
		'IsFolder',
		'Услуга',
		'НаименованиеПолное',
		'ЕдиницаХраненияОстатков_Key',
		...fieldsAlong('ЕдиницаХраненияОстатков', UNITS),
	],
	expand: 'ЕдиницаХраненияОстатков',
};

const namedSchema = z.object(base).transform((raw) => ({
	ref: raw.Ref_Key,
	name: raw.Description,
	deletionMark: raw.DeletionMark,
}));
export type Named = z.output<typeof namedSchema>;

const warehouseSchema = z.object({ ...base, IsFolder: z.boolean() }).transform((raw) => ({
	ref: raw.Ref_Key,
	name: raw.Description,
	deletionMark: raw.DeletionMark,
	isFolder: raw.IsFolder,
}));

export const WAREHOUSES: Catalog<typeof warehouseSchema> = {
	set: 'Catalog_Склады',
	schema: warehouseSchema,
	select: [...named, 'IsFolder'],
};

export const REASONS: Catalog<typeof namedSchema> = {
	set: 'Catalog_ПричиныЗакрытияЗаказов',
	schema: namedSchema,
	select: named,
};
