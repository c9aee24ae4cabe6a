/**
 * Wire values: the empty ones 1C uses instead of null, and what counts as «не заполнено» in the configuration's own
 * checks (reference 1c-ut103.md §2 "Types"). Rows are kept in the store exactly as they travel, without annotations.
 */
import type { Property, RowType } from './model/types';

export type Value = string | number | boolean | null | Row[];

export interface Row {
	[name: string]: Value;
}

export const EMPTY_REF = '00000000-0000-0000-0000-000000000000';
export const EMPTY_DATE = '0001-01-01T00:00:00';
export const UNDEFINED_TYPE = 'StandardODATA.Undefined';
export const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function emptyValue({ edm, part }: Property): Value {
	if (part === 'type') return UNDEFINED_TYPE;
	if (edm === 'Edm.Guid') return EMPTY_REF;
	if (edm === 'Edm.Boolean') return false;
	if (edm === 'Edm.DateTime') return EMPTY_DATE;
	if (edm === 'Edm.String') return '';
	return edm === 'Edm.Int64' ? '0' : 0;
}

/** LineNumber, Recorder_Type and their like are plain strings of the row, not halves of a composite. */
export function emptyRow(type: RowType): Row {
	const row: Row = {};
	for (const property of type.properties.values()) row[property.name] = emptyValue(property);
	for (const name of type.tables.keys()) row[name] = [];
	return row;
}

export function isFilled(value: Value | undefined): boolean {
	if (Array.isArray(value)) return value.length > 0;
	return !(
		value === undefined ||
		value === null ||
		value === '' ||
		value === 0 ||
		value === '0' ||
		value === EMPTY_REF ||
		value === EMPTY_DATE
	);
}

export const rowsOf = (row: Row, table: string): Row[] => {
	const rows = row[table];
	return Array.isArray(rows) ? rows : [];
};

export const text = (row: Row, name: string): string => String(row[name] ?? '');

export const copyRow = (row: Row): Row => structuredClone(row);
