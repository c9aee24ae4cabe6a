/**
 * Money that is owed is whole kopecks, never a fraction. The price of one unit is not owed yet, so it keeps the
 * decimals of the CRM, eight [Bitrix24 docs, crm.item.productrow.list]; it becomes kopecks once, times a quantity.
 *
 * 1C keeps sums as n(15,2): 10^15 kopecks still fit a JavaScript safe integer, so adding and comparing are exact.
 * Multiplying goes through big.js and rounds half away from zero, as «Окр(Сумма, 2)» of 1C does.
 */
import Big from 'big.js';
import { z } from 'zod';

export type Kopecks = number & { readonly unit: 'kopecks' };

/** Roubles for one unit, as the decimal that a JSON number prints. */
export type UnitPrice = number & { readonly unit: 'roubles for one' };

const toWhole = (kopecks: Big): Kopecks => kopecks.round(0, Big.roundHalfUp).toNumber() as Kopecks;

/** Roubles as the systems send them (12000.5, "12000.50") to kopecks. */
export const kopecks = (roubles: number | string): Kopecks => toWhole(new Big(roubles).times(100));

/** Kopecks to roubles for JSON: the nearest double of a two-digit decimal prints as that decimal. */
export const roubles = (amount: Kopecks): number => amount / 100;

export const total = (amounts: Kopecks[]): Kopecks =>
	amounts.reduce((sum, amount) => sum + amount, 0) as Kopecks;

export const less = (from: Kopecks, amount: Kopecks): Kopecks => (from - amount) as Kopecks;

/** A sum times a quantity; quantities have three digits after the point in 1C, n(15,3). */
export const times = (amount: Kopecks, quantity: number): Kopecks =>
	toWhole(new Big(amount).times(quantity));

/** What a quantity costs: the exact product, rounded once. 89.955 × 100 is 8995.50. */
export const cost = (price: UnitPrice, quantity: number): Kopecks =>
	kopecks(new Big(price).times(quantity).toString());

const PRICE_DECIMALS = 8;

/** A price as Bitrix24 keeps it. */
export const unitPrice = (roubles: number | string | Big): UnitPrice =>
	new Big(roubles).round(PRICE_DECIMALS, Big.roundHalfUp).toNumber() as UnitPrice;

/** Digits of a decimal that a JSON number carries without loss. */
const SAFE_DIGITS = 15;

/** A price with VAT put on top of it. After `withoutVat` it is the price it was. */
export const withVat = (price: UnitPrice, ratePercent: number): UnitPrice =>
	unitPrice(
		new Big(price)
			.times(100 + ratePercent)
			.div(100)
			.prec(SAFE_DIGITS, Big.roundHalfUp),
	);

/** A price less the VAT inside of it, with all the digits a number has: eight would not lead back to the price. */
export const withoutVat = (price: UnitPrice, ratePercent: number): UnitPrice =>
	new Big(price)
		.times(100)
		.div(100 + ratePercent)
		.toNumber() as UnitPrice;

/** VAT that an amount already holds: 122.00 at 22 % holds 22.00. */
export const vatInside = (amount: Kopecks, ratePercent: number): Kopecks =>
	toWhole(new Big(amount).times(ratePercent).div(100 + ratePercent));

/** VAT to be put on top of an amount: 100.00 at 22 % gives 22.00. */
export const vatOnTop = (amount: Kopecks, ratePercent: number): Kopecks =>
	toWhole(new Big(amount).times(ratePercent).div(100));

/** «12 000,50», with the spaces that Russian typography does not break at. */
export const inDigits = (amount: Kopecks): string => {
	const [whole, part] = new Big(amount).abs().div(100).toFixed(2).split('.');
	return `${amount < 0 ? '−' : ''}${grouped(whole)},${part}`;
};

/** Digits of a whole number in groups of three. */
export const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, '\u00a0');

/** «89,955»: as many decimals as a reader needs to come to the sum of the line, two at least. */
export const inUnitDigits = (price: UnitPrice, quantity: number): string => {
	const sum = cost(price, quantity);
	const decimals = [2, 3, 4, 5, 6, 7, 8].find(
		(digits) =>
			cost(new Big(price).round(digits, Big.roundHalfUp).toNumber() as UnitPrice, quantity) === sum,
	);
	const [whole, part] = new Big(price)
		.abs()
		.toFixed(decimals ?? PRICE_DECIMALS, Big.roundHalfUp)
		.split('.');
	return `${price < 0 ? '−' : ''}${grouped(whole)},${part}`;
};

export const inRoubles = (amount: Kopecks): string => `${inDigits(amount)}\u00a0₽`;

const roublesSchema = z
	.number({ message: 'must be a sum in roubles' })
	.finite()
	.refine((value) => Math.abs(value) < 1e13, 'is larger than 1C can hold, n(15,2)');

/** A sum of money on the wire: roubles as a JSON number. */
export const moneySchema = roublesSchema.transform(kopecks);

/** A price of one unit on the wire: roubles as a JSON number, with as many decimals as it has. */
export const unitPriceSchema = roublesSchema.transform((value) => value as UnitPrice);
