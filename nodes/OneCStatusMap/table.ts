/** The node's parameters as the two parts of the table: invoice rows and deal rows. */
import { z } from 'zod';
import { CHAINS, dealRows, invoiceRows } from '../exchange/presets';
import { checkStatusMap, CLOSINGS, SHARES, type StatusRow } from '../exchange/statusMap';
import { pipelineOfStage } from '../Bitrix24/deals/stages';
import { parse } from '../shared/parameters';

export interface StatusTable {
	pipeline: string;
	invoiceRows: StatusRow[];
	dealRows: StatusRow[];
}

const rowsSchema = z
	.object({
		row: z
			.array(
				z.object({
					paid: z.enum(SHARES).default('any'),
					shipped: z.enum(SHARES).default('any'),
					closed: z.enum(CLOSINGS).default('any'),
					stage: z.string().default(''),
					back: z.boolean().default(false),
				}),
			)
			.default([]),
	})
	.default({});

const tableSchema = z
	.object({
		pipeline: z.coerce.string().regex(/^\d+$/, 'must be a pipeline number').default('0'),
		table: z.enum(['custom', ...CHAINS]).default('custom'),
		invoiceRows: rowsSchema,
		dealRows: rowsSchema,
	})
	.transform(
		({ pipeline, table, ...own }): StatusTable =>
			table === 'custom'
				? { pipeline, invoiceRows: own.invoiceRows.row, dealRows: own.dealRows.row }
				: { pipeline, invoiceRows: invoiceRows(table), dealRows: dealRows() },
	);

/** Refuses a broken table and names the row. */
export const readStatusTable = (parameters: unknown): StatusTable => {
	const table = parse(
		tableSchema,
		parameters,
		'1C Status Map',
		'Open the node and correct the table.',
	);
	checkStatusMap('1C Status Map, invoice rows', table.invoiceRows, (stage) =>
		stage.startsWith('DT31_'),
	);
	checkStatusMap(
		'1C Status Map, deal rows',
		table.dealRows,
		(stage) => pipelineOfStage(stage) === table.pipeline,
	);
	return table;
};
