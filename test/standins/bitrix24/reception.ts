/**
 * What happens to one HTTP request between the socket and a method.
 * Imitates: the order of checks a caller can tell apart: rate limit, webhook code or token, method, scope,
 * operating time.
 * Does not imitate: pages of the portal itself.
 */
import { channel } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { batchMethodRefusal, notForBatch, runBatch } from './batch';
import type { Caller, Desk } from './call';
import { envelope, execute, ownerOf, timeBlock } from './execution';
import { addressOf, bodyOf, paramsOf } from './http';
import type { Address } from './http';
import type { Misfortune, Troubles } from './levers';
import type { Bucket, OperatingTime } from './limits';
import type { Authorization } from './oauth/authorization';
import type { Tokens } from './oauth/tokens';
import { Refusal } from './refusal';
import { json, page, sendReply, statusOf } from './reply';
import type { Reply } from './reply';
import { INTEGRATION_USER, userById } from './users';
import { asText } from './values';
import type { Fields } from './values';

export interface RequestEntry {
	/** Milliseconds of the portal's clock. */
	at: number;
	method: string;
	/** Without tokens and secrets. */
	params: Fields;
	/** 0 when the connection was cut before the answer. */
	status: number;
	error?: string;
	/** The methods inside a batch, in order. */
	commands?: string[];
	/** Codes of those of them that were refused. */
	refusals?: string[];
	misfortune?: Misfortune;
	/** In whose name, once that is known. */
	userId?: number;
}

/** Tells whoever listens what is asked, such as a test that compares it with what is known of portals. */
const asked = channel('standin:bitrix24');

export interface ReceptionParts {
	desk: Desk;
	bucket: Bucket;
	operatingTime: OperatingTime;
	troubles: Troubles;
	authorization: Authorization;
	tokens: Tokens;
	code: string;
	webhookScopes: string[];
	requests: RequestEntry[];
	latency: number;
	waits(milliseconds: number): Promise<unknown>;
}

const SECRETS = ['auth', 'client_secret', 'code', 'refresh_token', 'token'];

export class Reception {
	constructor(private readonly parts: ReceptionParts) {}

	async receives(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { desk, requests, troubles, latency, waits } = this.parts;
		if (latency > 0) await waits(latency);
		const entry: RequestEntry = { at: desk.now(), method: '', params: {}, status: 200 };
		requests.push(entry);
		const reply = await this.reply(request, entry);
		entry.status = statusOf(reply);
		const served = entry.error === undefined;
		const lost = served && troubles.losesAnswer([entry.method, ...(entry.commands ?? [])]);
		if (lost || (served && entry.misfortune === 'lost answer')) {
			entry.status = 0;
			request.socket.destroy();
			return;
		}
		if (served && entry.misfortune === 'silence') {
			entry.status = 0;
			return;
		}
		if (!response.destroyed) sendReply(response, reply);
	}

	private async reply(request: IncomingMessage, entry: RequestEntry): Promise<Reply> {
		try {
			return await this.work(request, entry);
		} catch (error) {
			const refusal = error instanceof Refusal ? error : brokenDown();
			entry.error = refusal.code;
			const { beside, status } = refusal;
			return json({ ...refusal.shown(this.parts.desk.switches.language), ...beside }, status);
		}
	}

	private async work(request: IncomingMessage, entry: RequestEntry): Promise<Reply> {
		const raw = await bodyOf(request);
		const address = addressOf(request.url ?? '/');
		switch (address.kind) {
			case 'elsewhere':
				return page(404, '404 Not Found');
			case 'authorize':
				return this.authorizes(await paramsOf(request, address.query, raw));
			case 'token':
				entry.method = 'oauth/token';
				return this.grants(entry, await paramsOf(request, address.query, raw));
		}
		entry.method = address.method;
		this.parts.bucket.takes();
		if (address.kind === 'webhook') this.checkCode(address);
		const params = await paramsOf(request, address.query, raw);
		const file = this.parts.desk.store.files.byToken(asText(params.token));
		if (file) return { kind: 'file', ...file };
		const caller = address.kind === 'webhook' ? this.owner() : this.bearer(params);
		entry.params = withoutSecrets(params);
		entry.userId = caller.user.id;
		asked.publish({ method: entry.method, params: entry.params });
		this.parts.troubles.refusesRequest(address.method);
		entry.misfortune = this.parts.troubles.misfortuneOf(address.method);
		if (entry.misfortune === 'failure') throw brokenDown();
		if (address.method.toLowerCase() === 'batch') return json(this.batch(entry, caller));
		const { desk, operatingTime, troubles } = this.parts;
		troubles.refusesThisWrite(address.method);
		const meter = operatingTime.meterOf(ownerOf(caller));
		return json(envelope(execute(desk, meter, caller, address.method, entry.params)));
	}

	private authorizes(params: Fields): Reply {
		const location = this.parts.authorization.returnAddress(params);
		return location === undefined ? page(400, 'Вход не выполнен') : { kind: 'redirect', location };
	}

	private grants(entry: RequestEntry, params: Fields): Reply {
		entry.params = withoutSecrets(params);
		this.parts.troubles.refusesRequest(entry.method);
		return json(this.parts.authorization.token(params));
	}

	private batch(entry: RequestEntry, caller: Caller): Fields {
		const { desk, operatingTime, troubles } = this.parts;
		const started = desk.now();
		const owner = ownerOf(caller);
		const isCounted = desk.switches.batchOperating === 'the batch';
		const meter = isCounted ? operatingTime.meterOfBatch(owner) : operatingTime.meterOf(owner);
		const { result, commands, refusals } = runBatch(
			entry.params,
			(method, params) => {
				if (notForBatch(method, desk.switches)) throw batchMethodRefusal();
				troubles.refusesCommand(method);
				troubles.refusesThisWrite(method);
				return execute(desk, meter, caller, method, params);
			},
			desk.switches,
		);
		entry.commands = commands;
		if (refusals.length > 0) entry.refusals = refusals;
		const operating = operatingTime.meterOf(owner).of('batch');
		return { result, time: timeBlock(started, desk.now(), operating) };
	}

	private checkCode({ userId, code }: Extract<Address, { kind: 'webhook' }>): void {
		if (userId === String(INTEGRATION_USER) && code === this.parts.code) return;
		const error = this.parts.desk.switches.wrongWebhookCode;
		const text =
			error === 'NO_AUTH_FOUND' ? 'Wrong authorization data' : 'Invalid request credentials';
		throw new Refusal(401, error, text);
	}

	private owner(): Caller {
		const user = userById(this.parts.desk.store, INTEGRATION_USER);
		return { user, scopes: this.parts.webhookScopes };
	}

	/** The token is a parameter; an Authorization header is not looked at (reference §1.1). */
	private bearer(params: Fields): Caller {
		const token = asText(params.auth);
		if (token === '') throw new Refusal(401, 'NO_AUTH_FOUND', 'Wrong authorization data');
		const { application, userId } = this.parts.tokens.holder(token);
		const user = userById(this.parts.desk.store, userId);
		return { user, scopes: application.scopes, application };
	}
}

function brokenDown(): Refusal {
	return new Refusal(500, 'INTERNAL_SERVER_ERROR', 'Internal server error');
}

function withoutSecrets(params: Fields): Fields {
	return Object.fromEntries(Object.entries(params).filter(([name]) => !SECRETS.includes(name)));
}
