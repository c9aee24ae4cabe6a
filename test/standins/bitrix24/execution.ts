/**
 * Running one method and writing its envelope.
 * Imitates: the envelope of reference §1.4 with `time`, and operating time counted per inner method.
 * Does not imitate: real durations; they come from the injected clock.
 */
import type { Answer, Desk } from './call';
import { isoAt } from './clock';
import type { Operating, OperatingTime } from './limits';
import { methodNamed } from './methodTable';
import type { Fields } from './values';

export interface Done {
	answer: Answer;
	time: Fields;
}

export function execute(
	desk: Desk,
	operatingTime: OperatingTime,
	userId: number,
	name: string,
	params: Fields,
): Done {
	const method = methodNamed(name);
	const key = name.toLowerCase();
	operatingTime.check(key);
	const started = desk.now();
	const answer = method({ ...desk, params, userId });
	operatingTime.counts(key);
	return { answer, time: timeBlock(started, desk.now(), operatingTime.of(key)) };
}

export function timeBlock(startedMs: number, finishedMs: number, operating?: Operating): Fields {
	const duration = (finishedMs - startedMs) / 1000;
	return {
		start: startedMs / 1000,
		finish: finishedMs / 1000,
		duration,
		processing: duration,
		date_start: isoAt(startedMs),
		date_finish: isoAt(finishedMs),
		...(operating && {
			operating_reset_at: operating.operating_reset_at,
			operating: operating.operating,
		}),
	};
}

export function envelope({ answer, time }: Done): Fields {
	const body: Fields = { ...answer.beside };
	if (answer.result !== undefined) body.result = answer.result;
	if (answer.next !== undefined) body.next = answer.next;
	if (answer.total !== undefined) body.total = answer.total;
	return { ...body, time };
}
