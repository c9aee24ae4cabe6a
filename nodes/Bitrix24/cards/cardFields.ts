/** The fields cards of a kind have on this very portal, and values in the form those fields take. */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import type { Caller } from '../rest/gather';
import { itemFields } from '../rest/items';
import { isCommunication } from './communications';

const text = z.string().nullish();

const fieldSchema = z.object({
	type: z.string(),
	title: text,
	isRequired: z.boolean().catch(false),
	isReadOnly: z.boolean().catch(false),
	isMultiple: z.boolean().catch(false),
	isDynamic: z.boolean().catch(false),
	/** The book a value of type crm_status is from. */
	statusType: text,
	/** Values of a list. Not every portal tells them here [Bitrix24 docs, crm.item.fields]. */
	items: z
		.array(z.object({ ID: z.coerce.number(), VALUE: z.string() }))
		.nullish()
		.catch(null),
});

export type CardField = z.output<typeof fieldSchema>;

/** By their names as they are sent: camelCase, user fields by their own. */
export type CardFields = Map<string, CardField>;

const answerSchema = z.object({ fields: z.record(fieldSchema) });

/** Phones and e-mails in one, of which `PHONE`, `EMAIL` and their kin are made. */
const COMMUNICATIONS = 'fm';

export const readCardFields = async (client: Caller, entityTypeId: number): Promise<CardFields> => {
	const { fields } = answerSchema.parse(await client.call(itemFields(entityTypeId)));
	return new Map(Object.entries(fields));
};

export const hasCommunications = (fields: CardFields): boolean => fields.has(COMMUNICATIONS);

export const isWritable = (fields: CardFields, name: string): boolean => {
	if (isCommunication(name)) return hasCommunications(fields);
	const field = fields.get(name);
	return field !== undefined && !field.isReadOnly && name !== COMMUNICATIONS;
};

const YES = [true, 1, '1', 'true', 'Y', 'y'];

/** n8n's own dates are objects that know their ISO form. */
const plain = (value: unknown): unknown =>
	typeof value === 'object' && value !== null && 'toISO' in value
		? JSON.parse(JSON.stringify(value))
		: value;

const single = ({ type }: CardField, given: unknown): unknown => {
	const value = plain(given);
	if (value === null || value === undefined) return '';
	if (value === '') return '';
	if (type === 'boolean') return YES.includes(value as string) ? 'Y' : 'N';
	/** A date with a time lands on another day in another zone (seen by others on real portals). */
	if (type === 'date') return String(value).replace(/^(\d{4}-\d\d-\d\d)T.*$/, '$1');
	return value;
};

const listed = (value: unknown): unknown[] => {
	if (value === null || value === undefined || value === '') return [];
	return Array.isArray(value) ? value : [value];
};

/** A value as the field takes it: a list for a multiple field, Y or N for a flag, nothing as an empty text. */
export const valueFor = (field: CardField, value: unknown): unknown =>
	field.isMultiple ? listed(value).map((one) => single(field, one)) : single(field, value);

/** Bitrix24 drops what it does not know or does not let write, and says nothing: here it is said. */
const writableField = (fields: CardFields, name: string, card: string): CardField => {
	const field = fields.get(name);
	if (!field) {
		throw new Problem(
			`Bitrix24 has no field ${name} in a ${card}.`,
			'Choose the field from the list again; names are case-sensitive, user fields begin with UF_CRM_.',
		);
	}
	if (field.isReadOnly) {
		throw new Problem(
			`Bitrix24 does not let the field ${name} of a ${card} be written.`,
			'Remove the field.',
		);
	}
	return field;
};

/** @param card what a person calls the card */
export const valuesFor = (
	fields: CardFields,
	values: Record<string, unknown>,
	card: string,
): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(values).map(([name, value]) => [
			name,
			valueFor(writableField(fields, name, card), value),
		]),
	);
