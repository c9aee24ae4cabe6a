/** Time in tests: the date is a pretended one and moves only by the test's will, or by the waiting of those who wait. */

/** Timers and sockets stay real. */
const REAL = [
	'hrtime',
	'nextTick',
	'performance',
	'queueMicrotask',
	'requestAnimationFrame',
	'cancelAnimationFrame',
	'requestIdleCallback',
	'cancelIdleCallback',
	'setImmediate',
	'clearImmediate',
	'setInterval',
	'clearInterval',
	'setTimeout',
	'clearTimeout',
] as const;

/** Pauses before another attempt are of this length; shorter and longer timers are none of ours. */
const isPause = (delay: number): boolean => delay >= 250 && delay <= 60_000;

const realTimeout = globalThis.setTimeout;

/**
 * It is a Tuesday noon in Moscow. Whoever waits between two attempts waits on the pretended clock, so that limits
 * refill and pauses end without anybody really waiting.
 */
export const pretendsTime = (): void => {
	jest.useFakeTimers({ now: Date.parse('2026-11-24T09:00:00Z'), doNotFake: [...REAL] });
	const pretended = (work: (...args: unknown[]) => void, delay = 0, ...args: unknown[]) => {
		if (!isPause(delay)) return realTimeout(work, delay, ...args);
		jest.setSystemTime(Date.now() + delay);
		return realTimeout(work, 0, ...args);
	};
	globalThis.setTimeout = pretended as typeof globalThis.setTimeout;
};

export const endsPretending = (): void => {
	globalThis.setTimeout = realTimeout;
	jest.useRealTimers();
};
