/**
 * A trigger's webhook on a port of its own, as n8n serves it: forms and JSON are parsed, preflights and the origin of
 * a sandboxed page («null») are answered by n8n before the node sees the request (n8n 2.41, webhook-request-handler).
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import type { Finished, RunningWorkflow } from './engine';

const PATH = '/webhook/5d0b6f3e-picker/picker';

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
	const text = Buffer.concat(chunks).toString('utf8');
	const type = request.headers['content-type'] ?? '';
	if (type.includes('json')) {
		try {
			return JSON.parse(text) as unknown;
		} catch {
			return undefined;
		}
	}
	return Object.fromEntries(new URLSearchParams(text));
};

/** The part of an Express response that nodes use. */
const expressLike = (response: ServerResponse) =>
	Object.assign(response, {
		status: (code: number) => Object.assign(response, { statusCode: code }),
	});

export class WebhookServer {
	/** What the workflow did after requests that started it, oldest first. */
	readonly runs: Finished[] = [];
	/** How many questions came, pages not counted. */
	readonly questions: string[] = [];

	private constructor(
		private readonly server: Server,
		readonly url: string,
	) {}

	static async open(workflow: RunningWorkflow, trigger: string): Promise<WebhookServer> {
		const server = createServer();
		await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
		const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		workflow.address = address;
		const self = new WebhookServer(server, `${address}${PATH}`);
		server.on('request', (request, response) => {
			self.serves(workflow, trigger, request, response).catch((error: unknown) => {
				response.statusCode = 500;
				response.end(String(error));
			});
		});
		return self;
	}

	async close(): Promise<void> {
		await new Promise<void>((closed) => {
			this.server.close(() => closed());
			this.server.closeAllConnections();
		});
	}

	private async serves(
		workflow: RunningWorkflow,
		trigger: string,
		request: IncomingMessage,
		response: ServerResponse,
	): Promise<void> {
		const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
		const { origin } = request.headers;
		if (origin) {
			response.setHeader('Access-Control-Allow-Methods', 'OPTIONS, GET, POST');
			response.setHeader('Access-Control-Allow-Origin', origin);
		}
		if (request.method === 'OPTIONS') {
			response.setHeader('Access-Control-Max-Age', '300');
			response.setHeader(
				'Access-Control-Allow-Headers',
				request.headers['access-control-request-headers'] ?? '',
			);
			response.writeHead(204).end();
			return;
		}
		if (pathname !== new URL(this.url).pathname) {
			response.writeHead(404).end();
			return;
		}
		const body = await bodyOf(request);
		if (request.headers.authorization) {
			this.questions.push(String((body as { ask?: unknown } | undefined)?.ask));
		}
		const query = Object.fromEntries(searchParams) as IDataObject;
		const asked = { body: body ?? {}, query, headers: request.headers };
		const run = await workflow.answers(
			trigger,
			request.method ?? 'GET',
			asked,
			expressLike(response),
		);
		if (run) this.runs.push(run);
	}
}
