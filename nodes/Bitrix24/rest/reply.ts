/** Reading the replies of a batch. */
import type { z } from 'zod';
import { UnknownOutcome } from '../../shared/http';
import type { Reply } from './client';

/** A reply that may be refused because the thing is not there, such as the company of a deal without one. */
export const optional = <Schema extends z.ZodTypeAny>(
	reply: Reply,
	schema: Schema,
): z.output<Schema> | null => {
	if ('problem' in reply) return null;
	const parsed = schema.safeParse(reply.value);
	return parsed.success ? (parsed.data as z.output<Schema>) : null;
};

export const required = <Schema extends z.ZodTypeAny>(
	reply: Reply,
	schema: Schema,
): z.output<Schema> => {
	if ('problem' in reply) throw reply.problem;
	return schema.parse(reply.value) as z.output<Schema>;
};

/** The answer was lost: the command may or may not have been carried out. */
export const isLost = (reply: Reply): boolean =>
	'problem' in reply && reply.problem instanceof UnknownOutcome;
