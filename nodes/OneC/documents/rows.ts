/** Lines of a sale as rows of «Товары» and «Услуги», the same in the invoice and in the order [УТ 10.3.88.3 sources]. */
import { z } from 'zod';
import { kopecks, roubles } from '../../exchange/money';
import { Problem } from '../../exchange/problem';
import { lineSums, type Sale } from '../../exchange/sale';
import type { Body } from '../odata/client';
import type { Position } from '../catalogs/products';

const VAT_RATES: Record<string, string> = {
	'22': 'НДС22',
	'20': 'НДС20',
	'18': 'НДС18',
	'10': 'НДС10',
	'7': 'НДС7',
	'5': 'НДС5',
	'0': 'НДС0',
};

/** Values of the enumeration «СтавкиНДС»; null is «без НДС». */
export const vatRate = (percent: number | null): string => {
	if (percent === null) return 'БезНДС';
	const rate = VAT_RATES[String(percent)];
	if (rate) return rate;
	throw new Problem(
		`1C has no VAT rate of ${percent} %.`,
		'Correct the VAT rate in the products of the deal.',
		`В 1С нет ставки НДС ${percent} %. Исправьте ставку в товарах сделки.`,
	);
};

/** The other way round: percent of a value of «СтавкиНДС», null for «без НДС»; «НДС20_120» is the same 20 %. */
export const vatPercent = (rate: string): number | null => {
	const percent = /^НДС(\d+)/.exec(rate)?.[1];
	return percent === undefined ? null : Number(percent);
};

const common = (sale: Sale, { line, product }: Position): Body => {
	const { amount, vat } = lineSums(line, sale.pricesIncludeVat);
	return {
		Номенклатура_Key: product.ref,
		Количество: line.quantity,
		/** n(15,2): what the price loses here is still in «Сумма», which 1C takes as it is sent. */
		Цена: roubles(kopecks(line.price)),
		Сумма: roubles(amount),
		СтавкаНДС: vatRate(line.vatRate),
		СуммаНДС: roubles(vat),
	};
};

/**
 * An order without «Коэффициент» is posted without a word but stands in the registers with quantity 0.
 * `LineNumber` is Int64, which 1C itself writes as a string; rows must be numbered from 1 [live probes of УТ 11].
 */
const goods = (sale: Sale, position: Position, index: number): Body => ({
	LineNumber: String(index + 1),
	...common(sale, position),
	ЕдиницаИзмерения_Key: position.product.unit,
	Коэффициент: position.factor,
	КлючСтроки: index + 1,
});

const service = (sale: Sale, position: Position, index: number): Body => ({
	LineNumber: String(index + 1),
	...common(sale, position),
	Содержание: position.line.name || position.product.fullName,
});

export interface Tables {
	Товары: Body[];
	Услуги: Body[];
}

/** 1C refuses services among goods and goods among services. */
export const tablesOf = (sale: Sale, positions: readonly Position[]): Tables => ({
	Товары: positions
		.filter(({ product }) => !product.isService)
		.map((position, index) => goods(sale, position, index)),
	Услуги: positions
		.filter(({ product }) => product.isService)
		.map((position, index) => service(sale, position, index)),
});

const ratedRows = z.array(z.object({ СтавкаНДС: z.string() })).catch([]);

/** The VAT rates of a document that is to be sent, each once. */
export const ratesIn = ({ Товары: goodsRows, Услуги: serviceRows }: Body): string[] => {
	const rows = [goodsRows, serviceRows].flatMap((table) => ratedRows.parse(table));
	return [...new Set(rows.map((row) => row.СтавкаНДС))];
};
