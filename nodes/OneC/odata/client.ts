/** OData of 1C: reads that are repeated, writes that are not, lists page by page. Knows no n8n and no business. */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { NoAnswer, type Clock, type Http, type HttpRequest } from '../../shared/http';
import { parse } from '../../shared/parameters';
import { settled } from '../../shared/settled';
import { readAnswer, Refusal, type Asked } from './answers';
import { decide } from './decide';
import { Gate, gateOf } from './gate';
import {
	countPath,
	exchangePath,
	listPath,
	METADATA_PATH,
	objectPath,
	packed,
	postPath,
	ROOT_PATH,
	type Query,
} from './odata';
import { wallTime } from '../../shared/wallTime';

export interface BaseSettings {
	/** Address of the service, the name under which all nodes share the base. */
	root: string;
	/** Zone of the 1C server, such as Europe/Moscow. */
	timeZone: string;
	/** What the documents made by the exchange are marked with, one per portal. */
	marker: string;
}

/** Sent as it is; checked by whoever reads the answer. */
export type Body = Readonly<Record<string, unknown>>;

/** Rows a request. */
export const PAGE = 500;

/** A confirmation that hangs must not hold up the reading of the next changes; it is repeated by the next poll. */
const SHORT_TIMEOUT = 30_000;

const listSchema = z.object({ value: z.array(z.unknown()) });

const setsSchema = z.object({ value: z.array(z.object({ name: z.string() })) });

const FOREIGN_FIELDS = 'This base differs from the stock УТ 10.3; check its fields.';

export class OneCClient {
	/** The time the web server told with its last answer; absent when it tells none. */
	toldTime?: number;

	constructor(
		readonly base: BaseSettings,
		private readonly http: Http,
		readonly clock: Clock,
		private readonly gate: Gate = gateOf(base.root),
	) {}

	/** Wall time of the 1C server. */
	now(): string {
		return wallTime(this.clock.now(), this.base.timeZone);
	}

	/**
	 * All rows of a set, or so many from a place on, page after page in a stable order.
	 * @param pageSize rows a request; narrow rows may come many at once
	 */
	async list<Schema extends z.ZodTypeAny>(
		set: string,
		schema: Schema,
		query: Query = {},
		pageSize = PAGE,
	): Promise<Array<z.output<Schema>>> {
		const limit = query.top ?? Number.POSITIVE_INFINITY;
		const start = query.skip ?? 0;
		const rows: Array<z.output<Schema>> = [];
		while (rows.length < limit) {
			const top = Math.min(pageSize, limit - rows.length);
			const skip = start + rows.length;
			const page = await this.page(set, { orderby: 'Ref_Key', ...query, top, skip });
			rows.push(...page.map((row) => parse(schema, row, set, FOREIGN_FIELDS)));
			if (page.length < top) break;
		}
		return rows;
	}

	/** Rows that meet any of the conditions: as few requests as the length of an address allows. */
	async listAny<Schema extends z.ZodTypeAny>(
		set: string,
		schema: Schema,
		conditions: readonly string[],
		query: Query = {},
	): Promise<Array<z.output<Schema>>> {
		const rows: Array<z.output<Schema>> = [];
		for (const chunk of packed(conditions, { orderby: 'Ref_Key', ...query })) {
			rows.push(...(await this.list(set, schema, chunk)));
		}
		return rows;
	}

	/** Rows of a virtual table for which any of the conditions holds; these tables have no pages and no order. */
	async tableRows<Schema extends z.ZodTypeAny>(
		set: string,
		schema: Schema,
		conditions: readonly string[],
		query: Query & Required<Pick<Query, 'table'>>,
	): Promise<Array<z.output<Schema>>> {
		const rows: Array<z.output<Schema>> = [];
		for (const chunk of packed(conditions, query)) {
			rows.push(...(await this.table(set, schema, chunk)));
		}
		return rows;
	}

	/** Rows of a virtual table as they come. */
	async table<Schema extends z.ZodTypeAny>(
		set: string,
		schema: Schema,
		query: Query,
	): Promise<Array<z.output<Schema>>> {
		const rows = await this.page(set, query);
		return rows.map((row) => parse(schema, row, set, FOREIGN_FIELDS));
	}

	/** @returns null when the base has no such object */
	async read<Schema extends z.ZodTypeAny>(
		set: string,
		ref: string,
		schema: Schema,
	): Promise<z.output<Schema> | null> {
		const asked: Asked = { what: `to read ${set}`, writes: false };
		const { value, error } = await settled(
			async () => await this.send(asked, { method: 'GET', path: objectPath(set, ref) }),
		);
		if (error instanceof Refusal && error.code === '9') return null;
		if (error) throw error;
		return parse(schema, value, set, FOREIGN_FIELDS);
	}

	/** @returns the object as 1C stored it */
	async create(set: string, body: Body): Promise<unknown> {
		return await this.write(`to create ${set}`, 'POST', listPath(set), body);
	}

	/** @returns the object as 1C stored it */
	async update(set: string, ref: string, body: Body): Promise<unknown> {
		return await this.write(`to update ${set}`, 'PATCH', objectPath(set, ref), body);
	}

	async post(set: string, ref: string): Promise<void> {
		const asked: Asked = { what: `to post ${set}`, writes: true, emptyIsFine: true };
		await this.send(asked, { method: 'POST', path: postPath(set, ref) });
	}

	/** Names of all that is published. */
	async sets(): Promise<string[]> {
		const asked: Asked = { what: 'to list what is published', writes: false };
		const json = await this.send(asked, { method: 'GET', path: ROOT_PATH });
		return parse(setsSchema, json, 'Answer of 1C').value.map(({ name }) => name);
	}

	/** How many rows meet a condition, or how many there are. */
	async count(set: string, filter?: string): Promise<number> {
		const asked: Asked = { what: `to count ${set}`, writes: false, isCount: true };
		const path = countPath(set, filter);
		const headers = { Accept: 'text/plain,application/json' };
		return parse(z.number(), await this.send(asked, { method: 'GET', path, headers }), set);
	}

	/** The description of the base: 15 MB and half a minute on a real one [live probes of УТ 11]. */
	async metadata(): Promise<string> {
		return await this.xml('to read the description of the base', 'GET', METADATA_PATH);
	}

	/** What changed for a node of an exchange plan, as a feed; asking again before it is confirmed does no harm. */
	async selectChanges(node: { plan: string; ref: string }, messageNo: number): Promise<string> {
		const path = exchangePath('SelectChanges', this.base.root, node, messageNo);
		return await this.xml(`to read changes by ${node.plan}`, 'POST', path);
	}

	/** 1C forgets what it has given out under this number or an earlier one; saying it twice is the same as once. */
	async confirmChanges(node: { plan: string; ref: string }, messageNo: number): Promise<void> {
		const path = exchangePath('NotifyChangesReceived', this.base.root, node, messageNo);
		const what = `to take changes by ${node.plan} as received`;
		await this.send(
			{ what, writes: false, inXml: true, emptyIsFine: true },
			{ method: 'POST', path, timeout: SHORT_TIMEOUT },
		);
	}

	private async xml(what: string, method: 'GET' | 'POST', path: string): Promise<string> {
		const headers = { Accept: 'application/atom+xml,application/xml' };
		const text = await this.send({ what, writes: false, inXml: true }, { method, path, headers });
		return parse(z.string({ message: 'is no XML' }), text, 'Answer of 1C');
	}

	private async page(set: string, query: Query): Promise<unknown[]> {
		const path = listPath(set, { ...query, skip: query.skip || undefined });
		const json = await this.send(
			{ what: `to read ${set}`, writes: false },
			{ method: 'GET', path },
		);
		return parse(listSchema, json, set).value;
	}

	private async write(
		what: string,
		method: 'POST' | 'PATCH',
		path: string,
		body: Body,
	): Promise<unknown> {
		const headers = { 'Content-Type': 'application/json; charset=utf-8' };
		return await this.send(
			{ what, writes: true },
			{ method, path, headers, body: JSON.stringify(body) },
		);
	}

	private async send(asked: Asked, request: HttpRequest): Promise<unknown> {
		for (let number = 1; ; number += 1) {
			const answer = await this.gate.through(async () => await this.once(asked, request));
			if (!(answer instanceof Problem)) return answer;
			const verdict = decide(answer, { number, writes: asked.writes });
			if (verdict === 'give up') throw answer;
			await this.clock.sleep(verdict);
		}
	}

	private async once(asked: Asked, request: HttpRequest): Promise<unknown> {
		const headers = { Accept: 'application/json', ...request.headers };
		const { value, error } = await settled(async () => await this.http({ ...request, headers }));
		if (value) {
			this.toldTime = value.date;
			return readAnswer(asked, value);
		}
		if (error instanceof NoAnswer) return error.of('1C');
		throw error;
	}
}
