/** Currencies of 1C have three-digit codes of ISO 4217, the CRM has the letters. */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { guidSchema } from '../../exchange/reference';
import type { OneCClient } from '../odata/client';
import { string } from '../odata/fields';
import { quoted } from '../odata/odata';
import type { Session } from '../session';

const DIGITS: Record<string, string> = {
	AED: '784',
	AMD: '051',
	AZN: '944',
	BYN: '933',
	CNY: '156',
	EUR: '978',
	GBP: '826',
	GEL: '981',
	INR: '356',
	KGS: '417',
	KZT: '398',
	RUB: '643',
	TJS: '972',
	TRY: '949',
	UAH: '980',
	USD: '840',
	UZS: '860',
};

const currencySchema = z
	.object({ Ref_Key: guidSchema, Code: string, DeletionMark: z.boolean() })
	.transform((raw) => ({ ref: raw.Ref_Key, code: raw.Code, deletionMark: raw.DeletionMark }));

const LETTERS = new Map(Object.entries(DIGITS).map(([letters, digits]) => [digits, letters]));

/** ISO 4217 letters of every currency of the base, by reference; a base has a handful. */
export const currencyLetters = async (client: OneCClient): Promise<Map<string, string>> => {
	const all = await client.list('Catalog_Валюты', currencySchema, {
		select: ['Ref_Key', 'Code', 'DeletionMark'],
	});
	return new Map(all.map(({ ref, code }) => [ref, LETTERS.get(code) ?? '']));
};

/** A currency that came along with something else need not be asked for. */
export const keepCurrency = (
	{ currencies }: Session,
	{ Ref_Key: ref, Code, DeletionMark }: { Ref_Key: string; Code: string; DeletionMark: boolean },
): void => {
	const letters = LETTERS.get(Code);
	if (letters && !DeletionMark && !currencies.has(letters)) currencies.set(letters, ref);
};

export const currencyOf = async (session: Session, letters: string): Promise<string> => {
	const known = session.currencies.get(letters);
	if (known) return known;
	const digits = DIGITS[letters];
	if (!digits) {
		throw new Problem(
			`The exchange does not know the currency ${letters}.`,
			'Change the currency of the deal.',
			`Обмен не знает валюту ${letters}. Измените валюту сделки.`,
		);
	}
	const found = await session.client.list('Catalog_Валюты', currencySchema, {
		filter: `Code eq ${quoted(digits)}`,
		select: ['Ref_Key', 'Code', 'DeletionMark'],
	});
	const currency = found.find(({ deletionMark }) => !deletionMark);
	if (!currency) {
		throw new Problem(
			`1C has no currency ${letters} (code ${digits}).`,
			'Add it to the catalog «Валюты», or change the currency of the deal.',
			`В 1С нет валюты ${letters} (код ${digits}). Добавьте ее в справочник «Валюты» или измените валюту сделки.`,
		);
	}
	session.currencies.set(letters, currency.ref);
	return currency.ref;
};
