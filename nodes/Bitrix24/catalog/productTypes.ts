/** What the fields of products, sections and prices of the catalogue hold [Bitrix24 docs, catalog.product, catalog.price]. */
import type { ValueType } from '../../exchange/equality';

const named = (type: ValueType, names: string): Array<[string, ValueType]> =>
	names.split(' ').map((name) => [name, type]);

const TYPES = new Map<string, ValueType>([
	...named(
		'reference',
		'id iblockId iblockSectionId parentId measure vatId productId catalogGroupId createdBy modifiedBy',
	),
	...named('flag', 'active available barcodeMulti bundle canBuyZero quantityTrace subscribe'),
	...named('flag', 'vatIncluded withoutOrder'),
	...named('quantity', 'quantity quantityReserved sort weight width height length'),
	...named('number', 'price purchasingPrice'),
	...named('code', 'currency purchasingCurrency'),
	...named('moment', 'dateActiveFrom dateActiveTo'),
]);

/** Properties are what somebody has made of them, so they are compared as text. */
export const productType = (name: string): ValueType => TYPES.get(name) ?? 'text';
