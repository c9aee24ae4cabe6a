/**
 * A leaky bucket: each request adds one drop, drops leave at a steady rate, and a full bucket refuses.
 * The burst is used as it is; waiting starts only when the bucket is full.
 */
import type { Clock } from './http';

export class LeakyBucket {
	private level = 0;
	private measuredAt: number;
	private queue: Promise<void> = Promise.resolve();

	constructor(
		private readonly size: number,
		private readonly perSecond: number,
		private readonly clock: Clock,
	) {
		this.measuredAt = clock.now();
	}

	/** Waits until there is room for one more request, in the order of asking. */
	async take(): Promise<void> {
		const turn = this.queue.then(async () => await this.waitForRoom());
		this.queue = turn;
		await turn;
	}

	/** The server says the bucket is full: others pour into it too, so its word replaces our count. */
	overflowed(): void {
		this.drain();
		this.level = this.size;
	}

	private async waitForRoom(): Promise<void> {
		this.drain();
		const excess = this.level + 1 - this.size;
		if (excess > 0) await this.clock.sleep(Math.ceil((excess / this.perSecond) * 1000));
		this.drain();
		this.level += 1;
	}

	private drain(): void {
		const now = this.clock.now();
		this.level = Math.max(0, this.level - ((now - this.measuredAt) / 1000) * this.perSecond);
		this.measuredAt = now;
	}
}
