/** The columns of a row: the stage of the deal, and the document 1C must have. */
import type { INodeProperties } from 'n8n-workflow';
import { ownRows } from '../Bitrix24/tableFields';

export const stageRowsField: INodeProperties = {
	displayName: 'Rows',
	name: 'rows',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Row',
	default: {},
	description: 'The first row that fits the deal decides; drag to reorder',
	displayOptions: ownRows,
	options: [
		{
			displayName: 'Row',
			name: 'row',
			values: [
				{
					displayName: 'Deal Is in Stage Name or ID',
					name: 'stage',
					type: 'options',
					typeOptions: {
						loadOptionsMethod: 'getDemandingStages',
						loadOptionsDependsOn: ['pipeline'],
					},
					default: '',
					description:
						'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				},
				{
					displayName: '1C Must Have',
					name: 'document',
					type: 'options',
					noDataExpression: true,
					options: [
						{ name: 'Customer Invoice (Счет На Оплату)', value: 'invoice' },
						{ name: 'Customer Order (Заказ Покупателя)', value: 'order' },
						{ name: 'Nothing', value: 'nothing' },
						{
							name: 'Nothing Any More: Cancel',
							value: 'cancel',
							description: 'The deal was lost; whoever made documents should look at them',
						},
					],
					default: 'nothing',
				},
			],
		},
	],
};
