/** What a printed invoice says of the objects it refers to, read once per execution [УТ 10.3.88.3 sources]. */
import { z } from 'zod';
import { guidSchema, optionalRefSchema } from '../../../exchange/reference';
import {
	contactFacts,
	contactsOf,
	readContactKinds,
	type Contact,
	type ContactKinds,
} from '../../catalogs/contactFacts';
import { currencyLetters } from '../../catalogs/currencies';
import { Shelf } from '../../catalogs/shelf';
import type { OneCClient } from '../../odata/client';
import { string } from '../../odata/fields';

export const ORGANIZATION_SET = 'Catalog_Организации';
export const COUNTERPARTY_SET = 'Catalog_Контрагенты';

const named = { Ref_Key: guidSchema, Description: string };

const partySchema = z
	.object({ ...named, НаименованиеПолное: string, ИНН: string, КПП: string })
	.transform((raw) => ({
		ref: raw.Ref_Key,
		name: raw.НаименованиеПолное || raw.Description,
		inn: raw.ИНН,
		kpp: raw.КПП,
	}));

const PARTY = ['Ref_Key', 'Description', 'НаименованиеПолное', 'ИНН', 'КПП'];

const accountSchema = z
	.object({ Ref_Key: guidSchema, НомерСчета: string, Банк_Key: optionalRefSchema })
	.transform((raw) => ({ ref: raw.Ref_Key, number: raw.НомерСчета, bank: raw.Банк_Key }));

/** The code of a bank is its БИК. */
const bankSchema = z
	.object({ ...named, Code: string, КоррСчет: string, Город: string })
	.transform((raw) => ({
		ref: raw.Ref_Key,
		bik: raw.Code,
		name: raw.Description,
		correspondent: raw.КоррСчет,
		city: raw.Город,
	}));

const contractSchema = z.object({ ...named, Номер: string, Дата: string }).transform((raw) => ({
	ref: raw.Ref_Key,
	name: raw.Description,
	number: raw.Номер,
	date: raw.Дата.startsWith('0001') ? '' : raw.Дата,
}));

const productSchema = z
	.object({ ...named, НаименованиеПолное: string, Артикул: string })
	.transform((raw) => ({
		ref: raw.Ref_Key,
		name: raw.НаименованиеПолное || raw.Description,
		article: raw.Артикул,
	}));

const nameSchema = z
	.object(named)
	.transform((raw) => ({ ref: raw.Ref_Key, name: raw.Description }));

const refOf = ({ ref }: { ref: string }): string => ref;

const names = (client: OneCClient, set: string) =>
	new Shelf(client, { set, schema: nameSchema, select: ['Ref_Key', 'Description'] }, refOf);

const parties = (client: OneCClient, set: string) =>
	new Shelf(client, { set, schema: partySchema, select: PARTY }, refOf);

/** Reads a piece of work once and gives its result to all who ask. */
const once = <T>(work: () => Promise<T>): (() => Promise<T>) => {
	let result: Promise<T> | undefined;
	return async () => await (result ??= work());
};

export interface ContactBook {
	(owner: { set: string; ref: string }): Promise<{ address: string; phone: string }>;
}

const firstPhone = (contacts: readonly Contact[]): string =>
	contacts.find(({ type }) => type === 'Телефон')?.text ?? '';

const openContactBook = (client: OneCClient, kinds: () => Promise<ContactKinds>): ContactBook => {
	const known = new Map<string, Promise<Contact[]>>();
	return async (owner) => {
		const contacts = known.get(owner.ref) ?? contactsOf(client, owner);
		known.set(owner.ref, contacts);
		const { legalAddress, actualAddress } = contactFacts(await contacts, await kinds());
		return { address: legalAddress || actualAddress, phone: firstPhone(await contacts) };
	};
};

export const openPrintedCatalogs = (client: OneCClient) => ({
	organizations: parties(client, ORGANIZATION_SET),
	counterparties: parties(client, COUNTERPARTY_SET),
	accounts: new Shelf(
		client,
		{
			set: 'Catalog_БанковскиеСчета',
			schema: accountSchema,
			select: ['Ref_Key', 'НомерСчета', 'Банк_Key'],
		},
		refOf,
	),
	banks: new Shelf(
		client,
		{
			set: 'Catalog_Банки',
			schema: bankSchema,
			select: ['Ref_Key', 'Code', 'Description', 'КоррСчет', 'Город'],
		},
		refOf,
	),
	contracts: new Shelf(
		client,
		{
			set: 'Catalog_ДоговорыКонтрагентов',
			schema: contractSchema,
			select: ['Ref_Key', 'Description', 'Номер', 'Дата'],
		},
		refOf,
	),
	products: new Shelf(
		client,
		{
			set: 'Catalog_Номенклатура',
			schema: productSchema,
			select: ['Ref_Key', 'Description', 'НаименованиеПолное', 'Артикул'],
		},
		refOf,
	),
	units: names(client, 'Catalog_ЕдиницыИзмерения'),
	features: names(client, 'Catalog_ХарактеристикиНоменклатуры'),
	users: names(client, 'Catalog_Пользователи'),
	contactsOf: openContactBook(
		client,
		once(async () => await readContactKinds(client)),
	),
	currencyLetters: once(async () => await currencyLetters(client)),
});

export type PrintedCatalogs = ReturnType<typeof openPrintedCatalogs>;
