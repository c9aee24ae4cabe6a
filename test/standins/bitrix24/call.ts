/**
 * What a REST method gets and gives. Not an imitation by itself.
 */
import type { Events } from './events';
import type { Items } from './items';
import type { Store } from './store';
import type { PortalSwitches } from './switches';
import type { Fields } from './values';

export interface Desk {
	store: Store;
	items: Items;
	events: Events;
	switches: PortalSwitches;
	now: () => number;
}

export interface Call extends Desk {
	params: Fields;
	/** The owner of the webhook; everything happens in their name. */
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
