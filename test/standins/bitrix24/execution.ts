/**
 * Running one method and writing its envelope.
 * Imitates: the envelope of reference §1.4 with `time`, whose start and processing are whole seconds (samples of 2026:
 * userfieldconfig-get.md, crm-company-get.md), and operating time that the meter counts.
 * Does not imitate: real durations; they come from the injected clock.
 */
import type { Answer, Caller, Desk } from './call';
import { isoAt } from './clock';
import type { Meter, Operating } from './limits';
import { methodFor } from './methodTable';
import { Refusal } from './refusal';
import { asText } from './values';
import type { Fields } from './values';

export interface Done {
	answer: Answer;
	time: Fields;
}

/** Whose operating time it is: it is counted per method of one application or webhook (limits.md). */
export function ownerOf({ application }: Caller): string {
	return application?.clientId ?? 'webhook';
}

export function execute(
	desk: Desk,
	meter: Meter,
	caller: Caller,
	name: string,
	params: Fields,
): Done {
	const method = methodFor(name, caller);
	const key = name.toLowerCase();
	meter.check(key);
	checkTypes(key, params);
	const started = desk.now();
	const source = {
		application: caller.application,
		connector: asText(params.auth_connector),
	};
	const answer = desk.events.from(source, () =>
		method({ ...desk, ...caller, params, userId: caller.user.id }),
	);
	meter.counts(key);
	return { answer, time: timeBlock(started, desk.now(), meter.of(key)) };
}

/** Methods whose numbers are typed parameters refuse an array where the older ones cast it [server behaviour]. */
const TYPED = /^(crm\.(item|category|type|documentgenerator)\.|catalog\.|userfieldconfig\.)/;
const NUMBERS = ['id', 'entityTypeId', 'entityId', 'ownerId', 'categoryId'];

function checkTypes(method: string, params: Fields): void {
	if (!TYPED.test(method)) return;
	const wrong = NUMBERS.find((name) => typeof params[name] === 'object' && params[name] !== null);
	if (wrong === undefined) return;
	throw new Refusal(
		400,
		100,
		`Invalid value {Array} to match with parameter {${wrong}}. Should be value of type int.`,
	);
}

export function timeBlock(startedMs: number, finishedMs: number, operating?: Operating): Fields {
	const start = Math.floor(startedMs / 1000);
	const finish = finishedMs / 1000;
	return {
		start,
		finish,
		duration: finish - start,
		processing: Math.floor(finish - start),
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
