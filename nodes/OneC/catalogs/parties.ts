/** Buyers with all that 1C knows of them, page by page; three requests a page on a base that takes paths. */
import { z } from 'zod';
import { partyKind, type Party } from '../../exchange/party';
import { guidSchema, optionalRefSchema } from '../../exchange/reference';
import { settled } from '../../shared/settled';
import { Refusal } from '../odata/answers';
import { aboutAccounts, bankAccount, openBanks, type Account } from './bankAccounts';
import { catalogPages, foldersToRead, type CatalogPage, type PagedCatalog } from './catalogPages';
import type { OneCClient } from '../odata/client';
import { aboutContacts, contactFacts, readContactKinds } from './contactFacts';
import { currencyLetters } from './currencies';
import { string } from '../odata/fields';
import { readFolders } from './folderTree';
import { guid } from '../odata/odata';

const SET = 'Catalog_Контрагенты';

const partySchema = z
	.object({
		Ref_Key: guidSchema,
		Code: string,
		Description: string,
		DeletionMark: z.boolean(),
		Parent_Key: optionalRefSchema,
		НаименованиеПолное: string,
		ИНН: string,
		КПП: string,
		ОГРН: string,
		ЮрФизЛицо: string,
		ГоловнойКонтрагент_Key: optionalRefSchema,
		ОсновнойДоговорКонтрагента: z
			.object({ Description: string })
			.nullish()
			.transform((contract) => contract?.Description ?? ''),
	})
	.transform((raw) => ({
		ref: raw.Ref_Key,
		code: raw.Code,
		name: raw.Description,
		fullName: raw.НаименованиеПолное || raw.Description,
		isPerson: raw.ЮрФизЛицо === 'ФизЛицо',
		inn: raw.ИНН,
		kpp: raw.КПП,
		ogrn: raw.ОГРН,
		folder: raw.Parent_Key,
		deletionMark: raw.DeletionMark,
		/** One that belongs to nobody names itself [УТ 10.3.88.3 sources]. */
		head: raw.ГоловнойКонтрагент_Key === raw.Ref_Key ? null : raw.ГоловнойКонтрагент_Key,
		mainContract: raw.ОсновнойДоговорКонтрагента,
	}));
type PartyRow = z.output<typeof partySchema>;

const SELECT = [
	'Ref_Key',
	'Code',
	'Description',
	'DeletionMark',
	'Parent_Key',
	'НаименованиеПолное',
	'ИНН',
	'КПП',
	'ЮрФизЛицо',
	'ГоловнойКонтрагент_Key',
	'ОсновнойДоговорКонтрагента/Description',
];

const PARTIES: PagedCatalog<typeof partySchema> = {
	set: SET,
	schema: partySchema,
	select: SELECT,
	expand: 'ОсновнойДоговорКонтрагента',
};

/** Not every release keeps ОГРН in the catalog, and 1C refuses a name it does not know. */
const withOgrn = async (client: OneCClient): Promise<PagedCatalog<typeof partySchema>> => {
	const { error } = await settled(
		async () => await client.list(SET, z.unknown(), { select: ['ОГРН'], top: 1 }),
	);
	if (!error) return { ...PARTIES, select: [...SELECT, 'ОГРН'] };
	if (error instanceof Refusal && error.code === '6') return PARTIES;
	throw error;
};

/** @param folder its own and all inner folders' items; null is the whole catalog */
export async function* readParties(
	client: OneCClient,
	folder: string | null,
	size: number,
): AsyncGenerator<Party[]> {
	const tree = await readFolders(client, SET);
	const kinds = await readContactKinds(client);
	const letters = await currencyLetters(client);
	const banks = openBanks(client);
	const contacts = aboutContacts(client);
	const accounts = aboutAccounts(client);

	const asParties = async (page: CatalogPage<PartyRow>): Promise<Party[]> => {
		const contactsOf = await contacts.read(page);
		const accountsOf = await accounts.read(page);
		const all: Account[] = [...accountsOf.values()].flat();
		await banks.fetch(all.map(({ bank }) => bank));
		return await Promise.all(
			page.rows.map(async ({ isPerson, ...row }) => ({
				...row,
				...contactFacts(contactsOf.get(row.ref) ?? [], kinds),
				kind: partyKind(isPerson, row),
				path: tree.pathOf(row.folder).join(' / '),
				accounts: await Promise.all(
					(accountsOf.get(row.ref) ?? []).map(
						async (account) => await bankAccount(account, banks, letters),
					),
				),
			})),
		);
	};
	const catalog = await withOgrn(client);
	for await (const page of catalogPages(client, catalog, foldersToRead(tree, folder), size)) {
		yield await asParties(page);
	}
}

/** Which of these counterparties the base still has. */
export const knownParties = async (
	client: OneCClient,
	refs: readonly string[],
): Promise<Set<string>> => {
	const schema = z.object({ Ref_Key: guidSchema });
	const conditions = refs.map((ref) => `Ref_Key eq ${guid(ref)}`);
	const found = await client.listAny(SET, schema, conditions, { select: ['Ref_Key'] });
	return new Set(found.map(({ Ref_Key }) => Ref_Key));
};
