/** The columns of a row: what 1C says, and the stage it gives. */
import type { INodeProperties } from 'n8n-workflow';
import { ownRows } from '../Bitrix24/tableFields';

const shareOptions = [
	{ name: 'Any', value: 'any' },
	{ name: 'Full', value: 'full' },
	{ name: 'None', value: 'none' },
	{ name: 'Part', value: 'part' },
	{ name: 'Some (Part or Full)', value: 'some' },
];

const paid: INodeProperties = {
	displayName: 'Paid (Оплачено)',
	name: 'paid',
	type: 'options',
	noDataExpression: true,
	options: shareOptions,
	default: 'any',
};

const shipped: INodeProperties = {
	displayName: 'Shipped (Отгружено)',
	name: 'shipped',
	type: 'options',
	noDataExpression: true,
	options: shareOptions,
	default: 'any',
};

const closed: INodeProperties = {
	displayName: 'Order (Заказ)',
	name: 'closed',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Any', value: 'any' },
		{ name: 'Closed by a Document (Закрытие Заказов)', value: 'byDocument' },
		{ name: 'Closed Either Way', value: 'closed' },
		{ name: 'Open', value: 'open' },
		{ name: 'Shipped to the End', value: 'fulfilled' },
	],
	default: 'any',
};

const stage = (loadOptionsMethod: string): INodeProperties => ({
	displayName: 'Move to Stage Name or ID',
	name: 'stage',
	type: 'options',
	typeOptions: { loadOptionsMethod, loadOptionsDependsOn: ['pipeline'] },
	default: '',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
});

const back: INodeProperties = {
	displayName: 'May Move Back',
	name: 'back',
	type: 'boolean',
	default: false,
	description:
		'Whether this row may move the card to an earlier stage; a finished card is never moved',
};

const rowsField = (
	name: string,
	displayName: string,
	description: string,
	columns: INodeProperties[],
): INodeProperties => ({
	displayName,
	name,
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Row',
	default: {},
	description,
	displayOptions: ownRows,
	options: [{ displayName: 'Row', name: 'row', values: columns }],
});

export const dealRowsField = rowsField(
	'dealRows',
	'Deal Rows',
	'The first row that fits the facts of 1C decides the stage of the deal; drag to reorder',
	[closed, shipped, paid, stage('getDealTargets'), back],
);

export const invoiceRowsField = rowsField(
	'invoiceRows',
	'Invoice Rows',
	'The first row that fits the facts of 1C decides the stage of the smart invoice; drag to reorder',
	[paid, stage('getInvoiceTargets'), back],
);
