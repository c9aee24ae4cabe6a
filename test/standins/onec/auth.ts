/**
 * Basic authentication of an infobase user: a Cyrillic login works in UTF-8 only (seen live: cp1251 is refused by the
 * web server). What a bad password gets is HTML either way, see the switch badAuth.
 */
import { isUtf8 } from 'node:buffer';
import { timingSafeEqual } from 'node:crypto';

export interface Credentials {
	login: string;
	password: string;
}

/** «unreadable» is what a web server cannot even take for text: it refuses before the base is asked (401.5). */
export type Authorization = 'user' | 'refused' | 'unreadable';

export function authorizationOf(
	header: string | undefined,
	credentials: Credentials,
): Authorization {
	const encoded = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1];
	if (!encoded) return 'refused';
	const given = Buffer.from(encoded, 'base64');
	if (!isUtf8(given)) return 'unreadable';
	return isUser(given, credentials) ? 'user' : 'refused';
}

function isUser(given: Buffer, { login, password }: Credentials): boolean {
	const expected = Buffer.from(`${login}:${password}`, 'utf8');
	return given.length === expected.length && timingSafeEqual(given, expected);
}
