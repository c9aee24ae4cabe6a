/**
 * Functions of the filter language that 1C has. The rest of OData v3 (length, indexof, replace, tolower, toupper,
 * trim, floor, ceiling…) and all of v4 (contains, in…) are refused with code 14, as 1C refuses them
 * (reference 1c-ut103.md §2 "$filter"). dateadd and datedifference are not imitated yet.
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

function likePattern(pattern: string, ignoreCase: boolean): RegExp {
	const body = pattern
		.replace(/[.*+?^${}()|\\]/g, '\\$&')
		.replace(/%/g, '.*')
		.replace(/_/g, '.');
	try {
		return new RegExp(`^${body}$`, ignoreCase ? 'isu' : 'su');
	} catch {
		return /(?!)/;
	}
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
