/**
 * Payments of deals and smart invoices.
 * Imitates: crm/universal/payment/*.md and sale/payment/*.md (reference §2.7): a payment has no sum of its own
 * when it is made, belongs to an order made for the card, and moves no stage.
 * Does not imitate: products and deliveries of a payment, pay systems beyond a few, orders themselves.
 */
import { isoAt } from './clock';
import { typeOfId } from './entityTypes';
import type { Item, Payment, Store } from './store';
import type { PortalSwitches } from './switches';
import { round2 } from './values';

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
		sum: switches.freshPaymentSum === 'zero' ? 0 : uncovered(store, entityTypeId, item, others),
		currency: String(item.currencyId),
		dateBill: isoAt(nowMs),
		responsibleId: userId,
		more: {},
	};
	store.payments.push(payment);
	return payment;
}

function uncovered(store: Store, entityTypeId: number, item: Item, others: Payment[]): number {
	const rows = store.rowsOf(typeOfId(store, entityTypeId).abbreviation, item.id);
	const total = rows.reduce((sum, row) => sum + row.price * row.quantity, 0);
	const covered = others.reduce((sum, payment) => sum + payment.sum, 0);
	return Math.max(0, round2(total - covered));
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
