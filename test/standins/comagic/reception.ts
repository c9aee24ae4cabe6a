/**
 * What happens to one HTTP request between the socket and a method.
 * Imitates: JSON-RPC 2.0 by POST without batches and notifications; address, then envelope, then method, then token,
 * then points, then components: the order is a guess, the errors are documented.
 * Does not imitate: https, older versions of the API, the check of Content-Type.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Access } from './access';
import type { Desk, Method, Result } from './desk';
import { answerJson, answerPage, bodyOf } from './http';
import type { Troubles } from './levers';
import type { LimitsBlock, Points } from './limits';
import { servesRecord } from './media';
import { checkFields } from './params';
import { fittingStatus, Refusal } from './refusal';
import { isRecord, type Fields } from './values';

export const PATH = '/v2.0';

/** Options the client pays for apart; everything else belongs to «Data API». */
const COMPONENT_OF: Record<string, string> = {
	'upload.offline_messages': 'Загрузка офлайн-заявок из внешней системы',
	'upload.emails': 'Емейл-трекинг',
	'get.reports_list': 'Data API для настройки',
	'get.communications': 'Data API для настройки',
	'get.notifications': 'Data API для настройки',
};
export interface RequestEntry {
	/** Milliseconds of the account's clock. */
	at: number;
	method: string;
	/** Without the token. */
	params: Fields;
	/** 0 when the connection was cut before the answer. */
	status: number;
	mnemonic?: string;
}

export interface ReceptionParts {
	desk: Desk;
	access: Access;
	points: Points;
	troubles: Troubles;
	components: Set<string>;
	methods: Map<string, Method>;
	appId: number;
	requests: RequestEntry[];
}

interface Envelope {
	id: string | number | null;
	method: string;
	params: Fields;
}

export class Reception {
	constructor(private readonly parts: ReceptionParts) {}

	async receives(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { desk, troubles, requests } = this.parts;
		if (servesRecord(desk, request, response)) return;
		const entry: RequestEntry = { at: desk.clock.now(), method: '', params: {}, status: 200 };
		requests.push(entry);
		const body = await bodyOf(request);
		const page = troubles.page() ?? pageFor(request, body);
		if (page !== undefined) {
			entry.status = page;
			answerPage(response, page);
			return;
		}
		const envelope: Envelope = { id: null, method: '', params: {} };
		const answer = this.answer(request, body?.toString('utf8') ?? '', envelope, entry);
		if (troubles.losesAnswer(envelope.method)) {
			entry.status = 0;
			request.socket.destroy();
			return;
		}
		answerJson(response, entry.status, { jsonrpc: '2.0', id: envelope.id, ...answer });
	}

	private answer(
		request: IncomingMessage,
		text: string,
		envelope: Envelope,
		entry: RequestEntry,
	): Fields {
		try {
			this.parts.access.checkAddress(request.socket.remoteAddress ?? '');
			open(text, envelope);
			const { access_token: _token, password: _password, ...params } = envelope.params;
			Object.assign(entry, { method: envelope.method, params });
			return { result: this.work(envelope) };
		} catch (error) {
			const refusal = error instanceof Refusal ? error : new Refusal('internal_error');
			entry.mnemonic = refusal.mnemonic;
			if (this.parts.desk.switches.errorStatus === 'fitting') entry.status = fittingStatus(refusal);
			return { error: this.described(refusal) };
		}
	}

	private work({ method, params }: Envelope): Fields {
		const { desk, access, points, troubles, methods } = this.parts;
		if (method === 'login.user') return { data: this.logIn(params) };
		const work = methods.get(method);
		if (!work && method !== 'logout.user') throw new Refusal('method_not_found');
		const token = params.access_token;
		if (token === undefined)
			throw new Refusal('required_parameter_missed', { field: 'access_token' });
		if (typeof token !== 'string')
			throw new Refusal('data_type_error', { field: 'access_token', value: token });
		access.checkToken(token);
		// Only logging out gets here without a method of its own.
		if (!work) {
			checkFields(params, { access_token: 'string!' });
			access.logOut(token);
			return { data: {} };
		}
		points.check();
		this.checkComponent(method);
		troubles.refuses(method);
		const result = work(desk, params);
		points.charge();
		return this.enveloped(method, result);
	}

	private logIn(params: Fields): Fields {
		checkFields(params, { login: 'string!', password: 'string!' });
		const { access, desk, appId } = this.parts;
		const { token, endsAt } = access.logIn(String(params.login), String(params.password));
		return { access_token: token, [desk.switches.loginExpiryField]: endsAt, app_id: appId };
	}

	private checkComponent(method: string): void {
		const { components } = this.parts;
		const wanted = COMPONENT_OF[method] ?? 'Data API';
		if (components.has(wanted)) return;
		throw new Refusal('method_component_disabled', { params: { components: wanted } });
	}

	private enveloped(method: string, { data, totalItems }: Result): Fields {
		const { switches } = this.parts.desk;
		const isRead = method.startsWith('get.');
		const metadata: { total_items?: number; limits?: LimitsBlock } = {};
		if (totalItems !== undefined) metadata.total_items = totalItems;
		if (isRead || switches.limitsInWrites) metadata.limits = this.parts.points.block();
		const isReference = method === 'get.account' || method === 'get.sites';
		const name = isReference ? switches.referenceMetadata : 'metadata';
		const known = Object.keys(metadata).length > 0 ? { [name]: metadata } : {};
		return { ...known, ...(data === undefined ? {} : { data }) };
	}

	private described({ code, message, mnemonic, details }: Refusal): Fields {
		const { field, value, params } = details;
		return {
			code,
			message,
			data: {
				mnemonic,
				...(field === undefined ? {} : { field }),
				...(value === undefined || field === 'access_token' ? {} : { value }),
				params: params ?? {},
				extended_helper: null,
				metadata: { limits: this.parts.points.block() },
			},
		};
	}
}

/** Not every address and method is the API's. Undefined bodies were too long to read. */
const pageFor = (request: IncomingMessage, body: Buffer | undefined): number | undefined => {
	const path = (request.url ?? '').replace(/\?.*$/s, '').replace(/\/$/, '');
	if (path !== PATH) return 404;
	if (request.method !== 'POST') return 405;
	return body === undefined ? 413 : undefined;
};

/** Fills the envelope as far as it gets, so that an error can carry the id of its request. */
const open = (text: string, envelope: Envelope): void => {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch {
		throw new Refusal('parse_error');
	}
	if (Array.isArray(parsed)) throw new Refusal('batch_opreations_not_supported');
	if (!isRecord(parsed)) throw new Refusal('invalid_request');
	const { jsonrpc, id, method, params } = parsed;
	if (id === undefined) throw new Refusal('notifications_not_supported');
	if (typeof id !== 'string' && typeof id !== 'number')
		throw new Refusal('invalid_request', { field: 'id' });
	envelope.id = id;
	if (jsonrpc !== '2.0') throw new Refusal('invalid_request', { field: 'jsonrpc' });
	if (typeof method !== 'string') throw new Refusal('invalid_request', { field: 'method' });
	envelope.method = method;
	if (!isRecord(params)) throw new Refusal('invalid_request', { field: 'params' });
	envelope.params = params;
};
