/** One item through the table: a decision about the deal, and one about its invoice when it has one. */
import { z } from 'zod';
import { Problem } from '../exchange/problem';
import { SALE_DOCUMENTS } from '../exchange/documentNames';
import { isStranger, strangerProblem } from '../exchange/ownership';
import { progressSchema, type Progress } from '../exchange/progress';
import { optionalRefSchema } from '../exchange/reference';
import { decideStage, type Card, type StatusDecision, type StatusRow } from '../exchange/statusMap';
import type { Json, Outcome, OutputItem } from '../shared/operation';
import { parse } from '../shared/parameters';
import type { StatusTable } from './table';

/** Every deal of the table's pipeline leaves by "progress" with both decisions, and each decision by its own output. */
export const OUTPUT = { progress: 0, deal: 1, invoice: 2, comment: 3, nothing: 4 } as const;

const stagesSchema = z.array(
	z.object({
		id: z.string(),
		name: z.string(),
		sort: z.number(),
		semantics: z.enum(['process', 'success', 'failure']),
	}),
);

/** What the deal itself knows of its documents. */
const linkedSaleSchema = z.object({
	created: z.string().nullable().default(null),
	invoice: optionalRefSchema.default(null),
	order: optionalRefSchema.default(null),
});

const cardSchema = z.object({
	dealId: z.number(),
	pipelineId: z.coerce.string(),
	stageId: z.string(),
	stages: stagesSchema,
	invoice: z.object({ id: z.number(), stageId: z.string(), stages: stagesSchema }).nullable(),
	sale: linkedSaleSchema.default({}),
});

type LinkedSale = z.output<typeof linkedSaleSchema>;

/** Facts of a document that was made for an earlier deal of the same number must not move this one. */
const refuseStrangers = (dealId: number, sale: LinkedSale, progress: Progress): void => {
	for (const kind of SALE_DOCUMENTS) {
		const document = progress[kind];
		const claimant = { dealId, created: sale.created, names: sale[kind] };
		if (document && !document.deletionMark && isStranger(document, claimant)) {
			throw strangerProblem(kind, document, claimant);
		}
	}
};

/**
 * Documents in use that name the deal although the deal no longer names any. An order that is not posted is still being
 * made: a deal that named it would never be looked at again by whoever has to post it.
 */
const lostLinks = (sale: LinkedSale, progress: Progress): Json =>
	Object.fromEntries(
		SALE_DOCUMENTS.flatMap((kind) => {
			const document = progress[kind];
			if (sale[kind] || !document || document.deletionMark) return [];
			if (kind === 'order' && progress.order?.posted === false) return [];
			return [[kind, { ref: document.ref, number: document.number }]];
		}),
	);

interface Decided {
	of: 'deal' | 'invoice';
	rows: StatusRow[];
	card: Card;
}

/** «paid: full, shipped: any, closed: any → DT31_13:P» */
const inWords = ({ paid, shipped, closed, stage }: StatusRow): string =>
	`paid: ${paid}, shipped: ${shipped}, closed: ${closed} → ${stage}`;

/** 1C tells of the deals of all pipelines; each table passes over those that another workflow's table decides. */
const notOurs = (table: StatusTable, pipeline: string, json: Json): OutputItem => ({
	json: {
		dealId: json.dealId,
		decision: {
			table: '1C Status Map',
			of: 'deal',
			action: 'nothing',
			row: null,
			stage: null,
			reason: `The deal is in pipeline ${pipeline}; this table is for pipeline ${table.pipeline}.`,
		},
	},
	output: OUTPUT.nothing,
});

const outputOf = (of: Decided['of'], { action }: StatusDecision): number =>
	action === 'move' ? OUTPUT[of] : OUTPUT[action];

export const judge = (
	table: StatusTable,
	json: Json,
	rawProgress: unknown,
	dryRun: boolean,
): Outcome => {
	const card = parse(cardSchema, json, 'Deal', 'Put Bitrix24 → Deal → Get before this node.');
	const progress = parse(
		progressSchema,
		rawProgress,
		'Progress',
		'Take it from the 1C UT Trigger or 1C UT → Get Progress.',
	);
	if (progress.dealId !== card.dealId) {
		throw new Problem(
			`The progress is of deal ${progress.dealId}, but the card is of deal ${card.dealId}.`,
			'Correct the Progress field: it must take the progress of the same item.',
		);
	}
	if (card.pipelineId !== table.pipeline) return { items: [notOurs(table, card.pipelineId, json)] };
	refuseStrangers(card.dealId, card.sale, progress);
	const cards: Decided[] = [
		{ of: 'deal', rows: table.dealRows, card: { stage: card.stageId, stages: card.stages } },
	];
	if (card.invoice) {
		const { stageId, stages } = card.invoice;
		cards.push({ of: 'invoice', rows: table.invoiceRows, card: { stage: stageId, stages } });
	}
	const decided = cards.map(({ of, rows, card: { stage, stages } }) => {
		const decision = decideStage(rows, progress, { stage, stages });
		const rule = decision.row === null ? null : inWords(rows[decision.row - 1]);
		return { of, decision: { table: '1C Status Map', of, from: stage, ...decision, rule, dryRun } };
	});
	const apart = decided.map(
		({ of, decision }): OutputItem => ({
			json: {
				dealId: card.dealId,
				...(card.invoice ? { invoiceId: card.invoice.id } : {}),
				decision,
				progress: rawProgress as Json,
			},
			output: dryRun ? OUTPUT.nothing : outputOf(of, decision),
		}),
	);
	const shown: OutputItem = {
		json: {
			...json,
			progress: rawProgress as Json,
			decisions: Object.fromEntries(decided.map(({ of, decision }) => [of, decision])),
			lostLinks: lostLinks(card.sale, progress),
		},
		output: OUTPUT.progress,
	};
	return { items: dryRun ? apart : [shown, ...apart] };
};
