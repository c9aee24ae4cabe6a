/** The CoMagic node and its trigger in n8n's real engine, against the stand-in account. */
import axios from 'axios';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	IWorkflowBase,
} from 'n8n-workflow';
import { CoMagicApi } from '../credentials/CoMagicApi.credentials';
import { TEMPLATE } from '../nodes/CoMagicTrigger/template';
import { openAccount, type Account, type AccountOptions } from './standins/comagic/account';
import { endsPretending, pretendsTime } from './support/clock';
import { Credentials } from './support/credentials';
import { RunningWorkflow, type Finished } from './support/engine';
import { Mailbox } from './support/mailbox';

const MINUTE = 60_000;
const IVAN = { name: 'Иван Петров', phone: '8 (916) 123-45-67', email: 'ivan@example.ru' };
const UTM = { source: 'yandex', medium: 'cpc', campaign: 'мебель' };
const TODAY = { from: '2026-11-24T00:00:00', till: '2026-11-24T23:59:59' };

let account: Account;

const open = async (options: AccountOptions = {}): Promise<void> => {
	account = await openAccount({ now: () => Date.now(), ...options });
};

beforeEach(async () => {
	pretendsTime();
	await open();
});

afterEach(async () => {
	await account.close();
	endsPretending();
});

const minutesPass = (minutes: number): void => {
	jest.setSystemTime(Date.now() + minutes * MINUTE);
};

const keyOf = (opened: Account): ICredentialDataDecryptedObject => ({
	service: 'own',
	url: opened.origin,
	authentication: 'apiKey',
	apiKey: opened.apiKey,
	notificationSecret: 'secret-of-notifications',
});

const node = (name: string, type: string, parameters: IDataObject): INode => ({
	id: name,
	name,
	type: `n8n-nodes-bitrix24-1c.${type}`,
	typeVersion: 1,
	position: [0, 0],
	parameters: parameters as INode['parameters'],
	credentials: { coMagicApi: { id: 'comagic', name: 'CoMagic' } },
});

const start: INode = {
	...node('Начало', '', {}),
	type: 'n8n-nodes-base.manualTrigger',
	credentials: {},
};

const workflowOf = (one: INode, credential: ICredentialDataDecryptedObject): RunningWorkflow => {
	const source = {
		id: 'comagic',
		name: 'CoMagic',
		nodes: [start, one],
		connections: { Начало: { main: [[{ node: one.name, type: 'main', index: 0 }]] } },
		settings: {},
		active: true,
	} as unknown as IWorkflowBase;
	return new RunningWorkflow(source, new Credentials({ coMagicApi: credential }));
};

/** Runs the node over these items. */
const runs = async (
	parameters: IDataObject,
	items: IDataObject[] = [{}],
	credential: ICredentialDataDecryptedObject = keyOf(account),
	more: Partial<INode> = {},
): Promise<Finished> =>
	await workflowOf({ ...node('CoMagic', 'coMagic', parameters), ...more }, credential).runs(
		'Начало',
		items.map((json) => ({ json })),
	);

const gives = async (
	parameters: IDataObject,
	items?: IDataObject[],
	credential?: ICredentialDataDecryptedObject,
): Promise<IDataObject[]> => {
	const finished = await runs(parameters, items, credential);
	if (finished.error) throw new Error(finished.error);
	return finished.items('CoMagic');
};

const asked = (method: string): number =>
	account.requests.filter((request) => request.method === method).length;

const report = (resource: string, more: IDataObject = {}): IDataObject => ({
	resource,
	operation: 'getAll',
	returnAll: true,
	...TODAY,
	...more,
});

describe('the credential', () => {
	const testOf = async (credential: ICredentialDataDecryptedObject): Promise<unknown> => {
		const { test } = new CoMagicApi();
		const { body } = test.request as { body: Record<string, string> };
		const fill = (text: string): unknown =>
			// The two expressions of the request, with the credential they are about.
			new Function('$credentials', `return (${text.slice(3, -2)})`)(credential);
		const call = { ...body, method: fill(body.method), params: fill(body.params) };
		return (await axios.post<{ result?: unknown }>(account.dataApiUrl, call)).data.result;
	};

	it('is tested with a key and with a login, and wrong ones fail', async () => {
		expect(await testOf(keyOf(account))).toBeDefined();
		const login = { authentication: 'login', login: account.login, password: account.password };
		expect(await testOf(login)).toBeDefined();
		expect(await testOf({ ...login, password: 'другой' })).toBeUndefined();
		expect(await testOf({ ...keyOf(account), apiKey: 'чужой' })).toBeUndefined();
	});

	it.each([
		['comagic.ru', 'https://dataapi.comagic.ru/'],
		['uiscom.ru', 'https://dataapi.uiscom.ru/'],
		['callgear.com', 'https://dataapi.callgear.com/'],
	])('knows where %s lives', async (service, address) => {
		const options = await new CoMagicApi().authenticate({ service }, { url: 'v2.0' });
		expect(options.baseURL).toBe(address);
	});

	it.each(['access_token_invalid', 'access_token_expired'] as const)(
		'opens one session for many calls, and another when it is over (%s)',
		async (expiredSession) => {
			await account.close();
			await open({ switches: { expiredSession, loginExpiryField: 'expire' } });
			const credential = {
				...keyOf(account),
				authentication: 'login',
				login: account.login,
				password: account.password,
			};
			await gives(report('call'), [{}, {}], credential);
			await gives(report('chat'), [{}], credential);
			expect(asked('login.user')).toBe(1);
			account.levers.expiresSessions();
			await gives(report('call'), [{}], credential);
			expect(asked('login.user')).toBe(2);
			minutesPass(56);
			await gives(report('call'), [{}], credential);
			expect(asked('login.user')).toBe(3);
		},
	);

	it('keeps its key out of errors and records', async () => {
		account.admin.blocksKey(account.apiKey);
		const finished = await runs(report('call'));
		expect(finished.error).toContain('access_token_blocked');
		expect(finished.remedy).toContain('unblock');
		expect(finished.record).not.toContain(account.apiKey);
	});
});

describe('reports', () => {
	it('come with the default columns, with attribution, whole, or as chosen', async () => {
		const visitor = account.visitorComes({ ...IVAN, utm: UTM });
		account.employee().answers(visitor.calls());
		minutesPass(5);
		const [usual] = await gives(report('call', { fieldSet: 'default' }));
		expect(usual).toMatchObject({ contact_phone_number: '79161234567', is_lost: false });
		expect(usual).not.toHaveProperty('utm_source');
		const [attributed] = await gives(report('call', { fieldSet: 'attribution' }));
		expect(attributed).toMatchObject({
			utm_source: 'yandex',
			site_domain_name: 'romashka.example',
		});
		const [chosen] = await gives(report('call', { fieldSet: 'custom', fields: 'id, utm_medium' }));
		expect(Object.keys(chosen)).toEqual(['id', 'utm_medium']);
	});

	it.each(['communication', 'call', 'chat', 'siteRequest', 'visitorSession'])(
		'%s knows every column it names',
		async (resource) => {
			const visitor = account.visitorComes(IVAN);
			account.employee().answers(visitor.calls());
			visitor.chats({ text: 'Добрый день' });
			visitor.sendsRequest({ text: 'Нужен стол' });
			const rows = await gives(report(resource, { fieldSet: 'all' }));
			expect(rows.length).toBeGreaterThan(0);
		},
	);

	it('stop at the limit, and are filtered by the account', async () => {
		const visitor = account.visitorComes(IVAN);
		const lost = [visitor.calls(), visitor.calls(), visitor.calls()];
		for (const call of lost.slice(1)) account.employee().misses(call);
		account.employee().answers(lost[0]);
		const filter = JSON.stringify({ field: 'is_lost', operator: '=', value: true });
		expect(await gives(report('call', { filter }))).toHaveLength(2);
		expect(await gives(report('call', { returnAll: false, limit: 1 }))).toHaveLength(1);
	});

	it('longer than three months are asked for piece by piece, each row once', async () => {
		const visitor = account.visitorComes(IVAN);
		const requests = [0, 40, 50, 60].map((days) => {
			minutesPass(days * 24 * 60);
			return visitor.sendsRequest({ text: `Через ${days} дней` });
		});
		const period = { from: '2026-11-01T00:00:00', till: '2027-06-01T00:00:00' };
		const rows = await gives(report('siteRequest', { ...period, fieldSet: 'default' }));
		expect(rows.map((row) => row.communication_id)).toEqual(requests);
		expect(asked('get.offline_messages_report')).toBe(3);
	});

	it('take times with a zone as moments and others as those of the account', async () => {
		const visitor = account.visitorComes(IVAN);
		visitor.sendsRequest({ text: 'В двенадцать по Москве' });
		const within = async (from: string, till: string): Promise<number> =>
			(await gives(report('siteRequest', { from, till }))).length;
		expect(await within('2026-11-24T11:59:00', '2026-11-24T12:01:00')).toBe(1);
		expect(await within('2026-11-24T08:59:00Z', '2026-11-24T09:01:00Z')).toBe(1);
		expect(await within('2026-11-24T11:59:00Z', '2026-11-24T12:01:00Z')).toBe(0);
	});
});

describe('one shape for all contacts', () => {
	it('tells calls from callbacks, and brings phone, text and labels together', async () => {
		account.admin.enablesComponent('Data API для настройки');
		const visitor = account.visitorComes({
			...IVAN,
			utm: UTM,
			page: 'https://romashka.example/stol',
		});
		account.employee().answers(visitor.calls());
		account.employee().misses(visitor.asksForCallback());
		visitor.chats({ text: 'Есть доставка?' });
		visitor.sendsRequest({ text: 'Нужен стол', form: 'Заказ' });
		visitor.writesMail({ subject: 'Счет', text: 'Пришлите счет' });
		minutesPass(5);
		const types = ['call', 'chat', 'offline_message', 'email'];
		const contacts = await gives({
			...report('communication'),
			operation: 'getContacts',
			types,
		});
		expect(contacts.map(({ kind, text, lost }) => [kind, text, lost])).toEqual([
			['call', '', false],
			['callback', '', true],
			['chat', 'Есть доставка?', null],
			['site_request', 'Нужен стол', null],
			['email', 'Счет\nПришлите счет', null],
		]);
		const [call, , , request, letter] = contacts;
		expect(call).toMatchObject({
			time: '2026-11-24T12:00:00+03:00',
			phone: '+79161234567',
			direction: 'in',
			talkSeconds: 60,
			utm: { source: 'yandex', medium: 'cpc', campaign: 'мебель', content: '', term: '' },
			site: 'romashka.example',
			page: 'https://romashka.example/stol',
		});
		expect(call.recordUrl).toMatch(/^https:\/\/media\.comagic\.ru\//);
		expect(request).toMatchObject({ name: 'Иван Петров', email: 'ivan@example.ru', form: 'Заказ' });
		expect(letter).toMatchObject({ email: 'ivan@example.ru', utm: { source: 'yandex' } });
	});

	it.each(['number', 'string'] as const)('reads phones that come as a %s', async (visitorPhone) => {
		account.switches.visitorPhone = visitorPhone;
		const id = account.visitorComes(IVAN).sendsRequest({ text: 'Перезвоните' });
		const [found] = await gives({
			resource: 'communication',
			operation: 'get',
			communicationType: 'offline_message',
			communicationId: id,
			...TODAY,
		});
		expect(found).toMatchObject({ communicationId: id, phone: '+79161234567' });
	});

	it('says so when there is no such communication, and goes on with the others', async () => {
		const id = account.visitorComes(IVAN).sendsRequest({ text: 'Перезвоните' });
		const finished = await runs(
			{
				resource: 'communication',
				operation: 'get',
				communicationType: 'offline_message',
				communicationId: '={{ $json.id }}',
				...TODAY,
			},
			[{ id: 1 }, { id }],
			keyOf(account),
			{ onError: 'continueRegularOutput' },
		);
		const [missing, found] = finished.items('CoMagic');
		expect(missing.error).toContain('no communication 1');
		expect(found.communicationId).toBe(id);
	});
});

describe('writing', () => {
	it('tags and untags, once however often', async () => {
		const id = account.visitorComes(IVAN).sendsRequest({ text: 'Спам' });
		const tag = (
			await workflowOf(node('CoMagic', 'coMagic', {}), keyOf(account)).choices('CoMagic', 'getTags')
		).find(({ name }) => name === 'Спам');
		const parameters = {
			resource: 'tag',
			operation: 'set',
			communicationType: 'offline_message',
			communicationId: id,
			tagId: tag?.value as string,
		};
		account.levers.losesNextAnswer('set.tag_communications');
		await gives(parameters);
		expect(account.sees.communication(id).tags).toEqual(['Спам']);
		await gives({ ...parameters, operation: 'unset' });
		expect(account.sees.communication(id).tags).toEqual([]);
	});

	it('uploads a request that came by another way, and never twice by itself', async () => {
		const parameters = {
			resource: 'siteRequest',
			operation: 'create',
			phone: '8 916 765-43-21',
			text: 'С выставки',
			siteId: '24101',
			externalId: 'выставка-1',
		};
		const [created] = await gives(parameters);
		expect(created).toMatchObject({ phone: '+79167654321', id: 41_001 });
		account.levers.losesNextAnswer('upload.offline_messages');
		const lost = await runs({ ...parameters, externalId: 'выставка-2' });
		expect(lost.error).toContain('CoMagic did not answer: the connection was cut off');
		expect(account.sees.communications()).toHaveLength(2);
	});

	const deals = (more: IDataObject = {}): IDataObject => ({
		resource: 'crmHistory',
		operation: 'uploadDeals',
		...more,
	});

	const dealOf = (dealId: number, stageId: string, movedTime: string): IDataObject => ({
		dealId,
		title: `Сделка ${dealId}`,
		createdTime: '2026-11-24T10:00:00+03:00',
		stageId,
		movedTime,
		categoryId: 0,
		opportunity: 1200,
		leadId: 0,
	});

	it('tells how deals went, a step once, a bad one alone', async () => {
		account.admin.addsFunnel({ extId: '0', stages: ['NEW', 'WON'] });
		const won = dealOf(7, 'WON', '2026-11-24T08:30:00Z');
		await gives(deals(), [
			dealOf(7, 'NEW', '2026-11-24T10:00:00+03:00'),
			dealOf(8, 'NEW', '2026-11-24T10:00:00+03:00'),
		]);
		const finished = await runs(
			deals(),
			[won, dealOf(9, 'НЕТ ТАКОЙ', '2026-11-24T11:00:00+03:00'), won],
			keyOf(account),
			{ onError: 'continueRegularOutput' },
		);
		expect(finished.items('CoMagic')[1].error).toContain('9: CoMagic refused');
		const [again] = await gives(deals(), [won]);
		expect(again.outcome).toBe('unchanged');
		const seven = account.sees.deals().find(({ extId }) => extId === '7');
		expect(seven?.stages.at(-1)).toEqual({ stage: 'WON', at: '2026-11-24 11:30:00' });
		expect(account.sees.deals().map(({ extId }) => extId)).toEqual(['7', '8']);
	});

	it('asks what became of an upload whose answer was lost', async () => {
		account.admin.addsFunnel({ extId: '0', stages: ['NEW'] });
		account.levers.losesNextAnswer('upload.deals_history');
		const [sent] = await gives(deals(), [dealOf(7, 'NEW', '2026-11-24T10:00:00+03:00')]);
		expect(sent.outcome).toBe('uploaded');
		expect(account.sees.deals()[0].stages).toHaveLength(1);
	});

	it('calls any method, but gives no session away', async () => {
		const method = { resource: 'method', operation: 'call', parameters: '{"limit": 1}' };
		const [answer] = await gives({ ...method, method: 'get.employees' });
		expect(answer).toMatchObject({ data: [{ full_name: 'Смирнова Ольга' }], total: 2 });
		const login = await runs({ ...method, method: 'login.user' });
		expect(login.error).toContain('must not log in');
		expect(asked('login.user')).toBe(0);
	});
});

describe('troubles', () => {
	it.each(['always200', 'fitting'] as const)(
		'waits for the next minute, and says when the day is over (errors with status %s)',
		async (errorStatus) => {
			await account.close();
			await open({ switches: { errorStatus } });
			await gives(report('call'));
			account.levers.exhaustsPoints('minute');
			expect(await gives(report('call'))).toEqual([]);
			account.levers.exhaustsPoints('day');
			const finished = await runs(report('call'));
			expect(finished.error).toContain('limit_exceeded');
			expect(finished.remedy).toContain('midnight');
		},
	);

	it('asks again after a failure and a page of the web server', async () => {
		account.levers.failsNext('get.calls_report', 'internal_error');
		account.levers.answersWithPage(502);
		account.levers.losesNextAnswer('get.calls_report');
		expect(await gives(report('call'))).toEqual([]);
	});

	it('names the way out of closed doors', async () => {
		account.admin.deniesAddress('127.0.0.1');
		const denied = await runs(report('call'));
		expect([denied.error, denied.remedy].join(' ')).toMatch(
			/ip_not_whitelisted.*Allow the address/s,
		);
		account.admin.allowsAddress('127.0.0.1');
		account.admin.disablesComponent('Data API');
		const disabled = await runs(report('call'));
		expect([disabled.error, disabled.remedy].join(' ')).toMatch(/component.*tariff/s);
	});
});

const trigger = (parameters: IDataObject, opened = account): RunningWorkflow =>
	workflowOf(node('Обращения', 'coMagicTrigger', parameters), keyOf(opened));

describe('polling', () => {
	const poll = { mode: 'poll', kinds: ['call', 'callback', 'chat', 'site_request'] };

	const told = (finished: Finished | null): Array<[unknown, unknown]> =>
		(finished?.items('Обращения') ?? []).map(({ kind, communicationId }) => [
			kind,
			communicationId,
		]);

	it('tells of each contact once, and again when something was filled in', async () => {
		const polling = trigger(poll);
		const visitor = account.visitorComes({ ...IVAN, utm: UTM });
		const call = visitor.calls();
		const request = visitor.sendsRequest({ text: 'Нужен стол' });
		expect(told(await polling.polls('Обращения'))).toEqual([['site_request', request]]);
		account.employee().answers(call);
		const first = await polling.polls('Обращения');
		expect(told(first)).toContainEqual(['call', call]);
		minutesPass(5);
		const second = await polling.polls('Обращения');
		expect(second?.items('Обращения').find(({ kind }) => kind === 'call')?.recordUrl).toMatch(
			/^https/,
		);
		minutesPass(5);
		expect(await polling.polls('Обращения')).toBeNull();
		account.employee().tags(request, 'Целевой');
		minutesPass(5);
		expect(told(await polling.polls('Обращения'))).toEqual([['site_request', request]]);
	});

	it('says contacts again while they are looked back at, when asked to', async () => {
		const polling = trigger({ ...poll, more: { repeats: true } });
		const request = account.visitorComes(IVAN).sendsRequest({ text: 'Нужен стол' });
		minutesPass(2);
		const counts: number[] = [];
		for (let look = 0; look < 20; look += 1) {
			counts.push(told(await polling.polls('Обращения')).length);
			minutesPass(5);
		}
		expect(counts[0]).toBe(1);
		const times = counts.reduce((sum, count) => sum + count, 0);
		expect(times).toBeGreaterThan(3);
		expect(times).toBeLessThan(9);
		expect(account.sees.communication(request).text).toBe('Нужен стол');
	});

	it('catches up after hours in which nobody looked', async () => {
		const polling = trigger(poll);
		await polling.polls('Обращения');
		minutesPass(10);
		const request = account.visitorComes(IVAN).sendsRequest({ text: 'Ночью' });
		account.levers.goesDown();
		minutesPass(300);
		await expect(polling.polls('Обращения')).rejects.toThrow(
			'CoMagic did not answer: the connection was cut off',
		);
		account.levers.comesBack();
		minutesPass(300);
		expect(told(await polling.polls('Обращения'))).toEqual([['site_request', request]]);
	});

	it('leaves calls of employees out, unless they are asked for', async () => {
		const call = account.employee().callsOut({ phone: '+7 916 123-45-67' });
		expect(await trigger(poll).polls('Обращения')).toBeNull();
		const all = await trigger({ ...poll, outgoing: true }).polls('Обращения');
		expect(told(all)).toEqual([['call', call]]);
	});

	it.each(['onlyInNewReports', 'chatOfEmailChannel'] as const)(
		'finds letters where they are (%s)',
		async (mailIs) => {
			await account.close();
			await open({ switches: { mailIs } });
			if (mailIs === 'onlyInNewReports') account.admin.enablesComponent('Data API для настройки');
			const letter = account.visitorComes(IVAN).writesMail({ subject: 'Счет', text: 'Жду' });
			const polling = trigger({ mode: 'poll', kinds: ['email'] });
			expect(told(await polling.polls('Обращения'))).toEqual([['email', letter]]);
		},
	);

	it('goes on with the other kinds when the tariff has no letters', async () => {
		const request = account.visitorComes(IVAN).sendsRequest({ text: 'Нужен стол' });
		const polling = trigger({ mode: 'poll', kinds: ['site_request', 'email'] });
		expect(told(await polling.polls('Обращения'))).toEqual([['site_request', request]]);
	});

	it('leaves the last points of the day to others, says so, and goes on after midnight', async () => {
		await account.close();
		await open({ limits: { day: 55, minute: 250 } });
		const polling = trigger(poll);
		await polling.polls('Обращения');
		minutesPass(5);
		await polling.polls('Обращения');
		minutesPass(5);
		await expect(polling.polls('Обращения')).rejects.toThrow('points left for today');
		const before = account.requests.length;
		await expect(polling.polls('Обращения')).rejects.toThrow('points left for today');
		expect(account.requests.length).toBe(before);
		const request = account.visitorComes(IVAN).sendsRequest({ text: 'Вечером' });
		minutesPass(13 * 60);
		expect(told(await polling.polls('Обращения'))).toEqual([['site_request', request]]);
	});
});

describe.each(['gives', 'sends on'] as const)(
	'the record of a talk, whose link %s',
	(recordLink) => {
		/** The stand-in keeps records under its own address. */
		const recordUrl = () =>
			`={{ $json.full_record_file_link?.replace('https://media.comagic.ru', '${account.origin}') }}`;

		const downloads = async (more: IDataObject, items: IDataObject[]): Promise<Finished> => {
			const one = node('Запись', 'coMagic', {
				resource: 'call',
				operation: 'downloadRecord',
				recordUrl: recordUrl(),
				...more,
			});
			const workflow = workflowOf({ ...one, onError: 'continueRegularOutput' }, keyOf(account));
			return await workflow.runs(
				'Начало',
				items.map((json) => ({ json })),
			);
		};

		it('leaves as a file, and what has none fails alone', async () => {
			account.switches.recordLink = recordLink;
			const visitor = account.visitorComes(IVAN);
			account.employee().answers(visitor.calls());
			minutesPass(1);
			const [{ full_record_file_link: link }] = await gives(report('call', { fieldSet: 'all' }));
			const foreign = { full_record_file_link: 'https://example.test/1/2' };
			const items = [{ full_record_file_link: link }, {}, foreign];
			const run = await downloads({}, items as IDataObject[]);
			const [file] = run.files('Запись');
			expect(file.data).toMatchObject({ mimeType: 'audio/mpeg' });
			expect(Buffer.from(file.data.data, 'base64').toString()).toMatch(/^ID3 talk of \d+ s$/);
			expect(run.items('Запись')).toMatchObject([
				{ full_record_file_link: link, mimeType: 'audio/mpeg' },
				{ error: expect.stringContaining('no link to a record') },
				{ error: expect.stringContaining('example.test') },
			]);
			const gone = await downloads({ recordUrl: `${account.origin}/1/${'0'.repeat(24)}` }, [{}]);
			expect(gone.items('Запись')).toMatchObject([{ error: expect.stringContaining('HTTP 404') }]);
		});
	},
);

describe('notifications', () => {
	let mailbox: Mailbox;

	const listens = async (parameters: IDataObject = {}): Promise<void> => {
		const notified = trigger({
			mode: 'notification',
			kinds: ['call', 'callback', 'chat', 'email', 'site_request'],
			...parameters,
		});
		mailbox = await Mailbox.open(notified, 'Обращения');
	};

	const subscribes = (
		header: Record<string, string> = { 'X-Secret': 'secret-of-notifications' },
	) => {
		const events = [
			'incomingCall',
			'callFinished',
			'callLost',
			'recordReady',
			'outgoingCall',
		] as const;
		const others = ['chatStarted', 'requestSent', 'mailReceived'] as const;
		for (const event of [...events, ...others])
			account.admin.addsNotification({ event, url: mailbox.url, headers: header, body: TEMPLATE });
	};

	const settles = async (): Promise<void> => {
		await account.settles();
		await mailbox.settles();
	};

	const heard = (): IDataObject[] =>
		mailbox.received.flatMap(({ run }) => run?.items('Обращения') ?? []);

	afterEach(async () => await mailbox.close());

	it.each(['null', 'nothing', 'placeholder'] as const)(
		'are read whatever stands for a variable the event lacks (%s)',
		async (unknownVariable) => {
			account.switches.unknownVariable = unknownVariable;
			await listens();
			subscribes();
			const visitor = account.visitorComes({ ...IVAN, utm: UTM });
			const call = visitor.calls();
			await settles();
			minutesPass(1);
			account.employee().answers(call);
			await settles();
			visitor.sendsRequest({ text: 'Цена: "два", {{стола}}' });
			visitor.chats({ text: 'Есть доставка?' });
			visitor.writesMail({ subject: 'Счет', text: 'Пришлите' });
			await settles();
			const [rang, ...others] = heard();
			expect(rang).toMatchObject({
				kind: 'call',
				communicationId: call,
				time: '2026-11-24T09:00:00.000Z',
				phone: '+79161234567',
				utm: { source: 'yandex' },
			});
			expect(others.some(({ recordUrl }) => String(recordUrl).startsWith('https'))).toBe(true);
			expect(others.find(({ kind }) => kind === 'site_request')).toMatchObject({
				text: 'Цена: "два", {{стола}}',
				email: 'ivan@example.ru',
			});
			expect(heard().map(({ kind }) => kind)).toEqual(expect.arrayContaining(['chat', 'email']));
			expect(heard().every((item) => !('_parseError' in item))).toBe(true);
		},
	);

	it('of strangers are refused, whatever secret they try', async () => {
		await listens();
		for (const header of [{}, { 'X-Secret': 'secret-of-notification' }, { 'X-Secret': '' }]) {
			subscribes(header as Record<string, string>);
		}
		account.visitorComes(IVAN).sendsRequest({ text: 'Нужен стол' });
		await settles();
		expect(mailbox.received.map(({ status }) => status)).toEqual([403, 403, 403]);
		expect(heard()).toEqual([]);
	});

	it('may carry the secret in the address or as a bearer', async () => {
		await listens();
		const ways: Array<{ url: string; headers: Record<string, string> }> = [
			{ url: `${mailbox.url}?secret=secret-of-notifications`, headers: {} },
			{ url: mailbox.url, headers: { Authorization: 'Bearer secret-of-notifications' } },
		];
		for (const way of ways)
			account.admin.addsNotification({ event: 'requestSent', body: TEMPLATE, ...way });
		account.visitorComes(IVAN).sendsRequest({ text: 'Нужен стол' });
		await settles();
		expect(mailbox.received.map(({ status }) => status)).toEqual([200, 200]);
		expect(heard()).toHaveLength(2);
	});

	it.each(['null', 'nothing', 'placeholder'] as const)(
		'may come by GET, with everything in the address, whatever stands for what is absent (%s)',
		async (unknownVariable) => {
			account.switches.unknownVariable = unknownVariable;
			await listens();
			const names = [
				...['communication_id', 'communication_type', 'notification_mnemonic', 'message'],
				...['visitor_phone_number', 'visitor_name', 'utm_source', 'tag_names', 'file_link'],
			];
			const query = names.map((name) => `${name}={{${name}}}`).join('&');
			for (const secret of ['secret-of-notifications', 'guessed'])
				account.admin.addsNotification({
					event: 'requestSent',
					method: 'GET',
					url: `${mailbox.url}?secret=${secret}&${query}`,
				});
			account.visitorComes({ ...IVAN, utm: UTM }).sendsRequest({ text: 'Цена & "стол"?' });
			await settles();
			expect(mailbox.received.map(({ status }) => status).sort()).toEqual([200, 403]);
			expect(heard()).toMatchObject([
				{
					kind: 'site_request',
					communicationId: expect.any(Number),
					phone: '+79161234567',
					text: 'Цена & "стол"?',
					utm: { source: 'yandex' },
					recordUrl: '',
				},
			]);
			expect(JSON.stringify(heard())).not.toContain('secret-of-notifications');
		},
	);

	const posts = async (body: string): Promise<number> => {
		const headers = { 'X-Secret': 'secret-of-notifications', 'Content-Type': 'application/json' };
		const sent = await axios.post(mailbox.url, body, {
			headers,
			validateStatus: () => true,
			transformRequest: (text: string) => text,
		});
		return sent.status;
	};

	it('broken beyond mending are shown, with what could be made out', async () => {
		await listens();
		const text = '{"communication_type":"call","communication_id":784601,"message":"без кавычки}';
		expect(await posts(text)).toBe(200);
		const [item] = heard();
		expect(item).toMatchObject({
			kind: 'call',
			communicationId: 784601,
			_parseError: true,
			_raw: text,
		});
	});

	it.each([
		['a list', '[1,2]'],
		['nothing', ''],
		['a prototype', '{"__proto__":{"kind":"call"},"communication_type":"constructor"}'],
		['a deep one', `${'['.repeat(5000)}${']'.repeat(5000)}`],
		['many braces', '{{'.repeat(20_000)],
	])('that are hostile (%s) do no harm', async (_, body) => {
		await listens();
		expect(await posts(body)).toBe(200);
		expect(heard().every(({ kind }) => kind === null)).toBe(true);
		expect(({} as Record<string, unknown>).kind).toBeUndefined();
	});

	it('of employees calling out are left alone', async () => {
		await listens();
		subscribes();
		account.employee().callsOut({ phone: '+7 916 123-45-67' });
		await settles();
		expect(mailbox.received.length).toBeGreaterThan(0);
		expect(heard()).toEqual([]);
	});
});

describe('a look at the connection', () => {
	const check = async (
		credential?: ICredentialDataDecryptedObject,
	): Promise<Map<unknown, IDataObject>> => {
		const parameters = { resource: 'account', operation: 'checkConnection' };
		const items = await gives(parameters, [{}], credential);
		return new Map(items.map((item) => [item.probe, item]));
	};

	it('finds an account in good health, and only reads', async () => {
		const report = await check();
		expect(report.get('access')?.found).toContain('Europe/Moscow');
		expect(report.get('reports')?.state).toBe('ok');
		expect(report.get('limits')).toMatchObject({ state: 'ok', facts: { day_limit: 1000 } });
		expect(report.get('uploads')?.state).toBe('unknown');
		expect(report.get('summary')?.state).toBe('ok');
		expect(account.requests.every(({ method }) => method.startsWith('get.'))).toBe(true);
	});

	it('names the key, the address and the service that were refused, and asks no further', async () => {
		const wrong = await check({ ...keyOf(account), apiKey: 'чужой' });
		expect([...wrong.keys()]).toEqual(['summary', 'access']);
		expect(wrong.get('access')?.found).toContain('access_token_invalid');
		expect(JSON.stringify([...wrong.values()])).not.toContain('чужой');
		account.admin.deniesAddress('127.0.0.1');
		const refused = (await check()).get('access');
		expect(refused?.remedy).toContain('настройки безопасности');
		account.levers.goesDown();
		expect((await check()).get('access')?.found).toBe('нет ответа');
	});

	it('names the reports the tariff lacks, and points that run short', async () => {
		account.levers.failsNext('get.chats_report', 'method_component_disabled');
		const reports = (await check()).get('reports');
		expect(reports).toMatchObject({ state: 'warning', found: 'недоступны: чаты' });
		await account.close();
		await open({ limits: { day: 40, minute: 40 } });
		expect((await check()).get('limits')?.state).toBe('warning');
	});
});
