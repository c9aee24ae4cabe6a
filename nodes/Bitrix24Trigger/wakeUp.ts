/** The outgoing webhook of Bitrix24: who calls, and about which deal. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { parse as parseForm } from 'qs-esm';
import { z } from 'zod';

/** Form-encoded, nested by brackets; whatever else comes is not read [Bitrix24 docs, events]. */
const bodySchema = z.object({
	event: z.string(),
	data: z.object({ FIELDS: z.object({ ID: z.coerce.number().int().positive() }) }),
	auth: z.object({ application_token: z.string() }),
});

/** The token is looked at by itself first, so that a caller without one learns nothing about the rest. */
const tokenSchema = z.object({ auth: z.object({ application_token: z.string().min(1) }) });

/** n8n hands a form over with its keys as they were sent, such as `data[FIELDS][ID]`; qs makes them one tree. */
const treeOf = (body: unknown): unknown =>
	typeof body === 'object' && body !== null ? parseForm(body as Record<string, string>) : {};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compared in constant time, and by digests, so that not even the length shows. */
export const isGenuine = (body: unknown, token: string): boolean => {
	const sent = tokenSchema.safeParse(treeOf(body));
	if (!token || !sent.success) return false;
	return timingSafeEqual(digest(sent.data.auth.application_token), digest(token));
};

/** The deal an event is about; null for events of other things. */
export const dealOf = (body: unknown): number | null => {
	const parsed = bodySchema.safeParse(treeOf(body));
	if (!parsed.success || !/^ONCRMDEAL(ADD|UPDATE)$/i.test(parsed.data.event)) return null;
	return parsed.data.data.FIELDS.ID;
};
