/** The node's parameters as a table. The trigger reads the same table from the node's stored parameters. */
import { z } from 'zod';
import { CHAINS, stageRows } from '../exchange/presets';
import { checkStageMap, DOCUMENTS, type StageMap } from '../exchange/stageMap';
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

/** Refuses a broken table and names the row. */
export const readStageMap = (parameters: unknown): StageMap => {
	const map = parse(
		tableSchema,
		parameters,
		'Deal Stage Map',
		'Open the node and correct the table.',
	);
	checkStageMap(map, pipelineOfStage);
	return map;
};
