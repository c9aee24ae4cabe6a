/**
 * Payments of deals and smart invoices.
 * Imitates: crm/universal/payment/*.md and sale/payment/*.md (reference §2.7): a payment belongs to an order made for
 * the card and moves no stage. It is worth the goods that were put into it (products-in-payment/index.md), so one just
 * made is worth nothing.
 * Does not imitate: deliveries of a payment, pay systems beyond a few, orders themselves.
 */
import Big from 'big.js';
import { isoAt } from './clock';
import { typeOfId } from './entityTypes';
import { amountOf } from './rows';
import type { Item, Payment, ProductRow, Store } from './store';
import type { PortalSwitches } from './switches';

interface PaySystem {
	id: number;
	name: string;
	cash: boolean;
}

export const PAY_SYSTEMS: PaySystem[] = [
	{ id: 6, name: 'Наличные', cash: true },
	{ id: 9, name: 'Банковский перевод', cash: false },
];

export function paymentsOf(store: Store, entityTypeId: number, entityId: number): Payment[] {
	return store.payments.filter(
		(payment) => payment.entityTypeId === entityTypeId && payment.entityId === entityId,
	);
}

/** All payments of one card belong to one order, which is made with the first of them. */
export function addPayment(
	store: Store,
	switches: PortalSwitches,
	entityTypeId: number,
	item: Item,
	userId: number,
	nowMs: number,
): Payment {
	const others = paymentsOf(store, entityTypeId, item.id);
	const orderId = others[0]?.orderId ?? store.nextId('order', 3653);
	const payment: Payment = {
		id: store.nextId('payment', 1033),
		entityTypeId,
		entityId: item.id,
		orderId,
		accountNumber: `${orderId}/${others.length + 1}`,
		paid: 'N',
		datePaid: null,
		empPaidId: null,
		paySystemId: PAY_SYSTEMS[0].id,
		sum: 0,
		currency: String(item.currencyId),
		dateBill: isoAt(nowMs),
		responsibleId: userId,
		goods: [],
		more: {},
	};
	if (switches.freshPaymentSum === 'uncovered') {
		for (const row of payableRows(store, entityTypeId, item.id)) {
			payment.goods.push(newGoods(store, row.id, row.quantity));
		}
		recount(store, payment);
	}
	store.payments.push(payment);
	return payment;
}

export const newGoods = (store: Store, rowId: number, quantity: number) => ({
	id: store.nextId('paymentGoods', 1193),
	rowId,
	quantity,
});

/** What the payment is worth by the goods in it. */
export function recount(store: Store, payment: Payment): void {
	payment.sum = payment.goods
		.reduce((sum, { rowId, quantity }) => {
			const row = store.rows.get(rowId);
			return row ? sum.plus(amountOf({ ...row, quantity })) : sum;
		}, new Big(0))
		.toNumber();
}

/** Rows of a card no payment covers yet, with the quantity that is left of them. */
export function payableRows(store: Store, entityTypeId: number, entityId: number): ProductRow[] {
	const goods = paymentsOf(store, entityTypeId, entityId).flatMap((payment) => payment.goods);
	return store.rowsOf(typeOfId(store, entityTypeId).abbreviation, entityId).flatMap((row) => {
		const covered = goods
			.filter(({ rowId }) => rowId === row.id)
			.reduce((sum, { quantity }) => sum.plus(quantity), new Big(0));
		const quantity = new Big(row.quantity).minus(covered).toNumber();
		return quantity > 0 ? [{ ...row, quantity }] : [];
	});
}

export function markPaid(payment: Payment, paid: 'Y' | 'N', userId: number, iso: string): void {
	if (payment.paid === paid) return;
	payment.paid = paid;
	payment.datePaid = paid === 'Y' ? iso : null;
	payment.empPaidId = paid === 'Y' ? userId : null;
}

export function paySystem(id: number | undefined): PaySystem | undefined {
	return PAY_SYSTEMS.find((system) => system.id === id);
}
