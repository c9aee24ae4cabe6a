/** Numbers and dates as Russians write them. */
const roubles = new Intl.NumberFormat('ru-RU', {
	minimumFractionDigits: 2,
	maximumFractionDigits: 2,
});
/** Quantities of Bitrix24 have four decimals. */
const plain = new Intl.NumberFormat('ru-RU', { maximumFractionDigits: 4 });

const SIGNS: Record<string, string> = { RUB: '₽', USD: '$', EUR: '€' };

export const money = (amount: number, currency: string): string =>
	`${roubles.format(amount)}\u00a0${SIGNS[currency] ?? currency}`;

export const quantity = (amount: number): string => plain.format(amount);

export const day = (iso: string): string => iso.slice(0, 10).split('-').reverse().join('.');

/** 1 строка, 2 строки, 5 строк. */
export const counted = (count: number, one: string, few: string, many: string): string => {
	const [last, lastTwo] = [count % 10, count % 100];
	const isTeen = lastTwo >= 11 && lastTwo <= 14;
	const word = last === 1 && !isTeen ? one : last >= 2 && last <= 4 && !isTeen ? few : many;
	return `${count}\u00a0${word}`;
};

/** What a person has typed as a quantity: a comma is a point, and there is no less than nothing. */
export const typedQuantity = (text: string): number | null => {
	const amount = Number(text.trim().replace(/\s/g, '').replace(',', '.'));
	return text.trim() !== '' && Number.isFinite(amount) && amount > 0 ? amount : null;
};
