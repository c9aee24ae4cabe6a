/**
 * Registration of changes for exchange plans, and the two calls a reader makes (reference 1c-ut103.md §5). Every write of
 * a plan's content is registered for every node but the base's own one. SelectChanges gives the whole backlog whatever
 * number it is called with and stamps what has no number yet; NotifyChangesReceived drops what is stamped with this or an
 * earlier number, for good. A write after SelectChanges takes the stamp off, so it survives the notification.
 */
import { exchangePlans, OWN_PLAN, SITE_ORDERS } from './model/exchangePlans';
import type { ExchangePlanSource } from './model/types';
import type { Entity, Store } from './store';
import type { BaseSwitches } from './switches';
import { text } from './values';

/** One changed thing: an object, or the records of a recorder in a register. */
export interface Change {
	set: string;
	ref: string;
	/** The message it was first given out in, undefined before that. */
	messageNo?: number;
}

export class Changes {
	private readonly byNode = new Map<string, Map<string, Change>>();

	constructor(
		private readonly store: Store,
		private readonly switches: BaseSwitches,
	) {}

	/** Plans this base has: the own one only where a programmer added it. */
	private plans(): ExchangePlanSource[] {
		return exchangePlans.filter(({ stock }) => stock || this.switches.ownExchangePlan);
	}

	/** «Авторегистрация»: by the set that is written. */
	register(set: string, ref: string): void {
		for (const { name, content } of this.plans()) {
			if (content.includes(set)) this.note(`ExchangePlan_${name}`, set, ref);
		}
	}

	/** The exchange with a site also notes an order whose registers have moved (ПриЗаписиРегистраНакопленияОбменССайтом). */
	registerMovedOrder(order: string): void {
		this.note(SITE_ORDERS, 'Document_ЗаказПокупателя', order);
	}

	/** The transaction that would have registered it has been rolled back. */
	forget(set: string, ref: string): void {
		for (const changes of this.byNode.values()) changes.delete(`${set} ${ref}`);
	}

	private note(plan: string, set: string, ref: string): void {
		for (const { row } of this.store.in(plan)) {
			if (row.ThisNode !== true) this.of(text(row, 'Ref_Key')).set(`${set} ${ref}`, { set, ref });
		}
	}

	private of(node: string): Map<string, Change> {
		const changes = this.byNode.get(node) ?? new Map<string, Change>();
		this.byNode.set(node, changes);
		return changes;
	}

	select(node: Entity, messageNo: number): Change[] {
		const changes = [...this.of(text(node.row, 'Ref_Key')).values()];
		for (const change of changes) change.messageNo ??= messageNo;
		this.count(node, 'SentNo', messageNo);
		return changes;
	}

	confirm(node: Entity, messageNo: number): void {
		const changes = this.of(text(node.row, 'Ref_Key'));
		for (const [key, change] of changes) {
			if (change.messageNo !== undefined && change.messageNo <= messageNo) changes.delete(key);
		}
		this.count(node, 'ReceivedNo', messageNo);
	}

	/** The numbers of a node only grow; this is no write of the node, its version stays. */
	private count(node: Entity, field: 'SentNo' | 'ReceivedNo', messageNo: number): void {
		if (messageNo <= Number(node.row[field])) return;
		node.row[field] = String(messageNo);
		this.store.changed(node);
	}
}

export const isHidden = (set: string, { ownExchangePlan }: BaseSwitches): boolean =>
	set === OWN_PLAN && !ownExchangePlan;
