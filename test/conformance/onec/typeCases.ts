/** Fields of the sets that the link reads, their types on the wire, and what stands where nothing is. */
import type { Answer } from '../contract';
import { booleans, compare, numbers, strings, type Shape } from '../shape';
import {
	changed,
	CLIENT,
	CONFIGURATION,
	GUIDE,
	instead,
	INVOICES,
	listIn,
	NEWEST_ORDER,
	NOTHING,
	ORDERS,
	read,
	READING_PROBE,
	RECORDINGS,
	refusalOr,
	rowsIn,
	SHIPMENTS,
	TYPES_OF_UT103,
	type BaseCase,
	type Row,
} from './baseCase';

type Fields = Record<string, Shape>;

const AS_EXPECTED = 'as in the configuration';

/** The fields that the link reads of a set, and their types. */
const fieldsCase = (set: string, fields: Fields, ...options: string[]): BaseCase => {
	const question = read(set, ...options, '$top=1');
	return {
		fact: `${set} has the fields that the link reads`,
		source: [CONFIGURATION, GUIDE],
		questions: [question],
		observe: ([answer]) => {
			const list = listIn(answer);
			if (!list) return refusalOr(answer, 'no list');
			if (list.length === 0) return null;
			const { lacks, otherwise, unfilled } = compare(list[0], fields);
			const other = [...otherwise, ...unfilled];
			if (lacks.length + other.length === 0) return AS_EXPECTED;
			return [
				...(lacks.length > 0 ? [`without ${lacks.join(', ')}`] : []),
				...(other.length > 0 ? [`another type of ${other.join(', ')}`] : []),
			].join('; ');
		},
		expected: AS_EXPECTED,
		reversed: instead(question, { value: [{}] }),
	};
};

const ITEM = '$filter=IsFolder eq false';
const item: Fields = {
	...strings('Ref_Key DataVersion Code Description'),
	...booleans('DeletionMark'),
};
const document: Fields = {
	...strings('Ref_Key DataVersion Number Date Комментарий'),
	...booleans('DeletionMark Posted'),
};
const sale: Fields = {
	...document,
	...strings('Организация_Key ДоговорКонтрагента_Key ВалютаДокумента_Key КратностьВзаиморасчетов'),
	...numbers('СуммаДокумента КурсВзаиморасчетов'),
	...booleans('УчитыватьНДС СуммаВключаетНДС'),
};
const goods: Fields = {
	...strings('Ref_Key LineNumber Номенклатура_Key ЕдиницаИзмерения_Key СтавкаНДС'),
	...numbers('Количество Коэффициент Цена Сумма СуммаНДС ПроцентСкидкиНаценки'),
};
const services: Fields = {
	...strings('LineNumber Номенклатура_Key Содержание СтавкаНДС'),
	...numbers('Количество Цена Сумма СуммаНДС'),
};
const payment: Fields = {
	...document,
	...strings('Организация_Key ВидОперации ДокументОснование ДокументОснование_Type'),
	...numbers('СуммаДокумента'),
};
const money: Fields = { ...payment, ...booleans('Оплачено ОтраженоВОперУчете') };

const FIELDS: BaseCase[] = [
	fieldsCase(ORDERS, {
		...sale,
		...strings(
			'Контрагент_Key СкладГруппа СкладГруппа_Type ДокументОснование ДокументОснование_Type ДатаОплаты ДатаОтгрузки',
		),
		Товары: [],
		Услуги: [],
	}),
	fieldsCase(`${ORDERS}_Товары`, goods),
	fieldsCase(INVOICES, {
		...sale,
		...strings(
			'Контрагент Контрагент_Type СтруктурнаяЕдиница СтруктурнаяЕдиница_Type ЗаказПокупателя_Key Склад_Key',
		),
		Товары: [],
		Услуги: [],
	}),
	fieldsCase(`${INVOICES}_Услуги`, services),
	fieldsCase(SHIPMENTS, {
		...sale,
		...strings('Контрагент_Key Сделка Сделка_Type Склад_Key ВидОперации'),
		Товары: [],
		Услуги: [],
	}),
	fieldsCase('Document_ВозвратТоваровОтПокупателя', {
		...sale,
		...strings('Контрагент_Key Сделка Сделка_Type'),
		Товары: [],
	}),
	fieldsCase('Document_КорректировкаЗаказаПокупателя', {
		...document,
		...strings('ЗаказПокупателя_Key Контрагент_Key'),
		...numbers('СуммаДокумента'),
		Товары: [],
		Услуги: [],
	}),
	fieldsCase('Document_ЗакрытиеЗаказовПокупателей', {
		...document,
		...strings('ВидОперации'),
		Заказы: [strings('LineNumber ЗаказПокупателя ЗаказПокупателя_Type ПричинаЗакрытияЗаказа_Key')],
	}),
	fieldsCase('Document_ПлатежноеПоручениеВходящее', {
		...money,
		...strings(
			'Контрагент_Key ДатаОплаты НомерВходящегоДокумента ДатаВходящегоДокумента НазначениеПлатежа',
		),
		РасшифровкаПлатежа: [
			{
				...strings('LineNumber ДоговорКонтрагента_Key Сделка Сделка_Type'),
				...numbers('СуммаПлатежа СуммаВзаиморасчетов'),
			},
		],
	}),
	fieldsCase('Document_ПлатежныйОрдерПоступлениеДенежныхСредств', {
		...money,
		...strings('Контрагент_Key'),
	}),
	fieldsCase('Document_ПриходныйКассовыйОрдер', {
		...money,
		...strings('Контрагент Контрагент_Type'),
	}),
	fieldsCase('Document_ОплатаОтПокупателяПлатежнойКартой', payment),
	fieldsCase(
		'Catalog_Контрагенты',
		{
			...item,
			...strings(
				'Parent_Key ИНН КПП НаименованиеПолное ЮрФизЛицо ГоловнойКонтрагент_Key ОсновнойДоговорКонтрагента_Key ОсновнойБанковскийСчет_Key',
			),
			...booleans('IsFolder Покупатель Поставщик'),
		},
		ITEM,
	),
	fieldsCase(
		'Catalog_ДоговорыКонтрагентов',
		{
			...item,
			...strings(
				'Owner_Key ВидДоговора ВедениеВзаиморасчетов ВалютаВзаиморасчетов_Key Организация_Key ТипЦен ТипЦен_Type',
			),
			...booleans('IsFolder'),
		},
		ITEM,
	),
	fieldsCase(
		'Catalog_Номенклатура',
		{
			...item,
			...strings(
				'Parent_Key Артикул СтавкаНДС БазоваяЕдиницаИзмерения_Key ЕдиницаХраненияОстатков_Key НаименованиеПолное',
			),
			...booleans('IsFolder Услуга Набор Комплект'),
		},
		ITEM,
	),
	fieldsCase('Catalog_ЕдиницыИзмерения', {
		...item,
		...strings('Owner Owner_Type ЕдиницаПоКлассификатору_Key'),
		...numbers('Коэффициент'),
	}),
	fieldsCase('Catalog_Организации', { ...item, ...strings('Префикс ИНН КПП НаименованиеПолное') }),
	fieldsCase('Catalog_Валюты', item),
	fieldsCase('Catalog_Банки', { ...item, ...strings('КоррСчет Город') }),
	fieldsCase('Catalog_БанковскиеСчета', {
		...item,
		...strings('Owner Owner_Type НомерСчета Банк_Key ВалютаДенежныхСредств_Key'),
	}),
	fieldsCase('Catalog_Склады', { ...item, ...strings('ВидСклада') }, ITEM),
	fieldsCase('Catalog_ТипыЦенНоменклатуры', {
		...item,
		...strings('ВалютаЦены_Key'),
		...booleans('ЦенаВключаетНДС'),
	}),
	fieldsCase('Catalog_ВидыКонтактнойИнформации', {
		...item,
		...strings('Тип ВидОбъектаКонтактнойИнформации'),
	}),
	fieldsCase(
		'InformationRegister_КонтактнаяИнформация',
		strings('Объект Объект_Type Тип Вид Вид_Type Представление Поле1 Поле10'),
	),
	fieldsCase('InformationRegister_ЦеныНоменклатуры_RecordType', {
		...strings(
			'Recorder_Key Period LineNumber ТипЦен_Key Номенклатура_Key Валюта_Key ЕдиницаИзмерения_Key',
		),
		...numbers('Цена'),
	}),
	fieldsCase('InformationRegister_КурсыВалют', {
		...strings('Period Валюта_Key Кратность'),
		...numbers('Курс'),
	}),
	fieldsCase('AccumulationRegister_ЗаказыПокупателей_RecordType', {
		...strings(
			'Recorder Recorder_Type Period LineNumber RecordType ЗаказПокупателя_Key Номенклатура_Key',
		),
		...numbers('Количество СуммаВзаиморасчетов'),
		...booleans('Active'),
	}),
	fieldsCase('AccumulationRegister_РасчетыСКонтрагентами_RecordType', {
		...strings(
			'Recorder Recorder_Type Period RecordType Сделка Сделка_Type ДоговорКонтрагента_Key',
		),
		...numbers('СуммаВзаиморасчетов'),
	}),
];

/** What one order shows; null where the base has none. */
const orderCase = (
	one: Pick<BaseCase, 'fact' | 'source' | 'expected'> & {
		seen(order: Row): string | null;
		otherwise: Row;
	},
): BaseCase => {
	const { seen, otherwise, ...rest } = one;
	return {
		...rest,
		questions: [NEWEST_ORDER],
		observe: ([answer]: Answer[]) => {
			const [row] = rowsIn(answer);
			return row === undefined ? null : seen(row);
		},
		reversed: changed(NEWEST_ORDER, ({ value }) => ({
			value: (value as Row[]).map((row) => ({ ...row, ...otherwise })),
		})),
	};
};

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ROW = read(`${ORDERS}_Товары`, '$top=1');

export const TYPE_CASES: BaseCase[] = [
	...FIELDS,
	orderCase({
		fact: 'A date is written without a zone and without fractions',
		source: [GUIDE],
		seen: ({ Date: date }) =>
			/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(String(date)) ? 'local time' : 'another notation',
		expected: 'local time',
		otherwise: { Date: '2026-11-24T12:00:00Z' },
	}),
	orderCase({
		fact: 'An empty date is the first of January of the year 1',
		source: [GUIDE],
		seen: (order) => {
			const dates = Object.entries(order).filter(([name]) => /^(Удалить)?(Дата|Время)/.test(name));
			const empty = dates
				.map(([, value]) => value)
				.filter((value) => !/^[12]\d{3}-/.test(String(value)));
			return empty.length === 0 ? null : [...new Set(empty.map(String))].join(', ');
		},
		expected: '0001-01-01T00:00:00',
		otherwise: { ДатаОплаты: null },
	}),
	orderCase({
		fact: 'An empty reference is a GUID of zeros',
		source: [GUIDE],
		seen: (order) => {
			const refs = Object.entries(order).filter(([name]) => name.endsWith('_Key'));
			if (!refs.every(([, ref]) => typeof ref === 'string' && GUID.test(ref))) return 'not a GUID';
			return refs.some(([, ref]) => ref === NOTHING) ? 'zeros' : null;
		},
		expected: 'zeros',
		otherwise: { Подразделение_Key: null },
	}),
	orderCase({
		fact: 'An empty composite field is an empty text of the type Undefined, or a GUID of zeros with a type',
		source: [GUIDE, RECORDINGS],
		seen: (order) => {
			const names = Object.keys(order).filter((name) => `${name}_Type` in order);
			const empty = names.filter((name) => order[name] === '' || order[name] === NOTHING);
			const fits = (name: string): boolean =>
				(order[name] === '') === (order[`${name}_Type`] === 'StandardODATA.Undefined');
			if (empty.length === 0) return null;
			return empty.every(fits) ? 'one of these' : 'something else';
		},
		expected: 'one of these',
		otherwise: { ДокументОснование: '', ДокументОснование_Type: '' },
	}),
	orderCase({
		fact: 'A whole number of ten digits is a text, a fraction is a number',
		source: [GUIDE, READING_PROBE, CLIENT],
		seen: (order) => `${typeof order.КратностьВзаиморасчетов}, ${typeof order.КурсВзаиморасчетов}`,
		expected: 'string, number',
		otherwise: { КратностьВзаиморасчетов: 1 },
	}),
	orderCase({
		fact: 'DataVersion is a text of eight bytes in Base64',
		source: [GUIDE, READING_PROBE],
		seen: ({ DataVersion: version }) =>
			typeof version === 'string' ? String(Buffer.from(version, 'base64').length) : 'no text',
		expected: '8',
		otherwise: { DataVersion: 7 },
	}),
	{
		fact: 'A whole number of five digits is a text like one of ten',
		source: [TYPES_OF_UT103],
		questions: [ROW],
		observe: ([answer]) => {
			const [row] = rowsIn(answer);
			return row === undefined ? null : `a ${typeof row.КлючСтроки}`;
		},
		expected: 'a string',
		settles: { switch: 'smallIntegers', positions: { 'a number': 'Int32', 'a string': 'Int64' } },
	},
];
