/** The `Http` port outside n8n, for tests and commands that drive a client without the editor. */
import axios from 'axios';
import { dateIn, noAnswerFrom, type Clock, type Http } from '../../nodes/shared/http';

export const axiosHttp = (baseURL: string, headers: Record<string, string> = {}): Http => {
	const client = axios.create({
		baseURL,
		headers,
		responseType: 'text',
		transformResponse: (text: string) => text,
		validateStatus: () => true,
		maxRedirects: 0,
		proxy: false,
	});
	return async ({ method, path, headers: own, body, timeout }) => {
		try {
			const response = await client.request<string>({
				method,
				url: path,
				headers: own,
				data: body,
				timeout,
			});
			const location = response.headers.location as string | undefined;
			return {
				status: response.status,
				text: response.data,
				location,
				...dateIn(response.headers.date),
			};
		} catch (error) {
			throw noAnswerFrom(error);
		}
	};
};

/** Time that passes only when somebody sleeps. */
export const standingClock = (
	start = Date.parse('2026-11-24T09:00:00Z'),
): Clock & { pass(milliseconds: number): void } => {
	let now = start;
	return {
		now: () => now,
		pass: (milliseconds) => {
			now += milliseconds;
		},
		sleep: async (milliseconds) => {
			now += milliseconds;
			await Promise.resolve();
		},
	};
};
