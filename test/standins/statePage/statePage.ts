/**
 * A page to look at the three systems and act for people, on a loopback port of its own: one self-contained HTML file
 * and an API of two addresses, `GET /api/state` and `POST /api/acts`.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ZodError } from 'zod';
import type { Firm } from '../firm/firm';
import { actOf, performs } from './acts';
import { refusalOf } from './guard';
import { stateOf } from './state';

export interface StatePage {
	/** http://127.0.0.1:PORT/ */
	url: string;
	closes(): Promise<void>;
}

const LARGEST_BODY = 64 * 1024;

export const openStatePage = async (firm: Firm, port = 0): Promise<StatePage> => {
	const page = assembled();
	const server = createServer((request, response) => {
		const { port: own } = server.address() as AddressInfo;
		const refusal = refusalOf(request, own);
		if (refusal) {
			answer(response, 403, { error: refusal });
			return;
		}
		serves(firm, page, request, response).catch((error: unknown) => {
			const { status, text } = problemOf(error);
			if (!response.headersSent) answer(response, status, { error: text });
		});
	});
	await new Promise<void>((ready, failed) => {
		server.once('error', failed);
		server.listen(port, '127.0.0.1', ready);
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		closes: () =>
			new Promise((closed) => {
				server.close(() => closed());
				server.closeAllConnections();
			}),
	};
};

interface Page {
	html: string;
	policy: string;
}

const SCRIPTS = ['elements', 'acting', 'board', 'papers', 'contacts', 'start'];

/** One file without outside resources. Only its own script runs, even if a title of a deal ever got into the markup. */
const assembled = (): Page => {
	const read = (name: string): string => readFileSync(join(__dirname, 'page', name), 'utf8');
	const script = ["'use strict';", ...SCRIPTS.map((name) => read(`${name}.js`))].join('\n');
	const hash = createHash('sha256').update(script).digest('base64');
	const allowed = [
		"default-src 'none'",
		`script-src 'sha256-${hash}'`,
		"style-src 'unsafe-inline'",
		"connect-src 'self'",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	];
	const html = read('page.html')
		.replace('<!-- style -->', () => `<style>${read('page.css')}</style>`)
		.replace('<!-- script -->', () => `<script>${script}</script>`);
	return { html, policy: allowed.join('; ') };
};

class Problem extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

const serves = async (
	firm: Firm,
	page: Page,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> => {
	const address = `${request.method} ${(request.url ?? '').replace(/\?.*$/s, '')}`;
	if (address === 'GET /') {
		response.writeHead(200, {
			'content-type': 'text/html; charset=utf-8',
			'content-security-policy': page.policy,
			'x-content-type-options': 'nosniff',
		});
		response.end(page.html);
		return;
	}
	if (address === 'GET /api/state') {
		answer(response, 200, stateOf(firm));
		return;
	}
	if (address === 'POST /api/acts') {
		const act = actOf(await bodyOf(request));
		answer(response, 200, { done: await performs(firm, act) });
		return;
	}
	throw new Problem(404, 'Такого адреса нет');
};

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request) {
		const bytes = Buffer.from(chunk as Uint8Array);
		size += bytes.length;
		if (size > LARGEST_BODY) throw new Problem(413, 'Слишком длинный запрос');
		chunks.push(bytes);
	}
	try {
		return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
	} catch {
		throw new Problem(400, 'Это не JSON');
	}
};

/** A system that refuses says why; the page shows it as it is. */
const problemOf = (error: unknown): { status: number; text: string } => {
	if (error instanceof Problem) return { status: error.status, text: error.message };
	if (error instanceof ZodError) {
		const problems = error.issues.map(({ path, message }) =>
			path.length > 0 ? `${path.join('.')}: ${message}` : message,
		);
		return { status: 400, text: problems.join('; ') };
	}
	return { status: 409, text: error instanceof Error ? error.message : String(error) };
};

const answer = (response: ServerResponse, status: number, body: object): void => {
	response.writeHead(status, {
		'content-type': 'application/json; charset=utf-8',
		'cache-control': 'no-store',
		'x-content-type-options': 'nosniff',
	});
	response.end(JSON.stringify(body));
};
