/**
 * The portal's two limits.
 * Imitates: the leaky bucket and the operating time of b24restdocs `limits.md` (reference §1.8).
 * Does not imitate: one bucket per source address (everything local comes from one address anyway),
 * the 60 s request limit and the manual block OVERLOAD_LIMIT (use the `failsNext` lever).
 */
import { Refusal } from './refusal';

export interface BucketOptions {
	size: number;
	drainPerSecond: number;
}

/** The numbers of every plan but Enterprise. */
const STANDARD: BucketOptions = { size: 50, drainPerSecond: 2 };
const WINDOW_SECONDS = 600;
const MINUTE_SECONDS = 60;
const OPERATING_LIMIT_SECONDS = 480;
/** Shorter calls are not counted: measured on a self-hosted portal [b24jssdk pull request 539], zeros of the cloud agree. */
const SHORTEST_COUNTED = 0.1;

export class Bucket {
	private level = 0;
	private at: number;
	private readonly filling: boolean;
	private readonly options: BucketOptions;

	constructor(
		options: BucketOptions | 'off',
		private readonly now: () => number,
	) {
		this.filling = options !== 'off';
		this.options = options === 'off' ? STANDARD : options;
		this.at = now();
	}

	/** Counts one HTTP request. A refused one does not raise the level. */
	takes(): void {
		this.drain();
		if (this.level + 1 > this.options.size) {
			throw new Refusal(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests');
		}
		if (this.filling) this.level += 1;
	}

	/** Leaves no room, as if other workflows on the same address had used the burst. */
	spend(): void {
		this.drain();
		this.level = this.options.size;
	}

	private drain(): void {
		const now = this.now();
		const seconds = Math.max(0, now - this.at) / 1000;
		this.level = Math.max(0, this.level - seconds * this.options.drainPerSecond);
		this.at = now;
	}
}

interface MinuteBucket {
	startedAt: number;
	seconds: number;
}

export interface Operating {
	operating: number;
	operating_reset_at: number;
}

/** What runs a method tells here how long that took. */
export interface Meter {
	/** Refuses before the work. */
	check(method: string): void;
	counts(method: string): void;
	of(method: string): Operating;
}

/** Calls of any application or webhook, for the lever that uses up a method altogether. */
const ANYBODY = '*';

const BATCH = 'batch';

/** Sums a method's running time over ten one-minute buckets; checked before a call. */
export class OperatingTime {
	private readonly minutes = new Map<string, MinuteBucket[]>();
	/** Seconds a call takes, by method; the work itself takes none here. */
	private readonly costs = new Map<string, number>();

	constructor(private readonly now: () => number) {}

	/** @param owner application or webhook */
	meterOf(owner: string): Meter {
		return {
			check: (method) => this.check(owner, method),
			counts: (method) => this.counts(owner, method, this.costs.get(method) ?? 0),
			of: (method) => this.of(owner, method),
		};
	}

	/** For the commands of one batch where the portal counts the batch and not what is in it. */
	meterOfBatch(owner: string): Meter {
		let seconds = 0;
		this.check(owner, BATCH);
		return {
			check: () => undefined,
			counts: (method) => {
				const cost = this.costs.get(method) ?? 0;
				seconds += cost;
				this.counts(owner, BATCH, cost);
			},
			of: () => ({ ...this.of(owner, BATCH), operating: seconds }),
		};
	}

	slowsDown(method: string, seconds: number): void {
		this.costs.set(method, seconds);
	}

	private check(owner: string, method: string): void {
		if (this.of(owner, method).operating < OPERATING_LIMIT_SECONDS) return;
		throw new Refusal(
			429,
			'OPERATION_TIME_LIMIT',
			'Method is blocked due to operation time limit.',
		);
	}

	private counts(owner: string, method: string, seconds: number): void {
		if (seconds < SHORTEST_COUNTED) return;
		const buckets = this.live(owner, method);
		const now = this.seconds();
		const last = buckets.at(-1);
		if (last && now - last.startedAt < MINUTE_SECONDS) last.seconds += seconds;
		else buckets.push({ startedAt: now, seconds });
		this.minutes.set(`${owner} ${method}`, buckets);
	}

	exhaust(method: string): void {
		this.counts(ANYBODY, method, OPERATING_LIMIT_SECONDS);
	}

	renew(): void {
		this.minutes.clear();
	}

	private of(owner: string, method: string): Operating {
		const buckets = [...this.live(ANYBODY, method), ...this.live(owner, method)];
		const oldest = Math.min(this.seconds(), ...buckets.map((bucket) => bucket.startedAt));
		const sum = buckets.reduce((total, bucket) => total + bucket.seconds, 0);
		return { operating: sum, operating_reset_at: Math.ceil(oldest) + WINDOW_SECONDS };
	}

	private live(owner: string, method: string): MinuteBucket[] {
		const now = this.seconds();
		const buckets = this.minutes.get(`${owner} ${method}`) ?? [];
		return buckets.filter((bucket) => now - bucket.startedAt < WINDOW_SECONDS);
	}

	private seconds(): number {
		return this.now() / 1000;
	}
}
