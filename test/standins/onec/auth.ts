/**
 * Basic authentication of an infobase user: a Cyrillic login works in UTF-8 only (seen live: cp1251 is refused by the
 * web server). What a bad password gets is HTML either way, see the switch badAuth.
 */
import { timingSafeEqual } from 'node:crypto';

export interface Credentials {
	login: string;
	password: string;
}

export function isAuthorized(
	header: string | undefined,
	{ login, password }: Credentials,
): boolean {
	const encoded = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1];
	if (!encoded) return false;
	const given = Buffer.from(encoded, 'base64');
	const expected = Buffer.from(`${login}:${password}`, 'utf8');
	return given.length === expected.length && timingSafeEqual(given, expected);
}
