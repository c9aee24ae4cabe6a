/** What a person would see on the screen, for assertions: documents as OData JSON, balances, movements. */
import Big from 'big.js';

import { amount, balances, ORDERS, SETTLEMENTS } from '../ledger';
import { stockOf } from '../posting/stock';
import { copyRow, type Row } from '../values';
import type { Office } from './office';

export class Sees {
	constructor(private readonly office: Office) {}

	document(ref: string): Record<string, unknown> {
		return copyRow(this.office.row(ref));
	}

	counterparty(ref: string): Record<string, unknown> {
		return copyRow(this.office.row(ref));
	}

	documents(kind: string): Array<Record<string, unknown>> {
		return this.office.store.in(`Document_${kind}`).map(({ row }) => copyRow(row));
	}

	/** What is still to ship by an order. */
	balance(order: string): { quantity: number; amount: number } {
		const where = (record: Row) => record.ЗаказПокупателя_Key === order;
		const rows = balances(this.office.store, ORDERS, { where, dimensions: ['ЗаказПокупателя'] });
		return {
			quantity: total(rows, 'КоличествоBalance'),
			amount: total(rows, 'СуммаВзаиморасчетовBalance'),
		};
	}

	/** What is still to pay by an order, as РасчетыСКонтрагентами plans it. */
	unpaid(order: string): number {
		const where = (record: Row) => record.Сделка === order;
		return total(
			balances(this.office.store, SETTLEMENTS, { where, dimensions: ['Сделка'] }),
			'СуммаВзаиморасчетовBalance',
		);
	}

	/** What the warehouse has of a product. */
	stock(product: string, warehouse: string): number {
		return stockOf(this.office.store, product, warehouse).toNumber();
	}

	movements(recorder: string): Array<Record<string, unknown>> {
		return this.office.store
			.movementsOf(recorder)
			.map(({ register, row }) => ({ Register: register, ...copyRow(row) }));
	}
}

const total = (rows: Row[], name: string): number =>
	rows.reduce((sum, row) => sum.plus(amount(row, name)), new Big(0)).toNumber();
