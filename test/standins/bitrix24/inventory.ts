/**
 * Everything that stands on the portal, each thing with whose it is, so that a test can say that nothing else was touched.
 * Imitates: nothing; no person and no method sees this much at once.
 */
import { typeByAbbreviation, typeOfId } from './entityTypes';
import { addressId } from './store';
import type { Store } from './store';

export interface Thing {
	/** «COMPANY 401», «requisite 27». */
	name: string;
	/** The name of what it is a part of. */
	of: string | undefined;
	/** All that is known of it. */
	content: string;
}

export function inventoryOf(store: Store): Thing[] {
	const things: Thing[] = [];
	const lists = (kind: string, name: string | number, of: string | undefined, content: unknown) =>
		things.push({ name: `${kind} ${name}`, of, content: JSON.stringify(content) });
	const card = (entityTypeId: unknown, id: unknown): string =>
		Number(entityTypeId) === 8
			? `requisite ${Number(id)}`
			: `${typeOfId(store, Number(entityTypeId)).name} ${Number(id)}`;

	for (const { id: type, name } of store.types) {
		for (const item of store.table(type)) lists(name, item.id, undefined, item);
	}
	for (const row of store.rows) {
		const type = typeByAbbreviation(store, row.ownerType);
		lists('row', row.id, type && `${type.name} ${row.ownerId}`, row);
	}
	for (const row of store.requisites) {
		lists('requisite', row.ID ?? '', card(row.ENTITY_TYPE_ID, row.ENTITY_ID), row);
	}
	for (const row of store.bankDetails) {
		lists('bank detail', row.ID ?? '', `requisite ${row.ENTITY_ID}`, row);
	}
	for (const row of store.addresses) {
		lists('address', addressId(row), card(row.ENTITY_TYPE_ID, row.ENTITY_ID), row);
	}
	for (const link of store.requisiteLinks) {
		const owner = card(link.ENTITY_TYPE_ID, link.ENTITY_ID);
		lists('requisite of', owner, owner, link);
	}
	for (const one of store.comments) {
		lists('comment', one.id, card(one.entityTypeId, one.entityId), one);
	}
	for (const one of store.payments) {
		lists('payment', one.id, card(one.entityTypeId, one.entityId), one);
	}
	for (const { pdf, ...one } of store.documents) {
		lists('document', one.id, card(one.entityTypeId, one.entityId), { ...one, pdf: pdf.id });
	}
	for (const product of store.products) lists('product', product.id, undefined, product);
	for (const price of store.prices) lists('price', price.id, `product ${price.productId}`, price);
	for (const section of store.sections) lists('section', section.id, undefined, section);
	for (const status of store.statuses) lists('status', status.id, undefined, status);
	for (const field of store.userFields) lists('user field', field.id, undefined, field);
	for (const category of store.categories) lists('category', category.id, undefined, category);
	return things;
}
