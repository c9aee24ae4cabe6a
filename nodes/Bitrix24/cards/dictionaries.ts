/** What can be chosen for a field: stages, sources and other books, pipelines, currencies, people, values of lists. */
import { z } from 'zod';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { optional } from '../rest/reply';
import { hasPipelines, pipelinesCommand, readPipelines, stageListOf } from '../deals/stages';
import type { CardField, CardFields } from './cardFields';

export interface Choice {
	name: string;
	value: string | number;
}

export interface Dictionaries {
	/** Nothing where a field is free. */
	optionsOf(name: string, field: CardField): Choice[];
}

const statusesSchema = z.array(
	z.object({ STATUS_ID: z.string(), ENTITY_ID: z.string(), NAME: z.string() }),
);
const currenciesSchema = z.array(
	z.object({ CURRENCY: z.string(), FULL_NAME: z.string().nullish() }),
);
const usersSchema = z.array(
	z.object({
		ID: z.coerce.number(),
		NAME: z.string().nullish(),
		LAST_NAME: z.string().nullish(),
	}),
);

const bookCommand = (book: string): Command => ({
	method: 'crm.status.list',
	params: { filter: { ENTITY_ID: book }, order: { SORT: 'ASC' } },
});

/** Old lists ignore what they do not know, so the book is looked at again. */
const bookOf = (reply: Reply, book: string): Choice[] =>
	(optional(reply, statusesSchema) ?? [])
		.filter(({ ENTITY_ID }) => ENTITY_ID === book)
		.map(({ STATUS_ID, NAME }) => ({ name: NAME, value: STATUS_ID }));

/** Pages of fifty; whoever is further down is named by number. */
const USER_PAGES = 4;

const userCommands: Command[] = Array.from({ length: USER_PAGES }, (_, page) => ({
	method: 'user.get',
	params: { FILTER: { ACTIVE: 'Y', USER_TYPE: 'employee' }, start: page * 50 },
}));

const usersIn = (pages: Reply[]): Choice[] => {
	const users = pages.flatMap((page) => optional(page, usersSchema) ?? []);
	return [...new Map(users.map((user) => [user.ID, user])).values()].map(
		({ ID, NAME, LAST_NAME }) => ({
			name: [LAST_NAME, NAME].filter(Boolean).join(' ') || `#${ID}`,
			value: ID,
		}),
	);
};

/** A scope that was not granted leaves its fields free; the others are still chosen from lists. */
export const readDictionaries = async (
	client: Bitrix24Client,
	entityTypeId: number,
	fields: CardFields,
): Promise<Dictionaries> => {
	const books = [...fields.values()].flatMap(({ type, statusType }) =>
		type === 'crm_status' && statusType ? [statusType] : [],
	);
	const distinctBooks = [...new Set(books)];
	const [currencies, pipelinesReply, ...rest] = await client.batch([
		{ method: 'crm.currency.list' },
		hasPipelines(entityTypeId) ? pipelinesCommand(entityTypeId) : { method: 'server.time' },
		...userCommands,
		...distinctBooks.map(bookCommand),
	]);
	const users = usersIn(rest.slice(0, USER_PAGES));
	const byBook = new Map(
		distinctBooks.map((book, index) => [book, bookOf(rest[USER_PAGES + index], book)]),
	);
	const pipelines =
		hasPipelines(entityTypeId) && 'value' in pipelinesReply
			? readPipelines(pipelinesReply.value)
			: [];
	const lists = pipelines.map(({ id }) => stageListOf(entityTypeId, id));
	const stageReplies = await client.batch(lists.map(bookCommand));
	const stages = pipelines.flatMap(({ name }, index) =>
		bookOf(stageReplies[index], lists[index]).map((stage) => ({
			...stage,
			name: `${name} › ${stage.name}`,
		})),
	);
	const byType: Record<string, Choice[] | undefined> = {
		crm_currency: (optional(currencies, currenciesSchema) ?? []).map((currency) => ({
			name: currency.FULL_NAME ?? currency.CURRENCY,
			value: currency.CURRENCY,
		})),
		crm_category: pipelines.map(({ id, name }) => ({ name, value: id })),
		user: users,
	};
	return {
		optionsOf: (name, { type, statusType, items }) => {
			if (name === 'stageId' && stages.length > 0) return stages;
			if (type === 'crm_status') return byBook.get(statusType ?? '') ?? [];
			if (items) return items.map(({ ID, VALUE }) => ({ name: VALUE, value: ID }));
			return byType[type] ?? [];
		},
	};
};
