/**
 * A server of tools for assistants that works with 1C by OData alone. It is made for the accounting configuration
 * (Бухгалтерия 3.0), but whatever it asks is the platform's, and it has been tried on live bases of it
 * (github.com/evilbruce666/1c-odata-mcp). It runs as a process of its own and is spoken to as an assistant does.
 */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { opensOffice, type OfficeBase } from './officeBase';
import { imports, programOf, titleOf } from './packages';
import type { OutsideClient, Scenario } from './scenario';

interface Called {
	isError?: boolean;
	content: Array<{ text: string }>;
	structuredContent?: Record<string, unknown>;
}

interface Assistant {
	connect(transport: object): Promise<void>;
	callTool(call: { name: string; arguments: object }): Promise<Called>;
	close(): Promise<void>;
}

interface Sdk {
	Client: new (about: { name: string; version: string }) => Assistant;
}

interface Stdio {
	StdioClientTransport: new (program: {
		command: string;
		args: string[];
		env: Record<string, string>;
		stderr: 'ignore';
	}) => object;
}

interface World extends OfficeBase {
	/** What the tool answers; rejects with its text when it refuses. */
	tool(name: string, args?: object): Promise<Record<string, unknown>>;
	ends(): Promise<void>;
}

const NAME = '1c-odata-mcp';

async function opens(): Promise<World> {
	const office = await opensOffice();
	const { Client } = await imports<Sdk>('@modelcontextprotocol/sdk/client/index.js');
	const { StdioClientTransport } = await imports<Stdio>(
		'@modelcontextprotocol/sdk/client/stdio.js',
	);
	const assistant = new Client({ name: 'outside', version: '1.0.0' });
	await assistant.connect(
		new StdioClientTransport({
			command: process.execPath,
			args: [programOf(NAME, 'dist/index.js')],
			env: {
				ODATA_BASE_URL: office.service,
				ODATA_USERNAME: office.base.login,
				ODATA_PASSWORD: office.base.password,
				ODATA_WRITABLE: 'true',
				READ_ONLY: 'false',
				ODATA_RETRIES: '0',
			},
			stderr: 'ignore',
		}),
	);
	return {
		...office,
		tool: async (name, args = {}) => {
			const called = await assistant.callTool({ name, arguments: args });
			if (called.isError) throw new Error(called.content[0].text);
			return called.structuredContent ?? {};
		},
		ends: () => assistant.close(),
	};
}

const BUYERS = 'Catalog_Контрагенты';
const ORDERS = 'Document_ЗаказПокупателя';
const CONFIRM = { confirm: true };
const YEAR = { from: '2026-01-01', to: '2026-12-31' };

type Rows = Array<Record<string, unknown>>;

const reading: Array<Scenario<World>> = [
	{
		name: 'health_check reads $metadata',
		run: async ({ tool }) => {
			const health = await tool('read.system.health_check');
			deepEqual([health.status, health.odataVersion], ['ok', '3.0']);
			ok(Number(health.entityCount) > 100);
		},
	},
	{
		name: 'list_entities and describe_entity: keys, types and relations',
		run: async ({ tool }) => {
			const { groups } = await tool('read.schema.list_entities', { class: 'catalog' });
			const catalogs = (groups as Record<string, Rows>).Справочники;
			ok(catalogs.some(({ entitySet }) => entitySet === BUYERS));
			const { keys, fields, relations } = await tool('read.schema.describe_entity', {
				entitySet: ORDERS,
			});
			deepEqual(keys, ['Ref_Key']);
			const typeOf = (name: string) => (fields as Rows).find((one) => one.name === name)?.type;
			deepEqual(
				['Ref_Key', 'Date', 'Posted', 'СуммаДокумента', 'КратностьВзаиморасчетов'].map(typeOf),
				['Edm.Guid', 'Edm.DateTime', 'Edm.Boolean', 'Edm.Double', 'Edm.Int64'],
			);
			ok((relations as string[]).includes('Контрагент'));
		},
	},
	{
		name: 'find_counterparty by ИНН and by a part of the name, get_counterparty',
		run: async ({ tool, who }) => {
			for (const query of ['7707083893', 'льф']) {
				const { rows } = await tool('read.counterparty.find_counterparty', { query });
				deepEqual(
					(rows as Rows).map(({ ref, inn }) => [ref, inn]),
					[[who.buyer, '7707083893']],
				);
			}
			const card = await tool('read.counterparty.get_counterparty', { ref: who.buyer });
			deepEqual([card.name, card.isFolder], ['Альфа', false]);
		},
	},
	{
		name: 'list_organizations, get_organization_card with bank account',
		run: async ({ tool }) => {
			const { organizations } = await tool('read.system.list_organizations');
			deepEqual(
				(organizations as Rows).map(({ inn }) => inn),
				['7701234560'],
			);
			const card = await tool('read.organization.get_organization_card');
			deepEqual([card.inn, card.kpp, card.ogrn], ['7701234560', '770101001', '1037700123450']);
			const account = card.bankAccount as { accountNumber: string; bank: { bik: string } };
			deepEqual([account.accountNumber, account.bank.bik], ['40702810938000000001', '044525225']);
		},
	},
	{
		name: 'search_documents by period, buyer, organisation and sum; get_document with its lines',
		run: async ({ tool, who, order }) => {
			const search = { entitySet: ORDERS, ...YEAR, counterpartyRef: who.buyer, postedOnly: true };
			const { rows } = await tool('read.document.search_documents', {
				...search,
				organization: 'Ромашка',
				minAmount: 1000,
			});
			deepEqual(
				(rows as Rows).map(({ ref, amount }) => [ref, amount]),
				[[order, 1000]],
			);
			const none = await tool('read.document.search_documents', { ...search, minAmount: 1001 });
			deepEqual(none.rows, []);
			const document = await tool('read.document.get_document', { entitySet: ORDERS, ref: order });
			const [line] = document.Товары as Rows;
			deepEqual([line.LineNumber, line.Количество, line.Сумма], ['1', 10, 1000]);
		},
	},
	{
		name: 'get_sales, get_sales_breakdown by buyer',
		run: async ({ tool, base, order }) => {
			base.storekeeper.ships({ order });
			equal((await tool('read.analytics.get_sales', YEAR)).total, 1000);
			const breakdown = { ...YEAR, groupBy: 'counterparty' };
			const { groups } = await tool('read.analytics.get_sales_breakdown', breakdown);
			deepEqual(groups, [{ label: 'Альфа', count: 1, sum: 1000 }]);
		},
	},
	{
		name: 'get_customer_history',
		leftOut: {
			because:
				'УТ 10.3 keeps the buyer of an invoice in a composite field, Бухгалтерия 3.0 in a plain one',
			refusal: /Ошибка при разборе опции запроса \$filter/,
		},
		run: async ({ tool, who }) => {
			await tool('read.counterparty.get_customer_history', { ref: who.buyer });
		},
	},
	{
		name: 'get_cashflow over bank and cash documents',
		leftOut: {
			because: 'the payments of Бухгалтерия 3.0 have a field that those of УТ 10.3 do not have',
			refusal: /Сегмент пути СуммаДокумента не найден/,
		},
		run: async ({ tool }) => {
			await tool('read.analytics.get_cashflow', YEAR);
		},
	},
	{
		name: 'get_debtors, get_inventory from the chart of accounts',
		leftOut: {
			because: 'the accounting register is no part of the exchange, so it is not published',
			refusal: /План счетов/,
		},
		run: async ({ tool }) => {
			await tool('read.analytics.get_debtors');
		},
	},
	{
		name: 'an absent object and an unknown set are told apart',
		run: async ({ tool }) => {
			const refusals: string[] = [];
			const ref = '11111111-1111-4111-8111-111111111111';
			for (const [name, args] of [
				['read.counterparty.get_counterparty', { ref }],
				['read.document.get_document', { entitySet: 'Document_Нет', ref }],
			] as const) {
				await tool(name, args).catch((error: Error) => refusals.push(error.message));
			}
			match(refusals[0], /404.*Экземпляр сущности/s);
			match(refusals[1], /не опубликованы/);
		},
	},
];

const writing: Array<Scenario<World>> = [
	{
		name: 'create_counterparty: a preview writes nothing, a confirmation writes one',
		run: async ({ tool, base }) => {
			const wanted = {
				name: 'ООО «Лютик»',
				inn: '7736050003',
				kpp: '770101001',
				fullName: 'Лютик',
			};
			const preview = await tool('write.counterparty.create_counterparty', wanted);
			equal(preview.dryRun, true);
			const made = await tool('write.counterparty.create_counterparty', { ...wanted, ...CONFIRM });
			const { Description, ИНН, КПП, НаименованиеПолное } = base.sees.counterparty(
				String(made.ref),
			);
			deepEqual(
				[Description, ИНН, КПП, НаименованиеПолное],
				['ООО «Лютик»', '7736050003', '770101001', 'Лютик'],
			);
			match(String(made.code), /^\S{9}$/);
		},
	},
	{
		name: 'create_bank_account: by БИК, with a typed owner, as the main one',
		run: async ({ tool, base, who }) => {
			const { ref } = await tool('write.counterparty.create_bank_account', {
				ownerRef: who.buyer,
				accountNumber: '40702810900000000042',
				bik: '044525225',
				makeMain: true,
				...CONFIRM,
			});
			equal(base.sees.counterparty(who.buyer).ОсновнойБанковскийСчет_Key, ref);
			equal(base.sees.document(String(ref)).НомерСчета, '40702810900000000042');
		},
	},
	{
		name: 'create_contract: an owned catalog, with currency and kind',
		run: async ({ tool, base, who }) => {
			const { ref } = await tool('write.catalog.create_contract', {
				counterpartyRef: who.buyer,
				kind: 'СПокупателем',
				number: '42',
				date: '2026-11-24',
				currency: '643',
				...CONFIRM,
			});
			const contract = base.sees.document(String(ref));
			deepEqual(
				[contract.Owner_Key, contract.ВидДоговора, contract.ВалютаВзаиморасчетов_Key],
				[who.buyer, 'СПокупателем', base.seed.currency],
			);
		},
	},
	{
		name: 'create_folder, move_to_folder, create_nomenclature in a folder',
		run: async ({ tool, base, who }) => {
			const folder = await tool('write.entity.create_folder', { name: 'Покупатели', ...CONFIRM });
			const move = { entitySet: BUYERS, ref: who.buyer, folder: 'Покупатели', ...CONFIRM };
			await tool('write.entity.move_to_folder', move);
			equal(base.sees.counterparty(who.buyer).Parent_Key, folder.ref);
			const made = await tool('write.catalog.create_nomenclature', {
				name: 'Полка',
				article: 'П-1',
				isService: false,
				...CONFIRM,
			});
			const { Description, Артикул } = base.sees.document(String(made.ref));
			deepEqual([Description, Артикул], ['Полка', 'П-1']);
		},
	},
	{
		name: 'update_entity, mark_for_deletion and back',
		run: async ({ tool, base, who }) => {
			const buyer = { entitySet: BUYERS, ref: who.buyer, ...CONFIRM };
			await tool('write.entity.update_entity', { ...buyer, fields: { КПП: '770101001' } });
			equal(base.sees.counterparty(who.buyer).КПП, '770101001');
			for (const mark of [true, false]) {
				const done = await tool('write.entity.mark_for_deletion', { ...buyer, mark });
				equal(done.deletionMark, mark);
				equal(base.sees.counterparty(who.buyer).DeletionMark, mark);
			}
		},
	},
	{
		name: 'post_document: unposts and posts an order',
		run: async ({ tool, base, order }) => {
			const posting = { entitySet: ORDERS, ref: order, ...CONFIRM };
			await tool('write.document.post_document', { ...posting, post: false });
			deepEqual([base.sees.document(order).Posted, base.sees.movements(order).length], [false, 0]);
			await tool('write.document.post_document', posting);
			deepEqual([base.sees.document(order).Posted, base.sees.balance(order).quantity], [true, 10]);
		},
	},
	{
		name: 'copy_document: a new order of the same lines, not posted, with a number of its own',
		run: async ({ tool, base, order }) => {
			const copied = await tool('write.document.copy_document', {
				entitySet: ORDERS,
				ref: order,
				date: '2026-11-25',
				lines: [{ lineNumber: 1, fields: { Количество: 3, Сумма: 300 } }],
				...CONFIRM,
			});
			const copy = base.sees.document(String(copied.ref));
			const [line] = copy.Товары as Rows;
			deepEqual(
				[copy.Posted, copy.Date, copy.СуммаДокумента, line.Количество],
				[false, '2026-11-25T00:00:00', 300, 3],
			);
			ok(copy.Number !== base.sees.document(order).Number);
		},
	},
	{
		name: 'create_invoice: the configuration refuses a body that fits Бухгалтерия 3.0 alone, and nothing is written',
		run: async ({ tool, base, who }) => {
			const refusal = await tool('write.sales.create_invoice', {
				counterpartyRef: who.buyer,
				contractRef: who.contract,
				lines: [{ nomenclatureRef: who.chair, quantity: 1, price: 100, vatRate: 'НДС22' }],
				...CONFIRM,
			}).then(String, (error: Error) => error.message);
			match(refusal, /\[server\].*\(500\)/);
			deepEqual(base.sees.documents('СчетНаОплатуПокупателю'), []);
		},
	},
];

export const onecMcp: OutsideClient<World> = {
	name: titleOf(NAME),
	opens,
	closes: async (world) => {
		await world.ends();
		await world.close();
	},
	scenarios: [...reading, ...writing],
};
