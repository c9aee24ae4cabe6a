/**
 * Money is whole kopecks, never a fraction.
 *
 * 1C keeps sums as n(15,2): 10^15 kopecks still fit a JavaScript safe integer, so adding and comparing are exact.
 * Multiplying goes through big.js and rounds half away from zero, as «Окр(Сумма, 2)» of 1C does.
 */
import Big from 'big.js';
import { z } from 'zod';

export type Kopecks = number & { readonly unit: 'kopecks' };

const toWhole = (kopecks: Big): Kopecks => kopecks.round(0, Big.roundHalfUp).toNumber() as Kopecks;

/** Roubles as the systems send them (12000.5, "12000.50") to kopecks. */
export const kopecks = (roubles: number | string): Kopecks => toWhole(new Big(roubles).times(100));

/** Kopecks to roubles for JSON: the nearest double of a two-digit decimal prints as that decimal. */
export const roubles = (amount: Kopecks): number => amount / 100;

export const total = (amounts: Kopecks[]): Kopecks =>
	amounts.reduce((sum, amount) => sum + amount, 0) as Kopecks;

export const less = (from: Kopecks, amount: Kopecks): Kopecks => (from - amount) as Kopecks;

/** Price times quantity; quantities have three digits after the point in 1C, n(15,3). */
export const times = (price: Kopecks, quantity: number): Kopecks =>
	toWhole(new Big(price).times(quantity));

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

export const inRoubles = (amount: Kopecks): string => `${inDigits(amount)}\u00a0₽`;

/** A sum of money on the wire: roubles as a JSON number. */
export const moneySchema = z
	.number({ message: 'must be a sum in roubles' })
	.finite()
	.refine((value) => Math.abs(value) < 1e13, 'is larger than 1C can hold, n(15,2)')
	.transform(kopecks);
