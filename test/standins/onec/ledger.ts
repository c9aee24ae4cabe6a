/**
 * Registers as accounts: movements of a document, and balances of them (reference 1c-ut103.md §4 "Registers").
 * Sums go through a decimal library: a stand-in that accumulates floats would hide the client's own mistakes.
 */
import Big from 'big.js';

import { registerType, type RegisterType } from './model/metadata';
import { objectType } from './model/metadata';
import { propertiesOf, parseAttributes } from './model/types';
import type { Entity, Store } from './store';
import { emptyRow, type Row, type Value } from './values';

export const ORDERS = 'AccumulationRegister_ЗаказыПокупателей';
export const SETTLEMENTS = 'AccumulationRegister_РасчетыСКонтрагентами';
export const DEBTS = 'AccumulationRegister_ВзаиморасчетыСКонтрагентами';
export const CLOSING_REASONS = 'InformationRegister_ПричиныЗакрытияЗаказов';
export const PRICES = 'InformationRegister_ЦеныНоменклатуры';
export const CONTACTS = 'InformationRegister_КонтактнаяИнформация';

export type Movement = 'Receipt' | 'Expense';

export interface Entry {
	register: string;
	movement?: Movement;
	/** Wire fields of dimensions and resources; what is absent is empty. */
	fields: Row;
}

export function writeEntries(store: Store, document: Entity, entries: Entry[]): void {
	const lines = new Map<string, number>();
	for (const { register, movement, fields } of entries) {
		const type = registerType(register);
		const line = (lines.get(register) ?? 0) + 1;
		lines.set(register, line);
		const row: Row = { ...emptyRow(type.record), ...recorderFields(type, document), ...fields };
		row.LineNumber = String(line);
		row.Active = true;
		if (type.source.periodic) row.Period = document.row.Date;
		if (movement) row.RecordType = movement;
		store.addRecord(register, row);
	}
}

function recorderFields({ source }: RegisterType, { row, type }: Entity): Row {
	if (source.recorders === 'one') return { Recorder_Key: row.Ref_Key };
	return { Recorder: row.Ref_Key, Recorder_Type: `StandardODATA.${objectType(type.name).name}` };
}

/** Wire names of the chosen attributes: a composite one is two properties. */
export function fieldNames(attributes: string, chosen: readonly string[]): string[] {
	return parseAttributes(attributes)
		.filter(({ name }) => chosen.includes(name))
		.flatMap(({ name, type }) => propertiesOf(name, type).map((property) => property.name));
}

export interface BalanceQuery {
	where?: (row: Row) => boolean;
	/** Excludes movements at this moment and later, as a balance «на момент» does. */
	before?: string;
	dimensions?: readonly string[];
}

/** Balance rows with `<Ресурс>Balance` fields; rows where every resource is zero are not there. */
export function balances(store: Store, register: string, query: BalanceQuery = {}): Row[] {
	const type = registerType(register);
	const keys = fieldNames(type.source.dimensions, query.dimensions ?? type.dimensions);
	const totals = new Map<string, { dimensions: Row; sums: Big[] }>();
	for (const record of store.recordsOf(register)) {
		if (query.before && String(record.Period) >= query.before) continue;
		if (query.where && !query.where(record)) continue;
		const key = JSON.stringify(keys.map((name) => record[name]));
		const total = totals.get(key) ?? {
			dimensions: Object.fromEntries(keys.map((name) => [name, record[name]])),
			sums: type.resources.map(() => new Big(0)),
		};
		totals.set(key, total);
		const sign = record.RecordType === 'Expense' ? -1 : 1;
		total.sums = total.sums.map((sum, index) =>
			sum.plus(amount(record, type.resources[index]).times(sign)),
		);
	}
	return [...totals.values()]
		.filter(({ sums }) => sums.some((sum) => !sum.eq(0)))
		.map(({ dimensions, sums }) => ({
			...dimensions,
			...Object.fromEntries(
				sums.map((sum, index): [string, Value] => [
					`${type.resources[index]}Balance`,
					sum.toNumber(),
				]),
			),
		}));
}

export const amount = (row: Row, name: string): Big => new Big(Number(row[name] ?? 0));
