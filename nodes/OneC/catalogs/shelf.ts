/** Objects of one catalog that were read already: many at once when asked for many, each only once per execution. */
import type { z } from 'zod';
import type { OneCClient } from '../odata/client';
import { guid } from '../odata/odata';

export interface Catalog<Schema extends z.ZodTypeAny> {
	set: string;
	schema: Schema;
	select: readonly string[];
	/** What comes along with each object; what does not come has to be asked for. */
	expand?: string;
}

export class Shelf<Schema extends z.ZodTypeAny> {
	private readonly objects = new Map<string, z.output<Schema> | null>();

	constructor(
		private readonly client: OneCClient,
		private readonly catalog: Catalog<Schema>,
		private readonly refOf: (object: z.output<Schema>) => string,
	) {}

	/** Reads those that were not read yet. */
	async fetch(refs: ReadonlyArray<string | null>): Promise<void> {
		const missing = refs.filter((ref): ref is string => ref !== null && !this.objects.has(ref));
		if (missing.length === 0) return;
		const { set, schema, select, expand } = this.catalog;
		const conditions = missing.map((ref) => `Ref_Key eq ${guid(ref)}`);
		const read = await this.client.listAny(set, schema, conditions, { select, expand });
		for (const ref of missing) this.objects.set(ref, null);
		this.put(read);
	}

	put(objects: ReadonlyArray<z.output<Schema>>): void {
		for (const object of objects) this.objects.set(this.refOf(object), object);
	}

	/** @returns null when the base has no such object */
	async get(ref: string): Promise<z.output<Schema> | null> {
		await this.fetch([ref]);
		return this.objects.get(ref) ?? null;
	}
}
