/**
 * crm.requisite.*, crm.requisite.bankdetail.*, crm.requisite.preset.list, crm.requisite.preset.field.list
 * Imitates: crm/requisites/**.md of the Russian docs (reference §2.9): flat upper-case strings, blank codes,
 * lists that ignore unknown filter fields; texts longer than their column are refused (seen in public copies of the
 * server's modules).
 * Does not imitate: hiding of fields outside a preset, other countries, the words of the refusal of a long text.
 */
import { isoAt } from '../clock';
import type { Call, Methods } from '../call';
import { classicList, classicValue, fieldsParam, idParam } from '../classic';
import { COMPANY, CONTACT } from '../entityTypes';
import { blank } from '../refusal';
import { addressId } from '../store';
import type { ClassicRow, Store } from '../store';
import { asMap, asText, asWhole } from '../values';
import type { Fields } from '../values';

const PRESET_COLUMNS = ['ID', 'ENTITY_TYPE_ID', 'COUNTRY_ID', 'NAME', 'XML_ID', 'ACTIVE', 'SORT'];
const BASE = [
	'ID',
	'ENTITY_ID',
	'DATE_CREATE',
	'DATE_MODIFY',
	'CREATED_BY_ID',
	'MODIFY_BY_ID',
	'NAME',
	'CODE',
	'XML_ID',
	'ORIGINATOR_ID',
	'ACTIVE',
	'SORT',
];
const REQUISITE_COLUMNS = [
	...BASE,
	'ENTITY_TYPE_ID',
	'PRESET_ID',
	'ADDRESS_ONLY',
	'RQ_NAME',
	'RQ_FIRST_NAME',
	'RQ_LAST_NAME',
	'RQ_SECOND_NAME',
	'RQ_COMPANY_NAME',
	'RQ_COMPANY_FULL_NAME',
	'RQ_COMPANY_REG_DATE',
	'RQ_DIRECTOR',
	'RQ_ACCOUNTANT',
	'RQ_CEO_NAME',
	'RQ_CEO_WORK_POS',
	'RQ_CONTACT',
	'RQ_EMAIL',
	'RQ_PHONE',
	'RQ_IDENT_DOC',
	'RQ_IDENT_DOC_SER',
	'RQ_IDENT_DOC_NUM',
	'RQ_IDENT_DOC_DATE',
	'RQ_IDENT_DOC_ISSUED_BY',
	'RQ_INN',
	'RQ_KPP',
	'RQ_IFNS',
	'RQ_OGRN',
	'RQ_OGRNIP',
	'RQ_OKPO',
	'RQ_OKTMO',
	'RQ_OKVED',
	...`RQ_COMPANY_ID RQ_FAX RQ_IDENT_TYPE RQ_IDENT_DOC_PERS_NUM RQ_IDENT_DOC_DEP_CODE RQ_USRLE RQ_EDRPOU
	RQ_DRFO RQ_KBE RQ_IIN RQ_BIN RQ_ST_CERT_SER RQ_ST_CERT_NUM RQ_ST_CERT_DATE RQ_VAT_PAYER RQ_VAT_ID
	RQ_VAT_CERT_SER RQ_VAT_CERT_NUM RQ_VAT_CERT_DATE RQ_RESIDENCE_COUNTRY RQ_BASE_DOC RQ_REGON RQ_KRS
	RQ_PESEL RQ_LEGAL_FORM RQ_SIRET RQ_SIREN RQ_CAPITAL RQ_RCS RQ_CNPJ RQ_STATE_REG RQ_MNPL_REG
	RQ_CPF`.split(/\s+/),
];
/** As crm-requisite-bank-detail-get.md shows them. */
const BANK_COLUMNS = [
	...BASE,
	'COUNTRY_ID',
	...`RQ_BANK_NAME RQ_BANK_CODE RQ_BANK_ADDR RQ_BANK_ROUTE_NUM RQ_BIK RQ_MFO RQ_ACC_NAME RQ_ACC_NUM RQ_ACC_TYPE
	RQ_IIK RQ_ACC_CURRENCY RQ_COR_ACC_NUM RQ_IBAN RQ_SWIFT RQ_BIC RQ_CODEB RQ_CODEG RQ_RIB
	RQ_AGENCY_NAME`.split(/\s+/),
	'COMMENTS',
];

/** Characters a column holds. */
const LENGTHS: Record<string, number> = {
	NAME: 150,
	RQ_NAME: 150,
	RQ_COMPANY_NAME: 255,
	RQ_COMPANY_FULL_NAME: 300,
	RQ_DIRECTOR: 150,
	RQ_KPP: 9,
	RQ_OGRN: 13,
};

/** Set by the portal, never by a caller. */
const OWN = ['ID', 'COUNTRY_ID', 'DATE_CREATE', 'DATE_MODIFY', 'CREATED_BY_ID', 'MODIFY_BY_ID'];

const IMMUTABLE = ['ENTITY_TYPE_ID', 'ENTITY_ID', 'PRESET_ID'];

export const requisiteMethods: Methods = {
	'crm.requisite.preset.list': (call) => classicList(call, call.store.presets, PRESET_COLUMNS),
	'crm.requisite.preset.field.list': presetFields,
	'crm.requisite.list': (call) =>
		classicList(call, call.store.requisites.candidates(call.params.filter), REQUISITE_COLUMNS),
	'crm.requisite.get': (call) => ({
		result: whole(requisiteById(call.store, idParam(call)), REQUISITE_COLUMNS),
	}),
	'crm.requisite.add': (call) => {
		const id = addRequisite(call.store, fittingFields(call), call.userId, isoAt(call.now()));
		call.events.fire('ONCRMREQUISITEADD', { ID: String(id) }, call.userId);
		return { result: id };
	},
	'crm.requisite.update': (call) => {
		const requisite = requisiteById(call.store, idParam(call));
		const fields = fittingFields(call);
		Object.assign(requisite, changes(call, fields, REQUISITE_COLUMNS));
		call.store.requisites.put(requisite);
		call.events.fire('ONCRMREQUISITEUPDATE', { ID: asText(requisite.ID) }, call.userId);
		return { result: true };
	},
	'crm.requisite.delete': (call) => {
		const requisite = requisiteById(call.store, idParam(call));
		call.store.requisites.remove(Number(requisite.ID));
		for (const detail of call.store.bankDetails.under('ENTITY_ID', requisite.ID)) {
			call.store.bankDetails.remove(Number(detail.ID));
		}
		for (const address of call.store.addresses.under('ENTITY_ID', requisite.ID)) {
			call.store.addresses.remove(addressId(address));
		}
		call.events.fire('ONCRMREQUISITEDELETE', { ID: asText(requisite.ID) }, call.userId);
		return { result: true };
	},
	'crm.requisite.fields': () => ({ result: described(REQUISITE_COLUMNS) }),
	'crm.requisite.bankdetail.fields': () => ({ result: described(BANK_COLUMNS) }),
	'crm.requisite.bankdetail.get': (call) => ({ result: whole(bankDetailById(call), BANK_COLUMNS) }),
	'crm.requisite.bankdetail.update': (call) => {
		const detail = bankDetailById(call);
		Object.assign(detail, changes(call, fittingFields(call), BANK_COLUMNS));
		call.store.bankDetails.put(detail);
		call.events.fire('ONCRMBANKDETAILUPDATE', { ID: asText(detail.ID) }, call.userId);
		return { result: true };
	},
	'crm.requisite.bankdetail.delete': (call) => {
		const detail = bankDetailById(call);
		call.store.bankDetails.remove(Number(detail.ID));
		call.events.fire('ONCRMBANKDETAILDELETE', { ID: asText(detail.ID) }, call.userId);
		return { result: true };
	},
	'crm.requisite.bankdetail.list': (call) =>
		classicList(call, call.store.bankDetails.candidates(call.params.filter), BANK_COLUMNS),
	'crm.requisite.bankdetail.add': (call) => ({ result: addBankDetail(call) }),
};

function presetFields({ params, store }: Call): { result: unknown } {
	const id = asText(asMap(params.preset)?.ID);
	const preset = store.presets.find((known) => known.ID === id);
	if (!preset) throw blank(`The Preset with ID '${id}' is not found`);
	const names = asText(preset.FIELDS).split(/\s+/).filter(Boolean);
	return {
		result: names.map((name, index) => ({
			ID: index + 1,
			FIELD_NAME: name,
			FIELD_TITLE: '',
			IN_SHORT_LIST: 'N',
			SORT: 510 + 10 * index,
		})),
	};
}

export function requisiteById(store: Store, id: number): ClassicRow {
	const found = store.requisites.get(id);
	if (!found) throw blank(`The Requisite with ID '${id}' is not found`);
	return found;
}

/** Also the hand of the administrator, who fills in the same form. */
export function addRequisite(store: Store, fields: Fields, userId: number, iso: string): number {
	const entityTypeId = asWhole(fields.ENTITY_TYPE_ID);
	if (entityTypeId !== COMPANY && entityTypeId !== CONTACT) {
		throw blank('ENTITY_TYPE_ID is not defined or invalid.');
	}
	const entityId = asWhole(fields.ENTITY_ID);
	if (entityId === undefined || entityId <= 0) throw blank('ENTITY_ID is not defined or invalid.');
	/** Whether there is such a preset is not checked (commit 9888d80 of bitrix-tools/b24-rest-docs). */
	const preset = asWhole(fields.PRESET_ID);
	if (preset === undefined || preset <= 0) throw blank('PRESET_ID is not defined or invalid.');
	if (asText(fields.NAME) === '') throw blank('The field NAME is required.');
	if (!store.item(entityTypeId, entityId)) throw blank('Entity not found.');
	const id = store.nextId('requisite', 27);
	store.requisites.put({
		ACTIVE: 'Y',
		ADDRESS_ONLY: 'N',
		SORT: '500',
		...written(fields, REQUISITE_COLUMNS),
		...creationMarks(id, userId, iso),
		ENTITY_ID: String(entityId),
	});
	return id;
}

function addBankDetail(call: Call): number {
	const fields = fittingFields(call);
	const requisiteId = asWhole(fields.ENTITY_ID);
	const owner = call.store.requisites.get(requisiteId);
	if (!owner) throw blank('ENTITY_ID is not defined or invalid.');
	if (asText(fields.NAME) === '') throw blank('The field NAME is required.');
	const id = call.store.nextId('bankDetail', 11);
	call.store.bankDetails.put({
		ACTIVE: 'Y',
		SORT: '500',
		...written(fields, BANK_COLUMNS),
		...creationMarks(id, call.userId, isoAt(call.now())),
		ENTITY_ID: owner.ID,
		COUNTRY_ID: call.store.presets.find(({ ID }) => ID === owner.PRESET_ID)?.COUNTRY_ID ?? '0',
	});
	call.events.fire('ONCRMBANKDETAILADD', { ID: String(id) }, call.userId);
	return id;
}

function bankDetailById(call: Call): ClassicRow {
	const id = idParam(call);
	const found = call.store.bankDetails.get(id);
	if (!found) throw blank(`The RequisiteBankDetail with ID '${id}' is not found`);
	return found;
}

/** Rows keep what was filled in; an answer shows every column. */
function whole(row: ClassicRow, columns: string[]): ClassicRow {
	return Object.fromEntries(columns.map((name) => [name, row[name] ?? null]));
}

function written(fields: Fields, columns: string[]): ClassicRow {
	const writable = Object.keys(fields).filter(
		(name) => columns.includes(name) && !OWN.includes(name),
	);
	return Object.fromEntries(writable.map((name) => [name, classicValue(fields[name], false)]));
}

/** The fields of a call, none of them too long for its column. */
function fittingFields(call: Call): Fields {
	const fields = fieldsParam(call);
	if (call.switches.requisiteLengths === 'unchecked') return fields;
	for (const [name, most] of Object.entries(LENGTHS)) {
		if ([...asText(fields[name])].length <= most) continue;
		throw blank(`The field "${name}" is longer than ${most} characters.`);
	}
	return fields;
}

function creationMarks(id: number, userId: number, iso: string): ClassicRow {
	return {
		ID: String(id),
		DATE_CREATE: iso,
		DATE_MODIFY: '',
		CREATED_BY_ID: String(userId),
		MODIFY_BY_ID: null,
	};
}

/** The owner and the preset are set once and for all. */
function changes(call: Call, fields: Fields, columns: string[]): ClassicRow {
	const changeable = columns.filter((name) => !IMMUTABLE.includes(name));
	return {
		...written(fields, changeable),
		DATE_MODIFY: isoAt(call.now()),
		MODIFY_BY_ID: String(call.userId),
	};
}

/** As crm-requisite-fields.md shows them: codes of others are texts, though their names end in ID. */
function typeOf(name: string): string {
	if (/^(ID|SORT|(ENTITY_TYPE|ENTITY|PRESET|COUNTRY)_ID)$/.test(name)) return 'integer';
	if (/_BY_ID$/.test(name)) return 'user';
	if (/^DATE_/.test(name)) return 'datetime';
	return /^(ACTIVE|ADDRESS_ONLY)$/.test(name) ? 'char' : 'string';
}

function described(columns: string[]): Fields {
	return Object.fromEntries(
		columns.map((name) => [
			name,
			{
				type: typeOf(name),
				isRequired: IMMUTABLE.includes(name) || name === 'NAME',
				isReadOnly: OWN.includes(name),
				isImmutable: IMMUTABLE.includes(name),
				isMultiple: false,
				isDynamic: false,
				title: name,
			},
		]),
	);
}
