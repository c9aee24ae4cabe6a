import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type ResourceMapperFields,
} from 'n8n-workflow';
import { authenticationField, connect, portalCredentials } from '../Bitrix24/rest/connect';
import { getDealTargets, getInvoiceTargets, getPipelines } from '../Bitrix24/options';
import { tableCheck, tableCheckField } from '../Bitrix24/tableCheck';
import { readTableStages } from '../Bitrix24/deals/tableStages';
import { dryRunField, pipelineField, tableField } from '../Bitrix24/tableFields';
import { decideEach, tableParameters } from '../shared/decideEach';
import { judge, OUTPUT } from './judge';
import { dealRowsField, invoiceRowsField } from './rows';
import { issuesOfStatusTable, parseStatusTable, readStatusTable } from './table';

export class OneCStatusMap implements INodeType {
	description: INodeTypeDescription = {
		displayName: '1C Status Map',
		name: 'oneCStatusMap',
		icon: { light: 'file:oneCStatusMap.svg', dark: 'file:oneCStatusMap.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["dryRun"] ? "dry run" : "1C facts → stages" }}',
		description:
			'The table that says which stage the facts of 1C give to a deal and to its invoice',
		defaults: { name: '1C Status Map' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [
			NodeConnectionTypes.Main,
			NodeConnectionTypes.Main,
			NodeConnectionTypes.Main,
			NodeConnectionTypes.Main,
			NodeConnectionTypes.Main,
		],
		outputNames: ['Progress', 'Deal Stage', 'Invoice Stage', 'Comment', 'Nothing'],
		credentials: portalCredentials,
		properties: [
			authenticationField,
			pipelineField,
			{
				displayName: 'Progress',
				name: 'progress',
				type: 'string',
				default: '',
				description:
					'What 1C says of the sale: the progress given by the 1C UT Trigger. Left empty, it is taken from the field "progress" of the incoming item.',
			},
			tableField,
			{
				displayName:
					'Invoice: paid in full → success stage (prepaid only). Deal: order closed with something shipped → success stage; closed with nothing shipped → timeline comment.',
				name: 'presetNotice',
				type: 'notice',
				default: '',
				displayOptions: { hide: { table: ['custom'] } },
			},
			invoiceRowsField,
			dealRowsField,
			tableCheckField({
				invoiceRows: ['paid', 'stage'],
				dealRows: ['closed', 'shipped', 'paid', 'stage'],
			}),
			dryRunField,
		],
	};

	methods = {
		loadOptions: { getDealTargets, getInvoiceTargets, getPipelines },
		resourceMapping: {
			async checkTable(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
				return await tableCheck(async () => {
					const table = parseStatusTable(this.getCurrentNodeParameters());
					return issuesOfStatusTable(
						table,
						await readTableStages(await connect(this), table.pipeline),
					);
				}, 'Every row can decide, the portal has every stage, and a row wins the deal.');
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return decideEach(this, Object.keys(OUTPUT).length, () => {
			const table = readStatusTable(
				tableParameters(this, ['pipeline', 'table', 'invoiceRows', 'dealRows']),
			);
			const dryRun = this.getNodeParameter('dryRun', 0) as boolean;
			return (json, index) =>
				judge(table, json, this.getNodeParameter('progress', index) || json.progress, dryRun);
		});
	}
}
