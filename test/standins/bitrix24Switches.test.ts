/**
 * Behaviours nobody has confirmed and no request through a webhook can show, in their less likely position; the others are
 * cases of `test/conformance`.
 */
import axios from 'axios';
import { MANAGER_USER } from './bitrix24/portal';
import { DEFAULT_SWITCHES } from './bitrix24/switches';
import { PortalUnderTest } from './portalUnderTest';

const test = new PortalUnderTest();
const { result } = test;
const turn = (switches: object): void => {
	Object.assign(test.portal.switches, switches);
};

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

it('product rows that do not touch their owner', async () => {
	turn({ rowsFireOwnerUpdate: false });
	const listener = await test.listener();
	const deal = test.portal.manager.createsDeal({ title: 'A' });
	test.portal.admin.addsOutgoingWebhook({ url: listener.url, events: ['ONCRMDEALUPDATE'] });
	test.portal.manager.setsProducts(deal, [{ name: 'Окно', price: 1, quantity: 1 }]);
	test.portal.manager.writes(deal, { title: 'B' });
	expect(await listener.heardEvents(1)).toEqual(['ONCRMDEALUPDATE']);
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
