/** A product as 1C knows it, and the folders products stand in. */
import type { UnitPrice } from './money';

export interface Price {
	amount: UnitPrice;
	/** ISO 4217 letters. */
	currency: string;
	includesVat: boolean;
}

export interface Goods {
	ref: string;
	code: string;
	article: string;
	name: string;
	fullName: string;
	folder: string | null;
	isService: boolean;
	deletionMark: boolean;
	/** Unit the stock is kept in, which is the one documents are written in; «796» is «шт» in ОКЕИ. */
	unit: { okei: string; name: string } | null;
	/** Percent; null is «без НДС». */
	vatRate: number | null;
	/** For one such unit; null when 1C has no price of the chosen type. */
	price: Price | null;
	/** What can be sold from the chosen warehouses; null when nobody asked for it. */
	stock: number | null;
}

export interface GoodsFolder {
	ref: string;
	name: string;
	parent: string | null;
}
