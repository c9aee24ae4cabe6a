/** What the account remembers. Knows no API: columns are made of it in `reports/`. */
import type { Fields } from './values';

export interface Site {
	id: number;
	domain: string;
	name: string;
	phone: string;
}

export interface Campaign {
	id: number;
	name: string;
	type: 'system' | 'basic' | 'integrated';
	engine: string | null;
	siteId: number;
}

export interface Employee {
	id: number;
	lastName: string;
	firstName: string;
	phone: string;
}

export interface Tag {
	id: number;
	name: string;
	isSystem: boolean;
}

export interface VirtualNumber {
	id: number;
	phone: string;
	name: string;
	campaignId: number | null;
}

export interface Visitor {
	id: number;
	personId: number;
	name: string | null;
	phone: string | null;
	email: string | null;
	city: string;
	device: string;
}

export interface Utm {
	source?: string;
	medium?: string;
	campaign?: string;
	content?: string;
	term?: string;
}

export interface Hit {
	at: number;
	url: string;
}

export interface Session {
	id: number;
	visitorId: number;
	at: number;
	/** Which visit of the person it is. */
	visit: number;
	siteId: number;
	campaignId: number;
	page: string;
	referrer: string | null;
	searchQuery: string | null;
	utm: Utm;
	yclid: string | null;
	gclid: string | null;
	hits: Hit[];
}

export interface SetTag {
	tagId: number;
	at: number;
	/** Null when the tag came by API, in the name of the user. */
	employeeId: number | null;
}

interface Happening {
	/** The communication's own id; calls, chats and requests have one more. */
	id: number;
	at: number;
	visitorId: number | null;
	sessionId: number | null;
	siteId: number | null;
	campaignId: number | null;
	/** Which communication of the person it is. */
	number: number | null;
	tags: SetTag[];
	extId: string | null;
}

export interface Call extends Happening {
	type: 'call';
	callSessionId: number;
	direction: 'in' | 'out';
	source: string;
	phone: string;
	virtualNumber: string;
	comment: string | null;
	employeeId: number | null;
	wait: number;
	talk: number;
	/** Undefined while it rings or lasts. */
	finishedAt?: number;
	finishReason: string | null;
}

export interface Message {
	id: number;
	at: number;
	text: string;
	/** Null when the visitor wrote it. */
	employeeId: number | null;
}

export interface Chat extends Happening {
	type: 'chat';
	chatId: number;
	channel: string;
	phone: string | null;
	userName: string | null;
	status: 'new' | 'active' | 'lost' | 'succeed' | 'refused';
	employeeId: number | null;
	messages: Message[];
	finishedAt?: number;
}

export interface OfflineMessage extends Happening {
	type: 'offline_message';
	messageId: number;
	text: string;
	form: { name: string | null; type: 'Пользовательская' | 'Стандартная' | 'DataAPI' };
	name: string | null;
	phone: string | null;
	email: string | null;
	status: 'not_processed' | 'processing' | 'processed';
	processedAt?: number;
	employeeId: number | null;
	comment: string | null;
}

export interface Mail extends Happening {
	type: 'email';
	from: string;
	senderName: string | null;
	subject: string;
	text: string;
}

export type Communication = Call | Chat | OfflineMessage | Mail;

/** A lead or a deal of the CRM as it was uploaded, with every stage it went through. */
export interface Uploaded {
	extId: string;
	fields: Fields;
	stages: Array<{ stage: string; at: string }>;
}

export interface Funnel {
	extId: string;
	stages: string[];
}

export class Store {
	readonly sites: Site[] = [];
	readonly campaigns: Campaign[] = [];
	readonly employees: Employee[] = [];
	readonly tags: Tag[] = [];
	readonly virtualNumbers: VirtualNumber[] = [];
	readonly visitors: Visitor[] = [];
	readonly sessions: Session[] = [];
	readonly communications: Communication[] = [];
	readonly leadStages: string[] = [];
	readonly funnels: Funnel[] = [];
	readonly leads = new Map<string, Uploaded>();
	readonly deals = new Map<string, Uploaded>();
	private readonly counters = new Map<string, number>();

	/** Numbers every kind of thing apart, from a start that looks like an account in use. */
	nextId(kind: string, start: number): number {
		const id = (this.counters.get(kind) ?? start - 1) + 1;
		this.counters.set(kind, id);
		return id;
	}

	of<Type extends Communication['type']>(
		type: Type,
	): Array<Extract<Communication, { type: Type }>> {
		return this.communications.filter(
			(one): one is Extract<Communication, { type: Type }> => one.type === type,
		);
	}

	communication(id: number): Communication {
		return found(this.communications, id, 'communication');
	}

	employee(id: number): Employee {
		return found(this.employees, id, 'employee');
	}

	session(id: number | null): Session | undefined {
		return this.sessions.find((one) => one.id === id);
	}
}

const found = <Thing extends { id: number }>(things: Thing[], id: number, what: string): Thing => {
	const thing = things.find((one) => one.id === id);
	if (!thing) throw new Error(`The account has no ${what} ${id}`);
	return thing;
};

export const fullName = ({ lastName, firstName }: Employee): string => `${lastName} ${firstName}`;
