/** Counterparties as people look for them: folder by folder, or by a name, an ИНН, a КПП, a code or a telephone. */
import { z } from 'zod';
import { guidSchema, optionalRefSchema } from '../../exchange/reference';
import { settled } from '../../shared/settled';
import { Refusal } from '../odata/answers';
import type { OneCClient } from '../odata/client';
import { setName, string } from '../odata/fields';
import { catalogBrowser } from './catalogBrowser';
import { folderTree } from './folderTree';
import { allOf, anyOf, quoted } from '../odata/odata';
import { containsWords, wordsIn } from './wordSearch';

export const COUNTERPARTY_SET = 'Catalog_Контрагенты';

const rowSchema = z
	.object({
		Ref_Key: guidSchema,
		Description: string,
		Code: string,
		DeletionMark: z.boolean(),
		Parent_Key: optionalRefSchema,
		ИНН: string,
		КПП: string,
		Покупатель: z.boolean(),
	})
	.transform((raw) => ({
		ref: raw.Ref_Key,
		name: raw.Description,
		code: raw.Code,
		deletionMark: raw.DeletionMark,
		folder: raw.Parent_Key,
		inn: raw.ИНН,
		kpp: raw.КПП,
		isBuyer: raw.Покупатель,
	}));

export type CounterpartyRow = z.output<typeof rowSchema>;

const ITEMS = 'IsFolder eq false';

const browser = catalogBrowser(
	{ set: COUNTERPARTY_SET, schema: rowSchema, select: Object.keys(rowSchema.innerType().shape) },
	ITEMS,
);

export const { list: listCounterparties, read: readCounterparties } = browser;

const isNumber = (text: string): boolean => /^\d+$/.test(text);

const conditionFor = (text: string): string => {
	const words = containsWords(text, ['Description']);
	const [word, ...others] = wordsIn(text);
	if (others.length > 0) return words;
	const starts = isNumber(word) ? ['ИНН', 'КПП'] : [];
	return anyOf([
		words,
		`substringof(${quoted(word)},Code)`,
		...starts.map((field) => `startswith(${field},${quoted(word)})`),
	]);
};

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** A telephone has at least five digits, and nothing else than what people write between them. */
const isPhone = (text: string): boolean =>
	/^[\d\s()+-]+$/.test(text) && digitsOf(text).length >= 5 && digitsOf(text).length <= 11;

/** The ways people write the end of a number: 1234567, 123-45-67, 123 45 67. */
const phoneEndings = (text: string): string[] => {
	const end = digitsOf(text).slice(-7);
	const parts = [end.slice(0, -4), end.slice(-4, -2), end.slice(-2)];
	return [...new Set([end, parts.join('-'), parts.join(' ')])];
};

const phoneSchema = z
	.object({ Объект: z.string().toLowerCase(), Объект_Type: setName, Представление: string })
	.transform((raw) => ({
		owner: raw.Объект,
		set: raw.Объект_Type,
		phone: raw.Представление,
	}));

const ownersOfPhone = async (client: OneCClient, text: string, top: number): Promise<string[]> => {
	const filter = allOf([
		"Тип eq 'Телефон'",
		anyOf(phoneEndings(text).map((end) => `substringof(${quoted(end)},Представление)`)),
	]);
	/** In the order of the key: 1C cannot order by Представление, which is text of unlimited length. */
	const contacts = await client.list('InformationRegister_КонтактнаяИнформация', phoneSchema, {
		filter,
		orderby: 'Объект,Тип,Вид',
		top,
	});
	/** Eight or seven at the beginning of a Russian number means the same. */
	const digits = digitsOf(text).slice(-10);
	return contacts
		.filter(({ set, phone }) => set === COUNTERPARTY_SET && digitsOf(phone).includes(digits))
		.map(({ owner }) => owner);
};

const findByPhone = async (
	client: OneCClient,
	text: string,
	folder: string | null,
	top: number,
): Promise<CounterpartyRow[]> => {
	const owners = await ownersOfPhone(client, text, top);
	const rows = await readCounterparties(client, [...new Set(owners)]);
	if (!folder || rows.length === 0) return rows;
	const tree = await folderTree(client, COUNTERPARTY_SET);
	return rows.filter((row) => tree.isBelow(row.folder, folder));
};

/**
 * What several searches find together. A search that 1C refuses takes nothing from the others, because rights and types
 * of fields differ from base to base; its refusal is thrown only when the others find nothing.
 */
const foundByAny = async <Row>(searches: Array<() => Promise<Row[]>>): Promise<Row[]> => {
	const outcomes = await Promise.all(searches.map(settled));
	const errors = outcomes.flatMap(({ error }) => error ?? []);
	const rows = outcomes.flatMap(({ value }) => value ?? []);
	const fatal = errors.find((error) => rows.length === 0 || !(error instanceof Refusal));
	if (fatal) throw fatal;
	return rows;
};

/** @param folder searches this folder and the folders below it; null searches everywhere */
export const findCounterparties = async (
	client: OneCClient,
	text: string,
	folder: string | null,
	top: number,
): Promise<CounterpartyRow[]> => {
	const rows = await foundByAny([
		() => browser.find(client, conditionFor(text), folder, top),
		...(isPhone(text) ? [() => findByPhone(client, text, folder, top)] : []),
	]);
	return [...new Map(rows.map((row) => [row.ref, row])).values()];
};

const innSchema = z.object({ ИНН: string }).transform((raw) => raw.ИНН);

/** How many counterparties that are not marked for deletion have each ИНН: one buyer may stand in several folders. */
export const countByInn = async (
	client: OneCClient,
	inns: readonly string[],
): Promise<Map<string, number>> => {
	const counts = new Map<string, number>();
	const conditions = inns.map((inn) => `ИНН eq ${quoted(inn)}`);
	const found = await client.listAny(COUNTERPARTY_SET, innSchema, conditions, {
		filter: allOf([ITEMS, 'DeletionMark eq false']),
		select: ['ИНН'],
	});
	for (const inn of found) counts.set(inn, (counts.get(inn) ?? 0) + 1);
	return counts;
};
