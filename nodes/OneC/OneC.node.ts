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
import { settled } from '../shared/settled';
import { connect, ONEC_CREDENTIAL } from './connect';
import { getFolders, getOrganizations, getWarehouses } from './options';
import { counterparty } from './resources/counterparty';
import { customerInvoice } from './resources/customerInvoice';
import { customerOrder } from './resources/customerOrder';
import { object } from './resources/object';

const RESOURCES = [customerInvoice, customerOrder, counterparty, object];

export class OneC implements INodeType {
	description: INodeTypeDescription = {
		displayName: '1C UT',
		name: 'oneC',
		icon: { light: 'file:oneC.svg', dark: 'file:oneC.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Invoices, orders, counterparties and any object of 1C:Управление торговлей 10.3',
		defaults: { name: '1C UT' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: ONEC_CREDENTIAL, required: true }],
		properties: propertiesOf(RESOURCES),
	};

	methods = { loadOptions: { getFolders, getOrganizations, getWarehouses } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = this.getNodeParameter('resource', 0);
		const operation = findOperation(RESOURCES, resource, this.getNodeParameter('operation', 0));
		if (!operation)
			throw new NodeOperationError(this.getNode(), `Unknown operation of ${resource}.`);
		const connected = await settled(async () => await connect(this));
		if (connected.error) throw asNodeError(this, connected.error);
		const { value: session } = connected;
		const items = parametersOf(this);
		const ran = await settled(async () => await runOperation(operation, session, items));
		if (!ran.error) return emit(this, ran.value, 1);
		const { error: problem } = ran;
		return emit(
			this,
			items.map(() => ({ problem })),
			1,
		);
	}
}
