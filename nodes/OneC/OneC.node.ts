import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { executeResources } from '../shared/execute';
import { propertiesOf } from '../shared/operation';
import { connect, ONEC_CREDENTIAL } from './connect';
import { getObjectFields } from './fieldMapping';
import {
	searchBalances,
	searchCounterparties,
	searchEntities,
	searchOrganizations,
	searchPriceTypes,
	searchProducts,
	searchReasons,
	searchSlices,
	searchTurnovers,
	searchWarehouses,
} from './listSearch';
import {
	getExchangeNodes,
	getFilterFields,
	getFolders,
	getContractOrganizations,
	getOrganizations,
	getProductFolders,
	getReferenced,
	getWarehouses,
} from './options';
import { base } from './resources/base';
import { contract } from './resources/contract';
import { counterparty } from './resources/counterparty';
import { customerInvoice } from './resources/customerInvoice';
import { customerOrder } from './resources/customerOrder';
import { exchangePlan } from './resources/exchangePlan';
import { goodsReturn } from './resources/goodsReturn';
import { object } from './resources/object';
import { orderClosing } from './resources/orderClosing';
import { orderCorrection } from './resources/orderCorrection';
import { payment } from './resources/payment';
import { product } from './resources/product';
import { register } from './resources/register';
import { saleOfGoods } from './resources/saleOfGoods';

const RESOURCES = [
	customerInvoice,
	customerOrder,
	base,
	contract,
	counterparty,
	exchangePlan,
	goodsReturn,
	object,
	orderClosing,
	orderCorrection,
	payment,
	product,
	register,
	saleOfGoods,
];

export class OneC implements INodeType {
	description: INodeTypeDescription = {
		displayName: '1C UT',
		name: 'oneC',
		icon: { light: 'file:oneC.svg', dark: 'file:oneC.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Documents, catalogs, registers and any object of 1C:Управление торговлей 10.3, read and written',
		defaults: { name: '1C UT' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: ONEC_CREDENTIAL, required: true }],
		properties: propertiesOf(RESOURCES),
	};

	methods = {
		loadOptions: {
			getContractOrganizations,
			getExchangeNodes,
			getFilterFields,
			getFolders,
			getOrganizations,
			getProductFolders,
			getReferenced,
			getWarehouses,
		},
		listSearch: {
			searchBalances,
			searchCounterparties,
			searchEntities,
			searchOrganizations,
			searchPriceTypes,
			searchProducts,
			searchReasons,
			searchSlices,
			searchTurnovers,
			searchWarehouses,
		},
		resourceMapping: { getObjectFields },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeResources(this, RESOURCES, connect);
	}
}
