/**
 * Product rows of leads, deals, quotes and smart invoices.
 * Imitates: the price algebra of crm-item-productrow-add.md (reference §2.6): `price` holds discounts and
 * taxes, everything else is derived per unit with two decimals.
 * Does not imitate: several currencies (`priceAccount` equals `price`), stock reservation, bundles.
 */
import type { ProductRow, Store } from './store';
import { asFlag, asNumber, asText, asWhole, isEmpty, round2 } from './values';
import type { Fields } from './values';

const ABSOLUTE = 1;
const PERCENT = 2;
const PIECES = 796;

export function addRow(
	store: Store,
	ownerType: string,
	ownerId: number,
	fields: Fields,
): ProductRow {
	const row = composed(store, { ownerType, ownerId }, fields);
	store.rows.put(row);
	return row;
}

/** Rows that come with the id of an existing row of the same owner keep it; all others are new. */
export function replaceRows(
	store: Store,
	ownerType: string,
	ownerId: number,
	list: Fields[],
): void {
	const before = store.rowsOf(ownerType, ownerId);
	const after = list.map((fields) => {
		const known = before.find((row) => row.id === asWhole(fields.id));
		return composed(store, { ...known, ownerType, ownerId }, fields);
	});
	for (const row of before) store.rows.remove(row.id);
	for (const row of after) store.rows.put(row);
}

export function changeRow(store: Store, row: ProductRow, fields: Fields): ProductRow {
	const changed = composed(store, row, fields);
	store.rows.put(changed);
	return changed;
}

type Owned = Partial<ProductRow> & { ownerType: string; ownerId: number };

function composed(store: Store, base: Owned, fields: Fields): ProductRow {
	const productId = asWhole(fields.productId) ?? base.productId ?? 0;
	const product = store.products.get(productId);
	const measureCode =
		asWhole(fields.measureCode) ?? base.measureCode ?? measureOf(store, product?.measure) ?? PIECES;
	const measure = store.measures.find((known) => known.code === measureCode);
	const price = asNumber(fields.price) ?? base.price ?? 0;
	return {
		id: base.id ?? store.nextId('productRow', 17647),
		ownerId: base.ownerId,
		ownerType: base.ownerType,
		productId,
		productName: asText(fields.productName) || base.productName || product?.name || '',
		price,
		priceAccount: price,
		...prices(price, base, fields),
		quantity: asNumber(fields.quantity) ?? base.quantity ?? 1,
		taxRate: taxRate(base, fields),
		taxIncluded: asFlag(fields.taxIncluded) ?? base.taxIncluded ?? 'N',
		customized: 'Y',
		measureCode,
		measureName: measure?.symbol ?? '',
		sort: asWhole(fields.sort) ?? base.sort ?? 10,
		xmlId: base.xmlId ?? '',
		type: 1,
	};
}

type Prices = Pick<
	ProductRow,
	| 'priceExclusive'
	| 'priceNetto'
	| 'priceBrutto'
	| 'discountTypeId'
	| 'discountRate'
	| 'discountSum'
>;

function prices(price: number, base: Owned, fields: Fields): Prices {
	const factor = 1 + (taxRate(base, fields) ?? 0) / 100;
	const priceExclusive = round2(price / factor);
	const discountTypeId = asWhole(fields.discountTypeId) ?? base.discountTypeId ?? PERCENT;
	const discount = { discountTypeId, priceExclusive };
	if (discountTypeId === ABSOLUTE) {
		const discountSum = round2(asNumber(fields.discountSum) ?? base.discountSum ?? 0);
		const priceNetto = round2(priceExclusive + discountSum);
		const discountRate = priceNetto === 0 ? 0 : round2((discountSum / priceNetto) * 100);
		return {
			...discount,
			priceNetto,
			priceBrutto: round2(priceNetto * factor),
			discountRate,
			discountSum,
		};
	}
	const discountRate = asNumber(fields.discountRate) ?? base.discountRate ?? 0;
	// At 100 % the price before the discount cannot be derived, so it stays what it is.
	const rest = discountRate >= 100 ? 1 : 1 - discountRate / 100;
	const priceNetto = round2(priceExclusive / rest);
	const discountSum = round2(priceNetto - priceExclusive);
	return {
		...discount,
		priceNetto,
		priceBrutto: round2(priceNetto * factor),
		discountRate,
		discountSum,
	};
}

/** null is «без НДС», 0 is the rate 0 %: the two are told apart (reference §2.6). */
function taxRate(base: Owned, fields: Fields): number | null {
	if (!('taxRate' in fields)) return base.taxRate ?? null;
	return isEmpty(fields.taxRate) ? null : (asNumber(fields.taxRate) ?? null);
}

function measureOf(store: Store, measureId: number | undefined): number | undefined {
	return store.measures.find((measure) => measure.id === measureId)?.code;
}
