/** The part of the header that the invoice and the order have in common [УТ 10.3.88.3 sources]. */
import type { Sale } from '../../exchange/sale';
import type { Body } from '../odata/client';
import { composite } from '../odata/fields';
import { commentOf } from './marker';
import { tablesOf } from './rows';
import type { SaleContext } from './saleContext';

/**
 * OData fills nothing in: neither ОбработкаЗаполнения nor the check of filling is run, so every field is sent.
 * The currency of the document is the contract's own, so the rate of settlements is 1.
 */
export const headerOf = (sale: Sale, context: SaleContext): Body => {
	const { organization, contract } = context;
	return {
		Date: context.now,
		Организация_Key: organization.ref,
		ДоговорКонтрагента_Key: contract.ref,
		ВалютаДокумента_Key: context.currency,
		КурсВзаиморасчетов: 1,
		КратностьВзаиморасчетов: '1',
		УчитыватьНДС: true,
		СуммаВключаетНДС: sale.pricesIncludeVat,
		Комментарий: commentOf(context.marker, sale.dealId, sale.title),
		...(contract.priceType ? { ТипЦен_Key: contract.priceType } : {}),
		...(organization.bankAccount
			? composite('СтруктурнаяЕдиница', organization.bankAccount, 'Catalog_БанковскиеСчета')
			: {}),
		...tablesOf(sale, context.positions),
	};
};
