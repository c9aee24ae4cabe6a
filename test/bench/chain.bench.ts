/** One deal, ten and a hundred on their way through the prepaid chain: what each step costs both systems. */
import { Company, refOf } from '../support/company';
import { note } from './measurements';

const SIZES = [1, 10, 100];

let company: Company;

beforeEach(async () => {
	company = await Company.open();
});
afterEach(async () => await company.close());

/** With buyer and organization picked in them, as managers do. */
const deals = (count: number): number[] => {
	const buyer = company.buyer();
	const table = company.product('Стол', 1000);
	const chair = company.product('Стул', 500);
	return Array.from({ length: count }, () =>
		company.deal(
			buyer.company,
			[
				{ product: table.product, quantity: 2, price: 1000 },
				{ product: chair.product, quantity: 4, price: 500 },
			],
			{
				UF_CRM_1C_COUNTERPARTY: buyer.counterparty,
				UF_CRM_1C_ORGANIZATION: company.base.seed.organization,
			},
		),
	);
};

test.each(SIZES)('%d deals go through the chain', async (size) => {
	const { portal, base, workflow } = company;
	const all = deals(size);
	/** Nobody writes before having looked, and what belongs to many deals travels fifty commands a request. */
	const step = async (
		row: string,
		trigger: string,
		floors: { bitrix24: number; onec: number },
	): Promise<void> => {
		const before = { bitrix24: portal.requests.length, onec: base.requests.length };
		jest.setSystemTime(Date.now() + 60_000);
		const run = await workflow.polls(trigger);
		expect(run?.error).toBeUndefined();
		const costs = {
			bitrix24: portal.requests.length - before.bitrix24,
			onec: base.requests.length - before.onec,
		};
		for (const system of ['bitrix24', 'onec'] as const) {
			note({
				row,
				size,
				unit: `requests to ${system}`,
				measured: costs[system],
				floor: floors[system],
				because:
					'a poll, the deals, a look, a writing; of 1C each set asked once, each document by itself',
			});
		}
	};
	const writing = Math.ceil(size / 50);
	const to1c = 'Сделки ждут документ';
	const from1c = 'Что нового в 1С';
	for (const deal of all) portal.manager.moves(deal, 'INVOICE_1C');
	await step('stage change → invoice in 1C, shown in the CRM', to1c, {
		bitrix24: 3 + writing,
		onec: 3 + size,
	});
	for (const deal of all) expect(company.invoice(deal)).toBeDefined();
	await step('news of the new invoice → CRM', from1c, { bitrix24: 1 + writing, onec: 6 });
	await step('nothing new in the CRM', to1c, { bitrix24: 1, onec: 0 });
	await step('the same news said again after a minute', from1c, { bitrix24: 0, onec: 6 });
	for (const deal of all) portal.manager.moves(deal, 'ORDER_1C');
	await step('stage change → order in 1C, posted', to1c, {
		bitrix24: 3 + writing,
		onec: 4 + 2 * size,
	});
	await step('news of the new order → CRM', from1c, { bitrix24: 1 + writing, onec: 7 });
	for (const deal of all) base.storekeeper.ships({ order: refOf(company.order(deal)) });
	await step('shipment → CRM', from1c, { bitrix24: 1 + writing, onec: 7 });
});
