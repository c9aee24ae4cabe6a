/** Contacts of a period, each type from the report that knows its phone, its e-mail and its text. */
import { z } from 'zod';
import { Problem } from '../exchange/problem';
import type { CoMagicClient } from './client';
import { CALLS, CHATS, columnsFor, SITE_REQUESTS, type Report } from './columns';
import { asIso, type Period } from './period';
import { readable, readList, readReport, type Row } from './rows';
import { toContact, type ContactJson } from './toContact';

export const CONTACT_TYPES = ['call', 'chat', 'offline_message', 'email'] as const;

export type ContactType = (typeof CONTACT_TYPES)[number];

export interface Wanted {
	period: Period;
	/** Looks for this one only. */
	communicationId?: number;
}

type Read = (client: CoMagicClient, wanted: Wanted) => Promise<ContactJson[]>;

const contactsOf = async (
	client: CoMagicClient,
	type: ContactType,
	rows: Row[],
	timeColumn: string,
): Promise<ContactJson[]> => {
	const timeZone = await client.timeZone();
	return rows.map((row) => toContact(row, type, asIso(String(row[timeColumn] ?? ''), timeZone)));
};

const MORE_OF_CALLS = [
	'contact_full_name',
	'last_talked_employee_full_name',
	'last_answered_employee_full_name',
];
const MORE_OF_CHATS = ['chat_channel_type', 'chat_username', 'employee_full_name'];

const rowsOf = async (
	client: CoMagicClient,
	report: Report,
	more: string[],
	{ period, communicationId }: Wanted,
): Promise<Row[]> =>
	await readReport(
		client,
		{
			method: report.method,
			fields: [...columnsFor(report, 'attribution'), ...more],
			sort: report.sort,
			filter:
				communicationId === undefined
					? undefined
					: { field: report.communicationId, operator: '=', value: communicationId },
		},
		period,
	);

const messageSchema = z.object({
	chat_id: z.coerce.number(),
	text: z.string().nullish(),
	source: z.string().nullish(),
});

/** What the visitor wrote first; the report of chats has no words in it. */
const openings = async (client: CoMagicClient, chats: Row[]): Promise<Map<number, string>> => {
	if (chats.length === 0) return new Map();
	const messages = await readList(client, {
		method: 'get.chat_messages_report',
		sort: 'date_time',
		more: { chat_ids: chats.map(({ id }) => id) },
	});
	const texts = new Map<number, string>();
	for (const { chat_id: chat, text, source } of readable(messageSchema, messages)) {
		if (text && source !== 'operator' && !texts.has(chat)) texts.set(chat, text);
	}
	return texts;
};

const chats: Read = async (client, wanted) => {
	const rows = await rowsOf(client, CHATS, MORE_OF_CHATS, wanted);
	const texts = await openings(client, rows);
	const withTexts = rows.map((row) => ({ ...row, text: texts.get(Number(row.id)) ?? '' }));
	return await contactsOf(client, 'chat', withTexts, 'date_time');
};

/** Columns of the report «Все обращения», the only one that lists letters; it needs an option of the tariff. */
const LETTER_COLUMNS = [
	...['communication_type', 'communication_id', 'communication_date_time', 'contact_full_name'],
	...['email_from', 'email_subject', 'email_message', 'site_domain_name', 'campaign_name', 'tags'],
	...['channel_new', 'source_name', 'utm_source', 'utm_medium', 'utm_campaign', 'utm_content'],
	...[
		'utm_term',
		'entrance_page',
		'referrer',
		'yclid',
		'gclid',
		'visitor_id',
		'visitor_session_id',
	],
];

const reportSchema = z.object({ id: z.number(), type: z.string() });

const letters: Read = async (client, { period, communicationId }) => {
	const listed = await readList(client, { method: 'get.reports_list', fields: ['id', 'type'] });
	const report = readable(reportSchema, listed).find(({ type }) => type === 'communications');
	if (!report) {
		throw new Problem(
			'The account has no report «Все обращения», which lists letters.',
			'Leave letters out, or ask CoMagic for the report.',
		);
	}
	const rows = await readReport(
		client,
		{
			method: 'get.communications',
			fields: LETTER_COLUMNS,
			filter: { field: 'communication_type', operator: '=', value: 'email' },
			more: { report_id: report.id, report_type: report.type },
		},
		period,
	);
	const wanted = rows.filter(
		({ communication_id: id }) => communicationId === undefined || Number(id) === communicationId,
	);
	return await contactsOf(client, 'email', wanted, 'communication_date_time');
};

const READ: Record<ContactType, Read> = {
	call: async (client, wanted) => {
		const rows = await rowsOf(client, CALLS, MORE_OF_CALLS, wanted);
		return await contactsOf(client, 'call', rows, 'start_time');
	},
	chat: chats,
	offline_message: async (client, wanted) => {
		const rows = await rowsOf(client, SITE_REQUESTS, [], wanted);
		return await contactsOf(client, 'offline_message', rows, 'date_time');
	},
	email: letters,
};

export const readContacts = async (
	client: CoMagicClient,
	type: ContactType,
	wanted: Wanted,
): Promise<ContactJson[]> => await READ[type](client, wanted);
