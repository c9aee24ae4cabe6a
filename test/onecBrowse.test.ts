/** Contracts, counterparties and products: looked through as people do, by folders, words and codes. */
import type { IDataObject } from 'n8n-workflow';
import { OneCNode } from './support/onecNode';
import { INN } from './support/onecOffice';

let onec: OneCNode;

beforeEach(async () => {
	onec = await OneCNode.open();
});
afterEach(async () => await onec.close());

const chosen = (value: string, mode = 'id'): IDataObject => ({ __rl: true, mode, value });

describe('contracts', () => {
	const contract = (operation: string, more: IDataObject = {}): IDataObject => ({
		resource: 'contract',
		operation,
		counterparty: chosen(onec.office.buyer),
		...more,
	});

	test('of a counterparty are listed', async () => {
		expect(await onec.outcome(contract('getAll'))).toMatchObject([
			{ name: 'Основной договор', settlement: 'ПоДоговоруВЦелом', counterparty: onec.office.buyer },
		]);
	});

	test('are made where none fits, and only once', async () => {
		const wanted = contract('create', { name: 'По заказам', settlement: 'ПоЗаказам' });
		const [made] = await onec.outcome(wanted);
		expect(made).toMatchObject({
			outcome: 'created',
			settlement: 'ПоЗаказам',
			kind: 'СПокупателем',
		});
		expect(await onec.outcome(wanted)).toMatchObject([{ outcome: 'found', ref: made.ref }]);
		expect(await onec.outcome(contract('getAll'))).toHaveLength(2);
	});

	test('are not doubled by a lost answer', async () => {
		onec.base.levers.losesNextAnswer('POST Catalog_ДоговорыКонтрагентов');
		await onec.outcome(contract('create', { settlement: 'ПоСчетам' }));
		expect(await onec.outcome(contract('getAll'))).toHaveLength(2);
	});
});

describe('counterparties', () => {
	let wholesale: string;

	beforeEach(() => {
		const { admin } = onec.base;
		wholesale = admin.addsFolder('Контрагенты', 'Опт');
		const north = admin.addsFolder('Контрагенты', 'Север', wholesale);
		admin.addsCounterparty({ name: 'ООО «Ландыш»', folder: north, phone: '+7 495 111-22-33' });
		admin.addsCounterparty({ name: 'ООО «Василек»', folder: wholesale });
	});

	const many = (more: IDataObject): IDataObject => ({
		resource: 'counterparty',
		operation: 'getAll',
		returnAll: true,
		...more,
	});
	const names = async (more: IDataObject) =>
		(await onec.outcome(many(more))).map(({ name }) => name).sort();

	test('of a folder come with those of the folders below it', async () => {
		expect(await names({ folder: wholesale })).toEqual(['ООО «Василек»', 'ООО «Ландыш»']);
		expect(await names({})).toEqual(expect.arrayContaining(['ООО «Лютик»', 'ООО «Ландыш»']));
	});

	test('are found by words, numbers and telephones', async () => {
		expect(await names({ search: 'ландыш' })).toEqual(['ООО «Ландыш»']);
		expect(await names({ search: INN.slice(0, 6) })).toEqual(['ООО «Лютик»']);
		expect(await names({ search: '111-22-33' })).toEqual(['ООО «Ландыш»']);
		expect(await names({ search: 'лютик', folder: wholesale })).toEqual([]);
	});

	test('are as many as asked for', async () => {
		expect(await onec.outcome(many({ returnAll: false, limit: 2 }))).toHaveLength(2);
	});

	test('stand in a tree of folders', async () => {
		const folders = await onec.outcome({ resource: 'counterparty', operation: 'getFolders' });
		expect(folders.map(({ path }) => path)).toEqual(
			expect.arrayContaining([['Опт'], ['Опт', 'Север']]),
		);
	});

	test('are chosen from a list that shows their folders, or by code', async () => {
		const { results } = await onec.workflow({}).finds('1C', 'searchCounterparties', 'ландыш');
		expect(results).toMatchObject([
			{ name: expect.stringMatching(/^Опт \/ Север \/ ООО «Ландыш»/) },
		]);
		const all = await onec.workflow({}).finds('1C', 'searchCounterparties');
		expect(all.results).toEqual(expect.arrayContaining(results));
		const [{ value }] = results;
		const get = (counterparty: IDataObject) => ({
			resource: 'counterparty',
			operation: 'get',
			counterparty,
		});
		const [found] = await onec.outcome(get(chosen(String(value))));
		expect(found).toMatchObject({ name: 'ООО «Ландыш»' });
		expect(await onec.outcome(get(chosen(String(found.code), 'code')))).toEqual([found]);
	});
});

test('a long catalog is leafed through, each object once', async () => {
	const refs = onec.base.admin.fillsCounterparties(70);
	const running = onec.workflow({});
	const first = await running.finds('1C', 'searchCounterparties');
	const token = String(first.paginationToken);
	const second = await running.finds('1C', 'searchCounterparties', '', token);
	expect(first.results).toHaveLength(50);
	expect(second.paginationToken).toBeUndefined();
	const shown = [...first.results, ...second.results].map(({ value }) => value);
	expect(new Set(shown).size).toBe(shown.length);
	expect(shown).toEqual(expect.arrayContaining([...refs, onec.office.buyer]));
});

test('objects are named by expressions, each item by its own', async () => {
	const { base, office } = onec;
	const other = base.admin.addsCounterparty({ name: 'ООО «Ландыш»' });
	const items = [
		{ by: String(base.sees.counterparty(office.buyer).Code) },
		{ by: 'нет' },
		{ by: other },
	];
	const run = await onec.runs(
		{ resource: 'counterparty', operation: 'get', counterparty: chosen('={{ $json.by }}') },
		items,
		{ onError: 'continueRegularOutput' },
	);
	expect(run.items('1C')).toMatchObject([
		{ name: 'ООО «Лютик»' },
		{ error: expect.stringContaining('no counterparty with the code "нет"') as string },
		{ name: 'ООО «Ландыш»' },
	]);
});

describe('products', () => {
	const product = (operation: string, more: IDataObject = {}): IDataObject => ({
		resource: 'product',
		operation,
		...more,
	});
	const priced = async (): Promise<IDataObject> => {
		const { results } = await onec.workflow({}).finds('1C', 'searchPriceTypes');
		return chosen(String(results[0].value), 'list');
	};

	test('tell price, stock and units', async () => {
		const { base, office } = onec;
		base.storekeeper.receivesGoods({ product: office.table, quantity: 7 });
		const wanted = { withStock: true, priceType: await priced() };
		const get = product('get', { ...wanted, product: chosen(office.table) });
		expect(await onec.outcome(get)).toMatchObject([
			{
				name: 'Стол',
				price: { amount: 12_200, currency: 'RUB' },
				stock: 7,
				vatRate: 22,
				units: [{ name: 'шт', factor: 1 }],
			},
		]);
	});

	test('found by words and read one after another look the same', async () => {
		const { base, office } = onec;
		base.storekeeper.receivesGoods({ product: office.table, quantity: 7 });
		const wanted = { withStock: true, priceType: await priced() };
		const [found] = await onec.outcome(product('getAll', { ...wanted, search: 'стол' }));
		const all = await onec.outcome(product('getAll', { ...wanted, returnAll: true }));
		expect(all.find(({ ref }) => ref === office.table)).toEqual(found);
		expect(all.find(({ ref }) => ref === office.chair)).toMatchObject({ stock: 0 });
	});

	test('of a folder come without prices and stock that nobody asked for', async () => {
		const { admin } = onec.base;
		const folder = admin.addsFolder('Номенклатура', 'Лампы');
		admin.addsProduct({ name: 'Лампа', folder, price: 100 });
		const [lamp, ...others] = await onec.outcome(product('getAll', { folder }));
		expect(others).toEqual([]);
		expect(lamp).toMatchObject({ name: 'Лампа', path: ['Лампы'] });
		expect(lamp).not.toHaveProperty('price');
		expect(lamp).not.toHaveProperty('stock');
		expect(await onec.workflow({}).choices('1C', 'getProductFolders')).toContainEqual({
			name: 'Лампы',
			value: folder,
		});
		expect(await onec.outcome(product('getFolders'))).toMatchObject([{ ref: folder }]);
	});

	test('that 1C does not have are named', async () => {
		const ref = '7c9d1f2e-3b4a-11ef-9c11-00155d01c802';
		const run = await onec.runs(product('get', { product: chosen(ref) }));
		expect(run.error).toContain(`no product ${ref}`);
	});
});

test('organizations and warehouses are found by words', async () => {
	const running = onec.workflow({});
	const { organization, warehouse } = onec.base.seed;
	const refs = async (method: string, text?: string) =>
		(await running.finds('1C', method, text)).results.map(({ value }) => value);
	expect(await refs('searchOrganizations', 'ромашка')).toEqual([organization]);
	expect(await refs('searchOrganizations', 'нет такой')).toEqual([]);
	expect(await refs('searchWarehouses')).toContain(warehouse);
});
