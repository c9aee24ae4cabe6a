/** What 1C knows of one sale becomes `Progress`. Pure: everything was read before. */
import { total, type Kopecks } from '../../exchange/money';
import { levelOf, type Progress } from '../../exchange/progress';
import { summarize } from '../../exchange/summary';
import { anomaliesIn } from './anomalies';
import type { SaleDocument } from '../documents/documents';
import { rowsFor, type Facts } from './facts';
import { balanceOf, isUnexplained, type Balance } from './movements';
import type { Payment } from './payments';
import { withOffset } from '../../shared/wallTime';

const paidBy = (payment: Payment, facts: Facts): Kopecks => {
	const currency = (facts.invoices[0] ?? facts.orders[0])?.currency;
	const isOurCurrency = payment.currency === null || payment.currency === currency;
	return total(
		rowsFor(payment, facts).map(({ amount, settled }) => (isOurCurrency ? amount : settled)),
	);
};

/** What is to be paid: by the invoice unless it was given up for an order, or by the order with its corrections. */
const toPay = ({ invoices: [invoice], orders: [order] }: Facts, toShip: Kopecks): Kopecks => {
	const isGivenUp = invoice?.deletionMark === true && order?.deletionMark === false;
	return invoice && !isGivenUp ? invoice.amount : toShip;
};

const closedOf = (facts: Facts, balance: Balance): Progress['closed'] => {
	const [order] = facts.orders;
	const closing =
		facts.closings.find(({ ref }) => ref === balance.closings[0]) ??
		(isUnexplained(balance)
			? facts.closings.find(({ reasons }) => reasons.has(order?.ref ?? ''))
			: undefined);
	if (order?.posted && closing) {
		const { ref, number, date } = closing;
		return {
			state: 'byDocument',
			document: { ref, number, date: withOffset(date, facts.timeZone) },
			reason: closing.reasons.get(order.ref) ?? null,
		};
	}
	const isFulfilled = order?.posted === true && !balance.isLeft && balance.shipped > 0;
	return { state: isFulfilled ? 'fulfilled' : 'open', document: null, reason: null };
};

const shown = ({ ref, number, date, amount, deletionMark }: SaleDocument, timeZone: string) => ({
	ref,
	number,
	date: withOffset(date, timeZone),
	amount,
	deletionMark,
});

const share = (amount: Kopecks, of: Kopecks): Progress['paid'] => ({
	amount,
	of,
	level: levelOf(amount, of),
});

export const toProgress = (facts: Facts): Progress => {
	const { dealId, timeZone } = facts;
	const [invoice] = facts.invoices;
	const [order] = facts.orders;
	const balance = balanceOf(facts.movements);
	const toShip = facts.movements.length > 0 ? balance.ordered : (order?.amount ?? (0 as Kopecks));
	const paid = share(total(facts.payments.map((one) => paidBy(one, facts))), toPay(facts, toShip));
	const progress = {
		dealId,
		invoice: invoice ? shown(invoice, timeZone) : null,
		order: order ? { ...shown(order, timeZone), posted: order.posted } : null,
		paid,
		shipped: share(balance.shipped, toShip),
		closed: closedOf(facts, balance),
	};
	const anomalies = anomaliesIn(facts, progress, balance);
	return { ...progress, anomalies, summary: summarize({ ...progress, anomalies }) };
};
