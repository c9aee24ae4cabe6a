/** Bitrix24 REST: calls, batches of 50, lists by key. Knows no n8n, and not whether it is a webhook or an application. */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { chunks } from '../../shared/chunks';
import type { Clock, Http, ReceivedFile } from '../../shared/http';
import { NoAnswer, UnknownOutcome } from '../../shared/http';
import { LeakyBucket } from '../../shared/leakyBucket';
import { settled } from '../../shared/settled';
import { readAnswer, refusalFrom, type Answer } from './answer';
import { fitsBatch, paramsInBatch, queryOf } from './batchQuery';
import { decide } from './decide';
import { operatingTimeOf, PATIENCE } from './operatingTime';
import { Pace } from './pace';
import { isPutOff, unfinished } from './putOff';
import { filledIn, refuseWritesThatRefer } from './reference';
import { isReading, isRepeatable } from './repeatable';
import { userFieldNamesOf, type Translation } from './userFieldNames';

export interface Command {
	method: string;
	params?: Record<string, unknown>;
	/** Whether sending it twice is the same as once; reading methods are so by themselves. */
	repeatable?: boolean;
}

/** `next` says where the next page of a list begins. */
export type Reply = { value: unknown; next?: number } | { problem: Problem };

/** "Not more than 50 commands" [Bitrix24 docs, batch]. */
export const BATCH = 50;

/** Bucket of all plans but Enterprise, counted per portal and source address [Bitrix24 docs, limits]. */
const BUCKET = { size: 50, perSecond: 2 };

const METHOD = /^[a-z][a-z0-9]*(\.[a-z0-9]+)*$/i;

const batchSchema = z.object({
	result: z.unknown(),
	result_error: z.unknown(),
	result_next: z.unknown(),
	result_time: z.unknown(),
});

/** PHP writes an empty map as `[]`, which has no keys either. */
const byKey = (map: unknown, key: string): unknown =>
	typeof map === 'object' && map !== null ? (map as Record<string, unknown>)[key] : undefined;

/** All nodes of one n8n process share a portal's bucket. */
const buckets = new Map<string, LeakyBucket>();

export const bucketOf = (portal: string, clock: Clock): LeakyBucket => {
	const existing = buckets.get(portal);
	if (existing) return existing;
	const bucket = new LeakyBucket(BUCKET.size, BUCKET.perSecond, clock);
	buckets.set(portal, bucket);
	return bucket;
};

export class Bitrix24Client {
	/** Truly private, so that it is in nothing that a client is printed or stored in. */
	readonly #passKey: Buffer | null;
	private readonly pace: Pace;

	constructor(
		/** Host of the portal, with its port when it has one of its own. */
		readonly portal: string,
		private readonly http: Http,
		readonly clock: Clock,
		private readonly bucket: LeakyBucket = bucketOf(portal, clock),
		/** Goes with every change, so that it does not come back through the event queue of this name. */
		readonly connector = '',
		passKey: Buffer | null = null,
		/** How long a request waits in all for a method whose time is used up, milliseconds. */
		patience: number = PATIENCE.ofOthers,
	) {
		this.#passKey = passKey;
		this.pace = new Pace(operatingTimeOf(portal, passKey), clock, patience);
	}

	/** Seals the passes of the page inside the deal card; null where there is no credential to make it of. */
	get passKey(): Buffer | null {
		return this.#passKey;
	}

	/** Whether the portal takes original names of user fields; undefined until an answer with one has shown it. */
	get knowsOriginalNames(): boolean | undefined {
		return userFieldNamesOf(this.portal).knowsOriginalNames;
	}

	/** For whoever wants to know how the portal stands, not to get through: a refusal is the answer. */
	get impatient(): Bitrix24Client {
		const { portal, http, clock, bucket, connector } = this;
		return new Bitrix24Client(portal, http, clock, bucket, connector, this.#passKey, 0);
	}

	async call(command: Command): Promise<unknown> {
		return (await this.send(command)).result;
	}

	/** The answer with what stands beside its result: how many rows there are, where the next page begins. */
	async answer(command: Command): Promise<Answer> {
		return await this.send(command);
	}

	/** A file by its link for machines, which leads to this portal and nowhere else. */
	async download(link: string): Promise<ReceivedFile> {
		if (!URL.canParse(link) || new URL(link).host !== this.portal) {
			throw new Problem(
				'The link to the file does not lead to the portal, so it was not followed.',
			);
		}
		const { status, file } = await this.http({ method: 'GET', path: link, isFile: true });
		if (status === 200 && file && !file.type.includes('json')) return file;
		throw new Problem(
			`The portal did not give the file (HTTP ${status}).`,
			'Read the card again: the file may have been replaced, and links to it end after a while.',
		);
	}

	/**
	 * Replies stand in the order of the commands; a refused command is its own reply's problem, never another's. Fifty
	 * commands go a request, and after them, one by one, those that a batch cannot carry.
	 */
	async batch(commands: Command[]): Promise<Reply[]> {
		refuseWritesThatRefer(commands);
		const translation = await this.translate(commands);
		const ready = translation.commands.map((command) => ({
			...command,
			params: paramsInBatch(command),
		}));
		const fitting = [...ready.keys()].filter((place) => fitsBatch(ready[place]));
		const replies: Reply[] = [];
		for (const places of chunks(fitting, BATCH)) await this.together(ready, places, replies);
		for (const place of ready.keys()) {
			if (fitting.includes(place)) continue;
			replies[place] = await this.alone(filledIn(ready[place], new Set(), replies));
		}
		for (const [place, reply] of replies.entries()) {
			if ('value' in reply) reply.value = await translation.restore(place, reply.value);
		}
		return replies;
	}

	private async alone(command: Command): Promise<Reply> {
		const { value, error } = await settled(async () => await this.request(command, []));
		if (error instanceof Problem) return { problem: error };
		if (error) throw error;
		return { value: value.result, ...(value.next === undefined ? {} : { next: value.next }) };
	}

	/** Commands whose method is blocked are sent again, and they alone. @param replies gets those of these commands */
	private async together(commands: Command[], places: number[], replies: Reply[]): Promise<void> {
		for (let going = places, isFirst = true; ; isFirst = false) {
			const along = new Set(going);
			const sent = going.map((place) => filledIn(commands[place], along, replies));
			const { value, error } = await settled(async () => await this.round(sent, going));
			if (error && (isFirst || !(error instanceof Problem))) throw error;
			going.forEach((place, at) => {
				replies[place] = error ? { problem: error as Problem } : value[at];
			});
			const blocked = going.filter((place) => isPutOff(replies[place]));
			const methods = methodsOf(blocked.map((place) => commands[place]));
			if (error || blocked.length === 0 || !(await this.pace.outlast(methods))) return;
			going = unfinished(going, commands, replies);
		}
	}

	/** @param places of the commands among all of them, by which they refer to each other */
	private async round(commands: Command[], places: number[]): Promise<Reply[]> {
		const keys = places.map((place) => `c${place}`);
		const cmd = Object.fromEntries(
			commands.map((command, index) => [
				keys[index],
				`${methodName(command.method)}?${queryOf(this.paramsOf(command))}`,
			]),
		);
		const repeatable = commands.every(isRepeatable);
		const { value, error } = await settled(
			async () =>
				await this.request({ method: 'batch', params: { halt: 0, cmd }, repeatable }, commands),
		);
		if (error instanceof UnknownOutcome) return commands.map(() => ({ problem: error }));
		if (error) throw error;
		const batch = batchSchema.parse(value.result);
		return commands.map(({ method }, index) => {
			const key = keys[index];
			const refused = byKey(batch.result_error, key);
			const problem = refused === undefined ? null : refusalFrom(method, refused);
			if (problem) return { problem };
			this.pace.learn(method, byKey(batch.result_time, key));
			const next = byKey(batch.result_next, key);
			return {
				value: byKey(batch.result, key),
				...(typeof next === 'number' ? { next } : {}),
			};
		});
	}

	/** The whole answer: `call` with the count of a list beside its result. */
	async send(command: Command): Promise<Answer> {
		const translation = await this.translate([command]);
		const answer = await this.request(translation.commands[0], []);
		return { ...answer, result: await translation.restore(0, answer.result) };
	}

	private async translate(commands: Command[]): Promise<Translation> {
		const ask = async (command: Command): Promise<unknown> =>
			(await this.request(command, [])).result;
		return await userFieldNamesOf(this.portal).translate(commands, ask);
	}

	/** @param inside the commands of a batch */
	private async request(command: Command, inside: Command[]): Promise<Answer> {
		const { method } = command;
		const repeatable = isRepeatable(command);
		for (let number = 1; ; ) {
			await this.pace.keep(methodsOf([command, ...inside]));
			await this.bucket.take();
			const answer = await this.once(command);
			if (!(answer instanceof Problem)) {
				this.pace.learn(method, answer.time);
				return answer;
			}
			const verdict = decide(answer, { number, repeatable });
			if (verdict === 'give up') throw answer;
			if (verdict === 'method is blocked') {
				if (await this.pace.outlast([method])) continue;
				throw answer;
			}
			number += 1;
			if (verdict.bucketIsFull) this.bucket.overflowed();
			if (verdict.wait > 0) await this.clock.sleep(verdict.wait);
		}
	}

	/** The name of the queue stands beside the other parameters, in a batch in each command [Bitrix24 docs, events]. */
	private paramsOf(command: Command): Record<string, unknown> {
		const named = this.connector !== '' && !isReading(command);
		return { ...(named ? { auth_connector: this.connector } : {}), ...command.params };
	}

	private async once(command: Command): Promise<Answer | Problem> {
		const { method } = command;
		const { value, error } = await settled(
			async () =>
				await this.http({
					method: 'POST',
					path: methodName(method),
					headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
					body: JSON.stringify(this.paramsOf(command)),
				}),
		);
		if (error instanceof NoAnswer) return error.of('Bitrix24');
		if (error) throw error;
		return readAnswer(method, value);
	}
}

const methodsOf = (commands: Command[]): string[] => commands.map(({ method }) => method);

/** A method name becomes a part of the address, so nothing else may come along with it. */
const methodName = (method: string): string => {
	if (METHOD.test(method)) return method;
	throw new Problem(
		`"${method}" is not a Bitrix24 method name.`,
		'Write it as in the documentation, such as crm.item.list.',
	);
};
