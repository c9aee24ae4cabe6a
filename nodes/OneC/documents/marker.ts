/**
 * How a document of 1C says which deal it was made for. An order carries the marker in the number of the buyer's
 * electronic document, an invoice has no such field and carries it in its comment, in brackets.
 *
 * The bracket that opens is left out of every search: `[` begins a set of characters in ПОДОБНО of 1C, and nobody has
 * verified that OData escapes it. What is found is therefore always checked by `dealIn` once more.
 */
import { createHash } from 'node:crypto';

export const markerOf = (marker: string, dealId: number): string => `${marker}-${dealId}`;

/** «[B24-123] Title», on one line: a title is somebody's free text. */
export const commentOf = (marker: string, dealId: number, title: string): string =>
	`[${markerOf(marker, dealId)}] ${title.replace(/\s+/g, ' ')}`.trim();

const numberIn = (found: RegExpExecArray | null): number | null => {
	const dealId = found ? Number(found[1]) : 0;
	return dealId > 0 && Number.isSafeInteger(dealId) ? dealId : null;
};

/** The deal an order was made for. */
export const dealInNumber = (marker: string, number: string): number | null =>
	numberIn(new RegExp(`^${marker}-(\\d+)$`, 'i').exec(number.trim()));

/** The deal an invoice was made for; an accountant may have written around the marker. */
export const dealInComment = (marker: string, comment: string): number | null =>
	numberIn(new RegExp(`\\[${marker}-(\\d+)\\]`, 'i').exec(comment));

/** Names this package among all makers of UUIDs from names; never change it. */
const NAMESPACE = '5d3e0b8e-64c4-4f0b-9c0a-6f0f4e1c2b24';

/**
 * The key a document gets when the base lets the client choose it: the same for the same deal, so that a second
 * document cannot appear. A UUID of version 5 as RFC 4122 makes it.
 */
export const ownRef = (portal: string, dealId: number, kind: string): string => {
	const namespace = Buffer.from(NAMESPACE.replace(/-/g, ''), 'hex');
	const name = Buffer.from(`${portal.toLowerCase()}/${dealId}/${kind}`, 'utf8');
	const hash = createHash('sha1')
		.update(Buffer.concat([namespace, name]))
		.digest();
	hash[6] = (hash[6] & 0x0f) | 0x50;
	hash[8] = (hash[8] & 0x3f) | 0x80;
	const hex = hash.toString('hex').slice(0, 32);
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};
