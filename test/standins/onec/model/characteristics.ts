/**
 * Charts of characteristic types: the properties a company invents for its objects, and what they may be put on
 * (reference 1c-ut103.md §4 "ЗначенияСвойствОбъектов"; object model of 10.3.88.3). The stock place of external ids: no
 * change of the configuration is needed. Wire shapes are those of a catalog, plus the type a property takes, which is
 * not imitated (ValueType, a complex value).
 */
import { predefined } from './predefined';
import type { CatalogSource } from './types';

export const characteristics: readonly CatalogSource[] = [
	{
		name: 'СвойстваОбъектов',
		codeLength: 9,
		descriptionLength: 50,
		attributes: `
			НазначениеСвойства:^НазначенияСвойствКатегорийОбъектов
		`,
	},
	{
		name: 'НазначенияСвойствКатегорийОбъектов',
		codeLength: 9,
		descriptionLength: 50,
		hierarchy: 'folders',
		attributes: '',
		predefined: [
			...predefined(
				`
				000000001 Справочники Справочники
				`,
				{ IsFolder: true },
			),
			...predefined(`
				000000002 Документы Документы
				000000003 Справочник_ДоговорыКонтрагентов Справочник "Договоры контрагентов"
				000000004 Справочник_КонтактныеЛицаКонтрагентов Справочник "Контактные лица контрагентов"
				000000005 Справочник_НоменклатурныеГруппы Справочник "Номенклатурные группы"
				000000006 Справочник_Организации Справочник "Организации"
				000000101 Справочник_Контрагенты Справочник "Контрагенты"
				000000102 Справочник_Номенклатура Справочник "Номенклатура"
				000000103 Справочник_ХарактеристикиНоменклатуры Справочник  "Характеристики номенклатуры"
				000000104 Справочник_ФизическиеЛица Справочник "Физические лица"
				000000105 Справочник_Склады Справочник "Склады"
				000000106 Справочник_КонтактныеЛица Справочник  "Контактные лица"
				000000107 Справочник_ЛичныеКонтакты Справочник "Личные контакты"
				000000108 Документ_ЗаказПокупателя Документ заказ покупателя
			`),
		],
	},
];
