/**
 * What the columns of a row can hold, checked before a document is made: 1C rounds a longer number without a word
 * [reference: object model of УТ 10.3.88.3, «Количество» n(15,3), «Сумма» n(15,2)].
 */
import Big from 'big.js';
import { inRoubles, roubles } from '../../exchange/money';
import { Problem } from '../../exchange/problem';
import { lineSums, saleTotal, type Sale, type SaleLine } from '../../exchange/sale';

const QUANTITY_DECIMALS = 3;
const LARGEST_QUANTITY = 1e12;
const LARGEST_SUM = 1e13;

const inRussian = (quantity: number): string => new Big(quantity).toFixed().replace('.', ',');

const fits = (quantity: number): boolean =>
	quantity < LARGEST_QUANTITY && new Big(quantity).round(QUANTITY_DECIMALS).eq(quantity);

const named = ({ name }: SaleLine, index: number, row: string): string =>
	`${row} ${index + 1}${name ? ` «${name}»` : ''}`;

const checkQuantities = ({ lines }: Sale): void => {
	const wrong = lines
		.map((line, index) => ({ line, index }))
		.filter(({ line }) => !fits(line.quantity));
	if (wrong.length === 0) return;
	const said = (row: string, shown: (quantity: number) => string): string =>
		wrong
			.map(({ line, index }) => `${named(line, index, row)}: ${shown(line.quantity)}`)
			.join('; ');
	throw new Problem(
		`1C keeps quantities with three digits after the point, twelve before it. ${said('Row', String)}.`,
		'Correct the quantity in the products of the deal, or choose a smaller unit.',
		`В 1С у количества три знака после запятой, а в сделке больше. ${said('Строка', inRussian)}. Округлите количество в товарах сделки или выберите единицу мельче.`,
	);
};

const checkSums = (sale: Sale): void => {
	const sums = sale.lines.map((line) => lineSums(line, sale.pricesIncludeVat).amount);
	const largest = [...sums, saleTotal(sale)].find((sum) => roubles(sum) >= LARGEST_SUM);
	if (largest === undefined) return;
	throw new Problem(
		`The products of the deal make ${inRoubles(largest)}, more than a sum in 1C can hold.`,
		'Correct prices and quantities in the products of the deal.',
		`Товары сделки дают ${inRoubles(largest)}, такая сумма в 1С не помещается. Исправьте цены и количества в товарах сделки.`,
	);
};

export const checkColumns = (sale: Sale): void => {
	checkQuantities(sale);
	checkSums(sale);
};
