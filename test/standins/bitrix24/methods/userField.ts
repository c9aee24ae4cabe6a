/**
 * crm.{deal,company,contact,lead}.userfield.* and userfieldconfig.*
 * Imitates: crm/deals/user-defined-fields/*.md, crm/universal/userfieldconfig/*.md (reference §2.10): the
 * forced UF_CRM_ prefix, the length and alphabet of names, string-typed answers of both spellings, settings and
 * labels as maps, lists of cards' fields in one piece.
 * Does not imitate: languages other than Russian and English; the labels of `LANG` in a filter.
 */
import { randomBytes } from 'node:crypto';
import type { Answer, Call, Methods } from '../call';
import { classicList, fieldsParam, idParam } from '../classic';
import type { FieldType } from '../itemFields';
import { pageOf } from '../lists';
import { blank, missing, Refusal } from '../refusal';
import { checkAdmin } from '../rights';
import type { ClassicRow, EnumValue, Store, UserField } from '../store';
import { fieldSettings } from '../userFieldSettings';
import { asFlag, asList, asMap, asText, asWhole, phpMap } from '../values';
import type { Fields } from '../values';

const LONGEST = 50;
/** The portal's field types and what items make of their values. */
const TYPES: Record<string, FieldType> = {
	string: 'string',
	integer: 'integer',
	double: 'double',
	boolean: 'boolean',
	date: 'date',
	datetime: 'datetime',
	money: 'money',
	url: 'url',
	file: 'file',
	enumeration: 'enumeration',
	employee: 'user',
	crm: 'string',
	crm_status: 'string',
	address: 'string',
	iblock_element: 'integer',
	iblock_section: 'integer',
};
const COLUMNS = [
	'ID',
	'ENTITY_ID',
	'FIELD_NAME',
	'USER_TYPE_ID',
	'XML_ID',
	'SORT',
	'MULTIPLE',
	'MANDATORY',
	'SHOW_FILTER',
	'SHOW_IN_LIST',
	'EDIT_IN_LIST',
	'IS_SEARCHABLE',
];

/** Each kind of card has the same four methods for its own fields (crm/{deals,companies,contacts,leads}/…userfield-*.md). */
const CARDS: Array<[name: string, entityId: string]> = [
	['deal', 'CRM_DEAL'],
	['company', 'CRM_COMPANY'],
	['contact', 'CRM_CONTACT'],
	['lead', 'CRM_LEAD'],
];

const classicMethods = (name: string, entityId: string): Methods => ({
	[`crm.${name}.userfield.add`]: (call) => {
		checkAdmin(call.user);
		const fields = fieldsParam(call);
		if (asText(fields.FIELD_NAME) === '') throw blank("The 'FIELD_NAME' field is not found.");
		if (asText(fields.USER_TYPE_ID) === '') throw blank("The 'USER_TYPE_ID' field is not found.");
		const given = asText(fields.FIELD_NAME);
		const fieldName = given.startsWith('UF_CRM_') ? given : `UF_CRM_${given}`;
		const field = addUserField(call.store, entityId, fieldName, asText(fields.USER_TYPE_ID), {
			multiple: fields.MULTIPLE,
			mandatory: fields.MANDATORY,
			xmlId: fields.XML_ID,
			label: fields.LABEL ?? fields.EDIT_FORM_LABEL,
		});
		return { result: field.id };
	},
	[`crm.${name}.userfield.list`]: (call) => {
		const fields = call.store.userFields.filter((field) => field.entityId === entityId);
		return everyPage(call, fields);
	},
	[`crm.${name}.userfield.update`]: (call) => {
		const field = ownField(call, entityId);
		relabel(call.store, field, fieldsParam(call), ['MANDATORY', 'XML_ID', 'EDIT_FORM_LABEL']);
		return { result: true };
	},
	[`crm.${name}.userfield.delete`]: (call) => {
		remove(call.store, ownField(call, entityId));
		return { result: true };
	},
});

const CLASSIC: Methods = Object.assign(
	{},
	...CARDS.map(([name, entityId]) => classicMethods(name, entityId)),
) as Methods;

/** However many there are, they come at once [recorded answers of others]. */
function everyPage(call: Call, fields: UserField[]): Answer {
	const rows: unknown[] = [];
	let next: number | undefined = 0;
	while (next !== undefined) {
		const params: Fields = { ...call.params, start: next };
		const page: Answer = classicList({ ...call, params }, fields.map(classicRow), COLUMNS);
		rows.push(...(asList(page.result) ?? []));
		next = page.next;
	}
	return { result: rows.map((row) => withMaps(fields, asMap(row) ?? {})), total: rows.length };
}

/** SETTINGS and, of a list, its values stand beside the string columns. */
function withMaps(fields: UserField[], row: Fields): Fields {
	const field = fields.find((known) => String(known.id) === row.ID);
	if (!field) return row;
	const SETTINGS = phpMap(Object.entries(field.settings));
	if (field.type !== 'enumeration') return { ...row, SETTINGS };
	const LIST = field.values.map(({ id, sort, value, def, xmlId }) => ({
		ID: String(id),
		SORT: String(sort),
		VALUE: value,
		DEF: def,
		XML_ID: xmlId,
	}));
	return { ...row, SETTINGS, LIST };
}

export const userFieldMethods: Methods = {
	...CLASSIC,
	'userfieldconfig.get': (call) => ({
		result: {
			field: config(configField(call, 'You do not have permission to view user field settings')),
		},
	}),
	'userfieldconfig.update': (call) => {
		const found = configField(call, 'You cannot change the settings of the user field');
		const field = asMap(call.params.field);
		if (!field) throw missing('field');
		relabel(call.store, found, field, ['mandatory', 'xmlId', 'editFormLabel']);
		return { result: { field: config(found) } };
	},
	'userfieldconfig.delete': (call) => {
		remove(call.store, configField(call, 'You cannot delete the user field'));
		return { result: null };
	},
	'userfieldconfig.add': addConfig,
	'userfieldconfig.list': (call) => {
		checkModule(call);
		const entityId = asMap(call.params.filter)?.entityId;
		const found = call.store.userFields.filter(
			(field) => entityId === undefined || field.entityId === asText(entityId),
		);
		const page = pageOf(found, call.params.start, call.switches, 'newer');
		return { result: { fields: page.rows.map(listedConfig) }, total: page.total, next: page.next };
	},
};

function addConfig(call: Call): { result: unknown } {
	checkModule(call);
	if (!call.user.admin) throw blank('You cannot create user fields');
	const field = asMap(call.params.field);
	if (!field) throw missing('field');
	const entityId = asText(field.entityId);
	if (!call.store.types.some((type) => type.userFieldEntity === entityId)) {
		throw blank('You cannot create user fields');
	}
	const fieldName = asText(field.fieldName);
	if (fieldName === '') throw blank("The 'FIELD_NAME' field is not found.");
	if (asText(field.userTypeId) === '') throw blank("The 'USER_TYPE_ID' field is not found.");
	const prefix = call.switches.userFieldConfigPrefix.replace('{entityId}', entityId);
	if (!fieldName.startsWith(prefix)) throw blank('You cannot create user fields');
	const known = call.store.userFields.some(
		(own) => own.entityId === entityId && own.fieldName === fieldName,
	);
	if (known) throw blank(`Field ${fieldName} already exists.`);
	const captions = asMap(field.editFormLabel);
	const added = addUserField(call.store, entityId, fieldName, asText(field.userTypeId), {
		multiple: field.multiple,
		mandatory: field.mandatory,
		xmlId: field.xmlId,
		label: captions?.ru ?? captions?.en,
		labels: captions,
		settings: field.settings,
		values: field.enum,
	});
	return { result: { field: config(added) } };
}

/** A field of another object is refused as if rights were lacking (crm-deal-userfield-update.md). */
function ownField(call: Call, entityId: string): UserField {
	const id = idParam(call);
	checkAdmin(call.user);
	const field = call.store.userFields.find((known) => known.id === id);
	if (!field) {
		throw new Refusal(400, 'ERROR_NOT_FOUND', `The entity with ID '${id}' is not found`);
	}
	if (field.entityId !== entityId) throw blank('Access denied.');
	return field;
}

function configField(call: Call, refusal: string): UserField {
	checkModule(call);
	const id = asWhole(call.params.id);
	const field = call.store.userFields.find((known) => known.id === id);
	if (!field || !call.user.admin) throw blank(refusal);
	return field;
}

/** Name, type and multiplicity stay as they were made. */
function relabel(
	store: Store,
	field: UserField,
	fields: Fields,
	[mandatory, xmlId, label]: string[],
): void {
	store.userFields = [...store.userFields];
	if (mandatory in fields) field.mandatory = asFlag(fields[mandatory]) ?? field.mandatory;
	if (xmlId in fields) field.xmlId = asText(fields[xmlId]) || null;
	if (!(label in fields)) return;
	const captions = asMap(fields[label]);
	field.labels = captions ?? null;
	field.label = captions ? asText(captions.ru ?? captions.en) : asText(fields[label]);
}

function remove(store: Store, field: UserField): void {
	store.userFields = store.userFields.filter((known) => known !== field);
}

function checkModule({ params }: Call): void {
	if (params.moduleId === undefined) throw missing('moduleId');
	if (params.moduleId !== 'crm') throw blank('No settings for UserFieldAccess');
}

/** Also the hand of the administrator in the field settings. */
export function addUserField(
	store: Store,
	entityId: string,
	fieldName: string,
	userTypeId: string,
	extra: Fields = {},
): UserField {
	if (fieldName.length > LONGEST) {
		throw new Refusal(400, 'ERROR_CORE', 'The field name is too long (more than 50 characters).');
	}
	if (!/^UF_[A-Z0-9_]+$/.test(fieldName)) {
		throw new Refusal(
			400,
			'ERROR_CORE',
			'The field name contains invalid characters. Allowed: A-Z, 0-9 and _.',
		);
	}
	const type = Object.hasOwn(TYPES, userTypeId) ? TYPES[userTypeId] : undefined;
	if (!type) throw new Refusal(400, 'ERROR_CORE', 'An invalid user type is specified.');
	if (
		store.userFields.some((field) => field.entityId === entityId && field.fieldName === fieldName)
	) {
		throw new Refusal(
			400,
			'ERROR_CORE',
			`Field ${fieldName} for entity ${entityId} already exists.`,
		);
	}
	const field: UserField = {
		id: store.nextId('userField', 6953),
		entityId,
		fieldName,
		userTypeId,
		type,
		xmlId: asText(extra.xmlId) || null,
		multiple: asFlag(extra.multiple) ?? 'N',
		mandatory: asFlag(extra.mandatory) ?? 'N',
		label: typeof extra.label === 'string' ? extra.label : null,
		labels: asMap(extra.labels) ?? null,
		settings: fieldSettings(userTypeId, extra.settings),
		values: enumValues(store, extra.values),
	};
	store.userFields = [...store.userFields, field];
	return field;
}

/** Values of a list; without an external code the portal makes one up. */
function enumValues(store: Store, given: unknown): EnumValue[] {
	return (asList(given) ?? []).map((entry, index) => {
		const id = store.nextId('enumValue', 3671);
		const { value, def, sort, xmlId } = asMap(entry) ?? {};
		return {
			id,
			value: asText(value),
			def: asFlag(def) ?? 'N',
			sort: asWhole(sort) ?? (index + 1) * 100,
			xmlId: asText(xmlId) || randomBytes(16).toString('hex'),
		};
	});
}

function classicRow(field: UserField): ClassicRow {
	return {
		ID: String(field.id),
		ENTITY_ID: field.entityId,
		FIELD_NAME: field.fieldName,
		USER_TYPE_ID: field.userTypeId,
		XML_ID: field.xmlId,
		SORT: '100',
		MULTIPLE: field.multiple,
		MANDATORY: field.mandatory,
		SHOW_FILTER: 'N',
		SHOW_IN_LIST: 'Y',
		EDIT_IN_LIST: 'Y',
		IS_SEARCHABLE: 'N',
	};
}

function config(field: UserField): Fields {
	return {
		id: String(field.id),
		entityId: field.entityId,
		fieldName: field.fieldName,
		userTypeId: field.userTypeId,
		xmlId: field.xmlId,
		sort: '100',
		multiple: field.multiple,
		mandatory: field.mandatory,
		showFilter: 'N',
		showInList: 'Y',
		editInList: 'Y',
		isSearchable: 'N',
		settings: phpMap(Object.entries(field.settings)),
		languageId: { en: 'en', ru: 'ru' },
		editFormLabel: field.labels ?? labels(field.label),
		listColumnLabel: labels(null),
		listFilterLabel: labels(null),
		errorMessage: labels(null),
		helpMessage: labels(null),
		...(field.type === 'enumeration' && {
			enum: field.values.map((value) => listed(field, value)),
		}),
	};
}

/** The page of the list shows no values of lists. */
function listedConfig(field: UserField): Fields {
	const { enum: _values, ...shown } = config(field);
	return shown;
}

function labels(text: string | null): Fields {
	return { en: text, ru: text };
}

function listed(field: UserField, { id, value, def, sort, xmlId }: EnumValue): Fields {
	return { id: String(id), userFieldId: String(field.id), value, def, sort: String(sort), xmlId };
}
