/**
 * Somebody got in touch: the fact between CoMagic, which saw it, and Bitrix24, where a lead is made of it.
 * Unknown texts are empty, because sources leave out what they do not know.
 */
import { z } from 'zod';
import { kindSchema } from './contactKind';
import { emailsIn, phoneIdentity } from './identity';

const text = z
	.union([z.string(), z.number()])
	.nullish()
	.transform((value) => String(value ?? '').trim());

export const UTM = ['source', 'medium', 'campaign', 'content', 'term'] as const;

const utmSchema = z
	.object({ source: text, medium: text, campaign: text, content: text, term: text })
	.partial()
	.nullish()
	.transform((utm) => ({ source: '', medium: '', campaign: '', content: '', term: '', ...utm }));

/** What a contact may come with; whatever else an item has is not looked at. */
export const contactSchema = z.object({
	kind: kindSchema,
	/** `communication_type`; ids are unique only within a type. */
	type: z.string().regex(/^[a-z_]{1,30}$/, 'must be a type such as call'),
	communicationId: z.coerce.number().int().positive('must be above zero'),
	/** ISO 8601. */
	time: text,
	/** E.164, with #12 after it where there is an extension. */
	phone: text.transform((phone) => phoneIdentity(phone) ?? ''),
	email: text.transform((email) => emailsIn(email).at(0) ?? ''),
	name: text,
	text,
	/** Whether nobody answered; null while that is open, or where it means nothing. */
	lost: z.boolean().nullish().catch(null),
	recordUrl: text.transform((url) => (/^https?:\/\/\S+$/.test(url) ? url : '')),
	site: text,
	campaign: text,
	channel: text,
	utm: utmSchema,
	page: text,
	visitorId: text,
	sessionId: text,
});

export type Contact = z.output<typeof contactSchema>;

/** One key for whatever is known of the same communication, from whichever way it came. */
export const contactKey = ({ type, communicationId }: Contact): string =>
	`${type}:${communicationId}`;
