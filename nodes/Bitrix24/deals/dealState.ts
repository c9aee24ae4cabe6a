/**
 * A deal as far as news from 1C concern it: its fields, its smart invoice, the stages of both, and what its timeline
 * says of 1C. Sixteen deals a request, where a whole card takes twice as many commands.
 */
import type { Problem } from '../../exchange/problem';
import type { Stage } from '../../exchange/stage';
import { NEWS } from '../../exchange/timeline';
import { chunks } from '../../shared/chunks';
import type { Bitrix24Client, Command, Reply } from '../rest/client';
import { required } from '../rest/reply';
import { DEAL_TIMELINE } from './comment';
import { dealCommand, invoicesCommand, shownInvoice } from './dealParts';
import { dealProblem } from './dealProblem';
import { lastNews, saidCommand, saidListSchema } from './said';
import { dealSchema, itemOf, type Deal, type SmartInvoice } from './schemas';
import { allStagesCommand, stageListsOf, stagesByList } from './stageLists';

interface Looked {
	deal: Deal;
	/** The smart invoice that shows the deal's 1C invoice. */
	invoice: SmartInvoice | null;
	/** What the timeline said last of 1C; empty when it has said nothing. */
	news: string;
	/** Comments that only repeat it: a run whose answer was lost does not know that another one had said it. */
	repeated: number[];
}

export interface DealState extends Looked {
	stages: Stage[];
	invoiceStages: Stage[];
}

const lookCommands = (dealId: number): Command[] => [
	dealCommand(dealId),
	invoicesCommand(dealId),
	saidCommand(DEAL_TIMELINE, dealId),
];

const LOOK_COMMANDS = 3;

/** A batch holds 50 commands, one of which asks for the stages. */
const DEALS_A_BATCH = Math.floor(49 / LOOK_COMMANDS);

const lookedAt = ([dealReply, invoices, said]: Reply[]): Looked => {
	const deal = required(dealReply, itemOf(dealSchema)).item;
	const { text, repeated } = lastNews(required(said, saidListSchema), `${NEWS}:`);
	return { deal, invoice: shownInvoice(deal, invoices), news: text, repeated };
};

/** A deal that cannot be read is a problem of its own. */
export const readDealStates = async (
	client: Bitrix24Client,
	dealIds: number[],
): Promise<Map<number, DealState | Problem>> => {
	const states = new Map<number, DealState | Problem>();
	const looked: Looked[] = [];
	let stages: Reply = { value: [] };
	for (const ids of chunks([...new Set(dealIds)], DEALS_A_BATCH)) {
		const replies = await client.batch([allStagesCommand, ...ids.flatMap(lookCommands)]);
		[stages] = replies;
		for (const [index, id] of ids.entries()) {
			const own = replies.slice(1 + index * LOOK_COMMANDS, 1 + (index + 1) * LOOK_COMMANDS);
			try {
				looked.push(lookedAt(own));
			} catch (error) {
				states.set(id, dealProblem(id, error));
			}
		}
	}
	const lists = new Set(looked.flatMap(({ deal, invoice }) => stageListsOf(deal, invoice)));
	if (lists.size === 0) return states;
	const stagesIn = await stagesByList(client, stages, [...lists]);
	for (const one of looked) {
		const [dealList, invoiceList] = stageListsOf(one.deal, one.invoice);
		states.set(one.deal.id, {
			...one,
			stages: stagesIn.get(dealList) ?? [],
			invoiceStages: stagesIn.get(invoiceList) ?? [],
		});
	}
	return states;
};
