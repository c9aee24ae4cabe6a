/**
 * PHP-style nested parameters of a query string or a form body.
 * Imitates: PHP's parse_str, on which the portal's own parsing and its `batch` rest.
 * Does not imitate: the mangling of dots and spaces in top-level names.
 */
import { parse } from 'qs';
import type { Fields } from './values';

export function parsePhpQuery(query: string): Fields {
	const pairs = query.split('&').filter((pair) => pair !== '');
	const parsed = parse(pairs.map(likePhp).join('&'), {
		depth: 20,
		arrayLimit: 10_000,
		parameterLimit: 200_000,
		allowSparse: true,
		duplicates: 'last',
		plainObjects: true,
	});
	return { ...parsed };
}

/**
 * PHP ends a name at the first `=`. `filter[=ownerId]=7` with a bare `=` is therefore the name
 * `filter[`, which PHP stores as `filter_`; qs would forgive it, so names are settled here.
 */
function likePhp(pair: string): string {
	const at = pair.indexOf('=');
	const name = decode(at < 0 ? pair : pair.slice(0, at));
	const value = decode(at < 0 ? '' : pair.slice(at + 1));
	const broken = name.includes('[') && !name.includes(']');
	const settled = broken ? name.replace('[', '_') : name;
	return `${encodeName(settled)}=${encodeURIComponent(value)}`;
}

function encodeName(name: string): string {
	return encodeURIComponent(name).replace(/%5B/g, '[').replace(/%5D/g, ']');
}

function decode(text: string): string {
	const spaced = text.replace(/\+/g, ' ');
	try {
		return wellFormed(decodeURIComponent(spaced));
	} catch {
		// PHP keeps a broken escape as it is.
		return wellFormed(spaced);
	}
}

/** A lone surrogate cannot be encoded again and would end the process. */
function wellFormed(text: string): string {
	return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
