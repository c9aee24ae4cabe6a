/**
 * batch
 * Imitates: settings/how-to-call-rest-api/batch.md (reference §1.7): commands are query strings run one
 * after another, `$result[key][field]` refers back, every map is a PHP map (`[]` when empty). A query cannot write null
 * or an empty list, and writes true as "1" [b24phpsdk issue 319, fast_bitrix24 issue 265]. Without `cmd` the maps are
 * empty [server behaviour].
 * Does not imitate: the prohibition of file methods, none of which exist here.
 */
import type { Done } from './execution';
import { parsePhpQuery } from './phpQuery';
import { Refusal } from './refusal';
import type { PortalSwitches } from './switches';
import { asFlag, asMap, asText, phpMap } from './values';
import type { Fields } from './values';

const MOST = 50;

export type RunsCommand = (method: string, params: Fields) => Done;

export interface BatchDone {
	result: Fields;
	commands: string[];
	/** Codes of the commands that were refused. */
	refusals: string[];
}

export function runBatch(params: Fields, run: RunsCommand, switches: PortalSwitches): BatchDone {
	const cmd = asMap(params.cmd) ?? {};
	const commands = Object.entries(cmd).map(([key, command]) => new Command(key, asText(command)));
	if (commands.length > MOST && switches.batchOverflow === 'wholeBatchRefused') throw tooLong();
	const halt = asFlag(params.halt) === 'Y' || params.halt === 'true';
	const outcome = new Outcome(switches.language);
	const names: string[] = [];
	for (const [index, command] of commands.entries()) {
		try {
			if (index >= MOST) throw tooLong();
			names.push(command.method);
			outcome.succeeded(
				command.key,
				run(command.method, command.params(outcome.results, switches)),
			);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			outcome.failed(command.key, error);
			if (halt) break;
		}
	}
	return { result: outcome.shown(), commands: names, refusals: outcome.refusals };
}

function tooLong(): Refusal {
	return new Refusal(400, 'ERROR_BATCH_LENGTH_EXCEEDED', 'Max batch length exceeded');
}

export function notForBatch(method: string, switches: PortalSwitches): boolean {
	const name = method.toLowerCase();
	return (
		name === 'batch' ||
		(name === 'crm.item.payment.list' && switches.paymentListInBatch === 'refused')
	);
}

export function batchMethodRefusal(): Refusal {
	return new Refusal(
		405,
		'ERROR_BATCH_METHOD_NOT_ALLOWED',
		'Method is not allowed for batch usage',
	);
}

class Outcome {
	readonly results = new Map<string, unknown>();
	readonly refusals: string[] = [];
	private readonly errors: Array<[string, unknown]> = [];
	private readonly totals: Array<[string, unknown]> = [];
	private readonly nexts: Array<[string, unknown]> = [];
	private readonly times: Array<[string, unknown]> = [];

	constructor(private readonly language: PortalSwitches['language']) {}

	succeeded(key: string, { answer, time }: Done): void {
		this.results.set(key, answer.result ?? null);
		if (answer.total !== undefined) this.totals.push([key, answer.total]);
		if (answer.next !== undefined) this.nexts.push([key, answer.next]);
		this.times.push([key, time]);
	}

	failed(key: string, refusal: Refusal): void {
		this.refusals.push(refusal.code);
		this.errors.push([key, refusal.shown(this.language)]);
	}

	shown(): Fields {
		return {
			result: phpMap([...this.results]),
			result_error: phpMap(this.errors),
			result_total: phpMap(this.totals),
			result_next: phpMap(this.nexts),
			result_time: phpMap(this.times),
		};
	}
}

class Command {
	readonly method: string;
	private readonly query: string;

	constructor(
		readonly key: string,
		text: string,
	) {
		const at = text.indexOf('?');
		this.method = (at < 0 ? text : text.slice(0, at)).replace(/^\/+|\/+$/g, '').trim();
		this.query = at < 0 ? '' : text.slice(at + 1);
	}

	params(results: Map<string, unknown>, { referenceToNothing }: PortalSwitches): Fields {
		const refers = (path: string, written: string): unknown => {
			const { value, isThere } = referred(path, results);
			if (isThere || referenceToNothing === 'reached') return value;
			return referenceToNothing === 'empty' ? '' : written;
		};
		return asMap(resolved(parsePhpQuery(this.query), refers)) ?? {};
	}
}

/** A reference takes along everything up to the next blank [server behaviour]. */
const REFERENCE = /\$result(\[\S*)/g;
const ONLY_REFERENCE = /^\$result(\[\S*)$/;

/**
 * A value that is one reference becomes the value referred to. Inside a text it becomes text, and an array, which has
 * none, leaves the reference as it is written [server behaviour].
 */
function resolved(value: unknown, refers: (path: string, written: string) => unknown): unknown {
	if (Array.isArray(value)) return value.map((entry) => resolved(entry, refers));
	const map = asMap(value);
	if (map) {
		return Object.fromEntries(
			Object.entries(map).map(([key, entry]) => [key, resolved(entry, refers)]),
		);
	}
	if (typeof value !== 'string') return value;
	const whole = ONLY_REFERENCE.exec(value);
	if (whole) return refers(whole[1], value);
	return value.replace(REFERENCE, (written, path: string) => {
		const found = refers(path, written);
		return typeof found === 'object' && found !== null ? written : asText(found);
	});
}

/**
 * Follows a path as far as it leads: behind its end stays what was reached on the way [server behaviour]. A command that
 * brought nothing leaves the table of all results, which is an array too (guess: the table is never an empty one).
 */
function referred(
	path: string,
	results: Map<string, unknown>,
): { value: unknown; isThere: boolean } {
	const [key, ...steps] = path.split(/[[\]]+/).filter((step) => step !== '');
	if (key === undefined || !results.has(key)) {
		return { value: { result: Object.fromEntries(results) }, isThere: false };
	}
	let value: unknown = results.get(key);
	for (const step of steps) {
		if (typeof value !== 'object' || value === null) return { value, isThere: false };
		const inner = Object.hasOwn(value, step) ? (value as Fields)[step] : undefined;
		if (inner === undefined || inner === null) return { value, isThere: false };
		value = inner;
	}
	return { value, isThere: true };
}
