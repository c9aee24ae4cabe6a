/** Which 1C product stands behind a Bitrix24 product: 1C writes its GUID into the product's XML_ID. */
import { isGuid } from '../../exchange/reference';
import type { Command, Reply } from '../rest/client';
import { Reference } from '../rest/reference';
import { optional } from '../rest/reply';
import { productsSchema } from './schemas';

/** Rows on a page of a list. */
const PAGE = 50;

/** A variation has «product#variation»; 1C knows the product. */
const refOf = (xmlId: string): string | null => {
	const [guid] = xmlId.split('#');
	return isGuid(guid) ? guid.toLowerCase() : null;
};

/** catalog.product.list looks into one catalog at a time; variations live in a catalog of their own. */
export const productCommands = (productIds: number[], catalogs: number[]): Command[] => {
	const ids = [...new Set(productIds)].filter((id) => id > 0);
	const pages = Array.from({ length: Math.ceil(ids.length / PAGE) }, (_, page) =>
		ids.slice(page * PAGE, (page + 1) * PAGE),
	);
	return catalogs.flatMap((iblockId) =>
		pages.map((id) => ({
			method: 'catalog.product.list',
			params: { select: ['id', 'iblockId', 'xmlId'], filter: { iblockId, id } },
		})),
	);
};

/** How many rows of a deal, and how many catalogs of a portal, the commands by reference reach. */
const GUESSED_ROWS = 10;
const GUESSED_CATALOGS = 2;

export const GUESS_COMMANDS = GUESSED_CATALOGS;

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/**
 * The products of a deal's first rows, in the batch that asks for the rows themselves. A reference that leads nowhere
 * may bring a product nobody asked for, which is known by its own number and does no harm; what they do not bring is
 * asked for again by its number.
 * @param rowsAt number of the command in the batch that asks for the rows; the first one of all asks for the catalogs
 */
export const guessedProductCommands = (rowsAt: number): Command[] =>
	upTo(GUESSED_CATALOGS).map((catalog) => ({
		method: 'catalog.product.list',
		params: {
			select: ['id', 'iblockId', 'xmlId'],
			filter: {
				iblockId: new Reference(0, 'catalogs', catalog, 'iblockId'),
				id: upTo(GUESSED_ROWS).map((row) => new Reference(rowsAt, 'productRows', row, 'productId')),
			},
		},
	}));

/** The 1C reference by product ID, null for products that did not come from 1C. */
export type ProductRefs = Map<number, string | null>;

export const readProducts = (replies: Reply[], into: ProductRefs): void => {
	for (const reply of replies) {
		for (const { id, xmlId } of optional(reply, productsSchema)?.products ?? []) {
			into.set(id, refOf(xmlId));
		}
	}
};
