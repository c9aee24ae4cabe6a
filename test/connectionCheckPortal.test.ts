/** «Check Connection» of a portal: in good health, and with each thing that stands in the way of the exchange. */
import type { IDataObject, IWorkflowBase } from 'n8n-workflow';
import { filtersProbe, refusalsProbe } from '../nodes/Bitrix24/check/answersProbes';
import { Bitrix24Client } from '../nodes/Bitrix24/rest/client';
import type { PortalQuestion } from './conformance/contract';
import { questionIn } from './conformance/portalQuestion';
import { openReversedServer } from './conformance/reversedServer';
import { MANAGER_USER, type PortalOptions } from './standins/bitrix24/portal';
import { applicationCredential } from './support/application';
import { axiosHttp, standingClock } from './support/axiosHttp';
import { Bitrix24Node, NODE } from './support/bitrix24Node';
import { RunningWorkflow } from './support/engine';

let bitrix24: Bitrix24Node;

const CHECK = { resource: 'portal', operation: 'checkConnection' };
const EXCHANGE = { ...CHECK, pipeline: '0', chain: 'prepaid', leadIntake: false };
const SETUP = { resource: 'portal', operation: 'setUp', pipeline: '0', chain: 'prepaid' };

const open = async (options: PortalOptions = {}): Promise<void> => {
	bitrix24 = await Bitrix24Node.open({ bucket: 'off', ...options });
	const ref = '7c9d1f2e-3b4a-11ef-9c11-00155d01c802';
	bitrix24.portal.admin.addsProduct({ name: 'Стол', xmlId: ref, price: 12_200, vat: 22 });
};

const prepare = async (): Promise<void> => {
	await bitrix24.gives({ ...SETUP, dryRun: false });
};

const check = async (change: IDataObject = {}): Promise<Map<unknown, IDataObject>> => {
	const items = await bitrix24.gives({ ...EXCHANGE, ...change });
	return new Map(items.map((item) => [item.probe, item]));
};

afterEach(async () => await bitrix24.close());

test('a portal that is ready has no problem and no warning', async () => {
	await open();
	await prepare();
	const report = await check();
	const bad = [...report.values()].filter(({ state }) => state !== 'ok');
	expect(bad.map(({ text }) => text)).toEqual([]);
	expect(report.get('summary')?.text).toMatch(/^✔ Итог: в порядке: \d+\.$/);
	expect(report.get('access')?.found).toContain(bitrix24.portal.domain);
	expect([...report.values()].every(({ system }) => system === 'Битрикс24')).toBe(true);
});

test('looking changes nothing', async () => {
	await open();
	const before = bitrix24.portal.requests.length;
	await check({ leadIntake: true });
	const methods = bitrix24.portal.requests
		.slice(before)
		.flatMap(({ method, commands }) => (commands?.length ? commands : [method]));
	expect(methods.length).toBeGreaterThan(15);
	const reading = /\.(list|get|fields|info)$|^(profile|scope|server\.time)$/;
	expect(methods.filter((method) => !reading.test(method))).toEqual([]);
});

test('what the setup has not made yet is named, and what to run', async () => {
	await open();
	const setup = (await check()).get('setup');
	expect(setup?.state).toBe('problem');
	expect(setup?.found).toContain('«Счет в 1С»');
	expect(setup?.remedy).toContain('portal-setup.json');
	expect((setup?.facts as { missing: IDataObject[] }).missing).toContainEqual({
		kind: 'stage',
		of: 'deal',
		id: 'ORDER_1C',
	});
});

test('fields of the lead intake are looked for when it is wanted', async () => {
	await open();
	expect((await check()).has('leadSetup')).toBe(false);
	expect((await check({ leadIntake: true })).get('leadSetup')?.state).toBe('problem');
});

test('a webhook that was deleted ends the look at its first question', async () => {
	await open();
	const { portal } = bitrix24;
	portal.levers.failsNext('profile', 401, 'NO_AUTH_FOUND', 'Wrong authorization data');
	const report = await check();
	expect([...report.keys()]).toEqual(['summary', 'access']);
	expect(report.get('access')).toMatchObject({
		state: 'problem',
		found: 'портал отказал (NO_AUTH_FOUND)',
	});
	expect(report.get('summary')?.state).toBe('problem');
});

test('a portal that does not answer is said to be silent', async () => {
	await open();
	bitrix24.portal.levers.goesDown();
	const access = (await check()).get('access');
	expect(access).toMatchObject({ state: 'problem', found: 'нет ответа' });
});

test('scopes that are missing are named with what stops', async () => {
	await open({ webhookScopes: ['crm', 'user_brief'] });
	const report = await check();
	expect(report.get('scopes')).toMatchObject({
		state: 'problem',
		found: 'не хватает: catalog, userfieldconfig',
	});
	expect(report.get('scopes')?.cause).toContain('товары сделок');
	expect(report.get('catalog')?.state).toBe('problem');
});

test('an owner without administrator rights is a warning', async () => {
	await open();
	const { portal } = bitrix24;
	const application = portal.admin.registersApplication({
		scopes: ['crm', 'catalog', 'userfieldconfig', 'user_brief', 'placement'],
		handler: 'https://n8n.example.test/rest/oauth2-credential/callback',
		onlyApi: true,
	});
	const workflow = {
		id: 'w',
		name: 'w',
		active: true,
		nodes: [
			{
				id: 'start',
				name: 'Начало',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'node',
				name: NODE,
				type: 'n8n-nodes-bitrix24-1c.bitrix24',
				typeVersion: 1,
				position: [0, 0],
				parameters: { ...EXCHANGE, authentication: 'oAuth2' },
				credentials: { bitrix24OAuth2Api: { id: 'application', name: 'Приложение' } },
			},
		],
		connections: { Начало: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
		settings: {},
	} as unknown as IWorkflowBase;
	const run = await new RunningWorkflow(workflow, {
		bitrix24OAuth2Api: applicationCredential(portal, application, MANAGER_USER),
	}).runs('Начало', [{ json: {} }]);
	const report = new Map(run.items(NODE).map((item) => [item.probe, item]));
	expect(report.get('access')).toMatchObject({ state: 'warning' });
	expect(report.get('access')?.found).toContain('не администратор');
	expect(report.get('events')?.found).toContain('приложение');
	expect(run.record).not.toContain(application.clientSecret);
});

test('simple CRM stands in the way of the lead intake only', async () => {
	await open();
	bitrix24.portal.admin.turnsToSimpleCrm();
	expect((await check()).get('crmMode')?.state).toBe('ok');
	expect((await check({ leadIntake: true })).get('crmMode')?.state).toBe('problem');
});

test('invoices of the old kind stand in the way of the prepaid chain only', async () => {
	await open();
	bitrix24.portal.admin.turnsSmartInvoicesOff();
	expect((await check()).get('invoices')?.state).toBe('problem');
	expect((await check({ chain: 'postpaid' })).get('invoices')?.state).toBe('ok');
});

test('a pipeline nobody has is named beside those there are', async () => {
	await open();
	const pipelines = (await check({ pipeline: '99' })).get('pipelines');
	expect(pipelines?.state).toBe('problem');
	expect(pipelines?.found).toContain('воронки 99 не видно');
});

test('products without the GUID of 1C are counted', async () => {
	await open();
	bitrix24.portal.admin.addsProduct({ name: 'Стул', price: 2440 });
	const catalog = (await check()).get('catalog');
	expect(catalog?.state).toBe('warning');
	expect(catalog?.found).toContain('1 из 2 (50 %)');
});

test('a clock that is wrong is told in seconds', async () => {
	await open({ now: () => Date.now() + 300_000 });
	const clock = (await check()).get('clock');
	expect(clock).toMatchObject({ state: 'warning', facts: { skewSeconds: 300 } });
	expect(clock?.found).toContain('спешат');
});

test('a method that has used up its time is a problem of its own', async () => {
	await open();
	bitrix24.portal.levers.failsNext('crm.item.list', 429, 'OPERATION_TIME_LIMIT');
	const report = await check();
	expect(report.get('limits')?.state).toBe('problem');
	expect(report.get('clock')?.state).toBe('ok');
});

test('no secret is told', async () => {
	await open();
	const run = await bitrix24.runs(EXCHANGE);
	const [, code] = /\/rest\/\d+\/([^/]+)\//.exec(bitrix24.portal.webhookUrl) ?? [];
	expect(run.record).not.toContain(code);
});

test('filters, decimals and refusals are looked at where there is something to look at', async () => {
	await open();
	await prepare();
	const row = { name: 'Стол', price: 90_000, quantity: 1, vat: 10, vatIncluded: true };
	const nearly = { name: 'Стул', price: 333.33333333, quantity: 3 };
	bitrix24.portal.manager.createsDeal({ title: 'Окна', rows: [row, nearly] });
	const report = await check();
	expect(report.get('filters')).toMatchObject({
		state: 'ok',
		found: expect.stringContaining('исключают'),
	});
	expect(report.get('decimals')).toMatchObject({ state: 'ok', facts: { rows: 2, digits: 8 } });
	expect(report.get('refusals')?.found).toContain('«Элемент не найден»');
});

test('a portal that does not apply conditions, or has lost its codes, must not be exchanged with', async () => {
	await open();
	bitrix24.portal.manager.createsDeal({ title: 'Окна' });
	const everything = { items: [{ id: 1 }, { id: 2 }] };
	const server = await openReversedServer<PortalQuestion>({
		origin: bitrix24.portal.origin,
		questionOf: questionIn,
		reversals: [
			{
				isAbout: ({ method }) => method === 'batch',
				answer: (answer, { params }) => ({
					...answer,
					body: JSON.stringify(params).includes('crm.item.list')
						? {
								result: {
									result: { c0: everything, c1: everything, c2: [{ ID: '1' }] },
									result_error: [],
								},
							}
						: {
								result: {
									result: [],
									result_error: { c0: { error: '', error_description: 'Нет' } },
								},
							},
				}),
			},
		],
	});
	try {
		const url = bitrix24.portal.webhookUrl.replace(bitrix24.portal.origin, server.origin);
		const { host } = new URL(url);
		const client = new Bitrix24Client(host, axiosHttp(url), standingClock());
		const probes = [await filtersProbe(client), await refusalsProbe(client)];
		for (const probe of probes) {
			expect(probe.state).toBe('problem');
			expect(probe.remedy).toContain('Не включайте обмен на этом портале');
		}
		expect(probes[0].found).toContain('список номеров');
	} finally {
		await server.close();
	}
});
