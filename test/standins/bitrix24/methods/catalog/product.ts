/**
 * catalog.product.*, catalog.product.offer.* and catalog.product.service.*
 * Imitates: api-reference/catalog/product/**.md (reference §2.8): numbers and Y/N, `iblockId` obligatory in select
 * and filter, `=` instead of `@`, `element` in the answer of a product and `offer` in that of an offer, offers in
 * an information block of their own, properties as {value, valueId}, the purchasing price as a text of six decimals (the
 * pages of add, get and update; that of the list shows a number), pictures as {id, url, urlMachine}.
 * Does not imitate: stores, measures and sizes beyond plain values, `catalog.product.download`.
 */
import { isoAt } from '../../clock';
import type { Call, Method, Methods } from '../../call';
import { decoded } from '../../files';
import { missing, Refusal } from '../../refusal';
import { checkAdmin } from '../../rights';
import { rowPage } from '../../rowTable';
import { IBLOCK_ID, OFFERS_IBLOCK_ID } from '../../store';
import type { Product, Store } from '../../store';
import { asFlag, asList, asMap, asNumber, asText, asWhole, isRecord } from '../../values';
import type { Fields } from '../../values';

/** `type` of catalog_product: an ordinary product, an offer, a service. */
const PRODUCT = 1;
const OFFER = 4;
const SERVICE = 7;

const PICTURES = ['detailPicture', 'previewPicture'] as const;

interface Family {
	type: number;
	iblockId: number;
	/** How the answers call one and many. */
	one: string;
	added: string;
	many: string;
}

const FAMILIES: Record<string, Family> = {
	'catalog.product': {
		type: PRODUCT,
		iblockId: IBLOCK_ID,
		one: 'product',
		added: 'element',
		many: 'products',
	},
	'catalog.product.offer': {
		type: OFFER,
		iblockId: OFFERS_IBLOCK_ID,
		one: 'offer',
		added: 'offer',
		many: 'offers',
	},
	'catalog.product.service': {
		type: SERVICE,
		iblockId: IBLOCK_ID,
		one: 'service',
		added: 'service',
		many: 'services',
	},
};

export const productMethods: Methods = Object.fromEntries(
	Object.entries(FAMILIES).flatMap(
		([prefix, family]): Array<[string, Method]> => [
			[`${prefix}.list`, (call) => list(call, family)],
			[`${prefix}.get`, (call) => ({ result: { [family.one]: shown(found(call, family)) } })],
			[`${prefix}.add`, (call) => ({ result: { [family.added]: shown(add(call, family)) } })],
			[`${prefix}.update`, (call) => ({ result: { [family.added]: shown(change(call, family)) } })],
			[`${prefix}.delete`, (call) => remove(call, family)],
		],
	),
);

function list(call: Call, family: Family): ReturnType<Method> {
	const select = (asList(call.params.select) ?? []).map(asText);
	const everything = select.includes('*');
	if (!everything && !(select.includes('id') && select.includes('iblockId'))) {
		throw new Refusal(400, 0, 'Required select fields: id, iblockId');
	}
	const filter = asMap(call.params.filter) ?? {};
	if (!('iblockId' in filter) && !('=iblockId' in filter)) {
		throw new Refusal(400, 0, 'Required filter fields: iblockId');
	}
	const page = rowPage(
		call,
		[...call.store.products.candidates(filter, ['='])].filter(belongs(family)).map(shown),
	);
	return { result: { [family.many]: page.rows }, ...page.counted };
}

/** catalog.product.list shows services as well: they live in the same information block. */
function belongs(family: Family): (product: Product) => boolean {
	return family.type === PRODUCT
		? (product) => product.iblockId === IBLOCK_ID
		: (product) => product.type === family.type;
}

function found({ params, store }: Call, family: Family): Product {
	if (params.id === undefined) throw missing('id');
	const product = store.products.get(asWhole(params.id));
	if (!product || !belongs(family)(product)) throw new Refusal(400, 0, 'Product is not exists');
	return product;
}

function add(call: Call, family: Family): Product {
	const fields = asMap(call.params.fields);
	if (!fields) throw missing('fields');
	checkAdmin(call.user, 200040300040, 'Access Denied');
	if (asText(fields.name) === '') throw new Refusal(400, 0, 'Required fields: name');
	if (asWhole(fields.iblockId) !== family.iblockId) {
		throw new Refusal(400, 200040300000, 'Iblock not found');
	}
	checkLinks(call.store, fields);
	const product = addProduct(call.store, fields, isoAt(call.now()), family.type);
	call.events.fire('CATALOG.PRODUCT.ON.ADD', { id: String(product.id) }, call.userId);
	return product;
}

function change(call: Call, family: Family): Product {
	const product = found(call, family);
	const fields = asMap(call.params.fields);
	if (!fields || Object.keys(fields).length === 0) throw missing('fields');
	checkAdmin(call.user, 200040300040, 'Access Denied');
	checkLinks(call.store, fields);
	Object.assign(product, written(call.store, fields, product), { timestampX: isoAt(call.now()) });
	call.store.products.put(product);
	call.events.fire('CATALOG.PRODUCT.ON.UPDATE', { id: String(product.id) }, call.userId);
	return product;
}

function remove(call: Call, family: Family): ReturnType<Method> {
	const product = found(call, family);
	checkAdmin(call.user, 200040300040, 'Access Denied');
	call.store.products.remove(product.id);
	call.store.prices = call.store.prices.filter((price) => price.productId !== product.id);
	call.events.fire('CATALOG.PRODUCT.ON.DELETE', { id: String(product.id) }, call.userId);
	return { result: true };
}

function checkLinks(store: Store, fields: Fields): void {
	const section = asWhole(fields.iblockSectionId);
	if (section && !store.sections.some((known) => known.id === section)) {
		throw new Refusal(400, 0, 'Section with the specified identifier does not exist');
	}
	const vat = asWhole(fields.vatId);
	if (vat && !store.vats.some((known) => known.id === vat)) {
		throw new Refusal(400, 0, 'VAT rate with the specified identifier does not exist');
	}
}

/** Also the hand of the administrator in the catalogue. */
export function addProduct(store: Store, fields: Fields, iso: string, type = PRODUCT): Product {
	const piece = store.measures.find((measure) => measure.isDefault === 'Y');
	const id = store.nextId('product', 1243);
	const blank: Product = {
		id,
		iblockId: type === OFFER ? OFFERS_IBLOCK_ID : IBLOCK_ID,
		type,
		name: '',
		// A portal fills an external code nobody gave with the id (catalog-product-add.md sample).
		xmlId: String(id),
		code: null,
		active: 'Y',
		measure: piece?.id ?? 0,
		vatId: null,
		vatIncluded: 'N',
		iblockSectionId: null,
		parentId: null,
		purchasingPrice: null,
		purchasingCurrency: null,
		detailText: null,
		previewText: null,
		sort: 500,
		quantity: 0,
		detailPicture: null,
		previewPicture: null,
		properties: {},
		timestampX: iso,
		dateCreate: iso,
	};
	const product = { ...blank, ...written(store, fields, blank) };
	store.products.put(product);
	return product;
}

function written(store: Store, fields: Fields, before: Product): Partial<Product> {
	const change: Partial<Product> = {};
	const given = (name: string): boolean => name in fields;
	if (given('name')) change.name = asText(fields.name);
	if (given('xmlId')) change.xmlId = asText(fields.xmlId) || before.xmlId;
	if (given('code')) change.code = asText(fields.code) || null;
	if (given('active')) change.active = asFlag(fields.active) ?? before.active;
	if (given('measure')) change.measure = asWhole(fields.measure) ?? before.measure;
	if (given('vatId')) change.vatId = asWhole(fields.vatId) ?? null;
	if (given('vatIncluded')) change.vatIncluded = asFlag(fields.vatIncluded) ?? before.vatIncluded;
	if (given('iblockSectionId')) change.iblockSectionId = asWhole(fields.iblockSectionId) ?? null;
	if (given('purchasingPrice')) change.purchasingPrice = asNumber(fields.purchasingPrice) ?? null;
	if (given('purchasingCurrency')) {
		change.purchasingCurrency = asText(fields.purchasingCurrency) || null;
	}
	if (given('detailText')) change.detailText = asText(fields.detailText) || null;
	if (given('previewText')) change.previewText = asText(fields.previewText) || null;
	if (given('sort')) change.sort = asWhole(fields.sort) ?? before.sort;
	if (given('parentId')) change.parentId = asWhole(propertyValue(fields.parentId)) ?? null;
	if (given('quantity') && store.takesQuantity) change.quantity = asNumber(fields.quantity) ?? 0;
	for (const name of PICTURES) {
		if (given(name)) change[name] = pictureId(store, fields[name], before[name]);
	}
	change.properties = { ...before.properties, ...writtenProperties(store, fields) };
	return change;
}

/** `{fileData: [name, base64]}` or `{remove: 'Y'}`; anything else leaves the picture as it was. */
function pictureId(store: Store, given: unknown, before: number | null): number | null {
	const picture = asMap(given) ?? {};
	if (asFlag(picture.remove) === 'Y') return null;
	const [name, content] = (asList(picture.fileData) ?? []).map(asText);
	const bytes = decoded(content ?? '');
	return bytes === undefined ? before : store.files.keep(name, bytes).id;
}

/** `property{N}` of a property the catalogue has; anything else is dropped. */
function writtenProperties(store: Store, fields: Fields): Fields {
	const properties: Fields = {};
	for (const { id, multiple } of store.productProperties) {
		const name = `property${id}`;
		if (!(name in fields)) continue;
		const values = multiple === 'Y' ? (asList(fields[name]) ?? []) : [fields[name]];
		const kept = values.map((value) => ({
			value: asText(propertyValue(value)),
			valueId: String(store.nextId('propertyValue', 9735)),
		}));
		properties[name] = multiple === 'Y' ? kept : (kept[0] ?? null);
	}
	return properties;
}

function propertyValue(given: unknown): unknown {
	return isRecord(given) ? given.value : given;
}

function picture(product: Product, name: 'detailPicture' | 'previewPicture'): Fields | null {
	const id = product[name];
	if (id === null) return null;
	const query = new URLSearchParams({
		'fields[fieldName]': name,
		'fields[fileId]': String(id),
		'fields[productId]': String(product.id),
	});
	const url = `/rest/catalog.product.download?${query.toString()}`;
	return { id: String(id), url, urlMachine: url };
}

function shown(whole: Product): Fields {
	const { properties, parentId, ...product } = whole;
	return {
		...product,
		purchasingPrice: product.purchasingPrice?.toFixed(6) ?? null,
		...(product.type === OFFER && {
			parentId: { value: String(parentId), valueId: String(product.id) },
		}),
		available: 'Y',
		barcodeMulti: 'N',
		bundle: 'N',
		canBuyZero: 'Y',
		createdBy: 1,
		dateActiveFrom: null,
		dateActiveTo: null,
		detailPicture: picture(whole, 'detailPicture'),
		detailTextType: 'text',
		height: null,
		length: null,
		modifiedBy: 1,
		previewPicture: picture(whole, 'previewPicture'),
		previewTextType: 'text',
		quantityReserved: null,
		quantityTrace: 'N',
		recurSchemeLength: null,
		recurSchemeType: null,
		subscribe: 'Y',
		trialPriceId: null,
		weight: null,
		width: null,
		withoutOrder: null,
		...properties,
	};
}
