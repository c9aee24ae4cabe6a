/** Behaviours nobody has confirmed, in their less likely position; the likelier one is what the other tests meet. */
import axios from 'axios';
import { MANAGER_USER } from './bitrix24/portal';
import { DEFAULT_SWITCHES } from './bitrix24/switches';
import { PortalUnderTest } from './portalUnderTest';

const test = new PortalUnderTest();
const { call, result, refusal } = test;
const turn = (switches: object): void => {
	Object.assign(test.portal.switches, switches);
};

it('envelopes of the catalogue', async () => {
	turn({ catalogVatEnvelope: 'result', catalogMeasureEnvelope: 'measures' });
	expect(await result('catalog.vat.list')).toHaveLength(7);
	const { data } = await call('catalog.measure.list');
	expect(data.measures).toHaveLength(5);
	expect(data).not.toHaveProperty('result');
});

it('nothing found and nothing counted', async () => {
	turn({ emptyFindByComm: 'object', totalWithoutCount: 'absent' });
	expect(await result('crm.duplicate.findbycomm', { type: 'PHONE', values: ['1'] })).toEqual({});
	const { data } = await call('crm.item.list', { entityTypeId: 2, start: -1 });
	expect(data).not.toHaveProperty('total');
});

it('a wrong webhook code', async () => {
	turn({ wrongWebhookCode: 'NO_AUTH_FOUND' });
	const wrong = `${test.portal.origin}/rest/1/wrong/profile`;
	const { status, data } = await axios.get(wrong, { validateStatus: () => true });
	expect([status, data.error]).toEqual([401, 'NO_AUTH_FOUND']);
});

it('the number of an invoice and the stage of a new lead, whatever was sent', async () => {
	const invoice = { entityTypeId: 31, fields: { accountNumber: 'УТ-1' } };
	const lead = { entityTypeId: 1, fields: { stageId: 'PROCESSED' } };
	expect((await result('crm.item.add', invoice)).item.accountNumber).toBe('УТ-1');
	expect((await result('crm.item.add', lead)).item.stageId).toBe('PROCESSED');
	turn({ accountNumberWritable: false, leadStageOnAdd: 'ignored' });
	const { item } = await result('crm.item.add', invoice);
	expect(item.accountNumber).toBe(String(item.id));
	expect((await result('crm.item.add', lead)).item.stageId).toBe('NEW');
});

it.each([
	['suffixed', ['ONCRMDYNAMICITEMADD_31']],
	['both', ['ONCRMDYNAMICITEMADD', 'ONCRMDYNAMICITEMADD_31']],
])('names of invoice events: %s', async (invoiceEventNames, heard) => {
	turn({ invoiceEventNames });
	const listener = await test.listener();
	test.portal.admin.addsOutgoingWebhook({
		url: listener.url,
		events: ['ONCRMDYNAMICITEMADD', 'ONCRMDYNAMICITEMADD_31'],
	});
	await result('crm.item.add', { entityTypeId: 31, fields: {} });
	expect((await listener.heardEvents(heard.length)).sort()).toEqual(heard);
});

it('invoice events under the plain name only', async () => {
	turn({ invoiceEventNames: 'plain' });
	const listener = await test.listener();
	const subscribes = (event: string): void =>
		test.portal.admin.addsOutgoingWebhook({ url: listener.url, events: [event] });
	expect(() => subscribes('ONCRMDYNAMICITEMADD_31')).toThrow('offers no');
	subscribes('ONCRMDYNAMICITEMADD');
	await result('crm.item.add', { entityTypeId: 31, fields: {} });
	expect(await listener.heardEvents(1)).toEqual(['ONCRMDYNAMICITEMADD']);
});

it('a list field of several values, which an update empties or pretends to', async () => {
	test.portal.admin.addsUserField('CRM_DEAL', 'UF_CRM_COLOURS', 'enumeration', {
		values: ['Красный', 'Белый'],
		multiple: true,
	});
	const stored = async (): Promise<unknown> => {
		const add = { entityTypeId: 2, fields: { UF_CRM_COLOURS: [1] }, useOriginalUfNames: 'Y' };
		const { id } = (await result('crm.item.add', add)).item;
		const fields = { UF_CRM_COLOURS: [''] };
		const emptying = { entityTypeId: 2, id, fields, useOriginalUfNames: 'Y' };
		await result('crm.item.update', emptying);
		const get = { entityTypeId: 2, id, useOriginalUfNames: 'Y' };
		return (await result('crm.item.get', get)).item.UF_CRM_COLOURS;
	};
	expect(await stored()).not.toEqual([]);
	turn({ emptiedListField: 'emptied' });
	expect(await stored()).toEqual([]);
});

it('product rows that do not touch their owner', async () => {
	turn({ rowsFireOwnerUpdate: false });
	const listener = await test.listener();
	const deal = test.portal.manager.createsDeal({ title: 'A' });
	test.portal.admin.addsOutgoingWebhook({ url: listener.url, events: ['ONCRMDEALUPDATE'] });
	test.portal.manager.setsProducts(deal, [{ name: 'Окно', price: 1, quantity: 1 }]);
	test.portal.manager.writes(deal, { title: 'B' });
	expect(await listener.heardEvents(1)).toEqual(['ONCRMDEALUPDATE']);
});

it('the prefix of user fields', async () => {
	const field = { entityId: 'CRM_DEAL', fieldName: 'UF_CRM_PAID', userTypeId: 'double' };
	expect((await refusal('userfieldconfig.add', { moduleId: 'crm', field }))[0]).toBe(400);
	turn({ userFieldConfigPrefix: 'UF_CRM_' });
	await result('userfieldconfig.add', { moduleId: 'crm', field });
	expect(test.portal.sees.userFields('CRM_DEAL')).toEqual(['UF_CRM_PAID']);
});

it('fields that do not tell the values of lists', async () => {
	test.portal.admin.addsUserField('CRM_DEAL', 'UF_CRM_COLOR', 'enumeration', { values: ['Белый'] });
	const asked = { entityTypeId: 2, useOriginalUfNames: 'Y' };
	const color = async () => (await result('crm.item.fields', asked)).fields.UF_CRM_COLOR;
	expect(await color()).toMatchObject({ items: [{ VALUE: 'Белый' }] });
	turn({ listValuesInFields: 'absent' });
	expect(await color()).not.toHaveProperty('items');
});

it.each([
	['worthless', 'ends', ['invalid_grant', 'NO_AUTH_FOUND']],
	['accepted', 'lives', [undefined, undefined]],
])('tokens that were renewed once: %s, %s', async (usedRefreshToken, accessAfterRenewal, told) => {
	turn({ usedRefreshToken, accessAfterRenewal });
	const application = test.portal.admin.registersApplication({
		scopes: ['crm'],
		handler: 'https://exchange.example.test/',
		onlyApi: true,
	});
	const { accessToken, refreshToken } = application.tokensOf(MANAGER_USER);
	const renew = async (): Promise<string | undefined> => {
		const params = {
			grant_type: 'refresh_token',
			client_id: application.clientId,
			client_secret: application.clientSecret,
			refresh_token: refreshToken,
		};
		const address = `${test.portal.oauthOrigin}/oauth/token/`;
		const { data } = await axios.get(address, { params, validateStatus: () => true });
		return data.error;
	};
	expect(await renew()).toBeUndefined();
	const again = await renew();
	const { data } = await test.as(accessToken).call('profile');
	expect([again, data.error]).toEqual(told);
});

it('a portal opened without switches stands in the likelier positions', () => {
	expect(test.portal.switches).toEqual(DEFAULT_SWITCHES);
});
