/**
 * Requisites, bank details and addresses: rows of older methods that hang on an owner. A row is found among those of
 * its owner by the columns that identify it, written where it differs, and added where there is none.
 */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { UnknownOutcome } from '../../shared/http';
import { settled } from '../../shared/settled';
import type { Bitrix24Client, Command, Reply } from '../client';
import { replies } from '../replies';
import { required } from '../reply';
import { differences, same } from '../write';

export type Row = Record<string, unknown>;

/** How the rows of one kind are read and written. */
export interface RowMethods {
	/** What a person calls such a row. */
	singular: string;
	/** Before `.list`, `.add` and `.update`. */
	prefix: string;
	/** What of a row tells the portal which is to be changed. */
	address(row: Row): { id?: unknown; fields?: Row };
}

const byId = (row: Row) => ({ id: row.ID });

export const REQUISITES: RowMethods = {
	singular: 'requisite',
	prefix: 'crm.requisite',
	address: byId,
};

export const BANK_DETAILS: RowMethods = {
	singular: 'bank detail',
	prefix: 'crm.requisite.bankdetail',
	address: byId,
};

/** An address has no number: its owner and its type are its name [Bitrix24 docs, crm.address]. */
export const ADDRESSES: RowMethods = {
	singular: 'address',
	prefix: 'crm.address',
	address: ({ TYPE_ID, ENTITY_TYPE_ID, ENTITY_ID }) => ({
		fields: { TYPE_ID, ENTITY_TYPE_ID, ENTITY_ID },
	}),
};

export interface WantedRow {
	/** The owner. */
	owner: Row;
	/** What identifies the row among those of its owner. */
	key: Row;
	/** What it should hold. */
	fields: Row;
	/** What a new one needs besides. */
	atFirst(): Promise<Row> | Row;
}

export interface WrittenRow {
	row: Row;
	outcome: 'created' | 'updated' | 'unchanged';
}

const rowsSchema = z.array(z.record(z.unknown()));

const listing = ({ prefix }: RowMethods, owner: Row): Command => ({
	method: `${prefix}.list`,
	params: { filter: owner, select: ['*', 'UF_*'] },
});

/** Old lists ignore a filter they do not know, so the owner is looked at again. */
export const rowsOfOwner = (reply: Reply, owner: Row): Row[] =>
	required(reply, rowsSchema).filter((row) =>
		Object.entries(owner).every(([name, value]) => same(row[name], value)),
	);

export const listRows = async (
	client: Bitrix24Client,
	methods: RowMethods,
	owners: Row[],
): Promise<Array<Row[] | Error>> => {
	const read = await replies(
		client,
		owners.map((owner) => listing(methods, owner)),
	);
	return read.map((reply, index) =>
		'problem' in reply ? reply.problem : rowsOfOwner(reply, owners[index]),
	);
};

const matchIn = ({ singular }: RowMethods, rows: Row[], key: Row): Row | undefined => {
	const found = rows.filter((row) =>
		Object.entries(key).every(([name, value]) => same(row[name], value)),
	);
	if (found.length <= 1) return found[0];
	throw new Problem(
		`Several rows match ${JSON.stringify(key)}: ${found.map(({ ID }) => `${singular} ${String(ID)}`).join(', ')}.`,
		'Delete what is double in the card, or match on more columns.',
	);
};

const write = async (
	client: Bitrix24Client,
	methods: RowMethods,
	wanted: WantedRow,
	rows: Row[],
): Promise<WrittenRow> => {
	const current = matchIn(methods, rows, wanted.key);
	if (!current) {
		const first = await wanted.atFirst();
		const fields = { ...first, ...wanted.fields, ...wanted.key, ...wanted.owner };
		const command = { method: `${methods.prefix}.add`, params: { fields }, repeatable: false };
		const ID = await client.call(command);
		return { row: ID === true ? fields : { ID, ...fields }, outcome: 'created' };
	}
	const changes = differences(current, wanted.fields);
	if (Object.keys(changes).length === 0) return { row: current, outcome: 'unchanged' };
	const { id, fields = {} } = methods.address(current);
	await client.call({
		method: `${methods.prefix}.update`,
		params: { ...(id === undefined ? {} : { id }), fields: { ...fields, ...changes } },
		repeatable: true,
	});
	return { row: { ...current, ...changes }, outcome: 'updated' };
};

const readRowsOf = async (
	client: Bitrix24Client,
	methods: RowMethods,
	{ owner }: WantedRow,
): Promise<Row[]> => {
	const [rows] = await listRows(client, methods, [owner]);
	if (rows instanceof Error) throw rows;
	return rows;
};

/** What a lost answer has done is seen in the rows; what it has not is done now. */
export const writeRow = async (
	client: Bitrix24Client,
	methods: RowMethods,
	wanted: WantedRow,
): Promise<WrittenRow> => {
	const before = await readRowsOf(client, methods, wanted);
	const { value, error } = await settled(async () => await write(client, methods, wanted, before));
	if (value) return value;
	if (!(error instanceof UnknownOutcome)) throw error;
	const after = await readRowsOf(client, methods, wanted);
	const { row } = await write(client, methods, wanted, after);
	const existed = matchIn(methods, before, wanted.key) !== undefined;
	return { row, outcome: existed ? 'updated' : 'created' };
};
