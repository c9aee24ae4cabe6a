/**
 * Phones, e-mails and addresses: the register «Контактная информация», where УТ 10.3 keeps them apart from the
 * counterparties [УТ 10.3.88.3 sources]. Kinds people have made themselves have no meaning a program could know, so of
 * addresses only the two predefined kinds are taken, and of phones and e-mails all.
 */
import { z } from 'zod';
import { emailsIn, fullPhonesIn } from '../../exchange/identity';
import type { Party } from '../../exchange/party';
import { guidSchema } from '../../exchange/reference';
import { About } from './about';
import type { OneCClient } from '../odata/client';
import { string } from '../odata/fields';
import { castTo } from '../odata/odata';

const CONTACTS = 'InformationRegister_КонтактнаяИнформация';
const KINDS = 'Catalog_ВидыКонтактнойИнформации';
const COUNTERPARTIES = 'Catalog_Контрагенты';

/** Rows of the register are short. */
const ROWS_A_REQUEST = 2000;

const kindSchema = z
	.object({
		Ref_Key: guidSchema,
		Code: string,
		Predefined: z.boolean().catch(false),
		PredefinedDataName: string,
	})
	.transform((raw) => ({
		ref: raw.Ref_Key,
		code: raw.Predefined ? raw.Code : '',
		name: raw.PredefinedDataName,
	}));
type Kind = z.output<typeof kindSchema>;

/** A platform before 8.3.3 does not name predefined items, but their codes are those of the configuration. */
const isKind =
	(name: string, code: string) =>
	(kind: Kind): boolean =>
		kind.name === name || (kind.name === '' && kind.code === code);

const contactSchema = z
	.object({ Объект: string, Тип: string, Вид: string, Представление: string })
	.transform((raw) => ({
		object: raw.Объект,
		type: raw.Тип,
		kind: raw.Вид.toLowerCase(),
		text: raw.Представление.replace(/\s+/g, ' ').trim(),
	}));
export type Contact = z.output<typeof contactSchema>;

export type ContactFacts = Pick<Party, 'phones' | 'emails' | 'legalAddress' | 'actualAddress'>;

export interface ContactKinds {
	legal: Set<string>;
	actual: Set<string>;
}

export const readContactKinds = async (client: OneCClient): Promise<ContactKinds> => {
	const kinds = await client.list(KINDS, kindSchema);
	const refs = (test: (kind: Kind) => boolean) => new Set(kinds.filter(test).map(({ ref }) => ref));
	return {
		legal: refs(
			(kind) =>
				isKind('ЮрАдресКонтрагента', '000000001')(kind) ||
				isKind('ЮрАдресОрганизации', '000000011')(kind),
		),
		actual: refs(
			(kind) =>
				isKind('ФактАдресКонтрагента', '000000002')(kind) ||
				isKind('ФактАдресОрганизации', '000000009')(kind),
		),
	};
};

const contactsWhere = async (client: OneCClient, filter: string): Promise<Contact[]> =>
	await client.list(
		CONTACTS,
		contactSchema,
		{ filter, select: ['Объект', 'Тип', 'Вид', 'Представление'], orderby: 'Объект,Тип,Вид' },
		ROWS_A_REQUEST,
	);

export const aboutContacts = (client: OneCClient): About<Contact> =>
	new About({
		path: `cast(Объект,'${COUNTERPARTIES}')/`,
		one: (ref) => `Объект eq ${castTo(ref, COUNTERPARTIES)}`,
		objectOf: ({ object }) => object,
		ask: async (filter) => await contactsWhere(client, filter),
	});

/** What is written of one object of any catalog: an organization, a counterparty. */
export const contactsOf = async (
	client: OneCClient,
	{ set, ref }: { set: string; ref: string },
): Promise<Contact[]> => await contactsWhere(client, `Объект eq ${castTo(ref, set)}`);

/** The same facts in the same order whatever order they were read in. */
const distinct = (values: string[]): string[] => [...new Set(values)].sort();

export const contactFacts = (contacts: readonly Contact[], kinds: ContactKinds): ContactFacts => {
	const texts = (type: string): string[] =>
		contacts.filter((contact) => contact.type === type).map(({ text }) => text);
	const address = (of: Set<string>): string =>
		contacts.find(({ type, kind }) => type === 'Адрес' && of.has(kind))?.text ?? '';
	return {
		phones: distinct(texts('Телефон').flatMap(fullPhonesIn)),
		emails: distinct(texts('АдресЭлектроннойПочты').flatMap(emailsIn)),
		legalAddress: address(kinds.legal),
		actualAddress: address(kinds.actual),
	};
};
