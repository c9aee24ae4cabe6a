/** A sale as «Заказ покупателя» [УТ 10.3.88.3 sources]. */
import { Problem } from '../../exchange/problem';
import type { Sale } from '../../exchange/sale';
import type { Body } from '../odata/client';
import { INVOICE } from './documents';
import { composite } from '../odata/fields';
import { headerOf } from './header';
import { markerOf } from './marker';
import type { SaleContext } from './saleContext';

/** @param invoice the invoice of the same deal, which becomes the basis of the order */
export const toOrder = (sale: Sale, context: SaleContext, invoice: string | null): Body => {
	const { buyer, contract, warehouse, now } = context;
	if (contract.settlement === 'ПоСчетам') {
		throw new Problem(
			`1C posts no orders under contract «${contract.name}»: its settlements are kept by invoices («по счетам»).`,
			'Choose a contract kept by orders or as a whole.',
			`По договору «${contract.name}» взаиморасчеты ведутся по счетам, и 1С не проведет по нему заказ. Выберите договор, который ведется по заказам или в целом.`,
		);
	}
	return {
		...headerOf(sale, context),
		Контрагент_Key: buyer.ref,
		НомерВходящегоДокументаЭлектронногоОбмена: markerOf(context.marker, sale.dealId),
		ДатаВходящегоДокументаЭлектронногоОбмена: now,
		...(warehouse ? composite('СкладГруппа', warehouse, 'Catalog_Склады') : {}),
		...(invoice ? composite('ДокументОснование', invoice, INVOICE.set) : {}),
	};
};
