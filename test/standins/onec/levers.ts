/**
 * Faults by their causes (reference 1c-ut103.md §2 "Sessions", "Locks", §9). The ones that cut an answer fire only on
 * writes that really happened: that is the unknown outcome a client has to read back. The HTTP status and wording of
 * an exhausted licence were not recorded, hence the switch.
 */
import type { Store } from './store';

export interface Levers {
	/** The write happens, the connection is cut before the answer. */
	losesNextAnswer(pathPart?: string, times?: number): void;
	/** The write happens, a proxy answers 502 with an HTML page. */
	answers502AfterTheWrite(pathPart?: string, times?: number): void;
	/** Nothing happens, the request is answered with this status. */
	failsNext(status: number, body?: string, pathPart?: string, times?: number): void;
	exhaustsLicences(times: number): void;
	/** The object is open in a client: writes fail with code -1. */
	locks(ref: string): void;
	unlocks(ref: string): void;
	/** Documents up to this date (inclusive) refuse to be written; '' opens everything again. */
	closesPeriod(upTo: string): void;
	goesDown(): void;
	comesBack(): void;
}

export interface Fault {
	status: number;
	body: string;
	contentType: string;
}

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

export class Faults implements Levers {
	isDown = false;
	private licences = 0;
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

	exhaustsLicences(times: number): void {
		this.licences = times;
	}

	locks(ref: string): void {
		this.store.locked.add(ref);
	}

	unlocks(ref: string): void {
		this.store.locked.delete(ref);
	}

	closesPeriod(upTo: string): void {
		this.store.closedUpTo = upTo.slice(0, 10);
	}

	goesDown(): void {
		this.isDown = true;
	}

	comesBack(): void {
		this.isDown = false;
	}

	beforeRequest(path: string): Fault | undefined {
		return take(this.failing, path)?.fault;
	}

	licenceFault(status: number): Fault | undefined {
		if (this.licences <= 0) return undefined;
		this.licences -= 1;
		const body = 'Не обнаружено свободной лицензии!';
		return { status, body, contentType: 'text/plain;charset=utf-8' };
	}

	afterWrite(path: string): Fault | 'cut' | undefined {
		if (take(this.lost, path)) return 'cut';
		return take(this.proxied, path) ? BAD_GATEWAY : undefined;
	}
}
