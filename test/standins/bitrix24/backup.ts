/**
 * The portal as it was at some moment.
 * Imitates: cards, rows, comments, settings of the CRM and the counters of ids go back, so that ids are given out again.
 * Does not imitate: Bitrix24 restores no cloud portal by itself; portals in a box are restored by their owners.
 */
import type { Shelf } from './shelf';
import type { Store } from './store';

const LISTS = [
	'categories',
	'statuses',
	'stageHistory',
	'userFields',
	'requirements',
	'comments',
	'productProperties',
	'prices',
	'sections',
	'payments',
	'documents',
	'requisiteLinks',
] as const;

export interface Backup {
	lists: Map<(typeof LISTS)[number], unknown[]>;
	shelves: unknown[][];
	counters: Map<string, number>;
}

/** In an order that stays: smart processes are only added. */
const shelvesOf = (store: Store): Array<Shelf<unknown>> =>
	[
		store.rows,
		store.products,
		store.requisites,
		store.bankDetails,
		store.addresses,
		...store.types.map(({ id }) => store.table(id)),
	] as Array<Shelf<unknown>>;

export const backupOf = (store: Store): Backup =>
	structuredClone({
		lists: new Map(LISTS.map((name) => [name, store[name]] as const)),
		shelves: shelvesOf(store).map((shelf) => [...shelf]),
		counters: store.counters,
	});

export const restore = (store: Store, backup: Backup): void => {
	const { lists, shelves, counters } = structuredClone(backup);
	for (const [name, rows] of lists) (store[name] as unknown[]).splice(0, Infinity, ...rows);
	shelvesOf(store).forEach((shelf, index) => shelf.replace(shelves[index] ?? []));
	store.counters.clear();
	for (const [kind, id] of counters) store.counters.set(kind, id);
};
