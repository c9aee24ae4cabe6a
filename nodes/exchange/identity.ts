/**
 * Business keys of a buyer. They only suggest: the technical key is the GUID of the 1C counterparty,
 * because one buyer may stand in several 1C folders and a name decides nothing.
 */

const INN_10 = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN_12_FIRST = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN_12_SECOND = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

const controlDigit = (digits: number[], weights: number[]): number =>
	(weights.reduce((sum, weight, index) => sum + weight * digits[index], 0) % 11) % 10;

/** ИНН of 10 (organisations) or 12 digits (people) with right control digits, as the Federal Tax Service defines them. */
export const isInn = (inn: string): boolean => {
	if (!/^(\d{10}|\d{12})$/.test(inn) || /^0+$/.test(inn)) return false;
	const digits = [...inn].map(Number);
	if (digits.length === 10) return controlDigit(digits, INN_10) === digits[9];
	return (
		controlDigit(digits, INN_12_FIRST) === digits[10] &&
		controlDigit(digits, INN_12_SECOND) === digits[11]
	);
};

/** КПП: tax office, reason of registration (letters are allowed there), serial number. */
export const isKpp = (kpp: string): boolean => /^\d{4}[\dA-Z]{2}\d{3}$/.test(kpp);

/** ОГРН of 13 digits (organisations) or ОГРНИП of 15 (entrepreneurs): the last digit is a remainder of the rest. */
export const isOgrn = (ogrn: string): boolean => {
	if (!/^(\d{13}|\d{15})$/.test(ogrn)) return false;
	const divisor = ogrn.length === 13 ? 11n : 13n;
	return (BigInt(ogrn.slice(0, -1)) % divisor) % 10n === BigInt(ogrn.slice(-1));
};

export const isBik = (bik: string): boolean => /^0[1-9]\d{7}$/.test(bik);

/** Offices of the Bank of Russia have numbers 000 to 002, and their accounts are keyed by another part of the БИК. */
const bankKey = (bik: string): string =>
	/00[0-2]$/.test(bik) ? `0${bik.slice(4, 6)}` : bik.slice(-3);

/** Whether the account's key fits the bank, as the Bank of Russia defines it (instruction 515). */
export const isAccountOf = (bik: string, account: string): boolean => {
	if (!isBik(bik) || !/^\d{20}$/.test(account)) return false;
	const digits = [...(bankKey(bik) + account)].map(Number);
	return digits.reduce((sum, digit, index) => sum + digit * [7, 1, 3][index % 3], 0) % 10 === 0;
};

/** «доб. 12», «вн. 12», «ext. 12», «x12», «#12»; Bitrix24 writes «#12» too [issue 72 of bitrix-tools/b24-rest-docs]. */
const EXTENSION =
	/(?<!\p{L})(?:доб\p{L}{0,20}|вн\p{L}{0,20}|ext\p{L}{0,20}|x|#|;ext=)[.\s:№#]{0,5}(\d{1,10}).*$/isu;

/**
 * «8 (495) 123-45-67, доб. 12» as +74951234567: the number to search by, because no search knows extensions.
 * @returns null when it is not a whole number of Russia or of abroad
 */
export const phoneKey = (text: string): string | null => {
	const number = text.replace(EXTENSION, '');
	const digits = number.replace(/\D/g, '');
	if (/^\s*\+/.test(number)) return /^\d{10,15}$/.test(digits) ? `+${digits}` : null;
	if (/^[78]\d{10}$/.test(digits)) return `+7${digits.slice(1)}`;
	return /^[3489]\d{9}$/.test(digits) ? `+7${digits}` : null;
};

/**
 * «8 (495) 123-45-67, доб. 12» as +74951234567#12: the number with its extension, which tells two people of one office
 * apart.
 * @returns null when it is not a whole number of Russia or of abroad
 */
export const phoneIdentity = (text: string): string | null => {
	const number = phoneKey(text);
	const extension = EXTENSION.exec(text)?.[1];
	return number !== null && extension !== undefined ? `${number}#${extension}` : number;
};

/** Ten digits of a number of Russia as people and programs write them, the most usual ways first. */
const SPELLINGS = [
	'+7$1$2$3$4',
	'8$1$2$3$4',
	'7$1$2$3$4',
	'+7 $1 $2-$3-$4',
	'8 ($1) $2-$3-$4',
	'+7 ($1) $2-$3-$4',
	'8 $1 $2-$3-$4',
	'+7($1)$2-$3-$4',
	'8($1)$2-$3-$4',
	'+7-$1-$2-$3-$4',
	'8-$1-$2-$3-$4',
];

/**
 * A number in the ways it may be stored elsewhere, without its extension, for a search that compares texts.
 * @example phoneSpellings('8 495 123-45-67 доб. 12') gives +74951234567, 84951234567, 74951234567, +7 495 123-45-67 …
 */
export const phoneSpellings = (text: string): string[] => {
	const number = phoneKey(text);
	if (number === null) return [text];
	const russian = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/;
	if (!russian.test(number)) return [number, number.slice(1)];
	return SPELLINGS.map((spelling) => number.replace(russian, spelling));
};

/** The phones of one line, which 1C often fills with several; a comma before an extension parts nothing. */
const phoneLines = (text: string): string[] =>
	text.split(/[;\n](?!ext=)|,(?!\s*(?:доб|вн|ext|x|#))|\s+или\s+/i);

const phonesBy = (text: string, spelling: (line: string) => string | null): string[] =>
	phoneLines(text)
		.map((one) => spelling(one) ?? one.trim())
		.filter((one) => one !== '');

/** The phones to search by, without their extensions. */
export const phonesIn = (text: string): string[] => phonesBy(text, phoneKey);

/** The phones to write into a card and to know people by, with their extensions. */
export const fullPhonesIn = (text: string): string[] => phonesBy(text, phoneIdentity);

export const emailsIn = (text: string): string[] =>
	text
		.toLowerCase()
		.split(/[\s,;<>]+/)
		.filter((one) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(one));
