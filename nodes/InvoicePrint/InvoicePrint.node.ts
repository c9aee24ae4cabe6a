import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { executeResources } from '../shared/execute';
import { propertiesOf } from '../shared/operation';
import { invoice } from './resources/invoice';
import { template } from './resources/template';

const RESOURCES = [invoice, template];

export class InvoicePrint implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Invoice Print',
		name: 'invoicePrint',
		icon: { light: 'file:invoicePrint.svg', dark: 'file:invoicePrint.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'The printed invoice (Счет на оплату) as PDF and Word file, with a payment QR code',
		defaults: { name: 'Invoice Print' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: propertiesOf(RESOURCES),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeResources(this, RESOURCES, async () => await Promise.resolve(null));
	}
}
