/**
 * The queue of offline events.
 * Imitates: E/offline-events.md, event-offline-{get,clear,error,list}.md (reference §3.3): one row per object
 * and event with the latest state, sources (`auth_connector`) apart, rows reserved under a process id are
 * out of everybody else's sight until they are cleared.
 * Does not imitate: the thirty days after which reserved rows are dropped.
 */
import { createHash, randomBytes } from 'node:crypto';
import { isoAt } from './clock';
import type { Application } from './oauth/applications';

export interface OfflineRow {
	id: number;
	application: Application;
	connector: string;
	event: string;
	fields: Record<string, string>;
	messageId: string;
	timestamp: string;
	processId: string;
	error: boolean;
}

export interface Taking {
	limit: number;
	clear: boolean;
	processId: string;
}

export class OfflineQueue {
	private rows: OfflineRow[] = [];
	private lastId = 0;

	constructor(private readonly now: () => number) {}

	/** A row that waits is renewed; one that is being processed keeps its own copy. */
	put(
		application: Application,
		connector: string,
		event: string,
		fields: Record<string, string>,
	): void {
		const messageId = createHash('md5')
			.update(`${event}:${JSON.stringify(fields)}`)
			.digest('hex');
		const timestamp = isoAt(this.now());
		const waiting = this.of(application, connector).find(
			(row) => row.messageId === messageId && row.processId === '',
		);
		if (waiting) {
			waiting.timestamp = timestamp;
			return;
		}
		this.lastId += 1;
		this.rows.push({
			id: this.lastId,
			application,
			connector,
			event,
			fields,
			messageId,
			timestamp,
			processId: '',
			error: false,
		});
	}

	of(application: Application, connector: string): OfflineRow[] {
		return this.rows.filter(
			(row) => row.application === application && row.connector === connector,
		);
	}

	/** Rows found are deleted at once, or reserved under the id this returns. */
	take(found: OfflineRow[], { limit, clear, processId }: Taking): [string | null, OfflineRow[]] {
		const taken = found.slice(0, limit);
		if (clear) {
			this.rows = this.rows.filter((row) => !taken.includes(row));
			return [null, taken];
		}
		const reservedAs = processId === '' ? randomBytes(16).toString('hex') : processId;
		for (const row of taken) row.processId = reservedAs;
		return [reservedAs, taken];
	}

	clear(application: Application, processId: string, wanted: (row: OfflineRow) => boolean): void {
		this.rows = this.rows.filter(
			(row) => row.application !== application || row.processId !== processId || !wanted(row),
		);
	}

	/** Rows that failed stop showing up until somebody asks for errors. */
	fail(application: Application, processId: string, messageIds: string[]): void {
		for (const row of this.rows) {
			const own = row.application === application && row.processId === processId;
			if (own && messageIds.includes(row.messageId)) row.error = true;
		}
	}
}
