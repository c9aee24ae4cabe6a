/**
 * Items as crm.item.* shows them.
 * Imitates: crm-item-get.md and crm-item-list.md: every field is present, absent values are null, 0 or [],
 * `fm` comes with get and with `select: ['*']` only, user fields appear under the spelling asked for.
 * Does not imitate: searchContent and the fields that only mirror others.
 */
import type { Call } from './call';
import type { Filterable, FilterKind } from './filter';
import type { ItemField } from './itemFields';
import type { Item, MultiField } from './store';
import { camelUserField } from './userFieldNames';
import type { Fields } from './values';

/** How a caller spells a field: user fields depend on `useOriginalUfNames`. */
export function spelling(field: ItemField, original: boolean): string {
	return field.userField && !original ? camelUserField(field.name) : field.name;
}

export function wantsOriginalNames({
	params,
	switches,
}: Pick<Call, 'params' | 'switches'>): boolean {
	return switches.originalNames === 'known' && params.useOriginalUfNames === 'Y';
}

/**
 * Standard fields by their names in capitals, which are taken as well [server behaviour, vendor's client tests]; a user
 * field has no second name: selected in capitals it is left out [github.com/bitrix-tools/b24-rest-docs/issues/263].
 */
export function capitals(known: ItemField[]): Map<string, string> {
	return new Map(
		known.filter(({ userField }) => !userField).map(({ upperName, name }) => [upperName, name]),
	);
}

/** The caller's keys translated to stored names; a key in the other spelling is unknown, hence dropped. */
export function translated(fields: Fields, known: ItemField[], original: boolean): Fields {
	const translatedFields: Fields = {};
	for (const field of known) {
		const name = spelling(field, original);
		const given = name in fields || field.userField ? name : field.upperName;
		if (given in fields) translatedFields[field.name] = fields[given];
	}
	return translatedFields;
}

export function itemView(
	item: Item,
	known: ItemField[],
	entityTypeId: number,
	original: boolean,
): Fields {
	const view: Fields = {};
	for (const field of known) {
		view[spelling(field, original)] = field.disabled ? null : valueOf(item, field);
	}
	return { ...view, entityTypeId };
}

function valueOf(item: Item, field: ItemField): unknown {
	if (field.name in COMMUNICATION && 'fm' in item)
		return COMMUNICATION[field.name](multiFields(item));
	const value = item[field.name];
	if (value !== undefined) return value;
	return field.multiple ? [] : null;
}

type Communicates = (fields: MultiField[]) => string;

const COMMUNICATION: Record<string, Communicates> = {
	hasPhone: (fields) => (first(fields, 'PHONE') === '' ? 'N' : 'Y'),
	hasEmail: (fields) => (first(fields, 'EMAIL') === '' ? 'N' : 'Y'),
	phone: (fields) => first(fields, 'PHONE'),
	phoneWork: (fields) => first(fields, 'PHONE', 'WORK'),
	phoneMailing: (fields) => first(fields, 'PHONE', 'MAILING'),
	phoneMobile: (fields) => first(fields, 'PHONE', 'MOBILE'),
	email: (fields) => first(fields, 'EMAIL'),
	emailMailing: (fields) => first(fields, 'EMAIL', 'MAILING'),
	emailWork: (fields) => first(fields, 'EMAIL', 'WORK'),
	emailHome: (fields) => first(fields, 'EMAIL', 'HOME'),
};

export function multiFields(item: Item): MultiField[] {
	return (item.fm ?? []) as MultiField[];
}

function first(fields: MultiField[], typeId: string, valueType?: string): string {
	const found = fields.find(
		(field) =>
			field.typeId === typeId && (valueType === undefined || field.valueType === valueType),
	);
	return found?.value ?? '';
}

/** `fm` and the companies of a contact cannot be filtered by (issue bitrix-tools/b24-rest-docs#219). */
const UNFILTERABLE = ['companyIds', 'fm'];

export function filterableFields(
	known: ItemField[],
	spell: (field: ItemField) => string,
): Map<string, Filterable<Item>> {
	const usable = known.filter((field) => !UNFILTERABLE.includes(field.name) && !field.disabled);
	return new Map(
		usable.map((field) => [
			spell(field),
			{ kind: kindOf(field), reads: (item: Item) => valueOf(item, field) },
		]),
	);
}

function kindOf(field: ItemField): FilterKind {
	switch (field.type) {
		case 'string':
		case 'text':
		case 'url':
		case 'crm_status':
		case 'crm_currency':
		case 'location':
		case 'money':
		case 'file':
			return 'text';
		case 'boolean':
			return field.userField ? 'binaryFlag' : 'flag';
		case 'date':
			return 'day';
		case 'datetime':
			return 'moment';
		default:
			return 'number';
	}
}
