/** The tables that follow a node, put together by pipeline. */
import { readTableStages } from '../Bitrix24/deals/tableStages';
import type { Bitrix24Client } from '../Bitrix24/rest/client';
import { issuesOfStageMap, parseStageMap } from '../DealStageMap/table';
import { missingWays, type Mapping } from '../exchange/mappingInWords';
import { Problem } from '../exchange/problem';
import { issueInRussian, type TableIssue } from '../exchange/tableIssue';
import { issuesOfStatusTable, parseStatusTable } from '../OneCStatusMap/table';

/** As `getChildNodes` gives it; the parameters are what is stored. */
export interface TableNode {
	name: string;
	type: string;
	disabled?: boolean;
	parameters?: unknown;
}

export interface CheckedMapping extends Mapping {
	pipelineName: string;
	/** In Russian, each with the node it is about. */
	issues: string[];
}

interface Named<Table> {
	name: string;
	table: Table;
}

const tablesOf = <Table>(
	nodes: TableNode[],
	type: string,
	parse: (parameters: unknown) => Table,
): Array<Named<Table>> =>
	nodes
		.filter((node) => node.type.endsWith(type) && !node.disabled)
		.map(({ name, parameters }) => ({ name, table: parse(parameters) }));

const inRussian = (name: string, issues: TableIssue[]): string[] =>
	issues.map((issue) => `Узел «${name}». ${issueInRussian(issue)}`);

export const readMappings = async (
	client: Bitrix24Client,
	nodes: TableNode[],
): Promise<CheckedMapping[]> => {
	const maps = tablesOf(nodes, '.dealStageMap', parseStageMap);
	const statuses = tablesOf(nodes, '.oneCStatusMap', parseStatusTable);
	const pipelines = new Set([...maps, ...statuses].map(({ table }) => table.pipeline));
	if (pipelines.size === 0) {
		throw new Problem(
			'No table follows this node.',
			'Connect it so that Deal Stage Map and 1C Status Map come after it.',
		);
	}
	const mappings: CheckedMapping[] = [];
	for (const pipeline of pipelines) {
		const stages = await readTableStages(client, pipeline);
		const ownMaps = maps.filter(({ table }) => table.pipeline === pipeline);
		const ownStatuses = statuses.filter(({ table }) => table.pipeline === pipeline);
		const mapping = {
			pipeline,
			stageMaps: ownMaps.map(({ table }) => table),
			invoiceRows: ownStatuses.flatMap(({ table }) => table.invoiceRows),
			dealRows: ownStatuses.flatMap(({ table }) => table.dealRows),
			dealStages: stages.deal,
			invoiceStages: stages.invoice,
		};
		const issues = [
			...ownMaps.flatMap(({ name, table }) => inRussian(name, issuesOfStageMap(table, stages))),
			...ownStatuses.flatMap(({ name, table }) =>
				inRussian(name, issuesOfStatusTable(table, stages)),
			),
			...missingWays(mapping).map(issueInRussian),
		];
		mappings.push({ ...mapping, pipelineName: stages.pipeline?.name ?? pipeline, issues });
	}
	return mappings;
};
