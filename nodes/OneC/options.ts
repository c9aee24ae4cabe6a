/** Pick-lists loaded from 1C. */
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { COUNTERPARTIES, WAREHOUSES, type Named } from './catalogs/catalogs';
import { chosenSet } from './chosenSet';
import { connect } from './connect';
import { foldersJson } from './catalogs/browse';
import { PRODUCT_SET } from './catalogs/productSearch';
import { listNodes, nodeText } from './changes/exchangeNode';
import { readShape } from './metadata/readShape';
import type { Field } from './metadata/shape';
import { fieldChoice } from './resources/filterBuilder';
import { folderPath } from './catalogs/counterparties';

const FROM_DEAL: INodePropertyOptions = { name: 'From the Deal', value: '' };

const asOption = ({ name, ref }: Pick<Named, 'name' | 'ref'>): INodePropertyOptions => ({
	name,
	value: ref,
});

const organizationsAfter = async (
	context: ILoadOptionsFunctions,
	first: INodePropertyOptions,
): Promise<INodePropertyOptions[]> => {
	const { organizations } = await connect(context);
	return [first, ...(await organizations()).map(asOption)];
};

/** For documents made of deals. */
export async function getOrganizations(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await organizationsAfter(this, FROM_DEAL);
}

/** For contracts. */
export async function getContractOrganizations(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await organizationsAfter(this, { name: 'The Only One', value: '' });
}

export async function getWarehouses(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const { client } = await connect(this);
	const { set, schema, select } = WAREHOUSES;
	const filter = 'IsFolder eq false and DeletionMark eq false';
	const warehouses = await client.list(set, schema, { filter, select, orderby: 'Description' });
	return [FROM_DEAL, ...warehouses.map(asOption)];
}

/** What has rows of its own is no kind of object a reference may lead to. */
const isObject = (name: string): boolean => /^(Catalog|Document|ChartOf\w+)_[^_]+$/.test(name);

/** What a composite field may lead to. */
export async function getReferenced(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const shape = await readShape((await connect(this)).client);
	const found = shape.sets.filter(isObject).map((name) => ({ name, value: name }));
	return [{ name: 'Not a Composite Field', value: '' }, ...found];
}

const TYPE_NAMES: Record<string, string> = {
	string: 'text',
	number: 'number',
	boolean: 'true or false',
	date: 'time',
	reference: 'reference',
	composite: 'composite',
};

const described = ({ type, of }: Field): string => `${TYPE_NAMES[type]}${of ? ` to ${of}` : ''}`;

/** Fields an object may be chosen by, those of its rows too. */
export async function getFilterFields(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const set = chosenSet(this);
	const shape = await readShape((await connect(this)).client);
	const own = shape.fields(set).length > 0 ? set : `${set}_RecordType`;
	const isComparable = ({ type }: Field): boolean => type in TYPE_NAMES;
	const option = (path: string, field: Field, inRows: boolean): INodePropertyOptions => ({
		name: path.replace('/', ' › '),
		value: fieldChoice(path, field, inRows),
		description: described(field),
	});
	return shape.fields(own).flatMap((field) => {
		if (isComparable(field)) return [option(field.name, field, false)];
		if (field.type !== 'rows' || !field.of) return [];
		return shape
			.fields(field.of)
			.filter((column) => isComparable(column) && !['Ref_Key', 'LineNumber'].includes(column.name))
			.map((column) => option(`${field.name}/${column.name}`, column, true));
	});
}

/** Nodes of every exchange plan of the base that can be read for. */
export async function getExchangeNodes(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const { client } = await connect(this);
	const plans = (await readShape(client)).sets.filter((name) => /^ExchangePlan_[^_]+$/.test(name));
	const options: INodePropertyOptions[] = [];
	for (const plan of plans) {
		for (const { ref, name, code } of await listNodes(client, plan)) {
			options.push({
				name: `${plan.replace('ExchangePlan_', '')}: ${name} (${code})`,
				value: nodeText({ plan, ref }),
			});
		}
	}
	return options;
}

/** Folders of products. */
export async function getProductFolders(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const folders = await foldersJson((await connect(this)).client, PRODUCT_SET);
	return [
		{ name: 'Top Level', value: '' },
		...folders.map(({ path, ref }) => ({ name: path.join(' / '), value: ref })),
	];
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
