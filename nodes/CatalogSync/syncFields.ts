/** The fields of the node in the editor. */
import type { INodeProperties } from 'n8n-workflow';

const shownFor = (what: string) => ({ show: { what: [what] } });

export const FIELDS: INodeProperties[] = [
	{
		displayName: 'What',
		name: 'what',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Counterparties (Контрагенты)', value: 'counterparties' },
			{ name: 'Products (Номенклатура)', value: 'products' },
		],
		default: 'counterparties',
	},
	{
		displayName: 'Folder Name or ID',
		name: 'counterpartyFolder',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getCounterpartyFolders' },
		displayOptions: shownFor('counterparties'),
		default: '',
		description:
			'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		hint: 'With all folders, cards whose counterparty is no longer in 1C are found too',
	},
	{
		displayName: 'People As',
		name: 'people',
		type: 'options',
		displayOptions: shownFor('counterparties'),
		options: [
			{ name: 'Contacts', value: 'contact' },
			{ name: 'Companies', value: 'company' },
		],
		default: 'contact',
		description: 'What a counterparty becomes that is a person and not an entrepreneur',
	},
	{
		displayName: 'When the CRM Has the Same INN',
		name: 'sameInn',
		type: 'options',
		displayOptions: shownFor('counterparties'),
		options: [
			{
				name: 'In Doubt',
				value: 'inDoubt',
				description: 'Write nothing and give the counterparty to the In Doubt output',
			},
			{
				name: 'Link to the Same Company',
				value: 'link',
				description: 'One company, several counterparties of 1C',
			},
			{
				name: 'Create Another Company',
				value: 'create',
				description: 'Each counterparty is a card of its own',
			},
		],
		default: 'inDoubt',
		description: 'What to do with a counterparty no card names yet, when a card has its ИНН',
	},
	{
		displayName: 'Folder Name or ID',
		name: 'productFolder',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getProductFolders' },
		displayOptions: shownFor('products'),
		default: '',
		description:
			'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	},
	{
		displayName: 'Price Type Name or ID',
		name: 'priceType',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getPriceTypes' },
		displayOptions: shownFor('products'),
		default: '',
		description:
			'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		hint: 'Written as the base price of the portal',
	},
	{
		displayName: 'Write Free Stock',
		name: 'stock',
		type: 'boolean',
		displayOptions: shownFor('products'),
		default: false,
		description: 'Whether to write what can be sold into the quantity of the product',
	},
	{
		displayName: 'Warehouse Names or IDs',
		name: 'warehouses',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getStockWarehouses' },
		displayOptions: { show: { what: ['products'], stock: [true] } },
		default: [],
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		hint: 'All warehouses when none is chosen',
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description: 'Whether to only say what would be written',
	},
	{
		displayName: 'Page Size',
		name: 'pageSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 2000 },
		default: 500,
		description: 'How many objects are read and written at a time',
	},
];
