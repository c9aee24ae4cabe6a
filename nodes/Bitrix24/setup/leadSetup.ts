/** What the lead intake needs of a portal: its fields on leads and deals, and a source for chats if one is wanted. */
import { CHAT_SOURCE } from '../../exchange/leadRules';
import type { Bitrix24Client } from '../rest/client';
import { LEAD_FIELDS } from './leadFields';
import { existingSources, SOURCE_LIST } from '../leads/leadSources';
import { planFields, settlePlan, type Planned, type SetupStep } from './portalSetup';

const CHAT_NAME = 'Чат (CoMagic)';

const planSource = async (client: Bitrix24Client): Promise<Planned> => ({
	step: { kind: 'source', of: 'lead', id: CHAT_SOURCE, title: CHAT_NAME },
	add: {
		method: 'crm.status.add',
		params: { fields: { ENTITY_ID: SOURCE_LIST, STATUS_ID: CHAT_SOURCE, NAME: CHAT_NAME } },
	},
	exists: (await existingSources(client, [CHAT_SOURCE])).has(CHAT_SOURCE),
});

/** @param chatSource whether the portal's list of sources may get a new value */
export const setUpLeads = async (
	client: Bitrix24Client,
	chatSource: boolean,
	dryRun: boolean,
): Promise<SetupStep[]> => {
	const plan = async (): Promise<Planned[]> => [
		...(await planFields(client, 'lead', LEAD_FIELDS)),
		...(await planFields(client, 'deal', LEAD_FIELDS)),
		...(chatSource ? [await planSource(client)] : []),
	];
	return await settlePlan(client, plan, dryRun);
};
