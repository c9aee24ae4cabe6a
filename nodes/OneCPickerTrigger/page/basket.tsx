/** What was picked and is not in the deal yet. Picking the same product again adds to its line. */
import type { DealLine, OfferJson, ProductJson } from '../wire';

export interface Picked {
	product: ProductJson;
	unit: string;
	price: number;
	free: number | null;
	quantity: number;
	/** A quick hand picks before the price has come. */
	isPriced: boolean;
}

export type Basket = readonly Picked[];

export const put = (
	basket: Basket,
	product: ProductJson,
	offer: OfferJson | undefined,
	quantity: number,
): Basket => {
	const known = basket.find((picked) => picked.product.ref === product.ref);
	if (known) {
		return basket.map((picked) =>
			picked === known ? { ...picked, quantity: rounded(picked.quantity + quantity) } : picked,
		);
	}
	return [...basket, { product, quantity, ...termsOf(offer) }];
};

const termsOf = (offer: OfferJson | undefined) => ({
	unit: offer?.unit ?? '',
	price: offer?.price ?? 0,
	free: offer?.free ?? null,
	isPriced: offer !== undefined,
});

/** Gives what was picked in haste its price; the same basket when there is nothing to give. */
export const priced = (basket: Basket, offers: Readonly<Record<string, OfferJson>>): Basket => {
	const isLate = ({ product, isPriced }: Picked): boolean => !isPriced && product.ref in offers;
	if (!basket.some(isLate)) return basket;
	return basket.map((picked) =>
		isLate(picked) ? { ...picked, ...termsOf(offers[picked.product.ref]) } : picked,
	);
};

export const change = (
	basket: Basket,
	ref: string,
	changed: Partial<Pick<Picked, 'quantity' | 'price'>>,
): Basket =>
	basket.map((picked) => (picked.product.ref === ref ? { ...picked, ...changed } : picked));

export const drop = (basket: Basket, ref: string): Basket =>
	basket.filter(({ product }) => product.ref !== ref);

type Priced = Pick<Picked, 'price' | 'quantity'>;

/** Three digits after the point, as 1C keeps quantities. */
const rounded = (quantity: number): number => Number(quantity.toFixed(3));

const MOST = 1e15;

/** A decimal as a whole number of its smallest parts: 1.5 with four digits is 15000. */
const parts = (amount: number, digits: number): bigint =>
	BigInt(Math.min(amount, MOST).toFixed(digits).replace('.', ''));

/** Prices have eight decimals, quantities four; their product is rounded to kopecks once. */
const kopecksOf = ({ price, quantity }: Priced): bigint =>
	(parts(price, 8) * parts(quantity, 4) + 5n * 10n ** 9n) / 10n ** 10n;

export const sumOf = (line: Priced): number => Number(kopecksOf(line)) / 100;

export const totalOf = (lines: readonly Priced[]): number =>
	Number(lines.reduce((sum, line) => sum + kopecksOf(line), 0n)) / 100;

/** The lines as the server takes them: how many come on top of how many that are there. */
export const linesFor = (basket: Basket, deal: readonly DealLine[]) =>
	basket.map(({ product, quantity, price }) => {
		const known = deal.find((line) => line.product === product.ref);
		return {
			ref: product.ref,
			quantity,
			price,
			row: known?.row ?? null,
			from: known?.quantity ?? 0,
		};
	});
