/**
 * The canonical address of one thing: `Catalog_X(guid'…')`, or every part of a longer key by name
 * (reference 1c-ut103.md §2 "Keys"; the space after the comma is what a live base writes).
 */
import type { RowType } from '../model/types';
import type { Row } from '../values';

export function addressOf(type: RowType, row: Row): string {
	const parts = type.key.map((name) => [name, literal(type, name, row)]);
	const key = parts.length === 1 ? parts[0][1] : parts.map((part) => part.join('=')).join(', ');
	return `${type.name}(${key})`;
}

function literal(type: RowType, name: string, row: Row): string {
	const value = String(row[name] ?? '');
	switch (type.properties.get(name)?.edm) {
		case 'Edm.Guid':
			return `guid'${value}'`;
		case 'Edm.DateTime':
			return `datetime'${value}'`;
		case 'Edm.String':
			return `'${value.replace(/'/g, "''")}'`;
		default:
			return value;
	}
}
