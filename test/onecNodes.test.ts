/** The nodes in n8n's real engine: operations by their parameters, the trigger by its polls. */
import type { IDataObject } from 'n8n-workflow';
import type { Finished, RunningWorkflow } from './support/engine';
import { OneCNode } from './support/onecNode';
import { INN, type OneCOffice } from './support/onecOffice';

let onec: OneCNode;
let office: OneCOffice;

beforeEach(async () => {
	onec = await OneCNode.open();
	({ office } = onec);
});
afterEach(async () => await onec.close());

const workflowOf = (parameters: IDataObject): RunningWorkflow => onec.workflow({ parameters });

const runs = async (parameters: IDataObject, items?: IDataObject[]): Promise<Finished> =>
	await onec.runs(parameters, items);

const outcome = async (parameters: IDataObject, items?: IDataObject[]): Promise<IDataObject[]> =>
	await onec.outcome(parameters, items);

/** The wire form: roubles. */
const saleJson = (change: IDataObject = {}): IDataObject => ({
	dealId: 123,
	portal: 'company.bitrix24.ru',
	title: 'Мебель',
	currency: 'RUB',
	total: 12_200,
	pricesIncludeVat: true,
	buyer: { ref: null, name: 'ООО «Лютик»', inn: INN, kpp: '' },
	contract: null,
	organization: null,
	warehouse: null,
	invoice: null,
	order: null,
	lines: [{ name: 'Стол', product: office.table, quantity: 1, price: 12_200, vatRate: 22 }],
	...change,
});

const create = (resource: string): IDataObject => ({ resource, operation: 'create' });

describe('invoices and orders', () => {
	test('are created of the sales of the items', async () => {
		const [item] = await outcome(create('customerOrder'), [{ sale: saleJson() }]);
		expect(item).toMatchObject({
			dealId: 123,
			document: {
				kind: 'order',
				amount: 12_200,
				posted: true,
				deletionMark: false,
				date: expect.stringMatching(/\+03:00$/),
			},
			outcome: 'created',
			anomalies: [],
		});
	});

	test('of many items cost few requests and fail one by one', async () => {
		const sales = Array.from({ length: 10 }, (_, index) => ({
			sale: saleJson({ dealId: 200 + index }),
		}));
		const requests = await office.requests(
			async () => await outcome(create('customerInvoice'), sales),
		);
		expect(requests).toBeLessThanOrEqual(17);
		const run = await runs(create('customerInvoice'), [
			{ sale: saleJson({ dealId: 301, lines: [] }) },
			{ sale: saleJson({ dealId: 302 }) },
			{ sale: saleJson({ dealId: 302 }) },
		]);
		expect(run.error).toContain('has no products');
		expect(office.documents('invoice')).toHaveLength(11);
	});

	test('can be got, posted, and asked for progress', async () => {
		await outcome({ ...create('customerOrder'), post: false }, [{ sale: saleJson() }]);
		const order = { resource: 'customerOrder' };
		expect(await outcome({ ...order, operation: 'get' }, [{ dealId: 123 }])).toMatchObject([
			{ dealId: 123, document: { posted: false }, object: { Posted: false } },
		]);
		expect(await outcome({ ...order, operation: 'post' }, [{ dealId: 123 }])).toMatchObject([
			{ document: { posted: true }, outcome: 'posted' },
		]);
		expect(await outcome({ ...order, operation: 'getProgress' }, [{ dealId: 123 }])).toMatchObject([
			{ dealId: 123, progress: { paid: { amount: 0, of: 12_200, level: 'none' } } },
		]);
	});

	test('take their organization and warehouse from pick-lists', async () => {
		const running = workflowOf(create('customerInvoice'));
		const { organization, warehouse } = office.base.seed;
		expect(await running.choices('1C', 'getOrganizations')).toEqual([
			{ name: 'From the Deal', value: '' },
			{ name: 'ООО «Ромашка»', value: organization },
		]);
		expect((await running.choices('1C', 'getWarehouses'))[1].value).toBe(warehouse);
		await outcome({ ...create('customerInvoice'), warehouse }, [{ sale: saleJson() }]);
		expect(office.documents('invoice')[0].Склад_Key).toBe(warehouse);
	});
});

describe('counterparties', () => {
	const wanted = {
		...create('counterparty'),
		name: 'ООО «Новый»',
		inn: '7728168971',
		kpp: '772801001',
	};

	test('are made with a main contract, once', async () => {
		const [made] = await outcome(wanted);
		expect(made).toMatchObject({
			outcome: 'created',
			counterparties: [{ name: 'ООО «Новый»', inn: '7728168971' }],
		});
		const [again] = await outcome(wanted);
		expect(again).toMatchObject({
			outcome: 'found',
			counterparties: (made.counterparties as IDataObject[]).map(({ ref }) => ({ ref })),
		});
		const buyer = { ref: null, name: 'ООО «Новый»', inn: '7728168971', kpp: '' };
		await outcome(create('customerOrder'), [{ sale: saleJson({ buyer }) }]);
		expect(office.documents('order')).toHaveLength(1);
	});

	test('are not doubled by a lost answer', async () => {
		office.base.levers.losesNextAnswer('POST Catalog_Контрагенты');
		expect(await outcome(wanted)).toMatchObject([{ outcome: 'created' }]);
		const found = await outcome({ resource: 'counterparty', operation: 'find', inn: '7728168971' });
		expect(found).toHaveLength(1);
	});

	test('are found with their folders', async () => {
		const folder = office.base.admin.addsFolder('Контрагенты', 'Опт');
		office.base.admin.addsCounterparty({ name: 'Лютик (опт)', inn: INN, folder });
		const found = await outcome({ resource: 'counterparty', operation: 'find', inn: INN });
		expect(found.map(({ path }) => path)).toEqual(
			expect.arrayContaining([expect.stringContaining('Опт / Лютик (опт)')]),
		);
	});
});

describe('any object', () => {
	const object = { resource: 'object', entity: 'Catalog_Контрагенты' };

	test('is listed by a condition', async () => {
		const filter = `ИНН eq '${INN}'`;
		const found = await outcome({ ...object, operation: 'getAll', filter, select: 'Ref_Key,ИНН' });
		expect(found).toEqual([{ Ref_Key: office.buyer, ИНН: INN }]);
	});

	test('is updated only where it differs', async () => {
		const update = {
			...object,
			operation: 'update',
			ref: office.buyer,
			fields: '{"КПП":"773601002"}',
		};
		expect(await outcome(update)).toMatchObject([{ КПП: '773601002', outcome: 'updated' }]);
		expect(await outcome(update)).toMatchObject([{ outcome: 'unchanged' }]);
		const run = await runs({ ...update, fields: '{"КПП":"7736010020000"}' });
		expect(run.error).toContain('did not store КПП');
	});

	test('takes no hostile names', async () => {
		const run = await runs({ ...object, entity: 'Catalog_X?$top=1', operation: 'getAll' });
		expect(run.error).toContain('must be a name');
	});
});

describe('the trigger', () => {
	const emitted = async (running: RunningWorkflow): Promise<IDataObject[] | null> =>
		(await running.polls('Trigger'))?.items('Trigger') ?? null;

	test('tells what is new once, and again when it changes', async () => {
		const { document } = await office.create('order');
		const running = workflowOf({});
		expect(await emitted(running)).toMatchObject([
			{ dealId: 123, progress: { shipped: { level: 'none' } } },
		]);
		expect(await emitted(running)).toBeNull();
		office.base.storekeeper.ships({ order: document.ref });
		expect(await emitted(running)).toMatchObject([
			{ progress: { closed: { state: 'fulfilled' } } },
		]);
	});

	test('asks about many deals with few requests', async () => {
		const session = office.session();
		for (let deal = 1; deal <= 30; deal += 1) {
			await office.create('order', office.sale({ dealId: deal }), session);
		}
		const running = workflowOf({});
		expect(await office.requests(async () => await running.polls('Trigger'))).toBeLessThanOrEqual(
			12,
		);
	});

	test('says when 1C cannot be read', async () => {
		await office.create('order');
		office.base.levers.failsNext(404, undefined, '', 100);
		await expect(workflowOf({}).polls('Trigger')).rejects.toThrow('does not answer as OData');
	});
});
