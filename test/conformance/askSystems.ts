/** Sends questions to a portal and to a base, wherever they are. Whatever they answer is an answer; no status throws. */
import axios, { type AxiosRequestConfig, type AxiosResponse } from 'axios';
import { Agent } from 'node:https';
import { setTimeout } from 'node:timers/promises';
import { stringify } from 'qs';
import type { Answer, Ask, BaseQuestion, PortalQuestion } from './contract';

/** Milliseconds; a live portal may take its time, and a run never hangs. */
const TIMEOUT = 60_000;

const options: AxiosRequestConfig = {
	timeout: TIMEOUT,
	validateStatus: () => true,
	maxRedirects: 0,
	maxContentLength: 32 * 1024 * 1024,
	responseType: 'text',
	/** axios reads JSON by itself otherwise, and numbers beyond 2^53 would be lost without notice. */
	transformResponse: (text: string) => text,
};

const agentFor = (ca: string | undefined) =>
	ca === undefined ? {} : { httpsAgent: new Agent({ ca }) };

const valueOf = (text: string): unknown => {
	try {
		return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
	} catch {
		return text;
	}
};

const answerOf = ({ status, headers, data }: AxiosResponse<string>): Answer => ({
	status,
	headers: Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
	),
	body: valueOf(data ?? ''),
});

/** A portal lets two requests a second pass once fifty have been sent at once [apidocs.bitrix24.com, limits]. */
const PAUSE_MS = 1000;
const MOST_PAUSES = 60;

const isTooEarly = ({ body }: Answer): boolean =>
	typeof body === 'object' &&
	body !== null &&
	(body as Record<string, unknown>).error === 'QUERY_LIMIT_EXCEEDED';

/** Such a request was not carried out, so it is sent again. */
const whenThereIsRoom = async (send: () => Promise<Answer>): Promise<Answer> => {
	for (let pauses = 0; ; pauses += 1) {
		const answer = await send();
		if (!isTooEarly(answer) || pauses === MOST_PAUSES) return answer;
		await setTimeout(PAUSE_MS);
	}
};

/**
 * @param webhookUrl https://portal/rest/1/code/
 * @param ca the certificate to trust, where it is self-signed
 */
export const portalAsker = (webhookUrl: string, ca?: string): Ask<PortalQuestion> => {
	const root = webhookUrl.replace(/\/?$/, '/');
	const agent = agentFor(ca);
	return async ({ method, params = {}, as = 'json', code }) => {
		const base = code === undefined ? root : root.replace(/[^/]+\/$/, `${code}/`);
		const query = as === 'query' ? `?${stringify(params, { arrayFormat: 'indices' })}` : '';
		const body = as === 'query' ? undefined : JSON.stringify(params);
		const json = { 'Content-Type': 'application/json', Accept: 'application/json' };
		const headers = as === 'query' ? {} : json;
		return await whenThereIsRoom(async () =>
			answerOf(
				await axios.post(`${base}${method}${query}`, body, { ...options, ...agent, headers }),
			),
		);
	};
};

/** The same questions through an application: the token travels beside the other parameters. */
export const applicationAsker = (
	origin: string,
	accessToken: string,
	ca?: string,
): Ask<PortalQuestion> => {
	const ask = portalAsker(`${origin}/rest/`, ca);
	return async (question) =>
		await ask({ ...question, params: { ...question.params, auth: accessToken } });
};

export interface BaseAccess {
	/** http://server/ut */
	url: string;
	login: string;
	password: string;
}

/** As bytes, because axios makes a text that is no JSON into a JSON text. */
const bytesOf = (body: unknown): Buffer =>
	Buffer.from(typeof body === 'string' ? body : JSON.stringify(body), 'utf8');

export const baseAsker = ({ url, login, password }: BaseAccess, ca?: string): Ask<BaseQuestion> => {
	const root = `${url.replace(/\/(odata\/standard\.odata\/?)?$/, '')}/odata/standard.odata/`;
	const agent = agentFor(ca);
	return async ({ verb, path, body, headers, password: other }) => {
		const pair = Buffer.from(`${login}:${other ?? password}`, 'utf8').toString('base64');
		return answerOf(
			await axios.request({
				...options,
				...agent,
				method: verb,
				url: encodeURI(root + path.replaceAll('{root}', root)),
				headers: {
					Accept: 'application/json',
					...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
					...headers,
					Authorization: `Basic ${pair}`,
				},
				data: body === undefined ? undefined : bytesOf(body),
			}),
		);
	};
};
