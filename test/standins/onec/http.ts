/**
 * The web server in front of the base: publication path, authentication, faults, raw UTF-8 in Location (it broke a
 * latin-1 proxy once, reference 1c-ut103.md §2 "Encoding"). A wrong path gives the 404 page of a base that is not
 * published, not an odata.error.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { isAuthorized, type Credentials } from './auth';
import { htmlPage, type Fault, type Faults } from './levers';
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
}

export interface Front {
	service: Service;
	faults: Faults;
	switches: BaseSwitches;
	credentials: Credentials;
	requests: RequestEntry[];
	now(): number;
}

export const PUBLICATION = '/ut';
const SERVICE = `${PUBLICATION}/odata/standard.odata`;
const MAX_BODY = 32 * 1024 * 1024;
const HTML = 'text/html;charset=utf-8';
const WRITES = ['POST', 'PATCH', 'PUT', 'DELETE'];

const page = (status: number, title: string): Answer => ({
	status,
	body: htmlPage(title),
	contentType: HTML,
});

export function createFront(front: Front): Server {
	return createServer((request, response) => {
		serve(front, request, response).catch(() => request.socket.destroy());
	});
}

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
	const body = await readBody(request);
	const answer = front.faults.isDown
		? undefined
		: answerOf(front, { method, path, rawPath, rawQuery, body, logged }, request);
	if (!answer) {
		request.socket.destroy();
		return;
	}
	entry.status = answer.status;
	send(response, answer);
}

interface Incoming {
	method: string;
	path: string;
	rawPath: string;
	rawQuery: string;
	body: string;
	logged: string;
}

function answerOf(front: Front, incoming: Incoming, request: IncomingMessage): Answer | undefined {
	const { faults, switches, service } = front;
	const { method, path, logged } = incoming;
	const fault = faults.beforeRequest(logged);
	if (fault) return fault;
	if (!isService(path)) return page(404, '404 - File or directory not found.');
	if (!isAuthorized(request.headers.authorization, front.credentials))
		return unauthorized(switches);
	const licence = faults.licenceFault(switches.licenceExhaustedStatus);
	if (licence) return licence;
	if (!isDecodable(incoming.rawPath)) return page(400, 'Bad Request');
	const answer = service.handle({
		method,
		path: path.slice(SERVICE.length),
		query: incoming.rawQuery,
		headers: headersOf(request),
		body: incoming.body,
		root: `http://${request.headers.host ?? '127.0.0.1'}${SERVICE}/`,
	});
	const happened = WRITES.includes(method) && answer.status < 300;
	const accident: Fault | 'cut' | undefined = happened ? faults.afterWrite(logged) : undefined;
	return accident === 'cut' ? undefined : (accident ?? answer);
}

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

async function readBody(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request) {
		const bytes = Buffer.from(chunk);
		size += bytes.length;
		if (size > MAX_BODY) throw new Error('The body is too long');
		chunks.push(bytes);
	}
	return Buffer.concat(chunks).toString('utf8');
}

/** Node takes header values as latin-1, so the UTF-8 bytes are handed over one by one. */
const rawUtf8 = (value: string): string => Buffer.from(value, 'utf8').toString('latin1');

function send(response: ServerResponse, { status, headers = {}, contentType, body }: Answer): void {
	for (const [name, value] of Object.entries(headers)) response.setHeader(name, rawUtf8(value));
	if (contentType) response.setHeader('Content-Type', contentType);
	const bytes = Buffer.from(body, 'utf8');
	if (status !== 204) response.setHeader('Content-Length', bytes.length);
	response.statusCode = status;
	response.end(status === 204 ? undefined : bytes);
}
