/**
 * The analyst's second table: which stage do the facts of 1C give to the deal and to its invoice?
 * The first row that fits decides, and the decision carries the row and the reason.
 */
import { Problem } from './problem';
import {
	closedStateSchema,
	levelSchema,
	type ClosedState,
	type Level,
	type Progress,
} from './progress';
import type { Stage } from './stage';
import { refuse, unknownStage, type TableIssue } from './tableIssue';

/** What a row may ask of a paid or shipped share: one level, "some" (part or full), or any. */
export const SHARES = ['any', 'none', 'some', 'part', 'full'] as const;
export type ShareWanted = (typeof SHARES)[number];

/** What a row may ask of the order's end: "closed" is either way of it. */
export const CLOSINGS = ['any', 'open', 'closed', 'fulfilled', 'byDocument'] as const;
export type ClosingWanted = (typeof CLOSINGS)[number];

/** Instead of a stage ID: the pipeline's own final success stage, a timeline comment only, or nothing at all. */
export const SUCCESS = 'success';
export const COMMENT = 'comment';
export const NOTHING = 'nothing';

const LEVELS = levelSchema.options;
const CLOSED_STATES = closedStateSchema.options;

/** What a row is held against. */
interface Facts {
	paid: Level;
	shipped: Level;
	closed: ClosedState;
}

export interface StatusRow {
	paid: ShareWanted;
	shipped: ShareWanted;
	closed: ClosingWanted;
	/** Stage ID of the CRM, or one of `SUCCESS`, `COMMENT`, `NOTHING`. */
	stage: string;
	/** Whether the row may move the card to an earlier stage. */
	back: boolean;
}

/** The card whose stage is decided: a deal or a smart invoice. */
export interface Card {
	stage: string;
	stages: Stage[];
}

export type StatusAction = 'move' | 'comment' | 'nothing';

export interface StatusDecision {
	action: StatusAction;
	/** Number of the deciding row, counted from 1; null when none fits. */
	row: number | null;
	/** The stage to move to, when the action is "move". */
	stage: string | null;
	reason: string;
}

const isSpecial = (stage: string): boolean => [SUCCESS, COMMENT, NOTHING].includes(stage);

/** Everything 1C can say of a sale, as far as a table asks. An order shipped to the end has something shipped. */
const FACTS: Facts[] = LEVELS.flatMap((paid) =>
	LEVELS.flatMap((shipped) =>
		CLOSED_STATES.filter((closed) => closed !== 'fulfilled' || shipped !== 'none').map(
			(closed) => ({ paid, shipped, closed }),
		),
	),
);

interface Idle {
	why: string;
	inRussian: string;
}

/** Why no facts at all are left for a row to decide; null when there are some. */
const whyIdle = (rows: StatusRow[], index: number): Idle | null => {
	const fitting = FACTS.filter((facts) => fits(rows[index], facts));
	if (fitting.length === 0) {
		return { why: '1C never says this of an order', inRussian: 'такого 1С о заказе не скажет' };
	}
	const deciding = fitting.map((facts) => rows.findIndex((row) => fits(row, facts)));
	if (deciding.includes(index)) return null;
	const earlier = [...new Set(deciding)].sort((one, other) => one - other).map((row) => row + 1);
	return earlier.length === 1
		? {
				why: `row ${earlier[0]} catches the same facts`,
				inRussian: `те же факты забирает строка ${earlier[0]}`,
			}
		: {
				why: `rows ${earlier.join(', ')} catch the same facts`,
				inRussian: `те же факты забирают строки ${earlier.join(', ')}`,
			};
};

const issueOfRow = (
	rows: StatusRow[],
	index: number,
	belongs: (stage: string) => boolean,
): Omit<TableIssue, 'row'> | null => {
	const { stage } = rows[index];
	if (!stage) {
		return {
			what: 'no stage is chosen',
			remedy: 'Choose a stage, or delete the row.',
			inRussian: 'стадия не выбрана. Выберите стадию или удалите строку.',
		};
	}
	if (!isSpecial(stage) && !belongs(stage)) {
		return {
			what: `stage ${stage} belongs to another pipeline`,
			remedy: 'Choose a stage of the pipeline of this table.',
			inRussian: `стадия ${stage} — из другой воронки. Выберите стадию воронки этой таблицы.`,
		};
	}
	const idle = whyIdle(rows, index);
	return idle
		? {
				what: `it can never decide, because ${idle.why}`,
				remedy: 'Delete it, change it or move it up.',
				inRussian: `никогда не сработает: ${idle.inRussian}. Удалите ее, измените или поднимите выше.`,
			}
		: null;
};

/** What makes rows ones that cannot be meant, whatever the portal holds. `belongs` tells the pipeline's own stages. */
export const statusRowIssues = (
	rows: StatusRow[],
	belongs: (stage: string) => boolean,
): TableIssue[] =>
	rows.flatMap((_, index) => {
		const issue = issueOfRow(rows, index, belongs);
		return issue ? [{ row: index + 1, ...issue }] : [];
	});

const wins = ({ stage }: StatusRow, stages: Stage[]): boolean =>
	stage === SUCCESS || stages.some(({ id, semantics }) => id === stage && semantics === 'success');

/** What the stages of the portal add for the rows of deals. */
export const dealRowDoubts = (rows: StatusRow[], stages: Stage[]): TableIssue[] => [
	...rows.flatMap(({ stage }, index) => unknownTarget(index + 1, stage, stages)),
	...rows.flatMap((row, index): TableIssue[] =>
		wins(row, stages) && fitsClosing(row.closed, 'open')
			? [
					{
						row: index + 1,
						what: 'it wins the deal while its order in 1C is still open',
						remedy: 'Choose Closed Either Way, so that the rest of the order is not forgotten.',
						inRussian:
							'сделка станет успешной, когда заказ в 1С еще открыт. Выберите «Closed Either Way», чтобы остаток заказа не забыли.',
					},
				]
			: [],
	),
	...(rows.some((row) => wins(row, stages))
		? []
		: [
				{
					row: null,
					what: 'no row leads to the success stage, so 1C never wins a deal',
					remedy: 'Add a row with Closed Either Way and the success stage.',
					inRussian:
						'Ни одна строка не ведет в успешную стадию: сделки никогда не закроются сами. Добавьте строку «заказ закрыт → успешная стадия».',
				},
			]),
];

/** What the stages of the portal add for the rows of smart invoices. */
export const invoiceRowDoubts = (rows: StatusRow[], stages: Stage[]): TableIssue[] =>
	rows.flatMap((row, index): TableIssue[] => [
		...unknownTarget(index + 1, row.stage, stages),
		...(wins(row, stages) && row.paid !== 'full'
			? [
					{
						row: index + 1,
						what: 'it finishes the invoice before it is paid in full',
						remedy: 'Choose Paid: Full, or a stage of its own for a part.',
						inRussian:
							'счет станет оплаченным раньше полной оплаты. Выберите «Paid: Full» или отдельную стадию для частичной.',
					},
				]
			: []),
	]);

const unknownTarget = (row: number, stage: string, stages: Stage[]): TableIssue[] =>
	!stage || isSpecial(stage) || stages.some(({ id }) => id === stage)
		? []
		: [unknownStage(row, stage)];

/** Refuses a table that cannot be meant, before the first item is judged by it. */
export const checkStatusMap = (
	table: string,
	rows: StatusRow[],
	belongs: (stage: string) => boolean,
): void => refuse(table, statusRowIssues(rows, belongs));

const fitsShare = (wanted: ShareWanted, level: Level): boolean =>
	wanted === 'any' || wanted === level || (wanted === 'some' && level !== 'none');

const fitsClosing = (wanted: ClosingWanted, state: ClosedState): boolean =>
	wanted === 'any' || wanted === state || (wanted === 'closed' && state !== 'open');

const fits = (row: StatusRow, { paid, shipped, closed }: Facts): boolean =>
	fitsShare(row.paid, paid) && fitsShare(row.shipped, shipped) && fitsClosing(row.closed, closed);

const factsOf = ({ paid, shipped, closed }: Progress): Facts => ({
	paid: paid.level,
	shipped: shipped.level,
	closed: closed.state,
});

const nothing = (row: number | null, reason: string): StatusDecision => ({
	action: 'nothing',
	row,
	stage: null,
	reason,
});

const target = (row: StatusRow, number: number, card: Card): Stage => {
	const found = card.stages.find(({ id, semantics }) =>
		row.stage === SUCCESS ? semantics === 'success' : id === row.stage,
	);
	if (found) return found;
	throw new Problem(
		row.stage === SUCCESS
			? `Row ${number} moves to the success stage, but the pipeline has none.`
			: `Row ${number} moves to stage ${row.stage}, which the pipeline of this card does not have.`,
		'Choose another stage in that row of 1C Status Map.',
		`Строка ${number} ведет в ${row.stage === SUCCESS ? 'успешную стадию' : `стадию ${row.stage}`}, а в воронке такой нет. Скажите интегратору, чтобы он поправил таблицу «факты 1С → стадия».`,
	);
};

/** Stages of one pipeline run by sort order; the final ones stand behind all others. */
const rank = (stage: Stage): number =>
	stage.semantics === 'process' ? stage.sort : Number.MAX_SAFE_INTEGER;

export const decideStage = (rows: StatusRow[], progress: Progress, card: Card): StatusDecision => {
	const index = rows.findIndex((row) => fits(row, factsOf(progress)));
	if (index < 0) return nothing(null, 'No row fits the facts.');
	const row = rows[index];
	const number = index + 1;
	if (row.stage === NOTHING) return nothing(number, 'The row says to do nothing.');
	if (row.stage === COMMENT) {
		return {
			action: 'comment',
			row: number,
			stage: null,
			reason: 'The row asks for a timeline comment only.',
		};
	}
	const to = target(row, number, card);
	const from = card.stages.find(({ id }) => id === card.stage);
	if (to.id === card.stage) return nothing(number, `The card already stands in «${to.name}».`);
	if (from && from.semantics !== 'process') {
		return nothing(
			number,
			`The card is finished in «${from.name}», and a finished card is never reopened.`,
		);
	}
	if (from && rank(to) < rank(from) && !row.back) {
		return nothing(
			number,
			`«${to.name}» is before «${from.name}», and the row does not allow moving back.`,
		);
	}
	return { action: 'move', row: number, stage: to.id, reason: `Moves to «${to.name}».` };
};
