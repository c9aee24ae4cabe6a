import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { authenticationField, connect, portalCredentials } from '../Bitrix24/rest/connect';
import { inWords } from '../exchange/mappingInWords';
import { asNodeError } from '../shared/nodeError';
import { reportPage, reportText, type Report } from './page';
import { readMappings, type CheckedMapping } from './tables';

const toReport = (mapping: CheckedMapping, workflow: string, now: Date): Report => ({
	workflow,
	pipeline: mapping.pipelineName,
	date: new Intl.DateTimeFormat('ru-RU', { dateStyle: 'long' }).format(now),
	sections: inWords(mapping),
	issues: mapping.issues,
});

export class MappingReport implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Mapping Report',
		name: 'mappingReport',
		icon: { light: 'file:mappingReport.svg', dark: 'file:mappingReport.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: 'both tables in words',
		description:
			'The whole mapping of stages and 1C documents in words, in Russian, with what is wrong in the tables: a page to sign off with the client',
		defaults: { name: 'Mapping Report' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: portalCredentials,
		properties: [
			authenticationField,
			{
				displayName:
					'Reports the tables that follow this node in the workflow, by pipeline: as text, and as a page to print in the binary property "data".',
				name: 'whatNotice',
				type: 'notice',
				default: '',
			},
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { name } = this.getWorkflow();
		const nodes = this.getChildNodes(this.getNode().name, { includeNodeParameters: true });
		try {
			const mappings = await readMappings(await connect(this), nodes);
			const pages = mappings.map(async (mapping): Promise<INodeExecutionData> => {
				const report = toReport(mapping, name ?? '', new Date());
				const page = Buffer.from(reportPage(report));
				return {
					json: {
						pipelineId: mapping.pipeline,
						pipeline: mapping.pipelineName,
						issues: mapping.issues,
						text: reportText(report),
					},
					binary: {
						data: await this.helpers.prepareBinaryData(page, 'mapping.html', 'text/html'),
					},
					pairedItem: this.getInputData().map((_, item) => ({ item })),
				};
			});
			return [await Promise.all(pages)];
		} catch (error) {
			throw asNodeError(this, error);
		}
	}
}
