/** CoMagic Data API 2.0: JSON-RPC calls, sessions, points. Knows no n8n. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Problem } from '../exchange/problem';
import type { Clock, Http } from '../shared/http';
import { NoAnswer } from '../shared/http';
import { settled } from '../shared/settled';
import { isTimeZone } from '../shared/wallTime';
import { readAnswer, type Answer, type Limits } from './answer';
import type { Media } from './callRecord';
import { decide } from './decide';

/** A permanent key, or a login that gets sessions. */
export type Access =
	| { kind: 'key'; key: string }
	| { kind: 'login'; login: string; password: string };

export interface Call {
	method: string;
	params?: Record<string, unknown>;
	/** Whether sending it twice is the same as once; reading methods are so by themselves. */
	repeatable?: boolean;
}

export const PATH = 'v2.0';

const METHOD = /^[a-z]+\.[a-z][a-z0-9_]*$/;

/** A session lives for an hour [CoMagic docs, login.user]; it is renewed a little before its end. */
const SESSION = 3_300_000;

const sessionSchema = z.object({ access_token: z.string().min(1) });

const accountSchema = z
	.tuple([z.object({ timezone: z.string().refine(isTimeZone) })])
	.rest(z.unknown());

/** What all nodes of one n8n process know of an account: who logs in again and again uses up its points. */
interface Known {
	session?: { token: string; until: number };
	timeZone?: string;
}

const known = new Map<string, Known>();

/** Neither a key nor a password is a good key of a map that lives for ever. */
const digestOf = (root: string, access: Access): string =>
	createHash('sha256')
		.update(JSON.stringify([root, access]))
		.digest('hex');

const knownOf = (root: string, access: Access): Known => {
	const digest = digestOf(root, access);
	const existing = known.get(digest);
	if (existing) return existing;
	const fresh: Known = {};
	known.set(digest, fresh);
	return fresh;
};

export class CoMagicClient {
	/** As the last answer told them. */
	limits?: Limits;
	private readonly known: Known;

	constructor(
		root: string,
		private readonly access: Access,
		private readonly http: Http,
		readonly clock: Clock,
		/** Where the records of talks come from. */
		readonly media: Media,
	) {
		this.known = knownOf(root, access);
	}

	async call({ method, params = {}, repeatable }: Call): Promise<Answer> {
		if (!METHOD.test(method)) {
			throw new Problem(
				`"${method}" is not a CoMagic method name.`,
				'Write it as in the documentation, such as get.calls_report.',
			);
		}
		const attempt = {
			repeatable: repeatable ?? method.startsWith('get.'),
			renewable: this.access.kind === 'login',
		};
		for (let number = 1; ; number += 1) {
			const token = await this.token();
			const answer = await this.send(method, { ...params, access_token: token });
			if (!(answer instanceof Problem)) return answer;
			const verdict = decide(answer, { ...attempt, number });
			if (verdict === 'give up') throw answer;
			if (verdict.renew && this.known.session?.token === token) this.known.session = undefined;
			await this.clock.sleep(verdict.wait);
		}
	}

	/** Dates of CoMagic are wall time of the account's zone [CoMagic docs, get.account]. */
	async timeZone(): Promise<string> {
		if (this.known.timeZone) return this.known.timeZone;
		const { data } = await this.call({ method: 'get.account' });
		const account = accountSchema.safeParse(data);
		if (!account.success) throw new Problem('CoMagic does not tell the time zone of the account.');
		return (this.known.timeZone = account.data[0].timezone);
	}

	private async token(): Promise<string> {
		if (this.access.kind === 'key') return this.access.key;
		const { session } = this.known;
		if (session && session.until > this.clock.now()) return session.token;
		const { login, password } = this.access;
		const until = this.clock.now() + SESSION;
		const answer = await this.send('login.user', { login, password });
		if (answer instanceof Problem) throw answer;
		// The table of the documentation has the session inside `data`, as all answers do.
		const token = sessionSchema.safeParse(answer.data);
		if (!token.success) throw new Problem('CoMagic opened a session without a token.');
		this.known.session = { token: token.data.access_token, until };
		return token.data.access_token;
	}

	private async send(method: string, params: Record<string, unknown>): Promise<Answer | Problem> {
		const { value, error } = await settled(
			async () =>
				await this.http({
					method: 'POST',
					path: PATH,
					headers: { 'Content-Type': 'application/json; charset=UTF-8' },
					body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
				}),
		);
		if (error instanceof NoAnswer) return error.of('CoMagic');
		if (error) throw error;
		const answer = readAnswer(method, value);
		if (!(answer instanceof Problem) && answer.limits) this.limits = answer.limits;
		return answer;
	}
}
