/**
 * What the warehouses have. Goods in reserve lie there too but are promised to somebody, so what can be sold is the
 * balance less the reserves, as 1C itself shows «Свободный остаток» [УТ 10.3.88.3 sources].
 */
import { z } from 'zod';
import { guidSchema } from '../exchange/reference';
import { settled } from '../shared/settled';
import { Refusal } from './answers';
import type { OneCClient } from './client';
import { number } from './fields';
import { guid } from './odata';

const STOCK = 'AccumulationRegister_ТоварыНаСкладах';
const RESERVES = 'AccumulationRegister_ТоварыВРезервеНаСкладах';

const balanceSchema = z
	.object({ Номенклатура_Key: guidSchema, КоличествоBalance: number })
	.transform((raw) => ({ product: raw.Номенклатура_Key, quantity: raw.КоличествоBalance }));

const balances = async (
	client: OneCClient,
	register: string,
	products: readonly string[],
	warehouse: string | null,
): Promise<Map<string, number>> => {
	const conditions = products.map((ref) => `Номенклатура_Key eq ${guid(ref)}`);
	const rows = await client.tableRows(register, balanceSchema, conditions, {
		table: 'Balance',
		dimensions: ['Номенклатура'],
		...(warehouse ? { condition: `Склад_Key eq ${guid(warehouse)}` } : {}),
	});
	return new Map(rows.map(({ product, quantity }) => [product, quantity]));
};

/** A base that keeps no reserves may not publish their register; then nothing is reserved. */
const reserves: typeof balances = async (...asked) => {
	const { value, error } = await settled(async () => await balances(...asked));
	if (value) return value;
	if (error instanceof Refusal && error.code === '8') return new Map();
	throw error;
};

/** Quantities have three digits after the point in 1C, n(15,3). */
const rounded = (quantity: number): number => Math.round(quantity * 1000) / 1000;

/** Free stock by product, in units of storage; of one warehouse or of all. Products that nobody has are absent. */
export const readFreeStock = async (
	client: OneCClient,
	products: readonly string[],
	warehouse: string | null,
): Promise<Map<string, number>> => {
	const [stock, reserved] = await Promise.all([
		balances(client, STOCK, products, warehouse),
		reserves(client, RESERVES, products, warehouse),
	]);
	return new Map(
		[...stock].map(([ref, quantity]) => [ref, rounded(quantity - (reserved.get(ref) ?? 0))]),
	);
};
