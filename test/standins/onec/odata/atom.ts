/**
 * Atom of rows, the way a live base writes it (recorded answers: a feed with four namespaces and no title, an entry with
 * an empty author and summary, properties without types, a tabular section as a typed collection of elements). Links
 * lead along every filled reference. An empty string is an empty element (reference 1c-ut103.md §2).
 */
import type { RowType } from '../model/types';
import { EMPTY_REF, rowsOf, type Row, type Value } from '../values';
import { addressOf } from './address';
import type { Rendering } from './rendering';
import type { Expansion, Shape } from './select';
import { element, escaped, NAMESPACES, XML_HEAD } from './xml';

const ENTRY_TYPE = 'application/atom+xml;type=entry;charset=utf-8';

const NAMES = { 'xmlns:d': NAMESPACES.data, 'xmlns:m': NAMESPACES.metadata };

export function feed(entries: string[], root: string, count?: number): string {
	const counted = count === undefined ? '' : element('m:count', {}, String(count));
	const attributes = {
		xmlns: NAMESPACES.atom,
		'xmlns:at': NAMESPACES.tombstones,
		...NAMES,
		'xml:base': root,
	};
	return XML_HEAD + element('feed', attributes, `${entries.join('')}${counted}\n`);
}

/** An entry on its own carries the namespaces that a feed would carry for it. */
export function lonelyEntry(row: Row, type: RowType, shape: Shape, rendering: Rendering): string {
	const attributes = { xmlns: NAMESPACES.atom, ...NAMES, 'xml:base': rendering.root };
	return XML_HEAD + element('entry', attributes, inside(row, type, shape, rendering));
}

export const entry = (row: Row, type: RowType, shape: Shape, rendering: Rendering): string =>
	`\n${element('entry', {}, inside(row, type, shape, rendering))}`;

/** What was removed for good (RFC 6721). */
export const deletedEntry = (address: string, { root, updated }: Rendering): string =>
	`\n${element('at:deleted-entry', { ref: root + address, when: updated })}`;

function inside(row: Row, type: RowType, shape: Shape, rendering: Rendering): string {
	const address = addressOf(type, row);
	const properties = `\n${fieldsOf(row, type, shape, rendering)}`;
	return [
		element('id', {}, escaped(rendering.root + address)),
		element('category', { term: `StandardODATA.${type.name}`, scheme: NAMESPACES.scheme }),
		element('title', { type: 'text' }),
		element('updated', {}, rendering.updated),
		element('author'),
		element('summary'),
		...links(row, type, shape, rendering),
		element('link', { rel: 'edit', href: address, title: 'edit-link' }),
		element('content', { type: 'application/xml' }, element('m:properties', NAMES, properties)),
	].join('\n');
}

function links(row: Row, type: RowType, shape: Shape, rendering: Rendering): string[] {
	return [...type.navigation.keys()]
		.filter((name) => row[`${name}_Key`] !== EMPTY_REF)
		.map((name) => ({ name, expansion: shape.expanded.find((one) => one.name === name) }))
		.filter(({ name, expansion }) => expansion || isShown(shape, `${name}_Key`))
		.map(({ name, expansion }) => {
			const attributes = {
				rel: NAMESPACES.related + name,
				href: `${addressOf(type, row)}/${name}`,
				type: ENTRY_TYPE,
				title: name,
			};
			return element('link', attributes, expansion ? inline(row, expansion, rendering) : '');
		});
}

/** Composites have no link to be unfolded in, so atom leaves them as they are. */
function inline(row: Row, { name, set = '', shape }: Expansion, rendering: Rendering): string {
	const target = rendering.rowOf(set, String(row[`${name}_Key`]));
	const type = rendering.typeOf(set);
	if (!target || !type) return element('m:inline');
	return element('m:inline', {}, entry(target, type, shape, rendering));
}

const isShown = ({ names }: Shape, name: string): boolean => !names || names.has(name);

function fieldsOf(row: Row, type: RowType, shape: Shape, rendering: Rendering): string {
	const fields = [...type.properties.keys()]
		.filter((name) => isShown(shape, name))
		.map((name) => property(name, row[name]));
	const tables = [...type.tables]
		.filter(([name]) => isShown(shape, name) || shape.columns.has(name))
		.map(([name, table]) => {
			const columns = isShown(shape, name) ? undefined : shape.columns.get(name);
			return tableElement(name, rowTypeOf(type, name), rowsOf(row, name), table, columns);
		});
	const presentations = shape.presentations.map((name) =>
		property(name, rendering.present(row, type, name)),
	);
	return [...fields, ...tables, ...presentations].join('');
}

/** The complex type of a tabular row; a record set calls its rows by the register alone. */
export const rowTypeOf = (type: RowType, table: string): string =>
	table === 'RecordSet' ? `${type.name}_RowType` : `${type.name}_${table}_RowType`;

function tableElement(
	name: string,
	rowType: string,
	rows: Row[],
	table: RowType,
	columns?: ReadonlySet<string>,
): string {
	const names = [...table.properties.keys()].filter((one) => !columns || columns.has(one));
	const write = (row: Row) => names.map((one) => property(one, row[one])).join('');
	return `${typedCollection(`d:${name}`, {}, `StandardODATA.${rowType}`, rows.map(write))}\n`;
}

function typedCollection(
	name: string,
	attributes: Readonly<Record<string, string>>,
	type: string,
	elements: string[],
): string {
	const written = elements.map((one) => element('d:element', { 'm:type': type }, `\n${one}`));
	return element(name, { ...attributes, 'm:type': `Collection(${type})` }, written.join('\n'));
}

/** Rows of a virtual table have no identity, so they are no entries but elements of a collection. */
export function complexRows(
	name: string,
	rows: Row[],
	type: RowType,
	shape: Shape,
	rendering: Rendering,
): string {
	const elements = rows.map((row) => fieldsOf(row, type, shape, rendering));
	return XML_HEAD + typedCollection(`d:${name}`, NAMES, `StandardODATA.${type.name}`, elements);
}

/** A value without a row's name around it: the answer for `Document_X(guid'…')/Number`. */
export const lonelyProperty = (name: string, value: Value | undefined): string =>
	XML_HEAD + element(`d:${name}`, NAMES, escaped(String(value ?? '')));

function property(name: string, value: Value | undefined): string {
	const isNull = value === null || value === undefined;
	const attributes = isNull ? { 'm:null': 'true' } : {};
	return `${element(`d:${name}`, attributes, isNull ? '' : escaped(String(value)))}\n`;
}
