/** Applications: OAuth, rights of users, events, the offline queue, placements. */
import axios from 'axios';
import { ADMINISTRATOR_USER, MANAGER_USER, SALESMAN_USER } from './bitrix24/portal';
import type { RegisteredApplication } from './bitrix24/portal';
import { PortalUnderTest } from './portalUnderTest';
import type { Body } from './portalUnderTest';

const SCOPES = ['crm', 'placement', 'user_basic'];
const RETURN = 'https://exchange.example.test/callback?own=1';
const test = new PortalUnderTest();
let application: RegisteredApplication;

beforeEach(() => {
	application = test.portal.admin.registersApplication({
		scopes: SCOPES,
		handler: RETURN,
		onlyApi: true,
	});
});

const by = (userId: number) => test.as(application.tokensOf(userId).accessToken);
const admin = () => by(ADMINISTRATOR_USER);

describe('OAuth', () => {
	const authorize = async (query = `client_id=${application.clientId}&state=s%261`) =>
		await axios.get(`${test.portal.origin}/oauth/authorize/?${query}`, {
			maxRedirects: 0,
			validateStatus: () => true,
		});
	const token = async (params: Record<string, string>) => {
		const form = new URLSearchParams({
			client_id: application.clientId,
			client_secret: application.clientSecret,
			...params,
		});
		const response = await axios.get(`${test.portal.oauthOrigin}/oauth/token/?${form}`, {
			validateStatus: () => true,
		});
		return response;
	};
	const code = async (): Promise<string> =>
		new URL(String((await authorize()).headers.location)).searchParams.get('code') ?? '';

	it('sends the visitor back to the address of the card, with a code', async () => {
		test.portal.people.logsIn(MANAGER_USER);
		const { status, headers } = await authorize(
			`client_id=${application.clientId}&state=s%261&response_type=code&redirect_uri=http://evil.test/`,
		);
		expect(status).toBe(302);
		const back = new URL(String(headers.location));
		expect(back.origin + back.pathname).toBe('https://exchange.example.test/callback');
		expect(Object.fromEntries(back.searchParams)).toEqual({
			own: '1',
			code: expect.any(String),
			state: 's&1',
			domain: test.portal.domain,
			member_id: test.portal.memberId,
			scope: 'crm,placement,user_basic',
			server_domain: new URL(test.portal.oauthOrigin).host,
		});
	});

	it('shows a page and redirects nobody when it fails', async () => {
		const failures = [() => authorize('client_id=local.unknown')];
		const unfinished = test.portal.admin.registersApplication({ scopes: [], handler: RETURN });
		failures.push(() => authorize(`client_id=${unfinished.clientId}`));
		failures.push(async () => {
			test.portal.people.logsOut();
			return await authorize();
		});
		for (const fails of failures) {
			const { status, headers } = await fails();
			expect(status).toBeLessThan(500);
			expect(headers.location).toBeUndefined();
			expect(headers['content-type']).toContain('text/html');
		}
	});

	it('changes a code once and within thirty seconds', async () => {
		const once = await code();
		const { data } = await token({ grant_type: 'authorization_code', code: once });
		expect(data).toEqual({
			access_token: expect.any(String),
			client_endpoint: `${test.portal.origin}/rest/`,
			domain: new URL(test.portal.oauthOrigin).host,
			expires_in: 3600,
			member_id: test.portal.memberId,
			refresh_token: expect.any(String),
			scope: 'crm,placement,user_basic',
			server_endpoint: `${test.portal.oauthOrigin}/rest/`,
			status: 'L',
		});
		expect(data.domain).not.toBe(test.portal.domain);
		expect(await test.as(data.access_token).result('profile')).toMatchObject({ ID: '3' });
		const again = await token({ grant_type: 'authorization_code', code: once });
		expect([again.status, again.data.error]).toEqual([401, 'invalid_grant']);
		const late = await code();
		test.clock += 30_000;
		expect((await token({ grant_type: 'authorization_code', code: late })).data.error).toBe(
			'invalid_grant',
		);
	});

	it('renews after an hour, with another refresh token, for half a year', async () => {
		const first = application.tokensOf(MANAGER_USER);
		const renew = (refreshToken: string) =>
			token({ grant_type: 'refresh_token', refresh_token: refreshToken });
		test.clock += 3_600_000;
		expect(await test.as(first.accessToken).refusal('profile')).toEqual([
			401,
			'expired_token',
			'The access token provided has expired.',
		]);
		const { data } = await renew(first.refreshToken);
		expect(data).toMatchObject({
			user_id: MANAGER_USER,
			expires: test.clock / 1000 + 3600,
			expires_in: 3600,
		});
		expect(await test.as(data.access_token).result('profile')).toMatchObject({ ID: '7' });
		expect((await renew(first.refreshToken)).data.error).toBe('invalid_grant');
		test.clock += 180 * 24 * 3_600_000;
		expect((await renew(data.refresh_token)).data.error).toBe('invalid_grant');
	});

	it('says what is wrong with a client, in the switched status', async () => {
		const { data } = await token({ grant_type: 'refresh_token', client_secret: 'wrong' });
		expect(data.error).toBe('invalid_client');
		test.portal.switches.oauthErrorStatus = 400;
		const bad = await token({ grant_type: 'password' });
		expect([bad.status, bad.data.error]).toEqual([400, 'invalid_request']);
		test.portal.levers.failsNext('oauth/token', 401, 'PAYMENT_REQUIRED', 'Payment required');
		expect((await token({ grant_type: 'refresh_token' })).data.error).toBe('PAYMENT_REQUIRED');
		const log = JSON.stringify(test.portal.requests);
		expect(log).not.toContain(application.clientSecret);
	});

	it('takes the token as a parameter, never from a header', async () => {
		const { accessToken } = application.tokensOf(ADMINISTRATOR_USER);
		const ask = async (url: string, headers = {}) =>
			await axios.get(`${test.portal.origin}/rest/${url}`, {
				headers,
				validateStatus: () => true,
			});
		expect((await ask(`profile.json?auth=${accessToken}`)).status).toBe(200);
		const header = await ask('profile', { authorization: `Bearer ${accessToken}` });
		expect([header.status, header.data.error]).toEqual([401, 'NO_AUTH_FOUND']);
		expect((await ask('profile?auth=nonsense')).data.error).toBe('NO_AUTH_FOUND');
		test.portal.switches.unknownToken = 'invalid_token';
		expect((await ask('profile?auth=nonsense')).data.error).toBe('invalid_token');
		test.portal.levers.expiresTokens(accessToken);
		expect((await ask(`profile?auth=${accessToken}`)).data.error).toBe('expired_token');
	});
});

describe('a user of an application', () => {
	it('has the scopes of the application and no others, in a batch too', async () => {
		expect((await admin().refusal('catalog.vat.list')).slice(0, 2)).toEqual([
			403,
			'insufficient_scope',
		]);
		const { result_error: errors } = await admin().result('batch', { cmd: ['catalog.vat.list'] });
		expect(errors[0].error).toBe('insufficient_scope');
		expect(await admin().result('scope')).toEqual(SCOPES);
		await test.open({ webhookScopes: ['crm'] });
		expect((await test.refusal('catalog.vat.list')).slice(0, 2)).toEqual([
			403,
			'insufficient_scope',
		]);
	});

	it('is who the token was given to, and writes in that name', async () => {
		const manager = by(MANAGER_USER);
		expect(await manager.result('user.current')).toMatchObject({
			ID: '7',
			LAST_NAME: 'Менеджеров',
		});
		const { item } = await manager.result('crm.item.add', { entityTypeId: 2, fields: {} });
		expect(item).toMatchObject({ createdBy: 7, updatedBy: 7, assignedById: 7 });
		expect((await manager.result('user.get', { ID: [7, 9] })).map((user: Body) => user.ID)).toEqual(
			['7', '9'],
		);
	});

	it('with a role of his own cards sees no others', async () => {
		const salesman = by(SALESMAN_USER);
		const foreign = test.portal.manager.createsDeal({ title: 'Чужая' });
		const { item: own } = await salesman.result('crm.item.add', {
			entityTypeId: 2,
			fields: { title: 'Своя' },
		});
		const { items } = await salesman.result('crm.item.list', { entityTypeId: 2 });
		expect(items.map((deal: Body) => deal.id)).toEqual([own.id]);
		expect(await salesman.result('crm.deal.list')).toHaveLength(1);
		for (const [method, params] of [
			['crm.item.get', { entityTypeId: 2, id: foreign }],
			['crm.item.update', { entityTypeId: 2, id: foreign, fields: { title: 'Моя' } }],
			['crm.item.delete', { entityTypeId: 2, id: foreign }],
			['crm.item.productrow.set', { ownerType: 'D', ownerId: foreign, productRows: [] }],
		] as const) {
			expect((await salesman.refusal(method, params)).slice(0, 2)).toEqual([400, 'ACCESS_DENIED']);
		}
		expect(await salesman.refusal('crm.deal.get', { id: foreign })).toEqual([
			400,
			'',
			'Access denied.',
		]);
		expect(
			(await salesman.refusal('crm.status.add', { fields: { ENTITY_ID: 'DEAL_STAGE' } }))[2],
		).toBe('Access denied.');
	});

	it('reads options of the application, and writes them as administrator', async () => {
		const manager = by(MANAGER_USER);
		expect(await manager.result('app.option.get')).toEqual([]);
		const options = { base: 'УТ', deep: { a: '1' } };
		expect((await manager.refusal('app.option.set', { options })).slice(0, 2)).toEqual([
			400,
			'AccessException',
		]);
		expect(await admin().result('app.option.set', { options })).toBe(true);
		expect(await manager.result('app.option.get', { option: 'base' })).toBe('УТ');
		expect(await manager.result('app.option.get')).toEqual(options);
		expect(await manager.result('app.option.get', { option: 'none' })).toBeNull();
		expect(await manager.result('app.info')).toMatchObject({ STATUS: 'L', INSTALLED: true });
		expect(await test.result('app.info')).toEqual({
			SCOPE: ['catalog', 'crm', 'sale', 'userfieldconfig', 'user_brief'],
			LICENSE: 'ru_pro100',
		});
		expect((await test.refusal('app.option.get')).slice(0, 2)).toEqual([400, 'AccessException']);
	});
});

describe('online events of an application', () => {
	it('carry the tokens of whoever acted, or of the user they were bound for', async () => {
		const handler = await test.listener();
		await admin().result('event.bind', { event: 'OnCrmDealAdd', handler: handler.url });
		test.portal.manager.createsDeal({ title: 'A' });
		const [event] = await handler.hears(1);
		expect(event).toMatchObject({
			event: 'ONCRMDEALADD',
			'data[FIELDS][ID]': '401',
			'auth[domain]': test.portal.domain,
			'auth[client_endpoint]': `${test.portal.origin}/rest/`,
			'auth[server_endpoint]': `${test.portal.oauthOrigin}/rest/`,
			'auth[application_token]': application.applicationToken,
			'auth[status]': 'L',
			'auth[expires_in]': '3600',
			'auth[scope]': 'crm,placement,user_basic',
		});
		expect(Object.keys(event)).not.toContain('auth[refresh_token]');
		expect(await test.as(event['auth[access_token]']).result('profile')).toMatchObject({ ID: '7' });
		await admin().result('event.bind', {
			event: 'ONCRMDEALUPDATE',
			handler: handler.url,
			auth_type: ADMINISTRATOR_USER,
		});
		test.portal.switches.refreshTokenInEvents = true;
		test.portal.manager.writes(401, { title: 'B' });
		const [update] = await handler.hears(1);
		const asAdmin = test.as(update['auth[access_token]']);
		expect(await asAdmin.result('profile')).toMatchObject({ ID: '3' });
		expect(Object.keys(update)).toContain('auth[refresh_token]');
	});

	it('tell of a funnel move, which outgoing webhooks never hear of', async () => {
		const handler = await test.listener();
		const funnel = test.portal.admin.addsPipeline('Опт');
		const deal = test.portal.manager.createsDeal({ title: 'A' });
		for (const event of ['ONCRMDEALUPDATE', 'ONCRMDEALMOVETOCATEGORY']) {
			await admin().result('event.bind', { event, handler: handler.url });
		}
		test.portal.manager.movesToPipeline(deal, funnel, `C${funnel}:NEW`);
		expect(await handler.hears(1)).toMatchObject([
			{
				event: 'ONCRMDEALMOVETOCATEGORY',
				'data[FIELDS][ID]': String(deal),
				'data[FIELDS][CATEGORY_ID]': String(funnel),
				'data[FIELDS][STAGE_ID]': `C${funnel}:NEW`,
			},
		]);
	});

	it('are bound once, listed and unbound', async () => {
		const bind = { event: 'ONCRMDEALADD', handler: 'https://a.test/' };
		await admin().result('event.bind', bind);
		expect((await admin().refusal('event.bind', bind))[1]).toBe('ERROR_CORE');
		expect(await admin().result('event.get')).toEqual([
			{ event: 'ONCRMDEALADD', handler: 'https://a.test/', auth_type: '0', offline: 0 },
		]);
		expect((await admin().refusal('event.bind', { ...bind, event: 'ONNOTHING' }))[1]).toBe(
			'ERROR_EVENT_NOT_FOUND',
		);
		const manager = by(MANAGER_USER);
		expect((await manager.refusal('event.bind', { ...bind, auth_type: 3 })).slice(0, 2)).toEqual([
			403,
			'ACCESS_DENIED',
		]);
		expect((await manager.refusal('event.bind', { ...bind, event_type: 'offline' }))[2]).toBe(
			'Access denied! Offline events binding requires administrator access rights',
		);
		expect(await admin().result('events')).toContain('ONCRMDEALMOVETOCATEGORY');
		expect(await admin().result('event.unbind', bind)).toEqual({ count: 1 });
		expect(await admin().result('event.unbind', bind)).toEqual({ count: 0 });
		expect(await admin().result('event.get')).toEqual([]);
	});

	it('begin with ONAPPINSTALL, and nothing is sent before the installation is finished', async () => {
		const handler = await test.listener();
		const later = test.portal.admin.registersApplication({
			scopes: ['crm'],
			handler: handler.url,
			installHandler: handler.url,
		});
		const token = later.tokensOf(ADMINISTRATOR_USER).accessToken;
		await test.as(token).result('event.bind', { event: 'ONCRMDEALADD', handler: handler.url });
		test.portal.manager.createsDeal({ title: 'A' });
		later.finishesInstallation();
		const [install, ...more] = await handler.hears(1);
		expect(more).toEqual([]);
		expect(install).toMatchObject({
			event: 'ONAPPINSTALL',
			'data[ACTIVE]': 'Y',
			'data[INSTALLED]': 'Y',
			'auth[application_token]': later.applicationToken,
			'auth[refresh_token]': expect.any(String),
		});
		test.portal.manager.createsDeal({ title: 'B' });
		expect(await handler.heardEvents(1)).toEqual(['ONCRMDEALADD']);
	});
});

describe('the offline queue', () => {
	const bind = (more: object = {}) =>
		admin().result('event.bind', { event: 'ONCRMDEALUPDATE', event_type: 'offline', ...more });
	const get = (more: object = {}) => admin().result('event.offline.get', more);
	const changed = (events: Body) => events.map((event: Body) => event.EVENT_DATA.FIELDS.ID);

	it('keeps one row per object, deletes what was read, and is for administrators', async () => {
		await bind();
		const [a, b] = ['A', 'B'].map((title) => test.portal.manager.createsDeal({ title }));
		test.portal.manager.writes(a, { title: 'A1' });
		test.clock += 1000;
		test.portal.manager.writes(b, { title: 'B1' });
		test.clock += 1000;
		test.portal.manager.writes(a, { title: 'A2' });
		const { data } = await admin().call('event.offline.list');
		expect(data.total).toBe(2);
		expect(data.result[0]).toEqual({
			ID: '1',
			TIMESTAMP_X: '2026-03-02T09:00:02+03:00',
			EVENT_NAME: 'ONCRMDEALUPDATE',
			EVENT_DATA: { FIELDS: { ID: String(a) } },
			EVENT_ADDITIONAL: false,
			MESSAGE_ID: expect.any(String),
			PROCESS_ID: '',
			ERROR: '0',
		});
		const { process_id: none, events } = await get();
		expect(none).toBeNull();
		expect(changed(events)).toEqual([String(b), String(a)]);
		expect((await get()).events).toEqual([]);
		expect((await by(MANAGER_USER).refusal('event.offline.get')).slice(0, 2)).toEqual([
			403,
			'ACCESS_DENIED',
		]);
		expect((await test.refusal('event.offline.get'))[1]).toBe('WRONG_AUTH_TYPE');
	});

	it('reserves rows for one reader until they are cleared or marked as errors', async () => {
		await bind();
		const deals = ['A', 'B', 'C'].map((title) => test.portal.manager.createsDeal({ title }));
		for (const deal of deals) test.portal.manager.writes(deal, { title: 'new' });
		const first = await get({ clear: 0, limit: 2 });
		const second = await get({ clear: 0, limit: 2 });
		expect(changed(first.events)).toEqual([String(deals[0]), String(deals[1])]);
		expect(changed(second.events)).toEqual([String(deals[2])]);
		expect((await get({ clear: 0 })).events).toEqual([]);
		test.portal.manager.writes(deals[0], { title: 'newer' });
		expect(changed((await get()).events)).toEqual([String(deals[0])]);
		await admin().result('event.offline.clear', {
			process_id: first.process_id,
			message_id: [first.events[0].MESSAGE_ID],
		});
		await admin().result('event.offline.error', {
			process_id: first.process_id,
			message_id: [first.events[1].MESSAGE_ID],
		});
		const again = { process_id: first.process_id, clear: 0 };
		expect((await get(again)).events).toEqual([]);
		expect(changed((await get({ ...again, error: 1 })).events)).toEqual([String(deals[1])]);
		await admin().result('event.offline.clear', { process_id: second.process_id });
		const left = await admin().result('event.offline.list', { filter: { ERROR: 1 } });
		expect(left).toMatchObject([{ PROCESS_ID: first.process_id, ERROR: '1' }]);
		expect(await admin().result('feature.get', { CODE: 'rest_offline_extended' })).toEqual({
			value: 'Y',
		});
	});

	it('leaves out our own writes that name the source, and only for that source', async () => {
		await bind({ auth_connector: 'onec' });
		await bind();
		const deal = test.portal.manager.createsDeal({ title: 'A' });
		const write = (title: string, more: object) =>
			admin().result('crm.item.update', { entityTypeId: 2, id: deal, fields: { title }, ...more });
		await write('B', { auth_connector: 'onec' });
		expect((await get({ auth_connector: 'onec' })).events).toEqual([]);
		expect(changed((await get()).events)).toEqual([String(deal)]);
		await write('C', {});
		expect(changed((await get({ auth_connector: 'onec' })).events)).toEqual([String(deal)]);
	});

	it('wakes the application up, no more often than asked', async () => {
		const handler = await test.listener();
		await bind();
		await admin().result('event.bind', {
			event: 'ONOFFLINEEVENT',
			handler: handler.url,
			options: { minTimeout: 5 },
		});
		const deal = test.portal.manager.createsDeal({ title: 'A' });
		test.portal.manager.writes(deal, { title: 'B' });
		test.portal.manager.writes(deal, { title: 'C' });
		const [wakeUp, ...more] = await handler.hears(1);
		expect(more).toEqual([]);
		expect(wakeUp).toMatchObject({
			event: 'ONOFFLINEEVENT',
			'auth[refresh_token]': expect.any(String),
		});
		expect(Object.keys(wakeUp).filter((name) => name.startsWith('data'))).toEqual([]);
		test.clock += 5000;
		test.portal.manager.writes(deal, { title: 'D' });
		expect(await handler.heardEvents(1)).toEqual(['ONOFFLINEEVENT']);
	});
});

describe('a placement', () => {
	it('is bound by an administrator and opened with the tokens of the user', async () => {
		const handler = await test.listener();
		const bind = { PLACEMENT: 'CRM_DEAL_DETAIL_TAB', HANDLER: `${handler.url}?tab=1`, TITLE: '1С' };
		expect((await by(MANAGER_USER).refusal('placement.bind', bind))[1]).toBe('ACCESS_DENIED');
		expect(await admin().result('placement.bind', bind)).toBe(true);
		expect(await admin().result('placement.get')).toMatchObject([
			{ placement: 'CRM_DEAL_DETAIL_TAB', handler: bind.HANDLER, title: '1С', options: [] },
		]);
		const deal = test.portal.manager.createsDeal({ title: 'A' });
		const opened = await test.portal.people.opensPlacement({
			user: MANAGER_USER,
			placement: 'CRM_DEAL_DETAIL_TAB',
			id: deal,
		});
		expect([opened.status, opened.page]).toEqual([200, '<p>готово</p>']);
		const query = Object.fromEntries(new URL(opened.url).searchParams);
		expect(query).toEqual({
			tab: '1',
			DOMAIN: test.portal.domain,
			PROTOCOL: '0',
			LANG: 'ru',
			APP_SID: expect.any(String),
		});
		const [sent] = await handler.hears(1);
		expect(Object.keys(sent).sort()).toEqual([
			'APPLICATION_SCOPE',
			'APPLICATION_TOKEN',
			'AUTH_EXPIRES',
			'AUTH_ID',
			'PLACEMENT',
			'PLACEMENT_OPTIONS',
			'REFRESH_ID',
			'SERVER_ENDPOINT',
			'member_id',
			'status',
		]);
		expect(JSON.parse(sent.PLACEMENT_OPTIONS)).toMatchObject({ ID: String(deal) });
		expect(await test.as(sent.AUTH_ID).result('profile')).toMatchObject({ ID: '7', ADMIN: false });
		expect(await admin().result('placement.unbind', bind)).toEqual({ count: 2 });
		await expect(
			test.portal.people.opensPlacement({ user: MANAGER_USER, placement: bind.PLACEMENT }),
		).rejects.toThrow('Nobody has bound');
	});

	it('misses an argument under status 200 and is refused to webhooks', async () => {
		const { status, data } = await admin().call('placement.bind', { HANDLER: 'https://a.test/' });
		expect([status, data.error, data.argument]).toEqual([200, 'ERROR_ARGUMENT', 'PLACEMENT']);
		expect((await test.refusal('placement.bind')).slice(0, 2)).toEqual([403, 'WRONG_AUTH_TYPE']);
		expect(await admin().result('placement.list')).toContain('CRM_DETAIL_SEARCH');
	});
});

describe('a renamed portal', () => {
	it('answers 302 at the old address and is itself at the new one', async () => {
		const { accessToken } = application.tokensOf(ADMINISTRATOR_USER);
		const old = test.portal.origin;
		await test.portal.levers.renamesPortal();
		expect(test.portal.origin).not.toBe(old);
		const moved = await axios.post(`${old}/rest/profile?auth=${accessToken}`, 'a=1', {
			maxRedirects: 0,
			validateStatus: () => true,
		});
		expect([moved.status, moved.headers.location]).toEqual([
			302,
			`${test.portal.origin}/rest/profile?auth=${accessToken}`,
		]);
		expect(await test.as(accessToken).result('profile')).toMatchObject({ ID: '3' });
		expect((await axios.get(`${test.portal.webhookUrl}profile`)).status).toBe(200);
	});
});
