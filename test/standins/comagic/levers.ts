/**
 * Troubles a test can cause, named after their causes.
 * Imitates: what networks, tariffs and the notification service do to a client. Nobody promises a notification
 * (reference §1.4): it may be lost, come twice or late.
 */
import type { Access } from './access';
import type { Points } from './limits';
import type { Notifications } from './notifications';
import { Refusal, type Mnemonic } from './refusal';

export interface Levers {
	/** The work is done, the connection is cut before the answer. */
	losesNextAnswer(method?: string, times?: number): void;
	/** Refused before the work. */
	failsNext(method: string | undefined, mnemonic: Mnemonic, times?: number): void;
	/** A web server in front of the API answers for it: HTML and a status. */
	answersWithPage(status: number, times?: number): void;
	exhaustsPoints(window: 'day' | 'minute'): void;
	expiresSessions(): void;
	losesNotifications(times?: number): void;
	doublesNotifications(times?: number): void;
	/** Notifications wait until `deliversHeld`. */
	holdsNotifications(): void;
	deliversHeld(order?: 'asHappened' | 'reversed'): void;
	/** Connections are cut off until `comesBack`. */
	goesDown(): void;
	comesBack(): void;
}

interface Trouble {
	method: string | undefined;
	times: number;
}

export class Troubles {
	down = false;
	private readonly lost: Trouble[] = [];
	private readonly failures: Array<Trouble & { refusal: Refusal }> = [];
	private readonly pages: Array<{ status: number; times: number }> = [];

	levers(points: Points, access: Access, notifications: Notifications, cutAll: () => void): Levers {
		return {
			losesNextAnswer: (method, times = 1) => {
				this.lost.push({ method, times });
			},
			failsNext: (method, mnemonic, times = 1) => {
				this.failures.push({ method, times, refusal: new Refusal(mnemonic) });
			},
			answersWithPage: (status, times = 1) => {
				this.pages.push({ status, times });
			},
			exhaustsPoints: (window) => points.exhaust(window),
			expiresSessions: () => access.endSessions(),
			losesNotifications: (times = 1) => {
				notifications.loseNext += times;
			},
			doublesNotifications: (times = 1) => {
				notifications.doubleNext += times;
			},
			holdsNotifications: () => {
				notifications.holding = true;
			},
			deliversHeld: (order = 'asHappened') => {
				notifications.holding = false;
				notifications.deliverHeld(order);
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

	refuses(method: string): void {
		const failure = spend(this.failures, method);
		if (failure) throw failure.refusal;
	}

	losesAnswer(method: string): boolean {
		return spend(this.lost, method) !== undefined;
	}

	/** The status of a page to answer with instead of the API. */
	page(): number | undefined {
		const page = this.pages.find(({ times }) => times > 0);
		if (page) page.times -= 1;
		return page?.status;
	}
}

const spend = <Kind extends Trouble>(troubles: Kind[], name: string): Kind | undefined => {
	const trouble = troubles.find(
		({ method, times }) => times > 0 && (method === undefined || method === name),
	);
	if (trouble) trouble.times -= 1;
	return trouble;
};
