/**
 * What is wrong with a value, in words for whoever has to mend it. Schemas that know better say it themselves, in
 * English; whatever a library would say of types and codes is said here, once for all fields of all nodes.
 */
import { z } from 'zod';

export interface InWords {
	/** Where it is inside of the field, such as `[2].price`; empty when it is the field itself. */
	where: string;
	/** They go on after the name of the field. */
	english: string;
	russian: string;
}

const KINDS: Record<string, [english: string, russian: string]> = {
	string: ['text', 'текстом'],
	number: ['a number', 'числом'],
	integer: ['a whole number', 'целым числом'],
	boolean: ['true or false', 'значением true или false'],
	array: ['a list', 'списком'],
	object: ['an object with fields', 'объектом с полями'],
	date: ['a date', 'датой'],
	null: ['nothing', 'пустым'],
};

/** What the schemas of the nodes say themselves and managers may come to read. */
const OWN: Record<string, string> = {
	'is empty': 'не заполнено',
	'are empty': 'не заполнены',
	'is not chosen': 'не выбрано',
	'must be above zero': 'должно быть больше нуля',
	'must be text': 'должно быть текстом',
	'is too large': 'слишком велико',
	'must be a number': 'должно быть числом',
	'must be a whole number': 'должно быть целым числом',
	'must be a JSON object': 'должно быть объектом JSON',
	'is not valid JSON': 'не читается как JSON',
	'must be a sum in roubles': 'должно быть суммой в рублях',
	'must be a date such as 2026-11-24': 'должно быть датой, например 2026-11-24',
	'must be a currency code such as RUB': 'должно быть кодом валюты, например RUB',
	'must be a value or a list of values, not an object':
		'должно быть значением или списком значений, а не объектом',
	'names no deal': 'не называет сделку',
};

const EMPTY: string[] = ['undefined', 'null'];

const oneOf = (values: unknown[]): [english: string, russian: string] => {
	const choices = values.map((value) => (value === '' ? '""' : String(value))).join(', ');
	return values.length === 1
		? [`must be ${choices}`, `должно быть ${choices}`]
		: [`must be one of: ${choices}`, `должно быть одним из: ${choices}`];
};

/** Where the kind of a value is wrong already, zod writes the choices as `'a' | 'b'`. */
const choicesIn = (expected: string): string[] =>
	expected.split(' | ').map((choice) => choice.replaceAll("'", ''));

const limited = (
	issue: z.ZodTooSmallIssue | z.ZodTooBigIssue,
	[english, russian]: [english: string, russian: string],
	bound: number | bigint,
): [string, string] => {
	if (issue.type === 'string') {
		return [
			`must have ${english} ${bound} characters`,
			`должно содержать ${russian} ${bound} знаков`,
		];
	}
	if (issue.type === 'array' || issue.type === 'set') {
		return [
			`must have ${english} ${bound} entries`,
			`должно содержать ${russian} ${bound} элементов`,
		];
	}
	return [`must be ${english} ${bound}`, `должно быть ${russian} ${bound}`];
};

const wordsOf = (issue: z.ZodIssue): [english: string, russian: string] => {
	switch (issue.code) {
		case 'invalid_type': {
			if (EMPTY.includes(issue.received)) return ['is missing', 'не заполнено'];
			const kind = KINDS[issue.expected];
			return kind
				? [`must be ${kind[0]}`, `должно быть ${kind[1]}`]
				: oneOf(choicesIn(issue.expected));
		}
		case 'invalid_enum_value': {
			return oneOf(issue.options);
		}
		case 'invalid_literal': {
			return oneOf([issue.expected]);
		}
		case 'too_small': {
			const isEmpty = issue.minimum === 1 && (issue.type === 'string' || issue.type === 'array');
			if (isEmpty) return ['is empty', 'не заполнено'];
			const bound: [string, string] = issue.inclusive
				? ['at least', 'не менее']
				: ['more than', 'более'];
			return limited(issue, bound, issue.minimum);
		}
		case 'too_big':
			return limited(
				issue,
				issue.inclusive ? ['at most', 'не более'] : ['less than', 'менее'],
				issue.maximum,
			);
		case 'invalid_date':
			return ['must be a date', 'должно быть датой'];
		case 'not_finite':
			return ['must be a number', 'должно быть числом'];
		case 'unrecognized_keys': {
			const keys = issue.keys.join(', ');
			return [`does not know: ${keys}`, `не знает: ${keys}`];
		}
		default:
			return ['has a value that does not fit', 'содержит неподходящее значение'];
	}
};

/** Whether the schema has words of its own for it. */
const isOwn = (issue: z.ZodIssue): boolean =>
	issue.message !==
	z.defaultErrorMap(issue, { data: undefined, defaultError: 'Invalid input' }).message;

/** Of several ways to be right, the one the value came nearest to tells most. */
const nearest = (issue: z.ZodIssue): z.ZodIssue => {
	if (issue.code !== 'invalid_union' || isOwn(issue)) return issue;
	const first = issue.unionErrors.flatMap(({ issues }) => issues.slice(0, 1)).map(nearest);
	const deep = first.filter(({ path }) => path.length > issue.path.length);
	const own = first.filter(isOwn);
	return [...deep, ...own, ...first][0] ?? issue;
};

const placeOf = (path: Array<string | number>): string =>
	path.map((step) => (typeof step === 'number' ? `[${step + 1}]` : `.${step}`)).join('');

export const issueInWords = ({ issues }: z.ZodError): InWords => {
	const issue = nearest(issues[0]);
	const [english, russian] = isOwn(issue)
		? [issue.message, OWN[issue.message] ?? `«${issue.message}»`]
		: wordsOf(issue);
	return { where: placeOf(issue.path), english, russian };
};
