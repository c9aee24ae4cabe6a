/** Reads the progress of many sales with few requests: each source is asked about all of them together. */
import { roubles } from '../../exchange/money';
import type { Progress, ProgressJson } from '../../exchange/progress';
import { grouped } from '../../shared/grouped';
import { settled, type Settled } from '../../shared/settled';
import { readClosings, type Closing } from './closings';
import { findDocuments, INVOICE, ORDER, type SaleDocument } from '../documents/documents';
import { balanceOf, isUnexplained, readMovements, type Movement } from './movements';
import { foreseePayments, readPayments, type Payment } from './payments';
import type { Session } from '../session';
import { wallTime } from '../../shared/wallTime';
import { toProgress } from './toProgress';

/** The documents of one deal, the one that counts first. */
export interface Linked {
	dealId: number;
	invoices: SaleDocument[];
	orders: SaleDocument[];
}

/** The documents of these deals by their markers. */
export const findLinked = async (
	{ client }: Session,
	dealIds: readonly number[],
): Promise<Linked[]> => {
	const wanted = [...new Set(dealIds)].map((dealId) => ({ dealId }));
	const invoices = await findDocuments(client, INVOICE, wanted);
	const orders = await findDocuments(client, ORDER, wanted);
	return wanted.map(({ dealId }) => ({
		dealId,
		invoices: invoices.get(dealId) ?? [],
		orders: orders.get(dealId) ?? [],
	}));
};

const DAY = 86_400_000;

/** An advance of last year may be tied to an order of this year; older ones are not looked for. */
const ADVANCE_DAYS = 366;

const counterpartiesOf = ({ invoices, orders }: Linked): string[] =>
	[invoices[0]?.counterparty, orders[0]?.counterparty].filter((ref): ref is string => Boolean(ref));

/** Whose payments these sales need, and from when on. */
const payersOf = (
	linked: readonly Linked[],
): { counterparties: string[]; since: string } | null => {
	const counterparties = [...new Set(linked.flatMap(counterpartiesOf))];
	if (counterparties.length === 0) return null;
	const dates = linked.flatMap(({ invoices, orders }) => [...invoices, ...orders]);
	const earliest = dates.map(({ date }) => date).sort()[0];
	return {
		counterparties,
		since: wallTime(Date.parse(`${earliest}Z`) - ADVANCE_DAYS * DAY, 'UTC'),
	};
};

/** For whoever is going to read the progress of these sales portion by portion. */
export const foresee = async (session: Session, all: readonly Linked[]): Promise<void> => {
	const payers = payersOf(all);
	if (payers) await foreseePayments(session, payers.counterparties, payers.since);
};

const paymentsOf = async (session: Session, linked: readonly Linked[]): Promise<Payment[]> => {
	const payers = payersOf(linked);
	return payers ? await readPayments(session, payers.counterparties, payers.since) : [];
};

const closingsOf = async (
	session: Session,
	movements: ReadonlyMap<string, Movement[]>,
): Promise<Closing[]> => {
	const refs = new Set<string>();
	const unexplained: string[] = [];
	for (const [order, own] of movements) {
		const balance = balanceOf(own);
		for (const ref of balance.closings) refs.add(ref);
		if (own.length > 0 && isUnexplained(balance)) unexplained.push(order);
	}
	return await readClosings(session, [...refs], unexplained);
};

/** Sales without any document are left out. One that cannot be understood has its own problem. */
export const readProgress = async (
	session: Session,
	all: readonly Linked[],
): Promise<Map<number, Settled<Progress>>> => {
	const linked = all.filter(({ invoices, orders }) => invoices.length + orders.length > 0);
	const orders = linked.flatMap(({ orders: [order] }) => (order ? [order] : []));
	const movements = await readMovements(session.client, orders);
	const closings = await closingsOf(session, movements);
	const payments = await paymentsOf(session, linked);
	const { timeZone } = session.client.base;
	const paymentsFrom = grouped(payments, ({ counterparty }) => counterparty);
	const progress = new Map<number, Settled<Progress>>();
	for (const one of linked) {
		const counterparties = [...new Set(counterpartiesOf(one))];
		const facts = {
			...one,
			movements: movements.get(one.orders[0]?.ref ?? '') ?? [],
			closings,
			payments: counterparties.flatMap((ref) => paymentsFrom.get(ref) ?? []),
			timeZone,
		};
		progress.set(one.dealId, await settled(() => toProgress(facts)));
	}
	return progress;
};

/** What travels between nodes: roubles instead of kopecks. */
export const progressJson = (progress: Progress): ProgressJson => {
	const { invoice, order, paid, shipped } = progress;
	const share = ({ amount, of, level }: Progress['paid']) => ({
		amount: roubles(amount),
		of: roubles(of),
		level,
	});
	return {
		...progress,
		invoice: invoice && { ...invoice, amount: roubles(invoice.amount) },
		order: order && { ...order, amount: roubles(order.amount) },
		paid: share(paid),
		shipped: share(shipped),
	};
};
