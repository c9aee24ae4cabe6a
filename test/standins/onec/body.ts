/**
 * The body of a write, JSON or an atom entry, as the Content-Type says; a body that starts with `<` is atom too, since
 * clients forget the header. Broken JSON is an internal error of 1C, not a 400 (seen live); what broken XML is was not
 * recorded and is taken as a bad request. Atom carries no types, so they are taken from the model.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser';

import { isBody, type Body } from './decode';
import type { RowType } from './model/types';
import { badRequestFormat, brokenJson } from './odata/errors';
import type { ServiceRequest } from './request';

export function bodyOf({ body, headers }: ServiceRequest, type: RowType): Body {
	const source = body.replace(/^\uFEFF/, '');
	const isAtom = source.trimStart().startsWith('<') || headers['content-type']?.includes('xml');
	const read = isAtom ? readAtom(source, type) : parseJson(source);
	if (!isBody(read)) throw badRequestFormat();
	return read;
}

function parseJson(source: string): unknown {
	try {
		return JSON.parse(source);
	} catch {
		throw brokenJson();
	}
}

const parser = new XMLParser({
	ignoreAttributes: false,
	attributeNamePrefix: '@',
	removeNSPrefix: true,
	parseTagValue: false,
	parseAttributeValue: false,
	trimValues: false,
	isArray: (name) => name === 'element',
});

function readAtom(source: string, type: RowType): Body {
	if (XMLValidator.validate(source) !== true) throw badRequestFormat();
	const properties = inside(parseXml(source), 'entry', 'content', 'properties');
	if (!isBody(properties)) throw badRequestFormat();
	return toBody(properties, type);
}

function parseXml(source: string): unknown {
	try {
		return parser.parse(source);
	} catch {
		throw badRequestFormat();
	}
}

const inside = (node: unknown, ...names: string[]): unknown =>
	names.reduce<unknown>((found, name) => (isBody(found) ? found[name] : undefined), node);

function toBody(properties: Body, type: RowType): Body {
	const body: Record<string, unknown> = {};
	for (const [name, node] of Object.entries(properties)) {
		const table = type.tables.get(name);
		const edm = type.properties.get(name)?.edm;
		if (table) body[name] = rowsOf(node).map((row) => toBody(row, table));
		else if (edm) body[name] = typed(node, edm);
	}
	return body;
}

function rowsOf(node: unknown): Body[] {
	const rows = inside(node, 'element');
	return Array.isArray(rows) ? rows.filter(isBody) : [];
}

function typed(node: unknown, edm: string): unknown {
	if (inside(node, '@null') === 'true') return null;
	const text = isBody(node) ? (node['#text'] ?? '') : node;
	if (edm === 'Edm.Boolean' && (text === 'true' || text === 'false')) return text === 'true';
	return edm === 'Edm.Double' && text !== '' ? Number(text) : text;
}
