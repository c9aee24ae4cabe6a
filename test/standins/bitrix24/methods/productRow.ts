/**
 * crm.item.productrow.*
 * Imitates: crm/universal/product-rows/*.md (reference §2.6). `set` replaces everything, `list` insists on
 * `=ownerType` and `=ownerId`, `delete` answers null, what is read holds more than can be written.
 * Does not imitate: crm.item.productrow.fields.
 */
import type { Answer, Call, Methods } from '../call';
import { typeByAbbreviation } from '../entityTypes';
import { filterOf } from '../filter';
import type { Filterable } from '../filter';
import { pageOf, sorted } from '../lists';
import { payableRows } from '../payments';
import { missing, Refusal } from '../refusal';
import { checkCard } from '../rights';
import { addRow, changeRow, readRow, replaceRows } from '../rows';
import type { ProductRow } from '../store';
import { asList, asMap, asText, asWhole } from '../values';
import type { Fields } from '../values';

/** `@` is not among the prefixes of crm-item-productrow-list.md; `=` takes arrays instead. */
const PREFIXES = ['=', '%', '>', '<', '!=', '!%', '>=', '<=', '=%', '%=', '!=%', '!%='];
const NUMBERS = [
	'id',
	'ownerId',
	'productId',
	'price',
	'priceExclusive',
	'priceNetto',
	'priceBrutto',
	'quantity',
	'discountTypeId',
	'discountRate',
	'discountSum',
	'taxRate',
	'measureCode',
	'sort',
	'type',
] as const;
const TEXTS = [
	'ownerType',
	'productName',
	'taxIncluded',
	'customized',
	'measureName',
	'xmlId',
] as const;

const FILTERABLE = new Map<string, Filterable<ProductRow>>([
	...NUMBERS.map((name): [string, Filterable<ProductRow>] => [
		name,
		{ kind: 'number', reads: (row) => row[name] },
	]),
	...TEXTS.map((name): [string, Filterable<ProductRow>] => [
		name,
		{ kind: 'text', reads: (row) => row[name] },
	]),
]);

export const productRowMethods: Methods = {
	'crm.item.productrow.set': (call) => {
		const owner = ownerOf(call, call.params);
		const rows = asList(call.params.productRows);
		if (!rows) throw missing('productRows');
		replaceRows(
			call.store,
			owner.ownerType,
			owner.ownerId,
			rows.map((row) => asMap(row) ?? {}),
		);
		call.items.rowsChanged(owner.entityTypeId, owner.ownerId, call.userId);
		return { result: { productRows: call.store.rowsOf(owner.ownerType, owner.ownerId) } };
	},
	'crm.item.productrow.add': (call) => {
		const fields = fieldsOf(call);
		const owner = ownerOf(call, fields);
		const productRow = addRow(call.store, owner.ownerType, owner.ownerId, fields);
		call.items.rowsChanged(owner.entityTypeId, owner.ownerId, call.userId);
		return { result: { productRow } };
	},
	'crm.item.productrow.update': (call) => {
		const row = rowOf(call);
		const productRow = changeRow(call.store, row, fieldsOf(call));
		recount(call, row);
		return { result: { productRow } };
	},
	'crm.item.productrow.get': (call) => ({ result: { productRow: readRow(rowOf(call)) } }),
	'crm.item.productrow.delete': (call) => {
		const row = rowOf(call);
		call.store.rows.remove(row.id);
		recount(call, row);
		return { result: null };
	},
	'crm.item.productrow.list': list,
	/** Rows no payment covers yet, with the quantity that is left (crm-item-productrow-get-available-for-payment.md). */
	'crm.item.productrow.getAvailableForPayment': (call) => {
		const { entityTypeId, ownerId } = ownerOf(call, call.params);
		return { result: { productRows: payableRows(call.store, entityTypeId, ownerId).map(readRow) } };
	},
};

function list({ params, store, switches }: Call): Answer {
	const filter = asMap(params.filter);
	if (!filter) throw missing('filter');
	for (const name of ['=ownerType', '=ownerId']) {
		if (!(name in filter)) {
			throw new Refusal(400, 'REQUIRED_ARG_MISSING', `Required parameter is missing: ${name}`);
		}
	}
	const matches = filterOf(filter, FILTERABLE, { strict: true, checked: true, prefixes: PREFIXES });
	// The owner is always given, so its rows are all that can match.
	const owner = store.rowsOf(asText(filter['=ownerType']), asWhole(filter['=ownerId']) ?? 0);
	const found = sorted(owner.filter(matches), params.order, FILTERABLE, true, 'id');
	const page = pageOf(found, params.start, switches, 'newer');
	return { result: { productRows: page.rows.map(readRow) }, total: page.total, next: page.next };
}

interface Owner {
	ownerType: string;
	ownerId: number;
	entityTypeId: number;
}

function ownerOf({ store, user }: Call, fields: Fields): Owner {
	for (const name of ['ownerType', 'ownerId']) {
		if (fields[name] === undefined) throw missing(name);
	}
	const type = typeByAbbreviation(store, asText(fields.ownerType));
	if (!type?.hasRows) {
		const name = asText(fields.ownerType);
		throw new Refusal(400, 'ENTITY_TYPE_NOT_SUPPORTED', `Entity type ${name} is not supported`);
	}
	const ownerId = asWhole(fields.ownerId) ?? 0;
	const owner = store.item(type.id, ownerId);
	if (!owner) throw new Refusal(400, 'OWNER_NOT_FOUND', 'Owner was not found');
	checkCard(user, owner);
	return { ownerType: type.abbreviation, ownerId, entityTypeId: type.id };
}

function rowOf({ params, store }: Call): ProductRow {
	if (params.id === undefined) throw missing('id');
	const row = store.rows.get(asWhole(params.id));
	if (!row) throw new Refusal(400, 'NOT_FOUND', 'Element not found');
	return row;
}

function fieldsOf({ params }: Call): Fields {
	const fields = asMap(params.fields);
	if (!fields) throw missing('fields');
	return fields;
}

function recount(call: Call, row: ProductRow): void {
	const type = typeByAbbreviation(call.store, row.ownerType);
	if (type) call.items.rowsChanged(type.id, row.ownerId, call.userId);
}
