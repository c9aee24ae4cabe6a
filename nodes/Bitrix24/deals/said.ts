/**
 * What the timeline of a card says. The subject of a comment is its text before the first colon: news may go to and fro
 * («оплачено 100», «оплачено 0», «оплачено 100»), and a complaint is not repeated because somebody wrote something else
 * in between.
 */
import { z } from 'zod';
import type { Command } from '../rest/client';

const saidSchema = z.object({
	ID: z.coerce.number(),
	COMMENT: z.string().catch(''),
	CREATED: z.string().catch(''),
});
export type Said = z.output<typeof saidSchema>;

/** Newest first, at most a page. */
export const saidListSchema = z.array(saidSchema);

export const saidCommand = (entityType: string, id: number): Command => ({
	method: 'crm.timeline.comment.list',
	params: {
		filter: { ENTITY_TYPE: entityType, ENTITY_ID: id },
		select: ['ID', 'COMMENT', 'CREATED'],
		order: { ID: 'DESC' },
	},
});

/** The portal may turn line breaks and quotes into entities; words are compared, not markup. */
export const words = (text: string): string =>
	text
		.replace(/&(quot|amp|lt|gt|nbsp|#039);/g, ' ')
		.replace(/[\s"'<>&\u00a0]+/g, ' ')
		.trim();

const subjectOf = (text: string): string => words(text).split(':')[0];

/** What was said last on the subject of a text. */
export const lastOnSubject = <S extends Pick<Said, 'COMMENT'>>(
	said: readonly S[],
	text: string,
): S | undefined => said.find(({ COMMENT }) => subjectOf(COMMENT) === subjectOf(text));

/** The comment that says a text already, when it was the last on its subject. */
export const saying = (said: readonly Said[], text: string): number | undefined => {
	const last = lastOnSubject(said, text);
	return last && words(last.COMMENT) === words(text) ? last.ID : undefined;
};

/** The comment of another run that said the same just before our own did. */
export const twinOf = (said: readonly Said[], own: number, text: string): number | undefined =>
	saying(
		said.filter(({ ID }) => ID < own),
		text,
	);

/** What was said last on the subject of a text, and the younger comments that only repeat it. */
export const lastNews = (
	said: readonly Said[],
	text: string,
): { text: string; repeated: number[] } => {
	const last = lastOnSubject(said, text)?.COMMENT ?? '';
	const repeated: number[] = [];
	for (let own = saying(said, last); own !== undefined; ) {
		const twin = twinOf(said, own, last);
		if (twin !== undefined) repeated.push(own);
		own = twin;
	}
	return { text: last, repeated };
};

export const unsaying = (id: number): Command => ({
	method: 'crm.timeline.comment.delete',
	params: { id },
	repeatable: true,
});
