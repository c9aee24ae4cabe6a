/**
 * Talks to a running n8n as its owner: the public API where it has what is needed, and the editor's own REST
 * for the three things it lacks (setting up the owner, making an API key, running a workflow by hand).
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Execution, Workflow } from './execution';

export interface Login {
	email: string;
	password: string;
}

/** Everything the public API accepts in an update; it refuses any other field, even one it gave itself. */
const writableFields = ['name', 'nodes', 'connections', 'settings'] as const;

interface Publication {
	status: string;
	triggers: Array<{ errorMessage?: string | null }>;
}

const PUBLISHING_TIMEOUT = 120_000;
const PUBLISHING_ATTEMPTS = 3;

interface RestOptions {
	method?: string;
	body?: unknown;
}

export class N8nApi {
	private cookie = '';
	private apiKey = '';

	constructor(
		private readonly url: string,
		private readonly login: Login,
	) {}

	/** Signs in once per program: n8n allows five sign-ins a minute, and both secrets survive its restart. */
	async signsIn(): Promise<void> {
		if (this.apiKey) return;
		const owner = { ...this.login, firstName: 'Demo', lastName: 'Owner' };
		let answer = await this.asks('/rest/owner/setup', { method: 'POST', body: owner });
		// An older n8n calls itself ready a little before its REST interface is.
		for (let number = 0; answer.status === 404 && number < 60; number += 1) {
			await pause(1_000);
			answer = await this.asks('/rest/owner/setup', { method: 'POST', body: owner });
		}
		if (!answer.ok) {
			const body = { emailOrLdapLoginId: this.login.email, password: this.login.password };
			answer = await this.asks('/rest/login', { method: 'POST', body });
		}
		if (!answer.ok)
			throw new Error(`n8n refused the sign-in: ${answer.status} ${await answer.text()}`);
		this.cookie = answer.headers
			.getSetCookie()
			.map((cookie) => cookie.split(';')[0])
			.join('; ');
		const scopes = await this.rest<string[]>('/api-keys/scopes');
		const body = { label: `e2e ${new Date().toISOString()}`, scopes, expiresAt: null };
		const key = await this.rest<{ rawApiKey: string }>('/api-keys', { method: 'POST', body });
		this.apiKey = key.rawApiKey;
	}

	workflow(id: string): Promise<Workflow> {
		return this.publicApi<Workflow>(`/workflows/${id}`);
	}

	async updates(id: string, workflow: Workflow): Promise<void> {
		const body = Object.fromEntries(writableFields.map((field) => [field, workflow[field]]));
		await this.publicApi(`/workflows/${id}`, { method: 'PUT', body });
	}

	/**
	 * Returns when the triggers run. n8n tells the editor when they could not be started, and whoever sees it publishes
	 * again: its clock may get in the way when a minute begins (see nodes/shared/polled.ts).
	 */
	async publishes(id: string, attempt = 1): Promise<void> {
		await this.publicApi(`/workflows/${id}/activate`, { method: 'POST', body: {} });
		const { status, triggers } = await this.publication(id);
		if (status === 'published') return;
		if (attempt === PUBLISHING_ATTEMPTS) {
			const reasons = triggers.map(({ errorMessage }) => errorMessage ?? '').join('\n');
			throw new Error(`Workflow ${id} could not be published: ${status}\n${reasons}`);
		}
		await this.publicApi(`/workflows/${id}/deactivate`, { method: 'POST', body: {} });
		await this.publishes(id, attempt + 1);
	}

	/** As it stands when n8n has nothing more to do for it. */
	private async publication(id: string): Promise<Publication> {
		const end = Date.now() + PUBLISHING_TIMEOUT;
		for (;;) {
			const answer = await this.asks(`/rest/workflows/${id}/publication-status`);
			// An older n8n publishes while it is asked to, and knows no such question.
			if (answer.status === 404) return { status: 'published', triggers: [] };
			const { data } = (await answer.json()) as { data: Publication };
			if (data.status !== 'in_progress' || Date.now() > end) return data;
			await pause(50);
		}
	}

	/** Newest first, only finished ones. */
	async executions(workflowId: string): Promise<Execution[]> {
		const query = new URLSearchParams({ workflowId, includeData: 'true', limit: '250' });
		return (await this.publicApi<{ data: Execution[] }>(`/executions?${query}`)).data;
	}

	execution(id: string): Promise<Execution> {
		return this.publicApi<Execution>(`/executions/${id}?includeData=true`);
	}

	/** What the editor sends for "Execute workflow" of one trigger; answers with the number of the execution. */
	async runsByHand(workflowId: string, trigger: string): Promise<string> {
		const answer = await this.rest<{ executionId?: string; waitingForWebhook?: boolean }>(
			`/workflows/${workflowId}/run`,
			{ method: 'POST', body: { triggerToStartFrom: { name: trigger } } },
		);
		if (answer.executionId) return answer.executionId;
		throw new Error(
			`"${trigger}" waits for a webhook call: call its URL instead of running it by hand.`,
		);
	}

	/** The REST interface of the editor, for what a test wants to check beyond this class. */
	async rest<T>(path: string, options: RestOptions = {}): Promise<T> {
		return ((await this.jsonOf(`/rest${path}`, options)) as { data: T }).data;
	}

	/** A page as the browser of the owner gets it. */
	async opens(path: string): Promise<string> {
		const answer = await this.asks(path);
		if (!answer.ok) throw new Error(`GET ${path.split('?')[0]}: ${answer.status}`);
		return await answer.text();
	}

	async publicApi<T>(path: string, options: RestOptions = {}): Promise<T> {
		return (await this.jsonOf(`/api/v1${path}`, options)) as T;
	}

	private async jsonOf(path: string, options: RestOptions): Promise<unknown> {
		const answer = await this.asks(path, options);
		const text = await answer.text();
		if (!answer.ok) throw new Error(`${options.method ?? 'GET'} ${path}: ${answer.status} ${text}`);
		return text ? JSON.parse(text) : undefined;
	}

	private asks(path: string, { method = 'GET', body }: RestOptions = {}): Promise<Response> {
		return fetch(this.url + path, {
			method,
			headers: {
				...(this.cookie ? { cookie: this.cookie } : {}),
				...(this.apiKey ? { 'X-N8N-API-KEY': this.apiKey } : {}),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
	}
}
