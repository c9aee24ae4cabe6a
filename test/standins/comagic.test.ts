/**
 * Holds the stand-in account of CoMagic to the facts it was written from: the documentation of Data API
 * (comagic.github.io @ f43e2b4) and public templates of notifications.
 */
import axios from 'axios';
import fc from 'fast-check';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { openAccount, type Account, type AccountOptions } from './comagic/account';

const START = Date.parse('2026-11-24T09:00:00Z'); // 12:00 in Moscow
const TODAY = { date_from: '2026-11-24 00:00:00', date_till: '2026-11-24 23:59:59' };

let clock = START;
let account: Account;
let closers: Array<() => Promise<unknown>> = [];

const open = async (options: AccountOptions = {}): Promise<void> => {
	clock = START;
	const opened = await openAccount({ now: () => clock, ...options });
	account = opened;
	closers.push(() => opened.close());
};

beforeEach(() => open());
afterEach(async () => {
	await Promise.all(closers.map((close) => close()));
	closers = [];
});

const secondsPass = (seconds: number): void => {
	clock += seconds * 1000;
};

/** Answers are looked into, not modelled: any part may be a map, a list or a plain value. */
type Body = { [key: string]: Body } & Body[];

const send = async (body: unknown, path = '/v2.0'): Promise<{ status: number; data: Body }> =>
	await axios.post<Body>(account.origin + path, body, {
		validateStatus: () => true,
		proxy: false,
		headers: { 'Content-Type': 'application/json; charset=UTF-8' },
	});

/** A body that axios must not touch. */
const raw = (text: string | Buffer): Promise<{ status: number; data: Body }> =>
	axios.post(account.dataApiUrl, text, {
		validateStatus: () => true,
		transformRequest: (body: unknown) => body,
		headers: { 'Content-Type': 'application/json' },
		maxBodyLength: Infinity,
		proxy: false,
	});

const ask = async (method: string, params: object = {}, token = account.apiKey): Promise<Body> => {
	const call = { jsonrpc: '2.0', id: 7, method, params: { access_token: token, ...params } };
	return (await send(call)).data;
};

const result = async (method: string, params: object = {}): Promise<Body> => {
	const body = await ask(method, params);
	expect(body.error).toBeUndefined();
	return body.result;
};

const rows = async (method: string, params: object = {}): Promise<Body[]> =>
	(await result(method, { ...TODAY, ...params })).data;

/** What an answer refuses with. */
const refusal = (body: Body): [unknown, unknown, unknown] => [
	body.error?.code,
	body.error?.data.mnemonic,
	body.error?.data.field,
];

const refused = async (method: string, params: object = {}): Promise<unknown[]> =>
	refusal(await ask(method, params));

describe('the door of the account', () => {
	it('lets a login in for an hour and a permanent key for ever', async () => {
		const { login, password } = account;
		const call = { jsonrpc: '2.0', id: 'a', method: 'login.user', params: { login, password } };
		const { id, result: session } = (await send(call)).data;
		expect(id).toBe('a');
		const token = String(session.data.access_token);
		expect(session).toEqual({
			data: { access_token: token, expire_at: START / 1000 + 3600, app_id: expect.any(Number) },
		});
		expect((await ask('get.tags', {}, token)).result.data).toHaveLength(3);
		secondsPass(3600);
		expect(refusal(await ask('get.tags', {}, token)).slice(0, 2)).toEqual([
			-32001,
			'access_token_invalid',
		]);
		expect((await ask('get.tags')).error).toBeUndefined();
	});

	it.each([
		['access_token_invalid' as const, 'expire_at' as const],
		['access_token_expired' as const, 'expire' as const],
	])(
		'ends a session with %s where the account does, and names its end %s',
		async (error, field) => {
			await open({ switches: { expiredSession: error, loginExpiryField: field } });
			const { login, password } = account;
			const call = { jsonrpc: '2.0', id: 1, method: 'login.user', params: { login, password } };
			const session = (await send(call)).data.result.data;
			expect(session).toHaveProperty(field);
			account.levers.expiresSessions();
			expect(refusal(await ask('get.tags', {}, String(session.access_token)))[1]).toBe(error);
		},
	);

	it('forgets a session that logged out, blocked and out-of-date keys, wrong passwords', async () => {
		const { login, password } = account;
		const params = { login, password };
		const session = (await send({ jsonrpc: '2.0', id: 1, method: 'login.user', params })).data;
		const token = String(session.result.data.access_token);
		expect((await ask('logout.user', {}, token)).result).toEqual({ data: {} });
		expect(refusal(await ask('get.tags', {}, token))[1]).toBe('access_token_invalid');
		const key = account.admin.issuesKey(START + 1000);
		secondsPass(1);
		expect(refusal(await ask('get.tags', {}, key))[1]).toBe('access_token_expired');
		account.admin.blocksKey(key);
		expect(refusal(await ask('get.tags', {}, key))[1]).toBe('access_token_blocked');
		const wrong = { jsonrpc: '2.0', id: 1, method: 'login.user', params: { login, password: 'x' } };
		expect(refusal((await send(wrong)).data).slice(0, 2)).toEqual([-32001, 'auth_error']);
	});

	it('is closed to an address that is not allowed', async () => {
		account.admin.deniesAddress('127.0.0.1');
		const { error } = await ask('get.tags');
		expect([error.code, error.message]).toEqual([-32003, 'Your IP 127.0.0.1 is not whitelisted']);
		account.admin.allowsAddress('0.0.0.0/0');
		expect((await ask('get.tags')).error).toBeUndefined();
	});

	it('wants JSON-RPC 2.0 with an id, one call at a time', async () => {
		const call = { jsonrpc: '2.0', id: 1, method: 'get.tags', params: {} };
		const { id: _id, ...withoutId } = call;
		const table: Array<[unknown, number, string]> = [
			['"hello"', -32600, 'invalid_request'],
			[[call], -32099, 'batch_opreations_not_supported'],
			[withoutId, -32099, 'notifications_not_supported'],
			[{ ...call, jsonrpc: '1.0' }, -32600, 'invalid_request'],
			[{ ...call, method: 'get.nothing' }, -32601, 'method_not_found'],
			[{ ...call, method: '__proto__' }, -32601, 'method_not_found'],
			[call, -32602, 'required_parameter_missed'],
			[{ ...call, params: { access_token: 5 } }, -32602, 'data_type_error'],
		];
		for (const [body, code, mnemonic] of table) {
			const { status, data } = await send(body);
			expect([status, ...refusal(data).slice(0, 2)]).toEqual([200, code, mnemonic]);
		}
		expect(refusal((await raw('{"jsonrpc":')).data).slice(0, 2)).toEqual([-32700, 'parse_error']);
		expect((await send(call, '/v1.0')).status).toBe(404);
		expect((await axios.get(account.dataApiUrl, { validateStatus: () => true })).status).toBe(405);
	});

	it('gives an error a status of its own only where the account does', async () => {
		await open({ switches: { errorStatus: 'fitting' } });
		const call = { jsonrpc: '2.0', id: 1, method: 'get.tags', params: { access_token: 'no' } };
		expect((await send(call)).status).toBe(401);
	});

	it('refuses methods of options the client has not bought', async () => {
		expect((await refused('get.communications')).slice(0, 2)).toEqual([
			-32008,
			'method_component_disabled',
		]);
		account.admin.disablesComponent('Емейл-трекинг');
		expect((await refused('upload.emails', { emails: [] }))[1]).toBe('method_component_disabled');
	});
});

describe('points', () => {
	it('are spent by success only and told in every answer', async () => {
		await open({ limits: { day: 100, minute: 2 } });
		expect((await result('get.tags')).metadata).toEqual({
			total_items: 3,
			limits: {
				day_limit: 100,
				day_remaining: 99,
				day_reset: 12 * 3600,
				minute_limit: 2,
				minute_remaining: 1,
				minute_reset: 60,
			},
		});
		const wrong = await ask('get.tags', { limit: -1 });
		expect(wrong.error.data.metadata.limits.minute_remaining).toBe(1);
		await result('get.tags');
		const { error } = await ask('get.tags');
		expect([error.code, error.data.mnemonic, error.data.params]).toEqual([
			-32029,
			'limit_exceeded',
			{ limit_type: 'minute', limit_max_value: 2 },
		]);
		secondsPass(60);
		await result('get.tags');
	});

	it('of a day come back at midnight of the account', async () => {
		account.levers.exhaustsPoints('day');
		expect((await ask('get.tags')).error.data.params.limit_type).toBe('day');
		secondsPass(12 * 3600);
		await result('get.tags');
	});
});

describe('a visitor', () => {
	const comesFromDirect = () =>
		account.visitorComes({
			name: 'Анна',
			phone: '8 (916) 123-45-67',
			email: 'anna@mail.example',
			page: 'https://romashka.example/stoly?utm_source=yandex',
			utm: { source: 'yandex', medium: 'cpc', campaign: 'office' },
			yclid: '177',
		});

	it('who calls is in both reports, the phone only in the detail one', async () => {
		const call = comesFromDirect().calls();
		account.employee().answers(call, { waits: 9, talks: 95 });
		const [common] = await rows('get.communications_report');
		expect(common).toEqual({
			id: call,
			communication_type: 'call',
			date_time: '2026-11-24 12:00:00',
			visitor_id: expect.any(Number),
			person_id: expect.any(Number),
			visitor_session_id: expect.any(Number),
			site_id: expect.any(Number),
			campaign_id: expect.any(Number),
		});
		const [detail] = await rows('get.calls_report');
		expect(detail).toMatchObject({
			communication_id: call,
			start_time: '2026-11-24 12:00:00',
			finish_time: '2026-11-24 12:01:44',
			direction: 'in',
			source: 'dynamic_call_tracking',
			is_lost: false,
			contact_phone_number: '79161234567',
			wait_duration: 9,
			talk_duration: 95,
			total_duration: 104,
		});
		expect(detail.id).not.toBe(call);
		expect(Object.keys(detail)).not.toContain('utm_source');
	});

	it('is attributed when the columns are asked for, and only some time later', async () => {
		const call = comesFromDirect().calls();
		account.employee().answers(call, { talks: 95 });
		const fields = [
			'utm_source',
			'yclid',
			'campaign_name',
			'channel_code',
			'attributes',
			'call_records',
		];
		expect(await rows('get.calls_report', { fields })).toEqual([
			{
				utm_source: 'yandex',
				yclid: '177',
				campaign_name: 'Яндекс.Директ: офисная мебель',
				channel_code: null,
				attributes: [],
				call_records: [],
			},
		]);
		secondsPass(account.switches.lateColumnsSeconds);
		expect(await rows('get.calls_report', { fields: fields.slice(3) })).toEqual([
			{
				channel_code: 'paid',
				attributes: ['first', 'primary', 'target'],
				call_records: [expect.any(String)],
			},
		]);
	});

	it('whose call rings is shown on demand, and lost when nobody takes it', async () => {
		const stranger = account.visitorComes({ phone: '+79031112233', neverSawTheSite: true });
		const call = stranger.calls();
		expect(await rows('get.calls_report')).toEqual([]);
		const [ringing] = await rows('get.calls_report', { include_ongoing_calls: true });
		expect(ringing).toMatchObject({ communication_id: call, finish_time: null, source: 'va' });
		account.employee().misses(call, { waits: 25 });
		const fields = [
			'is_lost',
			'finish_reason',
			'visitor_session_id',
			'campaign_id',
			'visitor_type',
		];
		expect(await rows('get.calls_report', { fields })).toEqual([
			{
				is_lost: true,
				finish_reason: 'operator_not_responsible',
				visitor_session_id: null,
				campaign_id: null,
				visitor_type: 'Не заполнен',
			},
		]);
	});

	it('who asks for a callback leaves a comment with a call of the site', async () => {
		comesFromDirect().asksForCallback({ comment: 'После 15:00' });
		const fields = ['source', 'properties'];
		expect(await rows('get.calls_report', { fields, include_ongoing_calls: true })).toEqual([
			{ source: 'sitephone', properties: 'После 15:00' },
		]);
	});

	it.each([
		['number' as const, 79161234567],
		['string' as const, '79161234567'],
	])('who sends a request leaves the phone as a %s', async (visitorPhone, phone) => {
		await open({ switches: { visitorPhone } });
		const request = comesFromDirect().sendsRequest({ text: 'Нужны столы', form: 'Расчет' });
		const [row] = await rows('get.offline_messages_report');
		expect(row).toMatchObject({
			communication_id: request,
			text: 'Нужны столы',
			status: 'not_processed',
			form_type: 'Пользовательская',
			visitor_phone_number: phone,
			visitor_email: 'anna@mail.example',
		});
		expect(Object.keys(row)).not.toContain('date_time');
		account.employee().processes(request, 'Отправлено КП');
		expect(
			await rows('get.offline_messages_report', { fields: ['status', 'process_time'] }),
		).toEqual([{ status: 'processed', process_time: '2026-11-24 12:00:00' }]);
	});

	it('who chats is answered, and the words are in a report of their own', async () => {
		const anna = comesFromDirect();
		const chat = anna.chats({ text: 'Есть в наличии?', channel: 'telegram' });
		secondsPass(40);
		account.employee().accepts(chat);
		account.employee().writes(chat, 'Да, десять штук');
		const fields = ['id', 'status', 'chat_channel_type', 'answer_time', 'messages_count'];
		const [row] = await rows('get.chats_report', { fields });
		expect(row).toMatchObject({
			status: 'active',
			chat_channel_type: 'telegram',
			answer_time: 40,
			messages_count: 2,
		});
		const messages = await result('get.chat_messages_report', {
			chat_id: row.id,
			sort: [{ field: 'date_time', order: 'desc' }],
		});
		expect(messages.data.map(({ source, text }) => [source, text])).toEqual([
			['operator', 'Да, десять штук'],
			['visitor', 'Есть в наличии?'],
		]);
		expect(await refused('get.chat_messages_report')).toEqual([
			-32602,
			'required_parameter_missed',
			'chat_id',
		]);
	});

	it.each([
		['onlyInNewReports' as const, []],
		['chatOfEmailChannel' as const, ['email']],
	])(
		'who writes a letter is in the classic reports by the switch: %s',
		async (mailIs, channels) => {
			await open({ switches: { mailIs } });
			comesFromDirect().writesMail({ subject: 'КП', text: 'Пришлите цены' });
			const chats = await rows('get.chats_report', { fields: ['chat_channel_type'] });
			expect(chats.map(({ chat_channel_type }) => chat_channel_type)).toEqual(channels);
			expect(await rows('get.communications_report')).toHaveLength(channels.length);
		},
	);

	it('who comes again is the same person in another visit', async () => {
		const anna = comesFromDirect();
		anna.sendsRequest({ text: 'Раз' });
		secondsPass(3600);
		anna.comesAgain({ searchQuery: 'столы офисные' });
		anna.opens('https://romashka.example/kontakty');
		anna.sendsRequest({ text: 'Два' });
		secondsPass(60);
		const fields = [
			'person_id',
			'visits_count',
			'visitor_type',
			'channel_code',
			'communication_number',
		];
		const [first, second] = await rows('get.communications_report', { fields });
		expect(second.person_id).toBe(first.person_id);
		expect([first.channel_code, second.channel_code]).toEqual(['paid', 'organic']);
		expect([first.communication_number, second.communication_number]).toEqual([1, 2]);
		expect(second.visitor_type).toBe('Вернувшийся');
		const visits = await rows('get.visitor_sessions_report', {
			fields: ['hits_count', 'hits', 'communications', 'exit_page'],
		});
		expect(visits.map(({ hits_count }) => hits_count)).toEqual([1, 2]);
		expect(visits[1].communications).toHaveLength(1);
		expect(visits[1].exit_page).toBe('https://romashka.example/kontakty');
	});

	it('is tagged later, by a person or by API, and untagged', async () => {
		const call = comesFromDirect().calls();
		account.employee().answers(call);
		const [target] = (await result('get.tags')).data;
		const params = { communication_id: call, communication_type: 'call', tag_id: target.id };
		const tags = async (): Promise<unknown[]> => {
			const [row] = await rows('get.communications_report', { fields: ['tags'] });
			return row.tags.map(({ tag_name, tag_employee_full_name }) => [
				tag_name,
				tag_employee_full_name,
			]);
		};
		secondsPass(600);
		account.employee().tags(call, 'Перезвонить');
		expect(await tags()).toEqual([['Перезвонить', 'Смирнова Ольга']]);
		await result('set.tag_communications', params);
		expect(await tags()).toContainEqual(['Целевой', null]);
		await result('unset.tag_communications', params);
		expect(await tags()).toHaveLength(1);
		expect(
			await refused('set.tag_communications', { ...params, communication_type: 'chat' }),
		).toEqual([-32602, 'entity_not_found', 'communication_id']);
	});
});

describe('a list', () => {
	beforeEach(() => {
		for (let index = 0; index < 25; index += 1) {
			const visitor = account.visitorComes({ phone: `7916000${String(index).padStart(4, '0')}` });
			account.employee().answers(visitor.calls(), { talks: index * 10 });
			secondsPass(60);
		}
	});

	it('comes in pages and says how many there are', async () => {
		const page = { ...TODAY, limit: 10, offset: 20, fields: ['talk_duration'] };
		const { metadata, data } = await result('get.calls_report', page);
		expect([metadata.total_items, data.length]).toEqual([25, 5]);
	});

	it('is filtered by one condition or by a tree', async () => {
		const talk = (operator: string, value: unknown) => ({
			field: 'talk_duration',
			operator,
			value,
		});
		const count = async (filter: object): Promise<number> =>
			(await rows('get.calls_report', { filter })).length;
		expect(await count(talk('>=', 200))).toBe(5);
		expect(await count(talk('in', [10, 20, 7]))).toBe(2);
		const tree = { filters: [talk('<', 20), { filters: [talk('=', 240)] }], condition: 'or' };
		expect(await count(tree)).toBe(3);
		const phone = { field: 'contact_phone_number', operator: 'like', value: '%0003' };
		expect(await count(phone)).toBe(1);
		expect(await count({ field: 'campaign_id', operator: 'is_null' })).toBe(0);
		secondsPass(60);
		expect(await count({ field: 'attributes', operator: 'overlap', value: ['lost'] })).toBe(1);
	});

	it('is sorted by what is sortable', async () => {
		const sort = [{ field: 'start_time', order: 'desc' }];
		const [last] = await rows('get.calls_report', { sort, limit: 1 });
		expect(last.talk_duration).toBe(240);
	});

	it.each<[string, object, string, string]>([
		['an unknown parameter', { page: 2 }, 'unexpected_parameters', 'page'],
		['an unknown column', { fields: ['phone'] }, 'unexpected_parameters', 'phone'],
		['a limit too high', { limit: 10_001 }, 'invalid_parameter_value', 'limit'],
		['an offset too high', { offset: 100_001 }, 'invalid_parameter_value', 'offset'],
		['a number in quotes', { limit: '10' }, 'data_type_error', 'limit'],
		[
			'a date of another form',
			{ date_from: '2026-11-24T00:00:00' },
			'invalid_parameter_value',
			'date_from',
		],
		[
			'a day that is not',
			{ date_from: '2026-02-30 00:00:00' },
			'invalid_parameter_value',
			'date_from',
		],
		['no end', { date_till: null }, 'required_parameter_missed', 'date_till'],
		[
			'four months',
			{ date_from: '2026-07-24 00:00:00' },
			'date_interval_limit_reached',
			'date_till',
		],
		['order by talk', { sort: [{ field: 'talk_duration' }] }, 'sort_prohibited', 'talk_duration'],
		[
			'a filter by the start',
			{ filter: { field: 'start_time', operator: '>', value: '2026-11-24 00:00:00' } },
			'filter_prohibited',
			'start_time',
		],
		[
			'text for a number',
			{ filter: { field: 'talk_duration', operator: '=', value: '10' } },
			'invalid_parameter_value',
			'talk_duration',
		],
		[
			'an operator that is not',
			{ filter: { field: 'talk_duration', operator: '~', value: 1 } },
			'invalid_parameter_value',
			'filter.operator',
		],
	])('refuses %s', async (_what, params, mnemonic, field) => {
		expect(await refused('get.calls_report', { ...TODAY, ...params })).toEqual([
			-32602,
			mnemonic,
			field,
		]);
	});
});

describe('conformance', () => {
	/** Columns an answer has without `fields`, by the tables of the documentation (data_api/report/*). */
	const BY_DEFAULT: Record<string, string> = {
		'get.communications_report':
			'id communication_type date_time visitor_id person_id visitor_session_id site_id campaign_id',
		'get.calls_report':
			'id start_time finish_time finish_reason direction cpn_region_id cpn_region_name cpn_country_name ' +
			'cpn_country_id source is_lost contact_phone_number communication_id communication_type wait_duration ' +
			'total_wait_duration talk_duration clean_talk_duration total_duration call_records wav_call_records ' +
			'full_record_file_link virtual_phone_number',
		'get.chats_report':
			'id status initiator date_time duration answer_time communication_id chat_ad_url is_group_chat ' +
			'is_transfer release_cause employee_id employee_raiting site_id campaign_id visitor_phone_number ' +
			'visitor_id visitor_ids',
		'get.offline_messages_report':
			'id text communication_id is_agree_to_process_personal_data is_agree_to_mailing status form_type ' +
			'properties employee_id site_id campaign_id visitor_phone_number visitor_email visitor_name visitor_id ' +
			'visitor_session_id',
		'get.visitor_sessions_report': 'campaign_id site_id person_id visitor_id visitor_device ext_id',
	};

	it.each(Object.entries(BY_DEFAULT))(
		'%s shows by default what the table says',
		async (method, names) => {
			const visitor = account.visitorComes({ phone: '79160000001' });
			account.employee().answers(visitor.calls());
			visitor.chats({ text: 'Здравствуйте' });
			visitor.sendsRequest({ text: 'Перезвоните' });
			const [row] = await rows(method);
			expect(Object.keys(row).sort()).toEqual(names.split(' ').sort());
		},
	);

	it.each([
		['get.account', 'app_id name timezone'],
		['get.tags', 'id name is_system'],
		['get.virtual_numbers', 'id virtual_phone_number status name campaigns scenarios'],
		['get.campaigns', 'id name status type engine site_id site_domain_name creation_time costs'],
		['get.employees', 'id first_name last_name full_name phone_numbers groups operator coach'],
		['get.sites', 'id domain_name name default_phone_number target_call_min_duration site_blocks'],
	])('%s has the documented columns', async (method, names) => {
		const { data } = await result(method);
		expect(Object.keys(data[0])).toEqual(expect.arrayContaining(names.split(' ')));
	});

	it.each(['metadata', 'meta_data'] as const)(
		'lists of references keep limits in %s',
		async (name) => {
			await open({ switches: { referenceMetadata: name } });
			expect((await result('get.sites'))[name].limits.day_limit).toBe(1000);
		},
	);

	it('a campaign shows its static labels only when asked', async () => {
		const [campaign] = (await result('get.campaigns')).data;
		expect(campaign).not.toHaveProperty('static_utm_source');
	});
});

describe('reports of the new style', () => {
	const SETUP = 'Data API для настройки';
	const feed = { ...TODAY, report_id: 15, report_type: 'communications' };

	it('have letters, with kinds as objects, and nothing unless columns are named', async () => {
		account.admin.enablesComponent(SETUP);
		const anna = account.visitorComes({ name: 'Анна', email: 'anna@mail.example' });
		const letter = anna.writesMail({ subject: 'КП', text: 'Пришлите цены' });
		anna.sendsRequest({ text: 'Столы' });
		const [, report] = (await result('get.reports_list')).data;
		expect(report).toMatchObject({ id: 15, type: 'communications' });
		expect((await result('get.communications', feed)).data).toEqual([]);
		const fields = ['communication_id', 'communication_type', 'email_from', 'email_subject'];
		const filter = { field: 'communication_type', operator: '=', value: 'email' };
		expect((await result('get.communications', { ...feed, fields, filter })).data).toEqual([
			{
				communication_id: String(letter),
				communication_type: { value: 'Электронные письма', value_id: 'email' },
				email_from: 'anna@mail.example',
				email_subject: 'КП',
			},
		]);
		expect(await refused('get.communications', { ...feed, report_id: 1 })).toEqual([
			-32602,
			'entity_not_found',
			'report_id',
		]);
	});

	it('list notifications as the service believes they went', async () => {
		account.admin.enablesComponent(SETUP);
		account.admin.addsNotification({
			event: 'requestSent',
			url: 'http://127.0.0.1:9/',
			body: '{}',
		});
		const anna = account.visitorComes({ email: 'anna@mail.example' });
		account.levers.losesNotifications();
		anna.sendsRequest({ text: 'Раз' });
		anna.sendsRequest({ text: 'Два' });
		await account.settles();
		const fields = ['notification_status', 'notification_message'];
		const { data } = await result('get.notifications', { ...TODAY, fields });
		expect(data.map((row) => row.notification_status.value_id)).toEqual(['sent', 'error']);
		expect(data[0].notification_message).toBe('{}');
	});
});

describe('uploads', () => {
	const request = { phone: '+79161234567', message: 'С выставки', ext_id: 'e-1' };
	const upload = (...offline_messages: object[]) => ({ offline_messages });

	it('of requests need somebody to answer and a place, and are all or nothing', async () => {
		const [site] = (await result('get.sites')).data;
		const good = { ...request, site_id: site.id, date_time: '2026-11-24 08:15:00' };
		const { data } = await result('upload.offline_messages', upload(good));
		expect(data).toEqual([{ id: expect.any(Number) }]);
		const [row] = await rows('get.offline_messages_report', {
			fields: ['form_type', 'ext_id', 'text', 'date_time'],
		});
		expect(row).toEqual({
			form_type: 'DataAPI',
			ext_id: 'e-1',
			text: 'С выставки',
			date_time: '2026-11-24 08:15:00',
		});
		const table: Array<[object, string]> = [
			[request, 'required_parameter_missed'],
			[{ site_id: site.id }, 'required_parameter_missed'],
			[{ ...good, ext_id: 'e-2', phone: 'звонить Анне' }, 'invalid_parameter_value'],
			[{ ...good, ext_id: 'e-2', site_id: 1 }, 'entity_not_found'],
			[{ ...good, ext_id: 'e-2', date_time: '2027-01-01 00:00:00' }, 'invalid_date_time'],
			[{ ...good, ext_id: 'e-2', fax: 1 }, 'unexpected_parameters'],
			[good, 'duplicate_entity'],
		];
		for (const [bad, mnemonic] of table)
			expect(
				(await refused('upload.offline_messages', upload({ ...good, ext_id: 'e-9' }, bad)))[1],
			).toBe(mnemonic);
		expect(await rows('get.offline_messages_report')).toHaveLength(1);
		const many = Array.from({ length: 51 }, () => good);
		expect((await refused('upload.offline_messages', upload(...many)))[1]).toBe(
			'data_limit_exceeded',
		);
	});

	it('of a repeated request make another one where the account does', async () => {
		await open({ switches: { repeatedExtId: 'newRecord' } });
		const [site] = (await result('get.sites')).data;
		for (let time = 0; time < 2; time += 1)
			await result('upload.offline_messages', upload({ ...request, site_id: site.id }));
		expect(await rows('get.offline_messages_report')).toHaveLength(2);
	});

	it('of deals tell the way of each through its funnel', async () => {
		account.admin.addsFunnel({ extId: '0', stages: ['NEW', 'WON'] });
		const call = account.visitorComes({ phone: '79160000001' }).calls();
		const deal = {
			ext_id: '41',
			name: 'Столы',
			created_date_time: '2026-11-24 10:00:00',
			modified_stage_date_time: '2026-11-24 10:00:00',
			sales_funnel_ext_id: '0',
			stage_ext_id: 'NEW',
			communication_id: call,
			communication_type: 'call',
		};
		const send = (...deals: object[]) => ask('upload.deals_history', { deals });
		expect((await send(deal)).result.data).toEqual({});
		const won = {
			...deal,
			stage_ext_id: 'WON',
			modified_stage_date_time: '2026-11-24 11:00:00',
			revenue: 100,
		};
		await send(won);
		expect(account.sees.deals()).toMatchObject([
			{ extId: '41', fields: { revenue: 100 }, stages: [{ stage: 'NEW' }, { stage: 'WON' }] },
		]);
		expect(refusal(await send(deal))[1]).toBe('invalid_date_time');
		expect(refusal(await send({ ...won, stage_ext_id: 'LOST' })).slice(1)).toEqual([
			'entity_not_found',
			'deals.stage_ext_id',
		]);
		const { communication_type: _type, ...lonely } = won;
		expect(refusal(await send(lonely))[1]).toBe('invalid_parameters_combination');
		account.admin.addsLeadStage('NEW');
		const { sales_funnel_ext_id: _funnel, ...lead } = deal;
		await result('upload.leads_history', { leads: [lead] });
		expect(account.sees.leads()).toHaveLength(1);
	});
});

describe('a notification', () => {
	const TEMPLATE =
		'{"kind":"call","id":{{communication_id}},"phone":{{contact_phone_number}},' +
		'"employee":{{employee_full_name}},"tags":{{tag_names}},"odd":{{visitor_browser_name}}}';
	let heard: Array<{ url: string; token: unknown; type: unknown; body: string }>;
	let hears: string;

	beforeEach(async () => {
		heard = [];
		const server = createServer((request, response) => {
			let body = '';
			request.on('data', (chunk: Buffer) => (body += chunk.toString()));
			request.on('end', () => {
				const { 'x-token': token, 'content-type': type } = request.headers;
				heard.push({ url: String(request.url), token, type, body });
				response.end();
			});
		});
		await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
		hears = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
		closers.push(() => new Promise((closed) => server.close(closed)));
		account.admin.addsNotification({
			event: 'callFinished',
			url: hears,
			headers: { 'x-token': 'secret' },
			body: TEMPLATE,
		});
	});

	const callsAndTalks = (): number => {
		const call = account.visitorComes({ phone: '79161234567' }).calls();
		account.employee().answers(call);
		return call;
	};
	const ids = (): unknown[] => heard.map(({ body }) => JSON.parse(body).id);

	it('is the template with JSON in place of the names', async () => {
		const call = callsAndTalks();
		await account.settles();
		expect(heard).toMatchObject([{ url: '/hook', token: 'secret', type: 'application/json' }]);
		expect(JSON.parse(heard[0].body)).toEqual({
			kind: 'call',
			id: call,
			phone: '79161234567',
			employee: 'Смирнова Ольга',
			tags: [],
			odd: null,
		});
		expect(account.sees.notifications()).toMatchObject([{ status: 'sent', communicationId: call }]);
	});

	it.each([
		['null' as const, '"odd":null}'],
		['nothing' as const, '"odd":}'],
		['placeholder' as const, '"odd":{{visitor_browser_name}}}'],
	])('has %s for a name the event does not know', async (unknownVariable, end) => {
		account.switches.unknownVariable = unknownVariable;
		callsAndTalks();
		await account.settles();
		expect(heard[0].body.endsWith(end)).toBe(true);
	});

	it('by GET carries the values in the address', async () => {
		account.admin.addsNotification({
			event: 'requestSent',
			method: 'GET',
			url: `${hears}?text={{message}}&mail={{visitor_email}}`,
		});
		account.visitorComes({ email: 'a@b.example' }).sendsRequest({ text: 'столы & стулья' });
		await account.settles();
		const query = new URL(`http://x${heard[0].url}`).searchParams;
		expect([query.get('text'), query.get('mail')]).toEqual(['столы & стулья', 'a@b.example']);
	});

	it('may be lost, come twice, late or in another order, and is never repeated', async () => {
		account.levers.losesNotifications();
		const lost = callsAndTalks();
		account.levers.doublesNotifications();
		const doubled = callsAndTalks();
		await account.settles();
		account.levers.holdsNotifications();
		const [first, second] = [callsAndTalks(), callsAndTalks()];
		await account.settles();
		expect(ids()).toEqual([doubled, doubled]);
		account.levers.deliversHeld('reversed');
		await account.settles();
		expect(ids().slice(2).sort()).toEqual([first, second]);
		expect(ids()).not.toContain(lost);
	});

	it('to an address nobody listens at is gone for good', async () => {
		account.admin.addsNotification({ event: 'tagSet', url: 'http://127.0.0.1:9/' });
		const call = callsAndTalks();
		account.employee().tags(call, 'Спам');
		await account.settles();
		const sent = account.sees.notifications().filter(({ event }) => event === 'tagSet');
		expect(sent.map(({ status }) => status)).toEqual(['failed']);
	});
});

describe('trouble', () => {
	it('strikes what it is meant for', async () => {
		account.levers.failsNext('get.tags', 'internal_error');
		expect((await refused('get.tags'))[0]).toBe(-32603);
		await result('get.tags');
		account.levers.answersWithPage(502);
		expect((await send({})).status).toBe(502);
		account.levers.losesNextAnswer('get.tags');
		await expect(ask('get.tags')).rejects.toThrow();
		expect(account.requests.at(-1)).toMatchObject({ method: 'get.tags', status: 0 });
		account.levers.goesDown();
		await expect(ask('get.tags')).rejects.toThrow();
		account.levers.comesBack();
		await result('get.tags');
	});
});

describe('bad input', () => {
	it('of any shape gets an error with a mnemonic', async () => {
		const anything = fc.oneof(
			fc.string(),
			fc.json({ maxDepth: 4 }),
			fc
				.record({
					jsonrpc: fc.constant('2.0'),
					id: fc.jsonValue(),
					method: fc.string(),
					params: fc.jsonValue(),
				})
				.map((call) => JSON.stringify(call)),
			fc
				.record({
					filter: fc.jsonValue(),
					sort: fc.jsonValue(),
					fields: fc.jsonValue(),
					limit: fc.jsonValue(),
				})
				.map((params) =>
					JSON.stringify({
						jsonrpc: '2.0',
						id: 1,
						method: 'get.calls_report',
						params: { ...TODAY, access_token: account.apiKey, ...params },
					}),
				),
		);
		await fc.assert(
			fc.asyncProperty(anything, async (text) => {
				const { status, data } = await raw(text);
				expect(status).toBe(200);
				if (data.result === undefined) expect(data.error.data.mnemonic).toMatch(/^[a-z_]+$/);
				expect(data.error?.data.mnemonic).not.toBe('internal_error');
			}),
			{ seed: 20261124, numRuns: 150 },
		);
	});

	it('with keys of objects themselves changes nothing', async () => {
		const poison = `{"jsonrpc":"2.0","id":1,"method":"get.tags","params":{"access_token":"${account.apiKey}","__proto__":{"isAdmin":true},"constructor":1}}`;
		expect(refusal((await raw(poison)).data)[1]).toBe('unexpected_parameters');
		expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
		const field = { field: '__proto__', operator: '=', value: 1 };
		expect((await refused('get.calls_report', { ...TODAY, filter: field }))[1]).toBe(
			'unexpected_parameters',
		);
		let deep: object = { field: 'id', operator: '=', value: 1 };
		for (let level = 0; level < 500; level += 1) deep = { filters: [deep], condition: 'and' };
		expect((await refused('get.calls_report', { ...TODAY, filter: deep }))[1]).toBe(
			'invalid_parameter_value',
		);
	});

	it('too long or not HTTP at all leaves the server alive', async () => {
		expect((await raw(Buffer.alloc(9 * 1024 * 1024, 32))).status).toBe(413);
		const { port } = new URL(account.origin);
		await new Promise<void>((closed) => {
			const socket = connect(Number(port), '127.0.0.1', () => socket.end('НЕ HTTP\r\n\r\n'));
			socket.on('close', () => closed());
			socket.resume();
		});
		await result('get.tags');
	});
});
