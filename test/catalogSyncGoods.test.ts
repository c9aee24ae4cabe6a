/** Products from 1C to Bitrix24: the example workflow in n8n's real engine, on the stand-in portal and base. */
import type { IDataObject } from 'n8n-workflow';
import type { PortalSwitches } from './standins/bitrix24/portal';
import { Catalogs, type CatalogsOptions } from './support/catalogs';

jest.setTimeout(60_000);

let catalogs: Catalogs;

const open = async (options: CatalogsOptions = {}): Promise<void> => {
	catalogs = await Catalogs.open({ ...options, isBare: true });
	await catalogs.asks('catalog.productProperty.add', {
		fields: { iblockId: 23, name: 'Артикул', propertyType: 'S', code: 'CML2_ARTICLE' },
	});
};

afterEach(async () => await catalogs.close());

const sections = async (): Promise<IDataObject[]> => {
	const { sections: all } = await catalogs.asks<{ sections: IDataObject[] }>(
		'catalog.section.list',
		{ filter: { iblockId: 23 } },
	);
	return all;
};

const stocked = () => ({ stock: true, warehouses: [catalogs.base.seed.warehouse] });

const receives = (product: string, quantity: number): void => {
	catalogs.base.storekeeper.receivesGoods({ product, quantity });
};

const article = (product: IDataObject): unknown => {
	const property = Object.keys(product).find((name) => /^property\d+$/.test(name)) ?? '';
	return (product[property] as IDataObject | null)?.value;
};

describe('products', () => {
	let folder: string;
	let table: string;

	const fill = (): void => {
		const { admin } = catalogs.base;
		folder = admin.addsFolder('Номенклатура', 'Столы', admin.addsFolder('Номенклатура', 'Мебель'));
		table = admin.addsProduct({ name: 'Стол', article: 'T-1', price: 12_200, folder });
		admin.addsProduct({ name: 'Доставка', service: true, vat: 'БезНДС' });
		receives(table, 7);
	};

	beforeEach(async () => {
		await open();
		fill();
	});

	const nextRun = async (change = stocked()) =>
		await catalogs.costs(async () => await catalogs.syncsGoods(change));

	test('come with sections, article, unit, VAT, price and free stock', async () => {
		const { summary, error } = await catalogs.syncsGoods(stocked());
		expect(error).toBeUndefined();
		expect(summary).toMatchObject({ read: 2, created: 2, sectionsCreated: 2, failed: 0 });
		const [furniture, tables] = await sections();
		expect([furniture, tables]).toMatchObject([
			{ name: 'Мебель', iblockSectionId: null },
			{ name: 'Столы', xmlId: folder, iblockSectionId: furniture.id },
		]);
		const [product, delivery] = await catalogs.products();
		expect(product).toMatchObject({
			name: 'Стол',
			xmlId: table,
			active: 'Y',
			iblockSectionId: tables.id,
			vatIncluded: 'Y',
			quantity: 7,
		});
		expect(article(product)).toBe('T-1');
		expect(await catalogs.prices(product)).toMatchObject([{ price: 12_200, currency: 'RUB' }]);
		const { vats } = await catalogs.asks<{ vats: IDataObject[] }>('catalog.vat.list');
		const rate = (one: IDataObject) => vats.find(({ id }) => id === one.vatId)?.rate;
		expect([rate(product), rate(delivery)]).toEqual([22, null]);
		expect(await catalogs.prices(delivery)).toEqual([]);
	});

	test.each<Partial<PortalSwitches>>([
		{},
		{
			catalogVatEnvelope: 'result',
			catalogMeasureEnvelope: 'measures',
			catalogSectionEnvelope: 'sections',
			catalogPriceTypeEnvelope: 'priceTypes',
		},
	])('a second run writes nothing, however the portal wraps its lists: %j', async (portal) => {
		await catalogs.close();
		await open({ portal });
		fill();
		await nextRun();
		const { result, writes } = await nextRun();
		expect(result.summary).toMatchObject({ skipped: 2, created: 0, updated: 0 });
		expect(writes).toEqual([]);
	});

	test('a new price, a sale and a renamed folder change only themselves', async () => {
		await nextRun();
		catalogs.base.admin.setsPrice({ product: table, price: 13_000 });
		expect((await nextRun()).writes).toEqual(['catalog.price.update']);
		receives(table, 3);
		expect((await nextRun()).writes).toEqual(['catalog.product.update']);
		catalogs.base.admin.corrects(folder, { Description: 'Столы и парты' });
		expect((await nextRun()).writes).toEqual(['catalog.section.update']);
		const [product] = await catalogs.products();
		expect(product).toMatchObject({ quantity: 10 });
		expect(await catalogs.prices(product)).toMatchObject([{ price: 13_000 }]);
		expect(await sections()).toMatchObject([{ name: 'Мебель' }, { name: 'Столы и парты' }]);
	});

	test('one that is marked for deletion is switched off, never deleted', async () => {
		await nextRun();
		catalogs.base.admin.marksForDeletion(table);
		const { result } = await nextRun();
		expect(result.notices).toMatchObject([{ ref: table, notices: ['marked for deletion in 1C'] }]);
		expect(await catalogs.products()).toMatchObject([
			{ name: 'Стол', active: 'N' },
			{ active: 'Y' },
		]);
	});

	test('a lost answer doubles no product, no price and no section', async () => {
		catalogs.portal.levers.losesNextAnswer('catalog.section.add');
		catalogs.portal.levers.losesNextAnswer('catalog.product.add');
		const { summary } = await catalogs.syncsGoods(stocked());
		expect(summary).toMatchObject({ read: 2, failed: 0 });
		const products = await catalogs.products();
		expect(products.map(({ name }) => name)).toEqual(['Стол', 'Доставка']);
		expect(await catalogs.prices(products[0])).toHaveLength(1);
		expect(await sections()).toHaveLength(2);
		expect((await nextRun()).writes).toEqual([]);
	});

	test('one that is refused does not stop the others', async () => {
		catalogs.portal.levers.failsNext('catalog.product.add', 400, '0', 'Нельзя');
		const { summary, failed } = await catalogs.syncsGoods();
		expect(summary).toMatchObject({ created: 1, failed: 1 });
		expect(failed).toMatchObject([{ ref: table, reason: expect.stringContaining('Нельзя') }]);
		expect((await catalogs.syncsGoods()).summary).toMatchObject({ created: 1, skipped: 1 });
	});

	test('where the portal keeps stock itself, everything else is still written', async () => {
		catalogs.portal.admin.keepsInventory();
		const { summary, notices } = await catalogs.syncsGoods(stocked());
		expect(summary).toMatchObject({ created: 2, failed: 0 });
		expect(JSON.stringify(notices)).toContain('the portal keeps the stock itself');
		expect(await catalogs.products()).toMatchObject([{ name: 'Стол', quantity: 0 }, {}]);
	});

	test('two products of one GUID are a person’s to sort out', async () => {
		for (const name of ['Стол 1', 'Стол 2'])
			catalogs.portal.admin.addsProduct({ name, xmlId: table });
		const { inDoubt, summary } = await catalogs.syncsGoods();
		expect(summary).toMatchObject({ created: 1, inDoubt: 1 });
		expect(inDoubt).toMatchObject([
			{ ref: table, candidates: [{ title: 'Стол 1' }, { title: 'Стол 2' }] },
		]);
	});

	test('one folder brings its branch and nothing else', async () => {
		const { summary } = await catalogs.syncsGoods({ productFolder: folder });
		expect(summary).toMatchObject({ read: 1, created: 1, sectionsCreated: 2 });
	});
});
