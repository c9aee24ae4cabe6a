/** The postpaid chain: no invoice anywhere, an order, a shipment, a won deal. */
import { Company, refOf } from './support/company';

let company: Company;

beforeEach(async () => {
	company = await Company.open({ chain: 'postpaid' });
});
afterEach(async () => await company.close());

test('an order, a shipment, a won deal, and no invoice in either system', async () => {
	const table = company.product('Стол', 12_200);
	const deal = company.deal(company.buyer().company, [
		{ product: table.product, price: 12_200, quantity: 2, vat: 22 },
	]);
	company.portal.manager.moves(deal, 'ORDER_1C');
	await company.minutePasses();
	expect(company.order(deal)).toMatchObject({
		Posted: true,
		СуммаДокумента: 24_400,
		ДокументОснование: '',
	});
	company.base.storekeeper.ships({ order: refOf(company.order(deal)) });
	await company.minutePasses();
	expect(company.stage(deal)).toBe(company.portal.sees.stageName('WON'));
	expect(company.documents('СчетНаОплатуПокупателю', deal)).toEqual([]);
	expect(company.portal.sees.invoices(deal)).toEqual([]);
});
