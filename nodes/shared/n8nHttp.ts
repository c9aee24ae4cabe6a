/** The `Http` port inside n8n: its own helper brings proxy, TLS and the credential's authentication. */
import {
	sleep,
	type IAdditionalCredentialOptions,
	type IAllExecuteFunctions,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import {
	dateIn,
	noAnswerFrom,
	type Clock,
	type Http,
	type HttpResponse,
	type ReceivedFile,
} from './http';

type WithRequests = Pick<IAllExecuteFunctions, 'helpers'>;

interface FullResponse {
	body: string | Buffer;
	statusCode: number;
	headers: Record<string, unknown>;
}

/** What the credential's own `authenticate` would do, for credentials whose requests n8n signs by itself (OAuth2). */
export type OAuth2Sending = Pick<
	IHttpRequestOptions,
	'baseURL' | 'skipSslCertificateValidation'
> & {
	credentialOptions: IAdditionalCredentialOptions;
};

/** The longest a portal or a base may take: Bitrix24 cuts a request off at 60 s, a cold 1C needs 30 s and more. */
const TIMEOUT = 120_000;

const fileIn = ({ body, headers }: FullResponse): ReceivedFile => ({
	bytes: Buffer.isBuffer(body) ? body : Buffer.from(body ?? ''),
	type: String(headers['content-type'] ?? ''),
	disposition: String(headers['content-disposition'] ?? ''),
});

type Send = (options: IHttpRequestOptions) => Promise<unknown>;

const httpBy =
	(send: Send, address: Omit<OAuth2Sending, 'credentialOptions'>): Http =>
	async ({ method, path, headers, body, timeout, isFile }): Promise<HttpResponse> => {
		const options: IHttpRequestOptions = {
			method,
			url: path,
			headers,
			body,
			timeout: timeout ?? TIMEOUT,
			encoding: isFile ? 'arraybuffer' : 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			...address,
		};
		try {
			const response = (await send(options)) as FullResponse;
			const { location, date } = response.headers;
			return {
				status: response.statusCode,
				text: String(response.body ?? ''),
				...(isFile ? { file: fileIn(response) } : {}),
				...(typeof location === 'string' ? { location } : {}),
				...dateIn(date),
			};
		} catch (error) {
			throw noAnswerFrom(error);
		}
	};

export const n8nHttp = (
	context: WithRequests,
	credential: string,
	{ credentialOptions, ...address }: Partial<OAuth2Sending> = {},
): Http =>
	httpBy(
		async (options) =>
			await context.helpers.httpRequestWithAuthentication.call(
				context as IAllExecuteFunctions,
				credential,
				options,
				credentialOptions,
			),
		address,
	);

/** Without any credential: for requests in the name of somebody who brings a token of their own. */
export const plainHttp = (
	context: WithRequests,
	address: Required<Omit<OAuth2Sending, 'credentialOptions'>>,
): Http => httpBy(async (options) => await context.helpers.httpRequest(options), address);

export const n8nClock: Clock = { now: () => Date.now(), sleep };
