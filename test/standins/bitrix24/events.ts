/**
 * Outgoing webhooks.
 * Imitates: the form body of E/index.md (reference §3.1): one try, never repeated, no author, no changed
 * fields; our own REST writes are announced like anybody's; a funnel move is not (reference §3.2).
 * Does not imitate: the queue servers' delay and throttling, app events with tokens.
 */
import type { PortalSwitches } from './switches';

/** What the webhook form of the portal offers. ONCRMDEALMOVETOCATEGORY is for apps only. */
const KINDS = [
	'LEAD',
	'DEAL',
	'CONTACT',
	'COMPANY',
	'QUOTE',
	'DYNAMICITEM',
	'REQUISITE',
	'BANKDETAIL',
	'TIMELINECOMMENT',
];
const ACTIONS = ['ADD', 'UPDATE', 'DELETE'];
const DELIVERY_TIMEOUT_MS = 5_000;

export interface OutgoingWebhook {
	id: number;
	url: string;
	events: string[];
}

export interface Sender {
	/** Host and port: unlike a real portal's they are not known before the server listens. */
	domain: string;
	origin: string;
	memberId: string;
	applicationToken: string;
	now: () => number;
}

export class Events {
	private readonly webhooks: OutgoingWebhook[] = [];
	private readonly underWay = new Set<Promise<void>>();
	private readonly stop = new AbortController();

	constructor(
		private readonly sender: Sender,
		private readonly switches: PortalSwitches,
	) {}

	subscribe(url: string, events: string[]): void {
		const names = events.map((event) => event.toUpperCase());
		const unknown = names.find((name) => !this.offered().includes(name));
		if (unknown) throw new Error(`The portal offers no ${unknown} to outgoing webhooks`);
		this.webhooks.push({ id: this.webhooks.length + 1, url, events: names });
	}

	/** Announces a change after the answer has had its chance to leave. */
	fire(event: string, fields: Record<string, string>): void {
		for (const name of this.spellings(event, fields)) {
			for (const webhook of this.webhooks) {
				if (webhook.events.includes(name)) this.send(webhook, name, fields);
			}
		}
	}

	async close(): Promise<void> {
		this.stop.abort();
		await Promise.all(this.underWay);
	}

	private offered(): string[] {
		const plain = KINDS.flatMap((kind) => ACTIONS.map((action) => `ONCRM${kind}${action}`));
		const suffixed = ACTIONS.map((action) => `ONCRMDYNAMICITEM${action}_31`);
		return this.switches.invoiceEventNames === 'plain' ? plain : [...plain, ...suffixed];
	}

	private spellings(event: string, fields: Record<string, string>): string[] {
		const names = this.switches.invoiceEventNames;
		if (!event.startsWith('ONCRMDYNAMICITEM') || names === 'plain') return [event];
		const suffixed = `${event}_${fields.ENTITY_TYPE_ID}`;
		return names === 'both' ? [event, suffixed] : [suffixed];
	}

	private send(webhook: OutgoingWebhook, event: string, fields: Record<string, string>): void {
		const body = this.body(webhook, event, fields);
		const delivery = new Promise<void>((done) => setImmediate(done)).then(() =>
			this.post(webhook.url, body),
		);
		this.underWay.add(delivery);
		void delivery.finally(() => this.underWay.delete(delivery));
	}

	private async post(url: string, body: URLSearchParams): Promise<void> {
		const signal = AbortSignal.any([this.stop.signal, AbortSignal.timeout(DELIVERY_TIMEOUT_MS)]);
		try {
			const response = await fetch(url, { method: 'POST', body, signal, redirect: 'manual' });
			await response.arrayBuffer();
		} catch {
			// A handler that is away loses the event for good; the portal never tries again (E/index.md).
		}
	}

	private body(
		webhook: OutgoingWebhook,
		event: string,
		fields: Record<string, string>,
	): URLSearchParams {
		const { domain, origin, memberId, applicationToken, now } = this.sender;
		const body = new URLSearchParams({ event, event_handler_id: String(webhook.id) });
		for (const [name, value] of Object.entries(fields)) body.append(`data[FIELDS][${name}]`, value);
		body.append('ts', String(Math.floor(now() / 1000)));
		body.append('auth[domain]', domain);
		body.append('auth[client_endpoint]', `${origin}/rest/`);
		body.append('auth[server_endpoint]', 'https://oauth.bitrix24.tech/rest/');
		body.append('auth[member_id]', memberId);
		body.append('auth[application_token]', applicationToken);
		return body;
	}
}
