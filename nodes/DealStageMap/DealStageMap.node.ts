import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type ResourceMapperFields,
} from 'n8n-workflow';
import { z } from 'zod';
import { authenticationField, connect, portalCredentials } from '../Bitrix24/rest/connect';
import { getDemandingStages, getPipelines } from '../Bitrix24/options';
import { tableCheck, tableCheckField } from '../Bitrix24/tableCheck';
import { readTableStages } from '../Bitrix24/deals/tableStages';
import { dryRunField, pipelineField, tableField } from '../Bitrix24/tableFields';
import { ANY_STAGE, decideDocument, type Demand, type StageMap } from '../exchange/stageMap';
import type { Outcome } from '../shared/operation';
import { parse } from '../shared/parameters';
import { decideEach, tableParameters } from '../shared/decideEach';
import { stageRowsField } from './rows';
import { issuesOfStageMap, parseStageMap, readStageMap } from './table';

const OUTPUTS: Demand[] = ['invoice', 'order', 'cancel', 'nothing'];

const dealSchema = z.object({
	pipelineId: z.coerce.string(),
	stageId: z.string(),
	stageName: z.string().optional(),
	stages: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
});

/** What a dry run shows beside the decision: what each stage of the pipeline would demand, also for a deal long finished. */
const byStage = (map: StageMap, stages: Array<{ id: string; name: string }>) =>
	stages.map(({ id, name }) => {
		const row = map.rows.findIndex(({ stage }) => [id, ANY_STAGE].includes(stage));
		return {
			stage: name,
			document: map.rows[row]?.document ?? null,
			row: row < 0 ? null : row + 1,
		};
	});

const judge = (map: StageMap, json: IDataObject, dryRun: boolean): Outcome => {
	const deal = parse(dealSchema, json, 'Deal', 'Put Bitrix24 → Deal → Get before this node.');
	const { document, row } = decideDocument(map, {
		pipeline: deal.pipelineId,
		stage: deal.stageId,
		stageName: deal.stageName,
	});
	const decision = {
		table: 'Deal Stage Map',
		row,
		stage: deal.stageId,
		document,
		dryRun,
		...(dryRun ? { byStage: byStage(map, deal.stages) } : {}),
	};
	return {
		items: [
			{ json: { ...json, decision }, output: OUTPUTS.indexOf(dryRun ? 'nothing' : document) },
		],
	};
};

export class DealStageMap implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Deal Stage Map',
		name: 'dealStageMap',
		icon: { light: 'file:dealStageMap.svg', dark: 'file:dealStageMap.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["dryRun"] ? "dry run" : "stage → 1C document" }}',
		description: 'The table that says which 1C document a deal needs in each of its stages',
		defaults: { name: 'Deal Stage Map' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [
			NodeConnectionTypes.Main,
			NodeConnectionTypes.Main,
			NodeConnectionTypes.Main,
			NodeConnectionTypes.Main,
		],
		outputNames: ['Invoice', 'Order', 'Cancel', 'Nothing'],
		credentials: portalCredentials,
		properties: [
			authenticationField,
			pipelineField,
			tableField,
			{
				displayName:
					'Prepaid: «Счет в 1С» → invoice, «В работе» → order. Postpaid: «В работе» → order. Any other stage → nothing. The stages are made by the portal setup workflow.',
				name: 'presetNotice',
				type: 'notice',
				default: '',
				displayOptions: { hide: { table: ['custom'] } },
			},
			stageRowsField,
			tableCheckField({ rows: ['stage', 'document'] }),
			dryRunField,
		],
	};

	methods = {
		loadOptions: { getDemandingStages, getPipelines },
		resourceMapping: {
			async checkTable(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
				return await tableCheck(async () => {
					const table = parseStageMap(this.getCurrentNodeParameters());
					return issuesOfStageMap(
						table,
						await readTableStages(await connect(this), table.pipeline),
					);
				}, 'Every row can decide, and the portal has every stage.');
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return decideEach(this, OUTPUTS.length, () => {
			const map = readStageMap(tableParameters(this, ['pipeline', 'table', 'rows']));
			const dryRun = this.getNodeParameter('dryRun', 0) as boolean;
			return (json) => judge(map, json, dryRun);
		});
	}
}
