/** The catalogue and its prices on the stand-in portal. */
import { MANAGER_USER } from './bitrix24/portal';
import { PortalUnderTest } from './portalUnderTest';
import type { Body } from './portalUnderTest';

const IBLOCK = 23;
const OFFERS = 24;
const test = new PortalUnderTest();
const { result, refusal, call } = test;

describe('sections', () => {
	it('make a tree, keep external codes, and need a unique code', async () => {
		const add = (fields: object) =>
			result('catalog.section.add', { fields: { iblockId: IBLOCK, ...fields } });
		const { section: root } = await add({ name: 'Окна', xmlId: 'guid-root', code: 'windows' });
		const { section: leaf } = await add({ name: 'ПВХ', iblockSectionId: root.id });
		expect(leaf).toMatchObject({ iblockId: IBLOCK, iblockSectionId: root.id, sort: 500 });
		expect(
			await refusal('catalog.section.add', {
				fields: { iblockId: IBLOCK, name: 'X', code: 'windows' },
			}),
		).toEqual([400, '200700300040', 'Section with this code already exists']);
		expect((await refusal('catalog.section.add', { fields: { name: 'X' } })).slice(1)).toEqual([
			'0',
			'Required fields: iblockId',
		]);
		const found = await result('catalog.section.list', {
			filter: { iblockId: IBLOCK, '@xmlId': ['guid-root'] },
			select: ['id', 'name'],
		});
		expect(found).toEqual({ sections: [{ id: root.id, name: 'Окна' }] });
		await result('catalog.section.update', {
			id: root.id,
			fields: { iblockId: IBLOCK, name: 'Окна и двери' },
		});
		expect((await result('catalog.section.get', { id: root.id })).section).toMatchObject({
			name: 'Окна и двери',
			code: 'windows',
		});
		expect(await result('catalog.section.delete', { id: leaf.id })).toBe(true);
		expect((await refusal('catalog.section.get', { id: leaf.id }))[1]).toBe('200700300030');
		expect((await refusal('catalog.section.list', {}))[0]).toBe(400);
	});

	it('come beside the result or inside it, as switched', async () => {
		test.portal.admin.addsSection({ name: 'Окна' });
		const list = async () =>
			(await call('catalog.section.list', { filter: { iblockId: IBLOCK } })).data;
		expect((await list()).result.sections).toHaveLength(1);
		test.portal.switches.catalogSectionEnvelope = 'sections';
		expect((await list()).sections).toHaveLength(1);
		expect(await list()).not.toHaveProperty('result');
		const types = async () => (await call('catalog.priceType.list')).data;
		expect((await types()).result.priceTypes.map((type: Body) => type.name)).toEqual([
			'BASE',
			'Оптовая',
		]);
		test.portal.switches.catalogPriceTypeEnvelope = 'priceTypes';
		expect((await types()).priceTypes).toHaveLength(2);
	});
});

describe('products', () => {
	it('change, keep properties as value and valueId, and go', async () => {
		const property = async (fields: object) =>
			(
				await result('catalog.productProperty.add', {
					fields: { iblockId: IBLOCK, propertyType: 'S', ...fields },
				})
			).productProperty.id;
		const one = await property({ name: 'Цвет', code: 'COLOR' });
		const many = await property({ name: 'Размеры', multiple: 'Y' });
		const { element } = await result('catalog.product.add', {
			fields: {
				iblockId: IBLOCK,
				name: 'Окно',
				[`property${one}`]: 'белое',
				[`property${many}`]: ['10', { value: '20' }],
				property999: 'нет такого',
			},
		});
		expect(element[`property${one}`]).toEqual({ value: 'белое', valueId: expect.any(String) });
		expect(element[`property${many}`].map((entry: Body) => entry.value)).toEqual(['10', '20']);
		expect(element).not.toHaveProperty('property999');
		const { element: changed } = await result('catalog.product.update', {
			id: element.id,
			fields: { name: 'Окно 2', xmlId: 'guid-2' },
		});
		expect(changed).toMatchObject({ name: 'Окно 2', xmlId: 'guid-2' });
		const { products } = await result('catalog.product.list', {
			select: ['id', 'iblockId', `property${one}`],
			filter: { iblockId: IBLOCK, xmlId: 'GUID-2', [`property${one}`]: 'белое' },
		});
		expect(products).toMatchObject([{ id: element.id }]);
		expect(await result('catalog.product.delete', { id: element.id })).toBe(true);
		expect((await refusal('catalog.product.get', { id: element.id }))[1]).toBe('0');
		expect(
			(
				await refusal('catalog.product.add', {
					fields: { iblockId: IBLOCK, name: 'X', iblockSectionId: 77 },
				})
			)[1],
		).toBe('0');
	});

	it('have offers in an information block of their own', async () => {
		const parent = test.portal.admin.addsProduct({ name: 'Окно' });
		const { offer } = await result('catalog.product.offer.add', {
			fields: { iblockId: OFFERS, name: 'Окно, белое', parentId: parent },
		});
		expect(offer).toMatchObject({
			iblockId: OFFERS,
			type: 4,
			parentId: { value: String(parent), valueId: expect.any(String) },
		});
		const list = (method: string, iblockId: number) =>
			result(method, { select: ['id', 'iblockId'], filter: { iblockId } });
		expect((await list('catalog.product.offer.list', OFFERS)).offers).toHaveLength(1);
		expect((await list('catalog.product.list', IBLOCK)).products).toHaveLength(1);
		expect(
			(await refusal('catalog.product.offer.add', { fields: { iblockId: IBLOCK, name: 'X' } }))[1],
		).toBe('200040300000');
		const { catalogs } = await result('catalog.catalog.list');
		expect(catalogs.map((known: Body) => known.productIblockId)).toEqual([null, IBLOCK]);
	});

	it('are written by administrators only', async () => {
		const { tokensOf } = test.portal.admin.registersApplication({
			scopes: ['catalog'],
			handler: 'https://a.test/',
			onlyApi: true,
		});
		const manager = test.as(tokensOf(MANAGER_USER).accessToken);
		const fields = { iblockId: IBLOCK, name: 'X' };
		expect((await manager.refusal('catalog.product.add', { fields }))[1]).toBe('200040300040');
		expect((await manager.refusal('catalog.section.add', { fields }))[1]).toBe('200040300040');
		expect((await manager.result('catalog.vat.list')).vats).toHaveLength(7);
	});
});

describe('prices', () => {
	it('are one of a type for a product, and modify leaves what was sent', async () => {
		const productId = test.portal.admin.addsProduct({ name: 'Окно', price: 100 });
		const list = async () =>
			(await result('catalog.price.list', { filter: { productId } })).prices.map((price: Body) => [
				price.catalogGroupId,
				price.price,
			]);
		const fields = { productId, catalogGroupId: 1, price: 5, currency: 'RUB' };
		expect((await refusal('catalog.price.add', { fields }))[2]).toContain('only single price');
		expect((await refusal('catalog.price.add', { fields: { productId } }))[2]).toBe(
			'Required fields: catalogGroupId, currency, price',
		);
		const { price } = await result('catalog.price.add', {
			fields: { ...fields, catalogGroupId: 2, price: 90.5 },
		});
		expect(price).toMatchObject({ price: 90.5, extraId: null, quantityFrom: null });
		await result('catalog.price.update', { id: price.id, fields: { price: 91, currency: 'RUB' } });
		expect(await list()).toEqual([
			[1, 100],
			[2, 91],
		]);
		const { prices } = await result('catalog.price.modify', {
			fields: {
				product: {
					id: productId,
					prices: [{ id: price.id, catalogGroupId: 2, price: 92, currency: 'RUB' }],
				},
			},
		});
		expect(prices).toMatchObject([{ id: price.id, price: 92, priceScale: 92 }]);
		expect(await list()).toEqual([[2, 92]]);
		expect(await result('catalog.price.delete', { id: price.id })).toBe(true);
		expect((await refusal('catalog.price.get', { id: price.id })).slice(1)).toEqual([
			'',
			'Price does not exist',
		]);
	});
});
