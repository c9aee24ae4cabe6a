/** The node's parameters as a table. The trigger reads the same table from the node's stored parameters. */
import { z } from 'zod';
import { CHAINS, stageRows } from '../exchange/presets';
import {
	checkStageMap,
	DOCUMENTS,
	stageMapDoubts,
	stageMapIssues,
	type StageMap,
} from '../exchange/stageMap';
import { unknownPipeline, withDoubts, type TableIssue } from '../exchange/tableIssue';
import type { TableStages } from '../Bitrix24/deals/tableStages';
import { dealStageId, pipelineOfStage } from '../Bitrix24/deals/stages';
import { parse } from '../shared/parameters';

const tableSchema = z
	.object({
		pipeline: z.coerce.string().regex(/^\d+$/, 'must be a pipeline number').default('0'),
		table: z.enum(['custom', ...CHAINS]).default('custom'),
		rows: z
			.object({
				row: z
					.array(
						z.object({
							stage: z.string().default(''),
							document: z.enum(DOCUMENTS).default('nothing'),
						}),
					)
					.default([]),
			})
			.default({}),
	})
	.transform(
		({ pipeline, table, rows }): StageMap => ({
			pipeline,
			rows: table === 'custom' ? rows.row : stageRows(table, (code) => dealStageId(pipeline, code)),
		}),
	);

export const parseStageMap = (parameters: unknown): StageMap =>
	parse(tableSchema, parameters, 'Deal Stage Map', 'Open the node and correct the table.');

/** Refuses a broken table and names the row. */
export const readStageMap = (parameters: unknown): StageMap => {
	const map = parseStageMap(parameters);
	checkStageMap(map, pipelineOfStage);
	return map;
};

/** Everything that is wrong with a table, as far as the portal's stages tell. */
export const issuesOfStageMap = (map: StageMap, { pipeline, deal }: TableStages): TableIssue[] =>
	pipeline === null
		? [unknownPipeline(map.pipeline)]
		: withDoubts(stageMapIssues(map, pipelineOfStage), stageMapDoubts(map, deal));
