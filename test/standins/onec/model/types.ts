/**
 * The notation of the model files and what it becomes on the wire (reference 1c-ut103.md §2 "Types" and
 * "Reference field"). `@X` is a catalog, `#X` a document, `^X` a chart of characteristic types, `*@` any catalog and
 * `*#` any document, `!X` an enumeration, `sN` a string of N characters (0 is unlimited), `nD.S` a number, `date` a date
 * without time, `|` joins composite types, `$X` is a shared union.
 *
 * Boundaries of integers are not verified for 10.3: n(10,0) is taken as Int64, n(5,0) as Int32 (reference §2).
 */
import { unions } from './unions';

export type AttributeType =
	| { kind: 'string'; length: number }
	| { kind: 'number'; digits: number; scale: number }
	| { kind: 'boolean' }
	| { kind: 'date'; dateOnly: boolean }
	| { kind: 'ref'; set: string }
	| { kind: 'anyRef'; prefix: 'Catalog_' | 'Document_' }
	| { kind: 'enum'; name: string }
	| { kind: 'uuid' }
	| { kind: 'storage' }
	| { kind: 'composite'; types: readonly AttributeType[] };

export type Edm =
	| 'Edm.String'
	| 'Edm.Guid'
	| 'Edm.Boolean'
	| 'Edm.DateTime'
	| 'Edm.Double'
	| 'Edm.Int16'
	| 'Edm.Int32'
	| 'Edm.Int64';

/** One property of the wire form; `part` tells a composite value from its `_Type` companion. */
export interface Property {
	name: string;
	edm: Edm;
	type: AttributeType;
	part: 'value' | 'type';
	system?: boolean;
}

/** A shape that can be queried: an object, a row of a tabular section, a record of a register. */
export interface RowType {
	name: string;
	/** Wire names of the key; rows of virtual tables have none, they are values without identity. */
	key: readonly string[];
	properties: ReadonlyMap<string, Property>;
	/** Navigation name → the set it leads to. Composite attributes have none: they need cast(). */
	navigation: ReadonlyMap<string, string>;
	tables: ReadonlyMap<string, RowType>;
}

export interface DocumentSource {
	name: string;
	title: string;
	posting: 'Allow' | 'Deny';
	realTimePosting: 'Allow' | 'Deny';
	attributes: string;
	tables: Readonly<Record<string, string>>;
}

export interface CatalogSource {
	name: string;
	codeLength: number;
	descriptionLength: number;
	hierarchy?: 'folders' | 'items';
	owners?: string;
	autonumbering?: boolean;
	attributes: string;
	tables?: Readonly<Record<string, string>>;
	predefined?: readonly Predefined[];
}

/** An item the configuration itself declares; every base has it, under a Ref_Key of its own. */
export interface Predefined {
	name: string;
	code: string;
	description: string;
	/** Attributes the configuration fills, in wire names. */
	fields?: Readonly<Record<string, string | boolean>>;
}

export interface ExchangePlanSource {
	name: string;
	/** Sets whose writes are registered for every node: all of them are auto-registered. */
	content: readonly string[];
	/** Stock plans exist in every base, others only where a programmer added them. */
	stock: boolean;
}

export interface RegisterSource {
	name: string;
	recorders: 'one' | 'several' | 'none';
	/** «day» keeps one record a day: the time of Period is cut off. */
	periodic?: boolean | 'day';
	/** A register of turnovers has no balance and no RecordType. */
	turnovers?: boolean;
	dimensions: string;
	resources: string;
}

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

function simpleType(text: string): AttributeType {
	if (text === '*@') return { kind: 'anyRef', prefix: 'Catalog_' };
	if (text === '*#') return { kind: 'anyRef', prefix: 'Document_' };
	if (text.startsWith('^'))
		return { kind: 'ref', set: `ChartOfCharacteristicTypes_${text.slice(1)}` };
	if (text.startsWith('@')) return { kind: 'ref', set: `Catalog_${text.slice(1)}` };
	if (text.startsWith('#')) return { kind: 'ref', set: `Document_${text.slice(1)}` };
	if (text.startsWith('!')) return { kind: 'enum', name: text.slice(1) };
	if (text === 'bool') return { kind: 'boolean' };
	if (text === 'date') return { kind: 'date', dateOnly: true };
	if (text === 'datetime') return { kind: 'date', dateOnly: false };
	if (text === 'uuid') return { kind: 'uuid' };
	if (text === 'storage') return { kind: 'storage' };
	const size = /^([sn])(\d+)(?:\.(\d+))?$/.exec(text);
	if (!size) throw new Error(`The model has an unreadable type: ${text}`);
	if (size[1] === 's') return { kind: 'string', length: Number(size[2]) };
	return { kind: 'number', digits: Number(size[2]), scale: Number(size[3] ?? 0) };
}

export function parseType(text: string): AttributeType {
	const parts = text.startsWith('$') ? words(unions[text.slice(1)] ?? '') : text.split('|');
	const types = parts.map(simpleType);
	return types.length === 1 ? types[0] : { kind: 'composite', types };
}

export function parseAttributes(source: string): Array<{ name: string; type: AttributeType }> {
	return words(source).map((word) => {
		const [name, type] = word.split(/:(.*)/s);
		return { name, type: parseType(type) };
	});
}

function edmOfNumber(digits: number, scale: number): Edm {
	if (scale > 0) return 'Edm.Double';
	if (digits <= 4) return 'Edm.Int16';
	return digits <= 9 ? 'Edm.Int32' : 'Edm.Int64';
}

export function propertiesOf(name: string, type: AttributeType): Property[] {
	const one = (suffix: string, edm: Edm, part: Property['part'] = 'value'): Property => ({
		name: name + suffix,
		edm,
		type,
		part,
	});
	switch (type.kind) {
		case 'ref':
			return [one('_Key', 'Edm.Guid')];
		case 'uuid':
			return [one('', 'Edm.Guid')];
		case 'composite':
			return [one('', 'Edm.String'), one('_Type', 'Edm.String', 'type')];
		case 'storage':
			return [one('_Type', 'Edm.String', 'type'), one('_Base64Data', 'Edm.String')];
		case 'boolean':
			return [one('', 'Edm.Boolean')];
		case 'date':
			return [one('', 'Edm.DateTime')];
		case 'number':
			return [one('', edmOfNumber(type.digits, type.scale))];
		default:
			return [one('', 'Edm.String')];
	}
}
