/** Pick-lists loaded from 1C. */
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { COUNTERPARTIES, WAREHOUSES, type Named } from './catalogs/catalogs';
import { connect } from './connect';
import { folderPath } from './catalogs/counterparties';

const FROM_DEAL: INodePropertyOptions = { name: 'From the Deal', value: '' };

const asOption = ({ name, ref }: Pick<Named, 'name' | 'ref'>): INodePropertyOptions => ({
	name,
	value: ref,
});

export async function getOrganizations(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const { organizations } = await connect(this);
	return [FROM_DEAL, ...(await organizations()).map(asOption)];
}

export async function getWarehouses(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const { client } = await connect(this);
	const { set, schema, select } = WAREHOUSES;
	const filter = 'IsFolder eq false and DeletionMark eq false';
	const warehouses = await client.list(set, schema, { filter, select, orderby: 'Description' });
	return [FROM_DEAL, ...warehouses.map(asOption)];
}

/** Folders of counterparties, one per line of business, with the folders they stand in. */
export async function getFolders(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const session = await connect(this);
	const { set, schema, select } = COUNTERPARTIES;
	const filter = 'IsFolder eq true and DeletionMark eq false';
	const folders = await session.client.list(set, schema, { filter, select });
	session.shelves.counterparties.put(folders);
	const options: INodePropertyOptions[] = [];
	for (const folder of folders) {
		options.push({ name: await folderPath(session, folder), value: folder.ref });
	}
	const sorted = options.sort((a, b) => a.name.localeCompare(b.name));
	return [{ name: 'Top Level', value: '' }, ...sorted];
}
