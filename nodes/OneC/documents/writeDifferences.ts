/** Writes only what differs, and looks whether 1C stored it: it drops what it does not understand without a word. */
import { holds } from '../../exchange/equality';
import { Problem } from '../../exchange/problem';
import { UnknownOutcome } from '../../shared/http';
import { parse } from '../../shared/parameters';
import { settled } from '../../shared/settled';
import { usualType, type TypeOf } from '../metadata/valueTypes';
import type { Body, OneCClient } from '../odata/client';
import { bodySchema } from './createOnce';

export interface Written {
	object: Body;
	outcome: 'updated' | 'unchanged';
}

const differing = (stored: Body, fields: Body, typeOf: TypeOf): Body =>
	Object.fromEntries(
		Object.entries(fields).filter(([name, value]) => !holds(typeOf(name), stored[name], value)),
	);

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
	typeOf: TypeOf,
): Promise<Body> => {
	const { value, error } = await settled(async () => await client.update(set, ref, changes));
	if (!error) return parse(bodySchema, value, set);
	if (!(error instanceof UnknownOutcome)) throw error;
	const stored = await read(client, set, ref);
	if (Object.keys(differing(stored, changes, typeOf)).length === 0) return stored;
	throw error;
};

/** @param typeOf what the fields of the set hold, where the shape of the base has been read */
export const writeDifferences = async (
	client: OneCClient,
	set: string,
	ref: string,
	fields: Body,
	typeOf: TypeOf = usualType,
): Promise<Written> => {
	const before = await read(client, set, ref);
	const changes = differing(before, fields, typeOf);
	if (Object.keys(changes).length === 0) return { object: before, outcome: 'unchanged' };
	const object = await write(client, set, ref, changes, typeOf);
	const lost = Object.keys(differing(object, changes, typeOf));
	if (lost.length === 0) return { object, outcome: 'updated' };
	throw new Problem(
		`1C did not store ${lost.join(', ')} of ${set} ${ref} as it was sent.`,
		'Check the names of the fields, the lengths of strings and that references exist.',
	);
};
