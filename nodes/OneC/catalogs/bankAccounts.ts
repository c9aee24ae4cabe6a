/** Bank accounts of counterparties. A bank's code is its БИК [УТ 10.3.88.3 sources]. */
import { z } from 'zod';
import type { BankAccount } from '../../exchange/party';
import { guidSchema, optionalRefSchema } from '../../exchange/reference';
import { About } from './about';
import type { OneCClient } from '../odata/client';
import { string } from '../odata/fields';
import { castTo } from '../odata/odata';
import { Shelf, type Catalog } from './shelf';

const ACCOUNTS = 'Catalog_БанковскиеСчета';
const COUNTERPARTIES = 'Catalog_Контрагенты';

const accountSchema = z
	.object({
		Ref_Key: guidSchema,
		Owner: string,
		НомерСчета: string,
		Банк_Key: optionalRefSchema,
		ВалютаДенежныхСредств_Key: optionalRefSchema,
	})
	.transform((raw) => ({
		ref: raw.Ref_Key,
		owner: raw.Owner,
		number: raw.НомерСчета,
		bank: raw.Банк_Key,
		currency: raw.ВалютаДенежныхСредств_Key,
	}));
export type Account = z.output<typeof accountSchema>;

const bankSchema = z
	.object({ Ref_Key: guidSchema, Code: string, Description: string, КоррСчет: string })
	.transform((raw) => ({
		ref: raw.Ref_Key,
		bik: raw.Code,
		name: raw.Description,
		correspondent: raw.КоррСчет,
	}));

const BANKS: Catalog<typeof bankSchema> = {
	set: 'Catalog_Банки',
	schema: bankSchema,
	select: ['Ref_Key', 'Code', 'Description', 'КоррСчет'],
};

/** The banks of a base are few, and many accounts share one. */
export const openBanks = (client: OneCClient) => new Shelf(client, BANKS, ({ ref }) => ref);
export type Banks = ReturnType<typeof openBanks>;

export const aboutAccounts = (client: OneCClient): About<Account> =>
	new About({
		path: `cast(Owner,'${COUNTERPARTIES}')/`,
		one: (ref) => `Owner eq ${castTo(ref, COUNTERPARTIES)}`,
		objectOf: ({ owner }) => owner,
		ask: async (filter) =>
			await client.list(ACCOUNTS, accountSchema, {
				filter: `DeletionMark eq false and ${filter}`,
				select: ['Ref_Key', 'Owner', 'НомерСчета', 'Банк_Key', 'ВалютаДенежныхСредств_Key'],
			}),
	});

export const bankAccount = async (
	{ ref, number, bank, currency }: Account,
	banks: Banks,
	letters: ReadonlyMap<string, string>,
): Promise<BankAccount> => {
	const known = bank ? await banks.get(bank) : null;
	return {
		ref,
		number,
		bank: known?.name ?? '',
		bik: known?.bik ?? '',
		correspondent: known?.correspondent ?? '',
		currency: (currency && letters.get(currency)) ?? '',
	};
};
