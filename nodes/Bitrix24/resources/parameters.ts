/** Fields that several operations share. */
import type { INodeProperties } from 'n8n-workflow';

export const dealId: INodeProperties = {
	displayName: 'Deal ID',
	name: 'dealId',
	type: 'string',
	default: '={{ $json.dealId }}',
	required: true,
	description: 'Number of the deal, as in its address',
};

export const invoiceId: INodeProperties = {
	displayName: 'Invoice ID',
	name: 'invoiceId',
	type: 'string',
	default: '={{ $json.invoiceId }}',
	required: true,
	description: 'Number of the smart invoice',
};

/** Filter of crm.item.list: an object whose keys are fields with a prefix of comparison. */
export const filterField: INodeProperties = {
	displayName: 'Filter (JSON)',
	name: 'filter',
	type: 'json',
	default: '{}',
	description:
		'Fields with comparison prefixes, such as {"categoryId": 0, ">=updatedTime": "2026-11-01"}',
};
