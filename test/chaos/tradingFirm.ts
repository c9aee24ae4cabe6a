/** A firm with a pipeline for each chain, goods and buyers known to both of its systems. */
import type { Portal } from '../standins/bitrix24/portal';
import type { Base } from '../standins/onec/base';
import type { Firm } from './firm';

const PRICES = [12_200, 2440, 366.5];
const INNS = ['7707083893', '7728168971', '7736050003'];

export const furnishes = (portal: Portal, base: Base): Firm => {
	const retail = portal.admin.addsPipeline('Розница');
	return {
		portal,
		base,
		pipelines: { prepaid: 0, postpaid: retail },
		stages: {
			prepaid: { fresh: 'NEW', invoice: 'INVOICE_1C', order: 'ORDER_1C', won: 'WON' },
			postpaid: {
				fresh: `C${retail}:NEW`,
				invoice: `C${retail}:INVOICE_1C`,
				order: `C${retail}:ORDER_1C`,
				won: `C${retail}:WON`,
			},
		},
		goods: PRICES.map((price, index) => {
			const name = `Товар ${index + 1}`;
			const ref = base.admin.addsProduct({ name, vat: 'НДС22', price });
			return {
				ref,
				price,
				product: portal.admin.addsProduct({ name, xmlId: ref, price, vat: 22 }),
			};
		}),
		strange: portal.admin.addsProduct({ name: 'Товар только из CRM', price: 100, vat: 22 }),
		companies: INNS.map((inn, index) => {
			const title = `ООО «Покупатель ${index + 1}»`;
			base.admin.addsCounterparty({ name: title, inn, contract: 'ПоДоговоруВЦелом' });
			return portal.admin.addsCompany({ title, inn });
		}),
	};
};
