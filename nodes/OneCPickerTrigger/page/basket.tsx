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

/** Three digits after the point, as 1C keeps quantities. */
const rounded = (quantity: number): number => Math.round(quantity * 1000) / 1000;

/** In whole kopecks, so that a sum of many lines does not drift. */
export const sumOf = ({ price, quantity }: Pick<Picked, 'price' | 'quantity'>): number =>
	Math.round(Math.round(price * 100) * quantity) / 100;

export const totalOf = (basket: Basket): number =>
	basket.reduce((sum, picked) => sum + Math.round(sumOf(picked) * 100), 0) / 100;

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
