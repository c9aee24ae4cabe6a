/**
 * What the base remembers: objects, register records, locks. Knows no HTTP and checks nothing; refs are unique over
 * the whole base, so an object is found by its ref alone. Physical and in memory, a new base starts from nothing.
 */
import { objectType, type ObjectType } from './model/metadata';
import { registerTypes } from './model/registerTypes';
import type { Row } from './values';

export interface Entity {
	type: ObjectType;
	row: Row;
	/** Writes so far, the source of DataVersion. */
	version: number;
}

/** A record of a register, made by a document. */
export interface Movement {
	register: string;
	row: Row;
}

/** What a backup of a base holds. Locks and rights belong to the server and stay as they are. */
export interface Backup {
	objects: Entity[];
	records: Map<string, Row[]>;
	numbers: Map<string, number>;
}

const copyOf = ({ type, row, version }: Entity): Entity => ({
	type,
	row: structuredClone(row),
	version,
});

export class Store {
	private readonly objects = new Map<string, Map<string, Entity>>();
	private readonly byRef = new Map<string, Entity>();
	private readonly records = new Map<string, Row[]>();
	private readonly numbers = new Map<string, number>();
	/** What each document has recorded: registers grow for years, and nobody looks through them for one document. */
	private readonly movements = new Map<string, Movement[]>();
	/** Rows of whole sets, kept until the set changes: paging through a big one must not copy it every time. */
	private readonly wholeSets = new Map<string, Row[]>();
	/** Arrays that stand for a set as long as it does not change. */
	private readonly whole = new WeakSet<Row[]>();
	private created = 0;
	/** Another one after every write. */
	revision = 0;

	readonly locked = new Set<string>();
	/** Rows the user of the exchange may not see, and sets it may not write. */
	readonly forbidden = new Set<string>();
	readonly readOnly = new Set<string>();
	/** Sets it may not even read, and sets that are not published at all. */
	readonly unreadable = new Set<string>();
	readonly unpublished = new Set<string>();
	/** Documents up to this date (inclusive) are closed by ГраницыЗапретаИзмененияДанных; '' is no limit. */
	closedUpTo = '';

	/** Looks like the platform's own GUIDs: the tail names the server, the head is what changes. */
	newRef(): string {
		this.created += 1;
		const head = (Math.imul(this.created, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
		const middle = (0x3b00 + (this.created >>> 8)).toString(16).slice(-4);
		return `${head}-${middle}-11f1-9c11-00155d01c802`;
	}

	put(entity: Entity): void {
		const ref = String(entity.row.Ref_Key);
		const set = this.objects.get(entity.type.name) ?? new Map<string, Entity>();
		this.objects.set(entity.type.name, set.set(ref, entity));
		this.byRef.set(ref, entity);
		this.changed(entity);
	}

	/** Has to be said after every write of a row. */
	changed({ type }: Entity): void {
		this.wholeSets.delete(type.name);
		this.revision += 1;
	}

	remove(entity: Entity): void {
		const ref = String(entity.row.Ref_Key);
		this.objects.get(entity.type.name)?.delete(ref);
		this.byRef.delete(ref);
		this.changed(entity);
		this.dropMovements(ref);
	}

	copy(): Backup {
		return {
			objects: [...this.byRef.values()].map(copyOf),
			records: structuredClone(this.records),
			numbers: new Map(this.numbers),
		};
	}

	/** Numbers and versions go back too; refs do not, the platform never makes one twice. */
	restore({ objects, records, numbers }: Backup): void {
		const { byRef, movements, wholeSets } = this;
		for (const map of [this.objects, byRef, this.records, movements, this.numbers, wholeSets]) {
			map.clear();
		}
		this.revision += 1;
		for (const entity of objects) this.put(copyOf(entity));
		for (const [register, rows] of structuredClone(records)) {
			for (const row of rows) this.addRecord(register, row);
		}
		for (const [scope, number] of numbers) this.numbers.set(scope, number);
	}

	find(ref: string): Entity | undefined {
		return this.byRef.get(ref.toLowerCase());
	}

	get(ref: string): Entity {
		const entity = this.find(ref);
		if (!entity) throw new Error(`The base has no object ${ref}`);
		return entity;
	}

	in(set: string): Entity[] {
		return [...this.each(set)];
	}

	/** One after another, for whoever stops at the first that fits. */
	each(set: string): Iterable<Entity> {
		return this.objects.get(objectType(set).name)?.values() ?? [];
	}

	/** The same array as long as the set does not change. */
	rows(set: string): Row[] {
		const rows = this.wholeSets.get(set) ?? this.in(set).map(({ row }) => row);
		this.wholeSets.set(set, rows);
		this.whole.add(rows);
		return rows;
	}

	isWholeSet(rows: Row[]): boolean {
		return this.whole.has(rows);
	}

	/** The row a reference leads to, when it leads anywhere: broken references are stored happily. */
	row(set: string, ref: string): Row | undefined {
		return this.objects.get(set)?.get(ref.toLowerCase())?.row;
	}

	recordsOf(register: string): Row[] {
		const rows = this.records.get(register) ?? [];
		this.records.set(register, rows);
		this.whole.add(rows);
		return rows;
	}

	addRecord(register: string, row: Row): void {
		this.recordsOf(register).push(row);
		this.revision += 1;
		const recorder = recorderOf(row);
		if (recorder === '') return;
		const recorded = this.movements.get(recorder) ?? [];
		this.movements.set(recorder, recorded);
		recorded.push({ register, row });
	}

	/** Register by register. */
	movementsOf(recorder: string): Movement[] {
		const recorded = this.movements.get(recorder) ?? [];
		return [...registerTypes.keys()].flatMap((name) =>
			recorded.filter(({ register }) => register === name),
		);
	}

	dropMovements(recorder: string): void {
		const recorded = this.movements.get(recorder);
		if (!recorded) return;
		this.movements.delete(recorder);
		for (const register of new Set(recorded.map((one) => one.register))) {
			this.keepRecords(register, (row) => recorderOf(row) !== recorder);
		}
	}

	/** Of a register that no document records into. */
	removeRecord(register: string, row: Row): void {
		this.keepRecords(register, (other) => other !== row);
	}

	private keepRecords(register: string, isKept: (row: Row) => boolean): void {
		this.records.set(register, this.recordsOf(register).filter(isKept));
		this.revision += 1;
	}

	nextNumber(scope: string): number {
		const next = (this.numbers.get(scope) ?? 0) + 1;
		this.numbers.set(scope, next);
		return next;
	}
}

export const recorderOf = (row: Row): string => String(row.Recorder ?? row.Recorder_Key ?? '');

/** Base64 of eight bytes, the first four of which are the write counter (recorded): AAAAAAAAAAA= after the create. */
export function dataVersion(writes: number): string {
	const bytes = Buffer.alloc(8);
	bytes.writeUInt32BE(writes);
	return bytes.toString('base64');
}
