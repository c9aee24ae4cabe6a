/**
 * Phones, e-mails, sites and messengers of a card, which Bitrix24 keeps in one field, `fm`. The key of an element says
 * what is done with it: the id of an entry changes the entry, or deletes it when the value is empty, any other key adds
 * one. Every element names its type: without it Bitrix24 answers with a success and does nothing
 * [https://apidocs.bitrix24.ru/tutorials/crm/how-to-edit-crm-objects/how-to-change-email-or-phone.html].
 */
import { z } from 'zod';
import { emailsIn, fullPhonesIn, phoneIdentity, phoneSpellings } from '../../exchange/identity';

export const COMMUNICATIONS = ['PHONE', 'EMAIL', 'WEB', 'IM'] as const;

export type CommunicationType = (typeof COMMUNICATIONS)[number];

export interface Communication {
	type: CommunicationType;
	value: string;
}

export const isCommunication = (name: string): name is CommunicationType =>
	(COMMUNICATIONS as readonly string[]).includes(name);

const entrySchema = z.object({
	id: z.coerce.string(),
	typeId: z.string(),
	value: z.coerce.string(),
});

/** One phone, e-mail, site or messenger as a card holds it. */
export type Entry = z.output<typeof entrySchema>;

const entriesSchema = z.array(entrySchema).catch([]);

/** The one spelling of a value: a phone may be written in many ways, and e-mails ignore case. */
export const entryValue = ({ typeId, value }: Pick<Entry, 'typeId' | 'value'>): string => {
	const words = value.trim().toLowerCase();
	return typeId === 'PHONE' ? (phoneIdentity(words) ?? words) : words;
};

/** What tells one entry of a card from another. */
export const entryKey = (entry: Pick<Entry, 'typeId' | 'value'>): string =>
	`${entry.typeId} ${entryValue(entry)}`;

const WORDS: Record<CommunicationType, (text: string) => string[]> = {
	PHONE: fullPhonesIn,
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

export const hasAny = (fm: unknown, wanted: readonly Communication[]): boolean =>
	wanted.some((one) => hasCommunication(fm, one));

/** How many values `crm.duplicate.findbycomm` takes [Bitrix24 docs, crm.duplicate.findbycomm]. */
export const MOST_SEARCHED = 20;

/**
 * What `crm.duplicate.findbycomm` is asked for: e-mails as they are, phones in the usual spellings, because the search
 * compares a number as it is written [Bitrix24 docs, how to add a repeat lead], and without extensions, because it knows
 * none. So it also finds other people of the same office: compare what it finds.
 * @returns at most twenty values: the more communications, the fewer spellings of each
 */
export const searchedValues = (wanted: readonly Communication[]): string[] => {
	const spellings = Math.max(1, Math.floor(MOST_SEARCHED / wanted.length));
	const values = wanted.flatMap(({ type, value }) =>
		type === 'PHONE' ? phoneSpellings(value).slice(0, spellings) : [value],
	);
	return [...new Set(values)].slice(0, MOST_SEARCHED);
};

/** An element of `fm` on its way to the portal. */
export type Element = Record<string, string>;

/** What a new card is given. */
export const newEntries = (wanted: readonly Communication[]): Element[] =>
	wanted.map(({ type, value }) => ({ typeId: type, valueType: 'WORK', value }));

export const hasCommunication = (fm: unknown, { type, value }: Communication): boolean =>
	entriesSchema.parse(fm).some((entry) => entryKey(entry) === entryKey({ typeId: type, value }));

/**
 * The `fm` that gives a card what it lacks and takes entries off it.
 * @returns null when there is nothing to do
 */
export const changedEntries = (
	fm: unknown,
	wanted: readonly Communication[],
	dropped: readonly Entry[] = [],
): Record<string, Element> | null => {
	const lacking = wanted.filter((one) => !hasCommunication(fm, one));
	if (lacking.length + dropped.length === 0) return null;
	return Object.fromEntries([
		...newEntries(lacking).map((entry, index): [string, Element] => [`n${index}`, entry]),
		...dropped.map(({ id, typeId }): [string, Element] => [id, { typeId, value: '' }]),
	]);
};

const sentSchema = z
	.record(z.object({ typeId: z.string(), value: z.string() }))
	.or(z.array(z.object({ typeId: z.string(), value: z.string() })));

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** Bitrix24 shows phones in a format of its own [the same page], and may complete the address of a site. */
const isShownAs = (stored: Entry, { typeId, value }: Pick<Entry, 'typeId' | 'value'>): boolean => {
	if (stored.typeId !== typeId) return false;
	if (entryKey(stored) === entryKey({ typeId, value })) return true;
	if (typeId === 'PHONE') return digitsOf(stored.value) === digitsOf(value);
	return typeId !== 'EMAIL' && stored.value.toLowerCase().includes(value.trim().toLowerCase());
};

/**
 * Compares the `fm` that was sent with the `fm` of the answer.
 * @returns the values that were not added, and those that were not taken off
 */
export const ignoredEntries = (sent: unknown, stored: unknown): string[] => {
	const elements = sentSchema.safeParse(sent);
	/** An answer without `fm` says nothing of it. */
	if (!elements.success || !Array.isArray(stored)) return [];
	const entries = entriesSchema.parse(stored);
	return Object.entries(elements.data).flatMap(([key, { typeId, value }]) => {
		const left = entries.find(({ id }) => id === key);
		if (value === '') return left ? [`${typeId} ${left.value}`] : [];
		return entries.some((entry) => isShownAs(entry, { typeId, value }))
			? []
			: [`${typeId} ${value}`];
	});
};
