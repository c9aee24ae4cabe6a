/** What everything inside the account shares. Not an imitation by itself. */
import type { Clock } from './clock';
import type { Notifications } from './notifications';
import type { Store } from './store';
import type { AccountSwitches } from './switches';
import type { Fields } from './values';

/** What is known, and when. */
export interface Records {
	store: Store;
	clock: Clock;
	switches: AccountSwitches;
}

export interface Desk extends Records {
	notifications: Notifications;
}

export interface Result {
	/** Absent where the documented answer has none. */
	data?: unknown;
	totalItems?: number;
}

export type Method = (desk: Desk, params: Fields) => Result;
export type Methods = Record<string, Method>;
