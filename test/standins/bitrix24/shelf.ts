/**
 * Rows in order of their ids, with books to look some of their values up in, so that a portal with a hundred
 * thousand companies answers as quickly as a small one.
 * Imitates: nothing by itself; a list filtered through a book finds what it would find row by row.
 */
import { criterion } from './filter';
import { asList, asMap, asText, asWhole, isEmpty } from './values';

export interface ShelfParts<T> {
	idOf: (row: T) => number;
	/** How filters call the id. */
	idName: string;
	/** What can be looked up, under the name filters use; a row may stand under several values. */
	books?: Record<string, (row: T) => unknown[]>;
}

class Book<T> {
	private readonly ids = new Map<string, Set<number>>();
	private readonly keys = new Map<number, string[]>();

	constructor(private readonly reads: (row: T) => unknown[]) {}

	enters(id: number, row: T): void {
		const keys = this.reads(row)
			.map(keyOf)
			.filter((key) => key !== '');
		const before = this.keys.get(id);
		if (!before && keys.length === 0) return;
		if (before?.length === keys.length && before.every((key, index) => key === keys[index])) return;
		this.strikes(id);
		this.keys.set(id, keys);
		for (const key of keys) {
			const known = this.ids.get(key);
			if (known) known.add(id);
			else this.ids.set(key, new Set([id]));
		}
	}

	strikes(id: number): void {
		const keys = this.keys.get(id);
		if (!keys) return;
		for (const key of keys) this.ids.get(key)?.delete(id);
		this.keys.delete(id);
	}

	under(value: unknown): Set<number> {
		return this.ids.get(keyOf(value)) ?? new Set();
	}
}

/** Exact comparison ignores case, as filters do. */
function keyOf(value: unknown): string {
	return asText(value).toLowerCase();
}

export class Shelf<T> implements Iterable<T> {
	private readonly rows = new Map<number, T>();
	private readonly books: Map<string, Book<T>>;

	constructor(private readonly parts: ShelfParts<T>) {
		this.books = new Map(
			Object.entries(parts.books ?? {}).map(([name, reads]) => [name, new Book(reads)]),
		);
	}

	[Symbol.iterator](): Iterator<T> {
		return this.rows.values();
	}

	get(id: number | undefined): T | undefined {
		return id === undefined ? undefined : this.rows.get(id);
	}

	/** Also to be called when a row has changed in place. */
	put(row: T): void {
		const id = this.parts.idOf(row);
		this.rows.set(id, row);
		for (const book of this.books.values()) book.enters(id, row);
	}

	remove(id: number): void {
		this.rows.delete(id);
		for (const book of this.books.values()) book.strikes(id);
	}

	replace(rows: T[]): void {
		for (const id of [...this.rows.keys()]) this.remove(id);
		for (const row of rows) this.put(row);
	}

	under(bookName: string, value: unknown): T[] {
		return this.byIds(this.books.get(bookName)?.under(value) ?? []);
	}

	/**
	 * Rows among which a filter's hits are: one condition is looked up, the filter checks the rest.
	 * @param further how a field without a book is read, when equality of it is equality of texts
	 */
	candidates(
		filter: unknown,
		equalities = ['=', '@'],
		further: (field: string) => ((row: T) => unknown[]) | undefined = () => undefined,
	): Iterable<T> {
		const conditions = Object.entries(asMap(filter) ?? {});
		if (conditions.some(([key]) => key.toLowerCase() === 'logic')) return this;
		for (const [key, operand] of conditions) {
			const { prefix, field } = criterion(key);
			const values = asList(operand) ?? [operand];
			if (!equalities.includes(prefix) || !values.every(isExact)) continue;
			if (field === this.parts.idName)
				return this.byIds(values.map((value) => asWhole(value) ?? 0));
			const book = this.books.get(field) ?? this.opensBook(field, further(field));
			if (book) return this.byIds(values.flatMap((value) => [...book.under(value)]));
		}
		const after = conditions.find(([key]) => key === `>${this.parts.idName}`);
		const last = asWhole(after?.[1]);
		return last === undefined ? this : this.after(last);
	}

	private opensBook(
		field: string,
		reads: ((row: T) => unknown[]) | undefined,
	): Book<T> | undefined {
		if (!reads) return undefined;
		const book = new Book(reads);
		for (const [id, row] of this.rows) book.enters(id, row);
		this.books.set(field, book);
		return book;
	}

	private byIds(ids: Iterable<number>): T[] {
		return [...new Set(ids)]
			.sort((a, b) => a - b)
			.flatMap((id) => (this.rows.has(id) ? [this.rows.get(id) as T] : []));
	}

	/** Ids only grow, so rows stand in their order. */
	private *after(last: number): Iterable<T> {
		for (const [id, row] of this.rows) if (id > last) yield row;
	}
}

/** Empty values and percent signs mean more than equality. */
function isExact(value: unknown): boolean {
	return !isEmpty(value) && typeof value !== 'object' && !asText(value).includes('%');
}
