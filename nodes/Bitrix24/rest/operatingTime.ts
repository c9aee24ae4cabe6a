/**
 * The portal adds up how long its server works on each method for one webhook or application, and blocks a method
 * that has used up its share of ten minutes [Bitrix24 docs, limits]. Every answer tells how far the sum has come, so
 * what other processes use is in it too. This knows what was told and says how long to wait; it never waits itself.
 */
import { z } from 'zod';

/** Seconds in ten minutes, of the cloud; a self-hosted portal counts nothing, or up to 420 [Bitrix24 docs, limits]. */
export const OPERATING_LIMIT = 480;

/** From here on requests are spaced out; the vendor's own SDK begins there too [b24jssdk 2.1, limiters]. */
export const PACED_FROM = 0.8 * OPERATING_LIMIT;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const WINDOW = 10 * MINUTE;

/**
 * How long one request may be put off in all while its method is blocked. An execution outlasts a whole window and a
 * minute: whatever had used the time up at its first refusal is forgotten by then, so who is refused still shares the
 * portal with somebody who leaves nothing. n8n ends no execution by itself unless it is told to, and one that is ended
 * writes the rest when it runs the next time. All others answer within seconds: the next poll, the next execution
 * about the same deal or a person waits for them, and whoever hung would be overtaken by those who come after.
 */
export const PATIENCE = { ofExecution: WINDOW + MINUTE, ofOthers: 10 * SECOND };

/** Self-hosted portals and old samples leave these out. */
const timeSchema = z.object({
	operating: z.number(),
	operating_reset_at: z.number(),
	finish: z.number(),
});

interface Told {
	seconds: number;
	/** As the portal wrote it: the same number means that nothing was forgotten meanwhile. */
	resetAt: number;
	/** Both by the clock of n8n, which may differ from the portal's. */
	at: number;
	freedAt: number;
	/** What a call adds, once two answers have shown it. */
	perCall: number | null;
}

interface Blocked {
	/** Since when nothing of this method has come through. */
	since: number;
	lastAt: number;
	times: number;
}

/** The share of the time until the oldest minute is forgotten that calls have to wait. */
const shareOf = ({ seconds, perCall }: Told, calls: number): number => {
	const needed = (perCall ?? 0) * calls;
	if (seconds + needed <= PACED_FROM) return 0;
	/** The vendor's SDK waits a hundredth before each request, whatever it costs. */
	if (perCall === null && seconds < OPERATING_LIMIT) return 0.01;
	const left = OPERATING_LIMIT - seconds;
	return needed < left ? needed / left : 1;
};

export class OperatingTime {
	private readonly told = new Map<string, Told>();
	private readonly blocked = new Map<string, Blocked>();

	/** A call has come through. @param time the block of that name in its answer */
	learn(method: string, time: unknown, now: number): void {
		this.blocked.delete(method);
		const { success, data } = timeSchema.safeParse(time);
		if (!success) return;
		const before = this.told.get(method);
		const { operating: seconds, operating_reset_at: resetAt } = data;
		const untilFreed = Math.min(WINDOW, Math.max(0, (resetAt - data.finish) * SECOND));
		let perCall = before?.perCall ?? null;
		if (before?.resetAt === resetAt && seconds >= before.seconds) {
			const added = seconds - before.seconds;
			perCall = perCall === null ? added : (perCall + added) / 2;
		}
		this.told.set(method, {
			seconds,
			resetAt,
			at: now,
			freedAt: now + untilFreed + SECOND,
			perCall,
		});
	}

	/** @param methods of all calls of a request, each as often as it is called @returns milliseconds */
	pauseBefore(methods: readonly string[], now: number): number {
		const pauses = [...new Set(methods)].map((method) => {
			const told = this.told.get(method);
			/** When the oldest minute is forgotten, nobody knows how much was in it: the next answer tells. */
			if (!told || told.freedAt <= now) return 0;
			const calls = methods.filter((one) => one === method).length;
			return told.at + (told.freedAt - told.at) * shareOf(told, calls) - now;
		});
		return Math.ceil(Math.max(0, ...pauses));
	}

	/**
	 * The portal has refused a call because the time of its method is used up.
	 * @returns when to ask again, or null when that is beyond the patience of whoever asks
	 */
	refused(method: string, now: number, patience: number): number | null {
		const last = this.blocked.get(method);
		const isSame = last !== undefined && now - last.lastAt <= WINDOW;
		const since = isSame ? last.since : now;
		const times = isSame ? last.times + 1 : 1;
		this.blocked.set(method, { since, lastAt: now, times });
		const freedAt = this.told.get(method)?.freedAt ?? 0;
		/** Refusals do not tell when, and the portal forgets minute by minute. */
		const blindly = now + Math.min(MINUTE, 10 * SECOND * 2 ** (times - 1));
		const again = freedAt > now ? freedAt : blindly;
		return again - since <= patience ? again : null;
	}

	/** Whether none of its calls has come through since the last refusal. */
	isBlocked(method: string): boolean {
		return this.blocked.has(method);
	}
}

/** All nodes of one n8n process that use the same webhook or application share what they know. */
const known = new Map<string, OperatingTime>();

export const operatingTimeOf = (portal: string, passKey: Buffer | null): OperatingTime => {
	const key = `${portal} ${passKey?.toString('base64') ?? ''}`;
	const existing = known.get(key);
	if (existing) return existing;
	const operatingTime = new OperatingTime();
	known.set(key, operatingTime);
	return operatingTime;
};
