/** The deals of a pipeline that the exchange has, or should have, something to do with: all open ones and the closed of late. */
import { z } from 'zod';
import type { CheckedDeal, Said } from '../../exchange/check';
import { kopecks } from '../../exchange/money';
import { isGuid } from '../../exchange/reference';
import type { StageMap } from '../../exchange/stageMap';
import type { Stage } from '../../exchange/stage';
import { COMPLAINT, NEWS } from '../../exchange/timeline';
import { chunks } from '../../shared/chunks';
import { grouped } from '../../shared/grouped';
import type { Bitrix24Client } from '../rest/client';
import { DEAL, SMART_INVOICE } from '../rest/entityTypes';
import { listEach, listItems } from '../rest/itemList';
import { itemList } from '../rest/items';
import { listRecent } from '../rest/recentItems';
import { optional, required } from '../rest/reply';
import * as fields from '../setup/fields';
import { lastSaid } from './comment';
import { readStages, stageListOf, stagesCommand } from './stages';

const text = z
	.union([z.string(), z.number()])
	.nullish()
	.transform((value) => String(value ?? '').trim());

const sum = z.coerce
	.number()
	.catch(0)
	.transform((value) => kopecks(value));

const dealSchema = z
	.object({
		id: z.coerce.number(),
		title: text,
		stageId: z.string(),
		createdTime: z.string().nullable().catch(null),
		movedTime: z.string().nullable().catch(null),
		updatedTime: z.string().nullable().catch(null),
		[fields.INVOICE]: text,
		[fields.INVOICE_NUMBER]: text,
		[fields.ORDER]: text,
		[fields.ORDER_NUMBER]: text,
		[fields.PAID]: sum,
		[fields.SHIPPED]: sum,
	})
	.transform((raw) => ({
		...raw,
		links: {
			invoice: link(raw[fields.INVOICE], raw[fields.INVOICE_NUMBER]),
			order: link(raw[fields.ORDER], raw[fields.ORDER_NUMBER]),
		},
	}));

type ListedDeal = z.output<typeof dealSchema>;

const link = (ref: string, number: string) =>
	isGuid(ref) ? { ref: ref.toLowerCase(), number } : null;

const SELECT = Object.keys(dealSchema.innerType().shape);

/** What a filter may name at once. */
const TOGETHER = 50;

const readDeals = async (
	client: Bitrix24Client,
	pipeline: string,
	stages: readonly Stage[],
	since: string,
): Promise<ListedDeal[]> => {
	const list = async (isOpen: boolean): Promise<ListedDeal[]> => {
		const wanted = stages.filter((stage) => (stage.semantics === 'process') === isOpen);
		if (wanted.length === 0) return [];
		const filter = { categoryId: Number(pipeline), '@stageId': wanted.map(({ id }) => id) };
		const query = { entityTypeId: DEAL, select: SELECT, filter };
		const deals = isOpen
			? await listItems(client, query)
			: (await listEach(client, [listRecent(client, query, 'movedTime', Date.parse(since))]))[0];
		return deals.map((deal) => dealSchema.parse(deal));
	};
	const closed = await list(false);
	const linked = closed.filter(({ links }) => links.invoice || links.order);
	return [...(await list(true)), ...linked];
};

const invoiceSchema = z.object({
	xmlId: text,
	stageId: z.string(),
	categoryId: z.coerce.number(),
});

/** 1C references of the invoices that stand in the success stage of their pipeline. */
const paidInvoices = async (
	client: Bitrix24Client,
	deals: readonly ListedDeal[],
): Promise<Set<string>> => {
	const named = deals.filter(({ links }) => links.invoice).map(({ id }) => id);
	const invoices: Array<z.output<typeof invoiceSchema>> = [];
	for (const ids of chunks(named, TOGETHER)) {
		const listed = await listItems(client, {
			entityTypeId: SMART_INVOICE,
			select: ['id', 'xmlId', 'stageId', 'categoryId'],
			filter: { '@parentId2': ids },
		});
		invoices.push(...listed.map((one) => invoiceSchema.parse(one)));
	}
	const lists = [...grouped(invoices, ({ categoryId }) => categoryId).keys()].map((category) =>
		stageListOf(SMART_INVOICE, category),
	);
	const replies = await client.batch(lists.map(stagesCommand));
	const success = lists.flatMap((list, index) =>
		readStages(required(replies[index], z.unknown()), list)
			.filter(({ semantics }) => semantics === 'success')
			.map(({ id }) => id),
	);
	return new Set(
		invoices
			.filter(({ stageId }) => success.includes(stageId))
			.map(({ xmlId }) => xmlId.toLowerCase()),
	);
};

const demandIn = ({ rows }: StageMap, stage: string): CheckedDeal['demands'] =>
	rows.find((row) => row.stage === stage)?.document ?? 'nothing';

const lastOn = (said: readonly Said[], subject: string): Said | null => {
	const found = said.find(({ text: words }) => words.startsWith(`${subject}:`));
	return found ? { ...found, text: found.text.slice(subject.length + 1).trim() } : null;
};

export const readExchangedDeals = async (
	client: Bitrix24Client,
	map: StageMap,
	since: string,
): Promise<CheckedDeal[]> => {
	const list = stageListOf(DEAL, map.pipeline);
	const [reply] = await client.batch([stagesCommand(list)]);
	const stages = readStages(required(reply, z.unknown()), list);
	const deals = await readDeals(client, map.pipeline, stages, since);
	const paid = await paidInvoices(client, deals);
	const demanding = ({ stageId, links }: ListedDeal): boolean =>
		demandIn(map, stageId) !== 'nothing' || links.invoice !== null || links.order !== null;
	const said = await lastSaid(
		client,
		deals.filter(demanding).map(({ id }) => id),
	);
	return deals.map((deal): CheckedDeal => {
		const comments = said.get(deal.id) ?? [];
		return {
			dealId: deal.id,
			title: deal.title,
			semantics: stages.find(({ id }) => id === deal.stageId)?.semantics ?? 'process',
			created: deal.createdTime,
			moved: deal.movedTime,
			demands: demandIn(map, deal.stageId),
			links: deal.links,
			paid: deal[fields.PAID],
			shipped: deal[fields.SHIPPED],
			invoicePaid: deal.links.invoice !== null && paid.has(deal.links.invoice.ref),
			complaint: lastOn(comments, COMPLAINT),
			news: lastOn(comments, NEWS)?.at ?? null,
		};
	});
};

const idsSchema = z.object({ items: z.array(z.object({ id: z.coerce.number() })) });

/** Which of these deals the portal has; one that could not be asked about counts as there. */
export const existingDeals = async (
	client: Bitrix24Client,
	dealIds: readonly number[],
): Promise<Set<number>> => {
	const pages = chunks(dealIds, TOGETHER);
	const replies = await client.batch(
		pages.map((ids) => itemList({ entityTypeId: DEAL, select: ['id'], filter: { '@id': ids } })),
	);
	return new Set(
		replies.flatMap((answer, index) => {
			const listed = optional(answer, idsSchema);
			return listed ? listed.items.map(({ id }) => id) : pages[index];
		}),
	);
};
