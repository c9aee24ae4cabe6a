/**
 * What CoMagic answers, and how a refusal is told to a person.
 *
 * An error may come with HTTP status 200, and several errors share a code: only the mnemonic tells them apart
 * [CoMagic docs, Data API, errors].
 */
import { z } from 'zod';
import { Problem } from '../exchange/problem';
import { UnknownOutcome, type HttpResponse } from '../shared/http';
import { withoutFullStop } from '../exchange/plainText';

const limitsSchema = z.object({
	day_limit: z.number(),
	day_remaining: z.number(),
	day_reset: z.number(),
	minute_limit: z.number(),
	minute_remaining: z.number(),
	minute_reset: z.number(),
});

/** Points left, and seconds until they come back. */
export type Limits = z.output<typeof limitsSchema>;

const metadataSchema = z
	.object({
		total_items: z.number().optional().catch(undefined),
		limits: limitsSchema.optional().catch(undefined),
	})
	.passthrough();

const errorSchema = z.object({
	code: z.number().catch(0),
	message: z.string().catch(''),
	data: z
		.object({
			mnemonic: z.string().catch(''),
			field: z.string().nullish().catch(null),
			params: z.record(z.unknown()).nullish().catch(null),
			metadata: metadataSchema.nullish().catch(null),
		})
		.catch({ mnemonic: '' }),
});

/** Samples of get.account and get.sites call the metadata `meta_data`, all others `metadata`. */
const resultSchema = z.object({
	data: z.unknown(),
	metadata: metadataSchema.optional(),
	meta_data: metadataSchema.optional(),
});

const answerSchema = z.object({ result: resultSchema.optional(), error: errorSchema.optional() });

export interface Answer {
	data: unknown;
	total?: number;
	limits?: Limits;
}

export const REMEDIES: Record<string, string> = {
	auth_error: 'Check the login and the password in the credential.',
	access_token_invalid:
		'Check the API key in the credential, and that its service is the right one.',
	access_token_expired:
		'The API key has run out: issue another one and put it into the credential.',
	access_token_blocked: 'The API key is blocked: unblock it in the account or issue another one.',
	ip_not_whitelisted:
		'Allow the address of n8n: Администратор → Аккаунт → Правила и настройки безопасности → API.',
	forbidden: 'Give the user of the credential the right for this in the account.',
	method_component_disabled: 'The tariff of the account lacks this option; order it at CoMagic.',
	account_inactive: 'The account is switched off; CoMagic support can tell why.',
	entity_not_found: 'Check the ID.',
	date_interval_limit_reached: 'Ask for three months at most.',
	invalid_date_time:
		'A time must not be in the future, nor before the one of the stage uploaded last.',
	filter_prohibited: 'This column cannot be filtered by.',
	sort_prohibited: 'This column cannot be sorted by.',
	limit_exceeded: 'Too many requests in a minute; other programs of the account count too.',
	unexpected_parameters: 'Check the names of columns and parameters.',
};

const DAY_OVER =
	'The points of the day are used up and come back at midnight. Poll more rarely, or ask CoMagic for a higher limit.';

type Failure = z.output<typeof errorSchema>;

/** Waiting for the next minute does not help then. */
const isDayOver = ({ data: { mnemonic, metadata, params } }: Failure): boolean =>
	mnemonic === 'limit_exceeded' &&
	(metadata?.limits?.day_remaining === 0 || params?.limit_type === 'day');

/** CoMagic understood the request and refused it. The value it names stays away: it may be a secret. */
export class Refusal extends Problem {
	override name = 'Refusal';
	readonly mnemonic: string;
	readonly isDayOver: boolean;
	readonly limits?: Limits;

	constructor(method: string, failure: Failure) {
		const { mnemonic, field, metadata } = failure.data;
		const what = withoutFullStop(failure.message) || 'no reason given';
		const where = field ? `, ${field}` : '';
		super(
			`CoMagic refused ${method}: ${what} (${mnemonic || failure.code}${where}).`,
			isDayOver(failure) ? DAY_OVER : REMEDIES[mnemonic],
		);
		this.mnemonic = mnemonic;
		this.isDayOver = isDayOver(failure);
		this.limits = metadata?.limits;
	}
}

const jsonOf = (text: string): unknown => {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
};

/** @returns the answer, or the problem it stands for */
export const readAnswer = (method: string, { status, text }: HttpResponse): Answer | Problem => {
	const answer = answerSchema.safeParse(jsonOf(text));
	if (answer.success && answer.data.error) return new Refusal(method, answer.data.error);
	if (answer.success && answer.data.result) {
		const { data, metadata, meta_data: otherwise } = answer.data.result;
		const known = metadata ?? otherwise;
		return { data, total: known?.total_items, limits: known?.limits };
	}
	if (status >= 500) {
		return new UnknownOutcome(
			`CoMagic failed on ${method} with HTTP ${status} and no answer of its own.`,
			'Try again later.',
		);
	}
	return new Problem(
		`The address answered ${method} with HTTP ${status}, but not as CoMagic does.`,
		'Check the service and the address in the credential.',
	);
};
