/** Resources that are a report each. */
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { limitFields, readLimit } from '../../shared/limitFields';
import type { ItemOperation, ListOperation, Outcome, Resource } from '../../shared/operation';
import { settled } from '../../shared/settled';
import { idSchema } from '../../shared/valueSchemas';
import { downloadRecord } from '../callRecord';
import type { CoMagicClient } from '../client';
import { CALLS, CHATS, VISITOR_SESSIONS } from '../columns';
import { readList } from '../rows';
import { reportOperation } from './reportOperation';

const text = z.string().trim();

/** One record after the other: they are large. */
const download: ListOperation<CoMagicClient> = {
	value: 'downloadRecord',
	name: 'Download Record',
	action: 'Download the record of a call',
	description: 'The recorded talk as binary data',
	properties: [
		{
			displayName: 'Record URL',
			name: 'recordUrl',
			type: 'string',
			default: '={{ $json.full_record_file_link ?? $json.recordUrl }}',
			required: true,
			description: 'As Get Many of calls, a contact or a notification gives it',
		},
		{
			displayName: 'Put Output File in Field',
			name: 'binaryProperty',
			type: 'string',
			default: 'data',
			required: true,
			hint: 'The name of the output binary field to put the file in',
		},
	],
	async forAll({ media }, items) {
		const outcomes: Outcome[] = [];
		for (const item of items) {
			const { value, error } = await settled(async () => {
				const link = item.read('recordUrl', 'Record URL', text.nullish());
				const property = item.read('binaryProperty', 'Put Output File in Field', text.min(1));
				const file = await downloadRecord(media, link ?? '');
				const json = { ...item.json, fileName: file.name, mimeType: file.type };
				return { json, binary: { [property]: await item.keepFile(file) } };
			});
			outcomes.push(error ? { problem: error } : { items: [value] });
		}
		return outcomes;
	},
};

export const call: Resource<CoMagicClient> = {
	value: 'call',
	name: 'Call (Звонок)',
	operations: [reportOperation(CALLS, 'calls', 'Calls that have ended, in and out'), download],
};

const getMessages: ItemOperation<CoMagicClient> = {
	value: 'getMessages',
	name: 'Get Messages',
	action: 'Get messages of a chat',
	description: 'What the visitor and the operator wrote, oldest first',
	properties: [
		{
			displayName: 'Chat ID',
			name: 'chatId',
			type: 'string',
			default: '={{ $json.id }}',
			required: true,
			description: 'ID of the chat, not of the communication',
		},
		...limitFields,
	],
	async forEach(client, item) {
		const question = {
			method: 'get.chat_messages_report',
			sort: 'date_time',
			more: { chat_id: item.read('chatId', 'Chat ID', idSchema) },
		};
		return (await readList(client, question, readLimit(item))) as IDataObject[];
	},
};

export const chat: Resource<CoMagicClient> = {
	value: 'chat',
	name: 'Chat (Чат)',
	operations: [reportOperation(CHATS, 'chats', 'Chats of the site and of messengers'), getMessages],
};

export const visitorSession: Resource<CoMagicClient> = {
	value: 'visitorSession',
	name: 'Visitor Session (Визит)',
	operations: [
		reportOperation(
			VISITOR_SESSIONS,
			'visitor sessions',
			'Visits, the pages of each, what was done',
		),
	],
};
