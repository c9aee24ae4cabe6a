/** Whether a failed request to CoMagic is sent again, apart from the waiting itself. */
import type { Problem } from '../exchange/problem';
import { NoAnswer, UnknownOutcome } from '../shared/http';
import { Refusal } from './answer';

export interface Attempt {
	/** 1 for the first. */
	number: number;
	/** Whether carrying the request out twice is the same as once. */
	repeatable: boolean;
	/** Whether another session can be had: a key is what it is. */
	renewable: boolean;
}

/** Milliseconds to wait first; a renewal asks for another session before. */
export type Verdict = { wait: number; renew?: true } | 'give up';

const RETRIES = 3;

/** The documentation names no error for a session that is over, only those of keys. */
const SESSION_OVER = ['access_token_invalid', 'access_token_expired'];

/** Milliseconds: 0.5, 1, 2 s … */
const pause = (number: number): number => 500 * 2 ** (number - 1);

/** Seconds until points come back are told with every answer; no minute is longer than one. */
const untilNextMinute = ({ limits }: Refusal): number =>
	Math.min(60, Math.max(1, limits?.minute_reset ?? 60)) * 1000;

const onRefusal = (refusal: Refusal, { number, renewable }: Attempt): Verdict => {
	if (SESSION_OVER.includes(refusal.mnemonic)) {
		return renewable && number === 1 ? { wait: 0, renew: true } : 'give up';
	}
	if (refusal.mnemonic === 'limit_exceeded') {
		return refusal.isDayOver ? 'give up' : { wait: untilNextMinute(refusal) };
	}
	return refusal.mnemonic === 'internal_error' ? { wait: pause(number) } : 'give up';
};

export const decide = (problem: Problem, attempt: Attempt): Verdict => {
	const { number, repeatable } = attempt;
	if (number > RETRIES) return 'give up';
	if (problem instanceof Refusal) return onRefusal(problem, attempt);
	if (!(problem instanceof UnknownOutcome)) return 'give up';
	const safe = repeatable || (problem instanceof NoAnswer && problem.neverSent);
	return safe ? { wait: pause(number) } : 'give up';
};
