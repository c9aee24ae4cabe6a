/**
 * Addresses, parameters and bodies of requests.
 * Imitates: reference §1.1: GET queries and form posts in PHP style, JSON posts; `.json` at the end of a
 * method is optional.
 * Does not imitate: https (a real portal insists on it, this one speaks plain http on 127.0.0.1), XML
 * answers, multipart bodies, redirects of renamed portals. The portal's own reaction to a malformed body is
 * unknown; it is refused here with INVALID_REQUEST.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parsePhpQuery } from './phpQuery';
import { Refusal } from './refusal';
import type { Fields } from './values';
import { isRecord } from './values';

const LARGEST_BODY = 16 * 1024 * 1024;

export interface Address {
	userId: string;
	code: string;
	method: string;
	query: string;
}

/** Undefined for anything that is not below /rest/. */
export function addressOf(url: string): Address | undefined {
	const [path, query = ''] = splitOnce(url, '?');
	const webhook = /^\/rest\/([^/]+)\/([^/]+)\/([^/]*)\/?$/.exec(path);
	if (webhook && webhook[1] !== 'api') {
		const [, userId, code, method] = webhook;
		if (method.endsWith('.xml')) throw invalidRequest('XML answers are not imitated');
		return { userId, code, method: method.replace(/\.json$/, ''), query };
	}
	// Without a webhook in the path a token would be needed, and the stand-in has no applications.
	const application = /^\/rest\/([^/]+?)(?:\.json)?\/?$/.exec(path);
	if (application) return { userId: '', code: '', method: application[1], query };
	if (path.startsWith('/rest/'))
		throw new Refusal(404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!');
	return undefined;
}

function splitOnce(text: string, separator: string): [string, string?] {
	const at = text.indexOf(separator);
	return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

export function paramsOf(request: IncomingMessage, query: string, body: Buffer): Fields {
	const fromQuery = parsePhpQuery(query);
	if (body.length === 0) return fromQuery;
	return { ...fromQuery, ...bodyParams(request.headers['content-type'] ?? '', body) };
}

function bodyParams(contentType: string, body: Buffer): Fields {
	const text = body.toString('utf8');
	if (contentType.includes('json')) return jsonParams(text);
	if (contentType === '' || contentType.includes('application/x-www-form-urlencoded')) {
		if (text.includes('\u0000') || text.includes('\uFFFD')) throw invalidRequest('Malformed form');
		return parsePhpQuery(text);
	}
	throw invalidRequest(`Bodies of type ${contentType} are not imitated`);
}

function jsonParams(text: string): Fields {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch {
		throw invalidRequest('Malformed JSON');
	}
	if (Array.isArray(parsed) && parsed.length === 0) return {};
	if (!isRecord(parsed)) throw invalidRequest('A JSON object is expected');
	return parsed;
}

/** Reads a body to its end; what is beyond the limit is thrown away and then refused. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request) {
		const bytes = Buffer.from(chunk as Uint8Array);
		size += bytes.length;
		if (size <= LARGEST_BODY) chunks.push(bytes);
	}
	if (size > LARGEST_BODY) throw new Refusal(413, 'INVALID_REQUEST', 'Request entity is too large');
	return Buffer.concat(chunks);
}

function invalidRequest(description: string): Refusal {
	return new Refusal(400, 'INVALID_REQUEST', description);
}

export function answerJson(response: ServerResponse, status: number, body: Fields): void {
	const text = JSON.stringify(body);
	response.writeHead(status, {
		'content-type': 'application/json; charset=utf-8',
		'content-length': Buffer.byteLength(text),
	});
	response.end(text);
}

/** Outside /rest/ a portal shows a page, not JSON. */
export function answerPage(response: ServerResponse): void {
	const text = '<!DOCTYPE html><html><body><h1>404 Not Found</h1></body></html>';
	response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' });
	response.end(text);
}
