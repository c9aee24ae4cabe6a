/** All that goes on paper, worked out once for the PDF and the Word file. */
import { amountInWords, currencySign } from '../exchange/print/amountInWords';
import {
	isEntrepreneur,
	totalsOf,
	type PrintedInvoice,
	type PrintedTotals,
} from '../exchange/print/printedInvoice';
import { inPercent, inWords, shortNumber } from '../exchange/print/typography';
import { inDigits } from '../exchange/money';
import type { Picture } from './pictures/picture';

export interface Pictures {
	logo: Picture | null;
	stamp: Picture | null;
	directorSignature: Picture | null;
	accountantSignature: Picture | null;
	qr: Picture | null;
}

export interface Paper {
	invoice: PrintedInvoice;
	/** As printed, such as «123». */
	number: string;
	totals: PrintedTotals;
	pictures: Pictures;
}

export const paperOf = (
	invoice: PrintedInvoice,
	{ pictures, isNumberShort }: { pictures: Pictures; isNumberShort: boolean },
): Paper => ({
	invoice,
	number: isNumberShort ? shortNumber(invoice.number) : invoice.number,
	totals: totalsOf(invoice),
	pictures,
});

/** «Счет на оплату № 123 от 24 ноября 2026 г.» */
export const titleOf = ({ invoice, number }: Paper): string =>
	[
		'Счет на оплату',
		...(number ? [`№\u00a0${number}`] : []),
		`от\u00a0${inWords(invoice.date)}`,
	].join(' ');

/** Lines of «Итого»: what they are called and the sum, as the form of 1C words them. */
export const totalLines = ({ invoice, totals }: Paper): Array<{ name: string; sum: string }> => {
	const { amount, discount, vat } = totals;
	const ofVat = (rate: number): string =>
		invoice.pricesIncludeVat
			? `В том числе НДС (${inPercent(rate)}):`
			: `НДС (${inPercent(rate)}):`;
	return [
		...(discount === 0 ? [] : [{ name: 'Скидка:', sum: inDigits(discount) }]),
		{ name: 'Итого:', sum: inDigits(amount) },
		...vat.map((one) => ({ name: ofVat(one.rate), sum: inDigits(one.vat) })),
		...(vat.length === 0 ? [{ name: 'Без налога (НДС)', sum: '–' }] : []),
		{ name: 'Всего к оплате:', sum: inDigits(invoice.total) },
	];
};

/** «Всего наименований 3, на сумму 12 345,67 руб.» */
export const countLine = ({ invoice }: Paper): string =>
	`Всего наименований ${invoice.lines.length}, на сумму ${inDigits(invoice.total)}\u00a0${currencySign(invoice.currency)}`;

export const wordsLine = ({ invoice }: Paper): string =>
	amountInWords(invoice.total, invoice.currency);

export interface Signature {
	role: string;
	name: string;
	picture: Picture | null;
}

/** Who signs: an entrepreneur alone, anybody else with an accountant. */
export const signaturesOf = ({ invoice, pictures }: Paper): Signature[] => {
	const { director, accountant, supplier } = invoice;
	const first = { name: director.name, picture: pictures.directorSignature };
	if (isEntrepreneur(supplier)) return [{ role: director.position || 'Предприниматель', ...first }];
	return [
		{ role: director.position || 'Руководитель', ...first },
		{ role: 'Бухгалтер', name: accountant, picture: pictures.accountantSignature },
	];
};
