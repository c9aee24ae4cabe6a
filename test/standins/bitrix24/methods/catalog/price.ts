/**
 * catalog.price.* and catalog.priceType.list
 * Imitates: api-reference/catalog/price/*.md, price-type/*.md (reference §2.8): prices apart from products, one
 * price of a type for a product, `modify` deletes what was not sent.
 * Does not imitate: ranges by quantity, extra charges.
 */
import { isoAt } from '../../clock';
import type { Call, Methods } from '../../call';
import { missing, Refusal } from '../../refusal';
import { checkAdmin } from '../../rights';
import { rowPage, WITH_IN } from '../../rowTable';
import type { Price, Store } from '../../store';
import { asList, asMap, asNumber, asText, asWhole } from '../../values';
import type { Fields } from '../../values';

export const BASE_PRICE = 1;

export const priceMethods: Methods = {
	'catalog.price.list': (call) => {
		const page = rowPage(call, call.store.prices.map(shown), WITH_IN);
		return { result: { prices: page.rows }, ...page.counted };
	},
	'catalog.price.get': (call) => ({ result: { price: shown(found(call)) } }),
	'catalog.price.add': (call) => {
		const fields = fieldsOf(call, ['catalogGroupId', 'currency', 'price', 'productId']);
		return { result: { price: shown(add(call, asWhole(fields.productId) ?? 0, fields)) } };
	},
	'catalog.price.update': (call) => {
		const price = found(call);
		write(call, price, fieldsOf(call, ['price', 'currency']));
		return { result: { price: shown(price) } };
	},
	'catalog.price.modify': modify,
	'catalog.price.delete': (call) => {
		const price = found(call);
		checkAdmin(call.user, 200040300020, 'Access Denied');
		call.store.prices = call.store.prices.filter((known) => known !== price);
		announce(call, 'DELETE', price);
		return { result: true };
	},
	'catalog.priceType.list': (call) => {
		const page = rowPage(call, call.store.priceTypes, WITH_IN);
		const body = { priceTypes: page.rows };
		if (call.switches.catalogPriceTypeEnvelope === 'result.priceTypes') {
			return { result: body, ...page.counted };
		}
		return { result: undefined, beside: body, ...page.counted };
	},
};

function fieldsOf(call: Call, required: string[]): Fields {
	const fields = asMap(call.params.fields);
	if (!fields || Object.keys(fields).length === 0) throw missing('fields');
	checkAdmin(call.user, 200040300020, 'Access Denied');
	return complete(fields, required);
}

function complete(fields: Fields, required: string[]): Fields {
	const absent = required.filter((name) => asText(fields[name]) === '');
	if (absent.length > 0) throw new Refusal(400, 0, `Required fields: ${absent.join(', ')}`);
	return fields;
}

function found({ params, store }: Call): Price {
	if (params.id === undefined) throw missing('id');
	const price = store.prices.find((known) => known.id === asWhole(params.id));
	// The page shows a dash where the code should be.
	if (!price) throw new Refusal(400, '', 'Price does not exist');
	return price;
}

function add(call: Call, productId: number, fields: Fields): Price {
	const catalogGroupId = typeOf(call.store, fields);
	const taken = call.store.prices.some(
		(known) => known.productId === productId && known.catalogGroupId === catalogGroupId,
	);
	if (taken) {
		throw new Refusal(
			400,
			0,
			'Validate price error. Catalog product is allowed has only single price without ranges in price group',
		);
	}
	if (!call.store.products.get(productId)) {
		throw new Refusal(400, 0, 'Product is not exists');
	}
	const price = addPrice(call.store, productId, fields, isoAt(call.now()));
	announce(call, 'ADD', price);
	return price;
}

/** Also the hand of the administrator in the catalogue. */
export function addPrice(store: Store, productId: number, fields: Fields, iso: string): Price {
	const price: Price = {
		id: store.nextId('price', 381),
		productId,
		catalogGroupId: asWhole(fields.catalogGroupId) ?? BASE_PRICE,
		price: asNumber(fields.price) ?? 0,
		currency: asText(fields.currency),
		timestampX: iso,
	};
	store.prices.push(price);
	return price;
}

function write(call: Call, price: Price, fields: Fields): void {
	price.price = asNumber(fields.price) ?? price.price;
	price.currency = asText(fields.currency);
	price.timestampX = isoAt(call.now());
	announce(call, 'UPDATE', price);
}

/** The prices given become the prices of the product, no more and no less. */
function modify(call: Call): { result: unknown } {
	const product = asMap(fieldsOf(call, []).product);
	if (!product) throw new Refusal(400, 0, 'Required fields: product');
	const productId = asWhole(product.id) ?? 0;
	const wanted = (asList(product.prices) ?? []).map((price) =>
		complete(asMap(price) ?? {}, ['catalogGroupId', 'price', 'currency']),
	);
	const types = wanted.map((price) => typeOf(call.store, price));
	if (new Set(types).size < types.length) {
		throw new Refusal(
			400,
			0,
			'Validate price error. Catalog product is allowed to have only a single price without ranges in the price group',
		);
	}
	const ids = wanted.map((price) => asWhole(price.id));
	call.store.prices = call.store.prices.filter(
		(known) => known.productId !== productId || ids.includes(known.id),
	);
	const prices = wanted.map((fields, index) => {
		const known = call.store.prices.find(
			(price) => price.id === ids[index] && price.productId === productId,
		);
		if (!known) return add(call, productId, fields);
		known.catalogGroupId = types[index];
		write(call, known, fields);
		return known;
	});
	return {
		result: { prices: prices.map((price) => ({ ...shown(price), priceScale: price.price })) },
	};
}

function typeOf(store: Store, fields: Fields): number {
	const id = asWhole(fields.catalogGroupId);
	const known = store.priceTypes.find((type) => type.id === id);
	if (!known) throw new Refusal(400, 0, 'Validate price error. Catalog price group is wrong');
	return Number(known.id);
}

function announce({ events, userId }: Call, action: string, price: Price): void {
	events.fire(`CATALOG.PRICE.ON.${action}`, { id: String(price.id) }, userId);
}

function shown(price: Price): Fields {
	return { ...price, extraId: null, quantityFrom: null, quantityTo: null };
}
