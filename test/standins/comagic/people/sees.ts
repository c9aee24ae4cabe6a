/** What a person would see in the cabinet, for assertions and for the page of states. */
import type { Desk } from '../desk';
import type { Sent } from '../notifications';
import { isLost } from '../reports/calls';
import type { Communication, Uploaded } from '../store';

export interface CommunicationSeen {
	id: number;
	type: Communication['type'];
	/** Milliseconds. */
	at: number;
	phone: string | null;
	email: string | null;
	name: string | null;
	text: string;
	lost: boolean;
	/** What is still to be done by an employee. */
	waiting: boolean;
	tags: string[];
	campaign: string | null;
}

export interface Sees {
	/** Oldest first. */
	communications(): CommunicationSeen[];
	communication(id: number): CommunicationSeen;
	/** What the CRM has uploaded. */
	leads(): Uploaded[];
	deals(): Uploaded[];
	notifications(): Sent[];
}

export const seesOf = (desk: Desk): Sees => {
	const { store, notifications } = desk;
	return {
		communications: () => store.communications.map((one) => seen(desk, one)),
		communication: (id) => seen(desk, store.communication(id)),
		leads: () => structuredClone([...store.leads.values()]),
		deals: () => structuredClone([...store.deals.values()]),
		notifications: () => notifications.log.map((sent) => ({ ...sent })),
	};
};

const seen = ({ store }: Desk, one: Communication): CommunicationSeen => ({
	id: one.id,
	type: one.type,
	at: one.at,
	phone: one.type === 'email' ? null : one.phone,
	email: one.type === 'email' ? one.from : one.type === 'offline_message' ? one.email : null,
	name: store.visitors.find(({ id }) => id === one.visitorId)?.name ?? null,
	text: textOf(one),
	lost: one.type === 'call' && one.finishedAt !== undefined && isLost(one),
	waiting:
		(one.type === 'call' && one.finishedAt === undefined) ||
		(one.type === 'chat' && one.status === 'new') ||
		(one.type === 'offline_message' && one.status === 'not_processed'),
	tags: store.tags
		.filter(({ id }) => one.tags.some(({ tagId }) => tagId === id))
		.map(({ name }) => name),
	campaign: store.campaigns.find(({ id }) => id === one.campaignId)?.name ?? null,
});

const textOf = (one: Communication): string => {
	if (one.type === 'call') return one.comment ?? '';
	return one.type === 'chat' ? (one.messages[0]?.text ?? '') : one.text;
};
