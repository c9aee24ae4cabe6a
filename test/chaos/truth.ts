/**
 * What must be so when everything has come to rest, worked out from the books of both systems alone. It shares nothing
 * with the nodes: what they count, it counts in its own way.
 */
import { documentsOf, refOf, type Document, type Firm } from './firm';
import type { Bargain } from './people';

const ORDERS = 'AccumulationRegister_ЗаказыПокупателей';

const cents = (sum: unknown): number => Math.round(Number(sum ?? 0) * 100);

const isPosted = ({ base }: Firm, ref: string): boolean => base.sees.document(ref).Posted === true;

const paidBy = (firm: Firm, { payments }: Bargain): number =>
	payments
		.filter((ref) => isPosted(firm, ref))
		.reduce((sum, ref) => sum + cents(firm.base.sees.document(ref).СуммаДокумента), 0);

/** A shipment is an expense of the register, a return a negative one. */
const shippedBy = ({ base }: Firm, { shipments, returns }: Bargain): number =>
	[...shipments, ...returns]
		.flatMap((ref) => base.sees.movements(ref))
		.filter(({ Register }) => Register === ORDERS)
		.reduce((sum, { СуммаВзаиморасчетов }) => sum + cents(СуммаВзаиморасчетов), 0);

const isClosed = (firm: Firm, bargain: Bargain, order: Document): boolean => {
	if (order.Posted !== true) return false;
	const { amount, quantity } = firm.base.sees.balance(refOf(order));
	const byDocument = bargain.closings.some((ref) => isPosted(firm, ref));
	return byDocument || (amount === 0 && quantity === 0 && shippedBy(firm, bargain) > 0);
};

interface Books {
	invoices: Document[];
	orders: Document[];
	paid: number;
	shipped: number;
	/** Finally closed, with something shipped. */
	closed: boolean;
	paidInFull: boolean;
}

const booksOf = (firm: Firm, bargain: Bargain): Books => {
	const invoices = documentsOf(firm, 'СчетНаОплатуПокупателю', bargain.deal);
	const orders = documentsOf(firm, 'ЗаказПокупателя', bargain.deal);
	const paid = paidBy(firm, bargain);
	const shipped = shippedBy(firm, bargain);
	return {
		invoices,
		orders,
		paid,
		shipped,
		closed: orders.length > 0 && shipped > 0 && isClosed(firm, bargain, orders[0]),
		paidInFull: invoices.length > 0 && paid >= cents(invoices[0].СуммаДокумента),
	};
};

/** Notes what n8n may see now: a deal may be won by a state that is gone later, since a finished card is never reopened. */
export const notes = (firm: Firm, bargain: Bargain): void => {
	const { closed, paidInFull } = booksOf(firm, bargain);
	bargain.wasClosed ||= closed;
	bargain.wasPaid ||= paidInFull;
};

const PAID = 'Оплачен';

/** News go to and fro as payments do; one and the same news twice running is noise. */
const repeatsItself = (comments: string[]): boolean => {
	const last = new Map<string, string>();
	return comments.some((text) => {
		const [subject] = text.split(':');
		const repeated = last.get(subject) === text;
		last.set(subject, text);
		return repeated;
	});
};

/** Lost is what should be and is not, doubled what is there twice, wrong what says something else than the books. */
export type Kind = 'lost' | 'doubled' | 'wrong';

export interface Fault {
	kind: Kind;
	deal: number;
	text: string;
}

const COMPLAINT = /^Обмен с 1С не прошел: .*Товар только из CRM/s;

/** A deal that cannot go through has no documents, and somebody has been told why. */
const hopelessClaims = (
	{ portal, stages }: Firm,
	{ deal, chain }: Bargain,
	documents: number,
): Array<[boolean, Kind, string]> => {
	const said = portal.sees.timeline('deal', deal);
	const waits = String(portal.sees.deal(deal).stageId) !== stages[chain].fresh;
	const isTold = said.some((text) => COMPLAINT.test(text));
	return [
		[documents === 0, 'wrong', 'it has a document although 1C does not know its product'],
		[!waits || isTold, 'lost', 'nobody was told why it cannot go through'],
		[!repeatsItself(said), 'doubled', 'the same trouble is told twice'],
	];
};

/** What is wrong with one sale; nothing when all is well. */
export const wrongWith = (firm: Firm, bargain: Bargain): Fault[] => {
	const { portal, stages } = firm;
	const { deal, chain } = bargain;
	const { fresh, invoice, order, won } = stages[chain];
	const card = portal.sees.deal(deal);
	const stage = String(card.stageId);
	const { invoices, orders, paid, shipped, closed, paidInFull } = booksOf(firm, bargain);
	const shown = portal.sees.invoices(deal);
	const paidStages = shown.filter(
		({ stageId }) => portal.sees.stageName(String(stageId)) === PAID,
	).length;
	const claims: Array<[boolean, Kind, string]> = [
		[invoices.length <= 1, 'doubled', `${invoices.length} invoices in 1C`],
		[orders.length <= 1, 'doubled', `${orders.length} orders in 1C`],
		[stage !== invoice || invoices.length === 1, 'lost', 'no invoice in 1C'],
		[stage !== order || orders.length === 1, 'lost', 'no order in 1C'],
		[chain === 'prepaid' || invoices.length === 0, 'wrong', 'an invoice of a postpaid deal'],
		[orders.every(({ Posted }) => Posted === true), 'wrong', 'the order is not posted'],
		[
			invoices.every((one) => card.UF_CRM_1C_INVOICE === refOf(one)),
			'lost',
			'the deal does not name its invoice',
		],
		[
			orders.every((one) => card.UF_CRM_1C_ORDER === refOf(one)),
			'lost',
			'the deal does not name its order',
		],
		[shown.length <= 1, 'doubled', `${shown.length} smart invoices`],
		[
			stage === fresh || invoices.every((one) => shown.some(({ xmlId }) => xmlId === refOf(one))),
			'lost',
			'no smart invoice for the invoice of 1C',
		],
		[
			cents(card.UF_CRM_1C_PAID) === paid,
			'wrong',
			`paid ${paid}, shown ${cents(card.UF_CRM_1C_PAID)}`,
		],
		[
			cents(card.UF_CRM_1C_SHIPPED) === shipped,
			'wrong',
			`shipped ${shipped}, shown ${cents(card.UF_CRM_1C_SHIPPED)}`,
		],
		[!closed || stage === won, 'wrong', `the order is closed, the deal is in ${stage}`],
		[stage !== won || bargain.wasClosed, 'wrong', 'won, but the order was never closed'],
		[
			!paidInFull || shown.length === 0 || paidStages === 1,
			'wrong',
			'paid, the invoice does not say so',
		],
		[paidStages === 0 || bargain.wasPaid, 'wrong', 'the invoice says paid, nobody has paid'],
		[
			!repeatsItself(portal.sees.timeline('deal', deal)),
			'doubled',
			'the timeline says the same twice',
		],
	];
	const all = bargain.hopeless
		? hopelessClaims(firm, bargain, invoices.length + orders.length)
		: claims;
	return all.flatMap(([holds, kind, otherwise]) =>
		holds ? [] : [{ kind, deal, text: `deal ${deal} (${chain}): ${otherwise}` }],
	);
};
