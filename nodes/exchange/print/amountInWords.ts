/** A sum in words, as the bottom line of an invoice has it: «Двенадцать тысяч триста сорок пять рублей 67 копеек». */
import { capital } from '../capital';
import type { Kopecks } from '../money';

/** One, two to four, five and more. */
type Forms = readonly [string, string, string];

interface Unit {
	forms: Forms;
	isFeminine: boolean;
}

interface Currency {
	whole: Unit;
	hundredth: Forms;
}

const masculine = (...forms: Forms): Unit => ({ forms, isFeminine: false });

const ROUBLES: Currency = {
	whole: masculine('рубль', 'рубля', 'рублей'),
	hundredth: ['копейка', 'копейки', 'копеек'],
};

const CENTS: Forms = ['цент', 'цента', 'центов'];

const CURRENCIES: Record<string, Currency> = {
	BYN: {
		whole: masculine('белорусский рубль', 'белорусских рубля', 'белорусских рублей'),
		hundredth: ROUBLES.hundredth,
	},
	CNY: { whole: masculine('юань', 'юаня', 'юаней'), hundredth: ['фэнь', 'фэня', 'фэней'] },
	EUR: { whole: masculine('евро', 'евро', 'евро'), hundredth: CENTS },
	KZT: { whole: masculine('тенге', 'тенге', 'тенге'), hundredth: ['тиын', 'тиына', 'тиынов'] },
	RUB: ROUBLES,
	USD: { whole: masculine('доллар США', 'доллара США', 'долларов США'), hundredth: CENTS },
};

const CLASSES: readonly Unit[] = [
	{ forms: ['тысяча', 'тысячи', 'тысяч'], isFeminine: true },
	masculine('миллион', 'миллиона', 'миллионов'),
	masculine('миллиард', 'миллиарда', 'миллиардов'),
	masculine('триллион', 'триллиона', 'триллионов'),
];

const HUNDREDS = 'сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот'.split(
	' ',
);
const TENS = 'двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто'.split(
	' ',
);
const ONES =
	'один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать'.split(
		' ',
	);
const FEMININE = ['одна', 'две'];

export const formFor = (number: number, [one, few, many]: Forms): string => {
	const tail = number % 100;
	if (tail > 10 && tail < 20) return many;
	if (tail % 10 === 1) return one;
	return tail % 10 > 1 && tail % 10 < 5 ? few : many;
};

const belowThousand = (number: number, isFeminine: boolean): string[] => {
	const tail = number % 100;
	const ones = tail < 20 ? tail : tail % 10;
	return [
		HUNDREDS[Math.floor(number / 100) - 1],
		tail < 20 ? undefined : TENS[Math.floor(tail / 10) - 2],
		(isFeminine ? FEMININE[ones - 1] : undefined) ?? ONES[ones - 1],
	].filter((word) => word !== undefined);
};

const numberInWords = (number: number, isFeminine: boolean): string[] => {
	if (number === 0) return ['ноль'];
	const words = belowThousand(number % 1000, isFeminine);
	let rest = Math.floor(number / 1000);
	for (const unit of CLASSES) {
		const group = rest % 1000;
		if (group > 0) {
			words.unshift(...belowThousand(group, unit.isFeminine), formFor(group, unit.forms));
		}
		rest = Math.floor(rest / 1000);
	}
	return words;
};

/** Kopecks stay digits, two of them, as accountants write them. Currencies without Russian words are named by code. */
export const amountInWords = (amount: Kopecks, currency = 'RUB'): string => {
	const whole = Math.floor(Math.abs(amount) / 100);
	const part = Math.abs(amount) % 100;
	const { whole: unit, hundredth } = CURRENCIES[currency] ?? {
		whole: masculine(currency, currency, currency),
		hundredth: ['сотая', 'сотых', 'сотых'] as const,
	};
	const words = [
		...(amount < 0 ? ['минус'] : []),
		...numberInWords(whole, unit.isFeminine),
		formFor(whole, unit.forms),
		String(part).padStart(2, '0'),
		formFor(part, hundredth),
	];
	return capital(words.join(' '));
};

/** What a sum in digits is followed by: «руб.», or the code of a foreign currency. */
export const currencySign = (currency: string): string => (currency === 'RUB' ? 'руб.' : currency);
