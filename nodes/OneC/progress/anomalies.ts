/** What a person has to look at, in the words of the people who keep 1C. Suggestions, never counted. */
import { inRoubles, less, total, type Kopecks } from '../../exchange/money';
import { UNLINKED_PAYMENT, type Progress } from '../../exchange/progress';
import type { SaleDocument } from '../documents/documents';
import { rowsFor, type Facts } from './facts';
import type { Balance } from './movements';
import type { Payment } from './payments';

type Known = Pick<Progress, 'invoice' | 'order' | 'paid' | 'closed'>;

const others = (what: string, documents: readonly SaleDocument[]): string[] => {
	const living = documents.slice(1).filter(({ deletionMark }) => !deletionMark);
	if (living.length === 0) return [];
	const numbers = living.map(({ number }) => `№ ${number}`).join(', ');
	return [`по сделке несколько документов «${what}», лишние: ${numbers}`];
};

const neglected = ({ invoices, orders }: Facts): string[] => {
	const [invoice] = invoices;
	const [order] = orders;
	return [
		...(invoice?.deletionMark ? [`счет № ${invoice.number} помечен на удаление`] : []),
		...(order?.deletionMark ? [`заказ № ${order.number} помечен на удаление`] : []),
		...(order && !order.deletionMark && !order.posted
			? [`заказ № ${order.number} не проведен`]
			: []),
	];
};

const disagreement = ({ invoices, orders }: Facts): string[] => {
	const [invoice] = invoices;
	const [order] = orders;
	if (!invoice || !order || invoice.amount === order.amount) return [];
	return [
		`сумма счета ${inRoubles(invoice.amount)} не равна сумме заказа ${inRoubles(order.amount)}`,
	];
};

const overpaid = ({ paid }: Known): string[] => {
	const over = less(paid.amount, paid.of);
	return over > 0 ? [`переплата ${inRoubles(over)}`] : [];
};

/** «Счет № 123» in the words of a payer, who leaves out the prefix and the zeros of «РТ000000123». */
const mentions = (purpose: string, number: string): boolean => {
	if (purpose.toLowerCase().includes(number.toLowerCase())) return true;
	const digits = /(\d+)\D*$/.exec(number)?.[1].replace(/^0+/, '');
	if (!digits) return false;
	return new RegExp(
		`(?:№|N|сч[её]?т\\p{L}*|сч\\.)\\s*№?\\s*\\p{L}*-?0*${digits}(?!\\d)`,
		'iu',
	).test(purpose);
};

/**
 * Under contracts kept «по договору в целом» a payment may name no document at all; 1C demands one under all others.
 */
const unlinked = (facts: Facts): string[] => {
	const [invoice] = facts.invoices;
	if (!invoice) return [];
	const sumOf = ({ rows }: Payment): Kopecks =>
		total(
			rows
				.filter(({ deal, contract }) => deal.ref === '' && contract === invoice.contract)
				.map(({ amount }) => amount),
		);
	return facts.payments
		.filter((payment) => payment.basis.ref === '' && rowsFor(payment, facts).length === 0)
		.filter((payment) => sumOf(payment) > 0 && mentions(payment.purpose, invoice.number))
		.map(
			(payment) =>
				`${UNLINKED_PAYMENT} № ${payment.number} на сумму ${inRoubles(sumOf(payment))}, в назначении назван счет № ${invoice.number}`,
		);
};

export const anomaliesIn = (facts: Facts, known: Known, balance: Balance): string[] => [
	...neglected(facts),
	...others('Счет на оплату', facts.invoices),
	...others('Заказ покупателя', facts.orders),
	...disagreement(facts),
	...overpaid(known),
	...(known.closed.state === 'byDocument' && balance.isLeft
		? ['заказ закрыт документом, но по регистру есть что отгружать']
		: []),
	...unlinked(facts),
];
