/**
 * Addresses: what stands after `/odata/standard.odata`, and the query string. `+` is a plus, never a space
 * (reference 1c-ut103.md §2 "Encoding"), a malformed percent sequence is a bad address. Names may hold `_`,
 * so nothing is ever split by it.
 */
import { badAddress, badKey, unknownOption } from './errors';
import { readLiteral, type Literal } from './literals';

export interface Segment {
	name: string;
	/** Named arguments; a single unnamed one has the name ''. Absent when there are no parentheses. */
	args?: ReadonlyMap<string, Literal>;
}

export type Query = ReadonlyMap<string, string>;

export function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		throw badAddress();
	}
}

/** Splits by a character that is not inside quotes. */
function splitOutsideQuotes(text: string, separator: string): string[] {
	const parts: string[] = [];
	let quoted = false;
	let current = '';
	for (const sign of text) {
		if (sign === "'") quoted = !quoted;
		if (sign === separator && !quoted) {
			parts.push(current);
			current = '';
		} else {
			current += sign;
		}
	}
	parts.push(current);
	return parts;
}

function readArgs(text: string): Map<string, Literal> {
	const args = new Map<string, Literal>();
	if (text.trim() === '') return args;
	for (const part of splitOutsideQuotes(text, ',')) {
		const named = /^\s*([\p{L}_][\p{L}\d_]*)\s*=\s*(.*)$/su.exec(part);
		const source = (named ? named[2] : part).trim();
		const read = readLiteral(source);
		if (!read || read.length !== source.length) throw badKey();
		args.set(named ? named[1] : '', read.literal);
	}
	return args;
}

function readSegment(text: string): Segment {
	const open = text.indexOf('(');
	if (open < 0) return { name: text };
	/** A parenthesis that is not closed is tolerated (recorded). */
	const end = text.endsWith(')') ? -1 : undefined;
	return { name: text.slice(0, open), args: readArgs(text.slice(open + 1, end)) };
}

export function readPath(path: string): Segment[] {
	const parts = splitOutsideQuotes(path, '/');
	return parts.filter((part) => part !== '').map(readSegment);
}

const OPTIONS = new Set([
	'$filter',
	'$select',
	'$expand',
	'$orderby',
	'$top',
	'$skip',
	'$inlinecount',
	'$format',
	'$allowedOnly',
	'allowedOnly',
]);

/** Repeated names: the last one wins; which one wins in 1C is not verified. */
export function readQuery(query: string, alsoAllowed: readonly string[] = []): Query {
	const options = new Map<string, string>();
	for (const pair of query.split('&').filter(Boolean)) {
		const [name, value] = pair.split(/=(.*)/s);
		const option = decode(name);
		if (!OPTIONS.has(option) && !alsoAllowed.includes(option)) throw unknownOption(option);
		options.set(option, decode(value ?? ''));
	}
	return options;
}
