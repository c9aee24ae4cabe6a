/** What the portal takes without a check, or leaves out without a word. */
import { PortalUnderTest } from './portalUnderTest';

const test = new PortalUnderTest();
const { call, result, refusal } = test;

it('a comment of a card that does not exist gets a number', async () => {
	const comment = (ENTITY_TYPE: string, ENTITY_ID: number) => ({
		fields: { ENTITY_TYPE, ENTITY_ID, COMMENT: 'Оплачено' },
	});
	expect(await result('crm.timeline.comment.add', comment('deal', 999_999))).toBe(999);
	expect((await refusal('crm.timeline.comment.add', comment('nobody', 1)))[1]).toBe(
		'OWNER_NOT_FOUND',
	);
	const id = test.portal.manager.createsDeal({ title: 'Окна' });
	await result('crm.timeline.comment.add', comment('Deal', id));
	expect(
		await result('crm.timeline.comment.list', { filter: { ENTITY_TYPE: 'DEAL', ENTITY_ID: id } }),
	).toMatchObject([{ ENTITY_TYPE: 'deal', COMMENT: 'Оплачено' }]);
});

it('a condition on a time in a form that is not understood filters nothing', async () => {
	test.portal.manager.createsDeal({ title: 'Окна' });
	const later = async (moment: string) => {
		const filter = { '>createdTime': moment };
		return (await result('crm.item.list', { entityTypeId: 2, filter })).items.length;
	};
	expect(await later('2030-01-01T00:00:00+03:00')).toBe(1);
	expect(await later('2030-01-01 00:00:00')).toBe(0);
	test.portal.switches.momentFilter = 'any ISO form';
	expect(await later('2030-01-01T00:00:00+03:00')).toBe(0);
	expect(await later('2020-01-01T00:00:00.000Z')).toBe(1);
});

it('a phone is found as it is written, apart from its extension', async () => {
	const { admin, switches } = test.portal;
	const formatted = admin.addsContact({ name: 'Иван', phone: '+7 900 123-45-67' });
	const extended = admin.addsContact({ name: 'Петр', phone: '+78129999331#404812' });
	const found = async (...values: string[]) => {
		const people = await result('crm.duplicate.findbycomm', { type: 'PHONE', values });
		return people.CONTACT ?? [];
	};
	expect(await found('89001234567')).toEqual([]);
	expect(await found('+7 900 123-45-67')).toEqual([formatted]);
	expect(await found('+78129999331')).toEqual([extended]);
	expect(await found('+78129999331#4048')).toEqual([extended]);
	switches.phoneSearch = 'by digits';
	expect(await found('89001234567')).toEqual([formatted]);
	expect(await refusal('crm.duplicate.findbycomm', { values: ['1'] })).toEqual([
		400,
		'',
		'Communication type is not defined.',
	]);
});

it('a requisite is made with a number of no preset, and a full page of addresses hides the next', async () => {
	const company = test.portal.admin.addsCompany({ title: 'Ромашка' });
	const fields = { ENTITY_TYPE_ID: 4, ENTITY_ID: company, NAME: 'ООО', PRESET_ID: 999 };
	for (let number = 1; number <= 51; number += 1) {
		const requisite = await result('crm.requisite.add', { fields });
		await result('crm.address.add', {
			fields: { TYPE_ID: 6, ENTITY_TYPE_ID: 8, ENTITY_ID: requisite, ADDRESS_1: 'Ленина' },
		});
	}
	const first = await call('crm.address.list');
	expect([first.data.total, first.data.next]).toEqual([50, undefined]);
	expect(await result('crm.address.list', { start: 50 })).toHaveLength(1);
	test.portal.switches.addressTotal = 'counted';
	expect((await call('crm.address.list')).data).toMatchObject({ total: 51, next: 50 });
});

it('an empty value of a company does nothing but in the old method', async () => {
	const { admin, switches } = test.portal;
	const id = admin.addsCompany({ title: 'Ромашка', originId: '1' });
	const empties = async () => {
		const params = { entityTypeId: 4, id, fields: { originId: '' } };
		return (await result('crm.item.update', params)).item.originId;
	};
	expect(await empties()).toBe('1');
	switches.emptiedCompanyField = 'emptied';
	expect(await empties()).toBe('');
	await result('crm.company.update', { id, fields: { ORIGIN_ID: '2' } });
	switches.emptiedCompanyField = 'kept';
	await result('crm.company.update', { id, fields: { ORIGIN_ID: '' } });
	expect((await result('crm.company.get', { id })).ORIGIN_ID).toBe('');
});

it('original names of user fields are dropped from a selection without useOriginalUfNames', async () => {
	test.portal.admin.addsUserField('CRM_DEAL', 'UF_CRM_SCAN', 'string', {});
	test.portal.manager.createsDeal({ title: 'Окна' });
	const select = ['id', 'UF_CRM_SCAN'];
	const { items } = await result('crm.item.list', { entityTypeId: 2, select });
	expect(Object.keys(items[0])).toEqual(['id']);
});

it('an order in capitals is refused for smart processes, a wrong type of payments gives none', async () => {
	expect(await refusal('crm.type.list', { order: { ID: 'ASC' } })).toEqual([
		400,
		'100',
		'Unknown field definition `I_D`',
	]);
	expect(await result('crm.item.payment.list', { entityTypeId: 999, entityId: 1 })).toEqual([]);
});
