/** Products, sections and prices of the catalogue. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { capital } from '../../../exchange/capital';
import { Problem } from '../../../exchange/problem';
import { limitFields, readLimit } from '../../../shared/limitFields';
import type { ItemOperation, ListOperation, Outcome, Resource } from '../../../shared/operation';
import type { ItemParameters } from '../../../shared/parameters';
import { together } from '../../../shared/together';
import {
	fieldValueSchema,
	idSchema,
	objectSchema,
	optionalIdSchema,
} from '../../../shared/valueSchemas';
import {
	createEntries,
	getCommand,
	listEntries,
	mainCatalog,
	PRICES,
	PRODUCTS,
	readEntry,
	SECTIONS,
	updateEntries,
	type Entry,
	type EntryMethods,
	type Written,
} from '../../catalog/catalogEntries';
import type { Bitrix24Client } from '../../rest/client';
import { oneCommand } from '../oneCommand';

const catalogField: INodeProperties = {
	displayName: 'Catalog Name or ID',
	name: 'iblockId',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getCatalogs' },
	default: '',
	description:
		'The main catalogue of products when none is chosen. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const text = (
	displayName: string,
	name: string,
	description: string,
	more: Partial<INodeProperties> = {},
): INodeProperties => ({ displayName, name, type: 'string', default: '', description, ...more });

const flag = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'boolean',
	default: true,
	description,
});

const NAME = text('Name', 'name', 'As people see it');
const XML_ID = text('External Code', 'xmlId', 'What another system, such as 1C, knows it by');
const CODE = text('Symbolic Code', 'code', 'A word of Latin letters');
const ACTIVE = flag('Active', 'active', 'Whether it is shown');
const PARENT = text('Section ID', 'iblockSectionId', 'Number of the section it lies in');
const PRICE = text('Price', 'price', 'Of one unit');
const CURRENCY = text('Currency', 'currency', 'Three letters', { default: 'RUB' });

const COLUMNS: Record<string, INodeProperties[]> = {
	product: [
		ACTIVE,
		text('Description', 'detailText', 'The long description'),
		XML_ID,
		NAME,
		PARENT,
		CODE,
		text(
			'Unit ID',
			'measure',
			'Number of the unit on the portal, as catalog.measure.list gives it',
		),
		flag('VAT Included', 'vatIncluded', 'Whether prices of the product include the tax'),
		text('VAT Rate ID', 'vatId', 'Number of the rate on the portal, as catalog.vat.list gives it'),
	],
	section: [
		ACTIVE,
		text('Description', 'description', 'What the section is for'),
		XML_ID,
		NAME,
		PARENT,
		CODE,
	],
	price: [
		CURRENCY,
		PRICE,
		text('Price Type ID', 'catalogGroupId', 'Number of the price type; the base one is mostly 1', {
			default: '1',
		}),
		text('Product ID', 'productId', 'Whose price it is; cannot be changed later'),
	],
};

const fieldsFor = ({ singular }: EntryMethods): INodeProperties[] => [
	{
		displayName: 'Fields',
		name: 'entry',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: COLUMNS[singular],
	},
	{
		displayName: 'Other Fields (JSON)',
		name: 'otherFields',
		type: 'json',
		default: '{}',
		description:
			'Fields by their names in catalog.*, such as {"property98": "А-17"}; they win over the fields above',
	},
];

const asFlag = (value: unknown): unknown =>
	typeof value === 'boolean' ? (value ? 'Y' : 'N') : value;

const readFields = (item: ItemParameters): Entry => {
	const fields = {
		...item.read('entry', 'Fields', z.record(fieldValueSchema)),
		...item.read('otherFields', 'Other Fields (JSON)', objectSchema),
	};
	if (Object.keys(fields).length === 0) {
		throw new Problem('There are no fields to write.', 'Add a field.');
	}
	return Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [name, asFlag(value) ?? '']),
	);
};

const readCatalogId = (item: ItemParameters): number | null =>
	item.read('iblockId', 'Catalog', optionalIdSchema);

const idName = ({ singular }: EntryMethods): string => `${singular}Id`;

const entryJson = (methods: EntryMethods, entry: Entry): IDataObject => ({
	[idName(methods)]: entry.id as number,
	...(entry as IDataObject),
});

const outcomeOf = (methods: EntryMethods, written: Written): Outcome => {
	if ('problem' in written) return written;
	const { entry, changed } = written;
	return { items: [{ json: { ...entryJson(methods, entry), changed } }] };
};

const idField = (methods: EntryMethods): INodeProperties => ({
	displayName: `${capital(methods.singular)} ID`,
	name: 'entryId',
	type: 'string',
	default: `={{ $json.${idName(methods)} }}`,
	required: true,
	description: `Number of the ${methods.singular}`,
});

const readId = (item: ItemParameters): number => item.read('entryId', 'ID', idSchema);

const getOf = (methods: EntryMethods): ListOperation<Bitrix24Client> =>
	oneCommand(
		{
			value: 'get',
			name: 'Get',
			action: `Get a ${methods.singular}`,
			description: `All fields of a ${methods.singular}`,
			properties: [idField(methods)],
		},
		(item) => ({
			command: getCommand(methods, readId(item)),
			toJson: (value) => entryJson(methods, readEntry(methods, { value })),
		}),
	);

const catalogFields = ({ inCatalog }: EntryMethods): INodeProperties[] =>
	inCatalog ? [catalogField] : [];

const getManyOf = (methods: EntryMethods): ItemOperation<Bitrix24Client> => ({
	value: 'getAll',
	name: 'Get Many',
	action: `Get many ${methods.plural}`,
	description: `Get many ${methods.plural} that fit a filter`,
	properties: [
		...catalogFields(methods),
		...limitFields,
		{
			displayName: 'Filter (JSON)',
			name: 'filter',
			type: 'json',
			default: '{}',
			description:
				'Fields with comparison prefixes, such as {"xmlId": "…"} or {"%name": "стол"}; lists take = instead of @',
		},
	],
	async forEach(client, item) {
		const filter: Entry = item.read('filter', 'Filter (JSON)', objectSchema);
		const limit = readLimit(item);
		const catalog = methods.inCatalog
			? { iblockId: readCatalogId(item) ?? (await mainCatalog(client)) }
			: {};
		const entries = await listEntries(client, methods, { ...catalog, ...filter }, limit);
		return entries.map((entry) => entryJson(methods, entry));
	},
});

const createOf = (methods: EntryMethods): ListOperation<Bitrix24Client> => ({
	value: 'create',
	name: 'Create',
	action: `Create a ${methods.singular}`,
	description: `Create a ${methods.singular}; after a lost answer an external code is looked for before anything is sent again`,
	properties: [...catalogFields(methods), ...fieldsFor(methods)],
	async forAll(client, items) {
		return await together(
			items,
			(item) => ({
				fields: readFields(item),
				iblockId: methods.inCatalog ? readCatalogId(item) : null,
			}),
			async (wanted) => {
				const needsMain = methods.inCatalog && wanted.some(({ iblockId }) => iblockId === null);
				const main = needsMain ? await mainCatalog(client) : 0;
				const all = wanted.map(({ fields, iblockId }) =>
					methods.inCatalog ? { iblockId: iblockId ?? main, ...fields } : fields,
				);
				const created = await createEntries(client, methods, all);
				return created.map((one) => outcomeOf(methods, one));
			},
		);
	},
});

const updateOf = (methods: EntryMethods): ListOperation<Bitrix24Client> => ({
	value: 'update',
	name: 'Update',
	action: `Update a ${methods.singular}`,
	description: `Write the fields that differ; a ${methods.singular} that already has the values is left alone`,
	properties: [idField(methods), ...fieldsFor(methods)],
	forAll: async (client, items) =>
		await together(
			items,
			(item) => ({ id: readId(item), fields: readFields(item) }),
			async (wanted) =>
				(await updateEntries(client, methods, wanted)).map((one) => outcomeOf(methods, one)),
		),
});

const entryResource = (methods: EntryMethods, name: string): Resource<Bitrix24Client> => ({
	value: methods.singular,
	name,
	operations: [getManyOf(methods), createOf(methods), getOf(methods), updateOf(methods)],
});

export const catalogResources: Array<Resource<Bitrix24Client>> = [
	entryResource(PRODUCTS, 'Product (Товар)'),
	entryResource(SECTIONS, 'Product Section (Раздел Каталога)'),
	entryResource(PRICES, 'Price (Цена)'),
];
