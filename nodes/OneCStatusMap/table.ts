/** The node's parameters as the two parts of the table: invoice rows and deal rows. */
import { z } from 'zod';
import { CHAINS, dealRows, invoiceRows } from '../exchange/presets';
import {
	checkStatusMap,
	CLOSINGS,
	dealRowDoubts,
	invoiceRowDoubts,
	SHARES,
	statusRowIssues,
	type StatusRow,
} from '../exchange/statusMap';
import { unknownPipeline, withDoubts, type TableIssue } from '../exchange/tableIssue';
import type { TableStages } from '../Bitrix24/deals/tableStages';
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

export const parseStatusTable = (parameters: unknown): StatusTable =>
	parse(tableSchema, parameters, '1C Status Map', 'Open the node and correct the table.');

const isInvoiceStage = (stage: string): boolean => stage.startsWith('DT31_');

/** Refuses a broken table and names the row. */
export const readStatusTable = (parameters: unknown): StatusTable => {
	const table = parseStatusTable(parameters);
	const isOwnStage = (stage: string): boolean => pipelineOfStage(stage) === table.pipeline;
	checkStatusMap('1C Status Map, invoice rows', table.invoiceRows, isInvoiceStage);
	checkStatusMap('1C Status Map, deal rows', table.dealRows, isOwnStage);
	return table;
};

/** Everything that is wrong with a table, as far as the portal's stages tell. */
export const issuesOfStatusTable = (
	{ pipeline: id, invoiceRows, dealRows }: StatusTable,
	{ pipeline, deal, invoice }: TableStages,
): TableIssue[] => {
	if (pipeline === null) return [unknownPipeline(id)];
	const ofInvoice = withDoubts(
		statusRowIssues(invoiceRows, isInvoiceStage),
		invoiceRowDoubts(invoiceRows, invoice),
	);
	const ofDeal = withDoubts(
		statusRowIssues(dealRows, (stage) => pipelineOfStage(stage) === id),
		dealRowDoubts(dealRows, deal),
	);
	return [
		...ofInvoice.map((issue): TableIssue => ({ ...issue, of: 'invoice' })),
		...ofDeal.map((issue): TableIssue => ({ ...issue, of: 'deal' })),
	];
};
