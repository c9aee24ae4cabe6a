/**
 * What a REST method gets and gives. Not an imitation by itself.
 */
import type { Events } from './events';
import type { Items } from './items';
import type { Application, Applications } from './oauth/applications';
import type { OfflineQueue } from './offlineQueue';
import { Refusal } from './refusal';
import type { Site } from './site';
import type { Store } from './store';
import type { PortalSwitches } from './switches';
import type { User } from './users';
import type { Fields } from './values';

export interface Desk {
	site: Site;
	store: Store;
	items: Items;
	events: Events;
	applications: Applications;
	queue: OfflineQueue;
	switches: PortalSwitches;
	now: () => number;
}

/** Whose call it is: the owner of the webhook, or a user who works through an application. */
export interface Caller {
	user: User;
	scopes: string[];
	application?: Application;
}

export interface Call extends Desk, Caller {
	params: Fields;
	/** Everything happens in the name of `user`. */
	userId: number;
}

export interface Answer {
	result: unknown;
	total?: number;
	next?: number;
	/** Keys some samples of the docs show beside `result`. */
	beside?: Fields;
}

export type Method = (call: Call) => Answer;
export type Methods = Record<string, Method>;

/** Methods of applications are never reached by a webhook, see methodTable.ts. */
export function applicationOf({ application }: Call): Application {
	if (!application) throw new Refusal(403, 'ACCESS_DENIED', 'Application context required');
	return application;
}
