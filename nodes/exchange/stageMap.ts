/**
 * The analyst's first table: which document must 1C have for a deal that stands in a stage?
 * The first row that fits decides, and the decision carries the row.
 */
import { Problem } from './problem';
import type { Stage } from './stage';
import { refuse, unknownStage, type TableIssue } from './tableIssue';

export const DOCUMENTS = ['invoice', 'order', 'cancel', 'nothing'] as const;
export type Demand = (typeof DOCUMENTS)[number];

/** A row with this stage fits every deal, so it only makes sense as the last one. */
export const ANY_STAGE = '*';

export interface StageRow {
	/** Stage ID of the CRM, or `ANY_STAGE`. */
	stage: string;
	document: Demand;
}

export interface StageMap {
	pipeline: string;
	rows: StageRow[];
}

export interface StageDecision {
	document: Demand;
	/** Number of the deciding row, counted from 1 as the editor shows them. */
	row: number;
}

const NO_ROWS: TableIssue = {
	row: null,
	what: 'it has no rows',
	remedy: 'Add a row for each stage that demands a 1C document.',
	inRussian: 'В таблице нет строк. Добавьте строку для каждой стадии, которой нужен документ 1С.',
};

const issueOfRow = (
	{ stage, document }: StageRow,
	pipeline: string,
	pipelineOf: (stage: string) => string,
	earlier: number | undefined,
): Omit<TableIssue, 'row'> | null => {
	if (!stage) {
		return {
			what: 'no stage is chosen',
			remedy: 'Choose a stage, or delete the row.',
			inRussian: 'стадия не выбрана. Выберите стадию или удалите строку.',
		};
	}
	if (earlier !== undefined) {
		return {
			what: `it can never decide, because row ${earlier} catches the same deals`,
			remedy: 'Delete it or move it up.',
			inRussian: `никогда не сработает: эти сделки забирает строка ${earlier}. Удалите ее или поднимите выше.`,
		};
	}
	if (stage === ANY_STAGE) {
		if (document === 'nothing') return null;
		return {
			what: '"any other stage" may only demand nothing',
			remedy: 'Name the stages that demand a document.',
			inRussian: '«любая другая стадия» не может требовать документ. Назовите стадии.',
		};
	}
	if (pipelineOf(stage) === pipeline) return null;
	return {
		what: `stage ${stage} belongs to pipeline ${pipelineOf(stage)}, but the table is for pipeline ${pipeline}`,
		remedy: 'Choose a stage of the pipeline of this table.',
		inRussian: `стадия ${stage} — из другой воронки. Выберите стадию воронки этой таблицы.`,
	};
};

/** What makes a table one that cannot be meant, whatever the portal holds. */
export const stageMapIssues = (
	{ pipeline, rows }: StageMap,
	pipelineOf: (stage: string) => string,
): TableIssue[] => {
	if (rows.length === 0) return [NO_ROWS];
	return rows.flatMap((row, index) => {
		const before = rows
			.slice(0, index)
			.findIndex(({ stage }) => [row.stage, ANY_STAGE].includes(stage));
		const earlier = before < 0 ? undefined : before + 1;
		const issue = issueOfRow(row, pipeline, pipelineOf, earlier);
		return issue ? [{ row: index + 1, ...issue }] : [];
	});
};

/** What the stages of the portal add: a table may be right in itself and still name what is not there. */
export const stageMapDoubts = ({ rows }: StageMap, stages: Stage[]): TableIssue[] =>
	rows.flatMap(({ stage, document }, index): TableIssue[] => {
		const row = index + 1;
		if (!stage || stage === ANY_STAGE) return [];
		const known = stages.find(({ id }) => id === stage);
		if (!known) return [unknownStage(row, stage)];
		if (known.semantics === 'process' || !['invoice', 'order'].includes(document)) return [];
		return [
			{
				row,
				what: `«${known.name}» is a final stage, and the deal is over before 1C has its document`,
				remedy: 'Choose a stage the deal still has before it ends.',
				inRussian: `«${known.name}» — финальная стадия: сделка закончится раньше, чем в 1С появится документ.`,
			},
		];
	});

/** Refuses a table that cannot be meant, before the first deal is judged by it. */
export const checkStageMap = (map: StageMap, pipelineOf: (stage: string) => string): void =>
	refuse('Deal Stage Map', stageMapIssues(map, pipelineOf));

/** The stages that demand a document, for whoever looks for deals that lack one. */
export const stagesDemanding = (map: StageMap, document: Demand): string[] =>
	map.rows.filter((row) => row.document === document).map((row) => row.stage);

export const decideDocument = (
	map: StageMap,
	deal: { pipeline: string; stage: string; stageName?: string },
): StageDecision => {
	const named = deal.stageName ? `«${deal.stageName}» (${deal.stage})` : deal.stage;
	if (deal.pipeline !== map.pipeline) {
		throw new Problem(
			`The deal is in pipeline ${deal.pipeline}, but Deal Stage Map is for pipeline ${map.pipeline}.`,
			'Send the deal to the workflow of its own pipeline, or change the pipeline of the table.',
			'Сделка стоит в воронке, для которой эта цепочка не настроена. Верните ее в прежнюю воронку или скажите интегратору.',
		);
	}
	const index = map.rows.findIndex(({ stage }) => stage === deal.stage || stage === ANY_STAGE);
	if (index < 0) {
		throw new Problem(
			`Stage ${named} has no row in Deal Stage Map.`,
			'Add a row for it; choose "Nothing" if 1C needs no document.',
			`Стадии ${named} нет в таблице «стадия сделки → документ 1С». Скажите интегратору, чтобы он добавил строку.`,
		);
	}
	return { document: map.rows[index].document, row: index + 1 };
};
