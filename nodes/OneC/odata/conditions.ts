/** Conditions as people build them, written with literals of the right type. */
import { EMPTY_REF, isGuid } from '../../exchange/reference';
import { Problem } from '../../exchange/problem';
import { anyOf, castTo, dateTime, guid, isName, quoted } from './odata';
import { wallOf } from './wallOf';

export type ValueType = 'string' | 'number' | 'boolean' | 'date' | 'reference' | 'composite';

export interface Compared {
	/** «Контрагент_Key», «Контрагент/ИНН», or «Товары/Номенклатура_Key» of the rows. */
	field: string;
	type: ValueType;
	/** Whether the field is one of the rows of the object: any row that fits will do. */
	inRows: boolean;
	comparison: string;
	value: string;
	/** What a composite field leads to, such as Document_ЗаказПокупателя. */
	set: string;
}

const EMPTY: Record<ValueType, string> = {
	string: "''",
	number: '0',
	boolean: 'false',
	date: dateTime('0001-01-01T00:00:00'),
	reference: guid(EMPTY_REF),
	composite: "'StandardODATA.Undefined'",
};

const TRUTH: Record<string, boolean> = { true: true, '1': true, false: false, '0': false };

const wrong = ({ field }: Compared, value: string, wanted: string): Problem =>
	new Problem(`The filter compares ${field} with "${value}".`, `Write ${wanted}.`);

/** A composite field compared with a bare guid silently matches nothing, so its type is demanded. */
const compositeLiteral = (compared: Compared, value: string): string => {
	if (!isGuid(value)) return quoted(value);
	if (isName(compared.set)) return castTo(value, compared.set);
	throw new Problem(
		`${compared.field} may lead to objects of several kinds, and the filter does not say to which.`,
		'Choose the entity of the value, such as Document_ЗаказПокупателя.',
	);
};

const literal = (compared: Compared, value: string, timeZone: string): string => {
	switch (compared.type) {
		case 'number':
			if (/^-?\d+(\.\d+)?$/.test(value)) return value;
			throw wrong(compared, value, 'a number such as 100.5');
		case 'boolean':
			if (value.toLowerCase() in TRUTH) return String(TRUTH[value.toLowerCase()]);
			throw wrong(compared, value, 'true or false');
		case 'date': {
			const wall = wallOf(value, timeZone);
			if (wall) return dateTime(wall);
			throw wrong(compared, value, 'a time such as 2026-11-24 or 2026-11-24T12:00:00+03:00');
		}
		case 'reference':
			if (isGuid(value)) return guid(value);
			throw wrong(compared, value, 'a reference, which is a GUID');
		case 'composite':
			return compositeLiteral(compared, value);
		default:
			return quoted(value);
	}
};

const TEXT_ONLY: Record<string, (field: string, text: string) => string> = {
	contains: (field, text) => `substringof(${text},${field})`,
	startsWith: (field, text) => `startswith(${field},${text})`,
	endsWith: (field, text) => `endswith(${field},${text})`,
};

/** What 1C can order; of references and flags it is not known. */
const ORDERED: ValueType[] = ['string', 'number', 'date'];

const emptiness = ({ type }: Compared, field: string, operator: 'eq' | 'ne'): string =>
	`${type === 'composite' ? `${field}_Type` : field} ${operator} ${EMPTY[type]}`;

const valuesIn = (list: string): string[] =>
	list
		.split(',')
		.map((one) => one.trim())
		.filter(Boolean);

const compare = (compared: Compared, field: string, timeZone: string): string => {
	const { comparison, type, value } = compared;
	const written = (text: string): string => literal(compared, text.trim(), timeZone);
	if (comparison === 'isEmpty') return emptiness(compared, field, 'eq');
	if (comparison === 'isNotEmpty') return emptiness(compared, field, 'ne');
	if (comparison === 'in') {
		const values = valuesIn(value);
		if (values.length === 0) throw wrong(compared, value, 'values with commas between them');
		return anyOf(values.map((one) => `${field} eq ${written(one)}`));
	}
	if (comparison in TEXT_ONLY) {
		if (type === 'string') return TEXT_ONLY[comparison](field, quoted(value));
		throw new Problem(`${compared.field} is no text, so nothing can stand inside of it.`);
	}
	if (['eq', 'ne'].includes(comparison) || ORDERED.includes(type)) {
		return `${field} ${comparison} ${written(value)}`;
	}
	throw new Problem(`Values of ${compared.field} are neither above nor below each other.`);
};

export const conditionOf = (compared: Compared, timeZone: string): string => {
	if (!compared.field.split('/').every(isName)) {
		throw new Problem(`"${compared.field}" is not a name of a field.`);
	}
	if (!compared.inRows) return compare(compared, compared.field, timeZone);
	const [table, column] = compared.field.split('/');
	return `${table}/any(d: ${compare(compared, `d/${column}`, timeZone)})`;
};
