/** One deal, ten and a hundred on their way through the prepaid chain: what each step costs both systems. */
import { Company, refOf } from '../support/company';
import { note } from './measurements';

const SIZES = [1, 10, 100];

let company: Company;

beforeEach(async () => {
	company = await Company.open();
});
afterEach(async () => await company.close());

const deals = (count: number): number[] => {
	const buyer = company.buyer();
	const table = company.product('Стол', 1000);
	const chair = company.product('Стул', 500);
	return Array.from({ length: count }, () =>
		company.deal(buyer.company, [
			{ product: table.product, quantity: 2, price: 1000 },
			{ product: chair.product, quantity: 4, price: 500 },
		]),
	);
};

test.each(SIZES)('%d deals go through the chain', async (size) => {
	const { portal, base, workflow } = company;
	const all = deals(size);
	const step = async (row: string, trigger: string) => {
		const [bitrix24, onec] = [portal.requests.length, base.requests.length];
		jest.setSystemTime(Date.now() + 60_000);
		const run = await workflow.polls(trigger);
		expect(run?.error).toBeUndefined();
		note({
			row,
			size,
			unit: 'requests to Bitrix24',
			measured: portal.requests.length - bitrix24,
			floor: 1,
			because: '',
		});
		note({
			row,
			size,
			unit: 'requests to 1C',
			measured: base.requests.length - onec,
			floor: 1,
			because: '',
		});
	};
	const to1c = 'Сделки ждут документ';
	const from1c = 'Что нового в 1С';
	for (const deal of all) portal.manager.moves(deal, 'INVOICE_1C');
	await step('stage change → invoice in 1C, shown in the CRM', to1c);
	for (const deal of all) expect(company.invoice(deal)).toBeDefined();
	await step('news of the new invoice → CRM', from1c);
	await step('nothing new in the CRM', to1c);
	await step('nothing new in 1C', from1c);
	for (const deal of all) portal.manager.moves(deal, 'ORDER_1C');
	await step('stage change → order in 1C, posted', to1c);
	await step('news of the new order → CRM', from1c);
	for (const deal of all) base.storekeeper.ships({ order: refOf(company.order(deal)) });
	await step('shipment → CRM', from1c);
});
