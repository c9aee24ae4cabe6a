/**
 * Both triggers emit what is wanted, not what has happened: a wish is emitted at once when it is new or has changed,
 * and again with growing pauses for as long as it stands. So nobody has to confirm a delivery: one that was lost on
 * the way, or whose deal could not go through, is repeated, and every step after a trigger writes only differences.
 */

/** What a trigger remembers between polls, kept in the workflow's static data. */
export interface Memory {
	[key: string]: { mark: string; times: number; at: number };
}

export interface Wish {
	/** Whose wish it is, such as a deal number. */
	key: string;
	/** Changes when the wish changes. */
	mark: string;
}

const MINUTE = 60_000;

/** Polls are up to a few seconds early or late; a pause that is nearly over counts as over. */
const JITTER = 5_000;

/** 1, 2, 4 … minutes after the first, second, third emission, up to the longest. */
const pause = (times: number, longest: number): number =>
	Math.min(MINUTE * 2 ** (times - 1), longest);

/** Whether what was last done then may be done again. */
export const isPauseOver = (
	{ times, at }: { times: number; at: number },
	now: number,
	longest: number,
): boolean => now - at >= pause(times, longest) - JITTER;

/**
 * @param longest the longest pause between two emissions of the same wish, milliseconds
 * @returns the wishes to emit now, and the memory to keep: wishes that no longer stand are forgotten
 */
export const due = <W extends Wish>(
	memory: Memory,
	wishes: W[],
	now: number,
	longest: number,
): { emit: W[]; memory: Memory } => {
	const emit: W[] = [];
	const next: Memory = {};
	for (const wish of wishes) {
		const last = memory[wish.key];
		const same = last !== undefined && last.mark === wish.mark;
		if (same && !isPauseOver(last, now, longest)) {
			next[wish.key] = last;
			continue;
		}
		emit.push(wish);
		next[wish.key] = { mark: wish.mark, times: same ? last.times + 1 : 1, at: now };
	}
	return { emit, memory: next };
};
