/**
 * The most used client of strangers: it asks by GET in PHP's way, reads long lists by batches of `start`, and knows
 * companies, contacts, deals, leads, statuses and users by their classic methods (github.com/2BAD/bitrix). Only through a
 * webhook: of version 2.5.1 an access token never reaches the wire.
 */
import { deepEqual, equal, rejects } from 'node:assert/strict';
import { ADMINISTRATOR_USER, openPortal } from '../standins/bitrix24/portal';
import type { Portal } from '../standins/bitrix24/portal';
import { loads, titleOf } from './packages';
import type { OutsideClient, Scenario } from './scenario';

interface Payload<T> {
	result: T;
	total?: number;
	next?: number;
	time: { operating?: number };
}

type Fields = Record<string, unknown>;

interface Command {
	method: string;
	params?: Fields;
}

interface Cards {
	fields(): Promise<Payload<Record<string, Fields>>>;
	create(fields: Fields, params?: Fields): Promise<Payload<number>>;
	get(id: string): Promise<Payload<Record<string, unknown>>>;
	list(params?: Fields): Promise<Payload<Array<Record<string, string>>>>;
	update(id: string, fields: Fields, params?: Fields): Promise<Payload<boolean>>;
}

interface Client {
	call<T>(method: string, params: Fields): Promise<Payload<T>>;
	batch<T>(
		commands: Command[] | Record<string, Command>,
		size?: number,
	): Promise<Payload<{ result: T; result_error: unknown; result_total: unknown }>>;
	list<T>(method: string, params: Fields): Promise<Payload<T[]>>;
	companies: Cards;
	contacts: Cards;
	deals: Cards;
	leads: Cards;
	statuses: {
		fields(): Promise<Payload<Record<string, Fields>>>;
		create(fields: Fields): Promise<Payload<number>>;
		get(id: string): Promise<Payload<Fields>>;
		list(params?: Fields): Promise<Payload<Fields[]>>;
		update(id: string, fields: Fields): Promise<Payload<boolean>>;
		delete(id: string): Promise<Payload<boolean>>;
	};
	users: {
		fields(): Promise<Payload<Record<string, string>>>;
		get(id: string): Promise<Payload<Fields[]>>;
	};
}

type Make = (uri: string, token: undefined, options: object) => Client;

interface World {
	portal: Portal;
	client: Client;
}

const NAME = '@2bad/bitrix';
const { Bitrix } = loads<{ Bitrix: Make }>(NAME);

const clientOf = ({ certificate, webhookUrl }: Portal): Client =>
	Bitrix(webhookUrl.replace(/\/$/, ''), undefined, {
		https: { certificateAuthority: certificate },
	});

const cards = (
	kind: 'companies' | 'contacts' | 'deals' | 'leads',
	named: string,
): Scenario<World> => ({
	name: `${kind}: fields, create, get, list, update`,
	run: async ({ client }) => {
		const known = await client[kind].fields();
		equal(known.result.ID.type, 'integer');
		equal(known.result[named].isReadOnly, false);
		const { result: id } = await client[kind].create({ [named]: 'Первый & «второй»' });
		equal(typeof id, 'number');
		const made = await client[kind].get(String(id));
		deepEqual([made.result.ID, made.result[named]], [String(id), 'Первый & «второй»']);
		const changed = await client[kind].update(String(id), { [named]: '100 % +' });
		equal(changed.result, true);
		const listed = await client[kind].list({ filter: { '=ID': id }, select: ['ID', named] });
		deepEqual(listed.result, [{ ID: String(id), [named]: '100 % +' }]);
		equal(listed.total, 1);
	},
});

const scenarios: Array<Scenario<World>> = [
	cards('deals', 'TITLE'),
	cards('leads', 'TITLE'),
	cards('companies', 'TITLE'),
	cards('contacts', 'NAME'),
	{
		name: 'deals.list: 120 deals, the first page alone and the rest by a batch of starts',
		run: async ({ portal, client }) => {
			for (let n = 0; n < 120; n += 1) portal.manager.createsDeal({ title: `${n}` });
			const { result, total } = await client.deals.list({ select: ['ID', 'TITLE'] });
			equal(total, 120);
			deepEqual(
				result.map(({ TITLE }) => TITLE),
				Array.from({ length: 120 }, (_, n) => `${n}`),
			);
			equal(portal.requests.length, 2);
		},
	},
	{
		name: 'list: the old list of deals with a filter and an order of its own',
		run: async ({ portal, client }) => {
			for (const title of ['Двери', 'Окна', 'Стены']) portal.manager.createsDeal({ title });
			const { result } = await client.list<{ TITLE: string }>('crm.deal.list', {
				filter: { '!TITLE': 'Окна', '>ID': 0 },
				order: { TITLE: 'DESC' },
				select: ['TITLE'],
			});
			deepEqual(
				result.map(({ TITLE }) => TITLE),
				['Стены', 'Двери'],
			);
		},
	},
	{
		name: 'batch: by array and by names, results and totals under the same keys',
		run: async ({ portal, client }) => {
			const id = portal.manager.createsDeal({ title: 'Окна' });
			const get = { method: 'crm.deal.get', params: { id } };
			const list = { method: 'crm.deal.list', params: { select: ['ID'] } };
			const listed = await client.batch<Array<Record<string, unknown>>>([get, list]);
			equal(listed.result.result[0].TITLE, 'Окна');
			deepEqual(listed.result.result[1], [{ ID: String(id) }]);
			const named = await client.batch<Record<string, { TITLE?: string }>>({ one: get, all: list });
			equal(named.result.result.one.TITLE, 'Окна');
			deepEqual(named.result.result_total, { all: 1 });
		},
	},
	{
		name: 'batch: sixty commands in two requests',
		run: async ({ portal, client }) => {
			const id = portal.manager.createsDeal({ title: 'Окна' });
			const get = { method: 'crm.deal.get', params: { id } };
			const done = await client.batch<object[]>(Array.from({ length: 60 }, () => get));
			deepEqual([done.result.result.length, portal.requests.length], [60, 2]);
		},
	},
	{
		name: 'batch: a refused command is an error of the whole',
		run: async ({ client }) => {
			const commands = { absent: { method: 'crm.deal.get', params: { id: 99 } } };
			await rejects(client.batch(commands), /\[batch\] failed to process.*1 commands/s);
		},
	},
	{
		name: 'call: refusals are statuses of HTTP',
		run: async ({ client }) => {
			await rejects(client.call('crm.deal.get', { id: 99 }), /400/);
			await rejects(client.call('crm.deal.fetch', {}), /404/);
		},
	},
	{
		name: 'call: everything else by its name, with nested parameters in the address',
		run: async ({ portal, client }) => {
			const made = await client.call<{ item: { id: number } }>('crm.item.add', {
				entityTypeId: 4,
				fields: {
					title: 'ООО «Лютик»',
					fm: [{ typeId: 'PHONE', valueType: 'WORK', value: '+7 495 1' }],
				},
			});
			const [company] = portal.sees.companies();
			deepEqual([company.id, company.title], [made.result.item.id, 'ООО «Лютик»']);
		},
	},
	{
		name: 'statuses: list, create, update and delete',
		run: async ({ client }) => {
			const source = { ENTITY_ID: 'SOURCE', STATUS_ID: 'FAIR', NAME: 'Выставка', SORT: 300 };
			const { result: id } = await client.statuses.create(source);
			equal((await client.statuses.update(String(id), { NAME: 'Ярмарка' })).result, true);
			const { result } = await client.statuses.list({ filter: { ENTITY_ID: 'SOURCE' } });
			const found = result.find(({ STATUS_ID }) => STATUS_ID === 'FAIR');
			deepEqual([found?.ID, found?.NAME], [String(id), 'Ярмарка']);
			equal((await client.statuses.delete(String(id))).result, true);
		},
	},
	{
		name: 'statuses: get and fields',
		leftOut: { because: 'the exchange reads statuses by lists', refusal: /404/ },
		run: async ({ client }) => {
			await client.statuses.fields();
			await client.statuses.get('1');
		},
	},
	{
		name: 'users: get',
		run: async ({ client }) => {
			const { result } = await client.users.get(String(ADMINISTRATOR_USER));
			deepEqual(
				result.map(({ ID, ACTIVE }) => [ID, ACTIVE]),
				[[String(ADMINISTRATOR_USER), true]],
			);
		},
	},
	{
		name: 'users: fields',
		leftOut: { because: 'the exchange reads no fields of users', refusal: /404/ },
		run: async ({ client }) => {
			await client.users.fields();
		},
	},
];

export const twoBadBitrix: OutsideClient<World> = {
	name: titleOf(NAME),
	opens: async () => {
		const portal = await openPortal({ tls: true, bucket: 'off' });
		return { portal, client: clientOf(portal) };
	},
	closes: ({ portal }) => portal.close(),
	scenarios,
};
