/**
 * Exchange plans (reference 1c-ut103.md §5 "Exchange plans"). The two stock ones belong to the exchange with a site and
 * are auto-registered: every write of their content is registered for every node. The third is what a programmer of the
 * customer would add for a link of our kind; it is there only with the switch ownExchangePlan. The stock plan «Полный»
 * belongs to distributed bases and is left out.
 */
import type { ExchangePlanSource } from './types';

export const SITE_ORDERS = 'ExchangePlan_ОбменССайтомЗаказами';
export const OWN_PLAN = 'ExchangePlan_ОбменСБитрикс24';

export const exchangePlans: readonly ExchangePlanSource[] = [
	{ name: 'ОбменССайтомЗаказами', content: ['Document_ЗаказПокупателя'], stock: true },
	{ name: 'ОбменССайтомТоварами', content: ['Catalog_Номенклатура'], stock: true },
	{
		name: 'ОбменСБитрикс24',
		stock: false,
		content: [
			'Catalog_Контрагенты',
			'Catalog_ДоговорыКонтрагентов',
			'Document_СчетНаОплатуПокупателю',
			'Document_ЗаказПокупателя',
			'Document_КорректировкаЗаказаПокупателя',
			'Document_РеализацияТоваровУслуг',
			'Document_ВозвратТоваровОтПокупателя',
			'Document_ПлатежноеПоручениеВходящее',
			'Document_ПлатежныйОрдерПоступлениеДенежныхСредств',
			'Document_ПриходныйКассовыйОрдер',
			'Document_ОплатаОтПокупателяПлатежнойКартой',
			'Document_ЗакрытиеЗаказовПокупателей',
			'InformationRegister_ПричиныЗакрытияЗаказов',
		],
	},
];
