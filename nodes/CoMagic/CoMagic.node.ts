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
import { COMAGIC_CREDENTIAL, connect } from './connect';
import { getCampaigns, getSites, getTags } from './options';
import { communication } from './resources/communication';
import { crmHistory } from './resources/crmHistory';
import { method } from './resources/method';
import { call, chat, visitorSession } from './resources/reports';
import { siteRequest } from './resources/siteRequest';
import { tag } from './resources/tag';

const RESOURCES = [communication, call, chat, siteRequest, visitorSession, tag, crmHistory, method];

export class CoMagic implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CoMagic',
		name: 'coMagic',
		icon: { light: 'file:coMagic.svg', dark: 'file:coMagic.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Calls, chats, site requests and visits of a CoMagic (UIS, CallGear) account',
		defaults: { name: 'CoMagic' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: COMAGIC_CREDENTIAL, required: true }],
		properties: propertiesOf(RESOURCES),
	};

	methods = { loadOptions: { getCampaigns, getSites, getTags } };

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
