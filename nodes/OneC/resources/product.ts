import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { limitFields, readLimit } from '../../shared/limitFields';
import type { ItemOperation, Resource } from '../../shared/operation';
import type { ItemParameters } from '../../shared/parameters';
import { browseProducts, foldersJson, productsJson, type ProductTerms } from '../catalogs/browse';
import { PRODUCT_SET, readProducts } from '../catalogs/productSearch';
import { readProductUnits } from '../catalogs/productUnits';
import type { Session } from '../session';
import { located, locator, required } from './locators';
import { IN_BRANCH, productFolder, refParameter, searchText, words } from './parameters';

const terms: INodeProperties[] = [
	locator('priceType', { hint: 'No prices when empty' }),
	{
		displayName: 'With Stock',
		name: 'withStock',
		type: 'boolean',
		default: false,
		description: 'Whether to add what can be sold: the balance less what is reserved',
	},
	locator('warehouse', {
		displayOptions: { show: { withStock: [true] } },
		hint: 'All warehouses together when empty',
	}),
];

const readTerms = async (session: Session, item: ItemParameters): Promise<ProductTerms> => {
	const withStock = item.read('withStock', 'With Stock', z.boolean());
	return {
		withStock,
		priceType: await located(session, item, 'priceType'),
		warehouse: withStock ? await located(session, item, 'warehouse') : null,
	};
};

const get: ItemOperation<Session> = {
	value: 'get',
	name: 'Get',
	action: 'Get a product',
	description: 'A product with its units, and its price and stock where asked for',
	properties: [locator('product', { required: true }), ...terms],
	forEach: async (session, item) => {
		const ref = await required(session, item, 'product');
		const rows = await readProducts(session.client, [ref]);
		if (rows.length === 0) throw new Problem(`1C has no product ${ref}.`, 'Choose it again.');
		const [found] = await productsJson(session, rows, await readTerms(session, item));
		return { ...found, units: await readProductUnits(session.client, ref) };
	},
};

const getMany: ItemOperation<Session> = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many products',
	description: 'By words of the name, an article or a code, by folder, or all of them',
	properties: [searchText, { ...productFolder, hint: IN_BRANCH }, ...terms, ...limitFields],
	forEach: async (session, item) => {
		const browsed = {
			text: item.read('search', 'Search', words),
			folder: item.read('folder', 'Folder', refParameter),
			limit: readLimit(item),
		};
		return (await browseProducts(session, browsed, await readTerms(session, item))).map((one) => ({
			...one,
		}));
	},
};

const getFolders: ItemOperation<Session> = {
	value: 'getFolders',
	name: 'Get Folders',
	action: 'Get the folders of products',
	description: 'Every folder with the way to it',
	properties: [],
	forEach: async ({ client }) =>
		(await foldersJson(client, PRODUCT_SET)).map((one) => ({ ...one })),
};

export const product: Resource<Session> = {
	value: 'product',
	name: 'Product (Номенклатура)',
	operations: [getMany, get, getFolders],
};
