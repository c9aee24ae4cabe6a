/** Contacts are records of a register, under predefined kinds or words of one's own (reference 1c-ut103.md §4). */
import { CONTACTS } from '../ledger';
import { registerType } from '../model/registerTypes';
import type { Entity } from '../store';
import { emptyRow, type Row } from '../values';
import { typed, type Office } from './office';

export interface Contact {
	owner: string;
	kind: 'Телефон' | 'Адрес' | 'АдресЭлектроннойПочты' | 'Факс';
	value: string;
	/** The name of a predefined kind, or any words: 1C takes a string instead of a kind. */
	title?: string;
}

/** The kind of a counterparty's contact when nobody names one. */
const USUAL_KINDS: Readonly<Record<Contact['kind'], string>> = {
	Телефон: 'ТелефонКонтрагента',
	Адрес: 'ЮрАдресКонтрагента',
	АдресЭлектроннойПочты: 'АдресЭлектроннойПочтыКонтрагентаДляОбменаДокументами',
	Факс: 'ФаксКонтрагента',
};

const contactRow = (owner: Entity, kind: Contact['kind'], named: Row, value: string): Row => ({
	...emptyRow(registerType(CONTACTS).recordSet),
	...typed('Объект', owner),
	Тип: kind,
	...named,
	Представление: value,
});

/** Puts usual contacts of very many counterparties down, past the check for one of the same kind. */
export function contactFiller(
	office: Office,
): (owner: Entity, kind: Contact['kind'], value: string) => void {
	const kinds = new Map<Contact['kind'], Row>();
	return (owner, kind, value) => {
		const named = kinds.get(kind) ?? kindNamed(office, USUAL_KINDS[kind]);
		kinds.set(kind, named);
		office.store.addRecord(CONTACTS, contactRow(owner, kind, named, value));
	};
}

/** One contact of a kind: a second one of the same kind would have the same key. */
export function addContact(office: Office, { owner, kind, value, title }: Contact): void {
	const entity = office.get(owner);
	const usual = entity.type.object === 'Контрагенты' ? USUAL_KINDS[kind] : kind;
	const row = contactRow(entity, kind, kindNamed(office, title ?? usual), value);
	const names = ['Объект', 'Тип', 'Вид'];
	const records = office.store.recordsOf(CONTACTS);
	if (records.some((other) => names.every((name) => other[name] === row[name]))) {
		throw new Error(`There is a contact of the kind ${title ?? usual} already`);
	}
	office.store.addRecord(CONTACTS, row);
}

function kindNamed({ store }: Office, title: string): Row {
	const kind = store
		.in('Catalog_ВидыКонтактнойИнформации')
		.find(({ row }) => row.PredefinedDataName === title || row.Description === title);
	return kind ? typed('Вид', kind) : { Вид: title, Вид_Type: 'Edm.String' };
}

export function removeContact(
	office: Office,
	{ owner, kind, title }: Omit<Contact, 'value'>,
): void {
	const entity = office.get(owner);
	const usual = entity.type.object === 'Контрагенты' ? USUAL_KINDS[kind] : kind;
	const wanted = kindNamed(office, title ?? usual).Вид;
	const row = office.store
		.recordsOf(CONTACTS)
		.find((one) => one.Объект === owner && one.Тип === kind && one.Вид === wanted);
	if (!row) throw new Error(`There is no contact of the kind ${title ?? usual}`);
	office.store.removeRecord(CONTACTS, row);
}

export function removeContactsOf({ store }: Office, owner: string): void {
	for (const row of store.recordsOf(CONTACTS).filter(({ Объект }) => Объект === owner)) {
		store.removeRecord(CONTACTS, row);
	}
}
