/**
 * Tokens and events, which no request through a webhook brings, held to the shapes (keys and JSON types) of their pages in
 * `bitrix24/b24restdocs` @ 5988ed130d13. All other pages are cases of `test/conformance`.
 */
import axios from 'axios';
import { parse } from 'qs';
import { compare, N, numbers, S, strings, type Difference, type Shape } from '../conformance/shape';
import { ADMINISTRATOR_USER } from './bitrix24/portal';
import type { RegisteredApplication } from './bitrix24/portal';
import { PortalUnderTest } from './portalUnderTest';

const test = new PortalUnderTest();
let application: RegisteredApplication;

beforeEach(() => {
	application = test.portal.admin.registersApplication({
		scopes: ['crm'],
		handler: 'https://exchange.example.test/',
		onlyApi: true,
	});
});

const grant = () => application.tokensOf(ADMINISTRATOR_USER);
const token = async (params: Record<string, string>): Promise<unknown> => {
	const { clientId: client_id, clientSecret: client_secret } = application;
	const url = `${test.portal.oauthOrigin}/oauth/token/`;
	return (await axios.get(url, { params: { client_id, client_secret, ...params } })).data;
};
const code = async (): Promise<string> => {
	const url = `${test.portal.origin}/oauth/authorize/?client_id=${application.clientId}`;
	const options = { maxRedirects: 0, validateStatus: () => true };
	const { headers } = await axios.get(url, options);
	return new URL(String(headers.location)).searchParams.get('code') ?? '';
};

/** A form has no types, so brackets become maps and every value is text. */
const event = async (name: string): Promise<unknown> => {
	const listener = await test.listener();
	await test.as(grant().accessToken).result('event.bind', { event: name, handler: listener.url });
	const entityTypeId = name === 'ONCRMDEALUPDATE' ? 2 : 31;
	const made = await test.result('crm.item.add', { entityTypeId, fields: { title: 'A' } });
	const { id } = made.item;
	await test.result('crm.item.update', { entityTypeId, id, fields: { title: 'B' } });
	const [heard] = await listener.hears(1);
	return parse(new URLSearchParams(heard).toString());
};
interface Page {
	page: string;
	ask: () => Promise<unknown>;
	shape: Shape;
	/** Documented keys that come by switch only. */
	lacks?: string[];
}

const NONE: Difference = { lacks: [], unfilled: [], otherwise: [], more: [] };

const PAGES: Page[] = [
	{
		page: 'settings/oauth/index.md',
		ask: async () => token({ grant_type: 'authorization_code', code: await code() }),
		shape: {
			...strings(
				'access_token client_endpoint domain member_id refresh_token scope server_endpoint status',
			),
			expires_in: N,
		},
	},
	{
		page: 'settings/oauth/auto-renewal.md',
		ask: async () => token({ grant_type: 'refresh_token', refresh_token: grant().refreshToken }),
		shape: {
			...strings(
				'access_token client_endpoint domain member_id refresh_token scope server_endpoint status',
			),
			...numbers('expires expires_in user_id'),
		},
	},
	{
		page: 'api-reference/crm/deals/events/on-crm-deal-update.md',
		ask: async () => event('ONCRMDEALUPDATE'),
		shape: {
			...strings('event event_handler_id ts'),
			data: { FIELDS: { ID: S } },
			auth: {
				...strings(
					'access_token expires_in scope domain server_endpoint status client_endpoint member_id refresh_token application_token',
				),
			},
		},
		lacks: ['auth.refresh_token'],
	},
	{
		page: 'api-reference/crm/universal/events/on-crm-dynamic-item-update.md',
		ask: async () => event('ONCRMDYNAMICITEMUPDATE'),
		shape: {
			...strings('event event_handler_id ts'),
			data: { FIELDS: { ID: S, ENTITY_TYPE_ID: S } },
			auth: {
				...strings(
					'access_token expires_in scope domain server_endpoint status client_endpoint member_id refresh_token application_token',
				),
			},
		},
		lacks: ['auth.refresh_token'],
	},
];

it.each(PAGES)('$page', async ({ ask, shape, lacks = [] }) => {
	expect(compare(await ask(), shape)).toEqual({ ...NONE, lacks });
});

it('an event brings all its page shows where the portal is switched to refresh tokens', async () => {
	test.portal.switches.refreshTokenInEvents = true;
	const { ask, shape } = PAGES[2];
	expect(compare(await ask(), shape)).toEqual(NONE);
});
