/** A person of the portal, by the token that the portal hands to a frame it opens [Bitrix24 docs, widgets]. */
import { z } from 'zod';
import type { Clock, Http } from '../../shared/http';
import { Bitrix24Client } from '../rest/client';
import { DEAL } from '../rest/entityTypes';
import { itemGet } from '../rest/items';
import { optional, required } from '../rest/reply';
import { itemOf } from '../deals/schemas';

/** Tokens of people go as the parameter `auth` among the others. */
const withToken =
	(http: Http, token: string): Http =>
	async (request) => {
		const params = JSON.parse(request.body ?? '{}') as Record<string, unknown>;
		return await http({ ...request, body: JSON.stringify({ ...params, auth: token }) });
	};

/** @param http reaches the REST of the portal without any credential of the exchange */
export const visitorClient = (
	portal: string,
	http: Http,
	token: string,
	clock: Clock,
): Bitrix24Client => new Bitrix24Client(portal, withToken(http, token), clock);

export interface Visitor {
	user: number;
	/** `client_id` of the application the token was given to; empty when the portal does not tell. */
	application: string;
}

const profileSchema = z.object({ ID: z.coerce.number().int() });
const applicationSchema = z.object({ CODE: z.string() });

/** Who holds the token, and whether the portal shows them this deal: it refuses when it does not. */
export const readVisitor = async (client: Bitrix24Client, deal: number): Promise<Visitor> => {
	const [card, profile, application] = await client.batch([
		itemGet({ entityTypeId: DEAL, id: deal }),
		{ method: 'profile' },
		{ method: 'app.info' },
	]);
	required(card, itemOf(z.object({ id: z.literal(deal) })));
	return {
		user: required(profile, profileSchema).ID,
		application: optional(application, applicationSchema)?.CODE ?? '',
	};
};
