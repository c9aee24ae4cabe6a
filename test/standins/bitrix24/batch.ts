/**
 * batch
 * Imitates: settings/how-to-call-rest-api/batch.md (reference §1.7): commands are query strings run one
 * after another, `$result[key][field]` refers back, every map is a PHP map (`[]` when empty).
 * Does not imitate: the prohibition of file methods, none of which exist here.
 */
import type { Done } from './execution';
import { parsePhpQuery } from './phpQuery';
import { missing, Refusal } from './refusal';
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
	const cmd = asMap(params.cmd);
	if (!cmd) throw missing('cmd');
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

	params(results: Map<string, unknown>, switches: PortalSwitches): Fields {
		const refers = (path: string, written: string): unknown =>
			referred(path, results) ?? (switches.referenceToNothing === 'empty' ? '' : written);
		return asMap(resolved(parsePhpQuery(this.query), refers)) ?? {};
	}
}

const REFERENCE = /\$result((?:\[[^\][]*\])+)/g;

/** A value that is one reference becomes the value referred to; inside a text it becomes text. */
function resolved(value: unknown, refers: (path: string, written: string) => unknown): unknown {
	if (Array.isArray(value)) return value.map((entry) => resolved(entry, refers));
	const map = asMap(value);
	if (map) {
		return Object.fromEntries(
			Object.entries(map).map(([key, entry]) => [key, resolved(entry, refers)]),
		);
	}
	if (typeof value !== 'string') return value;
	const whole = /^\$result((?:\[[^\][]*\])+)$/.exec(value);
	if (whole) return refers(whole[1], value);
	return value.replace(REFERENCE, (written, path: string) => asText(refers(path, written)));
}

function referred(path: string, results: Map<string, unknown>): unknown {
	const [key, ...steps] = path.slice(1, -1).split('][');
	let value: unknown = results.get(key);
	for (const step of steps) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step))
			return undefined;
		value = (value as Fields)[step];
	}
	return value;
}
