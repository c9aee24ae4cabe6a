/** Everything that was read about one sale, and which payments are for it. */
import type { Closing } from './closings';
import { INVOICE, ORDER, type SaleDocument } from '../documents/documents';
import { leadsTo, type Link } from '../odata/fields';
import type { Movement } from './movements';
import type { Payment, PaymentRow } from './payments';

/** Documents stand in the order of their seniority: the first one counts. */
export interface Facts {
	dealId: number;
	invoices: SaleDocument[];
	orders: SaleDocument[];
	/** Of the first order. */
	movements: Movement[];
	closings: Closing[];
	/** Of the buyer, whatever they are for. */
	payments: Payment[];
	timeZone: string;
}

const isLinked = (link: Link, { invoices, orders }: Facts): boolean =>
	leadsTo(link, invoices[0]?.ref, INVOICE.set) || leadsTo(link, orders[0]?.ref, ORDER.set);

/**
 * Rows of the payment that are for this sale: those that name the order or the invoice as their «Сделка», and those
 * that name nothing in a payment entered on the basis of either.
 */
export const rowsFor = (payment: Payment, facts: Facts): PaymentRow[] =>
	payment.rows.filter(
		({ deal }) => isLinked(deal, facts) || (deal.ref === '' && isLinked(payment.basis, facts)),
	);
