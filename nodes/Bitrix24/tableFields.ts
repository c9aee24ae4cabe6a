/** Fields both tables share, so that the analyst meets the same words in both. */
import type { INodeProperties } from 'n8n-workflow';

export const pipelineField: INodeProperties = {
	displayName: 'Pipeline Name or ID',
	name: 'pipeline',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getPipelines' },
	default: '0',
	description:
		'The pipeline whose deals go through this table. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

export const tableField: INodeProperties = {
	displayName: 'Table',
	name: 'table',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'My Own Rows',
			value: 'custom',
			description: 'The rows below decide',
		},
		{
			name: 'Preset: Prepaid (По Предоплате)',
			value: 'prepaid',
			description: 'Invoice, payment, order, shipment',
		},
		{
			name: 'Preset: Postpaid (По Факту Отгрузки)',
			value: 'postpaid',
			description: 'Order and shipment, no invoice',
		},
	],
	default: 'custom',
};

export const dryRunField: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description:
		'Whether to only show what the table decides: every item leaves by the last output with its decision, and nothing is changed',
};

export const ownRows = { show: { table: ['custom'] } };
