/**
 * Product rows of leads, deals, quotes and smart invoices.
 * Imitates: the price algebra of the productrow pages (crm/universal/product-rows/*.md in b24restdocs): `price` holds
 * discounts and taxes, everything else is derived from it per unit. Prices have eight decimals (`priceExclusive:
 * 81818.18181818` in crm-item-productrow-list.md of 09.2026; the samples of 05.2024 showed two), quantities four.
 * The amount of a row is rounded to kopecks once, after price times quantity.
 * Does not imitate: several currencies (`priceAccount` equals `price`), stock reservation, bundles.
 */
import Big from 'big.js';
import { invalidArgument, Refusal } from './refusal';
import type { ProductRow, Store } from './store';
import { asFlag, asNumber, asText, asWhole, isEmpty } from './values';
import type { Fields } from './values';

const ABSOLUTE = 1;
const PERCENT = 2;
const PIECES = 796;
const PRICE_DECIMALS = 8;
const QUANTITY_DECIMALS = 4;

/** What the buyer owes for a row, discounts and taxes included. */
export const amountOf = ({ price, quantity }: ProductRow): Big =>
	new Big(price).times(quantity).round(2, Big.roundHalfUp);

/** What the buyer owes for all rows of a card. */
export const owedFor = (rows: ProductRow[]): number =>
	rows.reduce((sum, row) => sum.plus(amountOf(row)), new Big(0)).toNumber();

/** The taxes inside of it. */
export const taxIn = (rows: ProductRow[]): number =>
	rows
		.reduce((sum, row) => {
			const net = new Big(row.priceExclusive).times(row.quantity).round(2, Big.roundHalfUp);
			return sum.plus(amountOf(row)).minus(net);
		}, new Big(0))
		.toNumber();

/** How a row is read: with the name of its tax and its store, which nobody has written [guess: how both are empty]. */
export const readRow = (row: ProductRow): Fields => ({
	...row,
	taxName: row.taxRate === null ? 'Без НДС' : `НДС ${row.taxRate}%`,
	storeId: null,
});

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
	const after = list.map((fields, index) => {
		const known = before.find((row) => row.id === asWhole(fields.id));
		return composed(store, { sort: index * 10, ...known, ownerType, ownerId }, fields);
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
	if (!product && productId > 0 && productId !== base.productId) {
		throw invalidArgument(`Invalid value of productId: ${productId}`);
	}
	const measureCode =
		asWhole(fields.measureCode) ?? base.measureCode ?? measureOf(store, product?.measure) ?? PIECES;
	const measure = store.measures.find((known) => known.code === measureCode);
	const price = rounded(asNumber(fields.price) ?? base.price ?? 0, PRICE_DECIMALS);
	return {
		id: base.id ?? store.nextId('productRow', 17647),
		ownerId: base.ownerId,
		ownerType: base.ownerType,
		productId,
		productName: asText(fields.productName) || base.productName || product?.name || '',
		price,
		priceAccount: price,
		...prices(price, base, fields),
		quantity: rounded(asNumber(fields.quantity) ?? base.quantity ?? 1, QUANTITY_DECIMALS),
		taxRate: taxRate(base, fields),
		taxIncluded: asFlag(fields.taxIncluded) ?? base.taxIncluded ?? 'N',
		customized: 'Y',
		measureCode,
		measureName: measure?.symbol ?? '',
		sort: asWhole(fields.sort) ?? base.sort ?? 0,
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

const rounded = (value: Big | number, decimals: number): number =>
	new Big(value).round(decimals, Big.roundHalfUp).toNumber();

function prices(price: number, base: Owned, fields: Fields): Prices {
	const factor = new Big(taxRate(base, fields) ?? 0).div(100).plus(1);
	const unit = (value: Big): number => rounded(value, PRICE_DECIMALS);
	const priceExclusive = unit(new Big(price).div(factor));
	const discountTypeId = asWhole(fields.discountTypeId) ?? base.discountTypeId ?? PERCENT;
	const { priceNetto, discountRate } = beforeDiscount(priceExclusive, discountTypeId, base, fields);
	return {
		priceExclusive,
		priceNetto,
		priceBrutto: unit(new Big(priceNetto).times(factor)),
		discountTypeId,
		discountRate,
		discountSum: unit(new Big(priceNetto).minus(priceExclusive)),
	};
}

function beforeDiscount(
	priceExclusive: number,
	discountTypeId: number,
	base: Owned,
	fields: Fields,
): Pick<Prices, 'priceNetto' | 'discountRate'> {
	const given = 'discountSum' in fields ? asNumber(fields.discountSum) : base.discountSum;
	const discountRate = asNumber(fields.discountRate) ?? base.discountRate ?? 0;
	const whole = discountTypeId === PERCENT && discountRate >= 100;
	// At 100 % the price before the discount cannot be derived from a price of zero.
	if (whole && given === undefined) {
		throw new Refusal(
			400,
			'CRM_PRODUCTROW_NORMALIZATION_DISCOUNT_SUM_REQUIRED',
			'Discount Sum (discountSum) is required if Discount Rate (discountRate) is 100%',
		);
	}
	if (whole || discountTypeId === ABSOLUTE) {
		const priceNetto = rounded(new Big(priceExclusive).plus(given ?? 0), PRICE_DECIMALS);
		const rate = priceNetto === 0 ? 0 : rounded(new Big(given ?? 0).div(priceNetto).times(100), 2);
		return { priceNetto, discountRate: whole ? discountRate : rate };
	}
	const left = new Big(100).minus(discountRate).div(100);
	return { priceNetto: rounded(new Big(priceExclusive).div(left), PRICE_DECIMALS), discountRate };
}

/** null is «без НДС», 0 is the rate 0 %: the two are told apart (reference §2.6). */
function taxRate(base: Owned, fields: Fields): number | null {
	if (!('taxRate' in fields)) return base.taxRate ?? null;
	return isEmpty(fields.taxRate) ? null : (asNumber(fields.taxRate) ?? null);
}

function measureOf(store: Store, measureId: number | undefined): number | undefined {
	return store.measures.find((measure) => measure.id === measureId)?.code;
}
