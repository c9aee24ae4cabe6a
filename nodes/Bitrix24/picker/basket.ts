/**
 * A basket that goes into the product rows of a deal. Each line says what the row has to hold afterwards, as «so many
 * were there, so many come on top»: a basket that is sent twice, because an answer was lost or a button was pressed
 * twice, finds its goods there and changes nothing. Rows that somebody else changed meanwhile are never overwritten.
 */
import { Problem } from '../../exchange/problem';
import { UnknownOutcome } from '../../shared/http';
import type { Bitrix24Client, Command } from '../rest/client';
import { allRows, rowsCommand } from '../deals/dealParts';
import { DEAL_ROWS } from '../rest/entityTypes';
import { goodsOf1C, type Good } from '../catalog/goodsOf1C';
import { rowsSchema, type Row } from '../deals/schemas';

export interface BasketLine extends Good {
	quantity: number;
	/** Roubles for one unit, taxes included. */
	price: number;
	/** Percent; null is «без НДС». */
	vatRate: number | null;
	/** Whether the tax is inside of the price the line was made from. */
	vatIncluded: boolean;
	/** The row the quantity is added to; null makes a new one. */
	row: number | null;
	/** What the row held when the basket was filled. */
	from: number;
}

/** Somebody has changed the rows of the deal since the basket was filled. */
export class ChangedRows extends Problem {
	override name = 'ChangedRows';

	constructor(name: string) {
		super(
			`The product rows of the deal were changed meanwhile: «${name}».`,
			'Look at the deal again and repeat.',
		);
	}
}

/** Quantities have up to four digits after the point. */
const same = (a: number, b: number): boolean => Math.abs(a - b) < 0.00005;

const readRows = async (client: Bitrix24Client, deal: number): Promise<Row[]> => {
	const first = rowsSchema.parse(await client.call(rowsCommand(DEAL_ROWS, deal, 0)));
	return await allRows(client, deal, first.productRows);
};

const addition = (deal: number, product: number, line: BasketLine, sort: number): Command => ({
	method: 'crm.item.productrow.add',
	params: {
		fields: {
			ownerType: DEAL_ROWS,
			ownerId: deal,
			productId: product,
			productName: line.name,
			price: line.price,
			quantity: line.quantity,
			...(line.vatRate === null ? {} : { taxRate: line.vatRate }),
			taxIncluded: line.vatIncluded ? 'Y' : 'N',
			sort,
		},
	},
	repeatable: false,
});

const increase = (row: Row, quantity: number): Command => ({
	method: 'crm.item.productrow.update',
	params: { id: row.id, fields: { quantity } },
	repeatable: true,
});

const sortOf = (row: Row): number => Number(row.sort) || 0;

/** What is still to be done; nothing for a line that is in the deal already. */
const commandsFor = (
	deal: number,
	rows: readonly Row[],
	lines: readonly BasketLine[],
	products: ReadonlyMap<string, number>,
): Command[] => {
	let sort = Math.max(0, ...rows.map(sortOf));
	return lines.flatMap((line) => {
		const product = products.get(line.ref) ?? 0;
		const target = line.from + line.quantity;
		const own = rows.filter(({ productId }) => productId === product);
		const row = line.row === null ? own[0] : rows.find(({ id }) => id === line.row);
		if (!row && line.row === null) return [addition(deal, product, line, (sort += 10))];
		if (row && same(row.quantity, target)) return [];
		if (row && line.row !== null && same(row.quantity, line.from)) return [increase(row, target)];
		throw new ChangedRows(line.name);
	});
};

/** Two processes may have added the same line at once: of several rows of a new product the first stays. */
const dropDoubles = async (
	client: Bitrix24Client,
	rows: readonly Row[],
	added: readonly number[],
): Promise<void> => {
	const doubles = added.flatMap((product) =>
		rows.filter(({ productId }) => productId === product).slice(1),
	);
	await client.batch(
		doubles.map(({ id }) => ({ method: 'crm.item.productrow.delete', params: { id } })),
	);
};

const ATTEMPTS = 3;

/** Baskets for one deal go one after another. */
const queues = new Map<string, Promise<unknown>>();

const inTurn = async <Result>(key: string, work: () => Promise<Result>): Promise<Result> => {
	const turn = (queues.get(key) ?? Promise.resolve()).then(work, work);
	queues.set(key, turn);
	try {
		return await turn;
	} finally {
		if (queues.get(key) === turn) queues.delete(key);
	}
};

/**
 * @param catalog finds and makes catalog products, for which the visitor may have no right
 * @returns whether anything had to be written
 */
export const transferBasket = async (
	client: Bitrix24Client,
	catalog: Bitrix24Client,
	deal: number,
	lines: readonly BasketLine[],
): Promise<boolean> =>
	await inTurn(`${client.portal} ${deal}`, async () => {
		const products = await goodsOf1C(catalog, lines);
		for (let attempt = 1; ; attempt += 1) {
			const rows = await readRows(client, deal);
			const commands = commandsFor(deal, rows, lines, products);
			if (commands.length === 0) return attempt > 1;
			const replies = await client.batch(commands);
			const problem = replies.flatMap((reply) => ('problem' in reply ? [reply.problem] : []))[0];
			if (problem && !(problem instanceof UnknownOutcome && attempt < ATTEMPTS)) throw problem;
			if (problem) continue;
			const added = lines.filter(({ row }) => row === null);
			const ids = added.map(({ ref }) => products.get(ref) ?? 0);
			await dropDoubles(client, await readRows(client, deal), ids);
			return true;
		}
	});
