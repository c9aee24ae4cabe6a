/**
 * A server in front of a stand-in that answers as a system would which behaves otherwise than the sources say: each case
 * of the table carries such an answer. So it shows that a run notices every difference it is there to notice.
 */
import axios from 'axios';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, Reversal } from './contract';

export interface ReversedServer {
	/** http://127.0.0.1:PORT */
	origin: string;
	close(): Promise<void>;
}

interface Front<Question> {
	/** Of the stand-in. */
	origin: string;
	reversals: ReadonlyArray<Reversal<Question>>;
	questionOf(request: IncomingMessage, body: string): Question;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
	return Buffer.concat(chunks).toString('utf8');
};

const valueOf = (text: string): unknown => {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
};

const passed = ['authorization', 'content-type', 'accept'];
const answered = ['content-type', 'location'];

const forwarded = async (
	origin: string,
	request: IncomingMessage,
	body: string,
): Promise<Answer> => {
	const { status, headers, data } = await axios.request<string>({
		method: request.method,
		url: `${origin}${request.url ?? ''}`,
		headers: Object.fromEntries(
			Object.entries(request.headers).filter(([name]) => passed.includes(name)),
		),
		data: body === '' ? undefined : body,
		validateStatus: () => true,
		maxRedirects: 0,
		responseType: 'text',
		transformResponse: (text: string) => text,
	});
	const named = Object.entries(headers).map(([name, value]) => [name, String(value)]);
	return { status, headers: Object.fromEntries(named), body: valueOf(data) };
};

export const openReversedServer = async <Question>({
	origin,
	reversals,
	questionOf,
}: Front<Question>): Promise<ReversedServer> => {
	const server = createServer((request, response) => {
		const serve = async (): Promise<void> => {
			const body = await bodyOf(request);
			const question = questionOf(request, body);
			const answer = reversals
				.filter((one) => one.isAbout(question))
				.reduce((so, one) => one.answer(so, question), await forwarded(origin, request, body));
			const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
			const headers = Object.entries(answer.headers).filter(([name]) => answered.includes(name));
			response.writeHead(answer.status, Object.fromEntries(headers));
			response.end(text);
		};
		serve().catch(() => request.socket.destroy());
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((closed) => server.close(() => closed()));
		},
	};
};
