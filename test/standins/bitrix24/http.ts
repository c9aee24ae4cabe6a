/**
 * Addresses, parameters and bodies of requests.
 * Imitates: reference §1.1: GET queries and form posts in PHP style, multipart and JSON posts; `.json` at the
 * end of a method is optional.
 * Does not imitate: XML answers, REST 3.0, files in multipart bodies. The portal's own reaction to a malformed
 * body is unknown; it is refused here with INVALID_REQUEST.
 */
import type { IncomingMessage } from 'node:http';
import { parsePhpQuery } from './phpQuery';
import { Refusal } from './refusal';
import type { Fields } from './values';
import { isRecord } from './values';

const LARGEST_BODY = 16 * 1024 * 1024;
const DEEPEST_JSON = 512;

export type Address =
	| { kind: 'webhook'; userId: string; code: string; method: string; query: string }
	| { kind: 'application'; method: string; query: string }
	| { kind: 'authorize'; query: string }
	| { kind: 'token'; query: string }
	| { kind: 'elsewhere' };

export function addressOf(url: string): Address {
	const [written, query = ''] = splitOnce(url, '?');
	// nginx merges slashes; the vendor's SDK relies on it and asks for /rest//profile.
	const path = written.replace(/\/{2,}/g, '/');
	if (/^\/oauth\/authorize\/?$/.test(path)) return { kind: 'authorize', query };
	if (/^\/oauth\/token\/?$/.test(path)) return { kind: 'token', query };
	const webhook = /^\/rest\/([^/]+)\/([^/]+)\/([^/]*)\/?$/.exec(path);
	if (webhook && webhook[1] !== 'api') {
		const [, userId, code, method] = webhook;
		return { kind: 'webhook', userId, code, method: methodName(method), query };
	}
	const application = /^\/rest\/([^/]+)\/?$/.exec(path);
	if (application) return { kind: 'application', method: methodName(application[1]), query };
	if (path.startsWith('/rest/')) {
		throw new Refusal(404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!');
	}
	return { kind: 'elsewhere' };
}

function methodName(written: string): string {
	if (written.endsWith('.xml')) throw invalidRequest('XML answers are not imitated');
	return written.replace(/\.json$/, '');
}

function splitOnce(text: string, separator: string): [string, string?] {
	const at = text.indexOf(separator);
	return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

export async function paramsOf(
	request: IncomingMessage,
	query: string,
	body: Buffer,
): Promise<Fields> {
	const fromQuery = parsePhpQuery(query);
	if (body.length === 0) return fromQuery;
	const fromBody = await bodyParams(request.headers['content-type'] ?? '', body);
	return { ...fromQuery, ...fromBody };
}

async function bodyParams(contentType: string, body: Buffer): Promise<Fields> {
	if (contentType.includes('multipart/form-data')) return await multipartParams(contentType, body);
	const text = body.toString('utf8');
	if (contentType.includes('json')) return jsonParams(text);
	if (contentType === '' || contentType.includes('application/x-www-form-urlencoded')) {
		if (text.includes('\u0000') || text.includes('\uFFFD')) throw invalidRequest('Malformed form');
		return parsePhpQuery(text);
	}
	throw invalidRequest(`Bodies of type ${contentType} are not imitated`);
}

function jsonParams(text: string): Fields {
	if (isTooDeep(text)) throw invalidRequest('Malformed JSON');
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

/** PHP's json_decode gives up beyond this depth and takes the text for malformed. */
function isTooDeep(text: string): boolean {
	let depth = 0;
	let quoted = false;
	for (let at = 0; at < text.length; at += 1) {
		const char = text[at];
		if (char === '"') quoted = !quoted;
		else if (char === '\\') at += 1;
		else if (!quoted && (char === '[' || char === '{')) depth += 1;
		else if (!quoted && (char === ']' || char === '}')) depth -= 1;
		if (depth > DEEPEST_JSON) return true;
	}
	return false;
}

async function multipartParams(contentType: string, body: Buffer): Promise<Fields> {
	try {
		const headers = { 'content-type': contentType };
		const form = await new Response(new Uint8Array(body), { headers }).formData();
		const pairs: string[] = [];
		form.forEach((value, name) => {
			if (typeof value !== 'string') return;
			pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
		});
		return parsePhpQuery(pairs.join('&'));
	} catch {
		throw invalidRequest('Malformed form');
	}
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
