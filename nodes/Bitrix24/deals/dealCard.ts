/**
 * A deal with everything the exchange needs. Seven deals take one batch; one more brings for all of them what only
 * these can name: the stages of their pipelines, of their invoices, and the 1C codes of their products.
 */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import type { SaleJson } from '../../exchange/sale';
import type { Stage } from '../../exchange/stage';
import { chunks } from '../../shared/chunks';
import type { Bitrix24Client } from '../rest/client';
import { PART_COMMANDS, partCommands, readParts, type DealParts } from './dealParts';
import { DEAL, SMART_INVOICE } from '../rest/entityTypes';
import { productCommands, readProductRefs } from './productRefs';
import { optional, required } from '../rest/reply';
import { catalogsSchema } from './schemas';
import { readStages, stageListOf, stagesCommand } from './stages';
import { toSale } from './toSale';

export interface DealCard extends DealParts {
	/** Stages of the deal's pipeline, in their order. */
	stages: Stage[];
	invoiceStages: Stage[];
	sale: SaleJson;
}

type Cards = Map<number, DealCard | Problem>;

/** A batch holds 50 commands, one of which asks for the catalogs. */
const DEALS_A_BATCH = Math.floor(49 / PART_COMMANDS);

/** Reads the cards of many deals; a deal that cannot be read is a problem of its own. */
export const readDealCards = async (client: Bitrix24Client, dealIds: number[]): Promise<Cards> => {
	const cards: Cards = new Map();
	const read: DealParts[] = [];
	const iblocks = new Set<number>();
	for (const ids of chunks([...new Set(dealIds)], DEALS_A_BATCH)) {
		const some = await readSome(client, ids, cards);
		read.push(...some.read);
		for (const iblock of some.iblocks) iblocks.add(iblock);
	}
	if (read.length === 0) return cards;
	for (const card of await complete(client, read, [...iblocks])) cards.set(card.deal.id, card);
	return cards;
};

/** Problems go straight to the cards. */
const readSome = async (
	client: Bitrix24Client,
	ids: number[],
	cards: Cards,
): Promise<{ read: DealParts[]; iblocks: number[] }> => {
	const [catalogs, ...replies] = await client.batch([
		{ method: 'catalog.catalog.list' },
		...ids.flatMap((id, index) => partCommands(id, `c${1 + index * PART_COMMANDS}`)),
	]);
	const read: DealParts[] = [];
	for (const [index, id] of ids.entries()) {
		try {
			const own = replies.slice(index * PART_COMMANDS, (index + 1) * PART_COMMANDS);
			const parts = await readParts(client, own);
			if ('problem' in catalogs && parts.rows.some(({ productId }) => productId > 0))
				throw catalogs.problem;
			read.push(parts);
		} catch (error) {
			cards.set(id, dealProblem(id, error));
		}
	}
	const known = optional(catalogs, catalogsSchema)?.catalogs ?? [];
	return { read, iblocks: known.map(({ iblockId }) => iblockId) };
};

const listsOf = ({ deal, invoice }: DealParts): string[] => [
	stageListOf(DEAL, deal.categoryId),
	...(invoice ? [stageListOf(SMART_INVOICE, invoice.categoryId)] : []),
];

const complete = async (
	client: Bitrix24Client,
	read: DealParts[],
	catalogs: number[],
): Promise<DealCard[]> => {
	const products = productCommands(
		read.flatMap(({ rows }) => rows.map(({ productId }) => productId)),
		catalogs,
	);
	const lists = [...new Set(read.flatMap(listsOf))];
	const replies = await client.batch([...products, ...lists.map(stagesCommand)]);
	const productRefs = readProductRefs(replies.slice(0, products.length));
	const stagesIn = new Map<string, Stage[]>(
		lists.map((list, index) => [
			list,
			readStages(required(replies[products.length + index], z.unknown()), list),
		]),
	);
	return read.map((parts) => {
		const [dealList, invoiceList] = listsOf(parts);
		return {
			...parts,
			stages: stagesIn.get(dealList) ?? [],
			invoiceStages: stagesIn.get(invoiceList) ?? [],
			sale: toSale({ ...parts, portal: client.portal, productRefs }),
		};
	});
};

const dealProblem = (id: number, error: unknown): Problem => {
	if (error instanceof Problem) {
		return new Problem(`Deal ${id}: ${error.message}`, error.remedy, error.russian);
	}
	if (!(error instanceof z.ZodError)) throw error;
	const [issue] = error.issues;
	return new Problem(
		`Deal ${id}: Bitrix24 answered in an unexpected shape (${issue.path.join('.')}: ${issue.message}).`,
		'Check the rights of the webhook owner; if they are right, report it to the authors of this node.',
	);
};
