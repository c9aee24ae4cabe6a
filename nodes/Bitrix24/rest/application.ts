/**
 * Requests in the name of a local application. n8n stores its tokens; here is decided when they are renewed: only when
 * the portal calls them expired, or has moved. Every renewal replaces the tokens, so whoever comes second with the old
 * ones is refused: the stored connection is read again before anybody is told to connect anew.
 */
import { z } from 'zod';
import type { Clock, Http, HttpRequest, HttpResponse } from '../../shared/http';
import type { Access } from './access';
import { readAnswer, Refusal } from './answer';
import { renewed, type Connection } from './renewal';

export type SendTo = (endpoint: string, request: HttpRequest) => Promise<HttpResponse>;

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
	const answer = readAnswer('', response);
	return answer instanceof Refusal && EXPIRED.includes(answer.code.toLowerCase());
};

/** A renamed portal sends the same path to another host; a login page or a missing https is something else. */
const hasMoved = ({ status, location }: HttpResponse, endpoint: string, path: string): boolean => {
	if (status < 300 || status > 399 || !location || !URL.canParse(location)) return false;
	const [asked, told] = [new URL(path, endpoint), new URL(location)];
	return told.host !== asked.host && told.pathname === asked.pathname;
};

/**
 * A token the portal does not know may have been replaced meanwhile: by another process, or by whoever has connected the
 * application again. A portal that was renamed redirects. Its new address is taken from the authorization server, with new tokens, and
 * never from the redirect, which anybody who got hold of the old name could send.
 */
export const applicationHttp = (sendTo: SendTo, connection: Connection, clock: Clock): Http => {
	let access: Access | undefined;
	return async (request) => {
		const used = (access ??= await connection.read());
		const response = await sendTo(used.endpoint, signed(request, used));
		const moved = hasMoved(response, used.endpoint, request.path);
		if (!moved && response.status !== 401) return response;
		if (access === used) {
			const isOver = moved || isExpired(response);
			access = isOver ? await renewed(connection, used, clock) : await connection.read();
		}
		if (access.token === used.token) return response;
		if (moved && access.endpoint === used.endpoint) return response;
		return await sendTo(access.endpoint, signed(request, access));
	};
};
