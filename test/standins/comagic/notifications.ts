/**
 * HTTP notifications («Уведомления о событиях»).
 * Imitates: reference §1.4: the address, the headers and the body are what the administrator typed; `{{name}}` stands
 * without quotes because JSON takes its place; at most one try, no signature.
 * Guessed: mnemonics but `set_mark`; names of the variables of chats and requests, which are those of the reports.
 * Does not imitate: delays of the service itself, e-mail and SMS.
 */
import type { Records } from './desk';
import { recordOf } from './reports/calls';
import { attribution } from './reports/attribution';
import { fullName, type Communication } from './store';
import type { Fields } from './values';

const EVENTS = {
	incomingCall: ['Входящий звонок на виртуальный номер', 'in_call_session'],
	outgoingCall: ['Исходящий звонок', 'out_call_session'],
	talkStarted: ['Начало разговора', 'talk_started'],
	talkFinished: ['Окончание разговора', 'talk_finished'],
	callFinished: ['Завершение звонка', 'call_session_finished'],
	callLost: ['Потерянный звонок', 'lost_call_session'],
	recordReady: ['Записанный разговор', 'recorded_talk'],
	tagSet: ['Проставление тега', 'set_mark'],
	chatStarted: ['Новый чат', 'new_chat'],
	requestSent: ['Новая заявка', 'new_offline_message'],
	mailReceived: ['Новое письмо', 'new_email'],
} as const;

export type EventName = keyof typeof EVENTS;

export interface Subscription {
	event: EventName;
	name?: string;
	/** May have placeholders too: that is how a GET carries anything. */
	url: string;
	method?: 'GET' | 'POST';
	headers?: Record<string, string>;
	/** The template of the body. */
	body?: string;
}

export interface Sent {
	id: number;
	/** Milliseconds. */
	at: number;
	event: EventName;
	title: string;
	mnemonic: string;
	name: string;
	communicationId: number;
	url: string;
	body: string;
	status: 'sent' | 'failed' | 'lost' | 'held' | 'under way';
}

const DELIVERY_TIMEOUT_MS = 5_000;

export class Notifications {
	readonly log: Sent[] = [];
	loseNext = 0;
	doubleNext = 0;
	holding = false;
	private readonly subscriptions: Subscription[] = [];
	private readonly underWay = new Set<Promise<void>>();
	private readonly held: Array<() => void> = [];
	private readonly stop = new AbortController();

	constructor(
		private readonly records: Records,
		private readonly appId: number,
	) {}

	subscribe(subscription: Subscription): void {
		this.subscriptions.push(subscription);
	}

	tell(event: EventName, one: Communication): void {
		for (const subscription of this.subscriptions) {
			if (subscription.event === event) this.prepare(subscription, one);
		}
	}

	deliverHeld(order: 'asHappened' | 'reversed'): void {
		const deliveries = this.held.splice(0);
		if (order === 'reversed') deliveries.reverse();
		for (const deliver of deliveries) deliver();
	}

	/** Everything sent so far has arrived or failed. */
	async settle(): Promise<void> {
		while (this.underWay.size > 0) await Promise.all(this.underWay);
	}

	async close(): Promise<void> {
		this.stop.abort();
		await this.settle();
	}

	private prepare(subscription: Subscription, one: Communication): void {
		const variables = this.variables(subscription, one);
		const [title, mnemonic] = EVENTS[subscription.event];
		const sent: Sent = {
			id: 5_578_312_001 + this.log.length,
			at: this.records.clock.now(),
			event: subscription.event,
			title,
			mnemonic,
			name: subscription.name ?? title,
			communicationId: one.id,
			url: this.filled(subscription.url, variables, (value) =>
				encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value)),
			),
			body: this.filled(subscription.body ?? '', variables, JSON.stringify),
			status: 'under way',
		};
		this.log.push(sent);
		if (this.loseNext > 0) {
			this.loseNext -= 1;
			sent.status = 'lost';
			return;
		}
		const deliver = (): void => this.send(subscription, sent);
		const times = this.doubleNext > 0 ? 2 : 1;
		if (times === 2) this.doubleNext -= 1;
		for (let time = 0; time < times; time += 1) {
			if (this.holding) {
				sent.status = 'held';
				this.held.push(deliver);
			} else deliver();
		}
	}

	private filled(template: string, variables: Fields, written: (value: unknown) => string): string {
		return template.replace(/\{\{\s*(\w+)\s*\}\}/g, (placeholder, name: string) => {
			if (Object.hasOwn(variables, name)) return written(variables[name] ?? null);
			if (this.records.switches.unknownVariable === 'placeholder') return placeholder;
			return this.records.switches.unknownVariable === 'null' ? written(null) : '';
		});
	}

	private send({ method = 'POST', headers }: Subscription, sent: Sent): void {
		const signal = AbortSignal.any([this.stop.signal, AbortSignal.timeout(DELIVERY_TIMEOUT_MS)]);
		const body = method === 'POST' ? sent.body : undefined;
		const typed = new Headers(body === undefined ? {} : { 'content-type': 'application/json' });
		for (const [name, value] of Object.entries(headers ?? {})) typed.set(name, value);
		sent.status = 'under way';
		const delivery = fetch(sent.url, { method, headers: typed, body, signal, redirect: 'manual' })
			.then(async (response) => {
				await response.arrayBuffer();
				sent.status = response.ok ? 'sent' : 'failed';
			})
			.catch(() => {
				sent.status = 'failed';
			})
			.finally(() => this.underWay.delete(delivery));
		this.underWay.add(delivery);
	}

	private variables({ event, name }: Subscription, one: Communication): Fields {
		const { store, clock } = this.records;
		const [title, mnemonic] = EVENTS[event];
		const now = clock.now();
		const tags = store.tags.filter(({ id }) => one.tags.some(({ tagId }) => tagId === id));
		return {
			...attribution(this.records, one),
			...details(this.records, one),
			notification_name: name ?? title,
			notification_mnemonic: mnemonic,
			notification_time: clock.text(now),
			notification_timestamp: Math.floor(now / 1000),
			app_id: this.appId,
			tag_ids: tags.map(({ id }) => id),
			tag_names: tags.map((tag) => tag.name),
		};
	}
}

const details = ({ store, clock }: Records, one: Communication): Fields => {
	if (one.type === 'email')
		return { visitor_email: one.from, visitor_name: one.senderName, message: one.text };
	const employee = one.employeeId === null ? undefined : store.employee(one.employeeId);
	const handled = {
		employee_id: one.employeeId,
		employee_full_name: employee ? fullName(employee) : null,
		employee_phone_number: employee?.phone,
	};
	if (one.type === 'chat')
		return {
			...handled,
			chat_id: one.chatId,
			chat_channel_type: one.channel,
			visitor_phone_number: one.phone,
			visitor_name: one.userName,
			message: one.messages[0]?.text,
		};
	if (one.type === 'offline_message')
		return {
			...handled,
			form_name: one.form.name,
			visitor_name: one.name,
			visitor_phone_number: one.phone,
			visitor_email: one.email,
			message: one.text,
			text: one.text,
		};
	return {
		...handled,
		call_session_id: one.callSessionId,
		direction: one.direction,
		call_source: one.source,
		is_internal: false,
		external_id: one.extId,
		virtual_phone_number: one.virtualNumber,
		contact_phone_number: one.phone,
		calling_phone_number: one.direction === 'in' ? one.phone : one.virtualNumber,
		called_phone_number: one.direction === 'in' ? one.virtualNumber : one.phone,
		contact_id: null,
		contact_full_name: null,
		scenario_id: null,
		scenario_name: null,
		start_time: clock.text(one.at),
		talk_time_duration: one.talk,
		wait_time_duration: one.wait,
		total_time_duration: one.wait + one.talk,
		employee_ids: one.employeeId === null ? [] : [one.employeeId],
		file_link: one.talk > 0 ? recordOf(one).link : null,
		file_duration: one.talk > 0 ? one.talk : null,
	};
};
