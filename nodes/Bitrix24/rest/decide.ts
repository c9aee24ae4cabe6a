/**
 * Whether a failed request is sent again, apart from the waiting itself.
 * Numbers follow the vendor's own SDK (b24jssdk 2.1: three retries, growing pauses); unlike it, a write whose
 * fate is unknown is never repeated here: its operation looks what became of it first.
 */
import type { Problem } from '../../exchange/problem';
import { NoAnswer, UnknownOutcome } from '../../shared/http';
import { Refusal } from './answer';

export interface Attempt {
	/** 1 for the first. */
	number: number;
	/** Whether carrying the request out twice is the same as once. */
	repeatable: boolean;
}

/** A blocked method is waited for as long as whoever asks has patience; the others by the number of attempts. */
export type Verdict = { wait: number; bucketIsFull: boolean } | 'method is blocked' | 'give up';

const RETRIES = 3;
const LIMIT_RETRIES = 10;

/** Milliseconds: 0.5, 1, 2 s … */
const pause = (attempt: number): number => 500 * 2 ** (attempt - 1);

/**
 * Beside the half second a full bucket takes to drain by one: other processes wait for that drop as well, and whoever
 * came too late again and again leaves more of them to the others. A minute for all ten.
 */
const wayForOthers = (attempt: number): number => (attempt === 1 ? 0 : 500 * 1.5 ** (attempt - 1));

/** Such a call was not carried out: the portal looks before it begins [Bitrix24 docs, limits]. */
export const isTimeUsedUp = (problem: Problem): boolean =>
	problem instanceof Refusal && problem.code === 'OPERATION_TIME_LIMIT';

/**
 * The authorization server failed for a moment, and the portal cannot confirm a good token: nothing was carried out
 * [https://github.com/bitrix-tools/crest/pull/15, https://github.com/mesilov/bitrix24-php-sdk/issues/215].
 */
const isUnconfirmed = (problem: Problem): boolean =>
	problem instanceof Refusal && problem.code.toLowerCase() === 'authorization_error';

export const decide = (problem: Problem, { number, repeatable }: Attempt): Verdict => {
	if (problem instanceof Refusal && problem.code === 'QUERY_LIMIT_EXCEEDED') {
		return number <= LIMIT_RETRIES ? { wait: wayForOthers(number), bucketIsFull: true } : 'give up';
	}
	if (isTimeUsedUp(problem)) return 'method is blocked';
	if (number > RETRIES) return 'give up';
	if (isUnconfirmed(problem)) return { wait: pause(number), bucketIsFull: false };
	if (!(problem instanceof UnknownOutcome)) return 'give up';
	const safe = repeatable || (problem instanceof NoAnswer && problem.neverSent);
	return safe ? { wait: pause(number), bucketIsFull: false } : 'give up';
};
