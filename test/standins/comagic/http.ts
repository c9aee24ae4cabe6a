/** Bodies in and out. A page is what the web server in front of the API says for itself. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fields } from './values';

/** The real limit is not documented. */
const LARGEST_BODY = 8 * 1024 * 1024;

/** Reads a body to its end; undefined when there was too much of it. */
export const bodyOf = async (request: IncomingMessage): Promise<Buffer | undefined> => {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request) {
		const bytes = Buffer.from(chunk as Uint8Array);
		size += bytes.length;
		if (size <= LARGEST_BODY) chunks.push(bytes);
	}
	return size > LARGEST_BODY ? undefined : Buffer.concat(chunks);
};

export const answerJson = (response: ServerResponse, status: number, body: Fields): void => {
	const text = JSON.stringify(body);
	response.writeHead(status, {
		'content-type': 'application/json; charset=UTF-8',
		'content-length': Buffer.byteLength(text),
	});
	response.end(text);
};

export const answerPage = (response: ServerResponse, status: number): void => {
	response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
	response.end(`<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`);
};
