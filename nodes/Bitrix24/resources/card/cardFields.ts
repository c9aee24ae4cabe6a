/** Fields of the editor that all operations on cards share. */
import type { INodeProperties, ResourceMapperTypeOptions } from 'n8n-workflow';
import { z } from 'zod';
import { capital } from '../../../exchange/capital';
import { parse, type ItemParameters } from '../../../shared/parameters';
import { idSchema } from '../../../shared/valueSchemas';
import { addressOf, CARD_KINDS, type CardKind } from '../../cards/cardKinds';
import { DEAL } from '../../rest/entityTypes';

export const processField: INodeProperties = {
	displayName: 'Smart Process Name or ID',
	name: 'entityTypeId',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getSmartProcesses' },
	default: '',
	required: true,
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

/** Only smart processes have to be chosen; what the other kinds are is said by the resource. */
export const kindFields = ({ entityTypeId }: CardKind): INodeProperties[] =>
	entityTypeId === 0 ? [processField] : [];

export const readTypeId = ({ entityTypeId }: CardKind, item: ItemParameters): number =>
	entityTypeId === 0 ? item.read('entityTypeId', 'Smart Process', idSchema) : entityTypeId;

/** Of links to cards of any kind, what stands before the number. */
const ANY_ADDRESS = '[^/]+(?:/\\d+)?';

/** A card from the list, by its number, or by the link somebody copied from the browser. */
const locator = (
	name: string,
	title: string,
	address: string,
	searchListMethod = 'searchCards',
): INodeProperties => ({
	displayName: title,
	name,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose…',
			typeOptions: { searchListMethod, searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: '123',
			validation: [
				{
					type: 'regex',
					properties: { regex: '^\\d+$', errorMessage: 'An ID consists of digits' },
				},
			],
		},
		{
			displayName: 'By Link',
			name: 'url',
			type: 'string',
			placeholder: 'https://company.bitrix24.ru/crm/…/details/123/',
			extractValue: {
				type: 'regex',
				regex: `https?://[^?#]*/${address}/(?:details|show)/(\\d+)`,
			},
		},
	],
	description: 'The card: from the list, by its number, or by its link',
});

export const recordField = (kind: CardKind): INodeProperties =>
	locator('record', capital(kind.singular), addressOf(kind));

/** For links the node before gives: this field stands filled in already. */
const filledIn = (field: INodeProperties, idName: string): INodeProperties => ({
	...field,
	default: { mode: 'id', value: `={{ $json.${idName} }}` },
});

/**
 * The card a chain is about, by its own name from node to node. Workflows from before there were locators hold a
 * plain number or expression here, which n8n hands over as it is.
 */
export const cardField = (kind: CardKind): INodeProperties =>
	filledIn(
		locator(
			kind.idName,
			capital(kind.singular),
			addressOf(kind),
			kind.entityTypeId === DEAL ? 'searchDeals' : 'searchCards',
		),
		kind.idName,
	);

export const readCard = ({ idName, singular }: CardKind, item: ItemParameters): number =>
	item.read(idName, capital(singular), idSchema);

/** The card of the timeline. */
export const commentedField: INodeProperties = filledIn(
	locator('entityId', 'Card ID', ANY_ADDRESS),
	'dealId',
);

export const readRecord = ({ singular }: CardKind, item: ItemParameters): number =>
	item.read('record', capital(singular), idSchema);

/** The resource mapper, with the fields the portal has now. */
export const mappingField = (mode: ResourceMapperTypeOptions['mode']): INodeProperties => ({
	displayName: 'Fields',
	name: 'mapping',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	typeOptions: {
		loadOptionsDependsOn: ['resource', 'entityTypeId'],
		resourceMapper: {
			resourceMapperMethod: 'getCardMapping',
			mode,
			fieldWords: { singular: 'field', plural: 'fields' },
			addAllFields: false,
			multiKeyMatch: true,
			supportAutoMap: true,
		},
	},
});

/** For fields the list does not offer, and for programs and agents that have them all at hand. */
export const otherFieldsOption: INodeProperties = {
	displayName: 'Other Fields (JSON)',
	name: 'otherFields',
	type: 'json',
	default: '{}',
	description:
		'Fields by their names, such as {"UF_CRM_1C_ORDER": "…"}; they win over the fields above',
};

const optionsOf: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [],
};

export const optionsField = (options: INodeProperties[]): INodeProperties => ({
	...optionsOf,
	options,
});

const ownerSelector: INodeProperties = {
	displayName: 'Card',
	name: 'owner',
	type: 'options',
	noDataExpression: true,
	options: [],
	default: '',
};

/** For resources that hang on a card of any kind. */
export const ownerFields = (kinds: CardKind[]): INodeProperties[] => [
	{
		...ownerSelector,
		options: [...kinds]
			.sort((a, b) => a.name.localeCompare(b.name))
			.map(({ name, resource }) => ({ name, value: resource })),
		default: kinds[0].resource,
	},
	...(kinds.some(({ entityTypeId }) => entityTypeId === 0)
		? [{ ...processField, displayOptions: { show: { owner: ['smartProcess'] } } }]
		: []),
	locator('ownerId', 'Card ID', ANY_ADDRESS),
];

const ownerSchema = z.string().transform((value, context) => {
	const kind = CARD_KINDS.find(({ resource }) => resource === value);
	if (kind) return kind;
	context.addIssue({ code: 'custom', message: `cannot be "${value}"` });
	return z.NEVER;
});

export interface Owner {
	kind: CardKind;
	entityTypeId: number;
	id: number;
}

export const readKind = (item: ItemParameters): CardKind => item.read('owner', 'Card', ownerSchema);

export const readOwner = (item: ItemParameters): Owner => {
	const kind = readKind(item);
	const entityTypeId = readTypeId(kind, item);
	return { kind, entityTypeId, id: item.read('ownerId', 'Card ID', idSchema) };
};

/** How results name the card they belong to. */
export const ownerJson = ({ kind, entityTypeId, id }: Owner) => ({
	entityTypeId,
	[kind.idName]: id,
});

const optionsSchema = z.record(z.unknown()).catch({});

/** One of the options, or nothing where it was not added. */
export const readOption = <Schema extends z.ZodTypeAny>(
	item: ItemParameters,
	name: string,
	label: string,
	schema: Schema,
): z.output<Schema> | undefined => {
	const options = item.read('options', 'Options', optionsSchema);
	if (!(name in options)) return undefined;
	return parse(schema, options[name], label, 'Correct the option.');
};
