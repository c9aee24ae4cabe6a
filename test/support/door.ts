/** The address at which the outside world reaches a workflow: calls go to its trigger as n8n passes them on. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunningWorkflow, Finished } from './engine';

export interface Door {
	/** What became of each call, oldest first. */
	calls: Array<{ status: number; run: Finished | null }>;
	/** Waits for so many calls; then a moment longer, so that what comes in excess is seen too. */
	hears(calls: number): Promise<void>;
	close(): Promise<void>;
}

const pause = async (milliseconds: number): Promise<void> =>
	await new Promise((done) => setTimeout(done, milliseconds));

export const openDoor = async (workflow: RunningWorkflow, trigger: string): Promise<Door> => {
	const calls: Door['calls'] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
			const { searchParams } = new URL(String(request.url), workflow.address);
			workflow
				.receives(trigger, Object.fromEntries(form), Object.fromEntries(searchParams))
				.then((call) => {
					calls.push(call);
					response.writeHead(call.status).end();
				})
				.catch(() => response.writeHead(500).end());
		});
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	workflow.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		calls,
		hears: async (count) => {
			for (let tries = 0; calls.length < count && tries < 200; tries += 1) await pause(10);
			await pause(50);
		},
		close: async () => await new Promise((closed) => server.close(() => closed())),
	};
};
