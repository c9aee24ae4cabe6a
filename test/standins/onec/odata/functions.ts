/**
 * Functions of the filter language that 1C has. The rest of OData v3 (length, indexof, replace, tolower, toupper,
 * trim, floor, ceiling…) and all of v4 (contains, in…) are refused with code 14, as 1C refuses them
 * (reference 1c-ut103.md §2 "$filter"; the order of arguments is that of the documentation, 17.4.5.2).
 */
import { badOption } from './errors';
import type { Surroundings, Term, TermKind, TermValue } from './terms';

interface FunctionRule {
	args: readonly TermKind[];
	optional?: number;
	result: TermKind;
	apply(args: TermValue[], ignoreCase: boolean): TermValue;
}

const fold = (value: TermValue, ignoreCase: boolean): string => {
	const text = typeof value === 'string' ? value : '';
	return ignoreCase ? text.toLowerCase() : text;
};

const datePart = (from: number, to: number): FunctionRule => ({
	args: ['date'],
	result: 'number',
	apply: ([date]) => Number(String(date).slice(from, to)),
});

const dayNumber = (date: TermValue): number =>
	Math.floor(Date.parse(`${String(date).slice(0, 10)}T00:00:00Z`) / 86_400_000);

/** ПОДОБНО: `%` any characters, `_` one, `[а-я]` one of a set, `[^а]` none of it. */
function likePattern(pattern: string, ignoreCase: boolean): RegExp {
	const body = pattern
		.replace(/[.*+?${}()|\\]|\^(?<!\[\^)/g, '\\$&')
		.replace(/%/g, '.*')
		.replace(/_/g, '.');
	try {
		return new RegExp(`^${body}$`, ignoreCase ? 'isu' : 'su');
	} catch {
		return /(?!)/;
	}
}

type Unit = 'second' | 'minute' | 'hour' | 'day' | 'month' | 'quarter' | 'year';

const SECONDS: Partial<Record<Unit, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 };
const MONTHS: Partial<Record<Unit, number>> = { month: 1, quarter: 3, year: 12 };

const isUnit = (value: TermValue): value is Unit =>
	typeof value === 'string' && (value in SECONDS || value in MONTHS);

/** Dates have no zone, so they are counted as if they were UTC. */
const secondsOf = (date: TermValue): number => Date.parse(`${String(date)}Z`) / 1000;
const monthsOf = (date: TermValue): number =>
	Number(String(date).slice(0, 4)) * 12 + Number(String(date).slice(5, 7)) - 1;

const written = (seconds: number): string | undefined => {
	const date = new Date(seconds * 1000);
	return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 19);
};

/** A month later than the 31st is the last day of a shorter month, as ДОБАВИТЬКДАТЕ has it. */
function dateAdd([date, unit, count]: TermValue[]): TermValue {
	if (date === undefined || !isUnit(unit)) return undefined;
	const seconds = SECONDS[unit];
	if (seconds) return written(secondsOf(date) + seconds * Number(count));
	const months = monthsOf(date) + (MONTHS[unit] ?? 0) * Math.trunc(Number(count));
	const [year, month] = [Math.floor(months / 12), ((months % 12) + 12) % 12];
	const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
	const day = Math.min(last, Number(String(date).slice(8, 10)));
	const time = secondsOf(date) - Math.floor(secondsOf(date) / 86_400) * 86_400;
	return written(Date.UTC(year, month, day) / 1000 + time);
}

/** How many boundaries of the unit lie between the dates, as РАЗНОСТЬДАТ counts. */
function dateDifference([from, to, unit]: TermValue[]): TermValue {
	if (from === undefined || to === undefined || !isUnit(unit)) return undefined;
	const counter = (date: TermValue) => {
		const seconds = SECONDS[unit];
		return Math.floor(seconds ? secondsOf(date) / seconds : monthsOf(date) / (MONTHS[unit] ?? 1));
	};
	return counter(to) - counter(from);
}

const RULES: Readonly<Record<string, FunctionRule>> = {
	substringof: {
		args: ['string', 'string'],
		result: 'boolean',
		apply: ([part, whole], ignore) => fold(whole, ignore).includes(fold(part, ignore)),
	},
	startswith: {
		args: ['string', 'string'],
		result: 'boolean',
		apply: ([whole, part], ignore) => fold(whole, ignore).startsWith(fold(part, ignore)),
	},
	endswith: {
		args: ['string', 'string'],
		result: 'boolean',
		apply: ([whole, part], ignore) => fold(whole, ignore).endsWith(fold(part, ignore)),
	},
	/** Whether 1C counts from 0 as OData or from 1 as ПОДСТРОКА is not verified; OData is taken. */
	substring: {
		args: ['string', 'number', 'number'],
		optional: 1,
		result: 'string',
		apply: ([whole, start, length]) =>
			String(whole).substring(
				Number(start),
				length === undefined ? undefined : Number(start) + Number(length),
			),
	},
	concat: {
		args: ['string', 'string'],
		result: 'string',
		apply: ([left, right]) => String(left) + String(right),
	},
	like: {
		args: ['string', 'string'],
		result: 'boolean',
		apply: ([whole, pattern], ignore) => likePattern(String(pattern), ignore).test(String(whole)),
	},
	round: {
		args: ['number'],
		result: 'number',
		apply: ([value]) => Math.round(Number(value)),
	},
	dateadd: { args: ['date', 'string', 'number'], result: 'date', apply: dateAdd },
	datedifference: { args: ['date', 'date', 'string'], result: 'number', apply: dateDifference },
	year: datePart(0, 4),
	month: datePart(5, 7),
	day: datePart(8, 10),
	hour: datePart(11, 13),
	minute: datePart(14, 16),
	second: datePart(17, 19),
	quarter: {
		args: ['date'],
		result: 'number',
		apply: ([date]) => Math.ceil(Number(String(date).slice(5, 7)) / 3),
	},
	/** Monday is 1, as ДЕНЬНЕДЕЛИ of the query language has it. */
	dayofweek: {
		args: ['date'],
		result: 'number',
		apply: ([date]) => ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1,
	},
	dayofyear: {
		args: ['date'],
		result: 'number',
		apply: ([date]) => dayNumber(date) - dayNumber(`${String(date).slice(0, 4)}-01-01`) + 1,
	},
};

export function callFunction(name: string, args: Term[], around: Surroundings): Term {
	const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
	if (!rule) throw badOption(around.option);
	const least = rule.args.length - (rule.optional ?? 0);
	const fits =
		args.length >= least &&
		args.length <= rule.args.length &&
		args.every((arg, index) => arg.kind === rule.args[index]);
	if (!fits) throw badOption(around.option);
	return {
		kind: rule.result,
		value: (scope) =>
			rule.apply(
				args.map((arg) => arg.value(scope)),
				around.ignoreCase,
			),
	};
}
