/**
 * A stand-in Bitrix24 portal.
 * Imitates: REST v2 of a Russian cloud portal as seen through an inbound webhook and through local OAuth
 * applications, its outgoing webhooks and events, and the authorization server beside it. Facts come from the
 * official docs `bitrix24/b24restdocs` @ 5988ed130d13 and `bitrix-tools/b24-rest-docs` @ 2ba8202110e5; what
 * nobody has confirmed is a switch.
 * Does not imitate: REST 3.0, the user interface. Https is on demand (`tls`), where a real portal insists on it.
 * README.md in this folder lists the methods.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { adminOf } from './admin';
import type { Admin } from './admin';
import { backupOf, restore } from './backup';
import type { Desk } from './call';
import { selfSigned } from './certificate';
import { Delivery } from './delivery';
import { Events } from './events';
import { Items } from './items';
import { Troubles } from './levers';
import type { Levers } from './levers';
import { Bucket, OperatingTime } from './limits';
import type { BucketOptions } from './limits';
import { Listener } from './listener';
import { Applications } from './oauth/applications';
import { Authorization } from './oauth/authorization';
import { Tokens } from './oauth/tokens';
import { OfflineQueue } from './offlineQueue';
import { managerOf, seesOf } from './people';
import type { Manager, Sees } from './people';
import { Reception } from './reception';
import type { RequestEntry } from './reception';
import { seed } from './seed';
import { domainOf } from './site';
import type { Site } from './site';
import { Store } from './store';
import { DEFAULT_SWITCHES } from './switches';
import type { PortalSwitches } from './switches';
import { ADMINISTRATOR_USER, INTEGRATION_USER } from './users';
import { visitorsOf } from './visitors';
import type { Visitors } from './visitors';

export type { Admin, RegisteredApplication } from './admin';
export type { Levers } from './levers';
export type { Manager, RowInput, Sees } from './people';
export type { RequestEntry } from './reception';
export type { PortalSwitches } from './switches';
export { ADMINISTRATOR_USER, INTEGRATION_USER, MANAGER_USER, SALESMAN_USER } from './users';
export type { Opened, Visitors } from './visitors';

/** Everything there is; a webhook can be made with less. */
const WEBHOOK_SCOPES = ['catalog', 'crm', 'sale', 'userfieldconfig', 'user_brief'];

export interface PortalOptions {
	port?: number;
	/** Of the authorization server, which is another host than the portal. */
	oauthPort?: number;
	/** Milliseconds. Everything that depends on time follows this clock. */
	now?: () => number;
	bucket?: BucketOptions | 'off';
	switches?: Partial<PortalSwitches>;
	/** Https with a certificate made on the spot; `portal.certificate` is what a client has to trust. */
	tls?: boolean;
	webhookScopes?: string[];
	/** Milliseconds a request is on its way there and back; none by default. */
	latency?: number;
	/** How the portal lets them pass; a pretended clock may be put forward instead. */
	waits?: (milliseconds: number) => Promise<unknown>;
}

export interface Portal {
	/** http://127.0.0.1:PORT */
	readonly origin: string;
	/** `${origin}/rest/1/<code>/` */
	readonly webhookUrl: string;
	/** What auth[domain] of events says. */
	readonly domain: string;
	/** Where tokens come from: `${oauthOrigin}/oauth/token/`. */
	readonly oauthOrigin: string;
	/** PEM, when the portal speaks https. */
	certificate: string | undefined;
	/** Carried by outgoing webhooks. */
	applicationToken: string;
	memberId: string;
	/** One entry per HTTP request, oldest first. */
	requests: RequestEntry[];
	manager: Manager;
	admin: Admin;
	/** People in front of a browser: they log in, open applications and placements. */
	people: Visitors;
	sees: Sees;
	levers: Levers;
	switches: PortalSwitches;
	close(): Promise<void>;
}

export async function openPortal(options: PortalOptions = {}): Promise<Portal> {
	const now = options.now ?? Date.now;
	const switches: PortalSwitches = { ...DEFAULT_SWITCHES, ...options.switches };
	const code = randomBytes(8).toString('hex');
	const applicationToken = randomBytes(16).toString('hex');
	const certificate = options.tls ? await selfSigned() : undefined;

	const site: Site = { origin: '', oauthOrigin: '', memberId: randomBytes(16).toString('hex') };
	const store = new Store(site);
	seed(store);
	const applications = new Applications();
	const tokens = new Tokens(switches, now);
	const queue = new OfflineQueue(now);
	const delivery = new Delivery();
	const events = new Events({
		site,
		applicationToken,
		applications,
		tokens,
		queue,
		delivery,
		switches,
		now,
	});
	const items = new Items(store, events, switches, now);
	const desk: Desk = { site, store, items, events, applications, queue, switches, now };
	const authorization = new Authorization(site, applications, tokens, switches);
	authorization.visitor = ADMINISTRATOR_USER;

	const bucket = new Bucket(options.bucket ?? { size: 50, drainPerSecond: 2 }, now);
	const operatingTime = new OperatingTime(now);
	const troubles = new Troubles();
	const requests: RequestEntry[] = [];
	const reception = new Reception({
		desk,
		bucket,
		operatingTime,
		troubles,
		authorization,
		tokens,
		code,
		webhookScopes: options.webhookScopes ?? WEBHOOK_SCOPES,
		requests,
		latency: options.latency ?? 0,
		waits: options.waits ?? ((milliseconds) => setTimeout(milliseconds)),
	});
	const listeners: Listener[] = [];
	const listen = async (port = 0): Promise<Listener> => {
		const listener = await Listener.open({
			port,
			certificate,
			isDown: () => troubles.down,
			receives: (request, response) => reception.receives(request, response),
		});
		listeners.push(listener);
		return listener;
	};
	let address = await listen(options.port);
	site.origin = address.origin;
	site.oauthOrigin = (await listen(options.oauthPort)).origin;

	return {
		get origin() {
			return site.origin;
		},
		get webhookUrl() {
			return `${site.origin}/rest/${INTEGRATION_USER}/${code}/`;
		},
		get domain() {
			return domainOf(site.origin);
		},
		oauthOrigin: site.oauthOrigin,
		certificate: certificate?.cert,
		applicationToken,
		memberId: site.memberId,
		requests,
		manager: managerOf(desk),
		admin: adminOf(desk, tokens),
		people: visitorsOf(desk, tokens, authorization),
		sees: seesOf(desk),
		levers: {
			...troubles.levers(bucket, operatingTime, () => listeners.forEach((one) => one.cutAll())),
			mails: (post) => delivery.travels(post),
			expiresTokens: (accessToken) => tokens.expireAccess(accessToken),
			expiresRefreshTokens: () => tokens.expireRefresh(),
			takesBackup: () => backupOf(store),
			restoresBackup: (backup) => restore(store, backup),
			renamesPortal: async () => {
				const left = address;
				address = await listen();
				left.movedTo = address.origin;
				site.origin = address.origin;
			},
		},
		switches,
		close: async () => {
			await delivery.close();
			await Promise.all(listeners.map((listener) => listener.close()));
		},
	};
}
