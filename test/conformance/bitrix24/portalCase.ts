/** What all cases of the portal share: their type, where their sources are, ways to look into answers. */
import type { PortalSwitches } from '../../standins/bitrix24/switches';
import type { Answer, Case, PortalQuestion, Reversal } from '../contract';
import { isMap } from '../shape';

export type PortalCase = Case<PortalQuestion, PortalSwitches>;

export const page = (path: string): string => `https://apidocs.bitrix24.com/${path}.html`;
export const docsIssue = (number: number): string =>
	`https://github.com/bitrix-tools/b24-rest-docs/issues/${number}`;
export const phpSdkIssue = (number: number): string =>
	`https://github.com/bitrix24/b24phpsdk/issues/${number}`;
export const fastBitrixIssue = (number: number): string =>
	`https://github.com/leshchenko1979/fast_bitrix24/issues/${number}`;
/** What the client tests of the vendor assert. */
export const JS_SDK_TESTS = 'https://github.com/bitrix24/b24jssdk/tree/main/test';
export const PHP_SDK_TESTS = 'https://github.com/bitrix24/b24phpsdk/tree/main/tests/Integration';
/** Others have read it in servers; there is no public address to cite, so it counts as one mark. */
export const SEEN_IN_SERVERS = 'seen in servers by others';

/** Whatever a case makes carries this name, so that a person who finds it knows what it is. */
export const MARK = 'Проверка обмена, можно удалить';

export const LEAD = 1;
export const DEAL = 2;
export const CONTACT = 3;
export const COMPANY = 4;
export const SMART_INVOICE = 31;
export const ORIGINAL = { useOriginalUfNames: 'Y' };

type Map = Record<string, unknown>;

export const resultOf = ({ body }: Answer): unknown => (isMap(body) ? body.result : undefined);
export const valueAt = (answer: Answer, ...path: Array<string | number>): unknown =>
	path.reduce<unknown>(
		(value, step) =>
			typeof value === 'object' && value !== null ? (value as Map)[String(step)] : undefined,
		answer.body,
	);
export const itemsOf = (answer: Answer): Map[] => {
	const items = valueAt(answer, 'result', 'items');
	return Array.isArray(items) ? items.filter((one): one is Map => typeof one === 'object') : [];
};
export const itemOf = (answer: Answer): Map => {
	const item = valueAt(answer, 'result', 'item');
	return isMap(item) ? item : {};
};
export const codeOf = ({ body }: Answer): unknown => (isMap(body) ? body.error : undefined);
export const isRefused = (answer: Answer): boolean => codeOf(answer) !== undefined;
/** `refused with CODE`, or what the answer is otherwise. Old methods write prose into the code, which stays away. */
export const refusalOr = (answer: Answer, otherwise: string): string => {
	if (!isRefused(answer)) return otherwise;
	const code = String(codeOf(answer));
	return `refused with ${/^\w*$/.test(code) ? code : 'a text'}`;
};

export const card = (method: 'add' | 'get' | 'update' | 'delete', params: Map): PortalQuestion => ({
	method: `crm.item.${method}`,
	params,
});
export const listOf = (entityTypeId: number, params: Map): PortalQuestion => ({
	method: 'crm.item.list',
	params: { entityTypeId, ...params },
});
export const inBatch = (...commands: string[]): PortalQuestion => ({
	method: 'batch',
	params: { halt: 0, cmd: Object.fromEntries(commands.map((one, index) => [`c${index}`, one])) },
});

/** Answers to a method whose parameters fit are changed so; what is changed is the JSON body. */
export const reversedBy = (
	method: string,
	change: (body: Map, params: Map) => unknown,
	fits: (params: Map) => boolean = () => true,
): Reversal<PortalQuestion> => ({
	isAbout: (question) => question.method === method && fits(question.params ?? {}),
	answer: (answer, { params }) => ({
		...answer,
		status: 200,
		body: change(isMap(answer.body) ? answer.body : {}, params ?? {}),
	}),
});

/** A list of cards whose rows are changed. */
export const rowsReversed = (
	change: (rows: Map[]) => unknown[],
	fits: (params: Map) => boolean = () => true,
): Reversal<PortalQuestion> =>
	reversedBy(
		'crm.item.list',
		(body) => ({ ...body, result: { items: change(itemsOf({ status: 200, headers: {}, body })) } }),
		fits,
	);

/** The whole success of a method that should have refused. */
export const accepts = (
	method: string,
	result: unknown,
	fits?: (params: Map) => boolean,
): Reversal<PortalQuestion> => reversedBy(method, () => ({ result }), fits);

/** A refusal of a method that should have accepted. */
export const refuses = (
	method: string,
	code: string,
	fits?: (params: Map) => boolean,
): Reversal<PortalQuestion> =>
	reversedBy(method, () => ({ error: code, error_description: 'reversed' }), fits);

/** The names of all parameters, which tell one question from others of its method. */
const keysIn = (params: unknown): string =>
	isMap(params)
		? Object.entries(params)
				.filter(([name]) => name !== 'auth')
				.map(([name, inner]) => `${name}(${keysIn(inner)})`)
				.join()
		: '';

/** Whether a request has the parameters of this question, whatever their values. */
export const asks =
	(question: PortalQuestion) =>
	(params: Map): boolean =>
		keysIn(params) === keysIn(question.params);
