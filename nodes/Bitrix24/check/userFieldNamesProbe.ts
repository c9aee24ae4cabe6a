/** What the portal does with the names of user fields: which of the three kinds of portals the client meets here. */
import { z } from 'zod';
import type { Finding, Probe } from '../../exchange/connectionReport';
import { probed } from '../../shared/probing';
import type { Bitrix24Client, Command } from '../rest/client';
import { COMPANY, CONTACT, DEAL, LEAD } from '../rest/entityTypes';
import { itemFields } from '../rest/items';
import { optional } from '../rest/reply';
import { explainPortal } from './portalRefusal';

/** The first version whose crm.item.* take original names [github.com/bitrix-tools/b24-rest-docs, crm/universal/index.md]. */
const OLDEST_VERSION = '25.0.0';

/** Bypasses the way the nodes ask for lists, to see what the portal makes of a selection. */
const selection: Command = {
	method: 'crm.item.list',
	params: { entityTypeId: DEAL, select: ['id'], useOriginalUfNames: 'Y', start: -1 },
};

const listSchema = z.object({ items: z.array(z.unknown()) });
const wholeSchema = z.object({ id: z.coerce.number() });

export const userFieldNamesProbe = async (client: Bitrix24Client): Promise<Probe> =>
	await probed(
		'userFieldNames',
		'Имена пользовательских полей',
		async (): Promise<Finding> => {
			await client.batch([DEAL, COMPANY, CONTACT, LEAD].map(itemFields));
			const knows = client.knowsOriginalNames;
			const facts = { knowsOriginalNames: knows ?? null, oldestVersion: OLDEST_VERSION };
			if (knows === undefined)
				return { state: 'ok', found: 'пользовательских полей еще нет, проверить не на чем', facts };
			if (!knows) {
				return {
					state: 'warning',
					found: 'портал пишет их только в camelCase (ufCrm_…), обмен переводит имена сам',
					cause: `Модуль crm коробочного портала старше ${OLDEST_VERSION} и не знает параметра useOriginalUfNames`,
					remedy: `Обновите модуль crm до ${OLDEST_VERSION} или новее: это самая старая версия, с которой все работает без перевода имен`,
					facts,
				};
			}
			const [reply] = await client.batch([selection]);
			const first = optional(reply, listSchema)?.items.at(0);
			const known = `исходные (UF_CRM_…), модуль crm не старше ${OLDEST_VERSION}`;
			if (first === undefined)
				return {
					state: 'ok',
					found: `${known}; сделок нет, выборку полей проверить не на чем`,
					facts,
				};
			const cutsSelection = !wholeSchema.safeParse(first).success;
			return {
				state: 'ok',
				found: cutsSelection
					? `${known}; из выбранных полей портал отдает только пользовательские, поэтому обмен читает карточки целиком`
					: `${known}; выбранные поля портал отдает как есть`,
				facts: { ...facts, cutsSelection },
			};
		},
		explainPortal,
	);
