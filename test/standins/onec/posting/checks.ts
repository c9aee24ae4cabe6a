/**
 * The configuration's own checks, as far as they are common to documents: filled fields of the header and of rows,
 * the contract's organisation, goods against services (reference 1c-ut103.md §4; the wording follows
 * ЗаполнениеДокументов). Reasons are collected: on a server they are lost, see refusal.ts.
 */
import { amount } from '../ledger';
import type { Entity, Store } from '../store';
import type { BaseSwitches } from '../switches';
import { isFilled, rowsOf, text, type Row, type Value } from '../values';

export interface PostingContext {
	store: Store;
	document: Entity;
	row: Row;
	operational: boolean;
	switches: BaseSwitches;
	/** Anything here refuses the write or the posting. */
	reasons: string[];
}

/** An attribute by its own name, whichever property carries it on the wire. */
export const attribute = (row: Row, name: string): Value => row[`${name}_Key`] ?? row[name];

export function requireHeader({ row, reasons }: PostingContext, ...names: string[]): void {
	for (const name of names) {
		if (!isFilled(attribute(row, name))) reasons.push(`Не заполнено значение реквизита "${name}"!`);
	}
}

export function requireRows({ row, reasons }: PostingContext, table: string, ...names: string[]) {
	for (const line of rowsOf(row, table)) {
		for (const name of names) {
			if (isFilled(attribute(line, name))) continue;
			reasons.push(
				`В строке ${text(line, 'LineNumber')} таблицы "${table}" не заполнено "${name}"!`,
			);
		}
	}
}

export function contractOf({ store }: PostingContext, row: Row): Row | undefined {
	return store.row('Catalog_ДоговорыКонтрагентов', text(row, 'ДоговорКонтрагента_Key'));
}

export const settlementOf = (contract: Row | undefined): string =>
	contract ? text(contract, 'ВедениеВзаиморасчетов') : '';

export function requireOwnContract(context: PostingContext, row: Row, organization: Value): void {
	const contract = contractOf(context, row);
	if (!contract || !isFilled(organization) || contract.Организация_Key === organization) return;
	context.reasons.push(
		'Выбран договор контрагента, не соответствующий организации, указанной в документе!',
	);
}

/** «Услуг здесь быть не должно» and «товаров здесь быть не должно». */
export function requireKind(context: PostingContext, table: string, services: boolean): void {
	for (const line of rowsOf(context.row, table)) {
		const product = context.store.row('Catalog_Номенклатура', text(line, 'Номенклатура_Key'));
		if (!product || product.Услуга === services) continue;
		const what = services ? 'товар' : 'услуга';
		context.reasons.push(`В таблице "${table}" ${what}: ${text(product, 'Description')}!`);
	}
}

/** What a row costs with tax: УчетНДС adds СуммаНДС only when tax counts and is not in the sum. */
export function grossOf(header: Row, line: Row) {
	const adds = header.УчитыватьНДС === true && header.СуммаВключаетНДС !== true;
	return adds ? amount(line, 'Сумма').plus(amount(line, 'СуммаНДС')) : amount(line, 'Сумма');
}

/** СуммаДокумента is computed before every write, whatever the client sent; returnable packaging is not in it. */
export function recalculateSum(row: Row, ...tables: string[]): void {
	const zero = amount({}, '');
	const lines = tables.flatMap((table) => rowsOf(row, table));
	row.СуммаДокумента = lines.reduce((sum, line) => sum.plus(grossOf(row, line)), zero).toNumber();
}

/** ЗаполнитьЗаказПокупателяВТЧ: rows without an order of their own get the header's. */
export function spreadOrder(row: Row, order: string, ...tables: string[]): void {
	if (!order) return;
	for (const line of tables.flatMap((table) => rowsOf(row, table))) {
		if (!isFilled(line.ЗаказПокупателя_Key)) line.ЗаказПокупателя_Key = order;
	}
}

export const DEAL_ORDER = 'StandardODATA.Document_ЗаказПокупателя';

/** The order in a composite Сделка, '' when something else or nothing is there. */
export const orderOfDeal = (row: Row): string =>
	row.Сделка_Type === DEAL_ORDER ? text(row, 'Сделка') : '';
