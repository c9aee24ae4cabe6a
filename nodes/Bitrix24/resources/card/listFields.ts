/** Conditions, order and columns of a list of cards, chosen from the fields the portal has. */
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { conditionsField, fieldNameField, type FieldList } from '../../../shared/conditionFields';
import type { ItemParameters } from '../../../shared/parameters';
import { COMPARISONS, type Condition } from '../../cards/cardFilter';
import { filterField } from '../parameters';
import { readOption, optionsField } from './cardFields';

const ofCard: FieldList = {
	loadOptionsMethod: 'getCardFields',
	loadOptionsDependsOn: ['resource', 'entityTypeId'],
};

const COMPARISON_OPTIONS = [
	{ name: 'Contains', value: 'contains' },
	{ name: 'Does Not Contain', value: 'containsNot' },
	{ name: 'Greater or Equal', value: 'greaterOrEqual' },
	{ name: 'Greater Than', value: 'greater' },
	{ name: 'Is', value: 'is' },
	{ name: 'Is None Of', value: 'isNoneOf' },
	{ name: 'Is Not', value: 'isNot' },
	{ name: 'Is One Of', value: 'isOneOf' },
	{ name: 'Less or Equal', value: 'lessOrEqual' },
	{ name: 'Less Than', value: 'less' },
	{ name: 'Starts With', value: 'startsWith' },
];

export const listFields: INodeProperties[] = [
	conditionsField(ofCard, COMPARISON_OPTIONS, 'is', [
		{
			displayName: 'Value',
			name: 'value',
			type: 'string',
			default: '',
			description:
				'Of lists the ID; dates as 2026-11-24; several values for Is One Of stand between commas',
		},
	]),
	{
		displayName: 'Must Match',
		name: 'mustMatch',
		type: 'options',
		options: [
			{ name: 'All Conditions', value: 'all' },
			{ name: 'Any Condition', value: 'any' },
		],
		default: 'all',
	},
	{
		displayName: 'Sort',
		name: 'sort',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Sorting',
		default: {},
		options: [
			{
				displayName: 'Sorting',
				name: 'by',
				values: [
					fieldNameField(ofCard),
					{
						displayName: 'Direction',
						name: 'direction',
						type: 'options',
						options: [
							{ name: 'Ascending', value: 'ASC' },
							{ name: 'Descending', value: 'DESC' },
						],
						default: 'ASC',
					},
				],
			},
		],
	},
	filterField,
	optionsField([
		{
			displayName: 'Field Names or IDs',
			name: 'select',
			type: 'multiOptions',
			typeOptions: { ...ofCard },
			default: [],
			description:
				'Which fields to return, all when none is chosen. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
	]),
];

const name = z.string().trim().min(1, 'is empty');

const conditionsSchema = z
	.object({
		condition: z
			.array(
				z.object({
					field: name,
					comparison: z.enum(COMPARISONS).default('is'),
					value: z.unknown(),
				}),
			)
			.default([]),
	})
	.transform(({ condition }) => condition as Condition[]);

const sortSchema = z
	.object({
		by: z
			.array(z.object({ field: name, direction: z.enum(['ASC', 'DESC']).default('ASC') }))
			.default([]),
	})
	.transform(({ by }) => Object.fromEntries(by.map(({ field, direction }) => [field, direction])));

/** Workflows from before there were such fields have none of them. */
export const readListFields = (item: ItemParameters) => {
	const select = readOption(item, 'select', 'Field Names or IDs', z.array(z.string())) ?? [];
	return {
		conditions: item.read('conditions', 'Conditions', conditionsSchema),
		isAny: item.read('mustMatch', 'Must Match', z.string()) === 'any',
		order: item.read('sort', 'Sort', sortSchema),
		select: select.length > 0 ? ['id', ...select] : undefined,
	};
};
