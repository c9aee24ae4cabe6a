import { z } from 'zod';
import { Problem } from '../../../exchange/problem';
import type { ItemOperation } from '../../../shared/operation';
import type { Bitrix24Client } from '../../rest/client';
import { optional, required } from '../../rest/reply';

/** An inbound webhook is answered with its scopes and the plan alone [b24phpsdk, tests]. */
const applicationSchema = z.object({ ID: z.coerce.number(), CODE: z.string().min(1) });

const infoSchema = z.object({
	ID: z.coerce.number(),
	STATUS: z.string(),
	INSTALLED: z.union([z.boolean(), z.string()]),
	LICENSE: z.string().nullish(),
	LANGUAGE_ID: z.string().nullish(),
});

const isApplication = (info: unknown): boolean => applicationSchema.safeParse(info).success;

const featureSchema = z.object({ value: z.string() });

const feature = (code: string) => ({ method: 'feature.get', params: { CODE: code } });

export const getInfo: ItemOperation<Bitrix24Client> = {
	value: 'getInfo',
	name: 'Get Info',
	action: 'Get info about the application',
	description: 'Whether it is installed, its scopes, and what the plan of the portal allows it',
	properties: [],
	async forEach(client) {
		const [info, scopes, queue, names] = await client.batch([
			{ method: 'app.info' },
			{ method: 'scope' },
			feature('rest_offline_extended'),
			feature('rest_auth_connector'),
		]);
		if (!isApplication(required(info, z.unknown()))) {
			throw new Problem(
				'Get Info is refused to an inbound webhook: the portal tells it nothing of an application.',
				'Choose a Bitrix24 OAuth2 API credential in the node.',
			);
		}
		const { ID, STATUS, INSTALLED, LICENSE, LANGUAGE_ID } = required(info, infoSchema);
		return {
			id: ID,
			status: STATUS,
			installed: INSTALLED === true || INSTALLED === 'Y',
			license: LICENSE ?? '',
			language: LANGUAGE_ID ?? '',
			scopes: optional(scopes, z.array(z.string())) ?? [],
			eventQueue: optional(queue, featureSchema)?.value === 'Y',
			queueNames: optional(names, featureSchema)?.value === 'Y',
		};
	},
};
