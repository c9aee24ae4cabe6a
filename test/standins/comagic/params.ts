/**
 * Parameters of a call. The server takes nothing it does not know and nothing of another type: "1" is no number
 * (data_type_error), a name too many is unexpected_parameters.
 */
import { isDateTime } from './clock';
import { Refusal } from './refusal';
import { isRecord, type Fields } from './values';

type Kind =
	| 'string'
	| 'number'
	| 'boolean'
	| 'array'
	| 'object'
	| 'dateTime'
	| 'numbers'
	| 'strings';

/** `!` at the end makes a parameter obligatory. */
export type Shape = Record<string, Kind | `${Kind}!`>;

const IS: Record<Kind, (value: unknown) => boolean> = {
	string: (value) => typeof value === 'string',
	number: (value) => typeof value === 'number',
	boolean: (value) => typeof value === 'boolean',
	array: Array.isArray,
	object: isRecord,
	dateTime: (value) => typeof value === 'string',
	numbers: (value) => Array.isArray(value) && value.every((one) => typeof one === 'number'),
	strings: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
};

const COMMON: Shape = { access_token: 'string!', user_id: 'number' };

export const checkParams = (params: Fields, shape: Shape): void =>
	checkFields(params, { ...COMMON, ...shape });

/** `path` goes before the names of nested parameters, as the API writes them. */
export const checkFields = (given: Fields, shape: Shape, path = ''): void => {
	for (const name of Object.keys(given)) {
		if (!Object.hasOwn(shape, name))
			throw new Refusal('unexpected_parameters', { field: path + name, value: given[name] });
	}
	for (const [name, declared] of Object.entries(shape)) {
		const kind = declared.replace('!', '') as Kind;
		const value = Object.hasOwn(given, name) ? given[name] : undefined;
		const field = path + name;
		if (value === undefined || value === null) {
			if (declared.endsWith('!')) throw new Refusal('required_parameter_missed', { field });
			continue;
		}
		if (!IS[kind](value)) throw new Refusal('data_type_error', { field, value });
		if (kind === 'dateTime' && !isDateTime(String(value)))
			throw new Refusal('invalid_parameter_value', { field, value });
	}
};

export const textIn = (params: Fields, name: string): string | undefined => {
	const value = params[name];
	return typeof value === 'string' ? value : undefined;
};

export const numberIn = (params: Fields, name: string): number | undefined => {
	const value = params[name];
	return typeof value === 'number' ? value : undefined;
};

/** Records of a list a client uploads. */
export const recordsIn = (params: Fields, name: string, most: number): Fields[] => {
	const list = params[name];
	if (!Array.isArray(list)) throw new Refusal('data_type_error', { field: name, value: list });
	if (list.length > most)
		throw new Refusal('data_limit_exceeded', { field: name, params: { limit: most } });
	return list.map((one: unknown) => {
		if (!isRecord(one)) throw new Refusal('data_type_error', { field: name, value: one });
		return one;
	});
};
