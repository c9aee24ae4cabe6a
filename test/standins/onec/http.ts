/**
 * The web server in front of the base: publication path, authentication, faults, raw UTF-8 in Location (it broke a
 * latin-1 proxy once, reference 1c-ut103.md §2 "Encoding"). A wrong path gives the 404 page of a base that is not
 * published, not an odata.error.
 */
import { channel } from 'node:diagnostics_channel';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { authorizationOf, type Credentials } from './auth';
import { costOf, type Costs } from './costs';
import { BROKEN_DOWN, htmlPage, licenceFault, type Fault, type Faults } from './levers';
import { lockConflict } from './odata/errors';
import type { Answer } from './request';
import type { Service } from './service';
import type { BaseSwitches } from './switches';

export interface RequestEntry {
	at: number;
	httpMethod: string;
	/** Path and query, decoded; the query keeps its `&` and `=`. */
	path: string;
	/** 0 when the connection was cut. */
	status: number;
	/** Of writes. */
	body?: string;
	/** Something was written, whatever became of the answer. */
	written?: boolean;
}

export interface Front {
	service: Service;
	faults: Faults;
	switches: BaseSwitches;
	credentials: Credentials;
	requests: RequestEntry[];
	costs: Costs;
	now(): number;
	waits(milliseconds: number): Promise<unknown>;
}

export const PUBLICATION = '/ut';
const SERVICE = `${PUBLICATION}/odata/standard.odata`;
const MAX_BODY = 32 * 1024 * 1024;
const FLOOD = 8 * MAX_BODY;
const HTML = 'text/html;charset=utf-8';
/** Tells whoever listens what is asked, such as a test that compares it with what is known of bases. */
const asked = channel('standin:onec');
const WRITES = ['POST', 'PATCH', 'PUT', 'DELETE'];

const page = (status: number, title: string): Answer => ({
	status,
	body: htmlPage(title),
	contentType: HTML,
});

export function createFront(front: Front): Server {
	const server = createServer((request, response) => {
		serve(front, request, response).catch(() => request.socket.destroy());
	});
	server.keepAliveTimeout = IDLE_CONNECTION;
	return server;
}

/** Milliseconds an idle connection stays open: the default of IIS. Node's five seconds end some under a busy client. */
const IDLE_CONNECTION = 120_000;

async function serve(
	front: Front,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const [rawPath, rawQuery = ''] = (request.url ?? '').split(/\?(.*)/s);
	const method = request.method ?? 'GET';
	const path = decodeLoosely(rawPath);
	const logged = rawQuery ? `${path}?${decodeLoosely(rawQuery)}` : path;
	const entry: RequestEntry = { at: front.now(), httpMethod: method, path: logged, status: 0 };
	front.requests.push(entry);
	if (isService(path)) asked.publish({ verb: method, path: logged.slice(SERVICE.length + 1) });
	const body = await readBody(request);
	if (body && WRITES.includes(method)) entry.body = body;
	const misfortune = front.faults.misfortune();
	const answer =
		body === undefined
			? page(413, '413 - Request Entity Too Large')
			: misfortune === 'failure'
				? BROKEN_DOWN
				: await answerOf(front, { method, path, rawPath, rawQuery, body, entry }, request);
	if (!answer || front.faults.isDown || misfortune === 'lost answer') {
		request.socket.destroy();
		return;
	}
	if (misfortune === 'silence') return;
	entry.status = answer.status;
	send(response, answer, front.now());
}

interface Incoming {
	method: string;
	path: string;
	rawPath: string;
	rawQuery: string;
	body: string;
	entry: RequestEntry;
}

/** What the web server and the platform settle before OData is asked. */
async function answerOf(
	front: Front,
	incoming: Incoming,
	request: IncomingMessage,
): Promise<Answer | undefined> {
	const { faults, switches } = front;
	if (faults.isDown) return undefined;
	const fault = faults.refusesQuery(incoming.rawQuery) ?? faults.beforeRequest(incoming.entry.path);
	if (fault) return fault;
	if (!isService(incoming.path)) return page(404, '404 - File or directory not found.');
	const who = authorizationOf(request.headers.authorization, front.credentials);
	if (who === 'unreadable') return page(401, 'HTTP Error 401.5 - Unauthorized');
	if (who === 'refused') return unauthorized(switches);
	const cookie = sessionCookie(request, switches);
	const closeSession = faults.isOutOfLicences() ? undefined : faults.sessions.opens(cookie);
	if (!closeSession) return licenceFault(switches.licenceExhaustedStatus);
	try {
		const cold = faults.waitingTime();
		if (cold > 0) await front.waits(cold);
		const answer = serviceAnswer(front, incoming, request);
		if (answer) await pays(front, incoming, answer);
		return withSession(front, request, cookie, answer);
	} finally {
		closeSession();
	}
}

async function pays(
	{ costs, waits }: Front,
	{ method, entry }: Incoming,
	answer: Answer,
): Promise<void> {
	const cost = costOf(costs, { isWrite: WRITES.includes(method), path: entry.path, answer });
	if (cost > 0) await waits(cost);
}

function serviceAnswer(
	{ faults, service }: Front,
	{ method, path, rawPath, rawQuery, body, entry }: Incoming,
	request: IncomingMessage,
): Answer | undefined {
	if (!isDecodable(rawPath)) return page(400, 'Bad Request');
	const isWrite = WRITES.includes(method);
	const answer = service.handle(
		{
			method,
			path: path.slice(SERVICE.length),
			query: rawQuery,
			headers: headersOf(request),
			body,
			root: `http://${request.headers.host ?? '127.0.0.1'}${SERVICE}/`,
		},
		isWrite && faults.meetsConflict() ? lockConflict() : undefined,
	);
	if (isWrite) entry.written = answer.status < 300;
	const accident: Fault | 'cut' | undefined = entry.written
		? faults.afterWrite(entry.path)
		: undefined;
	return accident === 'cut' ? undefined : (accident ?? answer);
}

/** `IBSession: start` gives a cookie out and `finish` ends the session, where the publication knows the header. */
function withSession(
	{ faults, switches }: Front,
	request: IncomingMessage,
	cookie: string | undefined,
	answer: Answer | undefined,
): Answer | undefined {
	const wish = request.headers.ibsession;
	if (switches.ibSession === 'ignored' || !answer) return answer;
	if (wish === 'finish') faults.sessions.finishes(cookie);
	if (wish !== 'start') return answer;
	const headers = {
		...answer.headers,
		'Set-Cookie': `ibsession=${faults.sessions.keeps()}; Path=/`,
	};
	return { ...answer, headers };
}

const sessionCookie = (
	request: IncomingMessage,
	{ ibSession }: BaseSwitches,
): string | undefined =>
	ibSession === 'ignored'
		? undefined
		: /(?:^|;\s*)ibsession=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];

const isService = (path: string): boolean => path === SERVICE || path.startsWith(`${SERVICE}/`);

function unauthorized(switches: BaseSwitches): Answer {
	if (switches.badAuth === 'html200') return page(200, 'Вход в систему');
	const headers = { 'WWW-Authenticate': 'Basic realm="1C:Enterprise 8.3"' };
	return {
		...page(401, '401 - Unauthorized: Access is denied due to invalid credentials.'),
		headers,
	};
}

function isDecodable(text: string): boolean {
	try {
		decodeURIComponent(text);
		return true;
	} catch {
		return false;
	}
}

const decodeLoosely = (text: string): string =>
	isDecodable(text) ? decodeURIComponent(text) : text;

function headersOf(request: IncomingMessage): Record<string, string | undefined> {
	const headers: Record<string, string | undefined> = {};
	for (const [name, value] of Object.entries(request.headers)) {
		headers[name] = Array.isArray(value) ? value.join(',') : value;
	}
	return headers;
}

/**
 * Undefined when it is more than the web server takes. The rest is let through to be forgotten, so that the client reads
 * its refusal instead of a broken line; a flood is cut off.
 */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request) {
		const bytes = Buffer.from(chunk);
		size += bytes.length;
		if (size <= MAX_BODY) chunks.push(bytes);
		if (size > FLOOD) throw new Error('The body does not end');
	}
	return size > MAX_BODY ? undefined : Buffer.concat(chunks).toString('utf8');
}

/** Node takes header values as latin-1, so the UTF-8 bytes are handed over one by one. */
const rawUtf8 = (value: string): string => Buffer.from(value, 'utf8').toString('latin1');

/** `Date` is the clock of the web server, which stands on the machine of the base. */
function send(
	response: ServerResponse,
	{ status, headers = {}, contentType, body }: Answer,
	now: number,
): void {
	response.setHeader('Date', new Date(now).toUTCString());
	for (const [name, value] of Object.entries(headers)) response.setHeader(name, rawUtf8(value));
	if (contentType) response.setHeader('Content-Type', contentType);
	const bytes = Buffer.from(body, 'utf8');
	if (status !== 204) response.setHeader('Content-Length', bytes.length);
	response.statusCode = status;
	response.end(status === 204 ? undefined : bytes);
}
