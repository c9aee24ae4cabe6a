/** A buyer as 1C knows it: what the CRM shows of it, and what tells it from its look-alikes. */
import { isAccountOf, isInn, isKpp, isOgrn } from './identity';

export type PartyKind = 'legal' | 'entrepreneur' | 'person';

export interface BankAccount {
	ref: string;
	bank: string;
	bik: string;
	number: string;
	correspondent: string;
	/** ISO 4217 letters; empty when 1C names none. */
	currency: string;
}

export interface Party {
	ref: string;
	code: string;
	name: string;
	fullName: string;
	kind: PartyKind;
	inn: string;
	kpp: string;
	ogrn: string;
	folder: string | null;
	/** «Покупатели / Опт». */
	path: string;
	deletionMark: boolean;
	/** Another counterparty this one belongs to. */
	head: string | null;
	/** +74951234567, or +74951234567#12 with an extension, where it is a whole number; else as it was written. */
	phones: string[];
	emails: string[];
	legalAddress: string;
	actualAddress: string;
	accounts: BankAccount[];
	mainContract: string;
}

/** «Опт / ООО Ромашка (код 000000012)»: how people tell look-alikes apart. */
export const partyTitle = ({ path, name, code }: Party): string =>
	`${path ? `${path} / ` : ''}${name} (код ${code})`;

const wrong = (what: string, value: string, isRight: boolean): string[] =>
	value === '' || isRight ? [] : [`${what} ${value}`];

/** Business keys that cannot be right. They are shown as 1C has them, but never used to suggest anything. */
export const partyFlaws = ({ inn, kpp, ogrn, accounts }: Party): string[] => [
	...wrong('ИНН', inn, isInn(inn)),
	...wrong('КПП', kpp, isKpp(kpp)),
	...wrong('ОГРН', ogrn, isOgrn(ogrn)),
	...accounts.flatMap(({ bik, number }) =>
		wrong(`счет (БИК ${bik})`, number, isAccountOf(bik, number)),
	),
];

const ENTREPRENEUR = /^(ИП|И\.П\.|ПБОЮЛ|индивидуальный предприниматель)(?![\p{L}\d])/iu;

/**
 * УТ 10.3 knows legal entities and people only. An entrepreneur is told by what people write: twelve digits of ИНН in a
 * legal entity, fifteen of ОГРНИП, or a name that says so.
 */
export const partyKind = (
	isPerson: boolean,
	named: Pick<Party, 'name' | 'fullName' | 'inn' | 'ogrn'>,
): PartyKind => {
	const { name, fullName, inn, ogrn } = named;
	const says = ENTREPRENEUR.test(name) || ENTREPRENEUR.test(fullName) || ogrn.length === 15;
	if (isPerson) return says ? 'entrepreneur' : 'person';
	return says || inn.length === 12 ? 'entrepreneur' : 'legal';
};

export interface PersonName {
	last: string;
	first: string;
	second: string;
}

/** «Иванов Иван Иванович»; a single word is a first name. */
export const personName = (name: string): PersonName => {
	const [last = '', first = '', ...second] = name.trim().split(/\s+/);
	return first ? { last, first, second: second.join(' ') } : { last: '', first: last, second: '' };
};
