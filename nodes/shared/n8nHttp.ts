/** The `Http` port inside n8n: its own helper brings proxy, TLS and the credential's authentication. */
import { sleep, type IAllExecuteFunctions, type IHttpRequestOptions } from 'n8n-workflow';
import { noAnswerFrom, type Clock, type Http, type HttpResponse } from './http';

type WithRequests = Pick<IAllExecuteFunctions, 'helpers'>;

interface FullResponse {
	body: string;
	statusCode: number;
}

/** The longest a portal or a base may take: Bitrix24 cuts a request off at 60 s, a cold 1C needs 30 s and more. */
const TIMEOUT = 120_000;

export const n8nHttp =
	(context: WithRequests, credential: string): Http =>
	async ({ method, path, headers, body, timeout }): Promise<HttpResponse> => {
		const options: IHttpRequestOptions = {
			method,
			url: path,
			headers,
			body,
			timeout: timeout ?? TIMEOUT,
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		};
		try {
			const response = (await context.helpers.httpRequestWithAuthentication.call(
				context as IAllExecuteFunctions,
				credential,
				options,
			)) as FullResponse;
			return { status: response.statusCode, text: String(response.body ?? '') };
		} catch (error) {
			throw noAnswerFrom(error);
		}
	};

export const n8nClock: Clock = { now: () => Date.now(), sleep };
