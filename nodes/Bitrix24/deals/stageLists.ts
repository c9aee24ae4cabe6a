/**
 * The stages of many pipelines at once. `crm.status.list` has no pages and gives all books when it is asked for none
 * [dev.1c-bitrix.ru, crm.status.list], so nobody has to know the pipelines of the cards before asking.
 */
import { z } from 'zod';
import type { Stage } from '../../exchange/stage';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { required } from '../rest/reply';
import { DEAL, SMART_INVOICE } from '../rest/entityTypes';
import type { Deal, SmartInvoice } from './schemas';
import { readStages, stageListOf, stagesCommand } from './stages';

export const allStagesCommand: Command = {
	method: 'crm.status.list',
	params: { order: { SORT: 'ASC' } },
};

/** The lists with the stages of a deal and of its invoice. */
export const stageListsOf = (deal: Deal, invoice: SmartInvoice | null): string[] => [
	stageListOf(DEAL, deal.categoryId),
	...(invoice ? [stageListOf(SMART_INVOICE, invoice.categoryId)] : []),
];

/** @returns the stages of each list; a list that is not among all of them is asked about by its name */
export const stagesByList = async (
	client: Bitrix24Client,
	all: Reply,
	lists: string[],
): Promise<Map<string, Stage[]>> => {
	const answer = required(all, z.unknown());
	const known = new Map(lists.map((list) => [list, readStages(answer, list)]));
	const missing = [...known].flatMap(([list, stages]) => (stages.length === 0 ? [list] : []));
	const replies = await client.batch(missing.map(stagesCommand));
	missing.forEach((list, index) => {
		known.set(list, readStages(required(replies[index], z.unknown()), list));
	});
	return known;
};
