/**
 * Faults by their causes (reference 1c-ut103.md §2 "Sessions", "Locks", §9). The ones that cut an answer fire only on
 * writes that really happened: that is the unknown outcome a client has to read back. The HTTP status and wording of
 * an exhausted licence were not recorded, hence the switch.
 */
import { CLOSED_PERIODS } from './ledger';
import { registerType } from './model/registerTypes';
import { Sessions } from './sessions';
import type { Backup, Store } from './store';
import { emptyRow } from './values';

/** Lost answers and silence come after the work was done, a failure comes instead of it. */
export type Misfortune = 'lost answer' | 'failure' | 'silence';

export interface Levers {
	/** The write happens, the connection is cut before the answer. */
	losesNextAnswer(pathPart?: string, times?: number): void;
	/** The write happens, a proxy answers 502 with an HTML page. */
	answers502AfterTheWrite(pathPart?: string, times?: number): void;
	/** Nothing happens, the request is answered with this status. */
	failsNext(status: number, body?: string, pathPart?: string, times?: number): void;
	/** Each request meets a misfortune or none, as this says; undefined ends it. */
	meets(chance: (() => Misfortune | undefined) | undefined): void;
	exhaustsLicences(times: number): void;
	/** So many requests at once, the next one finds no licence; Infinity opens the pool again. */
	hasLicences(count: number): void;
	/** Every answer takes so long. */
	answersIn(milliseconds: number): void;
	/** Nobody has called for long: the next answer alone takes so long. */
	coolsDown(milliseconds: number): void;
	/** The next writes meet a lock of the DBMS and change nothing. */
	conflictsOnWrites(times: number): void;
	/** The web server no longer serves the base: a page of 1C with 404, until it is published again. */
	unpublishes(): void;
	publishes(): void;
	/** Access restrictions hide an object from the exchange's user; reading it without allowedOnly is code 20. */
	hides(ref: string): void;
	shows(ref: string): void;
	/** The user may read a set, but not write it. */
	forbidsWriting(set: string): void;
	allowsWriting(set: string): void;
	/** The user's roles do not let it read a set: code 20. */
	forbidsReading(set: string): void;
	/** A set that is not in the composition of OData, or that this configuration does not have. */
	withholds(set: string): void;
	/** The web server lets no longer query through: a page of IIS with 404.15. */
	limitsQueries(characters: number): void;
	/** The object is open in a client: writes fail with code -1. */
	locks(ref: string): void;
	unlocks(ref: string): void;
	/** Documents up to this date (inclusive) refuse to be written; '' opens everything again. */
	closesPeriod(upTo: string): void;
	goesDown(): void;
	comesBack(): void;
	/** The base as it is at this moment. */
	takesBackup(): Backup;
	/** Documents written since then are gone, the others, their numbers and versions are as they were. */
	restoresBackup(backup: Backup): void;
}

export interface Fault {
	status: number;
	body: string;
	contentType: string;
}

/** A status of the licence text was not recorded, see the switch licenceExhaustedStatus. */
export const licenceFault = (status: number): Fault => ({
	status,
	body: 'Не обнаружено свободной лицензии!',
	contentType: 'text/plain;charset=utf-8',
});

interface Pending {
	pathPart: string;
	times: number;
}

const HTML = 'text/html;charset=utf-8';

export const htmlPage = (title: string): string =>
	`<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;

const BAD_GATEWAY: Fault = { status: 502, body: htmlPage('502 Bad Gateway'), contentType: HTML };

function take<T extends Pending>(pending: T[], path: string): T | undefined {
	const found = pending.find((one) => path.includes(one.pathPart));
	if (!found) return undefined;
	found.times -= 1;
	if (found.times <= 0) pending.splice(pending.indexOf(found), 1);
	return found;
}

export const BROKEN_DOWN: Fault = { status: 500, body: htmlPage('500'), contentType: HTML };

const QUERY_TOO_LONG: Fault = {
	status: 404,
	body: htmlPage('HTTP Error 404.15 - Query String Too Long'),
	contentType: HTML,
};

const NOT_PUBLISHED: Fault = {
	status: 404,
	body: htmlPage('1C:Enterprise 8 application error: HTTP: Not found'),
	contentType: HTML,
};

export class Faults implements Levers {
	isDown = false;
	readonly sessions = new Sessions();
	private isPublished = true;
	private chance: (() => Misfortune | undefined) | undefined;
	private delay = 0;
	private coldStart = 0;
	private conflicts = 0;
	private licences = 0;
	private longestQuery = Infinity;
	private readonly lost: Pending[] = [];
	private readonly proxied: Pending[] = [];
	private readonly failing: Array<Pending & { fault: Fault }> = [];

	constructor(private readonly store: Store) {}

	losesNextAnswer(pathPart = '', times = 1): void {
		this.lost.push({ pathPart, times });
	}

	answers502AfterTheWrite(pathPart = '', times = 1): void {
		this.proxied.push({ pathPart, times });
	}

	failsNext(status: number, body?: string, pathPart = '', times = 1): void {
		const contentType = body?.trimStart().startsWith('{') ? 'application/json;charset=utf-8' : HTML;
		const fault = { status, body: body ?? htmlPage(`${status}`), contentType };
		this.failing.push({ pathPart, times, fault });
	}

	meets(chance: (() => Misfortune | undefined) | undefined): void {
		this.chance = chance;
	}

	misfortune(): Misfortune | undefined {
		return this.chance?.();
	}

	exhaustsLicences(times: number): void {
		this.licences = times;
	}

	hasLicences(count: number): void {
		this.sessions.licences = count;
	}

	answersIn(milliseconds: number): void {
		this.delay = milliseconds;
	}

	coolsDown(milliseconds: number): void {
		this.coldStart = milliseconds;
	}

	conflictsOnWrites(times: number): void {
		this.conflicts = times;
	}

	unpublishes(): void {
		this.isPublished = false;
	}

	publishes(): void {
		this.isPublished = true;
	}

	hides(ref: string): void {
		this.store.forbidden.add(ref);
	}

	shows(ref: string): void {
		this.store.forbidden.delete(ref);
	}

	forbidsWriting(set: string): void {
		this.store.readOnly.add(set);
	}

	allowsWriting(set: string): void {
		this.store.readOnly.delete(set);
	}

	forbidsReading(set: string): void {
		this.store.unreadable.add(set);
	}

	withholds(set: string): void {
		this.store.unpublished.add(set);
	}

	limitsQueries(characters: number): void {
		this.longestQuery = characters;
	}

	locks(ref: string): void {
		this.store.locked.add(ref);
	}

	unlocks(ref: string): void {
		this.store.locked.delete(ref);
	}

	closesPeriod(upTo: string): void {
		const day = upTo.slice(0, 10);
		const { store } = this;
		for (const row of store.recordsOf(CLOSED_PERIODS)) store.removeRecord(CLOSED_PERIODS, row);
		store.closedUpTo = day;
		if (!day) return;
		store.addRecord(CLOSED_PERIODS, {
			...emptyRow(registerType(CLOSED_PERIODS).recordSet),
			ГраницаЗапретаИзменений: `${day}T00:00:00`,
		});
	}

	goesDown(): void {
		this.isDown = true;
	}

	comesBack(): void {
		this.isDown = false;
	}

	takesBackup(): Backup {
		return this.store.copy();
	}

	restoresBackup(backup: Backup): void {
		this.store.restore(backup);
	}

	/** The query as it was sent, percent-encoded. */
	refusesQuery(query: string): Fault | undefined {
		return query.length > this.longestQuery ? QUERY_TOO_LONG : undefined;
	}

	beforeRequest(path: string): Fault | undefined {
		return take(this.failing, path)?.fault ?? (this.isPublished ? undefined : NOT_PUBLISHED);
	}

	/** How long this answer takes; a cold start is over after it. */
	waitingTime(): number {
		const waiting = this.delay + this.coldStart;
		this.coldStart = 0;
		return waiting;
	}

	isOutOfLicences(): boolean {
		if (this.licences <= 0) return false;
		this.licences -= 1;
		return true;
	}

	meetsConflict(): boolean {
		if (this.conflicts <= 0) return false;
		this.conflicts -= 1;
		return true;
	}

	afterWrite(path: string): Fault | 'cut' | undefined {
		if (take(this.lost, path)) return 'cut';
		return take(this.proxied, path) ? BAD_GATEWAY : undefined;
	}
}
