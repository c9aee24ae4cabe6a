/**
 * The address at which notifications reach a trigger that takes its body as text: n8n does not parse it then
 * (n8n 2.41, webhook-helpers, `options.binaryData`) and hands over the bytes.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Finished, RunningWorkflow } from './engine';

export class Mailbox {
	/** What became of each notification, oldest first. */
	readonly received: Array<{ status: number; run: Finished | null }> = [];

	private readonly underWay = new Set<Promise<void>>();

	private constructor(
		private readonly server: Server,
		readonly url: string,
	) {}

	static async open(workflow: RunningWorkflow, trigger: string): Promise<Mailbox> {
		const server = createServer();
		await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
		const { port } = server.address() as AddressInfo;
		const mailbox = new Mailbox(server, `http://127.0.0.1:${port}/webhook/1b0c/comagic`);
		server.on('request', (request, response) => {
			const taking = mailbox
				.takes(workflow, trigger, request, response)
				.catch((error: unknown) => {
					response.statusCode = 500;
					response.end(String(error));
				})
				.finally(() => mailbox.underWay.delete(taking));
			mailbox.underWay.add(taking);
		});
		return mailbox;
	}

	/** The trigger answers at once; the workflow takes its time. */
	async settles(): Promise<void> {
		while (this.underWay.size > 0) await Promise.all(this.underWay);
	}

	async close(): Promise<void> {
		await this.settles();
		await new Promise<void>((closed) => this.server.close(() => closed()));
	}

	private async takes(
		workflow: RunningWorkflow,
		trigger: string,
		request: IncomingMessage,
		response: ServerResponse,
	): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
		const answer = {
			code: 0,
			status: (code: number) => ((answer.code = code), answer),
			end: () => response.writeHead(answer.code).end(),
		};
		const asked = new URL(String(request.url), this.url);
		const told = {
			body: undefined,
			rawBody: Buffer.concat(chunks),
			query: Object.fromEntries(asked.searchParams),
			headers: request.headers,
		};
		const run = await workflow.answers(trigger, request.method ?? 'POST', told, answer);
		this.received.push({ status: answer.code, run });
	}
}
