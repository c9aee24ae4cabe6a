/** Product rows of cards. They are written as a whole, and only when they are not as they should be. */
import Big from 'big.js';
import { z } from 'zod';
import { holds, type ValueType } from '../../exchange/equality';
import { unitPrice } from '../../exchange/money';
import { Problem } from '../../exchange/problem';
import type { Bitrix24Client, Command } from '../rest/client';
import { rowsCommand } from '../deals/dealParts';
import { DEAL, FIRST_PROCESS, LEAD, QUOTE, SMART_INVOICE } from '../rest/entityTypes';
import { harmless } from '../rest/harmless';
import { replies } from '../rest/replies';
import { required } from '../rest/reply';

export type ProductRow = Record<string, unknown>;

export interface RowsOwner {
	entityTypeId: number;
	id: number;
}

const SHORT: Record<number, string> = {
	[LEAD]: 'L',
	[DEAL]: 'D',
	[QUOTE]: 'Q',
	[SMART_INVOICE]: 'SI',
};

/** `ownerType` of rows; smart processes go by their number in hexadecimal [Bitrix24 docs, CRM data types]. */
export const ownerTypeOf = (entityTypeId: number): string => {
	const short =
		SHORT[entityTypeId] ??
		(entityTypeId >= FIRST_PROCESS ? `T${entityTypeId.toString(16)}` : undefined);
	if (short) return short;
	throw new Problem(`Cards of type ${entityTypeId} have no product rows.`);
};

/** What a person types into a row; the rest Bitrix24 works out. */
export const ROW_INPUTS = [
	'productId',
	'productName',
	'price',
	'quantity',
	'discountTypeId',
	'discountRate',
	'discountSum',
	'taxRate',
	'taxIncluded',
	'measureCode',
	'sort',
] as const;

const isInput = (name: string): boolean => (ROW_INPUTS as readonly string[]).includes(name);

/** Only Bitrix24 gives a row a number and an owner, so a row that has one was read. What else it holds is up to Bitrix24. */
const wasRead = ({ id, ownerId }: ProductRow): boolean => id !== undefined || ownerId !== undefined;

const WORKED_OUT =
	/^(ownerType|price(Account|Exclusive|Netto|Brutto)|taxName|customized|measureName|xmlId|type|storeId)$/;

const QUANTITY_DECIMALS = 4;

/** Bitrix24 cuts longer numbers without a word, and a row would never be as it was set. */
const KEPT: Record<string, (value: number) => number> = {
	price: unitPrice,
	discountSum: unitPrice,
	quantity: (value) => new Big(value).round(QUANTITY_DECIMALS, Big.roundHalfUp).toNumber(),
};

const inputOf = (name: string, value: unknown): unknown => {
	if (name === 'taxIncluded' && typeof value === 'boolean') return value ? 'Y' : 'N';
	if (typeof value === 'number' && Number.isFinite(value)) return KEPT[name]?.(value) ?? value;
	/** «Без НДС» is null, which a batch cannot say; an empty text means the same. */
	return value ?? '';
};

/** A row as it is sent: what was read along with it is left out, an unknown name in any other row is a mistake. */
export const toRow = (given: ProductRow): ProductRow => {
	const wrong = wasRead(given)
		? []
		: Object.keys(given).filter((name) => !isInput(name) && !WORKED_OUT.test(name));
	if (wrong.length > 0) {
		throw new Problem(
			`A product row has no field ${wrong.join(', ')}.`,
			`Fields of a row are ${ROW_INPUTS.join(', ')}.`,
		);
	}
	/** Bitrix24 takes a missing price for zero (seen by others on real portals). */
	if (given.price === undefined || given.price === null || given.price === '') {
		throw new Problem(
			'A product row has no price.',
			'Give the price of one unit, zero if it is free.',
		);
	}
	return Object.fromEntries(
		Object.entries(given)
			.filter(([name]) => isInput(name))
			.map(([name, value]) => [name, harmless(inputOf(name, value))]),
	);
};

const PAGE = 50;

const pageSchema = z.object({ productRows: z.array(z.record(z.unknown())) });

/** @returns the rows of each owner, or what kept them from being read */
export const readRows = async (
	client: Bitrix24Client,
	owners: RowsOwner[],
): Promise<Array<ProductRow[] | Error>> => {
	const rows: Array<ProductRow[] | Error> = owners.map(() => []);
	for (let open = owners.map((_, index) => index), start = 0; open.length > 0; start += PAGE) {
		const pages = await replies(
			client,
			open.map((index) =>
				rowsCommand(ownerTypeOf(owners[index].entityTypeId), owners[index].id, start),
			),
		);
		open = open.filter((owner, index) => {
			const page = pages[index];
			const read = rows[owner];
			if ('problem' in page) {
				rows[owner] = page.problem;
				return false;
			}
			const { productRows } = required(page, pageSchema);
			if (Array.isArray(read)) read.push(...productRows);
			return productRows.length === PAGE;
		});
	}
	return rows;
};

/** A row without VAT has no rate, which is not the rate of 0 %. */
const inputType = (name: string): ValueType => {
	if (name === 'productId') return 'reference';
	if (name === 'productName') return 'text';
	if (name === 'taxIncluded') return 'flag';
	return /^(taxRate|measureCode)$/.test(name) ? 'number' : 'quantity';
};

export const areSame = (current: ProductRow[], wanted: ProductRow[]): boolean =>
	current.length === wanted.length &&
	wanted.every((row, index) =>
		Object.entries(row).every(([name, value]) =>
			holds(inputType(name), current[index][name], value),
		),
	);

/** All rows are stated, so sending them twice is the same as once. */
export const settingRows = ({ entityTypeId, id }: RowsOwner, rows: ProductRow[]): Command => ({
	method: 'crm.item.productrow.set',
	params: { ownerType: ownerTypeOf(entityTypeId), ownerId: id, productRows: rows },
	repeatable: true,
});
