/**
 * Numbers of documents and codes of catalogs. ПриУстановкеНовогоНомераДокумента puts the organisation's prefix first;
 * numbers are 11 characters, unique within a year (reference 1c-ut103.md §2 "Create", §4). The node prefix of a
 * distributed base is not imitated. Organisations with one prefix share a sequence.
 */
import { refusedByConfiguration } from './odata/errors';
import type { ObjectType } from './model/metadata';
import type { Entity, Store } from './store';
import { isFilled, text } from './values';

export function assignNumber(store: Store, entity: Entity): void {
	const { type, row } = entity;
	const field = type.kind === 'Document' ? 'Number' : 'Code';
	if (isFilled(row[field])) {
		if (numberIsTaken(store, entity))
			throw refusedByConfiguration(`Значение поля "${field}" не уникально`);
		return;
	}
	if (!type.autonumbering) return;
	const prefix = type.kind === 'Document' ? prefixOf(store, entity) : '';
	const year = type.kind === 'Document' ? text(row, 'Date').slice(0, 4) : '';
	do row[field] = nextCode(store, type, prefix, year);
	while (numberIsTaken(store, entity));
}

/** The next of the sequence, taken or not. */
export function nextCode(store: Store, type: ObjectType, prefix = '', year = ''): string {
	const next = store.nextNumber(`${type.name} ${prefix} ${year}`);
	return prefix + String(next).padStart(type.codeLength - prefix.length, '0');
}

function prefixOf(store: Store, { row }: Entity): string {
	const organization = store.row('Catalog_Организации', text(row, 'Организация_Key'));
	return organization ? text(organization, 'Префикс').trim() : '';
}

export function numberIsTaken(store: Store, { type, row }: Entity): boolean {
	const field = type.kind === 'Document' ? 'Number' : 'Code';
	if (!isFilled(row[field]) || type.object === 'Банки') return false;
	const year = (date: string) => (type.kind === 'Document' ? date.slice(0, 4) : '');
	const [number, own] = [row[field], year(text(row, 'Date'))];
	for (const { row: other } of store.each(type.name)) {
		const isSame = other[field] === number && other.Ref_Key !== row.Ref_Key;
		if (isSame && year(text(other, 'Date')) === own) return true;
	}
	return false;
}
