/**
 * A stand-in Bitrix24 portal.
 * Imitates: REST v2 of a Russian cloud portal as seen through one inbound webhook, and its outgoing
 * webhooks. Facts come from the official docs `bitrix24/b24restdocs` @ 5988ed130d13 and
 * `bitrix-tools/b24-rest-docs` @ 2ba8202110e5; what nobody has confirmed is a switch.
 * Does not imitate: https. A real portal answers plain http with 400 INVALID_REQUEST "Https required";
 * this one speaks nothing else, on 127.0.0.1. No OAuth applications, no REST 3.0, no user interface.
 * README.md in this folder lists the methods.
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { adminOf } from './admin';
import type { Admin } from './admin';
import type { Desk } from './call';
import { Events } from './events';
import { Items } from './items';
import { Troubles } from './levers';
import type { Levers } from './levers';
import { Bucket, OperatingTime } from './limits';
import type { BucketOptions } from './limits';
import { managerOf, seesOf } from './people';
import type { Manager, Sees } from './people';
import { Reception } from './reception';
import type { RequestEntry } from './reception';
import { INTEGRATION_USER, seed } from './seed';
import { Store } from './store';
import { DEFAULT_SWITCHES } from './switches';
import type { PortalSwitches } from './switches';

export type { Admin } from './admin';
export type { Levers } from './levers';
export type { Manager, RowInput, Sees } from './people';
export type { RequestEntry } from './reception';
export type { PortalSwitches } from './switches';

export interface PortalOptions {
	port?: number;
	/** Milliseconds. Everything that depends on time follows this clock. */
	now?: () => number;
	bucket?: BucketOptions | 'off';
	switches?: Partial<PortalSwitches>;
}

export interface Portal {
	/** http://127.0.0.1:PORT */
	origin: string;
	/** `${origin}/rest/1/<code>/` */
	webhookUrl: string;
	/** What auth[domain] of outgoing webhooks says. */
	domain: string;
	/** Carried by outgoing webhooks. */
	applicationToken: string;
	/** One entry per HTTP request, oldest first. */
	requests: RequestEntry[];
	manager: Manager;
	admin: Admin;
	sees: Sees;
	levers: Levers;
	switches: PortalSwitches;
	close(): Promise<void>;
}

export async function openPortal(options: PortalOptions = {}): Promise<Portal> {
	const now = options.now ?? Date.now;
	const switches: PortalSwitches = { ...DEFAULT_SWITCHES, ...options.switches };
	const server = createServer();
	const { port } = await listening(server, options.port ?? 0);
	const domain = `127.0.0.1:${port}`;
	const origin = `http://${domain}`;
	const code = randomBytes(8).toString('hex');
	const applicationToken = randomBytes(16).toString('hex');
	const memberId = randomBytes(16).toString('hex');

	const store = new Store();
	seed(store);
	const events = new Events({ domain, origin, memberId, applicationToken, now }, switches);
	const desk: Desk = {
		store,
		events,
		items: new Items(store, events, switches, now),
		switches,
		now,
	};
	const bucket = new Bucket(options.bucket ?? { size: 50, drainPerSecond: 2 }, now);
	const operatingTime = new OperatingTime(now);
	const troubles = new Troubles();
	const requests: RequestEntry[] = [];
	const reception = new Reception({ desk, bucket, operatingTime, troubles, code, requests });
	const sockets = serve(server, reception, troubles);
	const cutAll = (): void => sockets.forEach((socket) => socket.resetAndDestroy());

	return {
		origin,
		webhookUrl: `${origin}/rest/${INTEGRATION_USER}/${code}/`,
		domain,
		applicationToken,
		requests,
		manager: managerOf(desk),
		admin: adminOf(desk),
		sees: seesOf(desk),
		levers: troubles.levers(bucket, operatingTime, cutAll),
		switches,
		close: async () => {
			await events.close();
			await new Promise<void>((closed) => {
				server.close(() => closed());
				cutAll();
			});
		},
	};
}

async function listening(server: Server, port: number): Promise<AddressInfo> {
	await new Promise<void>((ready, failed) => {
		server.once('error', failed);
		server.listen(port, '127.0.0.1', ready);
	});
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The portal has no port');
	return address;
}

/** Hooks the reception up and keeps the open connections, so that they can be cut. */
function serve(server: Server, reception: Reception, troubles: Troubles): Set<Socket> {
	const sockets = new Set<Socket>();
	server.on('connection', (socket) => {
		socket.on('error', () => socket.destroy());
		if (troubles.down) {
			socket.resetAndDestroy();
			return;
		}
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	server.on('request', (request, response) => {
		// Whatever happens to one request must not end the process.
		reception.receives(request, response).catch(() => request.socket.destroy());
	});
	server.on('clientError', (_error, socket) => {
		if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
		else socket.destroy();
	});
	return sockets;
}
