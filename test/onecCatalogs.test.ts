/** What people look through in 1C: folders, counterparties, products with their prices and stock. */
import { z } from 'zod';
import {
	countByInn,
	findCounterparties,
	listCounterparties,
} from '../nodes/OneC/catalogs/counterpartySearch';
import { FolderTree, folderTree, readFolders } from '../nodes/OneC/catalogs/folderTree';
import { readOffers, type Offer } from '../nodes/OneC/catalogs/offers';
import { readPriceTypes } from '../nodes/OneC/catalogs/priceTypes';
import { findProducts, listProducts, readProducts } from '../nodes/OneC/catalogs/productSearch';
import { OneCOffice } from './support/onecOffice';

let office: OneCOffice;

const open = async (options: Parameters<typeof OneCOffice.open>[0] = {}): Promise<void> => {
	office = await OneCOffice.open(options);
};

afterEach(async () => await office.base.close());

const names = (rows: Array<{ name: string }>): string[] => rows.map(({ name }) => name);

describe.each([true, false])('where the database ignores case: %s', (stringsIgnoreCase) => {
	beforeEach(async () => await open({ switches: { stringsIgnoreCase } }));

	test('a counterparty is found by words of its name, ИНН, КПП, code and telephone', async () => {
		const { client } = office.session();
		const { admin, sees } = office.base;
		const ref = admin.addsCounterparty({
			name: 'ООО «Василек и сыновья»',
			inn: '7728168971',
			kpp: '772801001',
			phone: '+7 (495) 123-45-67',
		});
		const { Code: code } = sees.document(ref);
		const asked = [
			'василек',
			'СЫНОВЬЯ василек',
			'77281',
			'772801001',
			String(code),
			'123-45-67',
			'84951234567',
		];
		for (const text of asked) {
			const found = await findCounterparties(client, text, null, 50);
			expect([text, names(found)]).toEqual([text, ['ООО «Василек и сыновья»']]);
		}
		expect(await findCounterparties(client, "' or 1 eq 1", null, 50)).toEqual([]);
		expect(await findCounterparties(client, '1234568', null, 50)).toEqual([]);
	});

	test('a product is found by words of its name, article and code', async () => {
		const { client } = office.session();
		const ref = office.base.admin.addsProduct({ name: 'Шкаф для бумаг', article: 'ШБ-200' });
		for (const text of [
			'ШКАФ',
			'бумаг шкаф',
			'шб-200',
			String(office.base.sees.document(ref).Code),
		]) {
			expect([text, names(await findProducts(client, text, null, 50))]).toEqual([
				text,
				['Шкаф для бумаг'],
			]);
		}
	});
});

describe('a search by a telephone', () => {
	beforeEach(async () => await open());

	test('loses nothing of the names when 1C refuses to read the contacts, and says so when there are none', async () => {
		const { client } = office.session();
		const { admin, levers } = office.base;
		admin.addsCounterparty({ name: 'ООО «Склад 12345»', phone: '+7 495 123-45-67' });
		levers.forbidsReading('InformationRegister_КонтактнаяИнформация');
		const found = await findCounterparties(client, '12345', null, 50);
		expect(names(found)).toEqual(['ООО «Склад 12345»']);
		await expect(findCounterparties(client, '1234567', null, 50)).rejects.toThrow(/code 20/);
	});

	test.each(['refused', 'compared'] as const)(
		'finds the owner where text of unlimited length is %s',
		async (unlimitedStrings) => {
			office.base.switches.unlimitedStrings = unlimitedStrings;
			const { client } = office.session();
			office.base.admin.addsCounterparty({ name: 'ООО «Лютик»', phone: '+7 495 123-45-67' });
			expect(names(await findCounterparties(client, '34567', null, 50))).toEqual(['ООО «Лютик»']);
			expect(names(await findCounterparties(client, '1234567', null, 50))).toEqual(['ООО «Лютик»']);
		},
	);
});

test('a read that compares text of unlimited length says what to use instead', async () => {
	await open();
	const { client } = office.session();
	const filter = "Комментарий eq 'срочно'";
	await expect(client.list('Document_ЗаказПокупателя', z.unknown(), { filter })).rejects.toThrow(
		expect.objectContaining({ remedy: expect.stringContaining('Contains') }),
	);
});

describe('a catalog', () => {
	beforeEach(async () => await open());

	test('is looked through folder by folder, page by page, and searched in one branch', async () => {
		const { client } = office.session();
		const { admin } = office.base;
		const wholesale = admin.addsFolder('Контрагенты', 'Опт');
		const tools = admin.addsFolder('Контрагенты', 'Инструмент', wholesale);
		const retail = admin.addsFolder('Контрагенты', 'Розница');
		const add = (name: string, folder: string): string => admin.addsCounterparty({ name, folder });
		add('ООО «Ромашка Опт»', wholesale);
		add('ООО «Ромашка Инструмент»', tools);
		add('ООО «Ромашка Розница»', retail);
		for (const letter of 'АБВГ') add(`ИП ${letter}`, retail);
		expect(names(await listCounterparties(client, retail, 0, 3))).toEqual(['ИП А', 'ИП Б', 'ИП В']);
		expect(names(await listCounterparties(client, retail, 3, 3))).toEqual([
			'ИП Г',
			'ООО «Ромашка Розница»',
		]);
		expect(names(await listCounterparties(client, null, 0, 50))).toEqual(['ООО «Лютик»']);
		expect(names(await findCounterparties(client, 'ромашка', wholesale, 50))).toEqual([
			'ООО «Ромашка Инструмент»',
			'ООО «Ромашка Опт»',
		]);
		const tree = await folderTree(client, 'Catalog_Контрагенты');
		expect(tree.pathOf(tools)).toEqual(['Опт', 'Инструмент']);
	});

	test('reads its folders once for all who look within a minute', async () => {
		const { client } = office.session();
		const reading = async (): Promise<unknown> =>
			await Promise.all([
				folderTree(client, 'Catalog_Номенклатура'),
				folderTree(client, 'Catalog_Номенклатура'),
			]);
		expect(await office.requests(reading)).toBe(1);
		expect(await office.requests(reading)).toBe(0);
		await office.clock.sleep(61_000);
		expect(await office.requests(reading)).toBe(1);
	});

	test('that is broken into a ring of folders still has paths', () => {
		const ring = new FolderTree([
			{ ref: 'a', name: 'А', parent: 'b' },
			{ ref: 'b', name: 'Б', parent: 'a' },
		]);
		expect(ring.pathOf('a').length).toBeLessThanOrEqual(12);
		expect(ring.depthBelow('a')).toBeLessThanOrEqual(12);
	});

	test('of a hundred thousand costs one request a page and one a search', async () => {
		office.base.admin.fillsCounterparties(2000);
		const { client } = office.session();
		const [folder] = (await readFolders(client, 'Catalog_Контрагенты')).folders.filter(
			({ parent }) => parent !== null,
		);
		expect(
			await office.requests(async () => await listCounterparties(client, folder.ref, 0, 100)),
		).toBe(1);
		expect(
			await office.requests(async () => await findCounterparties(client, 'покупатель', null, 100)),
		).toBe(1);
	});

	test('says how many have one ИНН, those marked for deletion left out', async () => {
		const { admin } = office.base;
		const inn = '7728168971';
		for (const name of ['Кактус Опт', 'Кактус Розница']) admin.addsCounterparty({ name, inn });
		admin.marksForDeletion(admin.addsCounterparty({ name: 'Кактус старый', inn }));
		const { client } = office.session();
		expect(await countByInn(client, [inn, '7707083893'])).toEqual(
			new Map([
				[inn, 2],
				['7707083893', 1],
			]),
		);
	});
});

describe('a product on offer', () => {
	beforeEach(async () => await open());

	const offers = async (
		change: { priceType?: string; warehouse?: string } = {},
	): Promise<Offer[]> => {
		const session = office.session();
		const products = await readProducts(session.client, [office.table, office.chair]);
		const { seed } = office.base;
		const read = await readOffers(session, products, {
			priceType: change.priceType ?? seed.priceType,
			currency: seed.currency,
			warehouse: change.warehouse ?? null,
		});
		return [office.table, office.chair].flatMap((ref) => read.filter((one) => one.ref === ref));
	};

	test('has its unit, the latest price of the type and what is free', async () => {
		const { admin, storekeeper } = office.base;
		admin.setsPrice({ product: office.table, price: 13_000 });
		storekeeper.receivesGoods({ product: office.table, quantity: 10 });
		const supplied = await office.create('order');
		storekeeper.reserves({ order: supplied.document.ref, product: office.table, quantity: 4 });
		expect(await offers()).toEqual([
			{ ref: office.table, unit: 'шт', price: 13_000, free: 6 },
			{ ref: office.chair, unit: 'шт', price: 2_440, free: 0 },
		]);
	});

	test('has no price of a type that nobody set, and the stock of one warehouse alone', async () => {
		const { admin, storekeeper, seed } = office.base;
		storekeeper.receivesGoods({ product: office.table, quantity: 10, warehouse: seed.warehouse });
		const wholesale = admin.addsPriceType('Оптовая', false);
		const [table] = await offers({ priceType: wholesale, warehouse: seed.warehouse });
		expect(table).toMatchObject({ price: null, free: 10 });
		const types = await readPriceTypes(office.session().client);
		expect(types.find(({ ref }) => ref === wholesale)).toMatchObject({
			name: 'Оптовая',
			includesVat: false,
		});
	});

	test('in pages of many costs requests that fit the length of an address, not one a product', async () => {
		office.base.admin.fillsProducts(400);
		const session = office.session();
		const [product] = await findProducts(session.client, 'Товар 17', null, 1);
		const page = await listProducts(session.client, product.folder, 0, 40);
		const terms = {
			priceType: office.base.seed.priceType,
			currency: office.base.seed.currency,
			warehouse: null,
		};
		const fifty = await findProducts(session.client, 'Товар', null, 50);
		expect(fifty).toHaveLength(50);
		expect(page.length).toBeGreaterThan(0);
		expect(
			await office.requests(async () => {
				const found = await readOffers(session, fifty, terms);
				expect(found.every(({ price }) => price !== null)).toBe(true);
			}),
		).toBeLessThanOrEqual(20);
	});
});
