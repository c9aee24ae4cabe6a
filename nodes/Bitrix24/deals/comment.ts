/** Comments in the timeline, said once: what was said last on a subject is not said again. */
import { z } from 'zod';
import { UnknownOutcome } from '../../shared/http';
import { settled, type Settled } from '../../shared/settled';
import { Refusal } from '../rest/answer';
import { COMPANY, CONTACT, DEAL, FIRST_PROCESS, LEAD, SMART_INVOICE } from '../rest/entityTypes';
import type { Bitrix24Client, Command } from '../rest/client';
import type { Caller } from '../rest/gather';
import { itemGet } from '../rest/items';
import { readPages } from '../rest/pages';
import { optional } from '../rest/reply';
import { saidCommand, saidListSchema, saying, twinOf, unsaying, words, type Said } from './said';

/**
 * `ENTITY_TYPE` of comments. The documentation names none for smart invoices; public code uses three, and a server was
 * seen to accept the first two. The node tries them in this order.
 */
const ENTITY_TYPES: Record<string, string[]> = {
	deal: ['deal'],
	company: ['company'],
	contact: ['contact'],
	lead: ['lead'],
	invoice: ['dynamic_31', 'smart_invoice', 'crm_31'],
};

const ENTITY_TYPE_IDS: Record<string, number> = {
	deal: DEAL,
	company: COMPANY,
	contact: CONTACT,
	lead: LEAD,
	invoice: SMART_INVOICE,
};

export const COMMENTED = Object.keys(ENTITY_TYPES);

/** Deals, whose name nobody has to guess. */
export const DEAL_TIMELINE = ENTITY_TYPES.deal[0];

export interface Comment {
	entity: string;
	id: number;
	text: string;
	once: boolean;
	/** Name and contents in base64. */
	files?: Array<[string, string]>;
}

export interface Commented {
	commentId: number;
	outcome: 'created' | 'found' | 'updated';
}

const read = async (client: Caller, type: string, { id }: Comment): Promise<Said[]> =>
	saidListSchema.parse(await client.call(saidCommand(type, id)));

const attached = ({ files }: Pick<Comment, 'files'>): { FILES?: Array<[string, string]> } =>
	files ? { FILES: files } : {};

export const addition = (
	entityType: string,
	comment: Pick<Comment, 'id' | 'text' | 'files'>,
): Command => ({
	method: 'crm.timeline.comment.add',
	params: {
		fields: {
			ENTITY_TYPE: entityType,
			ENTITY_ID: comment.id,
			COMMENT: comment.text,
			...attached(comment),
		},
	},
	repeatable: false,
});

const add = async (client: Caller, type: string, comment: Comment): Promise<number> =>
	z.coerce.number().parse(await client.call(addition(type, comment)));

/** What was said stays said once; its files are those of today. */
const keep = async (client: Caller, commentId: number, comment: Comment): Promise<Commented> => {
	if (!comment.files) return { commentId, outcome: 'found' };
	await client.call({
		method: 'crm.timeline.comment.update',
		params: { id: commentId, fields: { COMMENT: comment.text, ...attached(comment) } },
		repeatable: true,
	});
	return { commentId, outcome: 'updated' };
};

/** Of two comments that say the same the first stays. @returns the one that stays */
const withoutTwin = async (
	client: Caller,
	said: readonly Said[],
	own: number,
	{ text }: Comment,
): Promise<number> => {
	const twin = twinOf(said, own, text);
	if (twin === undefined) return own;
	await settled(async () => await client.call(unsaying(own)));
	return twin;
};

/** @param card whether the card exists */
const writeAs = async (
	client: Caller,
	type: string,
	comment: Comment,
	card: Promise<Settled<void>>,
): Promise<Commented> => {
	const { once, text } = comment;
	const said = once ? await read(client, type, comment) : [];
	const missing = (await card).error;
	if (missing) throw missing;
	const existing = saying(said, text);
	if (existing !== undefined) {
		return await keep(client, await withoutTwin(client, said, existing, comment), comment);
	}
	const { value, error } = await settled(async () => await add(client, type, comment));
	if (error && !(error instanceof UnknownOutcome)) throw error;
	const written = value ?? saying(await read(client, type, comment), text);
	const own = written ?? (await add(client, type, comment));
	if (!once) return { commentId: own, outcome: 'created' };
	/** Another run may have said the same since the timeline was looked at. */
	const now = await settled(async () => await read(client, type, comment));
	const stays = await withoutTwin(client, now.value ?? [], own, comment);
	return stays === own
		? { commentId: own, outcome: 'created' }
		: await keep(client, stays, comment);
};

/**
 * Bitrix24 takes a comment for a card that does not exist, and nobody ever sees it
 * [https://github.com/bitrix-tools/b24-rest-docs/commit/b234fe9913469f6e194affd8fa9d130663972579].
 */
const checkCard = async (client: Caller, { entity, id }: Comment): Promise<void> => {
	await client.call(itemGet({ entityTypeId: ENTITY_TYPE_IDS[entity], id }));
};

/**
 * The card is read together with its timeline.
 * @throws Refusal when the card does not exist
 */
export const writeComment = async (client: Caller, comment: Comment): Promise<Commented> => {
	const card = settled(async () => await checkCard(client, comment));
	const [first, ...others] = ENTITY_TYPES[comment.entity];
	let tried = await settled(async () => await writeAs(client, first, comment, card));
	for (const type of others) {
		if (!(tried.error instanceof Refusal) || (await card).error) break;
		tried = await settled(async () => await writeAs(client, type, comment, card));
	}
	if (tried.error) throw tried.error;
	return tried.value;
};

/** What was said last in the timelines of deals, the newest first; at most a page of each. */
export const lastSaid = async (
	client: Bitrix24Client,
	dealIds: readonly number[],
): Promise<Map<number, Array<{ text: string; at: string }>>> => {
	const answers = await client.batch(dealIds.map((id) => saidCommand(DEAL_TIMELINE, id)));
	return new Map(
		dealIds.map((id, index) => {
			const said = optional(answers[index], saidListSchema) ?? [];
			return [id, said.map(({ COMMENT, CREATED }) => ({ text: words(COMMENT), at: CREATED }))];
		}),
	);
};

const wholeCommentsSchema = z.array(z.record(z.unknown()));

/** A list under a wrong name is empty, not refused: all names are asked. */
export const listComments = async (
	client: Caller,
	entity: string,
	entityTypeId: number,
	id: number,
	limit?: number,
): Promise<Array<Record<string, unknown>>> => {
	const types = ENTITY_TYPES[entity] ?? [
		entityTypeId < FIRST_PROCESS ? entity : `dynamic_${entityTypeId}`,
	];
	for (const type of types) {
		const comments = await readPages(
			client,
			{
				method: 'crm.timeline.comment.list',
				params: { filter: { ENTITY_TYPE: type, ENTITY_ID: id }, order: { ID: 'DESC' } },
			},
			({ result }) => wholeCommentsSchema.parse(result),
			limit,
		);
		if (comments.length > 0) return comments;
	}
	return [];
};
