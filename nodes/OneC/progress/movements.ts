/**
 * What was ordered, shipped and closed, by «ЗаказыПокупателей», the register 1C itself counts with: its balance is what
 * is still to ship, corrections and returns included.
 */
import { z } from 'zod';
import { less, total, type Kopecks } from '../../exchange/money';
import { guidSchema } from '../../exchange/reference';
import { settled } from '../../shared/settled';
import { Refusal } from '../odata/answers';
import type { OneCClient } from '../odata/client';
import { INCOMING_NUMBER, ORDER, type SaleDocument } from '../documents/documents';
import { money, number, setName } from '../odata/fields';
import { allOf, dateTime, guid, packed, quoted } from '../odata/odata';

export const ORDER_MOVEMENTS = 'AccumulationRegister_ЗаказыПокупателей_RecordType';

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

export const MOVEMENT_FIELDS = Object.keys(recordSchema.innerType().shape);

const QUERY = {
	select: MOVEMENT_FIELDS,
	orderby: 'Period,Recorder,LineNumber',
};

/** So many requests by reference cost more than one list of the movements of all marked orders. */
const TOO_MANY = 3;

/** Movements of every order of the exchange between two moments, by a path through the reference. */
const readMarked = async (
	client: OneCClient,
	since: string,
	until: string,
): Promise<Movement[]> => {
	const filter = allOf([
		`startswith(ЗаказПокупателя/${INCOMING_NUMBER},${quoted(`${client.base.marker}-`)})`,
		`ЗаказПокупателя/Date ge ${dateTime(since)}`,
		`ЗаказПокупателя/Date le ${dateTime(until)}`,
	]);
	return await client.list(ORDER_MOVEMENTS, recordSchema, { ...QUERY, filter });
};

const readChosen = async (
	client: OneCClient,
	orders: readonly SaleDocument[],
): Promise<Movement[]> => {
	const conditions = orders.map(({ ref }) => `ЗаказПокупателя_Key eq ${guid(ref)}`);
	if (packed(conditions, QUERY).length > TOO_MANY) {
		const dates = orders.map(({ date }) => date).sort();
		const [since, until] = [dates[0], dates[dates.length - 1]];
		const marked = await settled(async () => await readMarked(client, since, until));
		if (marked.value) return marked.value;
		/** Paths in a filter of a register are documented, but nobody has seen them on a base of 10.3. */
		if (!(marked.error instanceof Refusal)) throw marked.error;
	}
	return await client.listAny(ORDER_MOVEMENTS, recordSchema, conditions, QUERY);
};

/** Movements by order. */
export const readMovements = async (
	client: OneCClient,
	orders: readonly SaleDocument[],
): Promise<Map<string, Movement[]>> => {
	const movements = new Map(orders.map(({ ref }) => [ref, [] as Movement[]] as const));
	/** An order that the CRM names although it lacks the marker is not among the marked. */
	const isMarked = ({ marks }: SaleDocument): boolean =>
		ORDER.dealOf(client.base.marker, marks) !== null;
	for (const group of [orders.filter(isMarked), orders.filter((one) => !isMarked(one))]) {
		for (const movement of await readChosen(client, group)) {
			if (movement.active) movements.get(movement.order)?.push(movement);
		}
	}
	return movements;
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
