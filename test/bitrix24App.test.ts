/** Bitrix24 through a local application: its tokens, its placements, its events, in n8n's real engine. */
import { createServer, request as requestTo } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INode, IWorkflowBase } from 'n8n-workflow';
import {
	ADMINISTRATOR_USER,
	MANAGER_USER,
	openPortal,
	type Portal,
	type PortalOptions,
	type RegisteredApplication,
} from './standins/bitrix24/portal';
import { Bitrix24Client } from '../nodes/Bitrix24/rest/client';
import { takeFromQueue, type QueueMemory } from '../nodes/Bitrix24Trigger/offlineQueue';
import { applicationCredential, tokensFor } from './support/application';
import { axiosHttp, standingClock } from './support/axiosHttp';
import { Credentials } from './support/credentials';
import { openDoor, type Door } from './support/door';
import { RunningWorkflow, workflowFile, type Finished } from './support/engine';

const HOUR = 3_600_000;

/** Refused renewals are waited for: another process may be about to store new tokens. */
jest.setTimeout(20_000);

let portal: Portal;
let application: RegisteredApplication;
let credentials: Credentials;
let now: number;

const open = async (options: PortalOptions = {}): Promise<void> => {
	now = Date.parse('2026-11-24T09:00:00Z');
	portal = await openPortal({ now: () => now, ...options });
	application = portal.admin.registersApplication({
		scopes: ['crm', 'placement', 'userfieldconfig', 'catalog'],
		handler: 'https://n8n.example.test/rest/oauth2-credential/callback',
		onlyApi: true,
	});
	credentials = new Credentials({
		bitrix24OAuth2Api: {
			...applicationCredential(portal, application, ADMINISTRATOR_USER),
			ignoreSslIssues: options.tls === true,
		},
		bitrix24WebhookApi: {
			secretUrl: portal.webhookUrl,
			applicationToken: portal.applicationToken,
			ignoreSslIssues: options.tls === true,
		},
	});
};

beforeEach(async () => await open());
afterEach(async () => await portal.close());

const node = (name: string, type: string, parameters: IDataObject): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: parameters as INode['parameters'],
	webhookId: '0f4a6f4e-7e1b-4c55-9f0e-8f2f0a1c9d11',
	credentials: {
		bitrix24OAuth2Api: { id: 'application', name: 'Приложение' },
		bitrix24WebhookApi: { id: 'webhook', name: 'Вебхук' },
	},
});

const workflow = (...nodes: INode[]): IWorkflowBase => ({
	id: 'application',
	name: 'Приложение',
	active: true,
	isArchived: false,
	activeVersionId: null,
	createdAt: new Date(0),
	updatedAt: new Date(0),
	nodes: [node('Запустить', 'n8n-nodes-base.manualTrigger', {}), ...nodes],
	connections: { Запустить: { main: [[{ node: 'Битрикс24', type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
});

/** One Bitrix24 node, by the application unless it is told otherwise. */
const bitrix24 = (parameters: IDataObject): RunningWorkflow =>
	new RunningWorkflow(
		workflow(
			node('Битрикс24', 'n8n-nodes-bitrix24-1c.bitrix24', {
				authentication: 'oAuth2',
				...parameters,
			}),
		),
		credentials,
	);

const runs = async (parameters: IDataObject, items: IDataObject[] = [{}]): Promise<Finished> =>
	await bitrix24(parameters).runs(
		'Запустить',
		items.map((json) => ({ json })),
	);

const call = (method: string, parameters: IDataObject = {}): IDataObject => ({
	resource: 'method',
	operation: 'call',
	method,
	parameters: JSON.stringify(parameters),
});

const renewals = (): number =>
	portal.requests.filter(({ method }) => method === 'oauth/token').length;

/** Another n8n process asks for new tokens with those that are stored. */
const otherProcessRenews = async (): Promise<IDataObject> => {
	const stored = credentials.stored('bitrix24OAuth2Api');
	const query = new URLSearchParams({
		grant_type: 'refresh_token',
		client_id: application.clientId,
		client_secret: application.clientSecret,
		refresh_token: (stored.oauthTokenData as { refresh_token: string }).refresh_token,
	});
	const response = await fetch(`${portal.oauthOrigin}/oauth/token/?${query}`);
	return (await response.json()) as IDataObject;
};

const store = (oauthTokenData: IDataObject): void => {
	credentials.stored('bitrix24OAuth2Api').oauthTokenData = oauthTokenData;
};

const storedTokens = (): Record<string, string> =>
	credentials.stored('bitrix24OAuth2Api').oauthTokenData as Record<string, string>;

/** A server of somebody else; it counts who comes. */
const stranger = async (
	redirectsTo?: string,
): Promise<{ origin: string; visits: string[]; close: () => void }> => {
	const visits: string[] = [];
	const server = createServer((request, response) => {
		visits.push(String(request.url));
		if (redirectsTo) response.writeHead(302, { location: `${redirectsTo}${request.url}` });
		response.end();
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const { port } = server.address() as AddressInfo;
	return { origin: `http://127.0.0.1:${port}`, visits, close: () => server.close() };
};

const profile = { authentication: 'oAuth2', ...call('profile') };
const webhookProfile = { authentication: 'webhook', ...call('profile') };

describe('the connection of an application', () => {
	test('is used where a webhook was', async () => {
		const deal = portal.manager.createsDeal({ title: 'Столы' });
		const run = await runs({ resource: 'deal', operation: 'get', dealId: String(deal) });
		expect(run.error).toBeUndefined();
		expect(run.items('Битрикс24')).toMatchObject([{ dealId: deal, title: 'Столы' }]);
		expect(portal.requests.every(({ userId }) => userId === ADMINISTRATOR_USER)).toBe(true);
	});

	test('a node from before the choice goes on with its webhook', async () => {
		const run = await runs({ ...call('profile'), authentication: undefined });
		expect(run.items('Битрикс24')).toMatchObject([{ result: { ID: '1' } }]);
	});

	test('sets a portal up', async () => {
		const file = workflowFile('portal-setup.json');
		const step = file.nodes.find(({ name }) => name === 'Поля и стадии');
		Object.assign(step?.parameters ?? {}, { authentication: 'oAuth2', dryRun: false });
		Object.assign(step ?? {}, { credentials: node('', '', {}).credentials });
		const run = await new RunningWorkflow(file, credentials).runs('Запустить', [{ json: {} }]);
		expect(run.error).toBeUndefined();
		expect(portal.sees.stages('DEAL_STAGE').map(({ name }) => name)).toContain('Счет в 1С');
	});

	test('fills the pick-lists of the tables', async () => {
		for (const type of ['dealStageMap', 'oneCStatusMap']) {
			const table = new RunningWorkflow(
				workflow(node('Битрикс24', `n8n-nodes-bitrix24-1c.${type}`, { authentication: 'oAuth2' })),
				credentials,
			);
			expect(await table.choices('Битрикс24', 'getPipelines')).toMatchObject([{ value: '0' }]);
		}
		expect(portal.requests.every(({ userId }) => userId === ADMINISTRATOR_USER)).toBe(true);
	});

	test('is renewed when its hour is over, in the middle of a run, and nothing is done twice', async () => {
		const before = storedTokens();
		portal.levers.expiresTokens();
		const run = await runs(call('crm.item.add', { entityTypeId: 2, fields: { title: 'Новая' } }), [
			{},
			{},
			{},
		]);
		expect(run.error).toBeUndefined();
		expect(run.items('Битрикс24')).toHaveLength(3);
		expect(renewals()).toBe(1);
		expect(portal.requests.filter(({ status }) => status === 401)).toHaveLength(1);
		expect(storedTokens().access_token).not.toBe(before.access_token);
		expect(storedTokens().refresh_token).not.toBe(before.refresh_token);
	});

	test('is renewed on no other refusal', async () => {
		portal.levers.failsNext('profile', 401, 'NO_AUTH_FOUND', 'Wrong authorization data');
		const run = await runs(profile);
		expect(run.error).toContain('NO_AUTH_FOUND');
		expect(run.remedy).toContain('connected again');
		expect(renewals()).toBe(0);
	});

	test.each(['NO_AUTH_FOUND', 'invalid_token'] as const)(
		'that the portal has forgotten (%s) is told or renewed, as the portal says',
		async (unknownToken) => {
			portal.switches.unknownToken = unknownToken;
			store({ ...storedTokens(), access_token: 'forgotten' });
			const run = await runs(profile);
			expect(run.error === undefined).toBe(unknownToken === 'invalid_token');
			expect(renewals()).toBe(unknownToken === 'invalid_token' ? 1 : 0);
		},
	);

	test('is renewed once by two executions at a time', async () => {
		portal.levers.expiresTokens();
		const both = await Promise.all([runs(profile), runs(profile)]);
		expect(both.map(({ error }) => error)).toEqual([undefined, undefined]);
		expect(renewals()).toBe(1);
		now += HOUR;
		expect((await runs(profile)).error).toBeUndefined();
		expect(renewals()).toBe(2);
	});

	test('is not given up when another process was quicker and has not stored its tokens yet', async () => {
		portal.levers.expiresTokens();
		const renewed = { ...storedTokens(), ...(await otherProcessRenews()) };
		const running = runs(profile);
		setTimeout(() => store(renewed), 150);
		expect((await running).error).toBeUndefined();
		expect(storedTokens()).toEqual(renewed);
	});

	test.each([400, 401] as const)(
		'that was taken back is told with its remedy, when the server answers %d',
		async (oauthErrorStatus) => {
			portal.switches.oauthErrorStatus = oauthErrorStatus;
			portal.levers.expiresTokens();
			portal.levers.expiresRefreshTokens();
			const run = await runs(profile);
			expect(run.error).toContain('no longer accepts the application');
			expect(run.remedy).toContain('connect it again');
		},
	);

	test('that was never made is told before anything is sent', async () => {
		delete credentials.stored('bitrix24OAuth2Api').oauthTokenData;
		const run = await runs(profile);
		expect(run.error).toContain('not connected');
		expect(run.remedy).toContain('connect it again');
		expect(portal.requests).toEqual([]);
	});

	test('shows its secrets in no output and no error', async () => {
		const secrets = [application.clientSecret, ...Object.values(connectionSecrets())];
		const records = [await runs(call('app.info')), await runs(call('app.option.get'))];
		portal.levers.losesNextAnswer('crm.item.add');
		records.push(await runs(call('crm.item.add', { entityTypeId: 2, fields: {} })));
		portal.levers.expiresTokens();
		portal.levers.failsNext('oauth/token', 500, 'broken', 'broken');
		records.push(await runs(call('user.current')));
		portal.levers.expiresRefreshTokens();
		records.push(await runs(call('user.current')));
		secrets.push(...Object.values(connectionSecrets()));
		expect(records.slice(2).every(({ error }) => error)).toBe(true);
		const text = records.map(({ record }) => record).join();
		expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
	});
});

const connectionSecrets = (): { access: string; refresh: string } => ({
	access: storedTokens().access_token,
	refresh: storedTokens().refresh_token,
});

describe('a portal of one’s own', () => {
	test('may live in a folder of its server', async () => {
		const server = createServer((request, response) => {
			const target = `${portal.origin}${String(request.url).replace(/^\/crm/, '')}`;
			request.pipe(
				requestTo(target, { method: 'POST', headers: request.headers }, (answer) => {
					response.writeHead(answer.statusCode ?? 500, answer.headers);
					answer.pipe(response);
				}),
			);
		});
		await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
		const folder = `http://127.0.0.1:${(server.address() as AddressInfo).port}/crm`;
		const { pathname } = new URL(portal.webhookUrl);
		credentials.stored('bitrix24WebhookApi').secretUrl = `${folder}${pathname}`;
		store({ ...storedTokens(), client_endpoint: `${folder}/rest/` });
		expect((await runs(webhookProfile)).items('Битрикс24')).toMatchObject([
			{ result: { ID: '1' } },
		]);
		expect((await runs(profile)).items('Битрикс24')).toMatchObject([{ result: { ID: '3' } }]);
		server.close();
	});

	test('under a certificate nobody knows is reached only when that is allowed', async () => {
		await portal.close();
		await open({ tls: true });
		expect((await runs(profile)).error).toBeUndefined();
		expect((await runs(webhookProfile)).error).toBeUndefined();
		credentials.stored('bitrix24OAuth2Api').ignoreSslIssues = false;
		credentials.stored('bitrix24WebhookApi').ignoreSslIssues = false;
		for (const parameters of [profile, webhookProfile]) {
			const run = await runs(parameters);
			expect(run.error).toContain('CERT');
			expect(run.remedy).toContain('Ignore SSL Issues');
		}
	});
});

describe('a portal that was renamed', () => {
	test('is found again by its application, at the address the authorization server tells', async () => {
		await portal.levers.renamesPortal();
		const run = await runs(call('crm.item.add', { entityTypeId: 2, fields: { title: 'Новая' } }));
		expect(run.error).toBeUndefined();
		expect(storedTokens().client_endpoint).toBe(`${portal.origin}/rest/`);
		expect((await runs(call('crm.item.list', { entityTypeId: 2 }))).error).toBeUndefined();
		expect(renewals()).toBe(1);
	});

	test('is told to whoever uses a webhook, without the secret', async () => {
		const secret = new URL(portal.webhookUrl).pathname.split('/')[3];
		await portal.levers.renamesPortal();
		const run = await runs(webhookProfile);
		expect(run.error).toContain(portal.origin);
		expect(run.remedy).toContain('new address');
		expect(run.record).not.toContain(secret);
	});

	test('whose old name somebody else has taken gives nothing away', async () => {
		const thief = await stranger();
		const oldName = await stranger(thief.origin);
		store({ ...storedTokens(), client_endpoint: `${oldName.origin}/rest/` });
		credentials.stored('bitrix24WebhookApi').secretUrl = `${oldName.origin}/rest/1/secret/`;
		expect((await runs(profile)).error).toBeUndefined();
		expect((await runs(webhookProfile)).error).toContain(thief.origin);
		expect(thief.visits).toEqual([]);
		thief.close();
		oldName.close();
	});
});

const TAB = 'CRM_DEAL_DETAIL_TAB';
const PAGE = 'https://n8n.example.test/webhook/picker';

/** The example workflow as whoever installs the application has filled it in. */
const install = (change: IDataObject): RunningWorkflow => {
	const file = workflowFile('app-install.json');
	const step = file.nodes.find(({ name }) => name === 'Вкладка «1С»');
	Object.assign(step?.parameters ?? {}, { handler: PAGE }, change);
	return new RunningWorkflow(file, credentials);
};

const installs = async (change: IDataObject): Promise<unknown[]> => {
	const run = await install(change).runs('Запустить', [{ json: {} }]);
	expect(run.error).toBeUndefined();
	return run.items('Вкладка «1С»').map(({ handler, state }) => [handler, state]);
};

const bound = async (): Promise<unknown[]> =>
	(await runs({ resource: 'app', operation: 'getPlacements' }))
		.items('Битрикс24')
		.map(({ handler, title }) => [handler, title]);

describe('the tab in the deal card', () => {
	test('is said first, bound then, and found the next time', async () => {
		expect(await installs({})).toEqual([[PAGE, 'missing']]);
		expect(await bound()).toEqual([]);
		expect(await installs({ dryRun: false })).toEqual([[PAGE, 'bound']]);
		expect(await installs({ dryRun: false })).toEqual([[PAGE, 'exists']]);
		expect(await bound()).toEqual([[PAGE, '1С']]);
	});

	test('moves with n8n and takes another title', async () => {
		await installs({ dryRun: false });
		const moved = `${PAGE}-2`;
		expect(await installs({ handler: moved })).toEqual([
			[PAGE, 'superfluous'],
			[moved, 'missing'],
		]);
		await installs({ handler: moved, dryRun: false });
		await installs({ handler: moved, title: '1С: Торговля', dryRun: false });
		expect(await bound()).toEqual([[moved, '1С: Торговля']]);
	});

	test('is bound once, also when the answer is lost', async () => {
		portal.levers.losesNextAnswer('placement.bind');
		expect(await installs({ dryRun: false })).toEqual([[PAGE, 'bound']]);
		expect(await bound()).toHaveLength(1);
	});

	test('opens the page for whoever opens the card', async () => {
		const page = await stranger();
		await installs({ handler: `${page.origin}/picker`, dryRun: false });
		const deal = portal.manager.createsDeal({ title: 'Столы' });
		await portal.people.opensPlacement({ user: MANAGER_USER, placement: TAB, id: deal });
		expect(page.visits).toEqual([expect.stringContaining('/picker?DOMAIN=')]);
		page.close();
	});

	test('is taken away again', async () => {
		await installs({ dryRun: false });
		const run = await runs({ resource: 'app', operation: 'unbindPlacement', placement: TAB });
		expect(run.items('Битрикс24')).toMatchObject([{ handler: PAGE, state: 'unbound' }]);
		expect(await bound()).toEqual([]);
	});

	test('is refused to whoever is no administrator, with the remedy', async () => {
		store(tokensFor(portal, application, MANAGER_USER));
		const run = await install({ dryRun: false }).runs('Запустить', [{ json: {} }]);
		expect(run.error).toContain('placement.bind');
		expect(run.remedy).toContain('administrator');
	});

	test('cannot stand at an address that is none', async () => {
		const run = await install({ handler: 'picker' }).runs('Запустить', [{ json: {} }]);
		expect(run.error).toContain('Address: must be an address');
	});
});

describe('what only an application may do', () => {
	test.each(['getInfo', 'getPlacements', 'getEvents'])(
		'%s is refused to a webhook, with the remedy',
		async (operation) => {
			const run = await runs({ authentication: 'webhook', resource: 'app', operation });
			expect(run.error).toContain('refused');
			expect(run.remedy).toContain('OAuth2 API credential');
		},
	);

	test('it says what it is allowed', async () => {
		const run = await runs({ resource: 'app', operation: 'getInfo' });
		expect(run.items('Битрикс24')).toMatchObject([
			{
				installed: true,
				eventQueue: true,
				queueNames: true,
				scopes: expect.arrayContaining(['crm']) as string[],
			},
		]);
	});

	test('it binds events and unbinds them', async () => {
		const event = { resource: 'app', event: 'ONCRMLEADADD', delivery: 'online', handler: PAGE };
		for (const state of ['bound', 'exists']) {
			const run = await runs({ ...event, operation: 'bindEvent' });
			expect(run.items('Битрикс24')).toMatchObject([{ event: 'ONCRMLEADADD', state }]);
		}
		const offline = { ...event, delivery: 'offline' };
		await runs({ ...offline, operation: 'bindEvent' });
		const list = await runs({ resource: 'app', operation: 'getEvents' });
		expect(list.items('Битрикс24')).toEqual([
			{ event: 'ONCRMLEADADD', handler: PAGE, offline: false },
			{ event: 'ONCRMLEADADD', handler: '', offline: true },
		]);
		for (const one of [event, offline]) await runs({ ...one, operation: 'unbindEvent' });
		const none = await runs({ resource: 'app', operation: 'getEvents' });
		expect(none.items('Битрикс24')).toEqual([]);
	});

	test('its places and events are pick-lists', async () => {
		const editor = bitrix24({ resource: 'app' });
		const has = async (list: string, value: string): Promise<boolean> =>
			(await editor.choices('Битрикс24', list)).some((choice) => choice.value === value);
		expect(await has('getPlacements', TAB)).toBe(true);
		expect(await has('getEvents', 'ONCRMDEALMOVETOCATEGORY')).toBe(true);
	});
});

const TRIGGER = 'Битрикс24 сообщает';

/** A published workflow that starts with the trigger and looks at deals through a table. */
const listening = (parameters: IDataObject, memory: IDataObject = {}): RunningWorkflow => {
	const trigger = node(TRIGGER, 'n8n-nodes-bitrix24-1c.bitrix24Trigger', {
		authentication: 'oAuth2',
		...parameters,
	});
	const table = node('Таблица', 'n8n-nodes-bitrix24-1c.dealStageMap', {
		authentication: 'oAuth2',
		pipeline: '0',
		table: 'custom',
		rows: { row: [{ stage: 'EXECUTING', document: 'order' }] },
	});
	const file = workflow(trigger, table);
	file.connections[TRIGGER] = { main: [[{ node: 'Таблица', type: 'main', index: 0 }]] };
	return new RunningWorkflow(file, credentials, memory);
};

const EVERY_EVENT = { mode: 'appEvents', startFor: 'events' };

const handlers = async (): Promise<unknown[]> =>
	(await runs({ resource: 'app', operation: 'getEvents' }))
		.items('Битрикс24')
		.map(({ event, offline }) => (offline ? `${event} offline` : event));

describe('events of the application', () => {
	let heard: RunningWorkflow;
	let door: Door;

	const publish = async (parameters: IDataObject): Promise<void> => {
		heard = listening(parameters);
		door = await openDoor(heard, TRIGGER);
		await heard.publishes(TRIGGER);
	};

	const started = (): IDataObject[] => door.calls.flatMap(({ run }) => run?.items(TRIGGER) ?? []);

	afterEach(async () => await door.close());

	test('are subscribed to when the workflow is published, once, and no longer afterwards', async () => {
		await publish({ mode: 'appEvents' });
		await heard.publishes(TRIGGER);
		expect(await handlers()).toEqual([
			'ONCRMDEALADD',
			'ONCRMDEALUPDATE',
			'ONCRMDEALMOVETOCATEGORY',
		]);
		await heard.unpublishes(TRIGGER);
		expect(await handlers()).toEqual([]);
	});

	test('that are no longer chosen are unsubscribed, those of others stay', async () => {
		await publish({ ...EVERY_EVENT, events: ['ONCRMLEADADD', 'ONCRMDEALADD'] });
		const other = listening({ ...EVERY_EVENT, events: ['ONCRMCOMPANYADD'] });
		const otherDoor = await openDoor(other, TRIGGER);
		await other.publishes(TRIGGER);
		const changed = listening({ ...EVERY_EVENT, events: ['ONCRMLEADADD'] });
		changed.address = heard.address;
		await changed.publishes(TRIGGER);
		expect(await handlers()).toEqual(['ONCRMLEADADD', 'ONCRMCOMPANYADD']);
		await otherDoor.close();
	});

	test('start the workflow for a deal that lacks its document, moves between pipelines included', async () => {
		await publish({ mode: 'appEvents' });
		const other = portal.admin.addsPipeline('Опт');
		const deal = portal.manager.createsDeal({ title: 'Столы', pipeline: other });
		await door.hears(1);
		expect(started()).toEqual([]);
		portal.manager.movesToPipeline(deal, 0, 'EXECUTING');
		await door.hears(2);
		expect(started()).toMatchObject([{ dealId: deal, stageId: 'EXECUTING', document: 'order' }]);
	});

	test('of any kind are passed on with what they are about', async () => {
		await publish({ ...EVERY_EVENT, events: ['ONCRMDEALUPDATE', 'ONCRMCOMPANYADD'] });
		const company = portal.admin.addsCompany({ title: 'ООО «Лютик»' });
		await door.hears(1);
		const deal = portal.manager.createsDeal({ title: 'Столы' });
		portal.manager.writes(deal, { title: 'Стулья' });
		await door.hears(2);
		const time = new Date(now).toISOString();
		expect(started()).toEqual([
			{ event: 'ONCRMCOMPANYADD', entity: 'company', action: 'add', id: company, time },
			{ event: 'ONCRMDEALUPDATE', entity: 'deal', action: 'update', id: deal, dealId: deal, time },
		]);
	});

	test.each([
		['plain', 'ONCRMDYNAMICITEMUPDATE'],
		['suffixed', 'ONCRMDYNAMICITEMUPDATE_31'],
	] as const)('tell smart invoices apart where their names are %s', async (names, event) => {
		portal.switches.invoiceEventNames = names;
		await publish({ ...EVERY_EVENT, events: [event] });
		const added = await runs(call('crm.item.add', { entityTypeId: 31, fields: { title: 'Счет' } }));
		const { item } = added.items('Битрикс24')[0].result as {
			item: { id: number; categoryId: number };
		};
		portal.manager.movesInvoice(item.id, `DT31_${item.categoryId}:P`);
		await door.hears(1);
		expect(started()).toMatchObject([
			{ event, entity: 'invoice', entityTypeId: 31, action: 'update', id: item.id },
		]);
	});

	test('come from the portal of the credential only', async () => {
		await publish({ ...EVERY_EVENT, events: ['ONCRMDEALADD'] });
		portal.manager.createsDeal({ title: 'Столы' });
		await door.hears(1);
		const event = {
			event: 'ONCRMDEALADD',
			'data[FIELDS][ID]': '7',
			ts: '1795507200',
			'auth[member_id]': portal.memberId,
			'auth[application_token]': application.applicationToken,
		};
		const key = new URL(
			String(
				(await runs({ resource: 'app', operation: 'getEvents' })).items('Битрикс24')[0].handler,
			),
		).searchParams.get('key');
		const says = async (body: IDataObject, query: IDataObject): Promise<number> =>
			(await heard.receives(TRIGGER, body, query)).status;
		expect(await says(event, { key })).toBe(200);
		expect(await says(event, {})).toBe(403);
		expect(await says(event, { key: 'guessed' })).toBe(403);
		expect(await says({ ...event, 'auth[application_token]': 'guessed' }, { key })).toBe(403);
		expect(await says({ ...event, 'auth[member_id]': 'other' }, { key })).toBe(403);
		expect(await says({}, { key })).toBe(403);
		expect(JSON.stringify(heard.memory)).not.toContain(application.applicationToken);
	});
});

describe('an outgoing webhook', () => {
	test('passes every event on, if that is wanted', async () => {
		const webhook = { authentication: 'webhook', mode: 'webhook', startFor: 'events' };
		const hearing = listening(webhook);
		const door = await openDoor(hearing, TRIGGER);
		portal.admin.addsOutgoingWebhook({ url: hearing.address, events: ['ONCRMDEALADD'] });
		const deal = portal.manager.createsDeal({ title: 'Столы' });
		await door.hears(1);
		expect(door.calls.flatMap(({ run }) => run?.items(TRIGGER) ?? [])).toMatchObject([
			{ entity: 'deal', action: 'add', dealId: deal },
		]);
		await door.close();
	});

	test.each([
		{ authentication: 'oAuth2', mode: 'webhook' },
		{ authentication: 'webhook', mode: 'appQueue' },
	])('and its kin are refused where they cannot work: %o', async (parameters) => {
		await expect(listening(parameters).polls(TRIGGER)).rejects.toThrow('does not fit');
	});
});

describe('the event queue of the application', () => {
	const QUEUE = { mode: 'appQueue', events: ['ONCRMDEALADD', 'ONCRMDEALUPDATE'] };

	const polls = async (queue: RunningWorkflow): Promise<unknown[]> => {
		now += 60_000;
		const run = await queue.polls(TRIGGER);
		return (run?.items(TRIGGER) ?? []).map(({ action, dealId }) => [action, dealId]);
	};

	test('keeps what happens while n8n is down', async () => {
		const before = listening(QUEUE);
		expect(await polls(before)).toEqual([]);
		expect(await handlers()).toEqual(['ONCRMDEALADD offline', 'ONCRMDEALUPDATE offline']);
		const deals = [1, 2, 3].map((number) => portal.manager.createsDeal({ title: `${number}` }));
		portal.manager.writes(deals[0], { title: 'Стулья' });
		const after = listening(QUEUE, before.memory);
		expect(await polls(after)).toEqual([
			...deals.map((deal) => ['add', deal]),
			['update', deals[0]],
		]);
		expect(await polls(after)).toEqual([]);
	});

	test('gives again what was taken by an n8n that was killed before it had started anything', async () => {
		const killed = listening(QUEUE);
		await polls(killed);
		const { memory } = killed;
		const deal = portal.manager.createsDeal({ title: 'Столы' });
		expect(await polls(killed)).toEqual([['add', deal]]);
		const next = listening(QUEUE, memory);
		expect(await polls(next)).toEqual([['add', deal]]);
		expect(await polls(next)).toEqual([]);
	});

	test('is emptied to the end after a long night', async () => {
		const queue = listening(QUEUE);
		await polls(queue);
		for (let number = 0; number < 120; number += 1) {
			portal.manager.createsDeal({ title: `${number}` });
		}
		expect(await polls(queue)).toHaveLength(120);
		expect(await polls(queue)).toEqual([]);
	});

	test('is only looked at when somebody tries the trigger by hand', async () => {
		const queue = listening(QUEUE);
		await polls(queue);
		const deal = portal.manager.createsDeal({ title: 'Столы' });
		const looked = await queue.polls(TRIGGER, 'manual');
		expect(looked?.items(TRIGGER)).toMatchObject([{ dealId: deal }]);
		expect(await polls(queue)).toEqual([['add', deal]]);
	});

	test('loses nothing when answers get lost', async () => {
		const queue = listening(QUEUE);
		await polls(queue);
		const deal = portal.manager.createsDeal({ title: 'Столы' });
		portal.levers.losesNextAnswer('event.offline.get');
		expect(await polls(queue)).toEqual([['add', deal]]);
		const next = portal.manager.createsDeal({ title: 'Стулья' });
		portal.levers.losesNextAnswer('event.offline.clear');
		expect(await polls(queue)).toEqual([['add', next]]);
		expect(await polls(queue)).toEqual([]);
	});

	test('leaves events of others alone', async () => {
		const deals = listening({ mode: 'appQueue', events: ['ONCRMDEALADD'] });
		const companies = listening({ mode: 'appQueue', events: ['ONCRMCOMPANYADD'] });
		await polls(deals);
		await polls(companies);
		portal.admin.addsCompany({ title: 'ООО «Лютик»' });
		const deal = portal.manager.createsDeal({ title: 'Столы' });
		expect(await polls(deals)).toEqual([['add', deal]]);
		expect(await polls(companies)).toHaveLength(1);
	});

	test('with a name does not bring back what the credential has changed itself', async () => {
		credentials.stored('bitrix24OAuth2Api').connector = 'n8n';
		const queue = listening(QUEUE);
		await polls(queue);
		const deal = portal.manager.createsDeal({ title: 'Столы' });
		expect(await polls(queue)).toEqual([['add', deal]]);
		const update = { resource: 'deal', operation: 'update', dealId: String(deal) };
		const fields = { field: [{ name: 'title', value: 'Стулья' }] };
		expect((await runs({ ...update, fields })).error).toBeUndefined();
		expect(portal.sees.deal(deal).title).toBe('Стулья');
		expect(await polls(queue)).toEqual([]);
		portal.manager.writes(deal, { title: 'Кресла' });
		expect(await polls(queue)).toEqual([['update', deal]]);
	});

	test('that the plan does not include is told with the remedy', async () => {
		const queue = listening(QUEUE);
		await polls(queue);
		portal.levers.failsNext(
			'event.offline.get',
			403,
			'WRONG_LICENSE',
			'This feature is not enabled',
		);
		const refusal = queue.polls(TRIGGER).catch((error: unknown) => error);
		expect(await refusal).toMatchObject({ description: expect.stringContaining('plan') as string });
	});
});

test('what an n8n process gave a moment before it ended is given once more by the next', async () => {
	const client = new Bitrix24Client(
		portal.domain,
		async (request) =>
			await axiosHttp(`${portal.origin}/rest/`)({
				...request,
				body: JSON.stringify({
					...(JSON.parse(request.body ?? '{}') as object),
					auth: storedTokens().access_token,
				}),
			}),
		standingClock(),
	);
	const take = async (memory: QueueMemory, process: string) =>
		await takeFromQueue(client, ['ONCRMDEALADD'], memory, process);
	const { memory: empty } = await take({}, 'first');
	portal.manager.createsDeal({ title: 'Столы' });
	const first = await take(empty, 'first');
	const second = await take(first.memory, 'second');
	const third = await take(second.memory, 'third');
	expect([first, second, third].map(({ events }) => events.length)).toEqual([1, 1, 0]);
});
