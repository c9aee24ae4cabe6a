/** What an accountant would object to in an invoice before it goes out. It is printed all the same. */
import { isAccountOf, isInn, isKpp } from '../identity';
import {
	cost,
	inDigits,
	kopecks,
	less,
	roubles,
	total,
	vatInside,
	vatOnTop,
	type Kopecks,
} from '../money';
import { totalsOf, type PrintedInvoice, type PrintedLine } from './printedInvoice';

/** Amount and tax of a line are rounded one by one, so a kopeck may be between them. */
const isOff = (is: Kopecks, shouldBe: Kopecks, by = 1): boolean => Math.abs(is - shouldBe) > by;

/**
 * 1C keeps prices in whole kopecks and amounts as they were sold, so half a kopeck of each unit may be lost in the price.
 * A price with more decimals is exact.
 */
const lostInPrice = ({ price, quantity }: PrintedLine): number =>
	price === roubles(kopecks(price)) ? Math.max(1, Math.ceil(quantity / 2)) : 1;

const lineDoubts = (line: PrintedLine, number: number, pricesIncludeVat: boolean): string[] => {
	const { price, quantity, discount, amount, vat } = line;
	const rate = line.vatRate ?? 0;
	const amountByPrice = less(cost(price, quantity), discount);
	const vatByRate = pricesIncludeVat ? vatInside(amount, rate) : vatOnTop(amount, rate);
	return [
		isOff(amount, amountByPrice, lostInPrice(line))
			? `строка ${number}: сумма ${inDigits(amount)}, а по цене и количеству выходит ${inDigits(amountByPrice)}`
			: '',
		isOff(vat, vatByRate)
			? `строка ${number}: НДС ${inDigits(vat)}, а по ставке выходит ${inDigits(vatByRate)}`
			: '',
	];
};

const dueByLines = (invoice: PrintedInvoice): Kopecks => {
	const { amount, vat } = totalsOf(invoice);
	return invoice.pricesIncludeVat ? amount : total([amount, ...vat.map((one) => one.vat)]);
};

const totalDoubt = (invoice: PrintedInvoice): string => {
	const byLines = dueByLines(invoice);
	return byLines === invoice.total
		? ''
		: `сумма счета ${inDigits(invoice.total)}, а строки вместе дают ${inDigits(byLines)}`;
};

const requisiteDoubts = ({ supplier, buyer, account }: PrintedInvoice): string[] => [
	isInn(supplier.inn) ? '' : `ИНН поставщика «${supplier.inn}» неверен`,
	supplier.kpp === '' || isKpp(supplier.kpp) ? '' : `КПП поставщика «${supplier.kpp}» неверен`,
	buyer.inn === '' || isInn(buyer.inn) ? '' : `ИНН покупателя «${buyer.inn}» неверен`,
	buyer.name === '' ? 'покупатель не назван' : '',
	account ? '' : 'нет банковского счета поставщика',
	account && !isAccountOf(account.bik, account.number)
		? `расчетный счет «${account.number}» не подходит к БИК «${account.bik}»`
		: '',
];

export const invoiceDoubts = (invoice: PrintedInvoice): string[] =>
	[
		...requisiteDoubts(invoice),
		...invoice.lines.flatMap((line, index) =>
			lineDoubts(line, index + 1, invoice.pricesIncludeVat),
		),
		totalDoubt(invoice),
	].filter(Boolean);
