/** Shapes of answers: keys and JSON types, never values. They are compared with those of documentation pages. */
import type { Answer } from './contract';

export const S = 'string';
export const N = 'number';
export const B = 'boolean';
/** The sample shows null, so the key must be there and its type is not known. */
export const O = 'null';

export type Shape = string | Shape[] | { [key: string]: Shape };

const all = (type: string, names: string): { [key: string]: Shape } =>
	Object.fromEntries(names.split(' ').map((name) => [name, type]));
export const strings = (names: string) => all(S, names);
export const numbers = (names: string) => all(N, names);
export const booleans = (names: string) => all(B, names);
export const empty = (names: string) => all(O, names);

/** Paths without array indices: every element is held to the same shape. */
export interface Difference {
	/** Keys of the page that the answer does not have. */
	lacks: string[];
	/** Keys that are null in the answer and have a value on the page. */
	unfilled: string[];
	/** Keys of another type. */
	otherwise: string[];
	/** Keys that the page does not show. */
	more: string[];
}

/** Fields that every portal names in its own way; shapes leave them out. */
const OWN = /^(uf[A-Z]|UF_|parentId|PARENT_ID_|property\d)/;

const typeOf = (value: unknown): string => (value === null ? O : typeof value);

export const isMap = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export function compare(actual: unknown, shape: Shape): Difference {
	const found: Difference = { lacks: [], unfilled: [], otherwise: [], more: [] };
	collect(actual, shape, '', found);
	return found;
}

function collect(actual: unknown, shape: Shape, path: string, found: Difference): void {
	if (Array.isArray(shape)) {
		if (!Array.isArray(actual)) found.otherwise.push(path);
		else if (shape.length > 0 && actual.length === 0) found.unfilled.push(path);
		else for (const element of actual) if (shape[0]) collect(element, shape[0], path, found);
		return;
	}
	if (typeof shape === 'string') {
		if (typeOf(actual) === shape || shape === O) return;
		(actual === null ? found.unfilled : found.otherwise).push(path);
		return;
	}
	if (actual === null) found.unfilled.push(path);
	else if (!isMap(actual)) found.otherwise.push(path);
	else {
		const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
		for (const [name, inner] of Object.entries(shape)) {
			if (Object.hasOwn(actual, name)) collect(actual[name], inner, at(name), found);
			else found.lacks.push(at(name));
		}
		const unknown = Object.keys(actual).filter(
			(name) => !Object.hasOwn(shape, name) && !OWN.test(name),
		);
		found.more.push(...unknown.map(at));
	}
}

/** What a live answer looks like, for a report that somebody attaches: no values, no names of people's own fields. */
export function shapeOf(value: unknown): Shape {
	if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
	if (!isMap(value)) return typeOf(value);
	return Object.fromEntries(
		Object.entries(value)
			.filter(([name]) => !OWN.test(name))
			.map(([name, inner]) => [name, shapeOf(inner)]),
	);
}

/** The body of an answer of Bitrix24 without its times, which have a case of their own. */
export function bodyOf({ body }: Answer): unknown {
	if (!isMap(body)) return body;
	const { time: _time, ...rest } = body;
	return rest;
}
