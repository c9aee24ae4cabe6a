/**
 * JSON of rows (reference 1c-ut103.md §2 "Types", samples/responses-constructed.json): Int64 already stands as a
 * string in the row; a filled reference has `X@navigationLinkUrl`, an empty one has not; `odata=nometadata` leaves
 * the annotations out, `fullmetadata` adds type and id.
 */
import type { RowType } from '../model/types';
import { EMPTY_REF, rowsOf, type Row } from '../values';
import { addressOf } from './address';
import type { Rendering } from './rendering';
import type { Expansion, Shape } from './select';

export type Detail = 'nometadata' | 'minimalmetadata' | 'fullmetadata';
export type Json = Record<string, unknown>;

export interface JsonRendering extends Rendering {
	detail: Detail;
}

export function renderRow(row: Row, type: RowType, shape: Shape, rendering: JsonRendering): Json {
	const json: Json = {};
	if (rendering.detail === 'fullmetadata') annotate(json, row, type, rendering);
	fill(json, row, type, shape.names, rendering);
	for (const [name, table] of type.tables) {
		const columns = shape.columns.get(name);
		if (shape.names && !shape.names.has(name) && !columns) continue;
		const shown = !shape.names || shape.names.has(name) ? undefined : columns;
		json[name] = rowsOf(row, name).map((line) => fill({}, line, table, shown, rendering));
	}
	for (const name of shape.presentations) json[name] = rendering.present(row, type, name);
	if (rendering.detail !== 'nometadata') addLinks(json, row, type, shape);
	for (const expansion of shape.expanded) unfold(json, row, expansion, rendering);
	return json;
}

/** The named properties of a row, all of them without a list. */
function fill(
	json: Json,
	row: Row,
	type: RowType,
	names: ReadonlySet<string> | undefined,
	{ wideIntegers }: JsonRendering,
): Json {
	for (const [name, { edm }] of type.properties) {
		if (names && !names.has(name)) continue;
		const value = row[name];
		json[name] = wideIntegers && edm === 'Edm.Int32' && value !== undefined ? String(value) : value;
	}
	return json;
}

function annotate(json: Json, row: Row, type: RowType, { root }: JsonRendering): void {
	json['odata.type'] = `StandardODATA.${type.name}`;
	if (type.key.length === 0 || type.properties.has('LineNumber')) return;
	json['odata.id'] = `${root}${addressOf(type, row)}`;
	json['odata.editLink'] = addressOf(type, row);
}

function addLinks(json: Json, row: Row, type: RowType, shape: Shape): void {
	if (!type.properties.has('Ref_Key') || type.properties.has('LineNumber')) return;
	for (const name of type.navigation.keys()) {
		const key = `${name}_Key`;
		if (row[key] === EMPTY_REF || (shape.names && !shape.names.has(key))) continue;
		json[`${name}@navigationLinkUrl`] = `${addressOf(type, row)}/${name}`;
	}
}

/** A composite that holds no object, or not of the named type, is left folded. */
function unfold(json: Json, row: Row, expansion: Expansion, rendering: JsonRendering): void {
	const { name, isComposite, shape } = expansion;
	const held = isComposite ? String(row[`${name}_Type`]).replace('StandardODATA.', '') : undefined;
	const set = expansion.set ?? held ?? '';
	const type = rendering.typeOf(set);
	if (!type || (held !== undefined && held !== set)) return;
	const target = rendering.rowOf(set, String(row[isComposite ? name : `${name}_Key`]));
	const key = isComposite ? `${name}_Expanded` : name;
	json[key] = target ? renderRow(target, type, shape, rendering) : null;
}
