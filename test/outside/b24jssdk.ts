/**
 * The vendor's own SDK: its second generation of actions, the older calls beside them, its helper and its tools, against
 * the stand-in of the portal. What is expected is what its own suites and its documentation expect of a live portal
 * (github.com/bitrix24/b24jssdk, test/integration/core and test/integration/js-docs).
 */
import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { globalAgent } from 'node:https';
import { join } from 'node:path';
import {
	AjaxError,
	AjaxResult,
	ApiVersion,
	B24HelperManager,
	B24Hook,
	B24OAuth,
	EnumAppStatus,
	EnumCrmEntityTypeId,
	LoadDataType,
	ParamsFactory,
	Text,
	type BatchNamedCommandsUniversal,
	type BatchCommandsObjectUniversal,
	type IB24BatchOptions,
	type AuthData,
	type BatchCommandsArrayUniversal,
	type IResult,
	type Result,
	type SdkError,
} from '@bitrix24/b24jssdk';
import { ADMINISTRATOR_USER, openPortal } from '../standins/bitrix24/portal';
import type { Portal, RegisteredApplication } from '../standins/bitrix24/portal';
import { titleOf } from './packages';
import type { OutsideClient, Scenario } from './scenario';

interface World {
	portal: Portal;
	hook: B24Hook;
}

interface Card {
	id: number;
	title: string;
}

const DAY = 86_400_000;
const ACCESS_SECONDS = 3600;

/** As the SDK ships it but for the pauses between its attempts. */
const quick = { ...ParamsFactory.getDefault(), retryDelay: 10 };

const companies = ({ portal }: World, count: number): number[] =>
	Array.from({ length: count }, (_, n) => portal.admin.addsCompany({ title: `Компания ${n + 1}` }));

const listOfCompanies = (filter: object) => ({
	method: 'crm.item.list',
	params: { entityTypeId: EnumCrmEntityTypeId.company, select: ['id'], filter: { ...filter } },
});

/** The codes of a result's refusals. */
const codesOf = (result: Pick<IResult<unknown>, 'getErrors'>): string[] =>
	[...result.getErrors()].map((error) => (error as SdkError).code);

const isRefusal = (code: string, status: number) => (error: unknown) => {
	ok(error instanceof AjaxError, `expected an AjaxError, got ${String(error)}`);
	deepEqual({ code: error.code, status: error.status }, { code, status });
	return true;
};

function hasTime(result: AjaxResult<unknown>): void {
	const time = result.getData()?.time;
	ok(time && time.operating >= 0, 'time.operating is a number of seconds');
	ok(Number(time.operating_reset_at) > 0, 'time.operating_reset_at is a moment');
}

type Found = AjaxResult<{ items: Card[] }>;

/** The SDK's types leave open which of its shapes a batch answers in. */
async function batch<Answer>(
	{ hook }: World,
	calls: BatchCommandsArrayUniversal | BatchCommandsObjectUniversal | BatchNamedCommandsUniversal,
	options: IB24BatchOptions,
): Promise<Result<Answer>> {
	const done: unknown = await hook.actions.v2.batch.make({ calls, options });
	return done as Result<Answer>;
}

const calls: Array<Scenario<World>> = [
	{
		name: 'call: one item, and how long the portal was busy with it',
		run: async ({ portal, hook }) => {
			const id = portal.admin.addsCompany({ title: 'ООО «Лютик»' });
			const answer = await hook.actions.v2.call.make<{ item: Card }>({
				method: 'crm.item.get',
				params: { entityTypeId: EnumCrmEntityTypeId.company, id },
			});
			ok(answer.isSuccess);
			const item = answer.getData()?.result.item;
			deepEqual([item?.id, item?.title], [id, 'ООО «Лютик»']);
			hasTime(answer);
		},
	},
	{
		name: 'call: server.time, the health check and the ping',
		run: async ({ hook }) => {
			const answer = await hook.actions.v2.call.make<string>({ method: 'server.time' });
			match(String(answer.getData()?.result), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
			equal(await hook.tools.healthCheck.make(), true);
			ok((await hook.tools.ping.make()) >= 0);
		},
	},
	{
		name: 'call: an absent item, an unknown method and a filter by an unknown field are AjaxErrors',
		run: async ({ hook }) => {
			const make = (method: string, params: object) =>
				hook.actions.v2.call.make({ method, params });
			await rejects(make('crm.item.get', { entityTypeId: 2, id: 99 }), isRefusal('NOT_FOUND', 400));
			await rejects(make('crm.item.fetch', {}), isRefusal('ERROR_METHOD_NOT_FOUND', 404));
			await rejects(
				make('crm.item.list', { entityTypeId: 4, filter: { '>ddId': 1 } }),
				isRefusal('INVALID_ARG_VALUE', 400),
			);
		},
	},
	{
		name: 'call: a wrong webhook and a method outside its scopes',
		run: async ({ portal, hook }) => {
			const wrong = portal.webhookUrl.replace(/[^/]+\/$/, 'abcdefgh12345678');
			const stranger = B24Hook.fromWebhookUrl(wrong, { restrictionParams: quick });
			const profile = { method: 'profile' };
			await rejects(stranger.actions.v2.call.make(profile), isRefusal('INVALID_CREDENTIALS', 401));
			await rejects(
				hook.actions.v2.call.make({ method: 'placement.list' }),
				isRefusal('WRONG_AUTH_TYPE', 403),
			);
		},
	},
	{
		name: 'call: items are made, changed and deleted',
		run: async ({ portal, hook }) => {
			const make = <T>(method: string, params: object) =>
				hook.actions.v2.call.make<T>({ method, params: { entityTypeId: 2, ...params } });
			const made = await make<{ item: Card }>('crm.item.add', {
				fields: { title: 'Окна & двери' },
			});
			const id = made.getData()?.result.item.id ?? 0;
			await make('crm.item.update', { id, fields: { title: '100 % «окон»', opportunity: 12.5 } });
			const { title, opportunity } = portal.sees.deal(id);
			deepEqual({ title, opportunity }, { title: '100 % «окон»', opportunity: 12.5 });
			await make('crm.item.delete', { id });
			deepEqual(portal.sees.deals(), []);
		},
	},
	{
		name: 'call: tasks.task.get',
		leftOut: { because: 'tasks are no part of the exchange', refusal: /Method not found/ },
		run: async ({ hook }) => {
			await hook.actions.v2.call.make({ method: 'tasks.task.get', params: { taskId: 1 } });
		},
	},
	{
		name: 'call: REST 3.0',
		leftOut: {
			because: 'REST 3.0 has no CRM yet, so the nodes speak 2.0 only',
			refusal: /404|not found/i,
		},
		run: async ({ hook }) => {
			await hook.actions.v3.call.make({ method: 'tasks.task.get', params: { id: 1 } });
		},
	},
];

const lists: Array<Scenario<World>> = [
	{
		name: 'callList: everything, by a cursor of ids',
		run: async (world) => {
			const ids = companies(world, 120);
			const list = { ...listOfCompanies({}), idKey: 'id', customKeyForResult: 'items' };
			const all = await world.hook.actions.v2.callList.make<Card>(list);
			ok(all.isSuccess);
			deepEqual(
				all.getData()?.map(({ id }) => id),
				ids,
			);
		},
	},
	{
		name: 'callList: with the filters of its documentation, a mask and a moment',
		run: async ({ portal, hook }) => {
			/** The SDK writes times with a zone, which one user of another client has seen ignored. */
			portal.switches.momentFilter = 'any ISO form';
			for (const title of ['Акация', 'Берёза', 'Астра']) portal.admin.addsCompany({ title });
			const make = (since: number) =>
				hook.actions.v2.callList.make<Card>({
					method: 'crm.item.list',
					params: {
						entityTypeId: EnumCrmEntityTypeId.company,
						filter: { '=%title': 'А%', '>=createdTime': Text.toB24Format(new Date(since)) },
						select: ['id', 'title'],
					},
					idKey: 'id',
					customKeyForResult: 'items',
				});
			const found = (await make(Date.now() - DAY)).getData() ?? [];
			deepEqual(found.map(({ title }) => title).sort(), ['Акация', 'Астра']);
			deepEqual((await make(Date.now() + DAY)).getData(), []);
		},
	},
	{
		name: 'fetchList: in chunks of fifty',
		run: async (world) => {
			companies(world, 120);
			const list = { ...listOfCompanies({}), idKey: 'id', customKeyForResult: 'items' };
			const sizes: number[] = [];
			for await (const chunk of world.hook.actions.v2.fetchList.make<Card>(list)) {
				sizes.push(chunk.length);
			}
			deepEqual(sizes, [50, 50, 20]);
		},
	},
	{
		name: 'fetchList: a classic list, and a refusal in the middle of it',
		run: async (world) => {
			const { portal, hook } = world;
			for (let n = 0; n < 60; n += 1) portal.manager.createsDeal({ title: `${n}` });
			const list = { method: 'crm.deal.list', params: { select: ['ID', 'TITLE'] } };
			const chunks = hook.actions.v2.fetchList.make<{ ID: string; TITLE: string }>(list);
			const first = (await chunks.next()).value as Array<{ ID: string; TITLE: string }>;
			deepEqual([first.length, first[49].TITLE], [50, '49']);
			portal.levers.failsNext('crm.deal.list', 400, 'ERROR_CORE', 'Internal error');
			await rejects(chunks.next(), /ERROR_CORE|Internal error/);
		},
	},
	{
		name: 'pages of a classic list: isMore, getTotal, fetchNext',
		run: async ({ portal, hook }) => {
			for (let n = 0; n < 60; n += 1) portal.manager.createsDeal({ title: `${n}` });
			const client = hook.getHttpClient(ApiVersion.v2);
			const first = await client.call<Array<{ ID: string }>>('crm.deal.list', { select: ['ID'] });
			deepEqual([first.isMore(), first.getTotal()], [true, 60]);
			const second = await first.fetchNext(client);
			ok(second);
			deepEqual([second.isMore(), (second.getData()?.result as object[]).length], [false, 10]);
		},
	},
	{
		name: 'the older calls: callMethod, callListMethod, fetchListMethod',
		run: async (world) => {
			const { portal, hook } = world;
			for (let n = 0; n < 60; n += 1) portal.manager.createsDeal({ title: `${n}` });
			const page = await hook.callMethod('crm.deal.list', { select: ['ID'] }, 50);
			equal((page.getData()?.result as object[]).length, 10);
			const all = await hook.callListMethod('crm.deal.list', { select: ['ID'] });
			equal((all.getData() as object[]).length, 60);
			const sizes: number[] = [];
			for await (const chunk of hook.fetchListMethod('crm.deal.list', { select: ['ID'] })) {
				sizes.push(chunk.length);
			}
			deepEqual(sizes, [50, 10]);
		},
	},
];

const HALT = { isHaltOnError: true, returnAjaxResult: true };
const GO_ON = { isHaltOnError: false, returnAjaxResult: true };

const batches: Array<Scenario<World>> = [
	{
		name: 'batch: by pairs, by objects and by names',
		run: async (world) => {
			const [first, second] = companies(world, 2);
			const one = listOfCompanies({ id: first });
			const other = listOfCompanies({ id: second });
			const ids = (result: Found) => result.getData()?.result.items.map(({ id }) => id);
			const pairs: BatchCommandsArrayUniversal = [
				[one.method, one.params],
				[other.method, other.params],
			];
			for (const calls of [pairs, [one, other]]) {
				const done = await batch<Found[]>(world, calls, HALT);
				ok(done.isSuccess);
				const results = done.getData() ?? [];
				deepEqual(results.map(ids), [[first], [second]]);
				results.forEach(hasTime);
			}
			const calls = { one, other: pairs[1] };
			const named = await batch<Record<string, Found>>(world, calls, HALT);
			const results = named.getData() ?? {};
			deepEqual(Object.keys(results), ['one', 'other']);
			deepEqual([ids(results.one), ids(results.other)], [[first], [second]]);
		},
	},
	{
		name: 'batch: goes on past refused commands, and tells each',
		run: async (world) => {
			companies(world, 2);
			const fine = listOfCompanies({ '>id': 0 });
			const wrong = listOfCompanies({ '>ddId': 0 });
			const listed = await batch<Found[]>(world, [fine, wrong, fine, wrong], GO_ON);
			deepEqual(listed.isSuccess, false);
			deepEqual(codesOf(listed), ['INVALID_ARG_VALUE', 'INVALID_ARG_VALUE']);
			const outcomes = (listed.getData() ?? []).map(({ isSuccess }) => isSuccess);
			deepEqual(outcomes, [true, false, true, false]);
			const named = await batch<Record<string, Found>>(
				world,
				{ cmd11: fine, cmd12: wrong, cmd21: fine },
				GO_ON,
			);
			deepEqual(codesOf(named), ['INVALID_ARG_VALUE']);
			const plain = await batch(world, [fine, wrong], { isHaltOnError: false });
			deepEqual(codesOf(plain), ['INVALID_ARG_VALUE']);
		},
	},
	{
		name: 'batch: halts at the first refused command',
		run: async (world) => {
			companies(world, 2);
			const fine = listOfCompanies({ '>id': 0 });
			const wrong = listOfCompanies({ '>ddId': 0 });
			const add = {
				method: 'crm.item.add',
				params: { entityTypeId: 2, fields: { title: 'Поздно' } },
			};
			const halted = await batch(world, [fine, wrong, add], HALT);
			deepEqual(codesOf(halted), ['INVALID_ARG_VALUE']);
			deepEqual(world.portal.sees.deals(), []);
		},
	},
	{
		name: 'batch: a command takes what an earlier one has made',
		run: async ({ portal, hook }) => {
			const done = await hook.actions.v2.batch.make({
				calls: {
					company: ['crm.item.add', { entityTypeId: 4, fields: { title: 'ООО «Лютик»' } }],
					deal: [
						'crm.item.add',
						{ entityTypeId: 2, fields: { title: 'Окна', companyId: '$result[company][item][id]' } },
					],
				},
				options: HALT,
			});
			ok(done.isSuccess, done.getErrorMessages().join('; '));
			const [company] = portal.sees.companies();
			deepEqual(
				portal.sees.deals().map(({ companyId }) => companyId),
				[company.id],
			);
		},
	},
	{
		name: 'batchByChunk: 120 commands in three requests',
		run: async ({ portal, hook }) => {
			const id = portal.admin.addsContact({ name: 'Анна' });
			const command = { method: 'crm.item.get', params: { entityTypeId: 3, id } };
			const done = await hook.actions.v2.batchByChunk.make<{ item: Card }>({
				calls: Array.from({ length: 120 }, () => command),
				options: { isHaltOnError: false },
			});
			deepEqual(
				(done.getData() ?? []).map(({ item }) => item.id),
				Array(120).fill(id),
			);
			equal(portal.requests.length, 3);
		},
	},
	{
		name: 'the older batches: callBatch, callBatchByChunk',
		run: async (world) => {
			const ids = companies(world, 3);
			const gets = ids.map((id) => ['crm.item.get', { entityTypeId: 4, id }]);
			const done = await world.hook.callBatch(gets, true);
			deepEqual(
				(done.getData() as Array<{ item: Card }>).map(({ item }) => item.id),
				ids,
			);
			const chunked = await world.hook.callBatchByChunk(gets, true);
			deepEqual(
				(chunked.getData() as Array<{ item: Card }>).map(({ item }) => item.id),
				ids,
			);
		},
	},
];

const troubles: Array<Scenario<World>> = [
	{
		name: 'waits out a full bucket of requests, and an overloaded portal',
		run: async ({ portal, hook }) => {
			portal.levers.failsNext('profile', 503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests');
			portal.levers.failsNext(
				'profile',
				503,
				'OVERLOAD_LIMIT',
				'REST API is blocked due to overload.',
			);
			const answer = await hook.actions.v2.call.make<{ ID: string }>({ method: 'profile' });
			equal(answer.getData()?.result.ID, '1');
			equal(portal.requests.length, 3);
		},
	},
];

interface Consent {
	application: RegisteredApplication;
	sdk: B24OAuth;
}

function consents({ portal }: World): Consent {
	const application = portal.admin.registersApplication({
		scopes: ['crm'],
		handler: 'https://exchange.example.test/',
		onlyApi: true,
	});
	const { accessToken, refreshToken } = application.tokensOf(ADMINISTRATOR_USER);
	const { clientId, clientSecret, applicationToken } = application;
	const sdk = new B24OAuth(
		{
			applicationToken,
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
		},
		{ clientId, clientSecret },
		{ restrictionParams: quick },
	);
	sdk.getHttpClient(ApiVersion.v2).setClientSideWarning(false, '');
	return { application, sdk };
}

const tokens: Array<Scenario<World>> = [
	{
		name: 'an application renews its tokens once they have expired, and tells who keeps them',
		run: async (world) => {
			const { sdk } = consents(world);
			const kept: AuthData[] = [];
			sdk.setCallbackRefreshAuth(async ({ authData }) => {
				kept.push(authData);
			});
			world.portal.levers.expiresTokens();
			const answer = await sdk.actions.v2.call.make<{ ID: string }>({ method: 'profile' });
			equal(answer.getData()?.result.ID, String(ADMINISTRATOR_USER));
			const now = sdk.auth.getAuthData();
			ok(now);
			deepEqual(
				kept.map(({ access_token, refresh_token, member_id }) => [
					access_token,
					refresh_token,
					member_id,
				]),
				[[now.access_token, now.refresh_token, world.portal.memberId]],
			);
			deepEqual(
				world.portal.requests.map(({ method, status }) => [method, status]),
				[
					['profile', 401],
					['oauth/token', 200],
					['profile', 200],
				],
			);
		},
	},
	{
		name: 'an application whose refresh token has expired is told so',
		run: async (world) => {
			const { sdk } = consents(world);
			world.portal.levers.expiresTokens();
			world.portal.levers.expiresRefreshTokens();
			await rejects(sdk.actions.v2.call.make({ method: 'profile' }), /Invalid refresh token/);
			deepEqual(
				world.portal.requests.slice(0, 2).map(({ method, error }) => [method, error]),
				[
					['profile', 'expired_token'],
					['oauth/token', 'invalid_grant'],
				],
			);
		},
	},
	{
		name: 'an application outside its scopes is refused',
		run: async (world) => {
			const { sdk } = consents(world);
			await rejects(
				sdk.actions.v2.call.make({ method: 'catalog.product.list' }),
				isRefusal('insufficient_scope', 403),
			);
		},
	},
	{
		name: 'the helper loads application, licence, profile and options of the application',
		run: async (world) => {
			const { application, sdk } = consents(world);
			const set = { method: 'app.option.set', params: { options: { colour: 'green' } } };
			await sdk.actions.v2.call.make(set);
			const helper = new B24HelperManager(sdk);
			await helper.loadData([LoadDataType.App, LoadDataType.Profile, LoadDataType.AppOptions]);
			deepEqual(
				[helper.appInfo.data.code, helper.appInfo.data.status, helper.profileInfo.data.id],
				[application.clientId, EnumAppStatus.Local, ADMINISTRATOR_USER],
			);
			equal(helper.licenseInfo.data.isSelfHosted, false);
			equal(helper.appOptions.data.get('colour'), 'green');
			await sdk.initIsAdmin();
			equal(sdk.auth.isAdmin, true);
		},
	},
	{
		name: 'the helper loads currencies',
		leftOut: {
			because: 'the exchange has one currency, and never asks which one is the base',
			refusal: /currency not initialized/,
		},
		run: async ({ hook }) => {
			const helper = new B24HelperManager(hook);
			await helper.loadData([LoadDataType.Profile, LoadDataType.Currency]);
			equal(helper.currency.baseCurrency, 'RUB');
			ok(helper.currency.currencyList.includes('USD'));
		},
	},
];

const root = join(__dirname, '..', '..');

export const b24jssdk: OutsideClient<World> = {
	name: titleOf('@bitrix24/b24jssdk', root),
	opens: async () => {
		const switches = { wrongWebhookCode: 'INVALID_CREDENTIALS' as const };
		const portal = await openPortal({ tls: true, bucket: 'off', switches });
		globalAgent.options.ca = portal.certificate;
		const url = portal.webhookUrl.replace(/\/$/, '');
		return { portal, hook: B24Hook.fromWebhookUrl(url, { restrictionParams: quick }) };
	},
	closes: async ({ portal }) => {
		delete globalAgent.options.ca;
		globalAgent.destroy();
		await portal.close();
	},
	scenarios: [...calls, ...lists, ...batches, ...troubles, ...tokens],
};
