/** How somebody got in touch: the kinds that sales people tell apart, and what shows which it was. */
import { z } from 'zod';

export const KINDS = ['call', 'callback', 'site_request', 'chat', 'email'] as const;

export type ContactKind = (typeof KINDS)[number];

export const kindSchema = z.enum(KINDS);

export const KIND_NAMES: Record<ContactKind, string> = {
	call: 'Звонок',
	callback: 'Обратный звонок',
	site_request: 'Заявка с сайта',
	chat: 'Чат',
	email: 'Письмо',
};

/** What CoMagic says of a communication. */
export interface Evidence {
	/** `communication_type`: call, chat, offline_message, email or goal. */
	type: string;
	/** `source` of a call: how it came about. */
	callSource?: string;
	/** `chat_channel_type`. */
	channel?: string;
}

/** Calls the site or the exchange placed because somebody waited for one [CoMagic docs, calls report, `source`]. */
const CALLED_BACK = /^(sitephone|lead|auto_back_call_by_.+)$/;

/** @returns null for what is no contact, such as a goal reached on the site */
export const kindOf = ({ type, callSource = '', channel = '' }: Evidence): ContactKind | null => {
	switch (type) {
		case 'call':
			return CALLED_BACK.test(callSource) ? 'callback' : 'call';
		case 'offline_message':
			return 'site_request';
		case 'chat':
			return channel === 'email' ? 'email' : 'chat';
		case 'email':
			return 'email';
		default:
			return null;
	}
};
