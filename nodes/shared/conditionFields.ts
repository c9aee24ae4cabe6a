/** Fields of the filter builders: which field, how it is compared, with what. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

export interface FieldList {
	loadOptionsMethod: string;
	/** Parameters that say whose fields they are. */
	loadOptionsDependsOn: string[];
}

export const fieldNameField = (list: FieldList): INodeProperties => ({
	displayName: 'Field Name or ID',
	name: 'field',
	type: 'options',
	typeOptions: { ...list },
	default: '',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
});

/** @param values what the chosen field is compared with */
export const conditionsField = (
	list: FieldList,
	comparisons: INodePropertyOptions[],
	usual: string,
	values: INodeProperties[],
): INodeProperties => ({
	displayName: 'Conditions',
	name: 'conditions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Condition',
	default: {},
	options: [
		{
			displayName: 'Condition',
			name: 'condition',
			values: [
				fieldNameField(list),
				{
					displayName: 'Comparison',
					name: 'comparison',
					type: 'options',
					options: comparisons,
					default: usual,
				},
				...values,
			],
		},
	],
});
