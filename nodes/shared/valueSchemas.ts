/** What node parameters of the same meaning hold, whichever system the node talks to. */
import { z } from 'zod';

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

export const idSchema = z.coerce
	.number({ message: 'must be a number' })
	.int()
	.positive('must be above zero');
