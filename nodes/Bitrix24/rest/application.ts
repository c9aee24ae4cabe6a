/**
 * Requests in the name of a local application. n8n stores its tokens and renews them one at a time, under a lock; here
 * is decided when. A token is renewed only when the portal calls it expired, because applications that renew all the
 * time may be blocked [Bitrix24 docs, OAuth]. Every renewal replaces the refresh token, so whoever comes second with
 * the old one is refused: the stored connection is read again before anybody is told to connect anew.
 */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import {
	NoAnswer,
	noAnswerFrom,
	type Clock,
	type Http,
	type HttpRequest,
	type HttpResponse,
} from '../../shared/http';
import { settled } from '../../shared/settled';
import { readAnswer, Refusal } from './answer';
import { withoutEnding } from '../../exchange/plainText';

/** What n8n keeps of the consent. `domain` beside it is the authorization server, not the portal. */
export interface Access {
	token: string;
	/** Address of the portal's REST, such as https://company.bitrix24.ru/rest/. */
	endpoint: string;
	/** The portal's own ID, the same under every name it has had. */
	memberId: string;
}

export interface Connection {
	/** As it is stored now: another execution may have renewed it. */
	read(): Promise<Access>;
	/** Asks the authorization server for new tokens and stores them. */
	renew(): Promise<void>;
}

export type SendTo = (endpoint: string, request: HttpRequest) => Promise<HttpResponse>;

const accessSchema = z
	.object({
		access_token: z.string().min(1),
		client_endpoint: z.string().regex(/^https?:\/\/[^/\s@]+\/\S*$/),
		member_id: z.string().catch(''),
	})
	.transform(
		({ access_token: token, client_endpoint: endpoint, member_id: memberId }): Access => ({
			token,
			endpoint: `${withoutEnding(endpoint, '/')}/`,
			memberId,
		}),
	);

const RECONNECT = 'Open the credential and connect it again, as an administrator of the portal.';

export const readAccess = (tokenData: unknown): Access => {
	const access = accessSchema.safeParse(tokenData);
	if (access.success) return access.data;
	throw new Problem('The Bitrix24 OAuth2 credential is not connected to a portal.', RECONNECT);
};

const bodySchema = z.record(z.unknown());

/** The token goes into the body, where no log of addresses sees it; links to files carry one of their own. */
const signed = (request: HttpRequest, { token }: Access): HttpRequest =>
	request.isFile
		? request
		: {
				...request,
				body: JSON.stringify({
					...bodySchema.parse(JSON.parse(request.body ?? '{}')),
					auth: token,
				}),
			};

/** The vendor's SDK renews on both codes [b24jssdk 2.1]. */
const EXPIRED = ['expired_token', 'invalid_token'];

const isExpired = (response: HttpResponse): boolean => {
	if (response.status !== 401) return false;
	const answer = readAnswer('', response);
	return answer instanceof Refusal && EXPIRED.includes(answer.code.toLowerCase());
};

/** A renamed portal sends the same path to another host; a login page or a missing https is something else. */
const hasMoved = ({ status, location }: HttpResponse, endpoint: string, path: string): boolean => {
	if (status < 300 || status > 399 || !location || !URL.canParse(location)) return false;
	const [asked, told] = [new URL(path, endpoint), new URL(location)];
	return told.host !== asked.host && told.pathname === asked.pathname;
};

/** What n8n throws when it was refused new tokens; its words may hold secrets, so only the code is taken. */
const refusedSchema = z.object({ body: z.object({ error: z.string().regex(/^\w{3,40}$/) }) });

/** Codes of Node's network; n8n's own are EAUTH and ESTATUS. */
const NETWORK = /^(E(CONN|HOST|NET|PIPE|TIMEDOUT|NOTFOUND|AI_)\w*)$/;

const whyNotRenewed = (error: Error | undefined): Problem => {
	const network = noAnswerFrom(error);
	if (!(network instanceof NoAnswer) || NETWORK.test(network.code)) return network;
	const refused = refusedSchema.safeParse(error);
	const code = refused.success ? ` (${refused.data.body.error})` : '';
	return new Problem(
		`The portal no longer accepts the application, and its access could not be renewed${code}.`,
		RECONNECT,
	);
};

/** Milliseconds. Another process may have renewed the tokens and be about to store them. */
const PAUSES = [250, 500, 1_000];

const newer = async (connection: Connection, used: Access, clock: Clock): Promise<Access> => {
	const stored = await connection.read();
	if (stored.token !== used.token) return stored;
	const { error } = await settled(async () => await connection.renew());
	for (const pause of [0, ...(error ? PAUSES : [])]) {
		if (pause > 0) await clock.sleep(pause);
		const now = await connection.read();
		if (now.token !== used.token) return now;
	}
	throw whyNotRenewed(error);
};

/**
 * A portal that was renamed redirects. Its new address is taken from the authorization server, with new tokens, and
 * never from the redirect, which anybody who got hold of the old name could send.
 */
export const applicationHttp = (sendTo: SendTo, connection: Connection, clock: Clock): Http => {
	let access: Access | undefined;
	return async (request) => {
		const used = (access ??= await connection.read());
		const response = await sendTo(used.endpoint, signed(request, used));
		const moved = hasMoved(response, used.endpoint, request.path);
		if (!moved && !isExpired(response)) return response;
		if (access === used) access = await newer(connection, used, clock);
		if (moved && access.endpoint === used.endpoint) return response;
		return await sendTo(access.endpoint, signed(request, access));
	};
};
