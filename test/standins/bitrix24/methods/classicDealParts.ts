/**
 * crm.deal.productrows.* and crm.deal.contact.items.*
 * Imitates: crm/deals/crm-deal-productrows-*.md, crm/deals/contacts/*.md: strings beside numbers in one row, `set`
 * replaces everything.
 * Does not imitate: reservations, roles of contacts.
 */
import type { Call, Methods } from '../call';
import { idParam } from '../classic';
import { CONTACT, DEAL } from '../entityTypes';
import { blank } from '../refusal';
import { replaceRows } from '../rows';
import type { Item, ProductRow } from '../store';
import { asList, asMap, asWhole } from '../values';
import type { Fields } from '../values';
import { classicCard } from './classicItem';

export const classicDealPartMethods: Methods = {
	'crm.deal.productrows.get': (call) => {
		const { id } = dealWithRows(call);
		return { result: call.store.rowsOf('D', id).map(row) };
	},
	'crm.deal.productrows.set': (call) => {
		const { id } = dealWithRows(call);
		const rows = asList(call.params.rows);
		if (!rows) throw blank("The parameter 'rows' must be array.");
		replaceRows(
			call.store,
			'D',
			id,
			rows.map((given) => camelKeys(asMap(given) ?? {})),
		);
		call.items.rowsChanged(DEAL, id, call.userId);
		return { result: true };
	},
	'crm.deal.contact.items.get': (call) => {
		const contacts = contactIds(dealWithContacts(call));
		return {
			result: contacts.map((contactId, index) => ({
				CONTACT_ID: contactId,
				SORT: (index + 1) * 10,
				ROLE_ID: 0,
				IS_PRIMARY: index === 0 ? 'Y' : 'N',
			})),
		};
	},
	'crm.deal.contact.items.set': (call) => {
		const deal = dealWithContacts(call);
		const items = asList(call.params.items);
		if (!items) throw blank('The parameter items must be array.');
		const rows = items.map((given) => asMap(given) ?? {});
		const primary = rows.find((given) => given.IS_PRIMARY === 'Y');
		const inOrder = primary ? [primary, ...rows.filter((given) => given !== primary)] : rows;
		write(
			call,
			deal,
			inOrder.map((given) => asWhole(given.CONTACT_ID) ?? 0),
		);
		return { result: true };
	},
	'crm.deal.contact.items.delete': (call) => {
		write(call, dealWithContacts(call), []);
		return { result: true };
	},
	'crm.deal.contact.add': (call) => {
		const deal = dealWithContacts(call);
		const contactId = asWhole(asMap(call.params.fields)?.CONTACT_ID) ?? 0;
		if (contactId <= 0) throw blank("The parameter 'fields' is not valid.");
		write(call, deal, [...new Set([...contactIds(deal), contactId])]);
		return { result: true };
	},
};

function dealWithRows(call: Call): Item {
	return classicCard(call, DEAL, idParam(call, 'The parameter id is invalid or not defined.'));
}

function dealWithContacts(call: Call): Item {
	const message = 'The parameter ownerEntityID is invalid or not defined.';
	return classicCard(call, DEAL, idParam(call, message), 'Not found.');
}

function contactIds(deal: Item): number[] {
	return Array.isArray(deal.contactIds) ? deal.contactIds.map(Number) : [];
}

/** Contacts that do not exist are left out, as the portal normalises the bindings. */
function write(call: Call, deal: Item, ids: number[]): void {
	const known = ids.filter((id) => call.store.item(CONTACT, id));
	call.items.change(DEAL, deal.id, { contactIds: known }, call.userId);
}

function camelKeys(fields: Fields): Fields {
	return Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [
			name.toLowerCase().replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
			value,
		]),
	);
}

function row(stored: ProductRow): Fields {
	return {
		ID: String(stored.id),
		OWNER_ID: String(stored.ownerId),
		OWNER_TYPE: stored.ownerType,
		PRODUCT_ID: stored.productId,
		PRODUCT_NAME: stored.productName,
		ORIGINAL_PRODUCT_NAME: stored.productName,
		PRODUCT_DESCRIPTION: null,
		PRICE: stored.price,
		PRICE_EXCLUSIVE: stored.priceExclusive,
		PRICE_NETTO: stored.priceNetto,
		PRICE_BRUTTO: stored.priceBrutto,
		PRICE_ACCOUNT: stored.priceAccount.toFixed(2),
		QUANTITY: stored.quantity,
		DISCOUNT_TYPE_ID: stored.discountTypeId,
		DISCOUNT_RATE: stored.discountRate,
		DISCOUNT_SUM: stored.discountSum,
		TAX_RATE: stored.taxRate,
		TAX_INCLUDED: stored.taxIncluded,
		CUSTOMIZED: stored.customized,
		MEASURE_CODE: stored.measureCode,
		MEASURE_NAME: stored.measureName,
		SORT: stored.sort,
		XML_ID: stored.xmlId,
		TYPE: stored.type,
		STORE_ID: 0,
		RESERVE_ID: null,
		DATE_RESERVE_END: null,
		RESERVE_QUANTITY: null,
	};
}
