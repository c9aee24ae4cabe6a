/**
 * Requisites, bank details and addresses: rows of older methods that hang on an owner. A row is found among those of
 * its owner by the columns that identify it, written where it differs, and added where there is none.
 */
import { z } from 'zod';
import { holds } from '../../exchange/equality';
import { Problem } from '../../exchange/problem';
import { inRounds } from '../../shared/rounds';
import { settled, type Settled } from '../../shared/settled';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { replies } from '../rest/replies';
import { isLost, required } from '../rest/reply';
import { differences } from '../rest/write';
import { columnType, cutNames, refuseTooLong } from './columns';

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

const hasAll = (row: Row, wanted: Row): boolean =>
	Object.entries(wanted).every(([name, value]) => holds(columnType(name), row[name], value));

/** Old lists ignore a filter they do not know, so the owner of each row is compared. */
export const rowsOfOwner = (reply: Reply, owner: Row): Row[] =>
	required(reply, rowsSchema).filter((row) => hasAll(row, owner));

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
	const found = rows.filter((row) => hasAll(row, key));
	if (found.length <= 1) return found[0];
	throw new Problem(
		`Several rows match ${JSON.stringify(key)}: ${found.map(({ ID }) => `${singular} ${String(ID)}`).join(', ')}.`,
		'Delete what is double in the card, or match on more columns.',
	);
};

interface Plan {
	/** The row that is meant, when there is one. */
	current: Row | undefined;
	/** What makes it as it should be; nothing when it is so. */
	command: Command | null;
	/** What it will then hold. */
	row: Row;
}

/** The title of a row is cut where it is too long; a name or a code is a person's to shorten. */
const fitting = (fields: Row): Row => {
	const cut = cutNames(fields, ['NAME']);
	refuseTooLong(cut);
	return cut;
};

const plan = async (methods: RowMethods, wanted: WantedRow, rows: Row[]): Promise<Plan> => {
	const current = matchIn(methods, rows, wanted.key);
	if (!current) {
		const first = await wanted.atFirst();
		const fields = fitting({ ...first, ...wanted.fields, ...wanted.key, ...wanted.owner });
		const command = { method: `${methods.prefix}.add`, params: { fields }, repeatable: false };
		return { current, command, row: fields };
	}
	const changes = differences(current, fitting(wanted.fields), columnType);
	if (Object.keys(changes).length === 0) return { current, command: null, row: current };
	const { id, fields = {} } = methods.address(current);
	const command = {
		method: `${methods.prefix}.update`,
		params: { ...(id === undefined ? {} : { id }), fields: { ...fields, ...changes } },
		repeatable: true,
	};
	return { current, command, row: { ...current, ...changes } };
};

const written = ({ current, command, row }: Plan, reply: Reply | undefined): WrittenRow => {
	if (!command || !reply) return { row, outcome: 'unchanged' };
	const answer = required(reply, z.unknown());
	if (current) return { row, outcome: 'updated' };
	return { row: answer === true ? row : { ID: answer, ...row }, outcome: 'created' };
};

const oneRound = async (
	client: Bitrix24Client,
	methods: RowMethods,
	wanted: WantedRow[],
	isSecondTry: boolean,
): Promise<Array<Settled<WrittenRow>>> => {
	const read = await listRows(
		client,
		methods,
		wanted.map(({ owner }) => owner),
	);
	const plans: Array<Settled<Plan>> = [];
	for (const [index, one] of wanted.entries()) {
		const rows = read[index];
		plans.push(
			rows instanceof Error
				? { error: rows }
				: await settled(async () => await plan(methods, one, rows)),
		);
	}
	const sent = plans.flatMap(({ value }) => value?.command ?? []);
	const answers = await replies(client, sent);
	const replyTo = ({ command }: Plan): Reply | undefined =>
		command ? answers[sent.indexOf(command)] : undefined;
	const isLostPlan = ({ value }: Settled<Plan>): boolean => {
		const reply = value && replyTo(value);
		return reply !== undefined && isLost(reply);
	};
	const lost = wanted.filter((_, index) => !isSecondTry && isLostPlan(plans[index]));
	const again = lost.length > 0 ? await oneRound(client, methods, lost, true) : [];
	return await Promise.all(
		plans.map(async (one, index): Promise<Settled<WrittenRow>> => {
			if (one.error) return one;
			const retried = again[lost.indexOf(wanted[index])];
			if (!retried) return await settled(() => written(one.value, replyTo(one.value)));
			if (retried.error) return retried;
			/** What the lost answer has done is found unchanged, and was done all the same. */
			return {
				value: { row: retried.value.row, outcome: one.value.current ? 'updated' : 'created' },
			};
		}),
	);
};

/** @returns what became of each row; a lost answer is settled by looking at the rows again */
export const writeRows = async (
	client: Bitrix24Client,
	methods: RowMethods,
	wanted: WantedRow[],
): Promise<Array<Settled<WrittenRow>>> =>
	await inRounds(
		wanted,
		({ owner, key }) => JSON.stringify([owner, key]),
		async (some) => await oneRound(client, methods, some, false),
	);
