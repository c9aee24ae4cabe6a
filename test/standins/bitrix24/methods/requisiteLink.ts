/**
 * crm.requisite.link.* and crm.address.*
 * Imitates: crm/requisites/links/*.md and addresses/*.md (reference §2.9): all six ids of a link, ownership
 * checks, an answer that mixes numbers and strings; one address of a type.
 * Does not imitate: addresses of leads, the location service behind LOC_ADDR_ID.
 */
import type { Call, Methods } from '../call';
import { classicList, classicValue, fieldsParam } from '../classic';
import { DEAL, QUOTE, REQUISITE, SMART_INVOICE } from '../entityTypes';
import { blank } from '../refusal';
import { addressId } from '../store';
import type { ClassicRow } from '../store';
import { asList, asText, asWhole } from '../values';
import type { Fields } from '../values';
import { requisiteById } from './requisite';

const LINK = [
	'ENTITY_TYPE_ID',
	'ENTITY_ID',
	'REQUISITE_ID',
	'BANK_DETAIL_ID',
	'MC_REQUISITE_ID',
	'MC_BANK_DETAIL_ID',
];
const LINKABLE = [DEAL, QUOTE, SMART_INVOICE];
const ADDRESS = [
	'TYPE_ID',
	'ENTITY_TYPE_ID',
	'ENTITY_ID',
	'ADDRESS_1',
	'ADDRESS_2',
	'CITY',
	'POSTAL_CODE',
	'REGION',
	'PROVINCE',
	'COUNTRY',
	'COUNTRY_CODE',
	'LOC_ADDR_ID',
	'ANCHOR_TYPE_ID',
	'ANCHOR_ID',
];
const ADDRESS_TYPES = ['1', '4', '6', '8', '9', '11'];

export const requisiteLinkMethods: Methods = {
	'crm.requisite.link.register': register,
	'crm.requisite.link.get': ({ params, store }) => {
		const entityTypeId = asWhole(params.entityTypeId);
		const entityId = asWhole(params.entityId);
		if (!entityTypeId) throw blank('entityTypeId is not defined or invalid');
		if (!entityId) throw blank('entityId is not defined or invalid');
		const link = store.requisiteLinks.find((known) => belongs(known, entityTypeId, entityId));
		if (!link) throw blank('Not found');
		return { result: { ...link, ENTITY_TYPE_ID: entityTypeId, ENTITY_ID: entityId } };
	},
	'crm.requisite.link.list': (call) =>
		classicList(call, call.store.requisiteLinks, LINK, 'ENTITY_ID', 'byOffset'),
	'crm.requisite.link.unregister': ({ params, store }) => {
		const entityTypeId = asWhole(params.entityTypeId);
		const entityId = asWhole(params.entityId);
		if (!entityTypeId) throw blank('entityTypeId is not defined or invalid.');
		if (!entityId) throw blank('entityId is not defined or invalid.');
		store.requisiteLinks = store.requisiteLinks.filter(
			(known) => !belongs(known, entityTypeId, entityId),
		);
		return { result: true };
	},
	'crm.address.update': (call) => {
		const fields = fieldsParam(call);
		const address = addressOf(call, fields);
		const changeable = ADDRESS.slice(3).filter((name) => !name.startsWith('ANCHOR'));
		for (const name of changeable) {
			if (name in fields) address[name] = classicValue(fields[name], false);
		}
		return { result: true };
	},
	'crm.address.delete': (call) => {
		const address = addressOf(call, fieldsParam(call));
		call.store.addresses.remove(addressId(address));
		const { TYPE_ID, ENTITY_TYPE_ID, ENTITY_ID } = address;
		const fields = {
			TYPE_ID: asText(TYPE_ID),
			ENTITY_TYPE_ID: asText(ENTITY_TYPE_ID),
			ENTITY_ID: asText(ENTITY_ID),
		};
		call.events.fire('ONCRMADDRESSUNREGISTER', fields, call.userId);
		return { result: true };
	},
	'crm.address.add': addAddress,
	'crm.address.list': (call) => {
		const answer = classicList(call, call.store.addresses, ADDRESS, 'ID', 'byOffset');
		if (call.switches.addressTotal === 'counted') return answer;
		return { result: answer.result, total: asList(answer.result)?.length ?? 0 };
	},
};

function belongs(link: ClassicRow, entityTypeId: number, entityId: number): boolean {
	return link.ENTITY_TYPE_ID === String(entityTypeId) && link.ENTITY_ID === String(entityId);
}

function register(call: Call): { result: unknown } {
	const fields = fieldsParam(call);
	for (const name of LINK) {
		const id = asWhole(fields[name]);
		if (id === undefined || id < 0) throw blank(`${name} is not defined or invalid`);
	}
	const entityTypeId = asWhole(fields.ENTITY_TYPE_ID) ?? 0;
	const entityId = asWhole(fields.ENTITY_ID) ?? 0;
	if (!LINKABLE.includes(entityTypeId)) throw blank('ENTITY_TYPE_ID is not defined or invalid');
	const item = call.store.item(entityTypeId, entityId);
	if (!item) throw blank('Entity is not found');
	checkClient(call, fields, Number(item.companyId ?? 0), Number(item.contactId ?? 0));
	checkMyCompany(call, fields, Number(item.mycompanyId ?? 0));
	const link = Object.fromEntries(LINK.map((name) => [name, String(asWhole(fields[name]))]));
	const at = call.store.requisiteLinks.findIndex((known) => belongs(known, entityTypeId, entityId));
	if (at < 0) call.store.requisiteLinks.push(link);
	else call.store.requisiteLinks[at] = link;
	return { result: true };
}

function checkClient(call: Call, fields: Fields, companyId: number, contactId: number): void {
	const requisiteId = asWhole(fields.REQUISITE_ID) ?? 0;
	if (requisiteId > 0) {
		const requisite = requisiteById(call.store, requisiteId);
		const owner = Number(requisite.ENTITY_ID);
		const ofCompany = requisite.ENTITY_TYPE_ID === '4' && owner === companyId;
		const ofContact = requisite.ENTITY_TYPE_ID === '3' && owner === contactId;
		if (!ofCompany && !ofContact) {
			throw blank(
				`The Requisite with ID '${requisiteId}' is not assigned to Company with ID '${companyId}'`,
			);
		}
	}
	checkBankDetail(call, asWhole(fields.BANK_DETAIL_ID) ?? 0, requisiteId);
}

function checkMyCompany(call: Call, fields: Fields, myCompanyId: number): void {
	const requisiteId = asWhole(fields.MC_REQUISITE_ID) ?? 0;
	if (requisiteId > 0) {
		const requisite = call.store.requisites.get(requisiteId);
		if (!requisite)
			throw blank(`The Requisite of your company with ID '${requisiteId}' is not found`);
		if (Number(requisite.ENTITY_ID) !== myCompanyId) {
			throw blank(
				`The Requisite with ID '${requisiteId}' is not assigned to your company with ID '${myCompanyId}'`,
			);
		}
	}
	checkBankDetail(call, asWhole(fields.MC_BANK_DETAIL_ID) ?? 0, requisiteId);
}

function checkBankDetail(call: Call, bankDetailId: number, requisiteId: number): void {
	if (bankDetailId === 0) return;
	const detail = call.store.bankDetails.get(bankDetailId);
	if (!detail) throw blank(`The BankDetail with ID '${bankDetailId}' is not found`);
	if (detail.ENTITY_ID !== String(requisiteId)) {
		throw blank(
			`The BankDetail with ID '${bankDetailId}' is not assigned to Requisite with ID '${requisiteId}'`,
		);
	}
}

function addressOf(call: Call, fields: Fields): ClassicRow {
	for (const name of ['TYPE_ID', 'ENTITY_TYPE_ID', 'ENTITY_ID']) {
		if ((asWhole(fields[name]) ?? 0) <= 0) throw blank(`${name} is not defined or invalid.`);
	}
	const address = call.store.addresses.get(addressId(fields as ClassicRow));
	if (address?.ENTITY_TYPE_ID !== asText(fields.ENTITY_TYPE_ID))
		throw blank('TypeAddress not found.');
	return address;
}

function addAddress(call: Call): { result: unknown } {
	const fields = fieldsParam(call);
	if (!ADDRESS_TYPES.includes(asText(fields.TYPE_ID)))
		throw blank('TYPE_ID is not defined or invalid.');
	if (asWhole(fields.ENTITY_TYPE_ID) !== REQUISITE)
		throw blank('ENTITY_TYPE_ID is not defined or invalid.');
	const owner = call.store.requisites.get(asWhole(fields.ENTITY_ID));
	if (!owner) throw blank('ENTITY_ID is not defined or invalid.');
	const address: ClassicRow = {
		...Object.fromEntries(ADDRESS.map((name) => [name, classicValue(fields[name], false)])),
		ENTITY_ID: owner.ID,
	};
	if (call.store.addresses.get(addressId(address))) throw blank('TypeAddress exists');
	call.store.addresses.put({
		...address,
		ANCHOR_TYPE_ID: owner.ENTITY_TYPE_ID,
		ANCHOR_ID: owner.ENTITY_ID,
	});
	return { result: true };
}
