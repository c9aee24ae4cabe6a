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

test('an order that 1C would not post at first is posted later, though news of it came in between', async () => {
	const table = company.product('Стол', 12_200);
	const deal = company.deal(company.buyer().company, [
		{ product: table.product, price: 12_200, quantity: 2, vat: 22 },
	]);
	company.portal.manager.moves(deal, 'ORDER_1C');
	const refusal = { code: '-1', message: { lang: 'ru', value: 'Объект заблокирован' } };
	company.base.levers.failsNext(500, JSON.stringify({ 'odata.error': refusal }), '/Post', 1);
	await company.minutePasses();
	expect(company.order(deal).Posted).toBe(false);
	await company.minutesPass(3);
	expect(company.order(deal).Posted).toBe(true);
	expect(company.portal.sees.deal(deal).UF_CRM_1C_ORDER).toBe(refOf(company.order(deal)));
});
