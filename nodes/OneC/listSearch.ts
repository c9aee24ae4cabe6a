/** Lists with a search behind the resource locators of the editor. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { findCounterparties, COUNTERPARTY_SET } from './catalogs/counterpartySearch';
import { folderTree } from './catalogs/folderTree';
import {
	ORGANIZATION_LIST,
	portionOf,
	PORTION,
	PRICE_TYPE_LIST,
	readPickList,
	REASON_LIST,
	WAREHOUSE_LIST,
	type Picked,
	type PickList,
} from './catalogs/pickLists';
import { findProducts, PRODUCT_SET } from './catalogs/productSearch';
import { connect } from './connect';
import { readShape } from './metadata/readShape';
import type { OneCClient } from './odata/client';

type Search = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

const shown = (
	{ ref, name, code }: Omit<Picked, 'folder'>,
	path: string[],
): { name: string; value: string } => ({
	name: `${[...path, name].join(' / ')} (${code})`,
	value: ref,
});

const simple = (list: PickList): Search =>
	async function (this, filter = '', token = '0') {
		const { client } = await connect(this);
		const skip = Number(token);
		const { rows, next } = portionOf(await readPickList(client, list, filter, skip), skip);
		return { results: rows.map((row) => shown(row, [])), paginationToken: next };
	};

/** A search shows what it found in one portion; without one the whole catalog is leafed through. */
const inFolders = (
	set: string,
	find: (client: OneCClient, text: string, folder: null, top: number) => Promise<Picked[]>,
): Search =>
	async function (this, filter = '', token = '0') {
		const { client } = await connect(this);
		const tree = await folderTree(client, set);
		const withPath = (row: Picked) => shown(row, tree.pathOf(row.folder));
		if (filter.trim()) {
			const found = await find(client, filter, null, PORTION);
			return { results: found.map(withPath) };
		}
		const skip = Number(token);
		const { rows, next } = portionOf(
			await readPickList(client, { set, hasFolders: true }, '', skip),
			skip,
		);
		return { results: rows.map(withPath), paginationToken: next };
	};

export const searchCounterparties = inFolders(COUNTERPARTY_SET, findCounterparties);
export const searchProducts = inFolders(PRODUCT_SET, findProducts);
export const searchOrganizations = simple(ORGANIZATION_LIST);
export const searchWarehouses = simple(WAREHOUSE_LIST);
export const searchReasons = simple(REASON_LIST);
export const searchPriceTypes = simple(PRICE_TYPE_LIST);

const MOST = 200;

/** Names are short enough to be all at hand, so they are looked through here. */
const among = (names: readonly string[], filter: string): INodeListSearchResult => ({
	results: names
		.filter((name) => name.toLowerCase().includes(filter.trim().toLowerCase()))
		.slice(0, MOST)
		.map((name) => ({ name, value: name })),
});

/** Rows of objects and records of registers have sets of their own that people do not look for first. */
const isMain = (name: string): boolean => /^[A-Za-z]+_[^_]+(_RecordType)?$/.test(name);

const mainFirst = (names: readonly string[]): string[] => [
	...names.filter(isMain),
	...names.filter((name) => !isMain(name)),
];

export const searchEntities: Search = async function (this, filter = '') {
	return among(mainFirst((await readShape((await connect(this)).client)).sets), filter);
};

const havingTable = (table: string): Search =>
	async function (this, filter = '') {
		return among((await readShape((await connect(this)).client)).having(table), filter);
	};

export const searchBalances = havingTable('Balance');
export const searchTurnovers = havingTable('Turnovers');
export const searchSlices = havingTable('SliceLast');
