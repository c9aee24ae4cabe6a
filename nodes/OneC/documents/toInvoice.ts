/** A sale as «Счет на оплату покупателю», which УТ 10.3 never posts: its metadata denies it [УТ 10.3.88.3 sources]. */
import { Problem } from '../../exchange/problem';
import type { Sale } from '../../exchange/sale';
import type { Body } from '../odata/client';
import { composite } from '../odata/fields';
import { headerOf } from './header';
import type { SaleContext } from './saleContext';

export const toInvoice = (sale: Sale, context: SaleContext): Body => {
	const { organization, buyer, warehouse } = context;
	if (!organization.bankAccount) {
		throw new Problem(
			`Organization «${organization.name}» has no main bank account, and 1C demands one in an invoice.`,
			'Fill «Основной банковский счет» of the organization in 1C.',
			`У организации «${organization.name}» нет основного банковского счета, а 1С требует его в счете на оплату. Заполните «Основной банковский счет» организации в 1С.`,
		);
	}
	return {
		...headerOf(sale, context),
		...composite('Контрагент', buyer.ref, 'Catalog_Контрагенты'),
		...(warehouse ? { Склад_Key: warehouse } : {}),
	};
};
