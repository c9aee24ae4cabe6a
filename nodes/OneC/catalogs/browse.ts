/** Counterparties and products for whoever wants many: by words, by folder with all below it, or all of them. */
import type { Goods } from '../../exchange/goods';
import type { OneCClient } from '../odata/client';
import { catalogPages, foldersToRead } from './catalogPages';
import { COUNTERPARTIES } from './catalogs';
import { COUNTERPARTY_SET, findCounterparties } from './counterpartySearch';
import { currencyLetters, currencyOf } from './currencies';
import { folderTree, type FolderTree } from './folderTree';
import { readGoods } from './goods';
import { readOffers } from './offers';
import { readPriceTypes } from './priceTypes';
import { findProducts, PRODUCT_SET, type ProductRow } from './productSearch';
import type { Session } from '../session';

const PAGE = 500;

/** A search that finds more is too vague to be of use. */
const MOST_FOUND = 1000;

export interface Browsed {
	/** Words; empty reads the folder. */
	text: string;
	folder: string | null;
	limit?: number;
}

const pageFor = (limit: number | undefined): number => Math.min(PAGE, limit ?? PAGE);

export interface CounterpartyJson {
	ref: string;
	code: string;
	name: string;
	inn: string;
	kpp: string;
	folder: string | null;
	/** Names of the folders from the top down. */
	path: string[];
	deletionMark: boolean;
}

type CounterpartyFacts = Omit<CounterpartyJson, 'path'>;

const withPath =
	(tree: FolderTree) =>
	({ ref, code, name, inn, kpp, folder, deletionMark }: CounterpartyFacts): CounterpartyJson => ({
		ref,
		code,
		name,
		inn,
		kpp,
		folder,
		path: tree.pathOf(folder),
		deletionMark,
	});

export const browseCounterparties = async (
	client: OneCClient,
	{ text, folder, limit }: Browsed,
): Promise<CounterpartyJson[]> => {
	const tree = await folderTree(client, COUNTERPARTY_SET);
	if (text) {
		const found = await findCounterparties(client, text, folder, limit ?? MOST_FOUND);
		return found.slice(0, limit).map(withPath(tree));
	}
	const all: CounterpartyJson[] = [];
	const folders = foldersToRead(tree, folder);
	for await (const { rows } of catalogPages(client, COUNTERPARTIES, folders, pageFor(limit))) {
		all.push(...rows.map(withPath(tree)));
		if (limit !== undefined && all.length >= limit) break;
	}
	return all.slice(0, limit);
};

export interface ProductTerms {
	/** Null asks for no prices. */
	priceType: string | null;
	/** Null is all warehouses together. */
	warehouse: string | null;
	withStock: boolean;
}

export interface ProductJson {
	ref: string;
	code: string;
	article: string;
	name: string;
	folder: string | null;
	path: string[];
	isService: boolean;
	/** Percent; null is «без НДС». */
	vatRate: number | null;
	/** Name of the unit of storage. */
	unit: string;
	deletionMark: boolean;
	/** For one unit of storage; null when there is none of this type. */
	price?: { amount: number; currency: string } | null;
	/** What can be sold, in units of storage; null for services. */
	stock?: number | null;
}

const goodsJson = (tree: FolderTree, goods: Goods, terms: ProductTerms): ProductJson => ({
	ref: goods.ref,
	code: goods.code,
	article: goods.article,
	name: goods.name,
	folder: goods.folder,
	path: tree.pathOf(goods.folder),
	isService: goods.isService,
	vatRate: goods.vatRate,
	unit: goods.unit?.name ?? '',
	deletionMark: goods.deletionMark,
	...(terms.priceType
		? {
				price: goods.price && {
					amount: goods.price.amount,
					currency: goods.price.currency,
				},
			}
		: {}),
	...(terms.withStock ? { stock: goods.stock } : {}),
});

/** Prices of a type are in its currency. */
const currencyFor = async (session: Session, priceType: string | null): Promise<string> => {
	const types = priceType ? await readPriceTypes(session.client) : [];
	const own = types.find(({ ref }) => ref === priceType)?.currency;
	return own ?? (await currencyOf(session, 'RUB'));
};

/** A few products, found or chosen, with what a salesman asks of them. */
export const productsJson = async (
	session: Session,
	rows: readonly ProductRow[],
	terms: ProductTerms,
): Promise<ProductJson[]> => {
	const { client } = session;
	const tree = await folderTree(client, PRODUCT_SET);
	const currency = await currencyFor(session, terms.priceType);
	const letters = terms.priceType ? (await currencyLetters(client)).get(currency) : undefined;
	const offers = await readOffers(session, rows, { ...terms, currency });
	return rows.map((row, index): ProductJson => {
		const { unit, price, free } = offers[index];
		return {
			ref: row.ref,
			code: row.code,
			article: row.article,
			name: row.name,
			folder: row.folder,
			path: tree.pathOf(row.folder),
			isService: row.isService,
			vatRate: row.vatRate,
			unit,
			deletionMark: row.deletionMark,
			...(terms.priceType
				? {
						price: price === null ? null : { amount: price, currency: letters ?? 'RUB' },
					}
				: {}),
			...(terms.withStock ? { stock: free } : {}),
		};
	});
};

export const browseProducts = async (
	session: Session,
	{ text, folder, limit }: Browsed,
	terms: ProductTerms,
): Promise<ProductJson[]> => {
	const { client } = session;
	if (text) {
		const found = await findProducts(client, text, folder, limit ?? MOST_FOUND);
		return await productsJson(session, found, terms);
	}
	const tree = await folderTree(client, PRODUCT_SET);
	const { priceType, withStock, warehouse } = terms;
	const warehouses = warehouse ? [warehouse] : [];
	const wanted = { folder, priceType, stock: withStock ? { warehouses } : null };
	const all: ProductJson[] = [];
	for await (const page of readGoods(client, wanted, pageFor(limit))) {
		all.push(...page.map((goods) => goodsJson(tree, goods, terms)));
		if (limit !== undefined && all.length >= limit) break;
	}
	return all.slice(0, limit);
};

export interface FolderJson {
	ref: string;
	name: string;
	parent: string | null;
	path: string[];
}

/** Every folder, those that hold others before what they hold. */
export const foldersJson = async (client: OneCClient, set: string): Promise<FolderJson[]> => {
	const tree = await folderTree(client, set);
	return tree.branchOf(null).map(({ ref, name, parent }) => ({
		ref,
		name,
		parent,
		path: tree.pathOf(ref),
	}));
};
