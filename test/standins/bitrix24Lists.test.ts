/** What the lists of the stand-in portal make of names, selections, pages and filters. */
import { PortalUnderTest } from './portalUnderTest';
import type { Body } from './portalUnderTest';

const test = new PortalUnderTest();
const { call, result, refusal } = test;

const Y = { entityTypeId: 2, useOriginalUfNames: 'Y' };
const N = { entityTypeId: 2 };

const items = async (params: object): Promise<Body[]> =>
	(await result('crm.item.list', params)).items;

beforeEach(() => {
	test.portal.admin.addsUserField('CRM_DEAL', 'UF_CRM_COLOR', 'string');
	test.portal.manager.createsDeal({ title: 'Окна', fields: { UF_CRM_COLOR: 'белый' } });
});

describe('an explicit selection with original names', () => {
	it('brings user fields only, and an empty list where none was selected', async () => {
		expect(await items({ ...Y, select: ['id', 'title', 'UF_CRM_COLOR'] })).toEqual([
			{ UF_CRM_COLOR: 'белый' },
		]);
		expect(await items({ ...Y, select: ['id', 'title'] })).toEqual([[]]);
	});

	it.each([[{ select: ['*', 'UF_*'] }], [{ select: ['*'] }], [{}]])(
		'and %j brings whole cards',
		async (more) => {
			const whole = { title: 'Окна', UF_CRM_COLOR: 'белый' };
			expect(await items({ ...Y, ...more })).toMatchObject([whole]);
		},
	);

	it('brings what was selected in camelCase, and by switch', async () => {
		expect(await items({ ...N, select: ['title', 'ufCrm_COLOR'] })).toEqual([
			{ title: 'Окна', ufCrm_COLOR: 'белый' },
		]);
		test.portal.switches.selectWithOriginalNames = 'asSelected';
		expect(await items({ ...Y, select: ['title', 'UF_CRM_COLOR'] })).toEqual([
			{ title: 'Окна', UF_CRM_COLOR: 'белый' },
		]);
	});
});

describe('a portal from before CRM 25.0.0', () => {
	beforeEach(() => {
		test.portal.switches.originalNames = 'unknown';
	});

	it('answers in camelCase, whatever is asked for', async () => {
		const [deal] = await items(Y);
		expect(deal).toMatchObject({ title: 'Окна', ufCrm_COLOR: 'белый' });
		const { fields } = await result('crm.item.fields', Y);
		expect(fields.ufCrm_COLOR).toMatchObject({ upperName: 'UF_CRM_COLOR', isDynamic: true });
		expect(await items({ ...Y, select: ['title', 'ufCrm_COLOR'] })).toEqual([
			{ title: 'Окна', ufCrm_COLOR: 'белый' },
		]);
	});

	it('does not know original names', async () => {
		expect((await refusal('crm.item.list', { ...Y, filter: { UF_CRM_COLOR: 1 } }))[1]).toBe(
			'INVALID_ARG_VALUE',
		);
		expect((await refusal('crm.item.list', { ...Y, order: { UF_CRM_COLOR: 'ASC' } }))[1]).toBe(
			'INVALID_ARG_VALUE',
		);
		const { item } = await result('crm.item.add', { ...Y, fields: { UF_CRM_COLOR: 'серый' } });
		expect(item.ufCrm_COLOR).toBeNull();
	});
});

describe('a filter', () => {
	it('refuses prefixed original names in nested groups, and takes camelCase there', async () => {
		const either = (name: string) => ({ 0: { logic: 'OR', 0: { [name]: 'белый' }, 1: { id: 0 } } });
		expect(
			(await refusal('crm.item.list', { ...Y, filter: either('=UF_CRM_COLOR') })).slice(0, 2),
		).toEqual([400, 'INVALID_ARG_VALUE']);
		expect(await items({ ...Y, filter: either('UF_CRM_COLOR') })).toHaveLength(1);
		expect(await items({ ...Y, filter: { '=UF_CRM_COLOR': 'белый' } })).toHaveLength(1);
		expect(await items({ ...N, filter: either('=ufCrm_COLOR') })).toHaveLength(1);
	});

	it('knows between, and lists for equality only', async () => {
		for (const opportunity of [10, 20, 30]) {
			test.portal.manager.createsDeal({ title: `${opportunity}`, fields: { opportunity } });
		}
		const sums = async (filter: object): Promise<unknown[]> =>
			(await items({ ...N, filter })).map(({ opportunity }) => opportunity);
		expect(await sums({ '><opportunity': [15, 30] })).toEqual([20, 30]);
		expect(await sums({ '!><opportunity': [15, 30] })).toEqual([0, 10]);
		expect(await sums({ opportunity: [10, 20] })).toEqual([10, 20]);
		expect(await sums({ '!=opportunity': [10, 20] })).toEqual([0, 30]);
		expect((await refusal('crm.item.list', { ...N, filter: { '>opportunity': [1, 2] } }))[0]).toBe(
			400,
		);
	});

	it('takes contacts and observers, and standard fields in capitals without a prefix', async () => {
		const contact = test.portal.admin.addsContact({ name: 'Иван' });
		const fields = { TITLE: 'С контактом', contactIds: [contact], observers: [7] };
		const { item } = await result('crm.item.add', { ...N, fields });
		const ids = async (filter: object): Promise<unknown[]> =>
			(await items({ ...N, filter })).map(({ id }) => id);
		expect(await ids({ contactIds: contact })).toEqual([item.id]);
		expect(await ids({ observers: 7 })).toEqual([item.id]);
		expect(await ids({ TITLE: 'С контактом' })).toEqual([item.id]);
		expect(await items({ ...N, filter: { ID: item.id }, select: ['ID', 'TITLE'] })).toEqual([
			{ id: item.id, title: 'С контактом' },
		]);
	});
});

it('classic methods read their parameters in any letter case', async () => {
	const { data } = await call('crm.deal.add', { FIELDS: { TITLE: 'Двери' } });
	const id = data.result;
	const list = { FILTER: { ID: id }, SELECT: ['ID', 'TITLE'] };
	expect(await result('crm.deal.list', list)).toEqual([{ ID: String(id), TITLE: 'Двери' }]);
	expect(await result('crm.deal.list', { arFilter: { ID: id }, select: ['ID'] })).toHaveLength(1);
	expect(await result('crm.deal.get', { Id: id })).toMatchObject({ TITLE: 'Двери' });
});
