/** What the exchange reads and writes of a base, set by set: a base that lacks some of it is told so beforehand. */
import type { BaseShape } from '../metadata/shape';
import {
	CONTRACTS,
	COUNTERPARTIES,
	ORGANIZATIONS,
	PRODUCTS,
	REASONS,
	UNITS,
	WAREHOUSES,
} from '../catalogs/catalogs';
import { CORRECTIONS, RETURNS, SALES } from '../documents/documentLists';
import { INVOICE, ORDER } from '../documents/documents';
import { CLOSING_FIELDS } from '../progress/closings';
import { CLOSING, MOVEMENT_FIELDS, ORDER_MOVEMENTS } from '../progress/movements';
import { fieldsOfPayment, PAYMENT_KINDS } from '../progress/payments';

export interface Need {
	set: string;
	/** «Товары/Цена» is a field of the rows. */
	fields: readonly string[];
	/** What stops without it. */
	purpose: string;
	/** Whether no deal goes through without it. */
	isEssential: boolean;
}

const ROWS = [
	'Номенклатура_Key',
	'Количество',
	'Цена',
	'Сумма',
	'СтавкаНДС',
	'СуммаНДС',
	'LineNumber',
];

const rows = (table: string, more: readonly string[]): string[] =>
	[...ROWS, ...more].map((field) => `${table}/${field}`);

/** What is written into both documents. */
const HEADER = [
	'Date',
	'Организация_Key',
	'ДоговорКонтрагента_Key',
	'ВалютаДокумента_Key',
	'КурсВзаиморасчетов',
	'КратностьВзаиморасчетов',
	'УчитыватьНДС',
	'СуммаВключаетНДС',
	'Комментарий',
	'ТипЦен_Key',
	'СтруктурнаяЕдиница',
	'СтруктурнаяЕдиница_Type',
	...rows('Товары', ['ЕдиницаИзмерения_Key', 'Коэффициент', 'КлючСтроки']),
	...rows('Услуги', ['Содержание']),
];

const essential = (set: string, purpose: string, fields: readonly string[]): Need => ({
	set,
	purpose,
	fields,
	isEssential: true,
});

const helpful = (set: string, purpose: string, fields: readonly string[]): Need => ({
	set,
	purpose,
	fields,
	isEssential: false,
});

const CREATING = 'создание документов по сделкам';
const PROGRESS = 'оплата, отгрузка и закрытие возвращаются в сделку';
const CATALOGS = 'загрузка контрагентов и номенклатуры в Битрикс24';
const PICKER = 'подбор товаров с ценами и остатками';
const PRINTING = 'печатная форма счета';
const LOOKING = 'просмотр документов в операциях узла';

export const NEEDS: readonly Need[] = [
	...[COUNTERPARTIES, CONTRACTS, ORGANIZATIONS, PRODUCTS, UNITS].map(({ set, select }) =>
		essential(
			set,
			CREATING,
			select.filter((name) => !name.includes('/')),
		),
	),
	essential('Catalog_Валюты', CREATING, ['Ref_Key', 'Code', 'DeletionMark']),
	essential('Catalog_БанковскиеСчета', CREATING, [
		'Ref_Key',
		'Owner',
		'Owner_Type',
		'НомерСчета',
		'Банк_Key',
		'ВалютаДенежныхСредств_Key',
	]),
	essential(INVOICE.set, CREATING, [...INVOICE.select, ...HEADER, 'Склад_Key']),
	essential(ORDER.set, CREATING, [
		...ORDER.select,
		...HEADER,
		'ДатаВходящегоДокументаЭлектронногоОбмена',
		'СкладГруппа',
		'СкладГруппа_Type',
		'ДокументОснование',
		'ДокументОснование_Type',
	]),
	...PAYMENT_KINDS.map((kind) =>
		essential(kind.set, PROGRESS, [
			...fieldsOfPayment(kind),
			'Posted',
			'DeletionMark',
			...(kind.hasPaidFlag ? ['Оплачено'] : []),
			...['Сделка', 'Сделка_Type', 'ДоговорКонтрагента_Key', 'СуммаПлатежа'].map(
				(field) => `РасшифровкаПлатежа/${field}`,
			),
			'РасшифровкаПлатежа/СуммаВзаиморасчетов',
		]),
	),
	essential(ORDER_MOVEMENTS, PROGRESS, MOVEMENT_FIELDS),
	essential(CLOSING, PROGRESS, [
		...CLOSING_FIELDS,
		'Posted',
		'DeletionMark',
		'ВидОперации',
		'Заказы/ЗаказПокупателя',
		'Заказы/ЗаказПокупателя_Type',
		'Заказы/ПричинаЗакрытияЗаказа_Key',
	]),
	helpful(REASONS.set, PROGRESS, REASONS.select),
	helpful(WAREHOUSES.set, 'склад в документах', WAREHOUSES.select),
	...[SALES, RETURNS, CORRECTIONS].map(({ set, select }) => helpful(set, LOOKING, select)),
	helpful('Catalog_ТипыЦенНоменклатуры', PICKER, ['Ref_Key', 'Description', 'ЦенаВключаетНДС']),
	helpful('Catalog_КлассификаторЕдиницИзмерения', CATALOGS, ['Ref_Key', 'Code', 'Description']),
	helpful('Catalog_Банки', CATALOGS, ['Ref_Key', 'Code', 'Description', 'КоррСчет']),
	helpful('Catalog_ВидыКонтактнойИнформации', CATALOGS, ['Ref_Key', 'Code', 'Predefined']),
	helpful('InformationRegister_КонтактнаяИнформация', CATALOGS, [
		'Объект',
		'Объект_Type',
		'Тип',
		'Вид',
		'Представление',
	]),
	helpful('InformationRegister_ЦеныНоменклатуры_RecordType', PICKER, [
		'Номенклатура_Key',
		'ТипЦен_Key',
		'Валюта_Key',
		'ЕдиницаИзмерения_Key',
		'Цена',
	]),
	helpful('Catalog_ХарактеристикиНоменклатуры', PRINTING, ['Ref_Key', 'Description']),
	helpful('Catalog_Пользователи', PRINTING, ['Ref_Key', 'Description']),
	helpful('AccumulationRegister_ТоварыНаСкладах', PICKER, []),
	helpful('AccumulationRegister_ТоварыВРезервеНаСкладах', PICKER, []),
];

/** Fields the base describes no such set with. */
export const missingFields = (shape: BaseShape, { set, fields }: Need): string[] =>
	fields.filter((path) => !shape.field(set, path));
