/**
 * Literals of OData v3 as 1C writes them: guid'…', datetime'…', strings with doubled quotes, numbers, true and false
 * (reference 1c-ut103.md §2 "$filter"). Used by keys, by arguments of functions and by the filter language.
 */
import { GUID } from '../values';

export type Literal =
	| { type: 'guid'; value: string }
	| { type: 'date'; value: string }
	| { type: 'string'; value: string }
	| { type: 'number'; value: number }
	| { type: 'boolean'; value: boolean }
	| { type: 'null'; value: null };

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;

const START =
	/^(?:(guid|datetime)'([^']*)'|'((?:[^']|'')*)'(?!')|(-?\d+(?:\.\d+)?)(?:[LlDdFfMm])?(?![\p{L}\d_])|(true|false|null)(?![\p{L}\d_]))/u;

/** Reads a literal at the start of the text; undefined when there is none or it is malformed. */
export function readLiteral(text: string): { literal: Literal; length: number } | undefined {
	const match = START.exec(text);
	if (!match) return undefined;
	const literal = toLiteral(match);
	return literal && { literal, length: match[0].length };
}

function toLiteral(match: RegExpExecArray): Literal | undefined {
	const [, prefix, quoted, string, number, word] = match;
	if (prefix === 'guid') {
		return GUID.test(quoted) ? { type: 'guid', value: quoted.toLowerCase() } : undefined;
	}
	if (prefix === 'datetime') {
		const full = quoted + '0001-01-01T00:00:00'.slice(quoted.length);
		return DATE.test(full) ? { type: 'date', value: full } : undefined;
	}
	if (string !== undefined) return { type: 'string', value: string.replace(/''/g, "'") };
	if (number !== undefined) return { type: 'number', value: Number(number) };
	if (word === 'null') return { type: 'null', value: null };
	return { type: 'boolean', value: word === 'true' };
}

export const isDateTime = (text: string): boolean => text.length === 19 && DATE.test(text);
