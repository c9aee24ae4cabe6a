/**
 * The body of a PUT: every property has to be there, and references come as `X@odata.bind` with the address of what they
 * lead to, whole or from the set on (documentation 17.4.13.1.3). A reference by `X_Key` is taken too. What is missing is
 * code 5.
 */
import { NOT_WRITABLE, type Body } from './decode';
import type { Property, RowType } from './model/types';
import { badPropertyValue, missingProperty } from './odata/errors';
import { GUID } from './values';

const BIND = '@odata.bind';
export function replacementBody(body: Body, type: RowType): Body {
	const whole: Record<string, unknown> = { ...body };
	for (const property of type.properties.values()) {
		if (NOT_WRITABLE.has(property.name)) continue;
		const bound = boundRef(body, property);
		if (bound !== undefined) whole[property.name] = bound;
		if (whole[property.name] === undefined) throw missingProperty(property.name);
	}
	for (const table of type.tables.keys()) {
		if (whole[table] === undefined) throw missingProperty(table);
	}
	return whole;
}

function boundRef(body: Body, { name, type }: Property): string | undefined {
	if (type.kind !== 'ref') return undefined;
	const written = body[name.replace(/_Key$/, '') + BIND];
	if (written === undefined) return undefined;
	const address = typeof written === 'string' ? written.replace(/^.*standard\.odata\//, '') : '';
	const found = /^([^(]+)\(guid'([^']*)'\)$/.exec(address);
	if (!found || found[1] !== type.set || !GUID.test(found[2])) throw badPropertyValue(name);
	return found[2];
}
