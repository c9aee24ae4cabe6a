/** What node parameters of the same meaning hold, whichever system the node talks to. */
import { z } from 'zod';

/** A text as typed or as an expression gives it; nothing is an empty one, and an object or a list is none. */
export const textSchema = z
	.union([z.string(), z.number(), z.boolean()], { message: 'must be text' })
	.nullish()
	.transform((value) => String(value ?? '').trim());

export const requiredText = textSchema.pipe(z.string().min(1, 'is empty'));

/** A JSON parameter: an object or a list from an expression, or its text as typed. */
export const jsonSchema = z.unknown().transform((value, context) => {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value.trim() || '{}') as unknown;
	} catch {
		context.addIssue({ code: 'custom', message: 'is not valid JSON' });
		return z.NEVER;
	}
});

export const objectSchema = jsonSchema.pipe(
	z.record(z.unknown(), { message: 'must be a JSON object' }),
);

const NO_NUMBER = 'must be a number';

/**
 * A number as typed or as an expression gives it. Nothing else passes for one: JavaScript itself would make 1 of true, 7
 * of [7] and 0 of an empty field.
 */
export const numberSchema = z
	.union(
		[
			z.number(),
			z
				.string()
				.trim()
				.regex(/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i, NO_NUMBER),
		],
		{
			message: NO_NUMBER,
		},
	)
	.transform(Number)
	.pipe(z.number().finite());

export const wholeNumberSchema = numberSchema.pipe(z.number().int().safe('is too large'));

export const idSchema = wholeNumberSchema.pipe(z.number().positive('must be above zero'));

/** An ID that may be left out. */
export const optionalIdSchema = z.preprocess(
	(value) => (value === undefined || value === '' ? null : value),
	idSchema.nullable(),
);

/** Moments of n8n's expressions are objects that say themselves what they are in JSON. */
const isPlain = (value: unknown): boolean =>
	typeof value !== 'object' || value === null || Array.isArray(value) || 'toJSON' in value;

/** What is typed into one field of a card: a value, or a list of them where it holds many. */
export const fieldValueSchema = z
	.unknown()
	.refine(isPlain, 'must be a value or a list of values, not an object');
