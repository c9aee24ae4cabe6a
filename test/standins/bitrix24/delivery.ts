/**
 * Sending forms to other people's servers.
 * Imitates: E/index.md (reference §3.1): one try, never repeated, after the answer had its chance to leave.
 * Does not imitate: the queue servers' addresses and their throttling; their delays are a lever.
 */
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Post } from './levers';
import type { Fields } from './values';

const TIMEOUT_MS = 5_000;

const ONCE_AT_ONCE: Post = () => [0];

export class Delivery {
	private readonly underWay = new Set<Promise<void>>();
	private readonly stop = new AbortController();
	private arrivals = ONCE_AT_ONCE;

	constructor() {
		// Everything that is on its way listens, which may be hundreds at a time.
		setMaxListeners(0, this.stop.signal);
	}

	travels(post: Post | undefined): void {
		this.arrivals = post ?? ONCE_AT_ONCE;
	}

	sends(url: string, body: Fields): void {
		for (const delay of this.arrivals()) {
			const sent = this.wait(delay).then(() => this.post(url, body));
			this.underWay.add(sent);
			void sent.finally(() => this.underWay.delete(sent));
		}
	}

	async close(): Promise<void> {
		this.stop.abort();
		await Promise.all(this.underWay);
	}

	private async wait(delay: number): Promise<void> {
		await new Promise<void>((done) => setImmediate(done));
		if (delay === 0) return;
		// Closing the portal ends the waiting; what was on its way is then refused by the same signal.
		await pause(delay, undefined, { signal: this.stop.signal }).catch(() => undefined);
	}

	private async post(url: string, body: Fields): Promise<void> {
		const signal = AbortSignal.any([this.stop.signal, AbortSignal.timeout(TIMEOUT_MS)]);
		try {
			const response = await fetch(url, {
				method: 'POST',
				body: formOf(body),
				signal,
				redirect: 'manual',
			});
			await response.arrayBuffer();
		} catch {
			// A handler that is away loses the event for good; the portal never tries again (E/index.md).
		}
	}
}

/** Nested names in the PHP way. An empty map has no place in a form and leaves no trace there. */
export function formOf(fields: Fields): URLSearchParams {
	const form = new URLSearchParams();
	const append = (name: string, value: unknown): void => {
		if (typeof value !== 'object' || value === null) {
			form.append(name, String(value ?? ''));
			return;
		}
		for (const [key, inner] of Object.entries(value)) append(`${name}[${key}]`, inner);
	};
	for (const [name, value] of Object.entries(fields)) append(name, value);
	return form;
}
