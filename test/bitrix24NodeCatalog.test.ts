/** Products, sections and prices through the Bitrix24 node. */
import { Bitrix24Node } from './support/bitrix24Node';

let bitrix24: Bitrix24Node;

beforeEach(async () => {
	bitrix24 = await Bitrix24Node.open();
});
afterEach(async () => await bitrix24.close());

const op = (resource: string, operation: string, more: object = {}) => ({
	resource,
	operation,
	...more,
});

const REF = '44444444-4444-4444-8444-444444444444';

test.each(['result.sections', 'sections'] as const)(
	'a section is made, found and renamed, with lists as %s',
	async (catalogSectionEnvelope) => {
		bitrix24.portal.switches.catalogSectionEnvelope = catalogSectionEnvelope;
		const [made] = await bitrix24.gives(
			op('section', 'create', { entry: { name: 'Мебель', xmlId: REF } }),
		);
		const filter = JSON.stringify({ xmlId: REF });
		expect(await bitrix24.gives(op('section', 'getAll', { filter }))).toMatchObject([
			{ sectionId: made.sectionId, name: 'Мебель' },
		]);
		const rename = op('section', 'update', { entry: { description: 'Столы и стулья' } });
		expect(await bitrix24.gives(rename, [made])).toMatchObject([{ changed: true, name: 'Мебель' }]);
		expect(await bitrix24.gives(rename, [made])).toMatchObject([{ changed: false }]);
		expect(await bitrix24.gives(op('section', 'get'), [made])).toMatchObject([
			{ description: 'Столы и стулья' },
		]);
	},
);

test('products go fifty a request, and a lost answer is settled by their code', async () => {
	const create = op('product', 'create', {
		entry: { name: '={{ $json.name }}', xmlId: '={{ $json.ref }}', active: true },
	});
	const items = Array.from({ length: 60 }, (_, index) => ({
		name: `Стол ${index + 1}`,
		ref: `ref-${index + 1}`,
	}));
	bitrix24.portal.levers.losesNextAnswer('catalog.product.add');
	const made = await bitrix24.gives(create, items);
	expect(new Set(made.map(({ productId }) => productId)).size).toBe(60);
	const all = await bitrix24.gives(op('product', 'getAll', { returnAll: true }));
	expect(all.map(({ name }) => name)).toEqual(items.map(({ name }) => name));
	expect(await bitrix24.gives(op('product', 'getAll', { limit: 7 }))).toHaveLength(7);
});

test('without a code a lost product is told as unknown', async () => {
	bitrix24.portal.levers.losesNextAnswer('catalog.product.add');
	const run = await bitrix24.runs(op('product', 'create', { entry: { name: 'Стол' } }));
	expect(run.error).toContain('Nobody knows whether the product was created');
	expect(await bitrix24.gives(op('product', 'getAll'))).toHaveLength(1);
});

test('a product is changed where it differs, and a wrong field is named', async () => {
	const productId = bitrix24.portal.admin.addsProduct({ name: 'Стол' });
	const update = (entry: object, otherFields = '{}') =>
		op('product', 'update', { entry, otherFields });
	const items = [{ productId }];
	expect(await bitrix24.gives(update({ name: 'Стол', active: true }), items)).toMatchObject([
		{ changed: false },
	]);
	expect(await bitrix24.gives(update({ name: 'Стул' }), items)).toMatchObject([
		{ productId, changed: true, name: 'Стул' },
	]);
	const wrong = await bitrix24.runs(update({}, '{"colour": "белый"}'), items);
	expect(wrong.error).toContain(`no field colour in product ${productId}`);
	const nothing = await bitrix24.runs(update({}), items);
	expect(nothing.error).toContain('There are no fields to write');
	const gone = await bitrix24.outcomes(op('product', 'get'), [
		{ productId: 999_999 },
		{ productId },
	]);
	expect(gone).toMatchObject([{ error: expect.stringContaining('not exists') }, { name: 'Стул' }]);
});

test('a price is set once and changed where it differs', async () => {
	const productId = bitrix24.portal.admin.addsProduct({ name: 'Стол' });
	const price = { productId, catalogGroupId: '1', currency: 'RUB', price: '1200' };
	bitrix24.portal.levers.losesNextAnswer('catalog.price.add');
	const [made] = await bitrix24.gives(op('price', 'create', { entry: price }));
	expect(made).toMatchObject({ productId, price: 1200 });
	const update = (amount: number) => op('price', 'update', { entry: { price: amount } });
	expect(await bitrix24.gives(update(1200), [made])).toMatchObject([{ changed: false }]);
	expect(await bitrix24.gives(update(1300), [made])).toMatchObject([
		{ changed: true, price: 1300 },
	]);
	const filter = JSON.stringify({ productId });
	expect(await bitrix24.gives(op('price', 'getAll', { filter }))).toMatchObject([{ price: 1300 }]);
});

test('another catalogue can be chosen', async () => {
	bitrix24.portal.admin.addsProduct({ name: 'Стол' });
	const [main, offers] = await bitrix24
		.with(op('product', 'getAll'))
		.choices('Битрикс24', 'getCatalogs');
	expect(main.name).toBe('Товарный каталог CRM');
	const listed = async (iblockId: unknown) =>
		(await bitrix24.gives(op('product', 'getAll', { iblockId }))).length;
	expect([await listed(main.value), await listed(offers.value)]).toEqual([1, 0]);
});
