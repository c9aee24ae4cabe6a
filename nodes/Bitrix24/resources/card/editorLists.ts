/** What the editor asks of the portal while somebody fills in a node that works with cards. */
import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { z } from 'zod';
import { Problem } from '../../../exchange/problem';
import { readCardFields, hasCommunications, type CardField } from '../../cards/cardFields';
import { CARD_KINDS, DEAL_CARD, linkTo, titleOf, type CardKind } from '../../cards/cardKinds';
import { readDictionaries, type Dictionaries } from '../../cards/dictionaries';
import { connect } from '../../rest/connect';
import { DEAL } from '../../rest/entityTypes';
import { itemList } from '../../rest/items';
import { itemsOf } from '../../deals/schemas';

/** The kind of cards the node being filled in is about. */
const kindIn = (context: ILoadOptionsFunctions): { kind: CardKind; entityTypeId: number } => {
	const named = [
		context.getCurrentNodeParameter('resource'),
		context.getCurrentNodeParameter('owner'),
		context.getCurrentNodeParameter('entity'),
	];
	const kind = CARD_KINDS.find(({ resource }) => named.includes(resource));
	if (!kind) throw new Problem('Choose the kind of card first.');
	const entityTypeId =
		kind.entityTypeId || Number(context.getCurrentNodeParameter('entityTypeId') ?? 0);
	if (entityTypeId > 0) return { kind, entityTypeId };
	throw new Problem('Choose the smart process first.');
};

const processesSchema = z.object({
	types: z.array(z.object({ entityTypeId: z.coerce.number(), title: z.string() })),
});

export async function getSmartProcesses(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const client = await connect(this);
	const listed = await client.call({ method: 'crm.type.list', params: { order: { id: 'ASC' } } });
	return processesSchema
		.parse(listed)
		.types.map(({ entityTypeId, title }) => ({ name: title, value: entityTypeId }));
}

const captionOf = (name: string, { title }: CardField): string => title?.trim() || name;

/** For conditions, sorting and columns. */
export async function getCardFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const { entityTypeId } = kindIn(this);
	const fields = await readCardFields(await connect(this), entityTypeId);
	return [...fields]
		.filter(([name]) => name !== 'fm')
		.map(([name, field]) => ({ name: `${captionOf(name, field)} (${name})`, value: name }));
}

/** Fields that hold a file; the operations of the resource File work with them. */
export async function getFileFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const { entityTypeId } = kindIn(this);
	const fields = await readCardFields(await connect(this), entityTypeId);
	return [...fields]
		.filter(([, { type }]) => type === 'file')
		.map(([name, field]) => ({ name: `${captionOf(name, field)} (${name})`, value: name }));
}

const NUMBERS = /^(integer|double|user|employee|crm_(?!status|currency).*)$/;

/** What widget the editor shows, and what there is to choose from. */
const inputOf = (
	name: string,
	field: CardField,
	dictionaries: Dictionaries,
): Pick<ResourceMapperField, 'type' | 'options'> => {
	const options = dictionaries.optionsOf(name, field);
	if (field.isMultiple) return { type: 'array' };
	if (options.length > 0) return { type: 'options', options };
	if (field.type === 'boolean') return { type: 'boolean' };
	if (field.type === 'date' || field.type === 'datetime') return { type: 'dateTime' };
	return { type: NUMBERS.test(field.type) ? 'number' : 'string' };
};

/** A card can be told from others by a text or a number of its own. */
const MATCHING = /^(string|text|integer|url|crm_.*)$/;

const mapperField = (
	name: string,
	field: CardField,
	dictionaries: Dictionaries,
	isCreating: boolean,
): ResourceMapperField => ({
	id: name,
	displayName: captionOf(name, field),
	required: isCreating && field.isRequired,
	defaultMatch: name === 'originId' || name === 'xmlId',
	canBeUsedToMatch: !field.isMultiple && MATCHING.test(field.type),
	display: true,
	...inputOf(name, field, dictionaries),
});

const communication = (id: string, displayName: string, canBeUsedToMatch: boolean) => ({
	id,
	displayName,
	required: false,
	defaultMatch: false,
	canBeUsedToMatch,
	display: true,
	type: 'string' as const,
});

const COMMUNICATION_FIELDS: ResourceMapperField[] = [
	communication('PHONE', 'Телефон (PHONE)', true),
	communication('EMAIL', 'E-mail (EMAIL)', true),
	communication('WEB', 'Сайт (WEB)', false),
	communication('IM', 'Мессенджер (IM)', false),
];

/** Two fields of one title are told apart by their names. */
const distinct = (fields: ResourceMapperField[]): ResourceMapperField[] =>
	fields.map((field) =>
		fields.some((other) => other !== field && other.displayName === field.displayName)
			? { ...field, displayName: `${field.displayName} (${field.id})` }
			: field,
	);

/** The fields of a card as the resource mapper shows them. */
export async function getCardMapping(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const { entityTypeId } = kindIn(this);
	const isCreating = this.getCurrentNodeParameter('operation') === 'create';
	const client = await connect(this);
	const fields = await readCardFields(client, entityTypeId);
	const dictionaries = await readDictionaries(client, entityTypeId, fields);
	const writable = [...fields].filter(
		([name, { isReadOnly, type }]) => !isReadOnly && name !== 'fm' && type !== 'file',
	);
	return {
		fields: distinct([
			...writable.map(([name, field]) => mapperField(name, field, dictionaries, isCreating)),
			...(hasCommunications(fields) ? COMMUNICATION_FIELDS : []),
		]),
	};
}

const cardsSchema = itemsOf(z.record(z.unknown()));

const searching = (kind: CardKind, text: string): Record<string, unknown> => {
	const words = text.trim();
	if (words === '') return {};
	const conditions = [
		...kind.titles.map((name) => ({ [`%${name}`]: words })),
		...(/^\d+$/.test(words) ? [{ '=id': words }] : []),
	];
	return { 0: { logic: 'OR', ...conditions } };
};

/** Newest first; the token is where the next page begins. */
const search = async (
	context: ILoadOptionsFunctions,
	{ kind, entityTypeId }: ReturnType<typeof kindIn>,
	filter: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> => {
	const client = await connect(context);
	const { result, next } = await client.answer(
		itemList({
			entityTypeId,
			filter: searching(kind, filter),
			select: ['id', ...kind.titles],
			order: { id: 'DESC' },
			start: Number(paginationToken ?? 0),
		}),
	);
	return {
		results: cardsSchema.parse(result).items.map((card) => ({
			name: titleOf(kind, card),
			value: String(card.id),
			url: linkTo(client.portal, kind, entityTypeId, card.id),
		})),
		paginationToken: next === undefined ? undefined : String(next),
	};
};

export async function searchCards(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await search(this, kindIn(this), filter, paginationToken);
}

/** For the deal of an operation that belongs to another kind of cards, too. */
export async function searchDeals(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await search(this, { kind: DEAL_CARD, entityTypeId: DEAL }, filter, paginationToken);
}
