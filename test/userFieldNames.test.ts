/**
 * Names of user fields on the three kinds of portals: those whose lists cut an explicit selection down to user fields,
 * those that answer it whole, and self-hosted ones from before useOriginalUfNames, which speak camelCase only.
 */
import type { IDataObject } from 'n8n-workflow';
import type { PortalSwitches } from './standins/bitrix24/portal';
import { innOf } from './standins/onec/people/multitude';
import { Bitrix24Node, mapping } from './support/bitrix24Node';
import { Catalogs } from './support/catalogs';
import { Company, refOf } from './support/company';
import { SalesDesk } from './support/salesDesk';

jest.setTimeout(120_000);

const POSITIONS: Array<[string, Partial<PortalSwitches>]> = [
	['cuts selections', {}],
	['answers selections whole', { selectWithOriginalNames: 'asSelected' }],
	['knows camelCase only', { originalNames: 'unknown' }],
];

describe.each(POSITIONS)('a portal that %s', (position, switches) => {
	describe('through the node', () => {
		let bitrix24: Bitrix24Node;

		beforeEach(async () => {
			bitrix24 = await Bitrix24Node.open({ switches });
			const { admin, manager } = bitrix24.portal;
			admin.addsUserField('CRM_DEAL', 'UF_CRM_COLOR', 'string');
			admin.addsUserField('CRM_DEAL', 'UF_CRM_1747309879', 'double');
			admin.addsUserField('CRM_DEAL', 'UF_CRM_TAGS', 'string', { multiple: true });
			const deals: Array<[string, string, number]> = [
				['Окна', 'белый', 10],
				['Двери', 'серый', 20],
				['Рамы', 'белый', 30],
				['Пол', 'дуб', 40],
			];
			for (const [title, color, height] of deals) {
				const fields = { UF_CRM_COLOR: color, UF_CRM_1747309879: height, UF_CRM_TAGS: ['а', 'б'] };
				manager.createsDeal({ title, fields });
			}
		});
		afterEach(async () => await bitrix24.close());

		const list = async (more: IDataObject): Promise<IDataObject[]> =>
			await bitrix24.gives({ resource: 'deal', operation: 'getAll', returnAll: true, ...more });

		const titles = async (more: IDataObject): Promise<unknown[]> =>
			(await list(more)).map(({ title }) => title);

		test('any of several conditions, and two on one user field', async () => {
			const any = [
				{ field: 'UF_CRM_COLOR', comparison: 'is', value: 'дуб' },
				{ field: 'UF_CRM_1747309879', comparison: 'less', value: 15 },
			];
			expect(await titles({ conditions: { condition: any }, mustMatch: 'any' })).toEqual([
				'Окна',
				'Пол',
			]);
			const range = [
				{ field: 'UF_CRM_1747309879', comparison: 'isNot', value: 20 },
				{ field: 'UF_CRM_1747309879', comparison: 'isNot', value: 30 },
			];
			const [first, ...others] = await list({ conditions: { condition: range } });
			expect(first).toMatchObject({
				title: 'Окна',
				UF_CRM_COLOR: 'белый',
				UF_CRM_TAGS: ['а', 'б'],
			});
			expect(others.map(({ title }) => title)).toEqual(['Пол']);
			const nested = { 0: { logic: 'OR', 0: { '=UF_CRM_COLOR': 'дуб' }, 1: { '%title': 'вери' } } };
			expect(await titles({ filter: nested })).toEqual(['Двери', 'Пол']);
		});

		test('the chosen fields and no others, in the wanted order', async () => {
			const sort = { by: [{ field: 'UF_CRM_1747309879', direction: 'DESC' }] };
			const filter = { '!UF_CRM_COLOR': 'дуб' };
			const options = { select: ['title', 'UF_CRM_COLOR'] };
			expect(await list({ sort, filter, options })).toEqual([
				{
					dealId: expect.any(Number),
					id: expect.any(Number),
					title: 'Рамы',
					UF_CRM_COLOR: 'белый',
				},
				{
					dealId: expect.any(Number),
					id: expect.any(Number),
					title: 'Двери',
					UF_CRM_COLOR: 'серый',
				},
				{
					dealId: expect.any(Number),
					id: expect.any(Number),
					title: 'Окна',
					UF_CRM_COLOR: 'белый',
				},
			]);
			const [standard] = await list({ options: { select: ['title'] } });
			expect(Object.keys(standard).sort()).toEqual(['dealId', 'id', 'title']);
		});

		test('a card is created, found by a user field, changed and left alone', async () => {
			const upsert = { resource: 'deal', operation: 'upsert' };
			const values = { title: 'Двор', UF_CRM_COLOR: 'зеленый', UF_CRM_TAGS: ['сад'] };
			const columns = mapping(values, ['UF_CRM_COLOR']);
			const [made] = await bitrix24.gives({ ...upsert, mapping: columns });
			expect(made).toMatchObject({ outcome: 'created', item: values });
			expect(bitrix24.portal.sees.deal(Number(made.dealId))).toMatchObject(values);
			const [again] = await bitrix24.gives({ ...upsert, mapping: columns });
			expect(again).toMatchObject({ outcome: 'unchanged', dealId: made.dealId });
			const change = { UF_CRM_COLOR: 'зеленый', UF_CRM_1747309879: 7 };
			const [changed] = await bitrix24.gives({
				...upsert,
				mapping: mapping(change, ['UF_CRM_COLOR']),
			});
			expect(changed).toMatchObject({ outcome: 'updated', item: change });
			expect(bitrix24.portal.sees.deal(Number(made.dealId))).toMatchObject({
				...values,
				...change,
			});
		});

		test('a field added later is found without a restart', async () => {
			expect(await titles({ filter: { '=UF_CRM_COLOR': 'дуб' } })).toEqual(['Пол']);
			bitrix24.portal.admin.addsUserField('CRM_DEAL', 'UF_CRM_LATER', 'string');
			bitrix24.portal.manager.createsDeal({ title: 'Крыша', fields: { UF_CRM_LATER: 'да' } });
			const [roof] = await list({ filter: { '=UF_CRM_LATER': 'да' } });
			expect(roof).toMatchObject({ title: 'Крыша', UF_CRM_LATER: 'да' });
		});

		test('the check says which kind it is, and the oldest version that needs no translation', async () => {
			const check = {
				resource: 'portal',
				operation: 'checkConnection',
				pipeline: '0',
				chain: 'prepaid',
				leadIntake: false,
			};
			const probes = await bitrix24.gives(check);
			const probe = probes.find((one) => one.probe === 'userFieldNames');
			expect(probe?.facts).toEqual(
				{
					'cuts selections': {
						knowsOriginalNames: true,
						oldestVersion: '25.0.0',
						cutsSelection: true,
					},
					'answers selections whole': {
						knowsOriginalNames: true,
						oldestVersion: '25.0.0',
						cutsSelection: false,
					},
					'knows camelCase only': { knowsOriginalNames: false, oldestVersion: '25.0.0' },
				}[position],
			);
			expect(probe?.text).toContain('25.0.0');
		});
	});

	test('a deal goes through the prepaid chain, and a lost link is written back', async () => {
		const company = await Company.open({ portal: switches });
		try {
			const table = company.product('Стол', 12_200);
			const { company: buyer } = company.buyer();
			const rows = [
				{ product: table.product, price: 12_200, quantity: 2, vat: 22, vatIncluded: true },
			];
			const deal = company.deal(buyer, rows);
			company.portal.manager.moves(deal, 'INVOICE_1C');
			await company.minutePasses();
			company.portal.manager.moves(deal, 'ORDER_1C');
			await company.minutePasses();
			const order = refOf(company.order(deal));
			company.portal.manager.writes(deal, { UF_CRM_1C_ORDER: '', UF_CRM_1C_ORDER_NUMBER: '' });
			await company.reconciles();
			expect(company.portal.sees.deal(deal).UF_CRM_1C_ORDER).toBe(order);
			company.base.accountant.receives({ for: refOf(company.invoice(deal)), amount: 24_400 });
			await company.minutePasses();
			expect(company.invoiceStages(deal)).toEqual(['Оплачен']);
			expect(company.portal.sees.deal(deal).UF_CRM_1C_PAID).toBe(24_400);
		} finally {
			await company.close();
		}
	});

	test('a contact becomes a lead, and the same contact becomes no second one', async () => {
		const desk = await SalesDesk.open({ portal: switches });
		try {
			const visitor = desk.account.visitorComes({ name: 'Иван', phone: '8 (916) 123-45-67' });
			const call = visitor.calls();
			await desk.hears();
			await desk.looks();
			expect(desk.lead).toMatchObject({ UF_CRM_CM_CONTACTS: [`call:${call}`] });
		} finally {
			await desk.close();
		}
	});

	test('buyers of 1C become companies, and a second run changes nothing', async () => {
		const catalogs = await Catalogs.open({ portal: switches });
		try {
			for (const serial of [1, 2]) {
				catalogs.base.admin.addsCounterparty({ name: `Роза ${serial}`, inn: innOf(serial) });
			}
			expect((await catalogs.syncsBuyers()).summary).toMatchObject({ created: 2, failed: 0 });
			expect((await catalogs.syncsBuyers()).summary).toMatchObject({
				created: 0,
				updated: 0,
				failed: 0,
			});
		} finally {
			await catalogs.close();
		}
	});
});
