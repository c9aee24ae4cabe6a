/**
 * A deal with everything the exchange needs, its products' 1C codes and the stages of its pipeline and invoice
 * included. Of few deals one batch brings it all: what only the deal can name is asked for by reference. Of many,
 * seven take a batch, and their products follow together.
 */
import type { Problem } from '../../exchange/problem';
import type { SaleJson } from '../../exchange/sale';
import type { Stage } from '../../exchange/stage';
import { chunks } from '../../shared/chunks';
import type { Bitrix24Client, Reply } from '../rest/client';
import { PART_COMMANDS, partCommands, readParts, type DealParts } from './dealParts';
import {
	GUESS_COMMANDS,
	guessedProductCommands,
	productCommands,
	readProducts,
	type ProductRefs,
} from './productRefs';
import { optional } from '../rest/reply';
import { dealProblem } from './dealProblem';
import { catalogsSchema } from './schemas';
import { allStagesCommand, stageListsOf, stagesByList } from './stageLists';
import { toSale } from './toSale';

export interface DealCard extends DealParts {
	/** Stages of the deal's pipeline, in their order. */
	stages: Stage[];
	invoiceStages: Stage[];
	sale: SaleJson;
}

type Cards = Map<number, DealCard | Problem>;

/** A batch holds 50 commands, one of which asks for the catalogs and one for the stages. */
const ROOM = 48;
const DEALS_A_BATCH = Math.floor(ROOM / PART_COMMANDS);
const FEW = Math.floor(ROOM / (PART_COMMANDS + GUESS_COMMANDS));

/** What the batches brought besides the parts of the deals. */
interface Gathered {
	read: DealParts[];
	iblocks: Set<number>;
	products: ProductRefs;
	stages: Reply;
}

/** Reads the cards of many deals; a deal that cannot be read is a problem of its own. */
export const readDealCards = async (client: Bitrix24Client, dealIds: number[]): Promise<Cards> => {
	const cards: Cards = new Map();
	const ids = [...new Set(dealIds)];
	const gathered: Gathered = {
		read: [],
		iblocks: new Set(),
		products: new Map(),
		stages: { value: [] },
	};
	for (const some of chunks(ids, ids.length <= FEW ? FEW : DEALS_A_BATCH)) {
		await readSome(client, some, ids.length <= FEW, gathered, cards);
	}
	if (gathered.read.length === 0) return cards;
	for (const card of await complete(client, gathered)) cards.set(card.deal.id, card);
	return cards;
};

/** Problems go straight to the cards. */
const readSome = async (
	client: Bitrix24Client,
	ids: number[],
	guesses: boolean,
	gathered: Gathered,
	cards: Cards,
): Promise<void> => {
	const firstOf = (index: number): number => 2 + index * PART_COMMANDS;
	const parts = ids.flatMap((id, index) => partCommands(id, firstOf(index)));
	const guessed = ids.flatMap((_, index) => guessedProductCommands(firstOf(index) + 1));
	const [catalogs, stages, ...replies] = await client.batch([
		{ method: 'catalog.catalog.list' },
		allStagesCommand,
		...parts,
		...(guesses ? guessed : []),
	]);
	gathered.stages = stages;
	for (const { iblockId } of optional(catalogs, catalogsSchema)?.catalogs ?? []) {
		gathered.iblocks.add(iblockId);
	}
	readProducts(replies.slice(parts.length), gathered.products);
	for (const [index, id] of ids.entries()) {
		try {
			const own = replies.slice(index * PART_COMMANDS, (index + 1) * PART_COMMANDS);
			const read = await readParts(client, own);
			if ('problem' in catalogs && read.rows.some(({ productId }) => productId > 0))
				throw catalogs.problem;
			gathered.read.push(read);
		} catch (error) {
			cards.set(id, dealProblem(id, error));
		}
	}
};

const complete = async (
	client: Bitrix24Client,
	{ read, iblocks, products, stages }: Gathered,
): Promise<DealCard[]> => {
	const missing = read
		.flatMap(({ rows }) => rows.map(({ productId }) => productId))
		.filter((id) => !products.has(id));
	readProducts(await client.batch(productCommands(missing, [...iblocks])), products);
	const lists = new Set(read.flatMap(({ deal, invoice }) => stageListsOf(deal, invoice)));
	const stagesIn = await stagesByList(client, stages, [...lists]);
	return read.map((parts) => {
		const [dealList, invoiceList] = stageListsOf(parts.deal, parts.invoice);
		return {
			...parts,
			stages: stagesIn.get(dealList) ?? [],
			invoiceStages: stagesIn.get(invoiceList) ?? [],
			sale: toSale({ ...parts, portal: client.portal, productRefs: products }),
		};
	});
};
