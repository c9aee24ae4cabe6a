/** Fields that several operations share. */
import type { INodeProperties } from 'n8n-workflow';

/** Filter of crm.item.list: an object whose keys are fields with a prefix of comparison. */
export const filterField: INodeProperties = {
	displayName: 'Filter (JSON)',
	name: 'filter',
	type: 'json',
	default: '{}',
	description:
		'Fields with comparison prefixes, such as {"categoryId": 0, ">=updatedTime": "2026-11-01"}',
};
