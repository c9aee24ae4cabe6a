/**
 * The way back: stages of leads and deals go to CoMagic, so that analytics know which advertisement brought money.
 * A call takes a thousand rows, all or nothing [CoMagic docs, upload.deals_history]; here a bad row fails alone.
 */
import { z } from 'zod';
import { Problem } from '../exchange/problem';
import { UnknownOutcome } from '../shared/http';
import { settled } from '../shared/settled';
import { Refusal } from './answer';
import type { CoMagicClient } from './client';
import { readable, readList, type Row } from './rows';

const MOST = 1000;

export type HistoryRow = Row & {
	ext_id: string;
	stage_ext_id: string;
	modified_stage_date_time: string;
};

export type Uploaded = { outcome: 'uploaded' | 'unchanged' } | { problem: Error };

export interface History {
	method: string;
	list: 'leads' | 'deals';
	/** What CoMagic has already; none where it cannot be read back. */
	readBack?: string;
}

export const LEADS: History = { method: 'upload.leads_history', list: 'leads' };

export const DEALS: History = {
	method: 'upload.deals_history',
	list: 'deals',
	readBack: 'get.deals_history',
};

const stepSchema = z.object({
	ext_id: z.string(),
	stage_ext_id: z.string(),
	modified_stage_date_time: z.string(),
});

const stepOf = ({ ext_id, stage_ext_id, modified_stage_date_time }: HistoryRow): string =>
	JSON.stringify([ext_id, stage_ext_id, modified_stage_date_time]);

/** The steps CoMagic knows of these rows. */
const knownSteps = async (
	client: CoMagicClient,
	{ readBack }: History,
	rows: HistoryRow[],
): Promise<Set<string>> => {
	if (!readBack) return new Set();
	const ids = [...new Set(rows.map(({ ext_id: id }) => id))];
	const found = await readList(client, {
		method: readBack,
		fields: ['ext_id', 'stage_ext_id', 'modified_stage_date_time'],
		filter: { field: 'ext_id', operator: 'in', value: ids },
	});
	return new Set(readable(stepSchema, found).map(stepOf));
};

/** A step says the same however often it is said, so a list that cannot be read back may be sent again. */
const send = async (
	client: CoMagicClient,
	{ method, list, readBack }: History,
	rows: HistoryRow[],
): Promise<void> => {
	await client.call({
		method,
		params: { [list]: rows },
		repeatable: readBack === undefined,
	});
};

/** Which of the rows have gone through, and why the others have not. */
const sendAll = async (
	client: CoMagicClient,
	history: History,
	rows: HistoryRow[],
): Promise<Map<HistoryRow, Error | null>> => {
	const whole = await settled(async () => await send(client, history, rows));
	if (!whole.error) return new Map(rows.map((row) => [row, null]));
	if (whole.error instanceof UnknownOutcome && history.readBack) {
		const known = await knownSteps(client, history, rows);
		const error = whole.error;
		return new Map(rows.map((row) => [row, known.has(stepOf(row)) ? null : error]));
	}
	if (!(whole.error instanceof Refusal) || rows.length === 1) {
		const error = whole.error;
		return new Map(rows.map((row) => [row, error]));
	}
	const results = new Map<HistoryRow, Error | null>();
	for (const row of rows) {
		const { error } = await settled(async () => await send(client, history, [row]));
		results.set(row, error ?? null);
	}
	return results;
};

const asProblem = ({ ext_id: id }: HistoryRow, error: Error): Error =>
	error instanceof Problem ? new Problem(`${id}: ${error.message}`, error.remedy) : error;

/** The outcomes stand in the order of the rows. */
export const uploadHistory = async (
	client: CoMagicClient,
	history: History,
	rows: HistoryRow[],
): Promise<Uploaded[]> => {
	const outcomes: Uploaded[] = [];
	for (let from = 0; from < rows.length; from += MOST) {
		const chunk = rows.slice(from, from + MOST);
		const known = await knownSteps(client, history, chunk);
		const fresh = chunk.filter((row) => !known.has(stepOf(row)));
		const sent = fresh.length > 0 ? await sendAll(client, history, fresh) : new Map();
		for (const row of chunk) {
			const error = sent.get(row) as Error | null | undefined;
			if (error) outcomes.push({ problem: asProblem(row, error) });
			else outcomes.push({ outcome: error === null ? 'uploaded' : 'unchanged' });
		}
	}
	return outcomes;
};
