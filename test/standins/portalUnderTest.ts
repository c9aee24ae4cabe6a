/** A portal for one test at a time, and the ways to ask it. */
import axios from 'axios';
import type { AxiosInstance, AxiosResponse } from 'axios';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openPortal } from './bitrix24/portal';
import type { Portal, PortalOptions } from './bitrix24/portal';

export const START = Date.parse('2026-03-02T09:00:00+03:00');

/** Answers are looked into, not modelled: any part may be a map, a list or a plain value. */
export type Body = { [key: string]: Body } & Body[];

/** One event or opening as a handler receives it: names with brackets, as the form spells them. */
export type Heard = Record<string, string>;

export class PortalUnderTest {
	portal!: Portal;
	/** Through the inbound webhook. */
	http!: AxiosInstance;
	clock = START;
	private closers: Array<() => Promise<unknown>> = [];

	constructor(defaults: PortalOptions = {}) {
		beforeEach(() => this.open(defaults));
		afterEach(async () => {
			await Promise.all(this.closers.map((close) => close()));
			this.closers = [];
		});
	}

	async open(options: PortalOptions = {}): Promise<void> {
		this.clock = START;
		const portal = await openPortal({ now: () => this.clock, bucket: 'off', ...options });
		this.portal = portal;
		this.http = client(portal.webhookUrl);
		this.closers.push(() => portal.close());
	}

	readonly call = async (method: string, params: object = {}): Promise<AxiosResponse<Body>> =>
		await this.http.post<Body>(method, params);

	readonly result = async (method: string, params: object = {}): Promise<Body> =>
		succeeded(await this.call(method, params));

	readonly refusal = async (
		method: string,
		params: object = {},
	): Promise<[number, unknown, string]> => refused(await this.call(method, params));

	/** The same questions in the name of a user of an application. */
	as(auth: string): Pick<PortalUnderTest, 'call' | 'result' | 'refusal'> {
		const http = client(`${this.portal.origin}/rest/`);
		const call = async (method: string, params: object = {}): Promise<AxiosResponse<Body>> =>
			await http.post<Body>(method, { ...params, auth });
		return {
			call,
			result: async (method, params) => succeeded(await call(method, params)),
			refusal: async (method, params) => refused(await call(method, params)),
		};
	}

	/** A server of somebody else that writes down every form posted to it. */
	async listener(status = 200): Promise<Listening> {
		const listening = new Listening();
		const server = createServer((request, response) => {
			let body = '';
			request.on('data', (chunk) => (body += chunk));
			request.on('end', () => {
				listening.forms.push(Object.fromEntries(new URLSearchParams(body)));
				response.writeHead(status).end('<p>готово</p>');
			});
		});
		await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
		listening.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
		this.closers.push(() => new Promise((closed) => server.close(closed)));
		return listening;
	}
}

export class Listening {
	url = '';
	readonly forms: Heard[] = [];

	/** Waits for what was announced; then a moment longer, so that what comes in excess is seen too. */
	async hears(atLeast: number): Promise<Heard[]> {
		for (let tries = 0; this.forms.length < atLeast && tries < 200; tries += 1) await pause(5);
		await pause(30);
		return this.forms.splice(0);
	}

	async heardEvents(atLeast: number): Promise<string[]> {
		return (await this.hears(atLeast)).map((form) => form.event);
	}
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function client(baseURL: string): AxiosInstance {
	return axios.create({ baseURL, validateStatus: () => true, proxy: false, maxRedirects: 0 });
}

export function succeeded({ data, status }: AxiosResponse<Body>): Body {
	expect({ status, error: data.error, text: data.error_description }).toEqual({ status: 200 });
	return data.result;
}

export function refused({ data, status }: AxiosResponse<Body>): [number, unknown, string] {
	return [status, data.error, String(data.error_description)];
}
