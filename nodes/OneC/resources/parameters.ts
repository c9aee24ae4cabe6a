/** Fields that several operations share, and the schemas that check what they hold. */
import type { INodeProperties } from 'n8n-workflow';
import { guidSchema, optionalRefSchema } from '../../exchange/reference';
import { saleSchema } from '../../exchange/sale';
import { idSchema, jsonSchema, textSchema } from '../../shared/valueSchemas';

export const saleParameter = jsonSchema.pipe(saleSchema);

export const refParameter = optionalRefSchema;

export const dealId: INodeProperties = {
	displayName: 'Deal ID',
	name: 'dealId',
	type: 'string',
	default: '={{ $json.dealId }}',
	required: true,
	description: 'Number of the deal the 1C documents were made for',
};

/** An input item that says which deal it is of may say so with the result too. */
export const dealIdOf = (json: Record<string, unknown>): { dealId?: number } => {
	const parsed = idSchema.safeParse(json.dealId);
	return parsed.success ? { dealId: parsed.data } : {};
};

export const ref: INodeProperties = {
	displayName: 'GUID',
	name: 'ref',
	type: 'string',
	default: '',
	required: true,
	placeholder: '7c9d1f2e-3b4a-11ef-9c11-00155d01c802',
	description: 'Reference of the 1C object',
};

export const requiredRef = guidSchema;

export const saleFields: INodeProperties[] = [
	{
		displayName: 'Sale',
		name: 'sale',
		type: 'json',
		default: '={{ $json.sale }}',
		required: true,
		description: 'What the deal sells, as the Bitrix24 node makes it of a deal',
	},
	{
		displayName: 'Organization Name or ID',
		name: 'organization',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getOrganizations' },
		default: '',
		description:
			'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		hint: 'Used for deals that name no organization of their own',
	},
	{
		displayName: 'Warehouse Name or ID',
		name: 'warehouse',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getWarehouses' },
		default: '',
		description:
			'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		hint: 'Used for deals that name no warehouse of their own',
	},
];

export const folder: INodeProperties = {
	displayName: 'Folder Name or ID',
	name: 'folder',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getFolders' },
	default: '',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

export const productFolder: INodeProperties = {
	...folder,
	typeOptions: { loadOptionsMethod: 'getProductFolders' },
};

export const searchText: INodeProperties = {
	displayName: 'Search',
	name: 'search',
	type: 'string',
	default: '',
	description: 'Words to look for; all there are when empty',
};

export const words = textSchema;

/** What a folder means to whoever reads many. */
export const IN_BRANCH = 'With all folders below it; at the top level everything';
