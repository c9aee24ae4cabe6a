/**
 * Troubles a test can cause, named after their causes.
 * Imitates: what networks and overloaded portals do to a client.
 */
import type { Backup } from './backup';
import type { Bucket, OperatingTime } from './limits';
import { Refusal } from './refusal';

/** Lost answers and silence come after the work was done, a failure comes instead of it. */
export type Misfortune = 'lost answer' | 'failure' | 'silence';

/** When the copies of one event arrive, milliseconds after it happened; none when it is lost. */
export type Post = () => number[];

export interface Levers {
	/** The work is done, the connection is cut before the answer. */
	losesNextAnswer(method?: string, times?: number): void;
	/** Refused before the work. */
	failsNext(
		method: string | undefined,
		status: number,
		error: string,
		description?: string,
		times?: number,
	): void;
	/** From now on the writing command of this number is refused before its work, alone or in a batch; undefined ends it. */
	refusesWrite(number: number | undefined): void;
	/**
	 * The authorization server is out for so many requests: the portal cannot confirm good tokens and refuses them (crest
	 * pull request 15, mesilov/bitrix24-php-sdk issue 215).
	 */
	losesAuthorizationServer(times: number): void;
	/** Uses up the burst: requests are refused until the bucket has drained again. */
	emptiesBucket(): void;
	exhaustsOperatingTime(method: string): void;
	/** From now on each call of the method keeps the server busy for so many seconds of operating time. */
	slowsDown(method: string, seconds: number): void;
	/** Ten minutes have passed for every method. */
	renewsOperatingTime(): void;
	/** Each request meets a misfortune or none, as this says; undefined ends it. */
	meets(chance: ((method: string) => Misfortune | undefined) | undefined): void;
	/** How events travel from now on; undefined is once and at once. */
	mails(post: Post | undefined): void;
	/** Connections are cut off until `comesBack`. */
	goesDown(): void;
	comesBack(): void;
	/** An hour has passed for one access token, or for all of them. */
	expiresTokens(accessToken?: string): void;
	/** Half a year has passed. */
	expiresRefreshTokens(): void;
	/** The portal moves to another address; the old one answers 302 from now on. */
	renamesPortal(): Promise<void>;
	/** The portal as it is at this moment. */
	takesBackup(): Backup;
	/** Cards made since then are gone and their ids are given out again; the others are as they were. */
	restoresBackup(backup: Backup): void;
}

/** Those that strike requests whoever makes them. */
type RequestLevers = Omit<
	Levers,
	| 'expiresTokens'
	| 'expiresRefreshTokens'
	| 'renamesPortal'
	| 'mails'
	| 'takesBackup'
	| 'restoresBackup'
>;

const READING = /(^|\.)(list|get|fields|types|profile|scope|time|findbycomm)$/;

interface Trouble {
	method: string | undefined;
	times: number;
}

export class Troubles {
	down = false;
	private chance: ((method: string) => Misfortune | undefined) | undefined;
	private writesUntilRefusal: number | undefined;
	private readonly lost: Trouble[] = [];
	private readonly failures: Array<Trouble & { refusal: Refusal }> = [];

	levers(bucket: Bucket, operatingTime: OperatingTime, cutAll: () => void): RequestLevers {
		return {
			losesNextAnswer: (method, times = 1) => {
				this.lost.push({ method: method?.toLowerCase(), times });
			},
			failsNext: (method, status, error, description = '', times = 1) => {
				const refusal = new Refusal(status, error, description);
				this.failures.push({ method: method?.toLowerCase(), times, refusal });
			},
			refusesWrite: (number) => {
				this.writesUntilRefusal = number;
			},
			losesAuthorizationServer: (times) => {
				const refusal = new Refusal(401, 'authorization_error', 'Unable to authorize user');
				this.failures.push({ method: undefined, times, refusal });
			},
			emptiesBucket: () => bucket.spend(),
			exhaustsOperatingTime: (method) => operatingTime.exhaust(method.toLowerCase()),
			slowsDown: (method, seconds) => operatingTime.slowsDown(method.toLowerCase(), seconds),
			renewsOperatingTime: () => operatingTime.renew(),
			meets: (chance) => {
				this.chance = chance;
			},
			goesDown: () => {
				this.down = true;
				cutAll();
			},
			comesBack: () => {
				this.down = false;
			},
		};
	}

	misfortuneOf(method: string): Misfortune | undefined {
		return this.chance?.(method.toLowerCase());
	}

	/** Counts the commands that write, whichever request brings them. */
	refusesThisWrite(method: string): void {
		if (this.writesUntilRefusal === undefined || READING.test(method.toLowerCase())) return;
		this.writesUntilRefusal -= 1;
		if (this.writesUntilRefusal === 0) {
			throw new Refusal(400, 'ACCESS_DENIED', 'Доступ запрещён');
		}
	}

	/** A failure without a method strikes whole requests only, never a command inside a batch. */
	refusesRequest(method: string): void {
		this.refuse(
			(trouble) => trouble.method === undefined || trouble.method === method.toLowerCase(),
		);
	}

	refusesCommand(method: string): void {
		this.refuse((trouble) => trouble.method === method.toLowerCase());
	}

	losesAnswer(methods: string[]): boolean {
		const names = methods.map((method) => method.toLowerCase());
		const trouble = this.lost.find(
			({ method, times }) => times > 0 && (method === undefined || names.includes(method)),
		);
		if (!trouble) return false;
		trouble.times -= 1;
		return true;
	}

	private refuse(strikes: (trouble: Trouble) => boolean): void {
		const failure = this.failures.find((known) => known.times > 0 && strikes(known));
		if (!failure) return;
		failure.times -= 1;
		throw failure.refusal;
	}
}
