/** Pick-lists loaded from the account. */
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { z } from 'zod';
import { connect } from './connect';
import { readable, readList } from './rows';

const listed = async (
	context: ILoadOptionsFunctions,
	method: string,
	nameColumn: string,
): Promise<INodePropertyOptions[]> => {
	const rows = await readList(await connect(context), { method });
	const schema = z.object({ id: z.number(), [nameColumn]: z.string().nullish() });
	return readable(schema, rows)
		.map(({ id, [nameColumn]: name }) => ({ name: String(name ?? id), value: String(id) }))
		.sort((a, b) => a.name.localeCompare(b.name));
};

export async function getTags(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await listed(this, 'get.tags', 'name');
}

export async function getCampaigns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await listed(this, 'get.campaigns', 'name');
}

export async function getSites(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await listed(this, 'get.sites', 'domain_name');
}
