import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { SALE_DOCUMENTS } from '../../../exchange/documentNames';
import type { ListOperation, Outcome } from '../../../shared/operation';
import type { ItemParameters } from '../../../shared/parameters';
import { inRounds } from '../../../shared/rounds';
import type { Settled } from '../../../shared/settled';
import { together } from '../../../shared/together';
import { jsonSchema } from '../../../shared/valueSchemas';
import { DEAL_CARD } from '../../cards/cardKinds';
import {
	showProgress as show,
	type Move,
	type ProgressShown,
	type ProgressWish,
	type Shown,
} from '../../deals/showProgress';
import type { Bitrix24Client } from '../../rest/client';
import type { Fields } from '../../rest/write';
import { INVOICE, INVOICE_NUMBER, ORDER, ORDER_NUMBER, PAID, SHIPPED } from '../../setup/fields';
import { cardField, readCard } from '../card/cardFields';

const sumSchema = z.object({ amount: z.number() });
const progressSchema = jsonSchema.pipe(
	z.object({ paid: sumSchema, shipped: sumSchema, summary: z.string().min(1, 'is empty') }),
);

const decisionSchema = z.object({
	action: z.enum(['move', 'comment', 'nothing']),
	from: z.string(),
	stage: z.string().nullable(),
});
type Decision = z.output<typeof decisionSchema>;

const optionalJson = <Schema extends z.ZodTypeAny>(schema: Schema) =>
	jsonSchema.transform((value) => value ?? {}).pipe(schema);

const decisionsSchema = optionalJson(
	z.object({ deal: decisionSchema.optional(), invoice: decisionSchema.optional() }),
);

const linkSchema = z.object({ ref: z.string(), number: z.string() });
const linksSchema = optionalJson(
	z.object({ invoice: linkSchema.optional(), order: linkSchema.optional() }),
);

const LINK_FIELDS = {
	invoice: [INVOICE, INVOICE_NUMBER],
	order: [ORDER, ORDER_NUMBER],
} as const;

/** What Get has read of the deal, when it stands in the item. */
const shownSchema = z.object({
	dealId: z.number(),
	deal: z.record(z.unknown()),
	invoice: z.object({ id: z.number(), stageId: z.string() }).nullable(),
	news: z.string(),
	repeated: z.array(z.number()).default([]),
});

const shownIn = ({ json }: ItemParameters, dealId: number): Shown | null => {
	const { data } = shownSchema.safeParse(json);
	return data?.dealId === dealId ? data : null;
};

const moveOf = (decision: Decision | undefined): Move | null =>
	decision?.action === 'move' && decision.stage
		? { from: decision.from, to: decision.stage }
		: null;

const jsonField = (name: string, displayName: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'json',
	default: `={{ $json.${name} }}`,
	description,
});

const read = (item: ItemParameters): ProgressWish => {
	const dealId = readCard(DEAL_CARD, item);
	const progress = item.read('progress', 'Progress', progressSchema);
	const decisions = item.read('decisions', 'Decisions', decisionsSchema);
	const links = item.read('lostLinks', 'Links to Restore', linksSchema);
	const fields: Fields = { [PAID]: progress.paid.amount, [SHIPPED]: progress.shipped.amount };
	for (const kind of SALE_DOCUMENTS) {
		const [ref, number] = LINK_FIELDS[kind];
		const link = links[kind];
		if (link) Object.assign(fields, { [ref]: link.ref, [number]: link.number });
	}
	return {
		dealId,
		fields,
		dealMove: moveOf(decisions.deal),
		invoiceMove: moveOf(decisions.invoice),
		news: item.read('tellNews', 'Tell News in the Timeline', z.boolean()) ? progress.summary : null,
		shown: shownIn(item, dealId),
	};
};

const outcomeOf = (dealId: number, { value, error }: Settled<ProgressShown>): Outcome => {
	if (error) return { problem: error };
	const { deal, invoice, comment } = value;
	const isWritten = [deal, invoice].some((fields) => Object.keys(fields).length > 0);
	const outcome = isWritten || comment === 'created' ? 'updated' : 'unchanged';
	return { items: [{ json: { dealId, outcome, deal, invoice, comment } as IDataObject }] };
};

/** Two pieces of news of one deal follow one another, and the second looks at the deal again. */
const showAll = async (client: Bitrix24Client, wishes: ProgressWish[]): Promise<Outcome[]> =>
	await inRounds(
		wishes,
		({ dealId }) => String(dealId),
		async (some, turn) => {
			const wanted = turn === 0 ? some : some.map((wish) => ({ ...wish, shown: null }));
			const shown = await show(client, wanted);
			return some.map(({ dealId }, index) => outcomeOf(dealId, shown[index]));
		},
	);

export const showProgress: ListOperation<Bitrix24Client> = {
	value: 'showProgress',
	name: 'Show 1C Progress',
	action: 'Show 1C progress in a deal',
	description:
		'Sums, news in the timeline and the stages of the deal and its invoice, all that differs in one request; what Get has just read is not read again',
	properties: [
		cardField(DEAL_CARD),
		jsonField('progress', 'Progress', 'What 1C says of the sale: paid, shipped, closed'),
		jsonField(
			'decisions',
			'Decisions',
			'What 1C Status Map has decided for the deal and its invoice; empty moves nothing',
		),
		jsonField(
			'lostLinks',
			'Links to Restore',
			'Documents of 1C that are the deal’s although it does not name them, as 1C Status Map found them',
		),
		{
			displayName: 'Tell News in the Timeline',
			name: 'tellNews',
			type: 'boolean',
			default: true,
			description:
				'Whether to write the summary of the progress to the timeline when it differs from what was said last',
		},
	],
	forAll: async (client, items) =>
		await together(items, read, async (wishes) => await showAll(client, wishes)),
};
