import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { executeResources } from '../shared/execute';
import { propertiesOf } from '../shared/operation';
import { COMAGIC_CREDENTIAL, connect } from './connect';
import { getCampaigns, getSites, getTags } from './options';
import { account } from './resources/account';
import { communication } from './resources/communication';
import { crmHistory } from './resources/crmHistory';
import { method } from './resources/method';
import { call, chat, visitorSession } from './resources/reports';
import { siteRequest } from './resources/siteRequest';
import { tag } from './resources/tag';

const RESOURCES = [
	communication,
	call,
	chat,
	siteRequest,
	visitorSession,
	tag,
	crmHistory,
	account,
	method,
];

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
		return await executeResources(this, RESOURCES, connect);
	}
}
