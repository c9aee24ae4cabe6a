/**
 * A person who comes to the site, or only calls.
 * Imitates: what each act leaves in the account and announces. Numbers shown on the site follow the campaign.
 * Does not imitate: several people behind one telephone, goals, visits nobody made a contact in but the first pages.
 */
import type { Desk } from '../desk';
import { digitsOf } from '../phone';
import type { Call, Communication, Session, Utm, Visitor } from '../store';

export interface Visit {
	page?: string;
	referrer?: string;
	searchQuery?: string;
	utm?: Utm;
	yclid?: string;
	gclid?: string;
	/** Left out, the system campaign, or the advertised one when the visit has labels. */
	campaign?: number;
}

export interface Newcomer extends Visit {
	name?: string;
	phone?: string;
	email?: string;
	city?: string;
	device?: 'desktop' | 'mobile' | 'tablet' | 'other';
	/** Has the number from a poster: there is no visit, source or campaign. */
	neverSawTheSite?: boolean;
}

export interface VisitorHand {
	id: number;
	/** Another visit; what follows belongs to it. */
	comesAgain(visit?: Visit): void;
	opens(page: string): void;
	/** Rings until an employee answers or misses. Every act gives the communication's id. */
	calls(call?: { number?: string }): number;
	/** A call the site places: the visitor left a number and waits. */
	asksForCallback(call?: { comment?: string }): number;
	sendsRequest(request: { text?: string; form?: string; phone?: string; email?: string }): number;
	chats(chat: { text: string; channel?: 'comagic' | 'telegram' | 'whatsapp' }): number;
	writes(chat: number, text: string): void;
	writesMail(mail: { subject: string; text: string }): number;
}

export const visitorComes = (desk: Desk, newcomer: Newcomer): VisitorHand => {
	const { store, clock, notifications } = desk;
	const { name, phone, email, city, device } = newcomer;
	const id = store.nextId('visitor', 2_200_501);
	const visitor: Visitor = {
		id,
		personId: store.nextId('person', 1_900_301),
		name: name ?? null,
		phone: phone === undefined ? null : digitsOf(phone),
		email: email ?? null,
		city: city ?? 'Москва',
		device: device ?? 'desktop',
	};
	store.visitors.push(visitor);
	let session = newcomer.neverSawTheSite ? undefined : visits(desk, visitor, newcomer);

	/** What every contact has from the visit it was made in. */
	const happens = (): Omit<Communication, 'type'> => {
		const known = store.communications.filter(({ visitorId }) => visitorId === visitor.id);
		return {
			id: store.nextId('communication', 784_601),
			at: clock.now(),
			visitorId: visitor.id,
			sessionId: session?.id ?? null,
			siteId: session?.siteId ?? null,
			campaignId: session?.campaignId ?? null,
			number: known.length + 1,
			tags: [],
			extId: null,
		};
	};
	const rings = (call: Pick<Call, 'source' | 'comment' | 'virtualNumber'>): number => {
		if (visitor.phone === null) throw new Error('The visitor has no phone to call from');
		const contact = happens();
		const ringing: Call = {
			...contact,
			...call,
			type: 'call',
			// The documentation: the number of a contact is always empty for calls of the exchange itself.
			number: call.source === 'va' ? null : contact.number,
			callSessionId: store.nextId('call session', 5_600_201),
			direction: 'in',
			phone: visitor.phone,
			employeeId: null,
			wait: 0,
			talk: 0,
			finishReason: null,
		};
		store.communications.push(ringing);
		notifications.tell('incomingCall', ringing);
		return ringing.id;
	};

	return {
		id,
		comesAgain: (visit = {}) => {
			session = visits(desk, visitor, visit);
		},
		opens: (page) => {
			session?.hits.push({ at: clock.now(), url: page });
		},
		calls: ({ number } = {}) =>
			rings({
				source: session ? 'dynamic_call_tracking' : 'va',
				comment: null,
				virtualNumber: number ?? numberOnSite(desk, session),
			}),
		asksForCallback: ({ comment } = {}) =>
			rings({
				source: 'sitephone',
				comment: comment ?? null,
				virtualNumber: numberOnSite(desk, session),
			}),
		sendsRequest: (request) => {
			const message = {
				...happens(),
				type: 'offline_message' as const,
				messageId: store.nextId('offline message', 41_001),
				text: request.text ?? '',
				form: request.form
					? { name: request.form, type: 'Пользовательская' as const }
					: { name: null, type: 'Стандартная' as const },
				name: visitor.name,
				phone: request.phone === undefined ? visitor.phone : digitsOf(request.phone),
				email: request.email ?? visitor.email,
				status: 'not_processed' as const,
				employeeId: null,
				comment: null,
			};
			store.communications.push(message);
			notifications.tell('requestSent', message);
			return message.id;
		},
		chats: ({ text, channel = 'comagic' }) => {
			const chat = {
				...happens(),
				type: 'chat' as const,
				chatId: store.nextId('chat', 33_401),
				channel,
				phone: visitor.phone,
				userName: visitor.name,
				status: 'new' as const,
				employeeId: null,
				messages: [message(desk, text)],
			};
			store.communications.push(chat);
			notifications.tell('chatStarted', chat);
			return chat.id;
		},
		writes: (chatId, text) => {
			const chat = store.communication(chatId);
			if (chat.type !== 'chat') throw new Error(`${chatId} is no chat`);
			chat.messages.push(message(desk, text));
		},
		writesMail: ({ subject, text }) => {
			if (visitor.email === null) throw new Error('The visitor has no mailbox to write from');
			const mail = {
				...happens(),
				type: 'email' as const,
				from: visitor.email,
				senderName: visitor.name,
				subject,
				text,
			};
			store.communications.push(mail);
			notifications.tell('mailReceived', mail);
			return mail.id;
		},
	};
};

const message = ({ store, clock }: Desk, text: string) => ({
	id: store.nextId('message', 900_101),
	at: clock.now(),
	text,
	employeeId: null,
});

const visits = ({ store, clock }: Desk, visitor: Visitor, visit: Visit): Session => {
	const site = store.sites[0];
	const page = visit.page ?? `https://${site.domain}/`;
	const advertised =
		visit.utm !== undefined || visit.yclid !== undefined || visit.gclid !== undefined;
	const usual = store.campaigns.find(({ type }) => (type === 'system') !== advertised);
	const session: Session = {
		id: store.nextId('visit', 7_300_901),
		visitorId: visitor.id,
		at: clock.now(),
		visit: store.sessions.filter(({ visitorId }) => visitorId === visitor.id).length + 1,
		siteId: site.id,
		campaignId: visit.campaign ?? usual?.id ?? store.campaigns[0].id,
		page,
		referrer: visit.referrer ?? null,
		searchQuery: visit.searchQuery ?? null,
		utm: visit.utm ?? {},
		yclid: visit.yclid ?? null,
		gclid: visit.gclid ?? null,
		hits: [{ at: clock.now(), url: page }],
	};
	store.sessions.push(session);
	return session;
};

const numberOnSite = ({ store }: Desk, session: Session | undefined): string =>
	(
		store.virtualNumbers.find(({ campaignId }) => campaignId === session?.campaignId) ??
		store.virtualNumbers[0]
	).phone;
