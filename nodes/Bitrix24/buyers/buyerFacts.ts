/** A buyer of 1C in the words of Bitrix24: fields of the card, the requisite, bank details and addresses. */
import { personName, type BankAccount, type Party } from '../../exchange/party';
import type { CardType } from './buyerCards';
import * as fields from '../setup/fields';
import { cutNames, tooLong } from '../requisites/columns';
import { ACTUAL_ADDRESS, LEGAL_ADDRESS } from './imprint';

export type Fields = Record<string, unknown>;

export const MARKED = 'Помечен на удаление в 1С';
export const GONE = 'Нет в 1С';

const nameFields = (type: CardType, { name }: Party): Fields => {
	if (type === 'company') return { title: name };
	const { last, first, second } = personName(name);
	return { lastName: last, name: first, secondName: second };
};

export const cardFields = (type: CardType, party: Party): Fields => ({
	...nameFields(type, party),
	originatorId: fields.ORIGINATOR,
	originId: party.ref,
	[fields.CODE]: party.code,
	[fields.FOLDER]: party.path,
	[fields.MAIN_CONTRACT]: party.mainContract,
	[fields.STATE]: party.deletionMark ? MARKED : '',
});

export type PresetKind = Party['kind'];

/** Fields outside of a preset would be stored but not shown, so each kind of buyer has its own. */
const wholeRequisite = (party: Party): Fields => {
	const { kind, name, fullName, inn, kpp, ogrn, ref } = party;
	const link = { XML_ID: ref, ORIGINATOR_ID: fields.ORIGINATOR, RQ_INN: inn };
	if (kind === 'legal') {
		const company = { RQ_COMPANY_NAME: name, RQ_COMPANY_FULL_NAME: fullName };
		return { ...link, ...company, RQ_KPP: kpp, RQ_OGRN: ogrn };
	}
	const { last, first, second } = personName(
		fullName.replace(/^(ИП|индивидуальный предприниматель)\s+/i, ''),
	);
	const person = { RQ_LAST_NAME: last, RQ_FIRST_NAME: first, RQ_SECOND_NAME: second };
	if (kind === 'person') return { ...link, ...person };
	return { ...link, ...person, RQ_COMPANY_NAME: name, RQ_OGRNIP: ogrn };
};

/** Names that 1C lets be longer than a requisite holds. */
const NAMES = ['RQ_COMPANY_NAME', 'RQ_COMPANY_FULL_NAME'];

export const requisiteFields = (party: Party): Fields => cutNames(wholeRequisite(party), NAMES);

/** The names of the requisite that are cut, each with the characters that are kept. */
export const cutIn = (party: Party): Array<[name: string, most: number]> =>
	tooLong(wholeRequisite(party), NAMES);

/** A card without keys, accounts and addresses needs no requisite. */
export const needsRequisite = (party: Party): boolean =>
	[party.inn, party.kpp, party.ogrn, party.legalAddress, party.actualAddress].some(Boolean) ||
	party.accounts.length > 0;

export const accountFields = (account: BankAccount): Fields =>
	cutNames(
		{
			XML_ID: account.ref,
			ORIGINATOR_ID: fields.ORIGINATOR,
			NAME: [account.bank, account.number].filter(Boolean).join(', ') || account.ref,
			RQ_BANK_NAME: account.bank,
			RQ_BIK: account.bik,
			RQ_ACC_NUM: account.number,
			RQ_COR_ACC_NUM: account.correspondent,
			RQ_ACC_CURRENCY: account.currency,
		},
		['NAME'],
	);

export interface Address {
	type: number;
	fields: { ADDRESS_1: string; POSTAL_CODE: string };
}

/** 1C leaves commas where parts of an address are missing: «, , Москва». */
const addressFields = (text: string): Address['fields'] => {
	const clean = text.replace(/^[\s,]+/, '').replace(/(,\s*){2,}/g, ', ');
	const [, index = '', rest = clean] = /^(\d{6})\s*,?\s*(.*)$/.exec(clean) ?? [];
	return { ADDRESS_1: rest, POSTAL_CODE: index };
};

/** Both kinds of addresses, those 1C has none of too. */
export const addressesOf = ({
	legalAddress,
	actualAddress,
}: Party): Array<{ type: number; fields: Address['fields'] | null }> => [
	{ type: LEGAL_ADDRESS, fields: legalAddress ? addressFields(legalAddress) : null },
	{ type: ACTUAL_ADDRESS, fields: actualAddress ? addressFields(actualAddress) : null },
];
