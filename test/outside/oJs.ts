/**
 * o.js, the client of OData that browsers use: it parses what it can by itself, percent-encodes the names of options
 * (`%24filter`) and the punctuation of their values, and asks for JSON only when told to (github.com/janhommes/o.js).
 */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { opensOffice, type OfficeBase } from './officeBase';
import { loads, titleOf } from './packages';
import type { OutsideClient, Scenario } from './scenario';

type Query = Record<string, string | number | boolean>;

interface Handler {
	get(resource: string): Handler;
	post(resource: string, body: object): Handler;
	patch(resource: string, body: object): Handler;
	put(resource: string, body: object): Handler;
	delete(resource: string): Handler;
	query(query?: Query): Promise<unknown>;
	fetch(query?: Query): Promise<Response>;
	batch(query?: Query): Promise<unknown>;
}

type Opens = (url: string, config: object) => Handler;

const NAME = 'odata';
const { o } = loads<{ o: Opens }>(NAME);

interface World extends OfficeBase {
	client: Handler;
}

type Rows = Array<Record<string, unknown>>;

const JSON_FORMAT = { $format: 'json' };
const BUYERS = 'Catalog_Контрагенты';
const ORDERS = 'Document_ЗаказПокупателя';
const keyed = (set: string, ref: string): string => `${set}(guid'${ref}')`;

/** What o.js throws is the response itself. */
const refusalOf = async (asked: Promise<unknown>): Promise<[status: number, body: string]> => {
	const thrown: unknown = await asked.then(
		() => undefined,
		(error: unknown) => error,
	);
	ok(thrown instanceof Response, `expected a refusal, got ${String(thrown)}`);
	return [thrown.status, await thrown.text()];
};

const scenarios: Array<Scenario<World>> = [
	{
		name: 'get: a list with $filter, $select, $orderby, $skip and $top',
		run: async ({ base, client }) => {
			for (const name of ['Бета', 'Гамма', 'Дельта', 'Омега'])
				base.admin.addsCounterparty({ name });
			const rows = await client.get(BUYERS).query({
				...JSON_FORMAT,
				$filter: "IsFolder eq false and Description ne 'Гамма'",
				$select: 'Ref_Key,Description',
				$orderby: 'Description desc',
				$skip: 1,
				$top: 2,
			});
			deepEqual(
				(rows as Rows).map((row) => row.Description),
				['Дельта', 'Бета'],
			);
			deepEqual(Object.keys((rows as Rows)[0]), ['Ref_Key', 'Description']);
		},
	},
	{
		name: 'get: functions, lambdas, guids and dates in $filter',
		run: async ({ who, order, client }) => {
			const found = async (set: string, $filter: string) =>
				((await client.get(set).query({ ...JSON_FORMAT, $filter })) as Rows).map(
					(row) => row.Ref_Key,
				);
			deepEqual(await found(BUYERS, "substringof('льф',Description)"), [who.buyer]);
			deepEqual(await found(BUYERS, "startswith(ИНН,'7707') and not (DeletionMark eq true)"), [
				who.buyer,
			]);
			deepEqual(await found(ORDERS, `Контрагент_Key eq guid'${who.buyer}'`), [order]);
			deepEqual(await found(ORDERS, "Date ge datetime'2026-11-24T00:00:00'"), [order]);
			deepEqual(await found(ORDERS, 'Товары/any(t: t/Количество gt 9)'), [order]);
			deepEqual(await found(ORDERS, "Контрагент/ИНН eq '0'"), []);
		},
	},
	{
		name: 'get: one object by its key, and «через точку» to its buyer',
		run: async ({ who, order, client }) => {
			const document = (await client.get(keyed(ORDERS, order)).query(JSON_FORMAT)) as Rows[0];
			deepEqual([document.Ref_Key, document.Posted], [order, true]);
			const buyer = await client.get(`${keyed(ORDERS, order)}/Контрагент`).query(JSON_FORMAT);
			equal((buyer as Rows[0]).Ref_Key, who.buyer);
		},
	},
	{
		name: 'get: a number of objects by $inlinecount and by /$count',
		run: async ({ client }) => {
			const page = await client
				.get(BUYERS)
				.fetch({ ...JSON_FORMAT, $inlinecount: 'allpages', $top: 0 });
			deepEqual(((await page.json()) as Record<string, unknown>)['odata.count'], '1');
			const count = await client.get(`${BUYERS}/$count`).fetch();
			equal((await count.text()).trim(), '1');
		},
	},
	{
		name: 'get: references unfolded by $expand',
		run: async ({ order, client }) => {
			const [row] = (await client.get(ORDERS).query({
				...JSON_FORMAT,
				$filter: `Ref_Key eq guid'${order}'`,
				$select: 'Ref_Key,Контрагент/Description',
				$expand: 'Контрагент',
			})) as Rows;
			equal((row.Контрагент as Rows[0]).Description, 'Альфа');
		},
	},
	{
		name: 'get: virtual tables, with and without arguments',
		run: async ({ order, who, client }) => {
			const register = 'AccumulationRegister_ЗаказыПокупателей';
			const condition = `ЗаказПокупателя_Key eq guid''${order}''`;
			const rows = (await client
				.get(
					`${register}/Balance(Condition='${condition}',Dimensions='ЗаказПокупателя,Номенклатура')`,
				)
				.query(JSON_FORMAT)) as Rows;
			deepEqual(
				rows.map((row) => [row.Номенклатура_Key, row.КоличествоBalance]),
				[[who.chair, 10]],
			);
			const prices = (await client
				.get('InformationRegister_ЦеныНоменклатуры_RecordType/SliceLast()')
				.query({ ...JSON_FORMAT, $filter: `Номенклатура_Key eq guid'${who.chair}'` })) as Rows;
			deepEqual(
				prices.map((row) => row.Цена),
				[100],
			);
		},
	},
	{
		name: 'get: $metadata and the service document',
		run: async ({ client }) => {
			const metadata = await client.get('$metadata').fetch();
			match(await metadata.text(), /EntityType Name="Catalog_Контрагенты"/);
			const sets = (await client.get('').query(JSON_FORMAT)) as Rows;
			ok(sets.some(({ name }) => name === BUYERS));
		},
	},
	{
		name: 'post, patch and delete an object',
		run: async ({ base, client }) => {
			const made = (await client
				.post(BUYERS, { Description: 'ООО «Лютик»', ИНН: '7736050003' })
				.query(JSON_FORMAT)) as Rows[0];
			const ref = String(made.Ref_Key);
			equal(base.sees.counterparty(ref).ИНН, '7736050003');
			await client
				.patch(keyed(BUYERS, ref), { КПП: '770101001', DeletionMark: true })
				.query(JSON_FORMAT);
			const { КПП, DeletionMark } = base.sees.counterparty(ref);
			deepEqual([КПП, DeletionMark], ['770101001', true]);
			const gone = (await client.delete(keyed(BUYERS, ref)).query()) as Response;
			equal(gone.status, 204);
			const [status, body] = await refusalOf(client.get(keyed(BUYERS, ref)).query(JSON_FORMAT));
			deepEqual([status, codeIn(body)], [404, '9']);
		},
	},
	{
		name: 'post: the command Post of a document',
		run: async ({ base, client, draft }) => {
			const ref = await draft();
			const path = `${keyed(ORDERS, ref)}/Post`;
			const done = await client.post(path, {}).fetch({ PostingModeOperational: false });
			equal(done.status, 200);
			equal(base.sees.document(ref).Posted, true);
		},
	},
	{
		name: 'refusals: an unknown set, an unknown field, a wrong value, an option of OData 4',
		run: async ({ client }) => {
			const asks = [
				() => client.get('Catalog_Нет').query(JSON_FORMAT),
				() => client.get(BUYERS).query({ ...JSON_FORMAT, $select: 'Нет' }),
				() => client.get(BUYERS).query({ ...JSON_FORMAT, $filter: "contains(Description,'а')" }),
				() => client.get(BUYERS).query({ ...JSON_FORMAT, $count: true }),
				() => client.post(BUYERS, { IsFolder: 'да' }).query(JSON_FORMAT),
			];
			const seen: Array<[number, string | undefined]> = [];
			for (const ask of asks) {
				const [status, body] = await refusalOf(ask());
				seen.push([status, codeIn(body)]);
			}
			deepEqual(seen, [
				[404, '8'],
				[400, '6'],
				[400, '14'],
				[400, '0'],
				[400, '1'],
			]);
		},
	},
	{
		name: 'batch: 1C has none, and says so with 501 in XML',
		run: async ({ client }) => {
			const response = await client.post('$batch', {}).fetch();
			equal(response.status, 501);
			match(await response.text(), /^<\?xml/);
		},
	},
	{
		name: 'a wrong password',
		run: async ({ service }) => {
			const [status] = await refusalOf(
				clientOf(service, 'Basic AAAA').get(BUYERS).query(JSON_FORMAT),
			);
			equal(status, 401);
		},
	},
];

const codeIn = (body: string): string | undefined =>
	(JSON.parse(body) as { 'odata.error'?: { code: string } })['odata.error']?.code;

const clientOf = (service: string, authorization: string): Handler =>
	o(service, { headers: { 'Content-Type': 'application/json', Authorization: authorization } });

export const oJs: OutsideClient<World> = {
	name: titleOf(NAME),
	opens: async () => {
		const office = await opensOffice();
		return { ...office, client: clientOf(office.service, office.authorization) };
	},
	closes: (world) => world.close(),
	scenarios,
};
