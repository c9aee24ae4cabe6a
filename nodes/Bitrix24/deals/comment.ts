/**
 * Comments in the timeline, said once: what was said last on a subject is not said again. The subject is the text
 * before the first colon, so that news may go to and fro («оплачено 100», «оплачено 0», «оплачено 100») and a
 * complaint is not repeated because somebody wrote something else in between.
 */
import { z } from 'zod';
import { UnknownOutcome } from '../../shared/http';
import { settled } from '../../shared/settled';
import { Refusal } from '../rest/answer';
import { FIRST_PROCESS } from '../rest/entityTypes';
import type { Bitrix24Client } from '../rest/client';
import type { Caller } from '../rest/gather';
import { readPages } from '../rest/pages';
import { optional } from '../rest/reply';

/**
 * `ENTITY_TYPE` of comments. The documentation names none for smart invoices, and public code knows three,
 * so they are tried in this order.
 */
const ENTITY_TYPES: Record<string, string[]> = {
	deal: ['deal'],
	company: ['company'],
	contact: ['contact'],
	lead: ['lead'],
	invoice: ['dynamic_31', 'smart_invoice', 'crm_31'],
};

export const COMMENTED = Object.keys(ENTITY_TYPES);

const commentsSchema = z.array(z.object({ ID: z.coerce.number(), COMMENT: z.string().catch('') }));

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

/** The portal may turn line breaks and quotes into entities; words are compared, not markup. */
const words = (text: string): string =>
	text
		.replace(/&(quot|amp|lt|gt|nbsp|#039);/g, ' ')
		.replace(/[\s"'<>&\u00a0]+/g, ' ')
		.trim();

const subjectOf = (text: string): string => words(text).split(':')[0];

const find = async (
	client: Caller,
	type: string,
	{ id, text }: Comment,
): Promise<number | undefined> => {
	const result = await client.call({
		method: 'crm.timeline.comment.list',
		params: {
			filter: { ENTITY_TYPE: type, ENTITY_ID: id },
			select: ['ID', 'COMMENT'],
			order: { ID: 'DESC' },
		},
	});
	const last = commentsSchema
		.parse(result)
		.find(({ COMMENT }) => subjectOf(COMMENT) === subjectOf(text));
	return last && words(last.COMMENT) === words(text) ? last.ID : undefined;
};

const attached = ({ files }: Comment): { FILES?: Array<[string, string]> } =>
	files ? { FILES: files } : {};

const add = async (client: Caller, type: string, comment: Comment): Promise<number> => {
	const { id, text } = comment;
	const fields = { ENTITY_TYPE: type, ENTITY_ID: id, COMMENT: text, ...attached(comment) };
	return z.coerce.number().parse(
		await client.call({
			method: 'crm.timeline.comment.add',
			params: { fields },
			repeatable: false,
		}),
	);
};

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

const writeAs = async (client: Caller, type: string, comment: Comment): Promise<Commented> => {
	const existing = comment.once ? await find(client, type, comment) : undefined;
	if (existing !== undefined) return await keep(client, existing, comment);
	const { value, error } = await settled(async () => await add(client, type, comment));
	if (value !== undefined) return { commentId: value, outcome: 'created' };
	if (!(error instanceof UnknownOutcome)) throw error;
	const written = await find(client, type, comment);
	return { commentId: written ?? (await add(client, type, comment)), outcome: 'created' };
};

export const writeComment = async (client: Caller, comment: Comment): Promise<Commented> => {
	const [first, ...others] = ENTITY_TYPES[comment.entity];
	let tried = await settled(async () => await writeAs(client, first, comment));
	for (const type of others) {
		if (!(tried.error instanceof Refusal)) break;
		tried = await settled(async () => await writeAs(client, type, comment));
	}
	if (tried.error) throw tried.error;
	return tried.value;
};

const saidSchema = z.array(z.object({ COMMENT: z.string().catch(''), CREATED: z.string() }));

/** What was said last in the timelines of deals, the newest first; at most a page of each. */
export const lastSaid = async (
	client: Bitrix24Client,
	dealIds: readonly number[],
): Promise<Map<number, Array<{ text: string; at: string }>>> => {
	const answers = await client.batch(
		dealIds.map((id) => ({
			method: 'crm.timeline.comment.list',
			params: {
				filter: { ENTITY_TYPE: ENTITY_TYPES.deal[0], ENTITY_ID: id },
				select: ['ID', 'COMMENT', 'CREATED'],
				order: { ID: 'DESC' },
			},
		})),
	);
	return new Map(
		dealIds.map((id, index) => {
			const said = optional(answers[index], saidSchema) ?? [];
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
