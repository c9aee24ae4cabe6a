/** Which 1C product stands behind a Bitrix24 product: 1C writes its GUID into the product's XML_ID. */
import { isGuid } from '../../exchange/reference';
import type { Command, Reply } from '../rest/client';
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

/** @returns the 1C reference by product ID; products that did not come from 1C are absent */
export const readProductRefs = (replies: Reply[]): Map<number, string> => {
	const refs = new Map<number, string>();
	for (const reply of replies) {
		for (const { id, xmlId } of optional(reply, productsSchema)?.products ?? []) {
			const ref = refOf(xmlId);
			if (ref) refs.set(id, ref);
		}
	}
	return refs;
};
