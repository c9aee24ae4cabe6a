/** The salesman works in the client application: closes and corrects orders, edits, unposts, marks for deletion. */
import Big from 'big.js';

import { ORDERS } from '../ledger';
import { rowsOf, text, type Row } from '../values';
import { inherited, typed, type Office } from './office';
import { numbered, taxIn } from './storekeeper';

export interface Closing {
	order: string;
	/** Name of a reason; without one the register of reasons gets no record. */
	reason?: string;
}

export interface Correction {
	order: string;
	/** Quantities are deltas. */
	lines: Array<{ product: string; quantity: number; price?: number }>;
}

export class Salesman {
	constructor(private readonly office: Office) {}

	closes({ order, reason }: Closing): string {
		const line: Row = {
			...typed('ЗаказПокупателя', this.office.get(order)),
			...(reason ? { ПричинаЗакрытияЗаказа_Key: this.reasonNamed(reason) } : {}),
		};
		return this.office.document('ЗакрытиеЗаказовПокупателей', this.latest(order), {
			ВидОперации: 'ЗакрытиеЗаказов',
			Заказы: numbered([line]),
		});
	}

	/** A closing writes off what its own moment leaves, so it comes after every movement of the order. */
	private latest(order: string): Row {
		const { row } = this.office.get(order);
		const periods = this.office.store
			.recordsOf(ORDERS)
			.filter((record) => record.ЗаказПокупателя_Key === order)
			.map((record) => text(record, 'Period'));
		return { Date: [text(row, 'Date'), ...periods].sort().at(-1) ?? '' };
	}

	private reasonNamed(name: string): string {
		const known = this.office.store
			.in('Catalog_ПричиныЗакрытияЗаказов')
			.find(({ row }) => row.Description === name);
		if (known) return text(known.row, 'Ref_Key');
		return this.office.create('Catalog_ПричиныЗакрытияЗаказов', { Description: name });
	}

	corrects({ order, lines }: Correction): string {
		const { row } = this.office.get(order);
		const delta = lines.map((line) => this.correctionLine(row, line));
		const services = delta.filter((line) => this.product(line).Услуга === true);
		return this.office.document('КорректировкаЗаказаПокупателя', row, {
			...inherited(row),
			ЗаказПокупателя_Key: order,
			Товары: numbered(delta.filter((line) => !services.includes(line))),
			Услуги: numbered(
				services.map((line) => ({ ...line, Содержание: text(this.product(line), 'Description') })),
			),
		});
	}

	private product = (line: Row): Row => this.office.row(text(line, 'Номенклатура_Key'));

	private correctionLine(
		order: Row,
		{ product, quantity, price }: Correction['lines'][number],
	): Row {
		const ordered = [...rowsOf(order, 'Товары'), ...rowsOf(order, 'Услуги')].find(
			(line) => line.Номенклатура_Key === product,
		);
		const { row } = this.office.get(product);
		const each = price ?? Number(ordered?.Цена ?? 0);
		const sum = new Big(each).times(quantity).round(2, Big.roundHalfUp);
		const rate = text(ordered ?? row, 'СтавкаНДС');
		const excluded = order.УчитыватьНДС === true && order.СуммаВключаетНДС !== true;
		const tax = excluded ? taxOn(sum, rate) : taxIn(sum, rate);
		return {
			Номенклатура_Key: product,
			ЕдиницаИзмерения_Key: ordered?.ЕдиницаИзмерения_Key ?? row.ЕдиницаХраненияОстатков_Key,
			Количество: quantity,
			Коэффициент: 1,
			Цена: each,
			СтавкаНДС: rate,
			Сумма: sum.toNumber(),
			СуммаНДС: order.УчитыватьНДС === true ? tax.toNumber() : 0,
		};
	}

	/** Saving a posted document in the client application posts it again. */
	edits(ref: string, fields: Record<string, unknown>): void {
		const wasPosted = this.office.row(ref).Posted === true;
		this.office.patches(ref, fields);
		if (wasPosted) this.office.posts(ref);
	}

	/** The same order once more, for another buyer: the client application copies documents. */
	copiesOrder(ref: string, fields: Record<string, unknown>): string {
		const own = ['Ref_Key', 'DataVersion', 'Number', 'Date', 'Posted', 'DeletionMark'];
		const { row } = this.office.get(ref);
		const copied = Object.entries(row).filter(([name]) => !own.includes(name));
		return this.office.document('ЗаказПокупателя', row, {
			...Object.fromEntries(copied),
			...fields,
		});
	}

	unposts(ref: string): void {
		this.office.unposts(ref);
	}

	unpostsOrder(ref: string): void {
		this.office.unposts(ref);
	}

	posts(ref: string): void {
		this.office.posts(ref);
	}

	marksForDeletion(ref: string): void {
		this.office.marksForDeletion(ref);
	}
}

function taxOn(net: Big, rate: string): Big {
	const percent = Number(/^НДС(\d+)/.exec(rate)?.[1] ?? 0);
	return net.times(percent).div(100).round(2, Big.roundHalfUp);
}
