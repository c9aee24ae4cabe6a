/**
 * The fields of the classic cards beyond those of crm.item.*, and how crm.{lead,deal,contact,company}.fields describes
 * all of them.
 * Imitates: crm/{leads,deals,contacts,companies}/crm-*-fields.md; the recorded answers of a Russian portal in
 * `2BAD/bitrix` and `leshchenko1979/fast_bitrix24`; the keys `bitrix24/b24phpsdk` asserts.
 * Does not imitate: titles, which are those of crm.item.fields.
 */
import { COMPANY, CONTACT, DEAL, LEAD, QUOTE } from '../entityTypes';
import type { ItemField } from '../itemFields';
import { bookOf } from '../stages';
import type { ClassicRow, Store, UserField } from '../store';
import type { Fields } from '../values';

/** `name type` and marks: `r` read-only, `m` multiple, which cards and lists show apart or not at all. */
type Extra = [name: string, type: string, marks?: string];

export const COMMUNICATIONS = ['PHONE', 'EMAIL', 'WEB', 'IM'];
const MULTIFIELDS = [...COMMUNICATIONS, 'LINK'].map((name): Extra => [name, 'crm_multifield', 'm']);

function address(prefix: string): Extra[] {
	const parts = ['', '_2', '_CITY', '_POSTAL_CODE', '_REGION', '_PROVINCE', '_COUNTRY'];
	return [
		...[...parts, '_COUNTRY_CODE'].map((part): Extra => [`${prefix}${part}`, 'string']),
		[`${prefix}_LOC_ADDR_ID`, 'integer'],
	];
}

const EXTRA: Record<number, Extra[]> = {
	[LEAD]: [
		...address('ADDRESS'),
		['CONTACT_IDS', 'crm_contact', 'm'],
		['DATE_CLOSED', 'datetime', 'r'],
		...MULTIFIELDS,
	],
	[DEAL]: [['CONTACT_IDS', 'crm_contact', 'm']],
	[CONTACT]: [
		['PHOTO', 'file'],
		...address('ADDRESS'),
		['EXPORT', 'char'],
		['HAS_IMOL', 'char', 'r'],
		['COMPANY_IDS', 'crm_company', 'm'],
		['LEAD_ID', 'crm_lead', 'r'],
		['FACE_ID', 'integer'],
		...MULTIFIELDS,
	],
	[COMPANY]: [
		['LOGO', 'file'],
		...address('ADDRESS'),
		['ADDRESS_LEGAL', 'string'],
		...address('REG_ADDRESS'),
		['HAS_IMOL', 'char', 'r'],
		['CONTACT_ID', 'crm_contact', 'm'],
		['LAST_COMMUNICATION_TIME', 'string', 'r'],
		...MULTIFIELDS,
	],
};
/** What the extra fields hold; the others are empty. */
const FILLED: Record<number, ClassicRow> = {
	[LEAD]: { DATE_CLOSED: '' },
	[CONTACT]: { HAS_IMOL: 'N', EXPORT: 'Y' },
	[COMPANY]: { HAS_IMOL: 'N' },
};
/** crm-contact-get.md shows the country of a contact without its code. */
const NOT_SHOWN: Record<number, string[]> = { [CONTACT]: ['ADDRESS_COUNTRY_CODE'] };

/** The extra columns of a card and what they hold. */
export const EXTRA_COLUMNS: Record<number, ClassicRow> = Object.fromEntries(
	[LEAD, DEAL, CONTACT, COMPANY].map((type) => [type, columnsOf(type)]),
);

function columnsOf(entityTypeId: number): ClassicRow {
	const hidden = NOT_SHOWN[entityTypeId] ?? [];
	const columns = EXTRA[entityTypeId].filter(
		([name, , marks]) => marks !== 'm' && !hidden.includes(name),
	);
	return {
		...Object.fromEntries(columns.map(([name]) => [name, null])),
		...FILLED[entityTypeId],
	};
}

/** The linked card that only its list names today. */
const DEPRECATED: Record<number, string> = {
	[LEAD]: 'CONTACT_ID',
	[DEAL]: 'CONTACT_ID',
	[CONTACT]: 'COMPANY_ID',
};
const REQUIRED: Record<number, string[]> = {
	[CONTACT]: ['NAME', 'SECOND_NAME', 'LAST_NAME'],
	[COMPANY]: ['TITLE'],
};
/** Marks that differ from those of crm.item.fields. */
const WRITABLE = ['CLOSED', 'TAX_VALUE', 'IS_RECURRING', 'IS_REPEATED_APPROACH'];
const READ_ONLY = ['LEAD_ID', 'QUOTE_ID'];
const PARENTS: Record<string, number> = { crm_lead: LEAD, crm_company: COMPANY, crm_quote: QUOTE };

export function describedFields(
	store: Store,
	entityTypeId: number,
	known: Array<[name: string, field: ItemField]>,
): Fields {
	const own = known.map(([name, field]): [string, Fields] => {
		const uf = store.userFields.find(({ fieldName }) => field.userField && fieldName === name);
		return [name, uf ? userField(uf, field) : standard(store, entityTypeId, name, field)];
	});
	const extra = EXTRA[entityTypeId].map(([name, type, marks = '']): [string, Fields] => [
		name,
		{
			type,
			...marksOf(entityTypeId, name),
			isReadOnly: marks === 'r',
			isMultiple: marks === 'm',
			title: name,
		},
	]);
	return Object.fromEntries([...own, ...extra]);
}

function marksOf(entityTypeId: number, name: string): Fields {
	return {
		isRequired: (REQUIRED[entityTypeId] ?? []).includes(name),
		isReadOnly: false,
		isImmutable: name === 'CATEGORY_ID',
		isMultiple: false,
		isDynamic: false,
	};
}

function standard(store: Store, entityTypeId: number, name: string, field: ItemField): Fields {
	const type = CLASSIC_TYPES[field.type] ?? field.type;
	const isDeprecated = DEPRECATED[entityTypeId] === name;
	const parentEntityTypeId = isDeprecated ? undefined : PARENTS[type];
	return {
		type,
		...marksOf(entityTypeId, name),
		...(field.required && { isRequired: true }),
		isReadOnly: READ_ONLY.includes(name) || (field.readOnly && !WRITABLE.includes(name)),
		title: field.title,
		...(type === 'crm_status' && { statusType: bookOf(store, entityTypeId, field.name) }),
		...(isDeprecated && { isDeprecated }),
		...(parentEntityTypeId !== undefined && { settings: { parentEntityTypeId } }),
	};
}

const CLASSIC_TYPES: Record<string, string> = { boolean: 'char', text: 'string' };

function userField(
	{ fieldName, userTypeId, values, settings }: UserField,
	field: ItemField,
): Fields {
	return {
		type: userTypeId,
		isRequired: field.required,
		isReadOnly: false,
		isImmutable: false,
		isMultiple: field.multiple,
		isDynamic: true,
		...(userTypeId === 'enumeration' && {
			items: values.map(({ id, value }) => ({ ID: String(id), VALUE: value })),
		}),
		title: fieldName,
		listLabel: field.title,
		formLabel: field.title,
		filterLabel: field.title,
		settings,
	};
}
