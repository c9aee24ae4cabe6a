/**
 * What of a buyer was written last, in the card's `originVersion`: a hash of all facts, by which a later run passes over
 * a card without reading it, and traces of the phones, e-mails and addresses that came from 1C, by which the ones that
 * 1C has dropped are told from those a manager has added.
 */
import { createHash } from 'node:crypto';
import type { Party } from '../../exchange/party';
import { entryValue, type Entry } from '../cards/communications';

/** Rises whenever facts are written another way, so that every card is looked at again. */
const WAY = '2';

/** ORIGIN_VERSION is a string of 255 characters. */
const LONGEST = 255;

export const LEGAL_ADDRESS = 6;
export const ACTUAL_ADDRESS = 1;

const hash = (text: string, length: number): string =>
	createHash('sha256').update(text).digest('hex').slice(0, length);

/** Keys in one order, whatever order the facts were gathered in. */
const canonical = (party: Party): string =>
	JSON.stringify(Object.entries(party).sort(([a], [b]) => (a < b ? -1 : 1)));

export const entryTrace = (entry: Pick<Entry, 'typeId' | 'value'>): string =>
	hash(entryValue(entry), 6);

export const addressTrace = (type: number): string => `a${type}`;

export const imprintOf = (party: Party): string => {
	const { phones, emails, legalAddress, actualAddress } = party;
	const traces = [
		...(legalAddress ? [addressTrace(LEGAL_ADDRESS)] : []),
		...(actualAddress ? [addressTrace(ACTUAL_ADDRESS)] : []),
		...phones.map((value) => entryTrace({ typeId: 'PHONE', value })),
		...emails.map((value) => entryTrace({ typeId: 'EMAIL', value })),
	];
	let imprint = `${WAY}:${hash(canonical(party), 32)}:`;
	for (const trace of traces) {
		if (imprint.length + trace.length + 1 <= LONGEST) imprint += `${trace},`;
	}
	return imprint;
};

export const tracesIn = (imprint: string): Set<string> =>
	new Set((imprint.split(':')[2] ?? '').split(',').filter(Boolean));
