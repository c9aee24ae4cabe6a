/** The storekeeper ships what an order has left, in full or in part, and takes goods back. */
import Big from 'big.js';

import { amount, balances, ORDERS, RESERVES, STOCK, writeEntries } from '../ledger';
import { objectType } from '../model/metadata';
import { nextCode } from '../numbering';
import { newQuality } from '../posting/stock';
import { dataVersion, type Entity } from '../store';
import { emptyRow, rowsOf, text, type Row } from '../values';
import { inherited, typed, type Office, type Seed } from './office';

export interface Line {
	product: string;
	quantity: number;
}

export interface Shipment {
	order: string;
	/** Everything that is left when absent. */
	lines?: Line[];
}

export interface GoodsReceipt {
	product: string;
	quantity: number;
	warehouse?: string;
}

export interface GoodsReturn {
	shipment: string;
	lines: Line[];
}

const ACCOUNTING: Row = {
	ОтражатьВУправленческомУчете: true,
	ОтражатьВБухгалтерскомУчете: true,
	ОтражатьВНалоговомУчете: true,
};

export class Storekeeper {
	constructor(
		private readonly office: Office,
		private readonly seed: Seed,
	) {}

	ships({ order, lines }: Shipment): string {
		const { row } = this.office.get(order);
		const left = balances(this.office.store, ORDERS, {
			where: (record) => record.ЗаказПокупателя_Key === order,
		});
		const wanted = lines
			? lines.map((line) => this.partOf(order, row, left, line))
			: left.map((one) => this.whole(row, one));
		if (wanted.length === 0) throw new Error('There is nothing left to ship by this order');
		const services = wanted.filter((line) => this.isService(line));
		return this.office.document('РеализацияТоваровУслуг', row, {
			...inherited(row),
			...ACCOUNTING,
			...typed('Сделка', this.office.get(order)),
			ВидОперации: 'ПродажаКомиссия',
			ВидПередачи: 'СоСклада',
			Склад_Key: this.seed.warehouse,
			КурсВзаиморасчетов: amount(row, 'КурсВзаиморасчетов').toNumber() || 1,
			Товары: numbered(wanted.filter((line) => !this.isService(line))),
			Услуги: numbered(services.map((line) => ({ ...line, Содержание: this.nameOf(line) }))),
		});
	}

	private isService = (line: Row): boolean => this.productOf(line).Услуга === true;

	private productOf = (line: Row): Row => this.office.row(text(line, 'Номенклатура_Key'));

	private nameOf = (line: Row): string => text(this.productOf(line), 'Description');

	private whole(order: Row, left: Row): Row {
		return this.line(
			order,
			left,
			amount(left, 'КоличествоBalance'),
			amount(left, 'СуммаВзаиморасчетовBalance'),
		);
	}

	/** The part's sum is its share of what is left. */
	private partOf(ref: string, order: Row, left: Row[], { product, quantity }: Line): Row {
		const own =
			left.find((one) => one.Номенклатура_Key === product) ?? this.orderedLine(order, product);
		if (!own) throw new Error(`The order ${ref} has no product ${product}`);
		const rest = amount(own, 'КоличествоBalance');
		const sum = amount(own, 'СуммаВзаиморасчетовBalance');
		const share = rest.eq(0) ? amount(own, 'Цена').times(quantity) : sum.times(quantity).div(rest);
		return this.line(order, own, new Big(quantity), share.round(2, Big.roundHalfUp));
	}

	/** An order's own row when the register has nothing left: over-shipping is for the posting to refuse. */
	private orderedLine(order: Row, product: string): Row | undefined {
		const rows = [...rowsOf(order, 'Товары'), ...rowsOf(order, 'Услуги')];
		return rows.find((row) => row.Номенклатура_Key === product);
	}

	private line(order: Row, source: Row, quantity: Big, gross: Big): Row {
		const tax = taxIn(gross, text(source, 'СтавкаНДС'));
		const net = order.УчитыватьНДС === true && order.СуммаВключаетНДС !== true;
		return {
			Номенклатура_Key: source.Номенклатура_Key,
			ЕдиницаИзмерения_Key: source.ЕдиницаИзмерения_Key ?? null,
			Количество: quantity.toNumber(),
			Коэффициент: 1,
			Цена: source.Цена,
			ПроцентСкидкиНаценки: source.ПроцентСкидкиНаценки ?? 0,
			ПроцентАвтоматическихСкидок: source.ПроцентАвтоматическихСкидок ?? 0,
			СтавкаНДС: source.СтавкаНДС,
			Сумма: (net ? gross.minus(tax) : gross).toNumber(),
			СуммаНДС: order.УчитыватьНДС === true ? tax.toNumber() : 0,
		};
	}

	/** Goods found or brought in; the document itself is one the stand-in only names. */
	receivesGoods({ product, quantity, warehouse }: GoodsReceipt): string {
		const { store, clock } = this.office;
		const type = objectType('Document_ОприходованиеТоваров');
		const row: Row = {
			...emptyRow(type),
			Ref_Key: store.newRef(),
			DataVersion: dataVersion(1),
			Number: nextCode(store, type),
			Date: clock(),
			Posted: true,
		};
		const document: Entity = { type, row, version: 1 };
		store.put(document);
		const fields: Row = {
			Склад_Key: warehouse ?? this.seed.warehouse,
			Номенклатура_Key: product,
			Качество_Key: newQuality(store),
			Количество: quantity,
		};
		writeEntries(store, document, [{ register: STOCK, movement: 'Receipt', fields }]);
		return text(row, 'Ref_Key');
	}

	/** What the posting of an order writes for a row placed at a warehouse; the posting itself is not imitated. */
	reserves({ order, product, quantity, warehouse }: GoodsReceipt & { order: string }): void {
		const document = this.office.get(order);
		const fields: Row = {
			Склад_Key: warehouse ?? this.seed.warehouse,
			Номенклатура_Key: product,
			...typed('ДокументРезерва', document),
			Количество: quantity,
		};
		writeEntries(this.office.store, document, [
			{ register: RESERVES, movement: 'Receipt', fields },
		]);
	}

	acceptsReturn({ shipment, lines }: GoodsReturn): string {
		const { row } = this.office.get(shipment);
		const taken = lines.map(({ product, quantity }) => {
			const shipped = this.orderedLine(row, product);
			if (!shipped) throw new Error(`The shipment ${shipment} has no product ${product}`);
			const share = (name: string) =>
				amount(shipped, name)
					.times(quantity)
					.div(amount(shipped, 'Количество'))
					.round(2)
					.toNumber();
			return {
				...shipped,
				...typed('ДокументПартии', this.office.get(shipment)),
				Количество: quantity,
				Сумма: share('Сумма'),
				СуммаНДС: share('СуммаНДС'),
			};
		});
		return this.office.document('ВозвратТоваровОтПокупателя', row, {
			...inherited(row),
			...ACCOUNTING,
			Сделка: row.Сделка,
			Сделка_Type: row.Сделка_Type,
			ВидПоступления: 'НаСклад',
			СкладОрдер: this.seed.warehouse,
			СкладОрдер_Type: 'StandardODATA.Catalog_Склады',
			Товары: numbered(taken),
		});
	}

	unposts(ref: string): void {
		this.office.unposts(ref);
	}

	posts(ref: string): void {
		this.office.posts(ref);
	}
}

export const numbered = (lines: Row[]): Row[] =>
	lines.map((line, index) => ({ ...line, LineNumber: String(index + 1) }));

/** НДС22 → 22 % inside the sum; rates «НДС20_120» are the same percent. */
export function taxIn(gross: Big, rate: string): Big {
	const percent = Number(/^НДС(\d+)/.exec(rate)?.[1] ?? 0);
	return gross
		.times(percent)
		.div(100 + percent)
		.round(2, Big.roundHalfUp);
}
