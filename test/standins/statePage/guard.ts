/**
 * Who may talk to the page's API. It acts for people, so a site open in the same browser must not reach it: another
 * Origin is refused, and so is another Host, which is what a name that has been rebound to 127.0.0.1 arrives with.
 */
import type { IncomingMessage } from 'node:http';

/** Why a request is not let in; undefined when it is. */
export const refusalOf = (
	{ headers, method }: IncomingMessage,
	port: number,
): string | undefined => {
	const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
	if (!hosts.includes(headers.host ?? '')) return 'Страница открывается только по 127.0.0.1';
	if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`)
		return 'Запрос с чужого сайта';
	if (headers['sec-fetch-site'] === 'cross-site') return 'Запрос с чужого сайта';
	// A form of another site can only send the three simple types.
	if (method === 'POST' && !/^application\/json\b/.test(headers['content-type'] ?? ''))
		return 'Нужен application/json';
	return undefined;
};
