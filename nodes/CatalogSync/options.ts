/** Pick-lists of the synchronisation: folders of the chosen catalog, price types, warehouses. */
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { WAREHOUSES } from '../OneC/catalogs/catalogs';
import { connect } from '../OneC/connect';
import { COUNTERPARTY_SET } from '../OneC/catalogs/counterpartySearch';
import { readFolders } from '../OneC/catalogs/folderTree';
import { readPriceTypes } from '../OneC/catalogs/priceTypes';
import { PRODUCT_SET } from '../OneC/catalogs/productSearch';

const folderOptions = async (
	context: ILoadOptionsFunctions,
	set: string,
): Promise<INodePropertyOptions[]> => {
	const { client } = await connect(context);
	const tree = await readFolders(client, set);
	const folders = tree.folders
		.map(({ ref }) => ({ name: tree.pathOf(ref).join(' / '), value: ref }))
		.sort((a, b) => a.name.localeCompare(b.name));
	return [{ name: 'All Folders', value: '' }, ...folders];
};

export async function getCounterpartyFolders(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await folderOptions(this, COUNTERPARTY_SET);
}

export async function getProductFolders(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await folderOptions(this, PRODUCT_SET);
}

export async function getPriceTypes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const { client } = await connect(this);
	const types = await readPriceTypes(client);
	return [
		{ name: 'No Prices', value: '' },
		...types.map(({ name, ref }) => ({ name, value: ref })),
	];
}

export async function getStockWarehouses(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const { client } = await connect(this);
	const { set, schema, select } = WAREHOUSES;
	const filter = 'IsFolder eq false and DeletionMark eq false';
	const warehouses = await client.list(set, schema, { filter, select, orderby: 'Description' });
	return warehouses.map(({ name, ref }) => ({ name, value: ref }));
}
