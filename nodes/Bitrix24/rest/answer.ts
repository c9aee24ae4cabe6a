/**
 * What Bitrix24 answers, and how a refusal is told to a person.
 *
 * A failure is recognised by the presence of `error`, not by its value: it may be an upper- or lower-case code,
 * a number, zero or an empty string [Bitrix24 docs, pages of the crm.* methods].
 */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { UnknownOutcome, type HttpResponse } from '../../shared/http';
import { remedyFor, russianRemedyFor } from './remedies';
import { withoutFullStop } from '../../exchange/plainText';

const errorSchema = z.object({
	error: z.union([z.string(), z.number()]).nullable(),
	error_description: z.string().nullish(),
});

/** Some lists of the catalogue stand beside `result` instead of in it [Bitrix24 docs, catalog.measure.list]. */
const answerSchema = z
	.object({
		result: z.unknown(),
		total: z.number().optional(),
		next: z.number().optional(),
	})
	.passthrough();

export type Answer = z.output<typeof answerSchema>;

/** Some texts are made for pages: lines end with `<br>` [recorded answers of crm.lead.add, bitrix24-php-sdk #59]. */
const withoutTags = (description: string): string =>
	description
		.replace(/<[^<>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();

/** Bitrix24 understood the request and refused it. */
export class Refusal extends Problem {
	override name = 'Refusal';

	/** In the language of the portal: to be shown, never to be compared. */
	readonly description: string;

	constructor(
		readonly method: string,
		readonly code: string,
		written: string,
	) {
		const said = withoutTags(written);
		const what = said || code || 'no reason given';
		const suffix = code && said ? ` (${code})` : '';
		super(
			`Bitrix24 refused ${method}: ${withoutFullStop(what)}${suffix}.`,
			remedyFor(code, method),
			`Битрикс24 отказал: «${withoutFullStop(what)}»${suffix}. ${russianRemedyFor(code, method)}`,
		);
		this.description = said;
	}
}

/** How Bitrix24 writes an error inside an answer or inside a batch. */
export const refusalFrom = (method: string, body: unknown): Refusal | null => {
	const failure = errorSchema.safeParse(body);
	if (!failure.success) return null;
	const { error, error_description: description } = failure.data;
	return new Refusal(method, String(error ?? ''), description ?? '');
};

const jsonOf = (text: string): unknown => {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
};

/** The path stays away: it may hold the secret of a webhook. */
const originOf = (location: string | undefined): string =>
	location !== undefined && URL.canParse(location) ? new URL(location).origin : 'another address';

/** @returns the answer, or the problem it stands for */
export const readAnswer = (
	method: string,
	{ status, text, location }: HttpResponse,
): Answer | Problem => {
	const body = jsonOf(text);
	const refusal = refusalFrom(method, body);
	if (refusal) return refusal;
	const answer = answerSchema.safeParse(body);
	if (status < 300 && answer.success) return answer.data;
	if (status >= 300 && status < 400) {
		return new Problem(
			`The portal redirects ${method} to ${originOf(location)}.`,
			'If the portal was renamed, put its new address into the credential. The redirect is not followed, so that no secret goes where nobody has checked.',
		);
	}
	if (status >= 500) {
		return new UnknownOutcome(
			`The portal failed on ${method} with HTTP ${status} and no Bitrix24 answer.`,
			'The exchange will look what became of it and try again.',
			`Портал ответил сбоем (HTTP ${status}). Обмен проверит, что получилось, и попробует снова сам.`,
		);
	}
	return new Problem(
		`The address answered ${method} with HTTP ${status}, but not as Bitrix24 does.`,
		'Check the inbound webhook URL in the credential.',
	);
};
