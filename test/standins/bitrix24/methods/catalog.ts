/**
 * catalog.*
 * Imitates: api-reference/catalog/**.md (reference §2.8): numbers and Y/N, prices apart from products,
 * `iblockId` obligatory in select and filter, `=` instead of `@`.
 * Does not imitate: sections, offers, properties, price types other than the base one.
 */
import { isoAt } from '../clock';
import type { Answer, Call, Methods } from '../call';
import { filterOf } from '../filter';
import type { Filterable, FilterKind } from '../filter';
import { pageOf, pick, selection, sorted } from '../lists';
import { missing, Refusal } from '../refusal';
import { IBLOCK_ID } from '../store';
import type { Product, Store } from '../store';
import { asFlag, asList, asMap, asText, asWhole } from '../values';
import type { Fields } from '../values';

const PREFIXES = ['=', '!', '!=', '%', '>', '<', '>=', '<='];
export const BASE_PRICE = 1;

export const catalogMethods: Methods = {
	'catalog.catalog.list': (call) => {
		const page = table(call, [catalog()]);
		return { result: { catalogs: page.result }, total: page.total };
	},
	'catalog.product.list': listProducts,
	'catalog.product.get': ({ params, store }) => {
		if (params.id === undefined) throw missing('id');
		const product = store.products.find((known) => known.id === asWhole(params.id));
		if (!product) throw new Refusal(400, 0, 'Product is not exists');
		return { result: { product: shown(product) } };
	},
	'catalog.product.add': (call) => {
		const fields = asMap(call.params.fields);
		if (!fields) throw missing('fields');
		if (asText(fields.name) === '') throw new Refusal(400, 0, 'Required fields: name');
		if (asWhole(fields.iblockId) !== IBLOCK_ID)
			throw new Refusal(400, 200040300000, 'Iblock not found');
		return { result: { element: shown(addProduct(call.store, fields, isoAt(call.now()))) } };
	},
	'catalog.price.list': (call) => {
		const rows = call.store.prices.map(
			(price): Fields => ({ ...price, extraId: null, quantityFrom: null, quantityTo: null }),
		);
		const page = table(call, rows);
		return { result: { prices: page.result }, total: page.total, next: page.next };
	},
	'catalog.measure.list': (call) => {
		const page = table(
			call,
			call.store.measures.map((measure): Fields => ({ ...measure })),
		);
		const counted = { total: page.total, next: page.next };
		if (call.switches.catalogMeasureEnvelope === 'result.measures') {
			return { result: { measures: page.result }, ...counted };
		}
		return { result: undefined, beside: { measures: page.result }, ...counted };
	},
	'catalog.vat.list': (call) => {
		const rows = call.store.vats.map((vat): Fields => ({ ...vat, active: 'Y' }));
		const page = table(call, rows);
		const result =
			call.switches.catalogVatEnvelope === 'result' ? page.result : { vats: page.result };
		return { result, total: page.total, next: page.next };
	},
};

function listProducts(call: Call): Answer {
	const select = (asList(call.params.select) ?? []).map(asText);
	const everything = select.includes('*');
	if (!everything && !(select.includes('id') && select.includes('iblockId'))) {
		throw new Refusal(400, 0, 'Required select fields: id, iblockId');
	}
	const filter = asMap(call.params.filter) ?? {};
	if (!('iblockId' in filter) && !('=iblockId' in filter)) {
		throw new Refusal(400, 0, 'Required filter fields: iblockId');
	}
	const page = table(call, call.store.products.map(shown));
	return { result: { products: page.result }, total: page.total, next: page.next };
}

/** catalog.* keeps only the fields and prefixes it knows and drops the rest of a filter. */
function table(call: Call, rows: Fields[]): Answer {
	const { params, switches } = call;
	const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
	const fields = new Map(
		names.map((name): [string, Filterable<Fields>] => [
			name,
			{ kind: kindOf(name, rows), reads: (row) => row[name] },
		]),
	);
	const found = rows.filter(filterOf(params.filter, fields, { strict: false, prefixes: PREFIXES }));
	const page = pageOf(sorted(found, params.order, fields, false, 'id'), params.start, switches);
	const wanted = selection(params.select);
	return { result: page.rows.map((row) => pick(row, wanted)), total: page.total, next: page.next };
}

function kindOf(name: string, rows: Fields[]): FilterKind {
	if (name.startsWith('timestamp') || name.startsWith('date')) return 'moment';
	return rows.some((row) => typeof row[name] === 'string') ? 'text' : 'number';
}

function catalog(): Fields {
	return {
		iblockId: IBLOCK_ID,
		iblockTypeId: 0,
		id: IBLOCK_ID,
		lid: 's1',
		name: 'Товарный каталог CRM',
		productIblockId: null,
		skuPropertyId: null,
		subscription: 'N',
		vatId: null,
	};
}

/** Also the hand of the administrator in the catalogue. */
export function addProduct(store: Store, fields: Fields, iso: string): Product {
	const piece = store.measures.find((measure) => measure.isDefault === 'Y');
	const id = store.nextId('product', 1243);
	const product: Product = {
		id,
		name: asText(fields.name),
		// A portal fills an external code nobody gave with the id (catalog-product-add.md sample).
		xmlId: asText(fields.xmlId) || String(id),
		code: asText(fields.code) || null,
		active: asFlag(fields.active) ?? 'Y',
		measure: asWhole(fields.measure) ?? piece?.id ?? 0,
		vatId: asWhole(fields.vatId) ?? null,
		vatIncluded: asFlag(fields.vatIncluded) ?? 'N',
		iblockSectionId: asWhole(fields.iblockSectionId) ?? null,
		timestampX: iso,
		dateCreate: iso,
	};
	store.products.push(product);
	return product;
}

function shown(product: Product): Fields {
	return {
		...product,
		iblockId: IBLOCK_ID,
		available: 'Y',
		bundle: 'N',
		createdBy: 1,
		modifiedBy: 1,
		quantity: null,
		type: 1,
	};
}
