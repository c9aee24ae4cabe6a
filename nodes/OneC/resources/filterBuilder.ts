/** A filter built of fields, comparisons and values; the literals are written for the user. */
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { conditionsField } from '../../shared/conditionFields';
import type { ItemParameters } from '../../shared/parameters';
import { readShape } from '../metadata/readShape';
import type { Field } from '../metadata/shape';
import { conditionOf, type Compared, type ValueType } from '../odata/conditions';
import { anyOf } from '../odata/odata';
import type { Session } from '../session';
import { textSchema } from '../../shared/valueSchemas';

const COMPARISONS = [
	{ name: 'Contains', value: 'contains' },
	{ name: 'Ends With', value: 'endsWith' },
	{ name: 'Equals', value: 'eq' },
	{ name: 'Greater Than', value: 'gt' },
	{ name: 'Greater Than or Equal', value: 'ge' },
	{ name: 'Is Empty', value: 'isEmpty' },
	{ name: 'Is Not Empty', value: 'isNotEmpty' },
	{ name: 'Is One Of', value: 'in' },
	{ name: 'Less Than', value: 'lt' },
	{ name: 'Less Than or Equal', value: 'le' },
	{ name: 'Not Equal', value: 'ne' },
	{ name: 'Starts With', value: 'startsWith' },
];

const VALUELESS = ['isEmpty', 'isNotEmpty'];

/** @param dependsOn the parameter that says which set the fields are of */
export const filterFields = (dependsOn: string): INodeProperties[] => [
	conditionsField(
		{ loadOptionsMethod: 'getFilterFields', loadOptionsDependsOn: [`${dependsOn}.value`] },
		COMPARISONS,
		'eq',
		[
			{
				displayName: 'Value',
				name: 'value',
				type: 'string',
				default: '',
				displayOptions: { hide: { comparison: VALUELESS } },
				description: 'A text, a number, true or false, a time, or a GUID',
				hint: 'Several with commas between them for Is One Of',
			},
			{
				displayName: 'Entity of the Value Name or ID',
				name: 'entity',
				type: 'options',
				typeOptions: { loadOptionsMethod: 'getReferenced' },
				default: '',
				displayOptions: { hide: { comparison: VALUELESS } },
				description:
					'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				hint: 'Only for composite fields: what kind of object the GUID is of',
			},
		],
	),
	{
		displayName: 'Combine',
		name: 'combine',
		type: 'options',
		options: [
			{ name: 'All Conditions', value: 'and' },
			{ name: 'Any Condition', value: 'or' },
		],
		default: 'and',
		description: 'Whether all of the conditions must hold or any of them',
	},
];

const TYPES: ValueType[] = ['string', 'number', 'boolean', 'date', 'reference', 'composite'];

const ROWS = 'rows';

/**
 * A field of the list carries its type, so that a run needs no description of the base; one that an expression names
 * is looked up.
 */
export const fieldChoice = (path: string, { type }: Field, inRows: boolean): string =>
	[path, type, ...(inRows ? [ROWS] : [])].join('|');

const conditionsSchema = z.object({
	condition: z
		.array(
			z.object({
				field: z.string().trim().min(1, 'is not chosen'),
				comparison: z.string(),
				value: textSchema,
				entity: z.string().trim().default(''),
			}),
		)
		.default([]),
});

type Written = z.output<typeof conditionsSchema>['condition'][number];

const typedField = async (
	{ client }: Session,
	set: string,
	choice: string,
): Promise<Pick<Compared, 'field' | 'type' | 'inRows'>> => {
	const [field, type, rows] = choice.split('|');
	if (TYPES.includes(type as ValueType)) {
		return { field, type: type as ValueType, inRows: rows === ROWS };
	}
	const shape = await readShape(client);
	const found = shape.field(set, field);
	if (found && TYPES.includes(found.type as ValueType)) {
		return { field, type: found.type as ValueType, inRows: found.inRows };
	}
	throw new Problem(
		`${set} has no field ${field} that can be compared.`,
		'Choose the field from the list; names are written as in the Configurator, references end in _Key.',
	);
};

/** @returns undefined when there are no conditions */
export const readConditions = async (
	session: Session,
	item: ItemParameters,
	set: string,
): Promise<string | undefined> => {
	const { condition: written } = item.read('conditions', 'Conditions', conditionsSchema);
	if (written.length === 0) return undefined;
	const { timeZone } = session.client.base;
	const one = async ({ field, entity, ...rest }: Written): Promise<string> =>
		conditionOf({ ...(await typedField(session, set, field)), ...rest, set: entity }, timeZone);
	const conditions: string[] = [];
	for (const each of written) conditions.push(await one(each));
	const isAny = item.read('combine', 'Combine', z.enum(['and', 'or'])) === 'or';
	return isAny ? anyOf(conditions) : conditions.join(' and ');
};
