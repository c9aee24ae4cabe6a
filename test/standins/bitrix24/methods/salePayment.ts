/**
 * sale.payment.list, .get, .update: the same payments as an online shop sees them.
 * Imitates: sale/payment/*.md (reference §2.7): the only way to a payment's sum, dates and 1C marks; administrators
 * only.
 * Does not imitate: orders, refunds, answers of pay systems, which all stay empty.
 */
import { isoAt, momentOf } from '../clock';
import type { Call, Methods } from '../call';
import { markPaid, paySystem } from '../payments';
import { missing, Refusal } from '../refusal';
import { checkAdmin } from '../rights';
import { rowPage } from '../rowTable';
import type { Payment } from '../store';
import { asFlag, asMap, asNumber, asText, asWhole } from '../values';
import type { Fields } from '../values';

/** Written as they come. */
const TEXTS = [
	'comments',
	'id1c',
	'payReturnComment',
	'payReturnNum',
	'payVoucherNum',
	'version1c',
	'xmlId',
];
const FLAGS = ['externalPayment', 'updated1c'];
const MOMENTS = ['dateBill', 'datePayBefore', 'payVoucherDate'];

export const salePaymentMethods: Methods = {
	'sale.payment.list': (call) => {
		checkAdmin(call.user, 200040300010, 'Access Denied');
		const page = rowPage(call, call.store.payments.map(shown));
		return { result: { payments: page.rows }, ...page.counted };
	},
	'sale.payment.get': (call) => {
		checkAdmin(call.user, 200040300010, 'Access Denied');
		return { result: { payment: shown(paymentOf(call)) } };
	},
	'sale.payment.update': (call) => {
		checkAdmin(call.user, 200040300020, 'Access Denied');
		const payment = paymentOf(call);
		const fields = asMap(call.params.fields);
		if (!fields || Object.keys(fields).length === 0) throw missing('fields');
		write(call, payment, fields);
		return { result: { payment: shown(payment) } };
	},
};

function paymentOf({ params, store }: Call): Payment {
	if (params.id === undefined) throw missing('id');
	const payment = store.payments.find((known) => known.id === asWhole(params.id));
	if (!payment) throw new Refusal(400, 200640400001, 'payment does not exist');
	return payment;
}

function write({ userId, now }: Call, payment: Payment, fields: Fields): void {
	const system = paySystem(asWhole(fields.paySystemId));
	if (system) payment.paySystemId = system.id;
	payment.sum = asNumber(fields.sum) ?? payment.sum;
	const paid = 'paid' in fields ? asFlag(fields.paid) : undefined;
	if (paid) markPaid(payment, paid, userId, isoAt(now()));
	const datePaid = momentOf(asText(fields.datePaid));
	if (datePaid !== undefined) payment.datePaid = isoAt(datePaid);
	for (const name of TEXTS) if (name in fields) payment.more[name] = asText(fields[name]);
	for (const name of FLAGS) if (name in fields) payment.more[name] = asFlag(fields[name]) ?? 'N';
	for (const name of MOMENTS) {
		const moment = momentOf(asText(fields[name]));
		if (moment !== undefined) payment.more[name] = isoAt(moment);
	}
}

function shown(payment: Payment): Fields {
	const system = paySystem(payment.paySystemId);
	return {
		accountNumber: payment.accountNumber,
		comments: '',
		companyId: null,
		currency: payment.currency,
		dateBill: payment.dateBill,
		dateMarked: null,
		datePaid: payment.datePaid,
		datePayBefore: null,
		dateResponsibleId: payment.dateBill,
		empMarkedId: null,
		empPaidId: payment.empPaidId,
		empResponsibleId: payment.responsibleId,
		empReturnId: null,
		externalPayment: 'N',
		id: payment.id,
		id1c: '',
		isReturn: 'N',
		marked: 'N',
		orderId: payment.orderId,
		paid: payment.paid,
		payReturnComment: '',
		payReturnDate: null,
		payReturnNum: '',
		paySystemId: payment.paySystemId,
		paySystemIsCash: system?.cash ? 'Y' : 'N',
		paySystemName: system?.name ?? '',
		paySystemXmlId: `bx_${payment.paySystemId}`,
		payVoucherDate: null,
		payVoucherNum: '',
		priceCod: '0.000000',
		psCurrency: '',
		psInvoiceId: null,
		psResponseDate: null,
		psStatus: '',
		psStatusCode: '',
		psStatusDescription: '',
		psStatusMessage: '',
		psSum: null,
		reasonMarked: '',
		responsibleId: payment.responsibleId,
		sum: payment.sum,
		updated1c: 'N',
		version1c: '',
		xmlId: `bx_${payment.id}`,
		...payment.more,
	};
}
