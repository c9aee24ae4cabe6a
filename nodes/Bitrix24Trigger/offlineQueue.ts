/**
 * The application's queue of events inside the portal: it fills while n8n is down, and is emptied only when what was
 * taken has been given to the workflow. Bitrix24 keeps one row for each thing and event, the latest
 * [Bitrix24 docs, offline events].
 *
 * Taking is two steps: `event.offline.get` with clear=0 reserves rows, and what is reserved is then listed. So rows
 * that an earlier poll has reserved and never given, because n8n was killed, are listed as well. They are cleared by
 * the poll after the one that gave them.
 */
import { z } from 'zod';
import { settleBindings } from '../Bitrix24/bindings/bindings';
import type { Bitrix24Client, Command, Reply } from '../Bitrix24/rest/client';
import { eventHandlers, type EventHandler } from '../Bitrix24/bindings/eventHandlers';
import { required } from '../Bitrix24/rest/reply';
import { toCrmEvent, type CrmEvent } from './crmEvent';

/** Kept in the workflow's static data. */
export type QueueMemory = {
	/** What was given and has to be cleared: message IDs by the ID they were reserved under. */
	given?: Record<string, string[]>;
	/** The n8n process that gave it. */
	by?: string;
	/** Whether it was given for the second time. */
	again?: boolean;
	/** The name of the queue that was subscribed. */
	connector?: string;
};

const rowSchema = z.object({
	ID: z.coerce.number(),
	TIMESTAMP_X: z.coerce.date(),
	EVENT_NAME: z.string(),
	EVENT_DATA: z.unknown(),
	EVENT_ADDITIONAL: z
		.object({ user_id: z.coerce.number().int().positive() })
		.transform(({ user_id: userId }) => ({ userId }))
		.catch({ userId: 0 }),
	MESSAGE_ID: z.string(),
	PROCESS_ID: z
		.string()
		.nullish()
		.transform((id) => id ?? ''),
	ERROR: z.coerce.number().catch(0),
});

type Row = z.output<typeof rowSchema>;

const PAGE = 50;

/** 1,000 rows of each event a poll: after a long night the queue is emptied in a few minutes. */
const ROUNDS = 20;

const queueOf = ({ connector }: Bitrix24Client): Record<string, unknown> =>
	connector === '' ? {} : { auth_connector: connector };

/** One request for each event, because the filter takes no lists; other events of the queue belong to others. */
const reserving = (client: Bitrix24Client, events: string[]): Command[] =>
	events.map((event) => ({
		method: 'event.offline.get',
		params: { filter: { '=EVENT_NAME': event }, clear: 0, limit: PAGE, ...queueOf(client) },
		repeatable: true,
	}));

const clearing = (given: Record<string, string[]> = {}): Command[] =>
	Object.entries(given).map(([process, messages]) => ({
		method: 'event.offline.clear',
		params: { process_id: process, message_id: messages },
		repeatable: true,
	}));

const reservedSchema = z.object({ events: z.array(z.unknown()) });

const isFull = (reply: Reply): boolean => required(reply, reservedSchema).events.length >= PAGE;

const reserve = async (client: Bitrix24Client, events: string[]): Promise<void> => {
	let left = events;
	for (let round = 1; left.length > 0 && round <= ROUNDS; round += 1) {
		const replies = await client.batch(reserving(client, left));
		left = left.filter((_, index) => isFull(replies[index]));
	}
};

/** Rows of these events, oldest first, whether reserved or not. */
export const listQueue = async (client: Bitrix24Client, events: string[]): Promise<Row[]> => {
	const rows: Row[] = [];
	for (let start = 0; ; start += PAGE) {
		const params = { order: { ID: 'ASC' }, start, ...queueOf(client) };
		const listed = await client.call({ method: 'event.offline.list', params });
		const page = z.array(rowSchema).parse(listed);
		rows.push(...page.filter(({ EVENT_NAME: name }) => events.includes(name.toUpperCase())));
		if (page.length < PAGE) return rows;
	}
};

export const toEvent = (row: Row): CrmEvent => ({
	...toCrmEvent(row.EVENT_NAME, row.EVENT_DATA, row.TIMESTAMP_X),
	...(row.EVENT_ADDITIONAL.userId > 0 ? row.EVENT_ADDITIONAL : {}),
});

const byProcess = (rows: Row[]): Record<string, string[]> => {
	const given: Record<string, string[]> = {};
	for (const { PROCESS_ID: process, MESSAGE_ID: message } of rows) {
		(given[process] ??= []).push(message);
	}
	return given;
};

/**
 * The list of handlers does not tell which queue they fill, so another queue is subscribed without looking; being
 * refused means that it was subscribed already.
 */
const subscribe = async (
	client: Bitrix24Client,
	events: string[],
	{ connector }: QueueMemory,
): Promise<void> => {
	const wanted = events.map((event): EventHandler => ({ event, handler: '', offline: true }));
	if (connector !== client.connector) await client.batch(wanted.map(eventHandlers.bind));
	await settleBindings(client, eventHandlers, wanted, () => false);
};

/**
 * n8n stores the memory a moment before it starts the workflow. Whether the workflow was started is certain only for
 * the process that goes on living, so what another process has given is given once more.
 * @param by the n8n process
 */
export const takeFromQueue = async (
	client: Bitrix24Client,
	events: string[],
	memory: QueueMemory,
	by: string,
): Promise<{ events: CrmEvent[]; memory: QueueMemory }> => {
	const isCertain = memory.by === by || memory.again === true;
	await subscribe(client, events, memory);
	if (isCertain) {
		const replies = await client.batch(clearing(memory.given));
		for (const reply of replies) required(reply, z.unknown());
	}
	await reserve(client, events);
	const rows = (await listQueue(client, events)).filter(
		({ PROCESS_ID: process, ERROR: error }) => process !== '' && error === 0,
	);
	const { connector } = client;
	if (rows.length === 0) return { events: [], memory: { connector } };
	const again = !isCertain && memory.given !== undefined;
	return {
		events: rows.map(toEvent),
		memory: { given: byProcess(rows), by, again, connector },
	};
};
