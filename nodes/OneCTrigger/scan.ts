/**
 * New and changed objects where the base has no exchange plan for them: all of a window are looked at, and those whose
 * version has moved are told. `DataVersion` counts the writes of one object and is no place in time, so it can only be
 * compared [live probes of УТ 11]. What is entered with a date before the window, and what is deleted for good, is not
 * seen: 1C keeps no moment of change.
 */
import { z } from 'zod';
import { withoutEnding } from '../exchange/plainText';
import { Problem } from '../exchange/problem';
import { guidSchema } from '../exchange/reference';
import { readObjects } from '../OneC/changes/exchangeNode';
import { readByDate } from '../OneC/documents/steadyPages';
import type { Body, OneCClient } from '../OneC/odata/client';
import { dateTime } from '../OneC/odata/odata';
import { parse } from '../shared/parameters';
import { wallTime } from '../shared/wallTime';

export interface ScanWanted {
	set: string;
	/** How far back documents are looked at. */
	days: number;
	/** A further condition. */
	filter: string;
	withObjects: boolean;
}

/** Versions by reference, both shortened: it is kept in the workflow's static data. */
type Versions = Record<string, string>;

export interface ScanMemory {
	/** Of which set; another one begins anew. */
	set?: string;
	/** What the workflow has seen. */
	seen?: Versions;
	/** What was emitted last, and by which n8n process; after a restart it is told again. */
	emitted?: { process: string; versions: Versions };
}

export interface ScanItem extends Record<string, unknown> {
	change: 'new' | 'changed';
	type: string;
	ref: string;
	object?: Body;
}

/** What n8n saves with every emission must not grow without end. */
const MOST = 10_000;

const DAY = 86_400_000;

const rowSchema = z
	.object({ Ref_Key: guidSchema, DataVersion: z.string().nullish() })
	.passthrough()
	.transform(({ Ref_Key: ref, DataVersion: version, ...rest }) => ({
		ref,
		/** Base64 of eight bytes, the first of which are empty for ages. */
		version: withoutEnding((version ?? '').replace(/^A+/, ''), '='),
		rest,
	}));

type Row = z.output<typeof rowSchema>;

const isDocument = (set: string): boolean => set.startsWith('Document_');

const COMMON = ['Ref_Key', 'DataVersion', 'DeletionMark'];

const readRows = async (
	client: OneCClient,
	{ set, days, filter }: ScanWanted,
): Promise<unknown[]> => {
	if (!isDocument(set)) {
		const select = [...COMMON, 'Code', 'Description'];
		const query = { filter: filter || undefined, select, top: MOST + 1 };
		return await client.list(set, z.unknown(), query);
	}
	const since = dateTime(wallTime(client.clock.now() - days * DAY, client.base.timeZone));
	const conditions = [`Date ge ${since}`, ...(filter ? [`(${filter})`] : [])];
	const select = [...COMMON, 'Number', 'Date', 'Posted'];
	return await readByDate(client, set, { filter: conditions.join(' and '), select }, MOST + 1);
};

const rowsOf = async (client: OneCClient, wanted: ScanWanted): Promise<Row[]> => {
	const raw = await readRows(client, wanted);
	if (raw.length <= MOST) return raw.map((row) => parse(rowSchema, row, wanted.set));
	throw new Problem(
		`There are more than ${MOST} objects of ${wanted.set} to watch.`,
		'Watch fewer days, narrow the filter, or use an exchange plan.',
	);
};

const keyOf = ({ ref }: Row): string => ref.replace(/-/g, '');

const itemsOf = async (
	client: OneCClient,
	{ set, withObjects }: ScanWanted,
	rows: readonly Row[],
	isNew: (row: Row) => boolean,
): Promise<ScanItem[]> => {
	const changes = rows.map(({ ref }) => ({ type: set, ref, key: '', deleted: false }));
	const objects = withObjects ? await readObjects(client, changes) : new Map<string, Body>();
	return rows.map((row): ScanItem => {
		const object = objects.get(`${set} ${row.ref}`);
		return {
			change: isNew(row) ? 'new' : 'changed',
			type: set,
			ref: row.ref,
			...row.rest,
			...(object ? { object } : {}),
		};
	});
};

/** The first look only remembers: what was there before is neither new nor changed. */
export const scan = async (
	client: OneCClient,
	wanted: ScanWanted,
	before: ScanMemory,
	process: string,
): Promise<{ items: ScanItem[]; memory: ScanMemory }> => {
	const { set } = wanted;
	const rows = await rowsOf(client, wanted);
	const own: ScanMemory = before.set === set ? before : {};
	if (!own.seen) {
		const seen = Object.fromEntries(rows.map((row) => [keyOf(row), row.version]));
		return { items: [], memory: { set, seen } };
	}
	const taken = own.emitted?.process === process ? own.emitted.versions : {};
	const known = new Map(Object.entries({ ...own.seen, ...taken }));
	const news = rows.filter((row) => known.get(keyOf(row)) !== row.version);
	const items = await itemsOf(client, wanted, news, (row) => !known.has(keyOf(row)));
	/** What has left the window is forgotten. */
	const seen: Versions = {};
	for (const row of rows) {
		const version = known.get(keyOf(row));
		if (version !== undefined) seen[keyOf(row)] = version;
	}
	const versions = Object.fromEntries(news.map((row) => [keyOf(row), row.version]));
	return {
		items,
		memory: { set, seen, ...(news.length > 0 ? { emitted: { process, versions } } : {}) },
	};
};

/** What the button in the editor shows: the latest of the window. */
export const sample = async (client: OneCClient, wanted: ScanWanted): Promise<ScanItem[]> => {
	const rows = await rowsOf(client, wanted);
	return await itemsOf(client, wanted, rows.slice(-10), () => false);
};
