/** How Russian printed documents write numbers, dates and names. */
import Big from 'big.js';
import { grouped } from '../money';

const NBSP = '\u00a0';

const MONTHS = [
	'января',
	'февраля',
	'марта',
	'апреля',
	'мая',
	'июня',
	'июля',
	'августа',
	'сентября',
	'октября',
	'ноября',
	'декабря',
];

/** «24 ноября 2026 г.» from an ISO 8601 time, in the zone it was written in. */
export const inWords = (iso: string): string => {
	const [year, month, day] = iso.slice(0, 10).split('-').map(Number);
	return [day, MONTHS[month - 1], year, 'г.'].join(NBSP);
};

/** «1 250,5»: four digits after the point at most, as Bitrix24 has them, and no zeros at the end. */
export const inQuantity = (quantity: number): string => {
	const [whole, part] = new Big(quantity).abs().round(4, Big.roundHalfUp).toFixed().split('.');
	return `${quantity < 0 ? '−' : ''}${grouped(whole)}${part ? `,${part}` : ''}`;
};

export const inPercent = (rate: number): string => `${new Big(rate).toFixed().replace('.', ',')}%`;

/** «РТ000000012» is printed as «12»: the form of 1C drops the prefix of the base and the zeros. */
export const shortNumber = (number: string): string => /^\D*?0*(\d+)$/.exec(number)?.[1] ?? number;

/** After these a line must not be broken. Only the space after the word is tied, so the words stay as they are. */
const TIED = new RegExp(
	`(?<![\\p{L}\\d])(№|г|ул|д|кв|оф|стр|корп|к|пом|тел|обл|р/с|к/с|ИНН|КПП|БИК|ООО|АО|ПАО|ЗАО|ИП|в|и|с|к|о|от|до|на|по|из|за|не)([.:]*) (?=\\S)`,
	'giu',
);

/** Text whose numbers, initials and short words do not part from what they belong to. */
export const tied = (text: string): string =>
	text
		.replace(/(\p{Lu}\.) ?(?=\p{Lu}\.)/gu, '$1')
		.replace(/(\p{Lu}\.) (?=\p{Lu}\p{Ll})/gu, `$1${NBSP}`)
		.replace(TIED, `$1$2${NBSP}`)
		.replace(/(?<=[\d)]) (?=[\d(])/g, NBSP)
		.replace(/ (?=[—–] )/g, NBSP);
