/** Writes only what differs, and looks whether 1C stored it: it drops what it does not understand without a word. */
import { Problem } from '../../exchange/problem';
import { UnknownOutcome } from '../../shared/http';
import { parse } from '../../shared/parameters';
import { settled } from '../../shared/settled';
import type { Body, OneCClient } from '../odata/client';
import { bodySchema } from './createOnce';

export interface Written {
	object: Body;
	outcome: 'updated' | 'unchanged';
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Rows hold more fields than were sent, numbers may come back as strings, references in another case. */
const holds = (stored: unknown, wanted: unknown): boolean => {
	if (Array.isArray(wanted)) {
		const rows = Array.isArray(stored) ? stored : [];
		return rows.length === wanted.length && wanted.every((row, index) => holds(rows[index], row));
	}
	if (isRecord(wanted)) {
		return isRecord(stored) && Object.keys(wanted).every((key) => holds(stored[key], wanted[key]));
	}
	if (typeof wanted === 'number') return Number(stored) === wanted;
	return (
		String(stored ?? '')
			.trim()
			.toLowerCase() ===
		String(wanted ?? '')
			.trim()
			.toLowerCase()
	);
};

const differing = (stored: Body, fields: Body): Body =>
	Object.fromEntries(Object.entries(fields).filter(([name, value]) => !holds(stored[name], value)));

const read = async (client: OneCClient, set: string, ref: string): Promise<Body> => {
	const stored = await client.read(set, ref, bodySchema);
	if (stored) return stored;
	throw new Problem(`1C has no ${set} ${ref}.`, 'Check the GUID and the entity.');
};

/** Writing the same once more does no harm, so after a lost answer the object is read and compared. */
const write = async (
	client: OneCClient,
	set: string,
	ref: string,
	changes: Body,
): Promise<Body> => {
	const { value, error } = await settled(async () => await client.update(set, ref, changes));
	if (!error) return parse(bodySchema, value, set);
	if (!(error instanceof UnknownOutcome)) throw error;
	const stored = await read(client, set, ref);
	if (Object.keys(differing(stored, changes)).length === 0) return stored;
	throw error;
};

export const writeDifferences = async (
	client: OneCClient,
	set: string,
	ref: string,
	fields: Body,
): Promise<Written> => {
	const before = await read(client, set, ref);
	const changes = differing(before, fields);
	if (Object.keys(changes).length === 0) return { object: before, outcome: 'unchanged' };
	const object = await write(client, set, ref, changes);
	const lost = Object.keys(differing(object, changes));
	if (lost.length === 0) return { object, outcome: 'updated' };
	throw new Problem(
		`1C did not store ${lost.join(', ')} of ${set} ${ref} as it was sent.`,
		'Check the names of the fields, the lengths of strings and that references exist.',
	);
};
