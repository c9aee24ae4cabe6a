/**
 * Registers as accounts: movements of a document, and balances of them (reference 1c-ut103.md §4 "Registers").
 * Sums go through a decimal library: a stand-in that accumulates floats would hide the client's own mistakes.
 */
import Big from 'big.js';

import { objectType } from './model/metadata';
import { registerType, type RegisterType } from './model/registerTypes';
import { propertiesOf, parseAttributes } from './model/types';
import type { Entity, Store } from './store';
import { emptyRow, text, type Row, type Value } from './values';

export const ORDERS = 'AccumulationRegister_ЗаказыПокупателей';
export const SETTLEMENTS = 'AccumulationRegister_РасчетыСКонтрагентами';
export const DEBTS = 'AccumulationRegister_ВзаиморасчетыСКонтрагентами';
export const STOCK = 'AccumulationRegister_ТоварыНаСкладах';
export const RESERVES = 'AccumulationRegister_ТоварыВРезервеНаСкладах';
export const SALES = 'AccumulationRegister_Продажи';
export const CLOSING_REASONS = 'InformationRegister_ПричиныЗакрытияЗаказов';
export const PRICES = 'InformationRegister_ЦеныНоменклатуры';
export const CONTACTS = 'InformationRegister_КонтактнаяИнформация';
export const RATES = 'InformationRegister_КурсыВалют';
export const CLOSED_PERIODS = 'InformationRegister_ГраницыЗапретаИзмененияДанных';
export const PROPERTIES = 'InformationRegister_ЗначенияСвойствОбъектов';

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
		if (type.source.periodic) row.Period = periodOf(type, text(document.row, 'Date'));
		if (movement) row.RecordType = movement;
		store.addRecord(register, row);
	}
}

export const periodOf = ({ source }: RegisterType, moment: string): string =>
	source.periodic === 'day' ? `${moment.slice(0, 10)}T00:00:00` : moment;

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

interface Grouping {
	where?: (row: Row) => boolean;
	dimensions?: readonly string[];
}

export interface BalanceQuery extends Grouping {
	/** Excludes movements at this moment and later, as a balance «на момент» does. */
	before?: string;
}

export interface TurnoverQuery extends Grouping {
	/** Both ends belong to the period. */
	from?: string;
	to?: string;
}

interface Group {
	dimensions: Row;
	records: Row[];
}

function groups(store: Store, register: string, { where, dimensions }: Grouping): Group[] {
	const type = registerType(register);
	const keys = fieldNames(type.source.dimensions, dimensions ?? type.dimensions);
	const found = new Map<string, Group>();
	for (const record of store.recordsOf(register)) {
		if (where && !where(record)) continue;
		const key = JSON.stringify(keys.map((name) => record[name]));
		const group = found.get(key);
		if (group) group.records.push(record);
		else {
			const own = Object.fromEntries(keys.map((name) => [name, record[name]]));
			found.set(key, { dimensions: own, records: [record] });
		}
	}
	return [...found.values()];
}

const isExpense = (record: Row): boolean => record.RecordType === 'Expense';

/** A balance counts expenses with a minus, and so does a turnover. */
const signed = (records: Row[], resource: string): Big =>
	sum(records.filter(isIncome), resource).minus(sum(records.filter(isExpense), resource));

const isIncome = (record: Row): boolean => !isExpense(record);

const sum = (records: Row[], resource: string): Big =>
	records.reduce((total, record) => total.plus(amount(record, resource)), new Big(0));

type Totals = Array<[ending: string, total: Big]>;

/** Fields `<Ресурс><Ending>`; a group whose totals are all zero is not there. */
function summed(
	found: Group[],
	resources: readonly string[],
	totalsOf: (records: Row[], resource: string) => Totals,
): Row[] {
	return found.flatMap(({ dimensions, records }) => {
		const totals = resources.flatMap((resource) =>
			totalsOf(records, resource).map(([ending, total]) => ({ name: resource + ending, total })),
		);
		if (totals.every(({ total }) => total.eq(0))) return [];
		const fields = totals.map(({ name, total }): [string, Value] => [name, total.toNumber()]);
		return [{ ...dimensions, ...Object.fromEntries(fields) }];
	});
}

export function balances(store: Store, register: string, query: BalanceQuery = {}): Row[] {
	const { before, where } = query;
	const counts = (record: Row) =>
		(!before || String(record.Period) < before) && (!where || where(record));
	const { resources } = registerType(register);
	return summed(
		groups(store, register, { ...query, where: counts }),
		resources,
		(records, name) => [['Balance', signed(records, name)]],
	);
}

function between({ from, to }: TurnoverQuery): (record: Row) => boolean {
	return ({ Period: moment }) => (!from || String(moment) >= from) && (!to || String(moment) <= to);
}

/** What moved in the period; a register of turnovers has neither income nor expense. */
export function turnovers(store: Store, register: string, query: TurnoverQuery = {}): Row[] {
	const { resources, source } = registerType(register);
	const inside = between(query);
	return summed(groups(store, register, query), resources, (all, name) => {
		const records = all.filter(inside);
		const turnover: Totals = [['Turnover', signed(records, name)]];
		return source.turnovers ? turnover : [...turnover, ...sidesOf(records, name)];
	});
}

const sidesOf = (records: Row[], name: string): Totals => [
	['Receipt', sum(records.filter(isIncome), name)],
	['Expense', sum(records.filter(isExpense), name)],
];

export function balancesAndTurnovers(
	store: Store,
	register: string,
	query: TurnoverQuery = {},
): Row[] {
	const { resources } = registerType(register);
	const inside = between(query);
	const { from } = query;
	return summed(groups(store, register, query), resources, (all, name) => {
		const opening = signed(
			all.filter(({ Period: moment }) => from !== undefined && String(moment) < from),
			name,
		);
		const records = all.filter(inside);
		const turnover = signed(records, name);
		return [
			['OpeningBalance', opening],
			['Turnover', turnover],
			...sidesOf(records, name),
			['ClosingBalance', opening.plus(turnover)],
		];
	});
}

export const amount = (row: Row, name: string): Big => new Big(Number(row[name] ?? 0));
