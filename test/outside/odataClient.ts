/**
 * A builder of OData queries that brackets every condition and asks for JSON by `$format`; everything it does not know
 * of 1C, guids and moments above all, goes in as it is (github.com/kanthoney/odata-client).
 */
import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { opensOffice, type OfficeBase } from './officeBase';
import { loads, titleOf } from './packages';
import type { OutsideClient, Scenario } from './scenario';

interface Answer {
	statusCode: number;
	body: string;
}

type Value = string | number | boolean | object;

interface Query {
	resource(name: string, key?: Value): Query;
	filter(left: Value, op?: string, right?: Value): Query;
	and(left: Value, op?: string, right?: Value): Query;
	or(left: Value, op?: string, right?: Value): Query;
	not(left: Value, op?: string, right?: Value): Query;
	any(table: string, column: string, op: string, value: Value): Query;
	all(table: string, column: string, op: string, value: Value): Query;
	select(...names: string[]): Query;
	orderby(...keys: Array<string | string[]>): Query;
	top(count: number): Query;
	skip(count: number): Query;
	count(): Query;
	expand(name: string): Query;
	search(term: string): Query;
	custom(name: string, value: string): Query;
	get(): Promise<Answer>;
	post(body?: object): Promise<Answer>;
	put(body: object): Promise<Answer>;
	patch(body: object): Promise<Answer>;
	merge(body: object): Promise<Answer>;
	delete(): Promise<Answer>;
}

interface Package {
	(config: object): Query;
	exact(text: string): object;
	fn(name: string, args: object): object;
}

const NAME = 'odata-client';
const odata = loads<Package>(NAME);

interface World extends OfficeBase {
	asks(): Query;
}

type Rows = Array<Record<string, unknown>>;

const BUYERS = encodeURIComponent('Catalog_Контрагенты');
const ORDERS = encodeURIComponent('Document_ЗаказПокупателя');
const guid = (ref: string): object => odata.exact(`guid'${ref}'`);

const rowsOf = async (asked: Promise<Answer>): Promise<Rows> =>
	(JSON.parse((await asked).body) as { value: Rows }).value;

const objectOf = async (asked: Promise<Answer>): Promise<Rows[0]> =>
	JSON.parse((await asked).body) as Rows[0];

const refused = (status: number) => (error: { response?: { statusCode: number } }) => {
	equal(error.response?.statusCode, status);
	return true;
};

const scenarios: Array<Scenario<World>> = [
	{
		name: 'filter, and, or, not: every condition in brackets',
		run: async ({ base, asks }) => {
			for (const name of ['Бета', 'Гамма'])
				base.admin.addsCounterparty({ name, inn: '7736050003' });
			const rows = await rowsOf(
				asks()
					.resource(BUYERS)
					.filter('Description', '=', 'Бета')
					.or('Description', '=', 'Гамма')
					.and('ИНН', 'eq', '7736050003')
					.not('Description', '=', 'Гамма')
					.select('Description')
					.get(),
			);
			deepEqual(rows, [{ Description: 'Бета' }]);
		},
	},
	{
		name: 'orderby several keys, top, skip, select',
		run: async ({ base, asks }) => {
			for (const name of ['Бета', 'Гамма', 'Дельта']) base.admin.addsCounterparty({ name });
			const rows = await rowsOf(
				asks()
					.resource(BUYERS)
					.orderby(['DeletionMark'], ['Description', 'desc'])
					.skip(1)
					.top(2)
					.select('Description')
					.get(),
			);
			deepEqual(
				rows.map(({ Description }) => Description),
				['Гамма', 'Бета'],
			);
		},
	},
	{
		name: 'any and all over the lines of a document',
		run: async ({ order, asks }) => {
			const found = async (query: Query) =>
				(await rowsOf(query.get())).map(({ Ref_Key }) => Ref_Key);
			const orders = () => asks().resource(ORDERS);
			deepEqual(await found(orders().any('Товары', 'Количество', '>=', 10)), [order]);
			deepEqual(await found(orders().all('Товары', 'Количество', '<', 10)), []);
		},
	},
	{
		name: 'guids, moments and flags as they are',
		run: async ({ who, order, asks }) => {
			const rows = await rowsOf(
				asks()
					.resource(ORDERS)
					.filter('Контрагент_Key', '=', guid(who.buyer))
					.and('Date', '>=', odata.exact("datetime'2026-11-24T00:00:00'"))
					.and('Posted', '=', true)
					.and('СуммаДокумента', '>', 999.99)
					.get(),
			);
			deepEqual(
				rows.map(({ Ref_Key }) => Ref_Key),
				[order],
			);
		},
	},
	{
		name: 'count: a number behind a byte order mark',
		run: async ({ asks }) => {
			const answer = await asks()
				.resource(BUYERS)
				.filter('Description', '=', 'Альфа')
				.count()
				.get();
			equal(Number(answer.body.replace('\uFEFF', '')), 1);
		},
	},
	{
		name: 'one object by its key, its table and its reference',
		run: async ({ who, order, asks }) => {
			const document = await objectOf(asks().resource(ORDERS, guid(order)).get());
			equal(document.Контрагент_Key, who.buyer);
			const lines = await rowsOf(
				asks().resource(ORDERS, guid(order)).resource(encodeURIComponent('Товары')).get(),
			);
			deepEqual(
				lines.map(({ Количество }) => Количество),
				[10],
			);
		},
	},
	{
		name: 'expand',
		run: async ({ asks }) => {
			const [row] = await rowsOf(
				asks().resource(ORDERS).select('Ref_Key', 'Контрагент/ИНН').expand('Контрагент').get(),
			);
			deepEqual((row.Контрагент as Rows[0]).ИНН, '7707083893');
		},
	},
	{
		name: 'virtual tables as resources with arguments',
		run: async ({ order, asks }) => {
			const register = encodeURIComponent('AccumulationRegister_ЗаказыПокупателей');
			const balance = encodeURIComponent(
				`Balance(Condition='ЗаказПокупателя_Key eq guid''${order}''')`,
			);
			const rows = await rowsOf(asks().resource(register).resource(balance).get());
			deepEqual(
				rows.map(({ КоличествоBalance }) => КоличествоBalance),
				[10],
			);
		},
	},
	{
		name: 'post, patch and delete',
		run: async ({ base, asks }) => {
			const made = await objectOf(asks().resource(BUYERS).post({ Description: 'Лютик' }));
			const ref = String(made.Ref_Key);
			await asks().resource(BUYERS, guid(ref)).patch({ Description: 'Ромашка' });
			equal(base.sees.counterparty(ref).Description, 'Ромашка');
			const gone = await asks().resource(BUYERS, guid(ref)).delete();
			equal(gone.statusCode, 204);
			await rejects(asks().resource(BUYERS, guid(ref)).get(), refused(404));
		},
	},
	{
		name: 'put: a whole object',
		run: async ({ base, who, asks }) => {
			const whole = await objectOf(asks().resource(BUYERS, guid(who.buyer)).get());
			await rejects(asks().resource(BUYERS, guid(who.buyer)).put({ КПП: '1' }), refused(400));
			const bound = boundOf(whole);
			await asks()
				.resource(BUYERS, guid(who.buyer))
				.put({ ...bound, КПП: '770101001' });
			equal(base.sees.counterparty(who.buyer).КПП, '770101001');
		},
	},
	{
		name: 'post: the commands Post and Unpost',
		run: async ({ base, order, asks }) => {
			await asks().resource(ORDERS, guid(order)).resource('Unpost').post();
			equal(base.sees.document(order).Posted, false);
			const posting = asks().resource(ORDERS, guid(order)).resource('Post');
			equal((await posting.custom('PostingModeOperational', 'false').post()).statusCode, 200);
			equal(base.sees.document(order).Posted, true);
		},
	},
	{
		name: 'merge, search and $count as an option are refused: 1C does not have them',
		run: async ({ who, asks }) => {
			await rejects(asks().resource(BUYERS).search('Альфа').get(), refused(400));
			await rejects(asks().resource(BUYERS).custom('$count', 'true').get(), refused(400));
			const merged = asks().resource(BUYERS, guid(who.buyer)).merge({ КПП: '1' });
			await rejects(merged, (error: { message: string }) => {
				ok(/405|400|MERGE|method/i.test(error.message), error.message);
				return true;
			});
		},
	},
];

/** What PUT asks for: references by `@odata.bind` (17.4.13.1.3 of the documentation). */
function boundOf(whole: Rows[0]): Rows[0] {
	return Object.fromEntries(
		Object.entries(whole).filter(([name]) => !name.includes('@') && !name.startsWith('odata.')),
	);
}

export const odataClient: OutsideClient<World> = {
	name: titleOf(NAME),
	opens: async () => {
		const office = await opensOffice();
		const { service, authorization } = office;
		const config = { service, format: 'json', headers: { Authorization: authorization } };
		return { ...office, asks: () => odata({ ...config, headers: { ...config.headers } }) };
	},
	closes: (world) => world.close(),
	scenarios,
};
