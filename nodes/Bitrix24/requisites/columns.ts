/** The columns of requisites, bank details and addresses: what they hold, and how much of it. */
import type { ValueType } from '../../exchange/equality';
import { Problem } from '../../exchange/problem';

/** Numbers of accounts, ИНН, КПП and БИК are texts: their zeros count. */
export const columnType = (name: string): ValueType => {
	if (
		/^(ID|TYPE_ID|(ENTITY|ENTITY_TYPE|PRESET|COUNTRY|ANCHOR|ANCHOR_TYPE|LOC_ADDR)_ID)$/.test(name)
	)
		return 'reference';
	if (name === 'SORT') return 'quantity';
	if (/^(ACTIVE|ADDRESS_ONLY)$/.test(name)) return 'flag';
	return /_DATE$/.test(name) ? 'date' : 'text';
};

/** The characters a column takes; what is longer is refused as a whole (seen in public copies of the server's modules). */
const LENGTHS: Readonly<Record<string, number | undefined>> = {
	NAME: 150,
	RQ_NAME: 150,
	RQ_COMPANY_NAME: 255,
	RQ_COMPANY_FULL_NAME: 300,
	RQ_DIRECTOR: 150,
	RQ_KPP: 9,
	RQ_OGRN: 13,
};

const overlong = (name: string, value: unknown): number | null => {
	const most = LENGTHS[name];
	return most !== undefined && [...String(value ?? '')].length > most ? most : null;
};

/** Names cut to what their columns take: a longer one is never stored. */
export const cutNames = <Fields extends Record<string, unknown>>(
	fields: Fields,
	names: readonly string[],
): Fields =>
	Object.fromEntries(
		Object.entries(fields).map(([name, value]) => {
			const most = names.includes(name) ? overlong(name, value) : null;
			return [name, most === null ? value : [...String(value)].slice(0, most).join('').trim()];
		}),
	) as Fields;

/** The names that would be cut, each with the characters its column takes. */
export const tooLong = (
	fields: Record<string, unknown>,
	names: readonly string[],
): Array<[name: string, most: number]> =>
	names.flatMap((name) => {
		const most = overlong(name, fields[name]);
		return most === null ? [] : [[name, most] as [string, number]];
	});

/** @throws Problem that names the fields that are too long, and how long they may be */
export const refuseTooLong = (fields: Record<string, unknown>): void => {
	const found = tooLong(fields, Object.keys(fields));
	if (found.length === 0) return;
	const [english, russian] = ['characters', 'знаков'].map((unit) =>
		found.map(([name, most]) => `${name} (${most} ${unit})`).join(', '),
	);
	throw new Problem(
		`Bitrix24 does not take so long a value of ${english}.`,
		'Shorten it: a longer one is refused, and nothing is written.',
		`Битрикс24 не примет такое длинное значение: ${russian}. Сократите его.`,
	);
};
