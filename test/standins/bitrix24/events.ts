/**
 * Who is told about a change: outgoing webhooks, handlers of applications, the offline queue.
 * Imitates: the form body of E/index.md (reference §3.1): no author, no changed fields; our own REST writes are
 * announced like anybody's; tokens go to applications only, nothing goes to one that is not installed.
 * Does not imitate: robots, whose events carry no tokens.
 */
import type { Delivery } from './delivery';
import { spellings, webhookEvents } from './eventNames';
import type { Application, Applications, Binding } from './oauth/applications';
import { LOCAL } from './oauth/authorization';
import { ACCESS_SECONDS } from './oauth/tokens';
import type { Tokens } from './oauth/tokens';
import type { OfflineQueue } from './offlineQueue';
import { domainOf, endpoints } from './site';
import type { Site } from './site';
import type { PortalSwitches } from './switches';
import type { Fields } from './values';

/** What the form of an outgoing webhook shows; it never learns of the stand-in's own OAuth server. */
const CLOUD_OAUTH = 'https://oauth.bitrix24.tech/rest/';

interface OutgoingWebhook {
	id: number;
	url: string;
	events: string[];
}

/** On whose behalf a REST call runs; it decides what the offline queue leaves out. */
export interface Source {
	application: Application | undefined;
	connector: string;
}

export interface EventsParts {
	site: Site;
	applicationToken: string;
	applications: Applications;
	tokens: Tokens;
	queue: OfflineQueue;
	delivery: Delivery;
	switches: PortalSwitches;
	now: () => number;
}

export class Events {
	private readonly webhooks: OutgoingWebhook[] = [];
	private lastHandlerId = 0;
	private source: Source | undefined;

	constructor(private readonly parts: EventsParts) {}

	subscribe(url: string, events: string[]): void {
		const names = events.map((event) => event.toUpperCase());
		const offered = webhookEvents(this.parts.switches);
		const unknown = names.find((name) => !offered.includes(name));
		if (unknown) throw new Error(`The portal offers no ${unknown} to outgoing webhooks`);
		this.webhooks.push({ id: this.nextHandlerId(), url, events: names });
	}

	nextHandlerId(): number {
		this.lastHandlerId += 1;
		return this.lastHandlerId;
	}

	/** Changes made meanwhile are this source's own. Calls are synchronous, so there is one at a time. */
	from<T>(source: Source, work: () => T): T {
		this.source = source;
		try {
			return work();
		} finally {
			this.source = undefined;
		}
	}

	fire(event: string, fields: Record<string, string>, actor: number): void {
		for (const name of spellings(event, fields, this.parts.switches)) {
			for (const webhook of this.webhooks) {
				if (webhook.events.includes(name)) this.tellWebhook(webhook, name, fields);
			}
			for (const application of this.parts.applications.all) {
				if (application.installed) this.tellApplication(application, name, fields, actor);
			}
		}
	}

	/** ONAPPINSTALL goes to the installation address and to whoever bound it. */
	installed(application: Application, actor: number): void {
		const data = { VERSION: '1', ACTIVE: 'Y', INSTALLED: 'Y', LANGUAGE_ID: 'ru' };
		const bound = application.bindings
			.filter((binding) => binding.event === 'ONAPPINSTALL' && !binding.offline)
			.map((binding) => binding.handler);
		const first = application.installHandler === undefined ? [] : [application.installHandler];
		for (const handler of new Set([...first, ...bound])) {
			this.parts.delivery.sends(handler, {
				event: 'ONAPPINSTALL',
				data,
				ts: this.seconds(),
				auth: this.authOf(application, actor, true),
			});
		}
	}

	private tellWebhook(
		{ id, url }: OutgoingWebhook,
		event: string,
		fields: Record<string, string>,
	): void {
		const { site, applicationToken, delivery } = this.parts;
		delivery.sends(url, {
			event,
			event_handler_id: id,
			data: { FIELDS: fields },
			ts: this.seconds(),
			auth: {
				domain: domainOf(site.origin),
				client_endpoint: endpoints(site).client_endpoint,
				server_endpoint: CLOUD_OAUTH,
				member_id: site.memberId,
				application_token: applicationToken,
			},
		});
	}

	private tellApplication(
		application: Application,
		event: string,
		fields: Record<string, string>,
		actor: number,
	): void {
		for (const binding of application.bindings) {
			if (binding.event !== event) continue;
			if (binding.offline) this.keep(application, binding, fields, actor);
			else this.tellHandler(application, binding, { FIELDS: fields }, actor);
		}
	}

	private keep(
		application: Application,
		{ event, connector }: Binding,
		fields: Record<string, string>,
		actor: number,
	): void {
		const own = this.source?.application === application && this.source.connector === connector;
		if (own && connector !== '') return;
		this.parts.queue.put(application, connector, event, fields);
		const now = this.parts.now();
		for (const binding of application.bindings) {
			const due = now - binding.wokenAt >= binding.minTimeout * 1000;
			if (binding.event !== 'ONOFFLINEEVENT' || binding.offline || !due) continue;
			binding.wokenAt = now;
			this.tellHandler(application, binding, {}, actor);
		}
	}

	private tellHandler(
		application: Application,
		{ id, event, handler, authType }: Binding,
		data: Fields,
		actor: number,
	): void {
		const renewable = event === 'ONOFFLINEEVENT' || this.parts.switches.refreshTokenInEvents;
		this.parts.delivery.sends(handler, {
			event,
			event_handler_id: id,
			data,
			ts: this.seconds(),
			auth: this.authOf(application, authType === 0 ? actor : authType, renewable),
		});
	}

	private authOf(application: Application, userId: number, renewable: boolean): Fields {
		const { site, tokens } = this.parts;
		const grant = tokens.issue(application, userId);
		return {
			access_token: grant.accessToken,
			expires_in: ACCESS_SECONDS,
			scope: application.scopes.join(','),
			domain: domainOf(site.origin),
			...endpoints(site),
			status: LOCAL,
			member_id: site.memberId,
			...(renewable && { refresh_token: grant.refreshToken }),
			application_token: application.applicationToken,
		};
	}

	private seconds(): number {
		return Math.floor(this.parts.now() / 1000);
	}
}
