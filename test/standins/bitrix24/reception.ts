/**
 * What happens to one HTTP request between the socket and a method.
 * Imitates: the order of checks a caller can tell apart: rate limit, webhook code, method, operating time.
 * Does not imitate: OAuth; every caller is the owner of the one inbound webhook.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { nestedBatchRefusal, runBatch } from './batch';
import type { Desk } from './call';
import { envelope, execute, timeBlock } from './execution';
import { addressOf, answerJson, answerPage, bodyOf, paramsOf } from './http';
import type { Address } from './http';
import type { Troubles } from './levers';
import type { Bucket, OperatingTime } from './limits';
import { Refusal } from './refusal';
import { INTEGRATION_USER } from './seed';
import type { Fields } from './values';

export interface RequestEntry {
	/** Milliseconds of the portal's clock. */
	at: number;
	method: string;
	params: Fields;
	/** 0 when the connection was cut before the answer. */
	status: number;
	error?: string;
	/** The methods inside a batch, in order. */
	commands?: string[];
}

export interface ReceptionParts {
	desk: Desk;
	bucket: Bucket;
	operatingTime: OperatingTime;
	troubles: Troubles;
	code: string;
	requests: RequestEntry[];
}

export class Reception {
	constructor(private readonly parts: ReceptionParts) {}

	async receives(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const entry: RequestEntry = { at: this.parts.desk.now(), method: '', params: {}, status: 200 };
		this.parts.requests.push(entry);
		try {
			const body = await this.work(request, entry);
			if (this.parts.troubles.losesAnswer([entry.method, ...(entry.commands ?? [])])) {
				entry.status = 0;
				request.socket.destroy();
				return;
			}
			if (body) answerJson(response, 200, body);
			else {
				entry.status = 404;
				answerPage(response);
			}
		} catch (error) {
			this.refuses(response, entry, error);
		}
	}

	private async work(request: IncomingMessage, entry: RequestEntry): Promise<Fields | undefined> {
		const raw = await bodyOf(request);
		const address = addressOf(request.url ?? '/');
		if (!address) return undefined;
		entry.method = address.method;
		this.parts.bucket.takes();
		this.checkCode(address);
		entry.params = paramsOf(request, address.query, raw);
		this.parts.troubles.refusesRequest(address.method);
		if (address.method.toLowerCase() === 'batch') return this.batch(entry);
		const { desk, operatingTime } = this.parts;
		return envelope(execute(desk, operatingTime, INTEGRATION_USER, address.method, entry.params));
	}

	private batch(entry: RequestEntry): Fields {
		const { desk, operatingTime, troubles } = this.parts;
		const started = desk.now();
		const { result, commands } = runBatch(
			entry.params,
			(method, params) => {
				if (method.toLowerCase() === 'batch') throw nestedBatchRefusal();
				troubles.refusesCommand(method);
				return execute(desk, operatingTime, INTEGRATION_USER, method, params);
			},
			desk.switches,
		);
		entry.commands = commands;
		// The outer batch is free of operating time (reference §1.7).
		const operating = { operating: 0, operating_reset_at: Math.ceil(started / 1000) + 600 };
		return { result, time: timeBlock(started, desk.now(), operating) };
	}

	private checkCode({ userId, code }: Address): void {
		if (userId === String(INTEGRATION_USER) && code === this.parts.code) return;
		const error = this.parts.desk.switches.wrongWebhookCode;
		const text =
			error === 'NO_AUTH_FOUND' ? 'Wrong authorization data' : 'Invalid request credentials';
		throw new Refusal(401, error, text);
	}

	private refuses(response: ServerResponse, entry: RequestEntry, error: unknown): void {
		const refusal =
			error instanceof Refusal
				? error
				: new Refusal(
						500,
						'INTERNAL_SERVER_ERROR',
						error instanceof Error ? error.message : 'Unknown',
					);
		entry.status = refusal.status;
		entry.error = String(refusal.code);
		if (response.destroyed) return;
		answerJson(response, refusal.status, {
			error: refusal.code,
			error_description: refusal.description,
		});
	}
}
