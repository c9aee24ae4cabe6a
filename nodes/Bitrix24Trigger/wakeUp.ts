/** A call of Bitrix24: who calls, and about what. */
import { createHash, createHmac } from 'node:crypto';
import { parse as parseForm } from 'qs-esm';
import { z } from 'zod';
import { toCrmEvent, type CrmEvent } from './crmEvent';

/** Form-encoded, nested by brackets; whatever else comes is not read [Bitrix24 docs, events]. */
const callSchema = z.object({
	event: z.string().min(1),
	data: z.unknown(),
	/** Seconds since 1970, in ten digits until the year 2286. */
	ts: z.coerce.number().int().positive().max(9_999_999_999),
});

/** What a caller proves itself by; looked at first, so that one without it learns nothing about the rest. */
const callerSchema = z.object({
	auth: z.object({
		application_token: z.string().min(1),
		member_id: z.string().catch(''),
	}),
});

export interface Caller {
	token: string;
	memberId: string;
}

/** n8n hands a form over with its keys as they were sent, such as `data[FIELDS][ID]`; qs makes them one tree. */
const treeOf = (body: unknown): unknown =>
	typeof body === 'object' && body !== null ? parseForm(body as Record<string, string>) : {};

export const callerOf = (body: unknown): Caller | null => {
	const parsed = callerSchema.safeParse(treeOf(body));
	if (!parsed.success) return null;
	const { application_token: token, member_id: memberId } = parsed.data.auth;
	return { token, memberId };
};

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The token of an application's events is told to nobody before the first event. So the address the portal is given
 * holds a key that only the portal and whoever knows the application's secret can know.
 */
export const addressKey = (clientSecret: string, nodeId: string): string =>
	createHmac('sha256', clientSecret).update(nodeId).digest('hex');

export const eventOf = (body: unknown): CrmEvent | null => {
	const parsed = callSchema.safeParse(treeOf(body));
	if (!parsed.success) return null;
	const { event, data, ts } = parsed.data;
	return toCrmEvent(event, data, new Date(ts * 1000));
};

/** Moves to another pipeline are told to applications only [Bitrix24 docs, onCrmDealMoveToCategory]. */
const CHANGES = ['add', 'update', 'movetocategory'];

/** The deal whose needs may have changed; null for events of other things. */
export const changedDeal = ({ dealId, action }: CrmEvent): number | null =>
	dealId !== undefined && CHANGES.includes(action) ? dealId : null;
