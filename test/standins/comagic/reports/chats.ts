/**
 * `get.chats_report` and `get.chat_messages_report`.
 * Imitates: an e-mail conversation is a chat of the channel «email» (switch `mailIs`); there is no column for a
 * visitor's e-mail.
 * Does not imitate: groups, transfers, ratings, files.
 */
import { columnsOf } from '../columns';
import type { Desk, Method } from '../desk';
import { LISTING } from '../listing';
import { checkParams } from '../params';
import { phoneColumn } from '../phone';
import { Refusal } from '../refusal';
import { fullName, type Chat, type Mail, type Message } from '../store';
import type { Fields } from '../values';
import { attribution, SHARED } from './attribution';
import { listed, reportMethod } from './report';

const COLUMNS = columnsOf(
	`id:n/fd status:e/fsd initiator:e/fsd date_time:t/sd duration:s/fsd answer_time:n/fsd`,
	SHARED,
	`communication_id:n/fd chat_ad_url:s/d chat_channel_id:n/f chat_channel_type:e/fs chat_channel_name:s
	chat_user_id:s/fs chat_username:s/fs messages_count:n is_group_chat:b/d is_transfer:b/d
	release_cause:e/fd employee_id:n/fsd employee_full_name:s/f employee_raiting:n/d
	employee_messages_count:n visitor_phone_number:n/fd visitor_ids:a/d visitor_session_id:n/fs
	visitor_profile_url:s/f ext_id:s/fs`,
);

const CHANNELS: Record<string, string> = {
	comagic: 'Чат на сайте',
	email: 'Почта',
	telegram: 'Telegram',
	whatsapp: 'WhatsApp',
};

/** A letter seen as the conversation it begins. */
const asChat = (mail: Mail): Chat => ({
	...mail,
	type: 'chat',
	chatId: mail.id,
	channel: 'email',
	phone: null,
	userName: mail.from,
	status: 'new',
	employeeId: null,
	messages: [{ id: mail.id, at: mail.at, text: mail.text, employeeId: null }],
});

export const chatsOf = ({ store, switches }: Desk): Chat[] => [
	...store.of('chat'),
	...(switches.mailIs === 'chatOfEmailChannel' ? store.of('email').map(asChat) : []),
];

const row = (desk: Desk, chat: Chat): Fields => {
	const { store, clock, switches } = desk;
	const answer = chat.messages.find(({ employeeId }) => employeeId !== null);
	const end = chat.finishedAt ?? chat.messages.at(-1)?.at ?? chat.at;
	return {
		...attribution(desk, chat),
		id: chat.chatId,
		status: chat.status,
		initiator: 'visitor',
		date_time: clock.text(chat.at),
		duration: String(Math.round((end - chat.at) / 1000)),
		answer_time: answer ? Math.round((answer.at - chat.at) / 1000) : null,
		chat_channel_id: Object.keys(CHANNELS).indexOf(chat.channel) + 1,
		chat_channel_type: chat.channel,
		chat_channel_name: CHANNELS[chat.channel] ?? chat.channel,
		chat_user_id: chat.channel === 'comagic' ? null : `user-${chat.visitorId}`,
		chat_username: chat.userName,
		messages_count: chat.messages.length,
		is_group_chat: false,
		is_transfer: false,
		employee_id: chat.employeeId,
		employee_full_name: chat.employeeId === null ? null : fullName(store.employee(chat.employeeId)),
		employee_messages_count: chat.messages.filter(({ employeeId }) => employeeId !== null).length,
		visitor_phone_number: phoneColumn(switches, chat.phone),
		visitor_ids: chat.visitorId === null ? [] : [chat.visitorId],
	};
};

export const chatsReport = reportMethod<Chat>({ columns: COLUMNS, records: chatsOf, row });

const MESSAGE_COLUMNS = columnsOf(
	`id:n/fd chat_id:n/fd channel_id:n/f channel_type:e/fs date_time:t/sd is_group_chat:b/d
	visitor_id:n/d text:s/d source:e/d resource:o/d employee_id:n/fsd employee_full_name:s/d`,
);

interface Line extends Message {
	chat: Chat;
}

/** Asked for by chats or by an interval; the limit of thirty days is not imitated. */
export const chatMessagesReport: Method = (desk, params) => {
	const more = { chat_id: 'number', chat_ids: 'numbers' } as const;
	checkParams(params, { ...LISTING, ...more, date_from: 'dateTime', date_till: 'dateTime' });
	const chosen = [
		params.chat_id,
		...(Array.isArray(params.chat_ids) ? params.chat_ids : []),
	].filter((id) => id !== undefined);
	const { date_from: from, date_till: till } = params;
	if (chosen.length === 0 && (from === undefined || till === undefined))
		throw new Refusal('required_parameter_missed', { field: 'chat_id' });
	return listed<Line>(
		desk,
		{
			columns: MESSAGE_COLUMNS,
			records: () =>
				chatsOf(desk)
					.filter(({ chatId }) => chosen.length === 0 || chosen.includes(chatId))
					.flatMap((chat) => chat.messages.map((message) => ({ ...message, chat }))),
			row: ({ store, clock }, { id, at, text, employeeId, chat }) => ({
				id,
				chat_id: chat.chatId,
				channel_type: chat.channel,
				date_time: clock.text(at),
				is_group_chat: false,
				visitor_id: chat.visitorId,
				text,
				source: employeeId === null ? 'visitor' : 'operator',
				employee_id: employeeId,
				employee_full_name: employeeId === null ? null : fullName(store.employee(employeeId)),
			}),
		},
		params,
		(text) =>
			(from === undefined || text >= String(from)) && (till === undefined || text <= String(till)),
	);
};
