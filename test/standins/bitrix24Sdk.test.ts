/** The vendor's own SDK cannot tell the stand-in from a portal: over TLS, as it insists on https. */
import { ApiVersion, B24Hook, B24OAuth, EnumAppStatus, ParamsFactory } from '@bitrix24/b24jssdk';
import { globalAgent } from 'node:https';
import axios from 'axios';
import { ADMINISTRATOR_USER, openPortal } from './bitrix24/portal';
import type { Portal, PortalOptions, RegisteredApplication } from './bitrix24/portal';

const ACCESS_SECONDS = 3600;
const BUCKET = { size: 1, drainPerSecond: 20 };

interface Deal {
	id: number;
	title: string;
}

let portal: Portal;

async function open(options: PortalOptions = {}): Promise<void> {
	portal = await openPortal({ tls: true, bucket: 'off', ...options });
	globalAgent.options.ca = portal.certificate;
}

afterEach(async () => {
	globalAgent.options.ca = undefined;
	globalAgent.destroy();
	await portal.close();
});

/** Everything as the SDK ships it but for the pauses, which would make the test slow. */
const quick = { ...ParamsFactory.getDefault(), retryDelay: 10 };

function hook(): B24Hook {
	return B24Hook.fromWebhookUrl(portal.webhookUrl.replace(/\/$/, ''), { restrictionParams: quick });
}

describe('through a webhook', () => {
	beforeEach(() => open());

	it('calls, and tells a refusal by its code', async () => {
		const id = portal.manager.createsDeal({ title: 'Окна' });
		const sdk = hook();
		const found = await sdk.actions.v2.call.make<{ item: Deal }>({
			method: 'crm.item.get',
			params: { entityTypeId: 2, id },
		});
		expect(found.getData()?.result.item).toMatchObject({ id, title: 'Окна' });
		const absent = sdk.actions.v2.call.make({
			method: 'crm.item.get',
			params: { entityTypeId: 2, id: 99 },
		});
		await expect(absent).rejects.toMatchObject({ code: 'NOT_FOUND', status: 400 });
	});

	it('packs fifty commands into one request', async () => {
		const calls = Array.from({ length: 50 }, (_, n) => ({
			method: 'crm.item.add',
			params: { entityTypeId: 2, fields: { title: `Сделка & ${n}` } },
		}));
		const done = await hook().actions.v2.batch.make<{ item: Deal }>({ calls });
		expect(done.isSuccess).toBe(true);
		expect(done.getData()).toHaveLength(50);
		expect(portal.sees.deal(450)).toMatchObject({ title: 'Сделка & 49' });
		expect(portal.requests).toHaveLength(1);
	});

	it('reads a long list by id, in chunks and at once', async () => {
		for (let n = 0; n < 120; n += 1) portal.manager.createsDeal({ title: `${n}` });
		const list = {
			method: 'crm.item.list',
			params: { entityTypeId: 2, select: ['id', 'title'] },
			idKey: 'id',
			customKeyForResult: 'items',
		};
		const sizes: number[] = [];
		for await (const chunk of hook().actions.v2.fetchList.make<Deal>(list)) {
			sizes.push(chunk.length);
		}
		expect(sizes).toEqual([50, 50, 20]);
		const all = await hook().actions.v2.callList.make<Deal>(list);
		expect(all.getData()?.map((deal) => deal.title)).toEqual(
			Array.from({ length: 120 }, (_, n) => `${n}`),
		);
		const classic = await hook().actions.v2.callList.make<{ ID: string }>({
			method: 'crm.deal.list',
			params: { select: ['ID'] },
		});
		expect(classic.getData()).toHaveLength(120);
	});

	it('is told on plain http that https is required', async () => {
		const url = `${portal.webhookUrl.replace('https:', 'http:')}profile`;
		const { status, data } = await axios.get(url, { validateStatus: () => true, proxy: false });
		expect([status, data]).toEqual([
			400,
			{ error: 'INVALID_REQUEST', error_description: 'Https required' },
		]);
	});
});

it('recovers from the rate limit', async () => {
	await open({ bucket: BUCKET });
	const calls = Array.from({ length: 2 }, () =>
		hook().actions.v2.call.make<{ ID: string }>({ method: 'profile' }),
	);
	for (const answer of await Promise.all(calls)) {
		expect(answer.getData()?.result.ID).toBe('1');
	}
	const refused = portal.requests.filter(({ error }) => error === 'QUERY_LIMIT_EXCEEDED');
	expect(refused.length).toBeGreaterThan(0);
});

describe('through an application', () => {
	let application: RegisteredApplication;
	let sdk: B24OAuth;

	beforeEach(async () => {
		await open();
		application = portal.admin.registersApplication({
			scopes: ['crm'],
			handler: 'https://exchange.example.test/',
			onlyApi: true,
		});
		const { accessToken, refreshToken } = application.tokensOf(ADMINISTRATOR_USER);
		const tokens = {
			applicationToken: application.applicationToken,
			userId: ADMINISTRATOR_USER,
			memberId: portal.memberId,
			accessToken,
			refreshToken,
			expires: Math.floor(Date.now() / 1000) + ACCESS_SECONDS,
			expiresIn: ACCESS_SECONDS,
			scope: 'crm',
			domain: portal.domain,
			clientEndpoint: `${portal.origin}/rest/`,
			serverEndpoint: `${portal.oauthOrigin}/rest/`,
			status: EnumAppStatus.Local,
		};
		const { clientId, clientSecret } = application;
		sdk = new B24OAuth(tokens, { clientId, clientSecret }, { restrictionParams: quick });
		sdk.getHttpClient(ApiVersion.v2).setClientSideWarning(false, '');
	});

	it('renews its tokens when one has expired, and repeats the call', async () => {
		const before = sdk.auth.getAuthData();
		portal.levers.expiresTokens();
		const answer = await sdk.actions.v2.call.make<{ ID: string }>({ method: 'profile' });
		expect(answer.getData()?.result.ID).toBe(String(ADMINISTRATOR_USER));
		expect(portal.requests.map(({ method, status }) => [method, status])).toEqual([
			['profile', 401],
			['oauth/token', 200],
			['profile', 200],
		]);
		const after = sdk.auth.getAuthData();
		expect(after).not.toBe(false);
		expect(after && after.refresh_token).not.toBe(before && before.refresh_token);
	});

	it('says so when the refresh token has expired as well', async () => {
		portal.levers.expiresTokens();
		portal.levers.expiresRefreshTokens();
		await expect(sdk.actions.v2.call.make({ method: 'profile' })).rejects.toThrow();
		expect(portal.requests.map(({ method, error }) => [method, error]).slice(0, 2)).toEqual([
			['profile', 'expired_token'],
			['oauth/token', 'invalid_grant'],
		]);
	});

	it('learns who its user is', async () => {
		await sdk.initIsAdmin();
		expect(sdk.auth.isAdmin).toBe(true);
	});
});
