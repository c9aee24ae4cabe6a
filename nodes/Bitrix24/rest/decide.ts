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

export type Verdict = { wait: number; bucketIsFull: boolean } | 'give up';

const RETRIES = 3;
const LIMIT_RETRIES = 10;

/** Milliseconds: 0.5, 1, 2 s … */
const pause = (attempt: number): number => 500 * 2 ** (attempt - 1);

export const decide = (problem: Problem, { number, repeatable }: Attempt): Verdict => {
	if (problem instanceof Refusal && problem.code === 'QUERY_LIMIT_EXCEEDED') {
		return number <= LIMIT_RETRIES ? { wait: 0, bucketIsFull: true } : 'give up';
	}
	if (!(problem instanceof UnknownOutcome) || number > RETRIES) return 'give up';
	const safe = repeatable || (problem instanceof NoAnswer && problem.neverSent);
	return safe ? { wait: pause(number), bucketIsFull: false } : 'give up';
};
