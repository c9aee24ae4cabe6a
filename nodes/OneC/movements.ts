/**
 * What was ordered, shipped and closed, by «ЗаказыПокупателей», the register 1C itself counts with: its balance is what
 * is still to ship, corrections and returns included.
 */
import { z } from 'zod';
import { less, total, type Kopecks } from '../exchange/money';
import { guidSchema } from '../exchange/reference';
import type { OneCClient } from './client';
import { money, number, setName } from './fields';
import { guid } from './odata';

const REGISTER = 'AccumulationRegister_ЗаказыПокупателей_RecordType';

export const CLOSING = 'Document_ЗакрытиеЗаказовПокупателей';

const ORDERING = ['Document_ЗаказПокупателя', 'Document_КорректировкаЗаказаПокупателя'];

const recordSchema = z
	.object({
		Recorder: z.string(),
		Recorder_Type: setName,
		Period: z.string(),
		Active: z.boolean(),
		RecordType: z.enum(['Receipt', 'Expense']),
		ЗаказПокупателя_Key: guidSchema,
		Номенклатура_Key: z.string(),
		Количество: number,
		СуммаВзаиморасчетов: money,
	})
	.transform((raw) => ({
		recorder: raw.Recorder.toLowerCase(),
		recorderSet: raw.Recorder_Type,
		period: raw.Period,
		active: raw.Active,
		isReceipt: raw.RecordType === 'Receipt',
		order: raw.ЗаказПокупателя_Key,
		product: raw.Номенклатура_Key,
		quantity: raw.Количество,
		amount: raw.СуммаВзаиморасчетов,
	}));

export type Movement = z.output<typeof recordSchema>;

export const readMovements = async (
	client: OneCClient,
	orders: readonly string[],
): Promise<Movement[]> => {
	const conditions = orders.map((order) => `ЗаказПокупателя_Key eq ${guid(order)}`);
	const records = await client.listAny(REGISTER, recordSchema, conditions, {
		select: Object.keys(recordSchema.innerType().shape),
		orderby: 'Period,Recorder,LineNumber',
	});
	return records.filter(({ active }) => active);
};

export interface Balance {
	/** By the order and its corrections. */
	ordered: Kopecks;
	/** By shipments, less the returns that 1C counts. */
	shipped: Kopecks;
	/** Whether something is still to ship, by sum or by quantity of any product. */
	isLeft: boolean;
	/** Documents that closed the order, the latest first. */
	closings: string[];
}

/** Quantities have three digits after the point in 1C, n(15,3). */
const NOTHING = 0.0005;

const inflow = ({ isReceipt, amount }: Movement): Kopecks =>
	isReceipt ? amount : less(0 as Kopecks, amount);

const leftByProduct = (movements: readonly Movement[]): number[] => {
	const left = new Map<string, number>();
	for (const { product, quantity, isReceipt } of movements) {
		left.set(product, (left.get(product) ?? 0) + (isReceipt ? quantity : -quantity));
	}
	return [...left.values()];
};

export const balanceOf = (movements: readonly Movement[]): Balance => {
	const ordering = movements.filter(({ recorderSet }) => ORDERING.includes(recorderSet));
	const closing = movements.filter(({ recorderSet }) => recorderSet === CLOSING);
	const shipping = movements.filter(
		(movement) => !ordering.includes(movement) && !closing.includes(movement),
	);
	const balance = total(movements.map(inflow));
	const closings = closing
		.sort((a, b) => b.period.localeCompare(a.period))
		.map(({ recorder }) => recorder);
	return {
		ordered: total(ordering.map(inflow)),
		shipped: less(0 as Kopecks, total(shipping.map(inflow))),
		isLeft: balance > 0 || leftByProduct(movements).some((left) => left > NOTHING),
		closings: [...new Set(closings)],
	};
};

/** An order that stands at zero although nothing was shipped, and the register names no closing for it. */
export const isUnexplained = ({ ordered, shipped, isLeft, closings }: Balance): boolean =>
	closings.length === 0 && !isLeft && shipped <= 0 && ordered <= 0;
