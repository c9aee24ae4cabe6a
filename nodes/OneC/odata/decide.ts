/**
 * Whether a failed request to 1C is sent again, apart from the waiting itself. A write whose fate is unknown is never
 * repeated here: whoever asked for it looks first what became of it.
 */
import { NoAnswer, UnknownOutcome } from '../../shared/http';
import { LicenceShortage } from './answers';

export interface Attempt {
	/** 1 for the first. */
	number: number;
	writes: boolean;
}

const RETRIES = 3;

/** Licences come free within seconds, and a shortage has carried nothing out [live probes of УТ 11]. */
const LICENCE_RETRIES = 5;

/** Milliseconds: 0.5, 1, 2 s … */
const pause = (number: number): number => 500 * 2 ** (number - 1);

/** @returns milliseconds to wait before the next attempt, or "give up" */
export const decide = (problem: unknown, { number, writes }: Attempt): number | 'give up' => {
	if (problem instanceof LicenceShortage) {
		return number <= LICENCE_RETRIES ? pause(number) : 'give up';
	}
	if (!(problem instanceof UnknownOutcome) || number > RETRIES) return 'give up';
	const safe = !writes || (problem instanceof NoAnswer && problem.neverSent);
	return safe ? pause(number) : 'give up';
};
