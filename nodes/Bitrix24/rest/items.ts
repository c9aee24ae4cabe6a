/**
 * The commands of crm.item.*, with the original names of user fields. Every call of these methods is built here, because
 * crm.item.list answers an explicit `select` together with useOriginalUfNames=Y with user fields only: neither the ID nor
 * any other standard field comes [github.com/bitrix-tools/b24-rest-docs/issues/263, /issues/368].
 */
import type { Command } from './client';
import type { Reference } from './reference';
import { isUserField, userFieldsIn } from './userFieldNames';

type Fields = Record<string, unknown>;

export interface ItemAddress {
	entityTypeId: number;
	id: number;
}

export interface ItemQuery {
	entityTypeId: number;
	filter?: Fields;
	/** The fields the caller reads, all when left out; the answer may hold more. */
	select?: readonly string[];
	order?: Record<string, string>;
	/** -1 asks for a page without the count of all rows. */
	start?: number;
}

const ORIGINAL_NAMES = { useOriginalUfNames: 'Y' };

/** The only selection that brings standard and user fields alike. */
const EVERYTHING = ['*', 'UF_*'];

/** Phones and e-mails cannot be selected by name [Bitrix24 docs, crm.item.list]. */
const needsEverything = ({ select, filter, order }: ItemQuery): boolean =>
	select === undefined ||
	select.some((name) => isUserField(name) || name === 'fm') ||
	userFieldsIn(filter).length > 0 ||
	userFieldsIn(order).length > 0;

/** Reads whole cards where a user field is selected, filtered or sorted by, and the selected fields otherwise. */
export const itemList = (query: ItemQuery): Command => ({
	method: 'crm.item.list',
	params: needsEverything(query)
		? { ...query, select: EVERYTHING, ...ORIGINAL_NAMES }
		: { ...query },
});

/** @param id a number, or a reference to what an earlier command of the batch brings */
export const itemGet = ({ entityTypeId, id }: { entityTypeId: number; id: number | Reference }): Command => ({
	method: 'crm.item.get',
	params: { entityTypeId, id, ...ORIGINAL_NAMES },
});

export const itemFields = (entityTypeId: number): Command => ({
	method: 'crm.item.fields',
	params: { entityTypeId, ...ORIGINAL_NAMES },
});

export const itemAdd = (entityTypeId: number, fields: Fields): Command => ({
	method: 'crm.item.add',
	params: { entityTypeId, fields, ...ORIGINAL_NAMES },
	repeatable: false,
});

/** An update states values, so sending it twice is the same as once, unless it adds phones, e-mails or files. */
export const itemUpdate = (
	{ entityTypeId, id }: ItemAddress,
	fields: Fields,
	repeatable = true,
): Command => ({
	method: 'crm.item.update',
	params: { entityTypeId, id, fields, ...ORIGINAL_NAMES },
	repeatable,
});
