/**
 * The analyst's first table: which document must 1C have for a deal that stands in a stage?
 * The first row that fits decides, and the decision carries the row.
 */
import { Problem } from './problem';

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

const broken = (row: number, what: string, remedy: string): Problem =>
	new Problem(`Deal Stage Map, row ${row}: ${what}.`, remedy);

/** Refuses a table that cannot be meant, before the first deal is judged by it. */
export const checkStageMap = (map: StageMap, pipelineOf: (stage: string) => string): void => {
	if (map.rows.length === 0) {
		throw new Problem(
			'Deal Stage Map has no rows.',
			'Add a row for each stage that demands a 1C document.',
		);
	}
	const seen = new Map<string, number>();
	map.rows.forEach(({ stage, document }, index) => {
		const row = index + 1;
		if (!stage) throw broken(row, 'no stage is chosen', 'Choose a stage, or delete the row.');
		const earlier = seen.get(stage) ?? seen.get(ANY_STAGE);
		if (earlier !== undefined) {
			throw broken(
				row,
				`it can never decide, because row ${earlier} catches the same deals`,
				'Delete it or move it up.',
			);
		}
		if (stage === ANY_STAGE && document !== 'nothing') {
			throw broken(
				row,
				'"any other stage" may only demand nothing',
				'Name the stages that demand a document.',
			);
		}
		if (stage !== ANY_STAGE && pipelineOf(stage) !== map.pipeline) {
			throw broken(
				row,
				`stage ${stage} belongs to pipeline ${pipelineOf(stage)}, but the table is for pipeline ${map.pipeline}`,
				'Choose a stage of the pipeline of this table.',
			);
		}
		seen.set(stage, row);
	});
};

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
