/** Resources that are a report each. */
import type { IDataObject } from 'n8n-workflow';
import { limitFields, readLimit } from '../../shared/limitFields';
import type { ItemOperation, Resource } from '../../shared/operation';
import { idSchema } from '../../shared/valueSchemas';
import type { CoMagicClient } from '../client';
import { CALLS, CHATS, VISITOR_SESSIONS } from '../columns';
import { readList } from '../rows';
import { reportOperation } from './reportOperation';

export const call: Resource<CoMagicClient> = {
	value: 'call',
	name: 'Call (Звонок)',
	operations: [reportOperation(CALLS, 'calls', 'Calls that have ended, in and out')],
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
