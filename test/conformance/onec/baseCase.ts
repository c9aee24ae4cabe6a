/** What all cases of the base share: their type, where their sources are, questions, ways to look into answers. */
import type { BaseSwitches } from '../../standins/onec/switches';
import type { Answer, BaseQuestion, Case, Reversal } from '../contract';
import { isMap } from '../shape';

export type BaseCase = Case<BaseQuestion, BaseSwitches>;

const GITHUB = 'https://github.com';
const probe = (name: string): string =>
	`${GITHUB}/Romandredan/odata1c-gate/blob/main/docs/probes/${name}.md`;

/** Chapter 17.4 of the developer's guide, as a client library keeps it. */
export const GUIDE = `${GITHUB}/hacker-cb/1c-odata/tree/main/docs/1c`;
/** What its tests assert of bases of УТ 11 and БП 3. */
export const CLIENT = `${GITHUB}/hacker-cb/1c-odata`;
/** Live probes of a base of УТ 11: reading, refusals, writing, rows. */
export const READING_PROBE = probe('P4-real-metadata');
export const REFUSAL_PROBE = probe('P7-echo-in-errors');
export const WRITING_PROBE = probe('P8-write-forms');
export const ROWS_PROBE = probe('P9-write-forms');
/** Recorded answers of a demo base, and what their author met in live ones. */
export const RECORDINGS = `${GITHUB}/pavel-v-sobolev/cdc-1c`;
/** Types generated from the $metadata of a base of the УТ 10.3 family. */
export const TYPES_OF_UT103 = `${GITHUB}/SysUtils/1c-gateway`;
/** The configuration 10.3.88.3: its metadata and its modules. */
export const CONFIGURATION = `${GITHUB}/rf-bessome/ut10_3_22_percent`;

/** Whatever a case makes carries this text, so that a person who finds it knows what it is. */
export const MARK = 'Проверка обмена, можно удалить';

export const NOTHING = '00000000-0000-0000-0000-000000000000';
export const NOWHERE = '11111111-2222-3333-4444-555555555555';

/** Documents are dated today: an earlier day may be closed, and only today's documents are posted operationally. */
export const TODAY = `${new Date().toISOString().slice(0, 10)}T00:00:00`;

export const ORDERS = 'Document_ЗаказПокупателя';
export const INVOICES = 'Document_СчетНаОплатуПокупателю';
export const SHIPMENTS = 'Document_РеализацияТоваровУслуг';

export type Row = Record<string, unknown>;

export const read = (set: string, ...options: string[]): BaseQuestion => ({
	verb: 'GET',
	path: `${set}?${['$format=json', ...options].join('&')}`,
});
export const one = (set: string, ref: string): BaseQuestion => read(`${set}(guid'${ref}')`);
/** Without $format: the Accept header decides, JSON unless another one is given. */
export const get = (path: string, accept?: string): BaseQuestion => ({
	verb: 'GET',
	path,
	...(accept === undefined ? {} : { headers: { Accept: accept } }),
});
export const ATOM = 'application/atom+xml';
export const create = (set: string, body: unknown): BaseQuestion => ({
	verb: 'POST',
	path: `${set}?$format=json`,
	body,
});
export const change = (set: string, ref: string, body: unknown): BaseQuestion => ({
	verb: 'PATCH',
	path: `${set}(guid'${ref}')?$format=json`,
	body,
});
export const remove = (set: string, ref: string): BaseQuestion => ({
	verb: 'DELETE',
	path: `${set}(guid'${ref}')`,
});
export const command = (
	name: 'Post' | 'Unpost',
	set: string,
	ref: string,
	...options: string[]
): BaseQuestion => ({
	verb: 'POST',
	path: `${set}(guid'${ref}')/${name}${options.length > 0 ? `?${options.join('&')}` : ''}`,
});
export const post = (set: string, ref: string): BaseQuestion =>
	command('Post', set, ref, 'PostingModeOperational=false', '$format=json');

/** What the answer with this number has; the first row of a list where none is named. */
export const of = (index: number, field = 'Ref_Key'): string => `{${index}.${field}}`;
export const firstOf = (index: number, field = 'Ref_Key'): string => `{${index}.value.0.${field}}`;

/** The newest order of the base: the likeliest to be complete. */
export const NEWEST_ORDER = read(ORDERS, '$orderby=Date desc', '$top=1');

/** Made and removed again. What a base does not let a user delete stays marked for deletion. */
export const removed = (set: string, ref: string): BaseQuestion[] => [
	...(set.startsWith('Document_') ? [command('Unpost', set, ref)] : []),
	change(set, ref, { DeletionMark: true }),
	remove(set, ref),
];

export const isOk = ({ status }: Answer): boolean => status >= 200 && status < 300;
export const bodyOf = ({ body }: Answer): Row => (isMap(body) ? body : {});
export const textOf = ({ body }: Answer): string =>
	typeof body === 'string' ? body : JSON.stringify(body);
/** Undefined where the answer is no list. */
export const listIn = (answer: Answer): Row[] | undefined => {
	const { value } = bodyOf(answer);
	return Array.isArray(value) ? value.filter(isMap) : undefined;
};
export const rowsIn = (answer: Answer): Row[] => listIn(answer) ?? [];
const errorIn = (answer: Answer): Row => {
	const error = bodyOf(answer)['odata.error'];
	return isMap(error) ? error : {};
};
export const messageIn = (answer: Answer): string => {
	const { message } = errorIn(answer);
	return isMap(message) ? String(message.value) : '';
};
/** Not the text: that depends on the language and the version of the platform. */
export const refusalIn = (answer: Answer): string =>
	`refused with ${answer.status} and code ${String(errorIn(answer).code ?? 'none')}`;
export const refusalOr = (answer: Answer, otherwise: string): string =>
	isOk(answer) ? otherwise : refusalIn(answer);
export const countIn = (answer: Answer): string =>
	refusalOr(answer, String(listIn(answer)?.length ?? 'no list'));

const REFERENCE = /\\\{(\d+\\\.[^{}]+|root)\\\}/g;
const quotedForPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Recognises a question whatever the references in it have become. */
const isLike = ({ verb, path }: BaseQuestion): ((question: BaseQuestion) => boolean) => {
	const pattern = quotedForPattern(path).replace(REFERENCE, '.*');
	const whole = new RegExp(`^${pattern}$`, 's');
	return (question) => question.verb === verb && whole.test(question.path);
};

/** This answer to this question instead of the real one. */
export const instead = (
	question: BaseQuestion,
	body: unknown,
	status = 200,
): Reversal<BaseQuestion> => ({
	isAbout: isLike(question),
	answer: (answer) => ({ ...answer, status, body }),
});
/** The JSON body of the answer to this question, changed. */
export const changed = (
	question: BaseQuestion,
	change: (body: Row) => unknown,
): Reversal<BaseQuestion> => ({
	isAbout: isLike(question),
	answer: (answer) => ({ ...answer, status: 200, body: change(bodyOf(answer)) }),
});
/** A refusal of this question. */
export const refused = (question: BaseQuestion): Reversal<BaseQuestion> =>
	instead(
		question,
		{ 'odata.error': { code: '14', message: { lang: 'ru', value: 'reversed' } } },
		400,
	);
export const EMPTY_LIST = { value: [] };

interface Refusal extends Pick<BaseCase, 'fact' | 'source' | 'writes' | 'undo'> {
	/** Asked before. */
	before?: readonly BaseQuestion[];
	question: BaseQuestion;
	status: number;
	code: string;
	/** What a base answers that accepts it. */
	accepted?: unknown;
}

/** A question that is refused under a status and with a code. */
export const refusalCase = ({
	before = [],
	question,
	status,
	code,
	accepted = EMPTY_LIST,
	...rest
}: Refusal): BaseCase => ({
	...rest,
	questions: [...before, question],
	observe: (answers) => refusalOr(answers[answers.length - 1], 'accepted'),
	expected: `refused with ${status} and code ${code}`,
	reversed: instead(question, accepted),
});
