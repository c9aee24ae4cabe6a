/**
 * Business keys of a buyer. They only suggest: the technical key is the GUID of the 1C counterparty,
 * because one buyer may stand in several 1C folders and a name decides nothing.
 */

const INN_10 = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN_12_FIRST = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN_12_SECOND = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

const controlDigit = (digits: number[], weights: number[]): number =>
	(weights.reduce((sum, weight, index) => sum + weight * digits[index], 0) % 11) % 10;

/** ИНН of 10 (organisations) or 12 digits (people) with right control digits, as the Federal Tax Service defines them. */
export const isInn = (inn: string): boolean => {
	if (!/^(\d{10}|\d{12})$/.test(inn) || /^0+$/.test(inn)) return false;
	const digits = [...inn].map(Number);
	if (digits.length === 10) return controlDigit(digits, INN_10) === digits[9];
	return (
		controlDigit(digits, INN_12_FIRST) === digits[10] &&
		controlDigit(digits, INN_12_SECOND) === digits[11]
	);
};
