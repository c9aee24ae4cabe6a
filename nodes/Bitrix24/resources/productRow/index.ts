import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { Problem } from '../../../exchange/problem';
import type { ListOperation, Outcome, Resource } from '../../../shared/operation';
import { together } from '../../../shared/together';
import { idSchema, jsonSchema, numberSchema, textSchema } from '../../../shared/valueSchemas';
import {
	DEAL_CARD,
	INVOICE_CARD,
	LEAD_CARD,
	PROCESS_CARD,
	QUOTE_CARD,
} from '../../cards/cardKinds';
import {
	areSame,
	ownerTypeOf,
	readRows,
	settingRows,
	toRow,
	type ProductRow,
} from '../../cards/productRows';
import type { Bitrix24Client } from '../../rest/client';
import { replies } from '../../rest/replies';
import { optionsField, ownerFields, ownerJson, readOption, readOwner } from '../card/cardFields';
import { oneCommand } from '../oneCommand';

const owner = ownerFields([DEAL_CARD, INVOICE_CARD, LEAD_CARD, PROCESS_CARD, QUOTE_CARD]);

const rowsSchema = z.array(z.record(z.unknown()));

const getMany: ListOperation<Bitrix24Client> = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many product rows',
	description: 'All product rows of a card, one item each',
	properties: owner,
	forAll: async (client, items) =>
		await together(items, readOwner, async (owners) => {
			const read = await readRows(client, owners);
			return owners.map((one, index): Outcome => {
				const rows = read[index];
				if (rows instanceof Error) return { problem: rows };
				return {
					items: rows.map((row) => ({ json: { ...ownerJson(one), ...(row as IDataObject) } })),
				};
			});
		}),
};

const set: ListOperation<Bitrix24Client> = {
	value: 'set',
	name: 'Set',
	action: 'Set the product rows',
	description: 'Replace all product rows of a card; rows that are so already are left alone',
	properties: [
		...owner,
		{
			displayName: 'Rows (JSON)',
			name: 'rows',
			type: 'json',
			default: '[]',
			required: true,
			description:
				'A list such as [{"productId": 7, "price": 1200, "quantity": 2, "taxRate": 22, "taxIncluded": "Y"}]; the price includes discounts and taxes',
		},
	],
	forAll: async (client, items) =>
		await together(
			items,
			(item) => ({
				...readOwner(item),
				rows: item.read('rows', 'Rows', jsonSchema.pipe(rowsSchema)).map(toRow),
			}),
			async (wanted) => {
				const read = await readRows(client, wanted);
				const differing = wanted.filter((one, index) => {
					const rows = read[index];
					return Array.isArray(rows) && !areSame(rows, one.rows);
				});
				const written = await replies(
					client,
					differing.map((one) => settingRows(one, one.rows)),
				);
				return wanted.map((one, index): Outcome => {
					const rows = read[index];
					if (rows instanceof Error) return { problem: rows };
					const reply = written[differing.indexOf(one)];
					if (reply && 'problem' in reply) return { problem: reply.problem };
					const { rows: productRows } = one;
					const json = { ...ownerJson(one), changed: reply !== undefined, productRows };
					return { items: [{ json: json as IDataObject }] };
				});
			},
		),
};

const numberField = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	default: 0,
	description,
});

const FURTHER: Array<[name: string, label: string, schema: z.ZodTypeAny]> = [
	['taxRate', 'VAT Rate', numberSchema],
	['taxIncluded', 'VAT Included', z.boolean()],
	['discountRate', 'Discount in Percent', numberSchema],
	['measureCode', 'Unit Code', numberSchema],
	['sort', 'Sort', numberSchema],
];

const add = oneCommand(
	{
		value: 'add',
		name: 'Add',
		action: 'Add a product row',
		description: 'Add one row to those the card has',
		properties: [
			...owner,
			{
				displayName: 'Product ID',
				name: 'productId',
				type: 'string',
				default: '',
				description: 'Number of the product in the catalogue; empty for a row without a product',
			},
			{
				displayName: 'Product Name',
				name: 'productName',
				type: 'string',
				default: '',
				description: 'The name from the catalogue when empty',
			},
			numberField('Price', 'price', 'Of one unit, with discounts and taxes'),
			{ ...numberField('Quantity', 'quantity', 'How many units'), default: 1 },
			optionsField([
				numberField('Discount in Percent', 'discountRate', 'Which the price already includes'),
				numberField('Sort', 'sort', 'The place among the rows'),
				numberField('Unit Code', 'measureCode', 'Code of the unit in ОКЕИ, such as 796 for pieces'),
				{
					displayName: 'VAT Included',
					name: 'taxIncluded',
					type: 'boolean',
					default: true,
					description: 'Whether the tax is inside of the price',
				},
				numberField('VAT Rate', 'taxRate', 'Percent; without this option the row is «без НДС»'),
			]),
		],
	},
	(item) => {
		const card = readOwner(item);
		const productId = item.read('productId', 'Product ID', textSchema);
		const productName = item.read('productName', 'Product Name', z.string().trim());
		if (productId === '' && productName === '') {
			throw new Problem('The row has neither a product nor a name.', 'Fill in one of them.');
		}
		const row: ProductRow = {
			...(productId ? { productId } : {}),
			...(productName ? { productName } : {}),
			price: item.read('price', 'Price', numberSchema),
			quantity: item.read('quantity', 'Quantity', numberSchema),
		};
		for (const [name, label, schema] of FURTHER) {
			const value: unknown = readOption(item, name, label, schema);
			if (value !== undefined) row[name] = value;
		}
		return {
			command: {
				method: 'crm.item.productrow.add',
				params: {
					fields: { ownerType: ownerTypeOf(card.entityTypeId), ownerId: card.id, ...toRow(row) },
				},
			},
			toJson: (result) => ({ ...ownerJson(card), ...(result as IDataObject) }),
		};
	},
);

const remove = oneCommand(
	{
		value: 'delete',
		name: 'Remove',
		action: 'Remove a product row',
		description: 'Remove one row by its number',
		properties: [
			{
				displayName: 'Row ID',
				name: 'rowId',
				type: 'string',
				default: '={{ $json.id }}',
				required: true,
				description: 'Number of the row, as Get Many gives it',
			},
		],
	},
	(item) => {
		const id = item.read('rowId', 'Row ID', idSchema);
		return {
			command: { method: 'crm.item.productrow.delete', params: { id } },
			toJson: () => ({ id, deleted: true }),
		};
	},
);

export const productRow: Resource<Bitrix24Client> = {
	value: 'productRow',
	name: 'Product Row (Товарная Позиция)',
	operations: [getMany, set, add, remove],
};
