/**
 * Phones, e-mails, sites and messengers of a card. Bitrix24 keeps them in one field and adds to it whatever is sent,
 * even on update [Bitrix24 docs, crm.item]; here only what the card has not got yet is added, and nothing is taken away.
 */
import { z } from 'zod';
import { emailsIn, phoneKey, phonesIn } from '../../exchange/identity';

export const COMMUNICATIONS = ['PHONE', 'EMAIL', 'WEB', 'IM'] as const;

export type CommunicationType = (typeof COMMUNICATIONS)[number];

export interface Communication {
	type: CommunicationType;
	value: string;
}

export const isCommunication = (name: string): name is CommunicationType =>
	(COMMUNICATIONS as readonly string[]).includes(name);

const entriesSchema = z.array(z.object({ typeId: z.string(), value: z.coerce.string() })).catch([]);

/** The same phone is written in many ways; e-mails ignore case. */
const keyOf = (type: string, value: string): string => {
	const words = value.trim().toLowerCase();
	return `${type} ${type === 'PHONE' ? (phoneKey(words) ?? words) : words}`;
};

const WORDS: Record<CommunicationType, (text: string) => string[]> = {
	PHONE: phonesIn,
	/** What does not look like an e-mail is for the portal to judge. */
	EMAIL: (text) => (emailsIn(text).length > 0 ? emailsIn(text) : [text.trim()]),
	WEB: (text) => [text.trim()],
	IM: (text) => [text.trim()],
};

/** One text or a list of them; a text may hold several. */
export const communicationsIn = (type: CommunicationType, value: unknown): Communication[] =>
	(Array.isArray(value) ? value : [value])
		.flatMap((one) => WORDS[type](String(one ?? '')))
		.filter((one) => one !== '')
		.map((one) => ({ type, value: one }));

/** What a new card is given. */
export const newEntries = (wanted: Communication[]): Array<Record<string, string>> =>
	wanted.map(({ type, value }) => ({ typeId: type, valueType: 'WORK', value }));

export const hasCommunication = (fm: unknown, { type, value }: Communication): boolean =>
	entriesSchema.parse(fm).some((entry) => keyOf(entry.typeId, entry.value) === keyOf(type, value));

/** What an existing card lacks, under keys that mean «new» [Bitrix24 docs, crm.item.update]; null when it has all. */
export const lackingEntries = (
	fm: unknown,
	wanted: Communication[],
): Record<string, Record<string, string>> | null => {
	const lacking = wanted.filter((one) => !hasCommunication(fm, one));
	if (lacking.length === 0) return null;
	return Object.fromEntries(newEntries(lacking).map((entry, index) => [`n${index}`, entry]));
};
