/** Documents of a sale, made of what the base has: a buyer's contract, a product or a service, a warehouse. */
import type { BaseQuestion } from '../contract';
import {
	create,
	firstOf,
	INVOICES,
	MARK,
	NOTHING,
	of,
	ORDERS,
	read,
	SHIPMENTS,
	TODAY,
	type Row,
} from './baseCase';

/** A contract whose payments and shipments need not name a deal. */
const CONTRACT = read(
	'Catalog_ДоговорыКонтрагентов',
	`$filter=IsFolder eq false and DeletionMark eq false and ВидДоговора eq 'СПокупателем' and ВедениеВзаиморасчетов eq 'ПоДоговоруВЦелом' and Организация_Key ne guid'${NOTHING}' and ВалютаВзаиморасчетов_Key ne guid'${NOTHING}'`,
	'$top=1',
);
const product = (isService: boolean): BaseQuestion =>
	read(
		'Catalog_Номенклатура',
		`$filter=IsFolder eq false and DeletionMark eq false and Услуга eq ${String(isService)} and Набор eq false`,
		'$top=1',
	);
const WAREHOUSE = read('Catalog_Склады', '$filter=DeletionMark eq false', '$top=1');
const ACCOUNT = read(
	'Catalog_БанковскиеСчета',
	`$filter=Owner eq cast(guid'${firstOf(0, 'Организация_Key')}','Catalog_Организации')`,
	'$top=1',
);

/** Asked first; documents refer to the answers by these numbers. */
export const GOODS: readonly BaseQuestion[] = [CONTRACT, product(false), WAREHOUSE, ACCOUNT];
export const SERVICES: readonly BaseQuestion[] = [CONTRACT, product(true), WAREHOUSE, ACCOUNT];
/** The number of the first answer after them. */
export const FIRST = GOODS.length;

const header: Row = {
	Date: TODAY,
	Комментарий: MARK,
	Организация_Key: firstOf(0, 'Организация_Key'),
	ДоговорКонтрагента_Key: firstOf(0),
	ВалютаДокумента_Key: firstOf(0, 'ВалютаВзаиморасчетов_Key'),
	КурсВзаиморасчетов: 1,
	КратностьВзаиморасчетов: '1',
	УчитыватьНДС: false,
};
const buyer: Row = { Контрагент_Key: firstOf(0, 'Owner_Key') };
const accounting: Row = {
	ОтражатьВУправленческомУчете: true,
	ОтражатьВБухгалтерскомУчете: false,
	ОтражатьВНалоговомУчете: false,
};

/** At 100 each. */
const goods = (quantity: number): Row => ({
	Товары: [
		{
			LineNumber: 1,
			Номенклатура_Key: firstOf(1),
			ЕдиницаИзмерения_Key: firstOf(1, 'ЕдиницаХраненияОстатков_Key'),
			Количество: quantity,
			Коэффициент: 1,
			Цена: 100,
			Сумма: quantity * 100,
			СтавкаНДС: 'БезНДС',
		},
	],
});
const services = (quantity: number): Row => ({
	Услуги: [
		{
			LineNumber: 1,
			Номенклатура_Key: firstOf(1),
			Содержание: MARK,
			Количество: quantity,
			Цена: 100,
			Сумма: quantity * 100,
			СтавкаНДС: 'БезНДС',
		},
	],
});

export const order = (quantity: number, fields: Row = {}): BaseQuestion =>
	create(ORDERS, { ...header, ...buyer, ...goods(quantity), ...fields });
export const orderOfServices = (quantity: number): BaseQuestion =>
	create(ORDERS, { ...header, ...buyer, ...services(quantity) });

const deal = (index: number): Row => ({
	Сделка: of(index),
	Сделка_Type: `StandardODATA.${ORDERS}`,
});
const shipped: Row = {
	...header,
	...buyer,
	...accounting,
	ВидОперации: 'ПродажаКомиссия',
	ВидПередачи: 'СоСклада',
	Склад_Key: firstOf(2),
};
/** @param index of the answer with the order; without it nothing was ordered */
export const shipment = (quantity: number, index?: number): BaseQuestion =>
	create(SHIPMENTS, {
		...shipped,
		...goods(quantity),
		...(index === undefined ? {} : deal(index)),
	});
export const shipmentOfServices = (quantity: number, index: number): BaseQuestion =>
	create(SHIPMENTS, { ...shipped, ...services(quantity), ...deal(index) });

export const RETURNS = 'Document_ВозвратТоваровОтПокупателя';
export const goodsReturn = (quantity: number, index: number): BaseQuestion =>
	create(RETURNS, {
		...header,
		...buyer,
		...accounting,
		...goods(quantity),
		...deal(index),
		ВидПоступления: 'НаСклад',
		СкладОрдер: firstOf(2),
		СкладОрдер_Type: 'StandardODATA.Catalog_Склады',
	});

export const CORRECTIONS = 'Document_КорректировкаЗаказаПокупателя';
export const correction = (quantity: number, index: number): BaseQuestion =>
	create(CORRECTIONS, {
		...header,
		...buyer,
		...goods(quantity),
		ЗаказПокупателя_Key: of(index),
	});

export const CLOSINGS = 'Document_ЗакрытиеЗаказовПокупателей';
export const closing = (index: number): BaseQuestion =>
	create(CLOSINGS, {
		Date: TODAY,
		Комментарий: MARK,
		ВидОперации: 'ЗакрытиеЗаказов',
		Заказы: [
			{
				LineNumber: 1,
				ЗаказПокупателя: of(index),
				ЗаказПокупателя_Type: `StandardODATA.${ORDERS}`,
			},
		],
	});

export const invoice = (quantity: number, fields: Row = {}): BaseQuestion =>
	create(INVOICES, {
		...header,
		...goods(quantity),
		Контрагент: firstOf(0, 'Owner_Key'),
		Контрагент_Type: 'StandardODATA.Catalog_Контрагенты',
		СтруктурнаяЕдиница: firstOf(3),
		СтруктурнаяЕдиница_Type: 'StandardODATA.Catalog_БанковскиеСчета',
		...fields,
	});

export const PAYMENTS = 'Document_ПлатежноеПоручениеВходящее';
/** Entered by the accountant; the bank has paid it or not yet. */
export const payment = (sum: number, index: number, isPaid: boolean): BaseQuestion =>
	create(PAYMENTS, {
		...header,
		...buyer,
		ВидОперации: 'ОплатаПокупателя',
		СуммаДокумента: sum,
		СчетОрганизации_Key: firstOf(3),
		Оплачено: isPaid,
		ОтраженоВОперУчете: true,
		...(isPaid ? { ДатаОплаты: TODAY } : {}),
		НазначениеПлатежа: MARK,
		РасшифровкаПлатежа: [
			{
				LineNumber: 1,
				ДоговорКонтрагента_Key: firstOf(0),
				СуммаПлатежа: sum,
				СуммаВзаиморасчетов: sum,
				КурсВзаиморасчетов: 1,
				КратностьВзаиморасчетов: '1',
				...deal(index),
			},
		],
	});
