import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { executeResources } from '../shared/execute';
import { propertiesOf } from '../shared/operation';
import { authenticationField, connect, portalCredentials } from './rest/connect';
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
import { batch } from './resources/batch';
import { cardResources } from './resources/card/cardResource';
import {
	getCardFields,
	getCardMapping,
	getFileFields,
	getSmartProcesses,
	searchCards,
	searchDeals,
} from './resources/card/editorLists';
import { catalogResources } from './resources/catalog';
import { getCatalogs } from './resources/catalog/getCatalogs';
import { company } from './resources/company';
import { deal } from './resources/deal';
import { document } from './resources/document';
import { duplicate } from './resources/duplicate';
import { file } from './resources/file';
import { invoice } from './resources/invoice';
import { lead } from './resources/lead';
import { method } from './resources/method';
import { portal } from './resources/portal';
import { payment } from './resources/payment';
import { productRow } from './resources/productRow';
import { address, bankDetail, requisite } from './resources/requisite';
import { getRequisiteMapping } from './resources/requisite/requisiteMapping';
import { pipeline, stage } from './resources/stage';
import { timelineComment } from './resources/timelineComment';
import { user } from './resources/user';
import { userField } from './resources/userField';

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
	productRow,
	payment,
	requisite,
	bankDetail,
	address,
	...catalogResources,
	duplicate,
	document,
	file,
	pipeline,
	stage,
	user,
	userField,
	batch,
];

export class Bitrix24 implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix24',
		name: 'bitrix24',
		icon: { light: 'file:bitrix24.svg', dark: 'file:bitrix24.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Cards of the CRM, products, requisites, payments, documents and any REST method of a Bitrix24 portal',
		defaults: { name: 'Bitrix24' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: portalCredentials,
		properties: [authenticationField, ...propertiesOf(RESOURCES)],
	};

	methods = {
		listSearch: { searchCards, searchDeals },
		loadOptions: {
			getCardFields,
			getCatalogs,
			getDealStages,
			getEvents,
			getFileFields,
			getInvoiceStages,
			getPipelines,
			getPlacements,
			getSmartProcesses,
			getSources,
			getStartStages,
		},
		resourceMapping: { getCardMapping, getRequisiteMapping },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeResources(this, RESOURCES, connect);
	}
}
