/** The catalog products that stand for products of 1C, by XML_ID; one that the portal lacks is made. */
import { z } from 'zod';
import { readProductCatalog } from './catalogSettings';
import type { Bitrix24Client } from '../rest/client';
import { required } from '../rest/reply';

export interface Good {
	/** Reference of the 1C product. */
	ref: string;
	name: string;
}

const foundSchema = z.object({
	products: z.array(z.object({ id: z.coerce.number().int(), xmlId: z.string().nullish() })),
});

const PAGE = 50;

const find = async (
	client: Bitrix24Client,
	iblockId: number,
	refs: readonly string[],
): Promise<Map<string, number>> => {
	const pages = Array.from({ length: Math.ceil(refs.length / PAGE) }, (_, page) =>
		refs.slice(page * PAGE, (page + 1) * PAGE),
	);
	const replies = await client.batch(
		pages.map((xmlId) => ({
			method: 'catalog.product.list',
			params: {
				select: ['id', 'iblockId', 'xmlId'],
				filter: { iblockId, xmlId },
				order: { id: 'ASC' },
			},
		})),
	);
	const found = new Map<string, number>();
	for (const reply of replies) {
		for (const { id, xmlId } of required(reply, foundSchema).products) {
			const ref = (xmlId ?? '').toLowerCase();
			if (refs.includes(ref) && !found.has(ref)) found.set(ref, id);
		}
	}
	return found;
};

/** @returns product ID by reference */
export const goodsOf1C = async (
	client: Bitrix24Client,
	goods: readonly Good[],
): Promise<Map<string, number>> => {
	const iblockId = await readProductCatalog(client);
	const refs = goods.map(({ ref }) => ref);
	const known = await find(client, iblockId, refs);
	const missing = goods.filter(({ ref }) => !known.has(ref));
	if (missing.length === 0) return known;
	const replies = await client.batch(
		missing.map(({ ref, name }) => ({
			method: 'catalog.product.add',
			params: { fields: { iblockId, name, xmlId: ref } },
			repeatable: false,
		})),
	);
	/** An answer may be lost, so what is there is asked for and not what was answered. */
	const after = await find(client, iblockId, refs);
	missing.forEach(({ ref }, index) => {
		const reply = replies[index];
		if (!after.has(ref) && 'problem' in reply) throw reply.problem;
	});
	return after;
};
