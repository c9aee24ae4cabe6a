/** A request to a portal as the question it was. */
import type { IncomingMessage } from 'node:http';
import type { PortalQuestion } from './contract';

export const questionIn = ({ url = '/' }: IncomingMessage, body: string): PortalQuestion => {
	const { pathname, searchParams } = new URL(url, 'http://portal');
	const method = pathname.split('/').at(-1) ?? '';
	const params =
		body === '' ? Object.fromEntries(searchParams) : (JSON.parse(body) as Record<string, unknown>);
	return { method, params };
};
