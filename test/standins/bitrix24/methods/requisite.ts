/**
 * crm.requisite.*, crm.requisite.bankdetail.*, crm.requisite.preset.list
 * Imitates: crm/requisites/**.md of the Russian docs (reference §2.9): flat upper-case strings, blank codes,
 * lists that ignore unknown filter fields.
 * Does not imitate: presets' field lists, hiding of fields outside a preset, other countries.
 */
import { isoAt } from '../clock';
import type { Call, Methods } from '../call';
import { classicList, classicValue, fieldsParam, idParam } from '../classic';
import { COMPANY, CONTACT } from '../entityTypes';
import { blank } from '../refusal';
import { addressId } from '../store';
import type { ClassicRow, Store } from '../store';
import { asText, asWhole } from '../values';
import type { Fields } from '../values';

const PRESET_COLUMNS = ['ID', 'ENTITY_TYPE_ID', 'COUNTRY_ID', 'NAME', 'XML_ID', 'ACTIVE', 'SORT'];
const BASE = [
	'ID',
	'ENTITY_TYPE_ID',
	'ENTITY_ID',
	'COUNTRY_ID',
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
const BANK_COLUMNS = [
	...BASE,
	'RQ_BANK_NAME',
	'RQ_BANK_ADDR',
	'RQ_BIK',
	'RQ_ACC_NUM',
	'RQ_COR_ACC_NUM',
	'RQ_ACC_CURRENCY',
	'RQ_SWIFT',
	'RQ_IBAN',
	'RQ_BIC',
	'COMMENTS',
];
/** Set by the portal, never by a caller. */
const OWN = ['ID', 'COUNTRY_ID', 'DATE_CREATE', 'DATE_MODIFY', 'CREATED_BY_ID', 'MODIFY_BY_ID'];

const IMMUTABLE = ['ENTITY_TYPE_ID', 'ENTITY_ID', 'PRESET_ID'];

export const requisiteMethods: Methods = {
	'crm.requisite.preset.list': (call) => classicList(call, call.store.presets, PRESET_COLUMNS),
	'crm.requisite.list': (call) =>
		classicList(call, call.store.requisites.candidates(call.params.filter), REQUISITE_COLUMNS),
	'crm.requisite.get': (call) => ({
		result: whole(requisiteById(call.store, idParam(call)), REQUISITE_COLUMNS),
	}),
	'crm.requisite.add': (call) => {
		const id = addRequisite(call.store, fieldsParam(call), call.userId, isoAt(call.now()));
		call.events.fire('ONCRMREQUISITEADD', { ID: String(id) }, call.userId);
		return { result: id };
	},
	'crm.requisite.update': (call) => {
		const requisite = requisiteById(call.store, idParam(call));
		const fields = fieldsParam(call);
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
		Object.assign(detail, changes(call, fieldsParam(call), BANK_COLUMNS));
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
	const preset = store.presets.find((known) => known.ID === asText(fields.PRESET_ID));
	if (!preset) throw blank('PRESET_ID is not defined or invalid.');
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
		COUNTRY_ID: preset.COUNTRY_ID,
	});
	return id;
}

function addBankDetail(call: Call): number {
	const fields = fieldsParam(call);
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
		ENTITY_TYPE_ID: '8',
		ENTITY_ID: owner.ID,
		COUNTRY_ID: owner.COUNTRY_ID,
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

function described(columns: string[]): Fields {
	return Object.fromEntries(
		columns.map((name) => [
			name,
			{
				type: /(^|_)(ID|SORT)$/.test(name)
					? 'integer'
					: /^DATE_/.test(name)
						? 'datetime'
						: 'string',
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
