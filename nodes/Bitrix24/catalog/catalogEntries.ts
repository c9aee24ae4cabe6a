/** Products, sections and prices of the catalogue: rows of one family of methods, with a name each for one and many. */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { UnknownOutcome } from '../../shared/http';
import type { Answer } from '../rest/answer';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { readPages } from '../rest/pages';
import { replies } from '../rest/replies';
import { isLost, required } from '../rest/reply';
import { refuseIgnored } from '../rest/readBack';
import { differences } from '../rest/write';
import { productType } from './productTypes';

export type Entry = Record<string, unknown>;

export interface EntryMethods {
	/** Before `.get`, `.list`, `.add` and `.update`. */
	prefix: string;
	singular: string;
	plural: string;
	/** What answers call one that was read, one that was written, and many. */
	one: string;
	written: string;
	many: string;
	/** Whether it belongs to an information block, which lists and additions have to name. */
	inCatalog: boolean;
	/** Which of its fields every update has to repeat [Bitrix24 docs, catalog.section.update, catalog.price.update]. */
	always: string[];
}

export const PRODUCTS: EntryMethods = {
	prefix: 'catalog.product',
	singular: 'product',
	plural: 'products',
	one: 'product',
	written: 'element',
	many: 'products',
	inCatalog: true,
	always: [],
};

export const SECTIONS: EntryMethods = {
	prefix: 'catalog.section',
	singular: 'section',
	plural: 'sections',
	one: 'section',
	written: 'section',
	many: 'sections',
	inCatalog: true,
	always: ['iblockId', 'name'],
};

export const PRICES: EntryMethods = {
	prefix: 'catalog.price',
	singular: 'price',
	plural: 'prices',
	one: 'price',
	written: 'price',
	many: 'prices',
	inCatalog: false,
	always: ['price', 'currency'],
};

const entrySchema = z.object({ id: z.coerce.number() }).passthrough();

const oneIn = (reply: Reply, name: string): Entry =>
	required(reply, z.object({ [name]: entrySchema }).passthrough())[name] as Entry;

/** Samples of the documentation show lists beside the result as well as in it. */
const manyIn = ({ result, ...beside }: Answer, name: string): Entry[] => {
	const inside = z.object({ [name]: z.array(entrySchema) }).safeParse(result);
	if (inside.success) return inside.data[name];
	return z.array(entrySchema).parse((beside as Entry)[name]);
};

export const getCommand = ({ prefix }: EntryMethods, id: number): Command => ({
	method: `${prefix}.get`,
	params: { id },
});

export const readEntry = ({ one }: EntryMethods, reply: Reply): Entry => oneIn(reply, one);

const listCommand = ({ prefix, inCatalog }: EntryMethods, filter: Entry): Command => ({
	method: `${prefix}.list`,
	params: { filter, order: { id: 'ASC' }, ...(inCatalog ? { select: ['*'] } : {}) },
});

export const listEntries = async (
	client: Bitrix24Client,
	methods: EntryMethods,
	filter: Entry,
	limit?: number,
): Promise<Entry[]> =>
	await readPages(
		client,
		listCommand(methods, filter),
		(answer) => manyIn(answer, methods.many),
		limit,
	);

const adding = ({ prefix }: EntryMethods, fields: Entry): Command => ({
	method: `${prefix}.add`,
	params: { fields },
	repeatable: false,
});

/** What an entry can be found again by: its external code, or for a price its product and type. */
const keyOf = ({ inCatalog }: EntryMethods, fields: Entry): Entry | null => {
	const names = inCatalog ? ['iblockId', 'xmlId'] : ['productId', 'catalogGroupId'];
	if (names.some((name) => (fields[name] ?? '') === '')) return null;
	return Object.fromEntries(names.map((name) => [name, fields[name]]));
};

/** A lost answer is settled by the key; without one nobody can say what became of it. */
const settledCreation = async (
	client: Bitrix24Client,
	methods: EntryMethods,
	fields: Entry,
): Promise<Entry> => {
	const key = keyOf(methods, fields);
	if (!key) {
		throw new UnknownOutcome(
			`Nobody knows whether the ${methods.singular} was created: the answer of Bitrix24 was lost.`,
			'Look into the catalogue before you run this item again. With an external code (xmlId) the node looks by itself.',
		);
	}
	const [found] = await listEntries(client, methods, key, 1);
	if (found) return found;
	const [again] = await replies(client, [adding(methods, fields)]);
	return oneIn(again, methods.written);
};

export type Written = { entry: Entry; changed: boolean } | { problem: Error };

const attempted = async (work: () => Promise<Entry> | Entry): Promise<Written> => {
	try {
		return { entry: await work(), changed: true };
	} catch (problem) {
		return { problem: problem as Error };
	}
};

export const createEntries = async (
	client: Bitrix24Client,
	methods: EntryMethods,
	all: Entry[],
): Promise<Written[]> => {
	const added = await replies(
		client,
		all.map((fields) => adding(methods, fields)),
	);
	const written: Written[] = [];
	for (const [index, fields] of all.entries()) {
		const reply = added[index];
		written.push(
			await attempted(async () =>
				isLost(reply)
					? await settledCreation(client, methods, fields)
					: oneIn(reply, methods.written),
			),
		);
	}
	return written;
};

/** Properties come as a value with a number of its own, or a list of such. */
const bare = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.map(bare);
	return typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
};

const bareEntry = (entry: Entry): Entry =>
	Object.fromEntries(Object.entries(entry).map(([name, value]) => [name, bare(value)]));

export interface EntryUpdate {
	id: number;
	fields: Entry;
}

const changesOf = (
	{ singular }: EntryMethods,
	current: Entry,
	{ id, fields }: EntryUpdate,
): Entry => {
	const unknown = Object.keys(fields).filter((name) => !(name in current));
	/** A property without a value does not stand in the answer. */
	const wrong = unknown.filter((name) => !/^property\d+$/.test(name));
	if (wrong.length > 0) {
		throw new Problem(
			`Bitrix24 has no field ${wrong.join(', ')} in ${singular} ${id}.`,
			'Write names as in the documentation of catalog.*; properties are property and their number.',
		);
	}
	return differences(bareEntry(current), bareEntry(fields), productType);
};

export const updateEntries = async (
	client: Bitrix24Client,
	methods: EntryMethods,
	wanted: EntryUpdate[],
): Promise<Written[]> => {
	const read = await replies(
		client,
		wanted.map(({ id }) => getCommand(methods, id)),
	);
	const plans = wanted.map(
		(one, index): { current: Entry; changes: Entry } | { problem: Error } => {
			try {
				const current = readEntry(methods, read[index]);
				return { current, changes: changesOf(methods, current, one) };
			} catch (problem) {
				return { problem: problem as Error };
			}
		},
	);
	const differing = plans.flatMap((plan, index) =>
		'changes' in plan && Object.keys(plan.changes).length > 0 ? [{ plan, index }] : [],
	);
	const sent = await replies(
		client,
		differing.map(({ plan, index }) => ({
			method: `${methods.prefix}.update`,
			params: {
				id: wanted[index].id,
				fields: {
					...Object.fromEntries(methods.always.map((name) => [name, plan.current[name]])),
					...Object.fromEntries(
						Object.keys(plan.changes).map((name) => [name, wanted[index].fields[name]]),
					),
				},
			},
			repeatable: true,
		})),
	);
	return await Promise.all(
		plans.map(async (plan, index): Promise<Written> => {
			if ('problem' in plan) return plan;
			const at = differing.findIndex((one) => one.index === index);
			if (at < 0) return { entry: plan.current, changed: false };
			return await attempted(() => {
				const entry = oneIn(sent[at], methods.written);
				refuseIgnored({
					fields: plan.changes,
					before: bareEntry(plan.current),
					after: { ...plan.changes, ...bareEntry(entry) },
					typeOf: productType,
				});
				return entry;
			});
		}),
	);
};

const catalogsSchema = z.object({
	catalogs: z.array(
		z.object({
			iblockId: z.coerce.number(),
			name: z.string().catch(''),
			productIblockId: z.coerce.number().nullish(),
		}),
	),
});

export interface Catalog {
	iblockId: number;
	name: string;
	/** Whether it holds variations of products instead of products. */
	isOffers: boolean;
}

export const readCatalogs = async (client: Bitrix24Client): Promise<Catalog[]> =>
	catalogsSchema
		.parse(await client.call({ method: 'catalog.catalog.list' }))
		.catalogs.map(({ iblockId, name, productIblockId }) => ({
			iblockId,
			name,
			isOffers: Boolean(productIblockId),
		}));

/** The portal's own catalogue of products, where nobody has chosen another. */
export const mainCatalog = async (client: Bitrix24Client): Promise<number> => {
	const main = (await readCatalogs(client)).find(({ isOffers }) => !isOffers);
	if (main) return main.iblockId;
	throw new Problem(
		'The portal shows no product catalogue.',
		'Give the webhook the scope catalog, and its owner the right to the catalogue.',
	);
};
