/** A system that was restored from a copy of itself is noticed and reported, not followed blindly. */
import { Company, refOf, type Product } from './support/company';

let company: Company;
let table: Product;

jest.setTimeout(60_000);

beforeEach(async () => {
	company = await Company.open();
	table = company.product('Стол', 12_200);
});
afterEach(async () => await company.close());

const tables = (quantity = 1) => [
	{ product: table.product, price: 12_200, quantity, vat: 22, vatIncluded: true },
];

const sells = (buyer = company.buyer()): number => company.deal(buyer.company, tables());

const ordered = async (buyer = company.buyer()): Promise<number> => {
	const deal = sells(buyer);
	company.portal.manager.moves(deal, 'ORDER_1C');
	await company.minutePasses();
	return deal;
};

const complaints = (deal: number): string[] =>
	company.timeline(deal).filter((text) => text.startsWith('Обмен с 1С не прошел'));

describe('a portal that gives the number of a deal out again', () => {
	let lost: Record<string, unknown>;
	let deal: number;

	beforeEach(async () => {
		const buyers = [company.buyer(), company.buyer()];
		const backup = company.portal.levers.takesBackup();
		const before = await ordered(buyers[0]);
		lost = company.order(before);
		jest.setSystemTime(Date.now() + 3_600_000);
		company.portal.levers.restoresBackup(backup);
		deal = sells(buyers[1]);
		expect(deal).toBe(before);
	});

	test('lets nothing of the earlier deal into the new one', async () => {
		company.base.storekeeper.ships({ order: refOf(lost) });
		await company.minutesPass(3);
		expect(company.portal.sees.deal(deal)).toMatchObject({ stageId: 'NEW' });
		expect(company.portal.sees.deal(deal).UF_CRM_1C_SHIPPED).toBeFalsy();
		expect(company.portal.sees.deal(deal).UF_CRM_1C_ORDER).toBeFalsy();
	});

	test('asks a person, makes no order meanwhile, and makes one when the earlier is given up', async () => {
		company.portal.manager.moves(deal, 'ORDER_1C');
		await company.minutesPass(20);
		expect(complaints(deal)).toEqual([expect.stringMatching(/номер сделки выдан заново/)]);
		expect(company.documents('ЗаказПокупателя', deal)).toHaveLength(1);
		expect(company.portal.sees.deal(deal).UF_CRM_1C_ORDER).toBeFalsy();
		company.base.admin.marksForDeletion(refOf(lost));
		await company.minutesPass(35);
		expect(refOf(company.order(deal))).not.toBe(refOf(lost));
		expect(company.portal.sees.deal(deal).UF_CRM_1C_ORDER).toBe(refOf(company.order(deal)));
	});

	test('follows the earlier document when a person says it is of this deal', async () => {
		company.portal.manager.writes(deal, { UF_CRM_1C_ORDER: refOf(lost) });
		company.base.storekeeper.ships({ order: refOf(lost) });
		await company.minutesPass(3);
		expect(company.portal.sees.deal(deal).UF_CRM_1C_SHIPPED).toBe(12_200);
	});
});

test('a portal in an older state finds its documents again and makes none twice', async () => {
	const deal = sells();
	const backup = company.portal.levers.takesBackup();
	company.portal.manager.moves(deal, 'ORDER_1C');
	await company.minutePasses();
	company.portal.levers.restoresBackup(backup);
	expect(company.portal.sees.deal(deal)).toMatchObject({ stageId: 'NEW', UF_CRM_1C_ORDER: null });
	company.portal.manager.moves(deal, 'ORDER_1C');
	await company.minutesPass(2);
	expect(company.documents('ЗаказПокупателя', deal)).toHaveLength(1);
	expect(company.portal.sees.deal(deal).UF_CRM_1C_ORDER).toBe(refOf(company.order(deal)));
});
