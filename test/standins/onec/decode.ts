/**
 * Reads a request body into a row, with the silent traps of live bases: too long strings are cut, unknown properties
 * and non-numbers for integers are dropped, broken references are stored, a tabular section replaces the whole
 * section. Loud are only values of a wrong JSON type and line numbers (reference 1c-ut103.md §2 "Create", "Update").
 * `X@odata.bind` counts as unknown here: it belongs to PUT, see replacement.ts.
 */
import Big from 'big.js';

import { DEFAULT_VAT_RATES, enums } from './model/enums';
import type { AttributeType, Property, RowType } from './model/types';
import { typeNamed } from './model/metadata';
import { badPropertyValue, badValue, internalError } from './odata/errors';
import { isDateTime } from './odata/literals';
import type { BaseSwitches } from './switches';
import {
	EMPTY_DATE,
	EMPTY_REF,
	emptyRow,
	emptyValue,
	GUID,
	UNDEFINED_TYPE,
	type Row,
	type Value,
} from './values';

export type Body = Readonly<Record<string, unknown>>;

export interface DecodingRules {
	switches: BaseSwitches;
	vatRates: readonly string[];
}

/** Set by the service itself; what a body says about them is not read. */
export const NOT_WRITABLE: ReadonlySet<string> = new Set([
	'Ref_Key',
	'DataVersion',
	'Posted',
	'Predefined',
	'PredefinedDataName',
	'ThisNode',
]);

export const isBody = (value: unknown): value is Body =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export function applyBody(row: Row, type: RowType, body: Body, rules: DecodingRules): void {
	for (const [name, value] of Object.entries(body)) {
		const table = type.tables.get(name);
		if (table) row[name] = readTable(row, table, value, rules);
		const property = type.properties.get(name);
		if (property && !NOT_WRITABLE.has(name)) {
			assign(row, property, value, body, rules);
		}
	}
}

function readTable(owner: Row, type: RowType, value: unknown, rules: DecodingRules): Row[] {
	if (value === null) return [];
	if (!Array.isArray(value)) throw internalError();
	return value.map((body: unknown, index) => {
		if (!isBody(body) || body.LineNumber === undefined || body.LineNumber === null) {
			throw internalError();
		}
		if (String(body.LineNumber) !== String(index + 1)) throw badPropertyValue('LineNumber');
		const row = emptyRow(type);
		applyBody(row, type, body, rules);
		row.Ref_Key = owner.Ref_Key;
		row.LineNumber = String(index + 1);
		return row;
	});
}

function assign(row: Row, property: Property, value: unknown, body: Body, rules: DecodingRules) {
	const { type, name, part } = property;
	if (typeof value === 'object' && value !== null) throw internalError();
	if (type.kind === 'composite') {
		assignComposite(
			row,
			type,
			part === 'type' ? name.slice(0, -'_Type'.length) : name,
			body,
			rules,
		);
		return;
	}
	if (type.kind === 'storage') return;
	const decoded = value === null ? emptyValue(property) : decode(value, property, rules);
	if (decoded !== undefined) row[name] = decoded;
}

function decode(value: unknown, property: Property, rules: DecodingRules): Value | undefined {
	const { type, edm } = property;
	switch (type.kind) {
		case 'ref':
		case 'uuid':
			return readGuid(value);
		case 'boolean':
			if (typeof value !== 'boolean') throw badValue(value, edm);
			return value;
		case 'date':
			return readDate(value, type.dateOnly);
		case 'enum':
			return readEnum(readString(value, 0, edm), type.name, property.name, rules);
		case 'number':
			return type.scale > 0 ? readDouble(value, type) : readInteger(value, property);
		case 'string':
			return readString(value, type.length, edm);
		default:
			return undefined;
	}
}

function readGuid(value: unknown): string {
	if (typeof value !== 'string' || !GUID.test(value)) throw badValue(value, 'Edm.Guid');
	return value.toLowerCase();
}

function readString(value: unknown, length: number, edm: string): string {
	if (typeof value !== 'string') throw badValue(value, edm);
	return length > 0 ? value.slice(0, length) : value;
}

/** 1C takes no zone and no fraction; what it would do with them is not verified, so they are refused. */
function readDate(value: unknown, dateOnly: boolean): string {
	if (typeof value !== 'string' || !isDateTime(value)) throw badValue(value, 'Edm.DateTime');
	return dateOnly && value !== EMPTY_DATE ? `${value.slice(0, 10)}T00:00:00` : value;
}

function readEnum(value: string, name: string, property: string, rules: DecodingRules): string {
	const known = name === 'СтавкиНДС' ? rules.vatRates : enums[name];
	if (value === '' || !known || known.includes(value)) return value;
	if (rules.switches.unknownEnumValue === 'blank') return '';
	throw badValue(value, `StandardODATA.${name} (${property})`);
}

type NumberType = Extract<AttributeType, { kind: 'number' }>;

/** Rounds to the attribute's scale and cuts to its length, as an assignment in 1C does. */
function readDouble(value: unknown, { digits, scale }: NumberType): number {
	if (typeof value !== 'number') throw badValue(value, 'Edm.Double');
	const limit = new Big(10).pow(digits - scale).minus(new Big(10).pow(-scale));
	const rounded = new Big(value).round(scale, Big.roundHalfUp);
	if (rounded.gt(limit)) return limit.toNumber();
	return (rounded.lt(limit.neg()) ? limit.neg() : rounded).toNumber();
}

function readInteger(value: unknown, { edm }: Property): Value | undefined {
	const source = typeof value === 'string' ? value.trim() : value;
	const isInteger =
		typeof source === 'number' ? Number.isInteger(source) : /^-?\d+$/.test(String(source));
	if (!isInteger) return undefined;
	return edm === 'Edm.Int64' ? String(source) : Number(source);
}

type CompositeType = Extract<AttributeType, { kind: 'composite' }>;

function assignComposite(
	row: Row,
	type: CompositeType,
	name: string,
	body: Body,
	rules: DecodingRules,
) {
	const value = body[name];
	const named = body[`${name}_Type`];
	if (value === null || value === '' || value === undefined || named === UNDEFINED_TYPE) {
		row[name] = '';
		row[`${name}_Type`] = UNDEFINED_TYPE;
		return;
	}
	if (typeof named !== 'string') {
		if (rules.switches.compositeWithoutType === 'refuse') throw badPropertyValue(`${name}_Type`);
		return;
	}
	const chosen = typeNamed(type.types, named);
	if (!chosen) throw badPropertyValue(`${name}_Type`);
	const decoded = compositeValue(value, chosen);
	row[name] = decoded;
	row[`${name}_Type`] = decoded === '' ? UNDEFINED_TYPE : named;
}

function compositeValue(value: unknown, type: AttributeType): string {
	if (type.kind === 'ref') {
		const ref = readGuid(value);
		return ref === EMPTY_REF ? '' : ref;
	}
	if (type.kind === 'string') return readString(value, type.length, 'Edm.String');
	return String(value);
}

export const vatRatesOf = (rates?: readonly string[]): readonly string[] =>
	rates ?? DEFAULT_VAT_RATES;
