/**
 * What sets a base has and what fields they hold, out of `$metadata`. A real base describes itself in 15 MB
 * [live probes of УТ 11]; of that the names and types are kept, one string a set, and read apart when asked for.
 */

export type FieldType =
	| 'string'
	| 'number'
	| 'boolean'
	| 'date'
	/** To objects of one set. */
	| 'reference'
	/** To objects of several sets, or a plain value; what it is stands in a second field, `…_Type`. */
	| 'composite'
	| 'compositeType'
	/** The rows of the object. */
	| 'rows'
	| 'other';

export interface Field {
	name: string;
	type: FieldType;
	/** The set a reference leads to, or the type of the rows. */
	of?: string;
}

const EDM: Record<string, FieldType> = {
	'Edm.String': 'string',
	'Edm.Int16': 'number',
	'Edm.Int32': 'number',
	'Edm.Int64': 'number',
	'Edm.Double': 'number',
	'Edm.Decimal': 'number',
	'Edm.Boolean': 'boolean',
	'Edm.DateTime': 'date',
	'Edm.Guid': 'reference',
};

const TYPE = /<(EntityType|ComplexType)\b[^>]*?\bName="([^"]+)"[^>]*>([\s\S]*?)<\/\1>/g;
const PROPERTY = /<Property\b[^>]*?\bName="([^"]+)"[^>]*?\bType="([^"]+)"/g;
const ASSOCIATION = /<Association\b[^>]*?\bName="([^"]+)"[^>]*>([\s\S]*?)<\/Association>/g;
const KEY = /<PropertyRef\b[^>]*?\bName="([^"]+)"/g;
const END = /<End\b[^>]*>/g;
const FUNCTION = /<FunctionImport\b[^>]*?\bName="(\w+)"[^>]*>([\s\S]*?)<\/FunctionImport>/g;
const BOUND = /<Parameter\b[^>]*?\bName="bindingParameter"[^>]*?\bType="StandardODATA\.([^"]+)"/;
const ROWS = /^Collection\(StandardODATA\.(.+)\)$/;

/** A part of a text keeps the whole of it in memory, so what stays is copied. */
const copied = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

const attribute = (tag: string, name: string): string =>
	new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '';

/** Where a reference leads is said by the association of its navigation property. */
const targetsIn = (xml: string): Map<string, string> => {
	const targets = new Map<string, string>();
	for (const [, name, ends] of xml.matchAll(ASSOCIATION)) {
		const end = [...ends.matchAll(END)].find(([tag]) => attribute(tag, 'Role') === 'End');
		if (end) targets.set(name, attribute(end[0], 'Type').replace('StandardODATA.', ''));
	}
	return targets;
};

const fieldOf = (
	name: string,
	edm: string,
	names: ReadonlySet<string>,
	target: (navigation: string) => string | undefined,
): Field => {
	const rows = ROWS.exec(edm)?.[1];
	if (rows) return { name, type: 'rows', of: rows };
	if (names.has(`${name}_Type`)) return { name, type: 'composite' };
	if (name.endsWith('_Type') && names.has(name.slice(0, -'_Type'.length))) {
		return { name, type: 'compositeType' };
	}
	const of = name.endsWith('_Key') ? target(name.slice(0, -'_Key'.length)) : undefined;
	return { name, type: EDM[edm] ?? 'other', ...(of ? { of } : {}) };
};

const packedFields = (fields: readonly Field[]): string =>
	fields.map(({ name, type, of }) => [name, type, ...(of ? [of] : [])].join('|')).join('\n');

const unpacked = (packed: string): Field[] =>
	packed.split('\n').map((line) => {
		const [name, type, of] = line.split('|');
		return { name, type: type as FieldType, ...(of ? { of } : {}) };
	});

export class BaseShape {
	private readonly fieldsOfType = new Map<string, string>();
	private readonly keys = new Map<string, string>();
	/** Virtual tables and commands by the set they belong to. */
	private readonly functions = new Map<string, Set<string>>();
	/** Every set, in the order of the alphabet. */
	readonly sets: readonly string[];

	constructor(xml: string) {
		const targets = targetsIn(xml);
		const sets: string[] = [];
		for (const [, kind, name, content] of xml.matchAll(TYPE)) {
			const properties = [...content.matchAll(PROPERTY)];
			const names = new Set(properties.map(([, property]) => property));
			/** Rows have no navigation of their own; the set they are readable as has. */
			const owner = name.replace(/_RowType$/, '');
			const target = (navigation: string) => targets.get(`${owner}_${navigation}`);
			const fields = properties.map(([, property, edm]) => fieldOf(property, edm, names, target));
			this.fieldsOfType.set(copied(name), copied(packedFields(fields)));
			if (kind !== 'EntityType') continue;
			sets.push(copied(name));
			this.keys.set(copied(name), copied([...content.matchAll(KEY)].map(([, key]) => key).join()));
		}
		this.sets = sets.sort((a, b) => a.localeCompare(b));
		for (const [, name, parameters] of xml.matchAll(FUNCTION)) this.bind(name, parameters);
	}

	private bind(name: string, parameters: string): void {
		const set = BOUND.exec(parameters)?.[1];
		if (!set) return;
		const known = this.functions.get(set) ?? new Set();
		known.add(copied(name));
		this.functions.set(copied(set), known);
	}

	/** Fields of a set or of the rows of one; none when the base has no such thing. */
	fields(type: string): Field[] {
		const packed = this.fieldsOfType.get(type);
		return packed ? unpacked(packed) : [];
	}

	/**
	 * A field by the way to it: its name, or «Товары/Номенклатура_Key» for a field of the rows.
	 * @returns undefined when the base has no such field
	 */
	field(set: string, path: string): (Field & { inRows: boolean }) | undefined {
		const [first, second] = path.split('/');
		const own = this.fields(set).find(({ name }) => name === first);
		if (!own || second === undefined) return own && { ...own, inRows: false };
		const field = own.of ? this.fields(own.of).find(({ name }) => name === second) : undefined;
		return own.type === 'rows' && field ? { ...field, inRows: true } : undefined;
	}

	/** The fields that tell the rows of a set apart, with commas between them. */
	keyOf(set: string): string | undefined {
		return this.keys.get(set);
	}

	/** Sets that have a virtual table. */
	having(table: string): string[] {
		return this.sets.filter((set) => this.functions.get(set)?.has(table));
	}
}
