import {
	NodeConnectionTypes,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { asNodeError } from '../shared/decideEach';
import { findOperation, propertiesOf } from '../shared/operation';
import { parametersOf } from '../shared/parameters';
import { emit, runOperation } from '../shared/runner';
import { authenticationField, connect, portalCredentials } from './connect';
import {
	getDealStages,
	getEvents,
	getInvoiceStages,
	getPipelines,
	getPlacements,
	getSources,
	getStartStages,
} from './options';
import { app } from './resources/app';
import { cardResources } from './resources/card/cardResource';
import {
	getCardFields,
	getCardMapping,
	getSmartProcesses,
	searchCards,
} from './resources/card/editorLists';
import { company } from './resources/company';
import { deal } from './resources/deal';
import { invoice } from './resources/invoice';
import { lead } from './resources/lead';
import { method } from './resources/method';
import { portal } from './resources/portal';
import { timelineComment } from './resources/timelineComment';

const RESOURCES = [
	deal,
	company,
	invoice,
	lead,
	method,
	portal,
	timelineComment,
	app,
	...cardResources,
];

export class Bitrix24 implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix24',
		name: 'bitrix24',
		icon: { light: 'file:bitrix24.svg', dark: 'file:bitrix24.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Deals, smart invoices, timeline and any REST method of a Bitrix24 portal',
		defaults: { name: 'Bitrix24' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: portalCredentials,
		properties: [authenticationField, ...propertiesOf(RESOURCES)],
	};

	methods = {
		listSearch: { searchCards },
		loadOptions: {
			getCardFields,
			getDealStages,
			getEvents,
			getInvoiceStages,
			getPipelines,
			getPlacements,
			getSmartProcesses,
			getSources,
			getStartStages,
		},
		resourceMapping: { getCardMapping },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = this.getNodeParameter('resource', 0);
		const operation = findOperation(RESOURCES, resource, this.getNodeParameter('operation', 0));
		if (!operation)
			throw new NodeOperationError(this.getNode(), `Unknown operation of ${resource}.`);
		const client = await connect(this).catch((error: unknown) => {
			throw asNodeError(this, error);
		});
		const outcomes = await runOperation(operation, client, parametersOf(this));
		return emit(this, outcomes, 1);
	}
}
