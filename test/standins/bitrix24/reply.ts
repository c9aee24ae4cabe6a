/**
 * What leaves the portal: JSON, pages, redirects and files.
 */
import type { ServerResponse } from 'node:http';
import type { Fields } from './values';

export type Reply =
	| { kind: 'json'; status: number; body: Fields }
	| { kind: 'page'; status: number; text: string }
	| { kind: 'redirect'; location: string }
	| { kind: 'file'; name: string; type: string; bytes: Buffer };

export function json(body: Fields, status = 200): Reply {
	return { kind: 'json', status, body };
}

/** Outside /rest/ a portal shows pages, not JSON. */
export function page(status: number, heading: string): Reply {
	return {
		kind: 'page',
		status,
		text: `<!DOCTYPE html><html><body><h1>${heading}</h1></body></html>`,
	};
}

export function statusOf(reply: Reply): number {
	if (reply.kind === 'redirect') return 302;
	return reply.kind === 'file' ? 200 : reply.status;
}

export function sendReply(response: ServerResponse, reply: Reply): void {
	switch (reply.kind) {
		case 'json':
			return send(response, reply.status, 'application/json; charset=utf-8', jsonText(reply.body));
		case 'page':
			return send(response, reply.status, 'text/html; charset=utf-8', reply.text);
		case 'redirect':
			response.writeHead(302, { location: reply.location, 'content-length': 0 });
			response.end();
			return;
		case 'file':
			response.setHeader(
				'content-disposition',
				`attachment; filename*=utf-8''${encodeURIComponent(reply.name)}`,
			);
			return send(response, 200, reply.type, reply.bytes);
	}
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
	response.writeHead(status, {
		'content-type': type,
		'content-length': Buffer.byteLength(body),
	});
	response.end(body);
}

/** PHP escapes slashes and everything beyond ASCII; clients that compare texts must not notice. */
function jsonText(body: Fields): string {
	return JSON.stringify(body)
		.replace(/\//g, '\\/')
		.replace(
			/[\u0080-\uffff]/g,
			(char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
		);
}
