/** What kind of value a field of 1C holds, for comparing what is stored with what is wanted. */
import type { SingleType, ValueType } from '../../exchange/equality';
import type { BaseShape, FieldType } from './shape';

/** The type of a field, by its name as OData writes it. */
export type TypeOf = (name: string) => ValueType;

/**
 * Without the shape of the base: names say what refers, and all the rest is text, so that no two values are taken for
 * one. Numbers stand the test where they come in the one spelling JSON has for them.
 */
export const usualType: TypeOf = (name) => (/_Key$/.test(name) ? 'reference' : 'text');

/** No column of 1C is without a value: an empty number is zero, an empty date the first second of the calendar. */
const TYPES: Record<Exclude<FieldType, 'rows'>, SingleType> = {
	string: 'text',
	number: 'quantity',
	boolean: 'flag',
	date: 'moment',
	reference: 'reference',
	/** A GUID or a plain value; both are compared as a whole. */
	composite: 'reference',
	compositeType: 'code',
	other: 'text',
};

/** As `$metadata` describes a set, or the rows of one. */
export const typesOf = (shape: BaseShape, set: string): TypeOf => {
	const fields = new Map(shape.fields(set).map((field) => [field.name, field]));
	return (name) => {
		const field = fields.get(name);
		if (!field) return usualType(name);
		if (field.type !== 'rows') return TYPES[field.type];
		return { rowsOf: typesOf(shape, field.of ?? '') };
	};
};
