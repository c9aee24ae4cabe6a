/**
 * What the warehouses have. Goods in reserve lie there too but are promised to somebody, so what can be sold is the
 * balance less the reserves, as 1C itself shows «Свободный остаток» [УТ 10.3.88.3 sources].
 */
import Big from 'big.js';
import { z } from 'zod';
import { guidSchema } from '../../exchange/reference';
import { settled } from '../../shared/settled';
import { Refusal } from '../odata/answers';
import type { OneCClient } from '../odata/client';
import { number } from '../odata/fields';
import { anyOf, guid } from '../odata/odata';

const STOCK = 'AccumulationRegister_ТоварыНаСкладах';
const RESERVES = 'AccumulationRegister_ТоварыВРезервеНаСкладах';

const balanceSchema = z
	.object({ Номенклатура_Key: guidSchema, КоличествоBalance: number })
	.transform((raw) => ({ product: raw.Номенклатура_Key, quantity: raw.КоличествоBalance }));

type Balance = z.output<typeof balanceSchema>;

const balances = async (
	client: OneCClient,
	register: string,
	conditions: readonly string[],
	warehouses: readonly string[],
): Promise<Balance[]> =>
	await client.tableRows(register, balanceSchema, conditions, {
		table: 'Balance',
		dimensions: ['Номенклатура'],
		...(warehouses.length > 0
			? { condition: anyOf(warehouses.map((ref) => `Склад_Key eq ${guid(ref)}`)) }
			: {}),
	});

/** A base that keeps no reserves may not publish their register; then nothing is reserved. */
const reserves: typeof balances = async (...asked) => {
	const { value, error } = await settled(async () => await balances(...asked));
	if (value) return value;
	if (error instanceof Refusal && error.code === '8') return [];
	throw error;
};

/**
 * What is free of the products that meet any of the conditions, in units of storage.
 * @param warehouses none means all of them together
 */
export const freeStockWhere = async (
	client: OneCClient,
	conditions: readonly string[],
	warehouses: readonly string[],
): Promise<Balance[]> => {
	const [stock, reserved] = await Promise.all([
		balances(client, STOCK, conditions, warehouses),
		reserves(client, RESERVES, conditions, warehouses),
	]);
	const promised = new Map(reserved.map(({ product, quantity }) => [product, quantity]));
	return stock.map(({ product, quantity }) => ({
		product,
		quantity: new Big(quantity).minus(promised.get(product) ?? 0).toNumber(),
	}));
};

/** Free stock by product, of one warehouse or of all. Products that nobody has are absent. */
export const readFreeStock = async (
	client: OneCClient,
	products: readonly string[],
	warehouse: string | null,
): Promise<Map<string, number>> => {
	const conditions = products.map((ref) => `Номенклатура_Key eq ${guid(ref)}`);
	const free = await freeStockWhere(client, conditions, warehouse ? [warehouse] : []);
	return new Map(free.map(({ product, quantity }) => [product, quantity]));
};
