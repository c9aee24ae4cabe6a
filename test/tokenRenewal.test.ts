/** The application's tokens when their renewal goes wrong: an answer that is lost, n8n killed in between, consent taken back. */
import type { IDataObject, INode, IWorkflowBase } from 'n8n-workflow';
import {
	ADMINISTRATOR_USER,
	openPortal,
	type Portal,
	type PortalSwitches,
	type RegisteredApplication,
} from './standins/bitrix24/portal';
import { APPLICATION } from './support/throughApplication';
import { applicationCredential, tokensFor } from './support/application';
import { endsPretending, pretendsTime } from './support/clock';
import { Credentials } from './support/credentials';
import { openDoor, type Door } from './support/door';
import { RunningWorkflow } from './support/engine';

jest.setTimeout(20_000);

const MINUTE = 60_000;

const TRIGGER = 'Сделки ждут документ';
const NODE = 'Битрикс24';

let portal: Portal;
let application: RegisteredApplication;
let credentials: Credentials;
let workflow: RunningWorkflow;
let door: Door | undefined;

const node = (name: string, type: string, parameters: IDataObject): INode =>
	({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: { authentication: 'oAuth2', ...parameters },
		webhookId: '0f4a6f4e-7e1b-4c55-9f0e-8f2f0a1c9d11',
		credentials: { bitrix24OAuth2Api: APPLICATION },
	}) as INode;

/** A trigger that looks for deals without a document, or hears of them, and a node that asks who it is. */
const published = (trigger: IDataObject = {}): RunningWorkflow =>
	new RunningWorkflow(
		{
			id: 'w',
			name: 'w',
			active: true,
			nodes: [
				node(TRIGGER, 'n8n-nodes-bitrix24-1c.bitrix24Trigger', trigger),
				node('Таблица', 'n8n-nodes-bitrix24-1c.dealStageMap', {
					pipeline: '0',
					table: 'custom',
					rows: { row: [{ stage: 'EXECUTING', document: 'order' }] },
				}),
				node('Запустить', 'n8n-nodes-base.manualTrigger', {}),
				node(NODE, 'n8n-nodes-bitrix24-1c.bitrix24', {
					resource: 'method',
					operation: 'call',
					method: 'profile',
					parameters: '{}',
				}),
			],
			connections: {
				[TRIGGER]: { main: [[{ node: 'Таблица', type: 'main', index: 0 }]] },
				Запустить: { main: [[{ node: NODE, type: 'main', index: 0 }]] },
			},
			settings: { executionOrder: 'v1' },
			createdAt: new Date(0),
			updatedAt: new Date(0),
		} as unknown as IWorkflowBase,
		credentials,
	);

const open = async (switches: Partial<PortalSwitches> = {}): Promise<void> => {
	portal = await openPortal({ now: () => Date.now(), switches });
	application = portal.admin.registersApplication({
		scopes: ['crm'],
		handler: 'https://n8n.example.test/rest/oauth2-credential/callback',
		onlyApi: true,
	});
	credentials = new Credentials({
		bitrix24OAuth2Api: applicationCredential(portal, application, ADMINISTRATOR_USER),
	});
	workflow = published();
};

beforeEach(() => pretendsTime());
afterEach(async () => {
	await door?.close();
	door = undefined;
	await portal.close();
	endsPretending();
});

const works = async (): Promise<string | undefined> =>
	(await workflow.runs('Запустить', [{ json: {} }])).error;

const stored = (): Record<string, string> =>
	credentials.stored('bitrix24OAuth2Api').oauthTokenData as Record<string, string>;

/** A person presses "Connect my account". */
const connects = (): void => {
	credentials.stored('bitrix24OAuth2Api').oauthTokenData = tokensFor(
		portal,
		application,
		ADMINISTRATOR_USER,
	);
};

const renewals = (): number =>
	portal.requests.filter(({ method }) => method === 'oauth/token').length;

/** n8n is killed when it has its new tokens and has not stored them: the next one finds the old ones. */
const isKilledWhileRenewing = async (): Promise<void> => {
	const before = stored();
	portal.levers.expiresTokens();
	expect(await works()).toBeUndefined();
	credentials.stored('bitrix24OAuth2Api').oauthTokenData = before;
	portal.levers.expiresTokens();
};

/** What a trigger says in so many minutes, one poll a minute. */
const said = async (minutes: number): Promise<Array<{ minute: number; message: string }>> => {
	const errors: Array<{ minute: number; message: string }> = [];
	for (let minute = 1; minute <= minutes; minute += 1) {
		jest.setSystemTime(Date.now() + MINUTE);
		await workflow.polls(TRIGGER).catch(({ message }: Error) => errors.push({ minute, message }));
	}
	return errors;
};

const demands = (): number => {
	const deal = portal.manager.createsDeal({ title: 'Столы' });
	portal.manager.moves(deal, 'EXECUTING');
	return deal;
};

describe('an n8n that was killed between the renewal and the storing of the tokens', () => {
	test('goes on with the old refresh token where the portal still takes it', async () => {
		await open({ usedRefreshToken: 'accepted' });
		await isKilledWhileRenewing();
		const deal = demands();
		const run = await workflow.polls(TRIGGER);
		expect(run?.items(TRIGGER)).toMatchObject([{ dealId: deal }]);
		expect(await works()).toBeUndefined();
	});

	test.each(['lives', 'ends'] as const)(
		'says which credential to connect again where it is worthless (the access token %s)',
		async (accessAfterRenewal) => {
			await open({ accessAfterRenewal, unknownToken: 'invalid_token' });
			await isKilledWhileRenewing();
			const run = await workflow.runs('Запустить', [{ json: {} }]);
			expect(run.error).toContain(`the credential "${APPLICATION.name}" could not be renewed`);
			expect(run.remedy).toContain('Connect my account');
		},
	);

	test('says it with growing pauses, and asks for tokens no oftener', async () => {
		await open();
		await isKilledWhileRenewing();
		const before = renewals();
		const errors = await said(180);
		expect(errors.map(({ minute }) => minute)).toEqual([1, 2, 4, 8, 16, 32, 64, 124]);
		expect(new Set(errors.map(({ message }) => message)).size).toBe(1);
		expect(renewals() - before).toBe(8);
	});

	test('fails every execution that cannot go on without the portal, without asking for tokens', async () => {
		await open();
		await isKilledWhileRenewing();
		await said(1);
		const before = renewals();
		for (let times = 0; times < 5; times += 1) {
			expect(await works()).toContain('no longer accepts the application');
		}
		expect(renewals()).toBe(before);
	});

	test('goes on by itself within a minute after somebody has connected it again', async () => {
		await open();
		await isKilledWhileRenewing();
		await said(100);
		const deal = demands();
		connects();
		jest.setSystemTime(Date.now() + MINUTE);
		const run = await workflow.polls(TRIGGER);
		expect(run?.items(TRIGGER)).toMatchObject([{ dealId: deal }]);
	});
});

describe('an answer of the authorization server that is lost', () => {
	test('is asked for again at once, where the old refresh token is still taken', async () => {
		await open({ usedRefreshToken: 'accepted' });
		portal.levers.expiresTokens();
		portal.levers.losesNextAnswer('oauth/token');
		expect(await works()).toBeUndefined();
		expect(renewals()).toBe(2);
	});

	test('is told with its remedy, where it is worthless', async () => {
		await open();
		portal.levers.expiresTokens();
		portal.levers.losesNextAnswer('oauth/token');
		expect(await works()).toContain('no longer accepts the application');
		connects();
		expect(await works()).toBeUndefined();
	});
});

describe('an authorization server that does not serve', () => {
	test('is no reason to connect anything again: the next look finds it back', async () => {
		await open();
		portal.levers.expiresTokens();
		portal.levers.failsNext('oauth/token', 500, 'INTERNAL_SERVER_ERROR', 'broken', 6);
		const errors = await said(5);
		expect(errors.map(({ minute }) => minute)).toEqual([1, 2, 3]);
		expect(errors[0].message).toContain('The authorization server of Bitrix24 failed');
		expect(await works()).toBeUndefined();
	});

	test('and so leaves good tokens unconfirmed is waited for, and nothing is renewed', async () => {
		await open();
		portal.levers.losesAuthorizationServer(3);
		expect(await works()).toBeUndefined();
		expect(renewals()).toBe(0);
		portal.levers.losesAuthorizationServer(4);
		const run = await workflow.runs('Запустить', [{ json: {} }]);
		expect(run.error).toContain('authorization_error');
		expect(run.remedy).toContain('nothing has to be connected again');
		expect(await works()).toBeUndefined();
		expect(renewals()).toBe(0);
	});

	test.each([
		['PAYMENT_REQUIRED', 'plan of the portal'],
		['invalid_client', 'client_secret'],
	])('because of %s says what to do', async (code, remedy) => {
		await open();
		portal.levers.expiresTokens();
		portal.levers.failsNext('oauth/token', 401, code, 'No');
		const run = await workflow.runs('Запустить', [{ json: {} }]);
		expect(run.error).toContain(code);
		expect(run.remedy).toContain(remedy);
	});
});

describe('a token that was replaced by somebody else', () => {
	test('and is unknown to the portal since is read again, without any renewal', async () => {
		await open({ accessAfterRenewal: 'ends' });
		const before = stored();
		portal.levers.expiresTokens();
		await works();
		const after = stored();
		const [count, once] = [renewals(), credentials.stored('bitrix24OAuth2Api')];
		let reads = 0;
		Object.defineProperty(once, 'oauthTokenData', {
			get: () => ((reads += 1) <= 2 ? before : after),
			configurable: true,
		});
		expect(await works()).toBeUndefined();
		expect(renewals()).toBe(count);
	});
});

describe('n8n starts again', () => {
	test.each(['poll', 'appEvents'])('without waiting for the portal: %s', async (mode) => {
		await open();
		workflow = published({ mode });
		const before = portal.requests.length;
		expect(await workflow.starts(TRIGGER)).toBeNull();
		expect(portal.requests).toHaveLength(before);
	});

	test('while the portal is down: the trigger polls on, and says so a minute later', async () => {
		await open();
		portal.levers.goesDown();
		expect(await workflow.starts(TRIGGER)).toBeNull();
		expect(await said(1)).toHaveLength(1);
		portal.levers.comesBack();
		const deal = demands();
		jest.setSystemTime(Date.now() + MINUTE);
		expect((await workflow.polls(TRIGGER))?.items(TRIGGER)).toMatchObject([{ dealId: deal }]);
	});

	test('while the application is disconnected: the trigger polls again once it is connected', async () => {
		await open();
		portal.levers.expiresTokens();
		portal.levers.expiresRefreshTokens();
		expect(await workflow.starts(TRIGGER)).toBeNull();
		expect((await said(10)).length).toBeGreaterThan(0);
		connects();
		const deal = demands();
		jest.setSystemTime(Date.now() + MINUTE);
		expect((await workflow.polls(TRIGGER))?.items(TRIGGER)).toMatchObject([{ dealId: deal }]);
	});

	test('while the portal is down: events are subscribed to when it is back', async () => {
		await open();
		workflow = published({ mode: 'appEvents' });
		door = await openDoor(workflow, TRIGGER);
		portal.levers.goesDown();
		expect(await workflow.starts(TRIGGER)).toBeNull();
		portal.levers.comesBack();
		await said(1);
		const deal = demands();
		await door.hears(2);
		const heard = door.calls.flatMap(({ run }) => run?.items(TRIGGER) ?? []);
		expect(heard.map(({ dealId }) => dealId)).toContain(deal);
	});

	test('but whoever publishes by hand is told at once', async () => {
		await open();
		workflow = published({ mode: 'appEvents' });
		portal.levers.goesDown();
		await expect(workflow.publishes(TRIGGER)).rejects.toThrow('did not answer');
		workflow = published();
		await expect(workflow.polls(TRIGGER)).rejects.toThrow('did not answer');
	});
});
