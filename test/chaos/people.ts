/**
 * People who keep working whatever happens to n8n: managers move deals there and back, accountants book payments in
 * parts and take them back, storekeepers ship, unship and take goods back, salesmen correct and close orders.
 */
import type { RowInput } from '../standins/bitrix24/portal';
import type { Dice } from './dice';
import { documentsOf, refOf, type Chain, type Firm } from './firm';

/** One sale, and what people have entered for it: their own notes, nothing that n8n says. */
export interface Bargain {
	deal: number;
	chain: Chain;
	/** Throws for whoever works on this sale: what happens to others changes nothing here. */
	dice: Dice;
	/** Somebody sold what 1C does not know, and has not mended it yet. */
	hopeless: boolean;
	payments: string[];
	shipments: string[];
	returns: string[];
	closings: string[];
	/** Whether its order was ever finally closed with something shipped, or its invoice fully paid, while n8n could look. */
	wasClosed: boolean;
	wasPaid: boolean;
}

/** So many of a hundred deals cannot go through. */
const HOPELESS = 4;

const rowOf = (product: number, price: number, quantity: number): RowInput => ({
	product,
	price,
	quantity,
	vat: 22,
	vatIncluded: true,
});

export const strikesBargain = (firm: Firm, seed: Dice, serial: number): Bargain => {
	const dice = seed.branch(serial);
	const chain = dice.oneOf<Chain>(['prepaid', 'prepaid', 'postpaid']);
	const hopeless = dice.happens(HOPELESS);
	const rows = firm.goods
		.slice(0, dice.between(1, firm.goods.length))
		.map(({ product, price }) => rowOf(product, price, dice.between(1, 9)));
	if (hopeless) rows.push(rowOf(firm.strange, 100, 1));
	const deal = firm.portal.manager.createsDeal({
		title: `Сделка № ${serial}`,
		pipeline: firm.pipelines[chain],
		company: dice.oneOf(firm.companies),
		rows,
	});
	const nothing = { payments: [], shipments: [], returns: [], closings: [] };
	return { deal, chain, dice, hopeless, ...nothing, wasClosed: false, wasPaid: false };
};

/** A manager puts something into the deal that 1C has. */
export const mends = (firm: Firm, bargain: Bargain): void => {
	const [{ product, price }] = firm.goods;
	firm.portal.manager.setsProducts(bargain.deal, [rowOf(product, price, 1)]);
	bargain.hopeless = false;
};

type Act = (firm: Firm, bargain: Bargain) => void;

const stageOf = ({ portal }: Firm, { deal }: Bargain): string =>
	String(portal.sees.deal(deal).stageId);

const moves =
	(to: 'fresh' | 'invoice' | 'order'): Act =>
	({ portal, stages }, { deal, chain }) =>
		portal.manager.moves(deal, stages[chain][to]);

const pays: Act = (firm, bargain) => {
	const [document] = [
		...documentsOf(firm, 'СчетНаОплатуПокупателю', bargain.deal),
		...documentsOf(firm, 'ЗаказПокупателя', bargain.deal),
	];
	if (!document) return;
	const amount = Number(document.СуммаДокумента) / bargain.dice.oneOf([1, 2, 4]);
	bargain.payments.push(
		firm.base.accountant.receives({
			for: refOf(document),
			amount: Math.round(amount * 100) / 100,
			via: 'Сделка',
		}),
	);
};

/** Unposts a document that is posted, posts it again when it is not. */
const turns =
	(kind: 'payments' | 'shipments' | 'closings'): Act =>
	({ base }, bargain) => {
		const documents = bargain[kind];
		if (documents.length === 0) return;
		const document = bargain.dice.oneOf(documents);
		const { Posted } = base.sees.document(document);
		if (Posted) base.salesman.unposts(document);
		else base.salesman.posts(document);
	};

const orderOf = (firm: Firm, { deal }: Bargain): string | null => {
	const [order] = documentsOf(firm, 'ЗаказПокупателя', deal);
	return order?.Posted === true ? refOf(order) : null;
};

const ships: Act = (firm, bargain) => {
	const order = orderOf(firm, bargain);
	if (!order || firm.base.sees.balance(order).quantity <= 0) return;
	const [row] = firm.base.sees.document(order).Товары as Array<Record<string, unknown>>;
	const part = { product: String(row.Номенклатура_Key), quantity: 1 };
	const lines = bargain.dice.happens(50) ? [part] : undefined;
	bargain.shipments.push(firm.base.storekeeper.ships({ order, lines }));
};

const takesBack: Act = ({ base }, bargain) => {
	const posted = bargain.shipments.filter((ref) => base.sees.document(ref).Posted === true);
	if (posted.length === 0) return;
	const shipment = bargain.dice.oneOf(posted);
	const [row] = base.sees.document(shipment).Товары as Array<Record<string, unknown>>;
	const lines = [{ product: String(row.Номенклатура_Key), quantity: 1 }];
	bargain.returns.push(base.storekeeper.acceptsReturn({ shipment, lines }));
};

const corrects: Act = (firm, bargain) => {
	const order = orderOf(firm, bargain);
	if (!order || firm.base.sees.balance(order).quantity < 2) return;
	const rows = firm.base.sees.document(order).Товары as Array<Record<string, unknown>>;
	const row = rows[rows.length - 1];
	const lines = [{ product: String(row.Номенклатура_Key), quantity: 1 }];
	firm.base.salesman.corrects({ order, lines });
};

const closes: Act = (firm, bargain) => {
	const order = orderOf(firm, bargain);
	if (!order || firm.base.sees.balance(order).quantity <= 0) return;
	bargain.closings.push(firm.base.salesman.closes({ order, reason: 'Отказ от остатка' }));
};

/** What somebody may do with a deal in each of its stages; said twice is done twice as often. */
const HABITS: Record<'fresh' | 'invoice' | 'order' | 'won', Act[]> = {
	fresh: [],
	invoice: [pays, pays, moves('order'), moves('order'), moves('fresh'), turns('payments')],
	order: [
		ships,
		ships,
		ships,
		pays,
		takesBack,
		corrects,
		closes,
		turns('shipments'),
		turns('payments'),
		turns('closings'),
		moves('fresh'),
	],
	won: [pays, turns('payments')],
};

/** 1C refuses some of what people try, such as unposting what a later document rests on; they shrug and go on. */
const tries = (act: Act, firm: Firm, bargain: Bargain): void => {
	try {
		act(firm, bargain);
	} catch {
		return;
	}
};

/** @param percent how likely somebody takes this sale up just now */
export const works = (firm: Firm, bargain: Bargain, percent: number): void => {
	if (!bargain.dice.happens(percent)) return;
	const stages = firm.stages[bargain.chain];
	const stage = stageOf(firm, bargain);
	if (stage === stages.fresh) {
		tries(moves(bargain.chain === 'prepaid' ? 'invoice' : 'order'), firm, bargain);
		return;
	}
	const [name] = (['invoice', 'order', 'won'] as const).filter((one) => stages[one] === stage);
	if (name) tries(bargain.dice.oneOf(HABITS[name]), firm, bargain);
};
