import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { readCatalogs } from '../../catalog/catalogEntries';
import { connect } from '../../rest/connect';

/** For the resources of the catalogue. */
export async function getCatalogs(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const catalogs = await readCatalogs(await connect(this));
	return catalogs.map(({ iblockId, name }) => ({ name, value: iblockId }));
}
