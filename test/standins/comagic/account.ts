/**
 * A stand-in CoMagic (UIS) account.
 * Imitates: the Data API v2.0 (JSON-RPC 2.0 by POST) of one client's account and the HTTP notifications of its cabinet.
 * Facts come from comagic.github.io @ f43e2b4 and public templates of notifications; what nobody has confirmed is a
 * switch. README.md in this folder lists the methods.
 * Does not imitate: https, agents, the Call API, most of the new-style reports.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Access } from './access';
import { Clock } from './clock';
import type { Desk, Method, Methods } from './desk';
import { Troubles, type Levers } from './levers';
import { Points, type PointLimits } from './limits';
import { crmHistoryMethods } from './methods/crmHistory';
import { referenceMethods } from './methods/references';
import { taggingMethods } from './methods/tagging';
import { uploadMethods } from './methods/uploads';
import { Notifications } from './notifications';
import { adminOf, type Admin } from './people/admin';
import { employeeOf, type EmployeeHand } from './people/employee';
import { seesOf, type Sees } from './people/sees';
import { visitorComes, type Newcomer, type VisitorHand } from './people/visitor';
import { PATH, Reception, type RequestEntry } from './reception';
import { callsReport } from './reports/calls';
import { chatMessagesReport, chatsReport } from './reports/chats';
import { communicationsReport } from './reports/communications';
import { newReportMethods } from './reports/newReports';
import { offlineMessagesReport } from './reports/offlineMessages';
import { visitorSessionsReport } from './reports/visitorSessions';
import { COMPONENTS, seed } from './seed';
import { Store } from './store';
import { DEFAULT_SWITCHES, type AccountSwitches } from './switches';

export type { Levers } from './levers';
export type { Admin } from './people/admin';
export type { EmployeeHand } from './people/employee';
export type { CommunicationSeen, Sees } from './people/sees';
export type { Newcomer, VisitorHand } from './people/visitor';
export type { RequestEntry } from './reception';
export type { AccountSwitches } from './switches';

export interface AccountOptions {
	port?: number;
	/** Milliseconds. Everything that depends on time follows this clock. */
	now?: () => number;
	timeZone?: string;
	limits?: PointLimits;
	switches?: Partial<AccountSwitches>;
}

export interface Account {
	/** http://127.0.0.1:PORT */
	origin: string;
	/** `${origin}/v2.0` */
	dataApiUrl: string;
	login: string;
	password: string;
	/** A permanent key. */
	apiKey: string;
	/** One entry per HTTP request, oldest first. */
	requests: RequestEntry[];
	visitorComes(newcomer?: Newcomer): VisitorHand;
	/** One of those the account has: the first when no id is given. */
	employee(id?: number): EmployeeHand;
	admin: Admin;
	sees: Sees;
	levers: Levers;
	switches: AccountSwitches;
	/** Notifications sent so far have arrived or failed. */
	settles(): Promise<void>;
	close(): Promise<void>;
}

/** What one public account had (reference §1.1); a client must not count on it. */
const LIMITS: PointLimits = { day: 1000, minute: 250 };
const OWNER = { appId: 4_815, name: 'ООО «Ромашка»' };

const REPORTS: Methods = {
	'get.calls_report': callsReport,
	'get.chats_report': chatsReport,
	'get.chat_messages_report': chatMessagesReport,
	'get.communications_report': communicationsReport,
	'get.offline_messages_report': offlineMessagesReport,
	'get.visitor_sessions_report': visitorSessionsReport,
};

export const openAccount = async (options: AccountOptions = {}): Promise<Account> => {
	const now = options.now ?? Date.now;
	const switches: AccountSwitches = { ...DEFAULT_SWITCHES, ...options.switches };
	const clock = new Clock(now, options.timeZone ?? 'Europe/Moscow');
	const store = new Store();
	seed(store);
	const records = { store, clock, switches };
	const notifications = new Notifications(records, OWNER.appId);
	const desk: Desk = { ...records, notifications };
	const access = new Access('api@romashka.example', 'Пароль-2', switches, now);
	access.allowedAddresses.add('127.0.0.1');
	const apiKey = access.issueKey();
	const points = new Points(options.limits ?? LIMITS, clock);
	const troubles = new Troubles();
	const components = new Set(COMPONENTS);
	const requests: RequestEntry[] = [];
	const methods = new Map<string, Method>(
		Object.entries({
			...REPORTS,
			...newReportMethods,
			...referenceMethods(OWNER),
			...taggingMethods,
			...uploadMethods,
			...crmHistoryMethods,
		}),
	);
	const parts = {
		desk,
		access,
		points,
		troubles,
		components,
		methods,
		appId: OWNER.appId,
		requests,
	};
	const server = createServer();
	const sockets = serve(server, new Reception(parts), troubles);
	const { port } = await listening(server, options.port ?? 0);
	const origin = `http://127.0.0.1:${port}`;
	const cutAll = (): void => sockets.forEach((socket) => socket.resetAndDestroy());

	return {
		origin,
		dataApiUrl: origin + PATH,
		login: access.login,
		password: access.password,
		apiKey,
		requests,
		visitorComes: (newcomer = {}) => visitorComes(desk, newcomer),
		employee: (id) => employeeOf(desk, id ?? store.employees[0].id),
		admin: adminOf(desk, access, components),
		sees: seesOf(desk),
		levers: troubles.levers(points, access, notifications, cutAll),
		switches,
		settles: () => notifications.settle(),
		close: async () => {
			await notifications.close();
			await new Promise<void>((closed) => {
				server.close(() => closed());
				cutAll();
			});
		},
	};
};

const listening = async (server: Server, port: number): Promise<AddressInfo> => {
	await new Promise<void>((ready, failed) => {
		server.once('error', failed);
		server.listen(port, '127.0.0.1', ready);
	});
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The account has no port');
	return address;
};

/** Hooks the reception up and keeps the open connections, so that they can be cut. */
const serve = (server: Server, reception: Reception, troubles: Troubles): Set<Socket> => {
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
};
