/** batch: its maps, what a query string carries, and references to results. */
import type { Answer } from '../contract';
import { isMap } from '../shape';
import {
	accepts,
	card,
	refusalOr,
	DEAL,
	fastBitrixIssue,
	inBatch,
	isRefused,
	itemOf,
	MARK,
	page,
	phpSdkIssue,
	resultOf,
	reversedBy,
	SEEN_IN_SERVERS,
	valueAt,
	type PortalCase,
} from './portalCase';

const BATCH = page('settings/how-to-call-rest-api/batch');

const isEmptyMap = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
const command = (answer: Answer, key: string): unknown => valueAt(answer, 'result', 'result', key);
const refusal = (answer: Answer, key: string): unknown =>
	valueAt(answer, 'result', 'result_error', key, 'error');

const holds = (text: string) => (params: Record<string, unknown>) =>
	JSON.stringify(params).includes(text);

const FIFTY_ONE = Array.from({ length: 51 }, () => 'server.time');

export const BATCH_CASES: PortalCase[] = [
	{
		fact: 'Empty maps of a batch are empty lists',
		source: [BATCH],
		questions: [inBatch('server.time')],
		observe: ([answer]) =>
			isEmptyMap(valueAt(answer, 'result', 'result_error')) ? 'empty lists' : 'something else',
		expected: 'empty lists',
		reversed: reversedBy(
			'batch',
			(body) => ({ ...body, result: { ...(body.result as object), result_error: {} } }),
			holds('"c0":"server.time"'),
		),
	},
	{
		fact: 'A batch without commands is answered with empty maps',
		source: [SEEN_IN_SERVERS],
		questions: [{ method: 'batch' }],
		observe: ([answer]) => {
			if (isRefused(answer)) return refusalOr(answer, '');
			return isEmptyMap(valueAt(answer, 'result', 'result')) ? 'empty maps' : 'something else';
		},
		expected: 'empty maps',
		reversed: reversedBy(
			'batch',
			() => ({ error: '100' }),
			(params) => params.cmd === undefined,
		),
	},
	{
		fact: 'A refused command does not stop the others, and its refusal stands beside their results',
		source: [BATCH],
		questions: [inBatch('no.such.method', 'server.time')],
		observe: ([answer]) =>
			refusal(answer, 'c0') === 'ERROR_METHOD_NOT_FOUND' && command(answer, 'c1') !== undefined
				? 'one refused, one answered'
				: 'something else',
		expected: 'one refused, one answered',
		reversed: reversedBy(
			'batch',
			() => ({ error: 'ERROR_METHOD_NOT_FOUND' }),
			holds('no.such.method'),
		),
	},
	{
		fact: 'The fifty-first command of a batch is refused, the fifty before it are carried out',
		source: [BATCH, SEEN_IN_SERVERS],
		questions: [inBatch(...FIFTY_ONE)],
		observe: ([answer]) => {
			if (isRefused(answer)) return 'the whole batch is refused';
			return refusal(answer, 'c50') === 'ERROR_BATCH_LENGTH_EXCEEDED' && command(answer, 'c49')
				? 'the fifty-first is refused'
				: 'all are carried out';
		},
		expected: 'the fifty-first is refused',
		settles: {
			switch: 'batchOverflow',
			positions: {
				'the fifty-first is refused': 'extraCommandsFail',
				'the whole batch is refused': 'wholeBatchRefused',
			},
		},
	},
	{
		fact: 'A reference takes what an earlier command has brought',
		source: [BATCH],
		questions: [
			inBatch(
				`crm.item.list?entityTypeId=${DEAL}&select[0]=id&order[id]=ASC`,
				`crm.item.get?entityTypeId=${DEAL}&id=$result[c0][items][0][id]`,
			),
		],
		observe: ([answer]) => {
			const first = valueAt(answer, 'result', 'result', 'c0', 'items', 0, 'id');
			if (first === undefined) return null;
			return valueAt(answer, 'result', 'result', 'c1', 'item', 'id') === first
				? 'the same card'
				: 'another';
		},
		expected: 'the same card',
		reversed: reversedBy(
			'batch',
			(body) => ({
				...body,
				result: {
					result: { c0: { items: [{ id: 1 }] }, c1: { item: { id: 2 } } },
					result_error: [],
				},
			}),
			holds('[c0][items][0][id]'),
		),
	},
	{
		fact: 'A page may begin behind the last row of the page before it',
		source: [BATCH],
		questions: [
			inBatch(
				`crm.item.list?entityTypeId=${DEAL}&select[0]=id&order[id]=ASC&start=-1`,
				`crm.item.list?entityTypeId=${DEAL}&select[0]=id&order[id]=ASC&start=-1&filter[>id]=$result[c0][items][49][id]`,
			),
		],
		observe: ([answer]) => {
			const last = valueAt(answer, 'result', 'result', 'c0', 'items', 49, 'id');
			if (typeof last !== 'number') return null;
			const next = valueAt(answer, 'result', 'result', 'c1', 'items', 0, 'id');
			return typeof next === 'number' && next > last ? 'behind it' : 'elsewhere';
		},
		expected: 'behind it',
		reversed: reversedBy(
			'batch',
			(body) => ({
				...body,
				result: {
					result: { c0: { items: Array(50).fill({ id: 5 }) }, c1: { items: [{ id: 1 }] } },
				},
			}),
			holds('[c0][items][49][id]'),
		),
	},
	{
		fact: 'A typed parameter refuses a reference that leads nowhere',
		source: [SEEN_IN_SERVERS],
		questions: [
			inBatch('no.such.method', `crm.item.get?entityTypeId=${DEAL}&id=$result[c0][item][id]`),
		],
		observe: ([answer]) => (refusal(answer, 'c1') === undefined ? 'a card is brought' : 'refused'),
		expected: 'refused',
		reversed: reversedBy(
			'batch',
			(body) => ({
				...body,
				result: { result: { c1: { item: { id: 1 } } }, result_error: { c0: { error: 'X' } } },
			}),
			holds('$result[c0][item][id]'),
		),
	},
	{
		fact: 'To an old method a reference that leads nowhere is the number 1',
		source: [SEEN_IN_SERVERS],
		questions: [
			{ method: 'crm.company.get', params: { id: 1 } },
			inBatch('no.such.method', 'crm.company.get?id=$result[c0][item][id]'),
		],
		observe: ([first, answer]) => {
			if (isRefused(first)) return null;
			const id = valueAt(answer, 'result', 'result', 'c1', 'ID');
			return id === '1' ? 'company 1' : 'no company';
		},
		expected: 'company 1',
		settles: {
			switch: 'referenceToNothing',
			positions: { 'company 1': 'reached', 'no company': 'empty' },
		},
	},
	{
		fact: 'In a batch the flag of a card written as 1 is read as N',
		source: [phpSdkIssue(319), fastBitrixIssue(265), SEEN_IN_SERVERS],
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: { title: MARK, opened: 'Y' } }),
			inBatch(`crm.item.update?entityTypeId=${DEAL}&id={0.result.item.id}&fields[opened]=1`),
			card('get', { entityTypeId: DEAL, id: '{0.result.item.id}' }),
		],
		observe: ([, , answer]) => String(itemOf(answer).opened),
		expected: 'N',
		reversed: reversedBy('crm.item.get', (body) => ({
			...body,
			result: { item: { ...itemOf({ status: 200, headers: {}, body }), opened: 'Y' } },
		})),
		undo: [card('delete', { entityTypeId: DEAL, id: '{0.result.item.id}' })],
	},
	{
		fact: 'A batch inside a batch is refused',
		source: [BATCH],
		questions: [inBatch('batch?cmd[0]=server.time')],
		observe: ([answer]) => (refusal(answer, 'c0') === undefined ? 'carried out' : 'refused'),
		expected: 'refused',
		reversed: accepts('batch', { result: { c0: {} }, result_error: [] }, holds('"c0":"batch?')),
	},
	{
		fact: 'A batch takes crm.item.payment.list',
		source: [SEEN_IN_SERVERS],
		questions: [
			{ method: 'crm.item.list', params: { entityTypeId: DEAL, select: ['id'] } },
			inBatch(`crm.item.payment.list?entityTypeId=${DEAL}&entityId={0.result.items.0.id}`),
		],
		observe: ([, answer]) =>
			refusal(answer, 'c0') === 'ERROR_BATCH_METHOD_NOT_ALLOWED' ? 'refused' : 'taken',
		expected: 'taken',
		settles: { switch: 'paymentListInBatch', positions: { taken: 'allowed', refused: 'refused' } },
	},
	{
		fact: 'The answer says when it was made, in seconds, and what its method has used up',
		source: [page('settings/how-to-call-rest-api/index')],
		questions: [{ method: 'server.time' }],
		observe: ([answer]) => {
			const time = valueAt(answer, 'time');
			return isMap(time) &&
				typeof time.start === 'number' &&
				typeof time.duration === 'number' &&
				resultOf(answer) !== undefined
				? 'times as numbers'
				: 'something else';
		},
		expected: 'times as numbers',
		reversed: reversedBy('server.time', (body) => ({ ...body, time: {} })),
	},
];
