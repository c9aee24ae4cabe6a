/**
 * crm.item.payment.* with the goods of payments
 * Imitates: crm/universal/payment/crm-item-payment-*.md and products-in-payment/*.md (reference §2.7): deals and smart
 * invoices only, lists are bare arrays without pages, nearly every error has the code 0.
 * Does not imitate: deliveries in payments.
 */
import { isoAt } from '../clock';
import type { Call, Methods } from '../call';
import { DEAL, SMART_INVOICE } from '../entityTypes';
import { filterOf } from '../filter';
import type { Filterable } from '../filter';
import { sorted } from '../lists';
import {
	addPayment,
	markPaid,
	newGoods,
	payableRows,
	paymentsOf,
	paySystem,
	recount,
} from '../payments';
import { missing, Refusal } from '../refusal';
import { maySee } from '../rights';
import type { Item, PaidGoods, Payment } from '../store';
import { asFlag, asMap, asNumber, asWhole } from '../values';
import type { Fields } from '../values';

const PAYABLE = [DEAL, SMART_INVOICE];
const FILTERABLE = new Map<string, Filterable<Payment>>([
	['id', { kind: 'number', reads: (payment) => payment.id }],
	['accountNumber', { kind: 'text', reads: (payment) => payment.accountNumber }],
	['paid', { kind: 'flag', reads: (payment) => payment.paid }],
	['datePaid', { kind: 'moment', reads: (payment) => payment.datePaid }],
	['paySystemId', { kind: 'number', reads: (payment) => payment.paySystemId }],
	['sum', { kind: 'number', reads: (payment) => payment.sum }],
]);

export const paymentMethods: Methods = {
	'crm.item.payment.add': (call) => {
		const { entityTypeId, item } = ownerOf(call);
		const { store, switches, userId, now } = call;
		return { result: addPayment(store, switches, entityTypeId, item, userId, now()).id };
	},
	'crm.item.payment.list': (call) => {
		/** A type without payments is no refusal here (commit 4e2b722 of bitrix-tools/b24-rest-docs). */
		const type = asWhole(call.params.entityTypeId);
		if (type !== undefined && !PAYABLE.includes(type)) return { result: [] };
		const { entityTypeId, item } = ownerOf(call);
		const own = paymentsOf(call.store, entityTypeId, item.id);
		const found = own.filter(filterOf(call.params.filter, FILTERABLE, { strict: false }));
		return { result: sorted(found, call.params.order, FILTERABLE, false, 'id').map(shown) };
	},
	'crm.item.payment.get': (call) => ({ result: shown(paymentOf(call)) }),
	'crm.item.payment.update': (call) => {
		const payment = paymentOf(call);
		const fields = asMap(call.params.fields);
		if (!fields) throw missing('fields');
		const system = paySystem(asWhole(fields.paySystemId));
		if ('paySystemId' in fields && !system) throw new Refusal(400, 0, 'Pay system not found');
		if (system) payment.paySystemId = system.id;
		const paid = 'paid' in fields ? asFlag(fields.paid) : undefined;
		if (paid) mark(call, payment, paid);
		return { result: true };
	},
	'crm.item.payment.pay': (call) => {
		mark(call, paymentOf(call), 'Y');
		return { result: true };
	},
	'crm.item.payment.unpay': (call) => {
		mark(call, paymentOf(call), 'N');
		return { result: true };
	},
	'crm.item.payment.delete': (call) => {
		const payment = paymentOf(call);
		call.store.payments = call.store.payments.filter((known) => known !== payment);
		return { result: true };
	},
	'crm.item.payment.product.add': (call) => {
		const { params, store } = call;
		for (const name of ['paymentId', 'rowId', 'quantity']) {
			if (params[name] === undefined) throw missing(name);
		}
		const payment = paymentOf(call, 'paymentId', 'Payment has not been found');
		const goods = newGoods(store, asWhole(params.rowId) ?? 0, 0);
		put(call, payment, goods);
		payment.goods.push(goods);
		recount(store, payment);
		return { result: goods.id };
	},
	'crm.item.payment.product.list': (call) => {
		const payment = paymentOf(call, 'paymentId', 'Payment has not been found');
		const matches = filterOf(call.params.filter, GOODS, { strict: false });
		const found = sorted(payment.goods.filter(matches), call.params.order, GOODS, false, 'id');
		return { result: found.map((goods) => ({ ...goods, paymentId: payment.id })) };
	},
	'crm.item.payment.product.setQuantity': (call) => {
		if (call.params.quantity === undefined) throw missing('quantity');
		const [payment, goods] = goodsOf(call);
		put(call, payment, goods);
		recount(call.store, payment);
		return { result: true };
	},
	'crm.item.payment.product.delete': (call) => {
		const [payment, goods] = goodsOf(call);
		payment.goods = payment.goods.filter((known) => known !== goods);
		recount(call.store, payment);
		return { result: true };
	},
};

const GOODS = new Map<string, Filterable<PaidGoods>>([
	['id', { kind: 'number', reads: (goods) => goods.id }],
	['quantity', { kind: 'number', reads: (goods) => goods.quantity }],
]);

/** No more of a row than its payments leave. */
function put({ params, store }: Call, payment: Payment, goods: PaidGoods): void {
	const quantity = asNumber(params.quantity) ?? 0;
	if (quantity <= 0) throw new Refusal(400, 0, 'Quantity must be greater than zero');
	const row = store
		.rowsOf(payment.entityTypeId === DEAL ? 'D' : 'SI', payment.entityId)
		.find(({ id }) => id === goods.rowId);
	if (!row) throw new Refusal(400, 0, 'Product row has not been found');
	const left = payableRows(store, payment.entityTypeId, payment.entityId);
	const free = (left.find(({ id }) => id === row.id)?.quantity ?? 0) + goods.quantity;
	if (quantity > free) throw new Refusal(400, 0, 'Not enough product to add to the payment');
	goods.quantity = quantity;
}

function goodsOf({ params, store, user }: Call): [Payment, PaidGoods] {
	if (params.id === undefined) throw missing('id');
	for (const payment of store.payments) {
		const goods = payment.goods.find(({ id }) => id === asWhole(params.id));
		const owner = store.item(payment.entityTypeId, payment.entityId);
		if (goods && owner && maySee(user, owner)) return [payment, goods];
	}
	throw new Refusal(400, 0, 'Payable item has not been found');
}

function mark({ userId, now }: Call, payment: Payment, paid: 'Y' | 'N'): void {
	markPaid(payment, paid, userId, isoAt(now()));
}

function ownerOf({ params, store, user }: Call): { entityTypeId: number; item: Item } {
	for (const name of ['entityId', 'entityTypeId']) {
		if (params[name] === undefined) throw missing(name);
	}
	const entityTypeId = asWhole(params.entityTypeId) ?? 0;
	if (!PAYABLE.includes(entityTypeId)) throw new Refusal(400, 0, 'Invalid CRM object type');
	const id = asWhole(params.entityId) ?? 0;
	const item = store.item(entityTypeId, id);
	if (!item) throw new Refusal(400, 0, `Entity with identifier №${id} does not exist`);
	if (!maySee(user, item)) throw new Refusal(400, 0, 'Access denied');
	return { entityTypeId, item };
}

function paymentOf(
	{ params, store, user }: Call,
	name = 'id',
	otherwise = 'Insufficient permissions',
): Payment {
	if (params[name] === undefined) throw missing(name);
	const payment = store.payments.find((known) => known.id === asWhole(params[name]));
	const owner = payment && store.item(payment.entityTypeId, payment.entityId);
	if (!payment || !owner || !maySee(user, owner)) throw new Refusal(400, 0, otherwise);
	return payment;
}

function shown(payment: Payment): Fields {
	return {
		id: payment.id,
		accountNumber: payment.accountNumber,
		paid: payment.paid,
		datePaid: payment.datePaid,
		empPaidId: payment.empPaidId,
		paySystemId: payment.paySystemId,
		sum: payment.sum,
		currency: payment.currency,
		paySystemName: paySystem(payment.paySystemId)?.name ?? '',
	};
}
