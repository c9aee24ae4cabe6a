/** What a salesman asks of a product: in what unit, for how much, and how many are free. */
import type { UnitPrice } from '../../exchange/money';
import { guid } from '../odata/odata';
import { perUnit, readPrices, type Price } from './prices';
import type { ProductRow } from './productSearch';
import { PRODUCT_UNITS, type ProductUnit } from './productUnits';
import type { Session } from '../session';
import { readFreeStock } from './stock';

export interface Offer {
	ref: string;
	/** Name of the unit of storage. */
	unit: string;
	/** For one unit of storage; null when 1C has no price of this type in this currency. */
	price: UnitPrice | null;
	/** In units of storage; null for services. */
	free: number | null;
}

export interface Terms {
	/** Price type; null asks for no prices. */
	priceType: string | null;
	/** The currency prices are wanted in: others are not turned into it. */
	currency: string;
	/** Null is all warehouses together. */
	warehouse: string | null;
}

const readUnits = async (
	{ client }: Session,
	refs: ReadonlyArray<string | null>,
): Promise<Map<string, ProductUnit>> => {
	const known = [...new Set(refs.filter((ref): ref is string => ref !== null))];
	if (known.length === 0) return new Map();
	const conditions = known.map((ref) => `Ref_Key eq ${guid(ref)}`);
	const { set, schema, select } = PRODUCT_UNITS;
	const units = await client.listAny(set, schema, conditions, { select });
	return new Map(units.map((unit) => [unit.ref, unit]));
};

const perStorageUnit = (
	found: Price | undefined,
	currency: string,
	stored: ProductUnit | undefined,
	units: ReadonlyMap<string, ProductUnit>,
): UnitPrice | null => {
	if (!found || (found.currency !== null && found.currency !== currency)) return null;
	const priced = found.unit ? units.get(found.unit) : stored;
	return priced && stored ? perUnit(found, stored.factor, priced.factor) : perUnit(found, 1, 1);
};

export const readOffers = async (
	session: Session,
	products: readonly ProductRow[],
	{ priceType, currency, warehouse }: Terms,
): Promise<Offer[]> => {
	const { client } = session;
	if (products.length === 0) return [];
	const refs = products.map(({ ref }) => ref);
	const goods = products.filter(({ isService }) => !isService).map(({ ref }) => ref);
	const [prices, free] = await Promise.all([
		priceType ? readPrices(client, priceType, refs) : new Map<string, Price>(),
		goods.length > 0 ? readFreeStock(client, goods, warehouse) : new Map<string, number>(),
	]);
	const units = await readUnits(session, [
		...products.map(({ unit }) => unit),
		...[...prices.values()].map(({ unit }) => unit),
	]);
	return products.map(({ ref, unit, isService }) => {
		const stored = unit ? units.get(unit) : undefined;
		return {
			ref,
			unit: stored?.name ?? '',
			price: perStorageUnit(prices.get(ref), currency, stored, units),
			free: isService ? null : (free.get(ref) ?? 0),
		};
	});
};
