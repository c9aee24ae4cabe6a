/** Who is let in: a frame that the portal opens, whoever holds a link to a deal, and the page they were given. */
import { z } from 'zod';
import { openPass, sealPass, type Claims } from '../Bitrix24/picker/pass';
import { readVisitor } from '../Bitrix24/picker/visitor';
import { isSameSecret } from '../shared/secret';
import { settled } from '../shared/settled';
import { UnknownOutcome } from '../shared/http';
import type { Desk } from './connect';
import { denialFrom, expired, forbidden } from './denial';
import type { VisitJson } from './wire';

/** The token of a person lives for an hour [Bitrix24 docs, OAuth], and so does the page. */
const LONGEST_VISIT = 3_600_000;

const optionsSchema = z.object({ ID: z.coerce.number().int().positive() });

/** The portal writes PLACEMENT_OPTIONS as JSON. */
const dealSchema = z.string().transform((text, context) => {
	const json = ((): unknown => {
		try {
			return JSON.parse(text) as unknown;
		} catch {
			return null;
		}
	})();
	const options = optionsSchema.safeParse(json);
	if (options.success) return options.data.ID;
	context.addIssue({ code: 'custom', message: 'names no deal' });
	return z.NEVER;
});

/** Half of it stands in the address and half in the body [Bitrix24 docs, widgets]. */
const openingSchema = z.object({
	DOMAIN: z.string(),
	APP_SID: z
		.string()
		.regex(/^[\w-]*$/)
		.catch(''),
	AUTH_ID: z.string().min(1),
	AUTH_EXPIRES: z.coerce.number().positive().catch(3600),
	APPLICATION_TOKEN: z.string().catch(''),
	member_id: z.string().catch(''),
	PLACEMENT: z.string().regex(/^CRM_DEAL_/),
	PLACEMENT_OPTIONS: dealSchema,
});

/** Cheap checks first: whatever the credential knows of the sender has to be right. */
const checkSender = (
	{ door, portal }: Desk,
	{ DOMAIN, APPLICATION_TOKEN, member_id }: z.output<typeof openingSchema>,
): void => {
	const isOurs =
		DOMAIN.toLowerCase() === portal.toLowerCase() &&
		(!door.frameToken || isSameSecret(APPLICATION_TOKEN, door.frameToken)) &&
		(!door.memberId || isSameSecret(member_id, door.memberId));
	if (!isOurs) throw forbidden();
};

/**
 * What is posted here may come from anybody, so nothing of it is believed: the portal is the one of the credential,
 * and it is asked who holds the token and whether they may see the deal.
 */
export const admitFrame = async (desk: Desk, posted: unknown): Promise<VisitJson> => {
	const opening = openingSchema.safeParse(posted);
	if (!opening.success) throw forbidden();
	const { AUTH_ID: token, PLACEMENT_OPTIONS: deal, APP_SID: sid } = opening.data;
	checkSender(desk, opening.data);
	const asked = await settled(async () => await readVisitor(desk.visitor(token), deal));
	if (asked.error instanceof UnknownOutcome) throw denialFrom(asked.error);
	if (asked.error) throw forbidden();
	const { user, application } = asked.value;
	const { clientId, passKey } = desk.door;
	/** A token that was given to another application of the portal opens nothing here. */
	if (clientId && application !== clientId) throw forbidden();
	const until = desk.now() + Math.min(LONGEST_VISIT, opening.data.AUTH_EXPIRES * 1000);
	const { portal, origin } = desk;
	return {
		pass: sealPass(passKey, { kind: 'visit', portal, deal, user, until, token }),
		deal,
		by: 'frame',
		frame: { origin, sid },
	};
};

const opened = (desk: Desk, pass: string, kind: Claims['kind']): Claims => {
	const claims = openPass(desk.door.passKey, pass);
	if (!claims || claims.kind !== kind || claims.portal !== desk.portal) throw forbidden();
	if (claims.until <= desk.now()) throw expired();
	return claims;
};

/** A link opens the page again and again until it runs out; each page lasts no longer than any other. */
export const admitLink = (desk: Desk, pass: string): VisitJson => {
	const { deal, until, portal, user } = opened(desk, pass, 'link');
	const visit = { portal, deal, user, until: Math.min(until, desk.now() + LONGEST_VISIT) };
	return {
		pass: sealPass(desk.door.passKey, { kind: 'visit', ...visit }),
		deal,
		by: 'link',
		frame: null,
	};
};

export const admitPage = (desk: Desk, authorization: string): Claims =>
	opened(desk, authorization.replace(/^Bearer\s+/i, ''), 'visit');
