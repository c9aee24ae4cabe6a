/** crm.item.list and its kin: select, names of user fields, filters, order, pages. */
import type { Answer } from '../contract';
import { isMap } from '../shape';
import {
	accepts,
	refusalOr,
	DEAL,
	docsIssue,
	fastBitrixIssue,
	isRefused,
	itemOf,
	itemsOf,
	JS_SDK_TESTS,
	listOf,
	ORIGINAL,
	page,
	phpSdkIssue,
	refuses,
	resultOf,
	reversedBy,
	rowsReversed,
	SEEN_IN_SERVERS,
	valueAt,
	type PortalCase,
} from './portalCase';

const LIST = page('api-reference/crm/universal/crm-item-list');
const LISTS = page('settings/how-to-call-rest-api/list-methods-pecularities');

type Map = Record<string, unknown>;

const isNamed = (row: Map): boolean => 'id' in row && 'stageId' in row;

/** Whether rows of cards can be told from one another at all. */
const named = (answer: Answer): string | null => {
	const [row] = itemsOf(answer);
	if (row === undefined)
		return Array.isArray(valueAt(answer, 'result', 'items', 0))
			? 'rows without id and stage'
			: null;
	return isNamed(row) ? 'rows with id and stage' : 'rows without id and stage';
};

const withoutNames = (rows: Map[]): unknown[] => rows.map(() => []);
const selectsEverything = ({ select }: Map): boolean =>
	Array.isArray(select) && select.includes('*');
const ids = (answer: Answer): unknown[] => itemsOf(answer).map(({ id }) => id);
const anyDeals = listOf(DEAL, { select: ['id'], order: { id: 'ASC' } });
const filterOf = ({ filter }: Map): Map => (isMap(filter) ? filter : {});
const isFilteredBy =
	(name: string) =>
	(params: Map): boolean =>
		name in filterOf(params);

/** A filter that finds its card, and one that excludes it. */
const filterCase = (
	fact: string,
	filter: Map,
	fits: (found: unknown[], first: unknown, answers: Answer[]) => boolean,
	extra: Map = {},
): PortalCase => ({
	fact,
	source: [LIST],
	questions: [
		anyDeals,
		{ ...anyDeals, params: { ...anyDeals.params, filter: { '@id': ['{0.result.items.0.id}'] } } },
		listOf(DEAL, { select: ['id'], filter, ...extra }),
	],
	observe: (answers) => {
		const [first] = ids(answers[0]);
		if (isRefused(answers[2])) return refusalOr(answers[2], '');
		return fits(ids(answers[2]), first, answers)
			? 'finds and excludes'
			: 'does not find, or does not exclude';
	},
	expected: 'finds and excludes',
	reversed: reversedBy(
		'crm.item.list',
		(_body, params) => ({
			result: { items: [{ id: Object.values(filterOf(params))[0] }, { id: -1 }] },
			total: 2,
		}),
		({ filter: asked }) =>
			JSON.stringify(Object.keys((asked ?? {}) as Map)) === JSON.stringify(Object.keys(filter)),
	),
});

const isPage =
	(name: string) =>
	(answer: Answer): boolean =>
		isMap(answer.body) && name in answer.body;

export const LIST_CASES: PortalCase[] = [
	{
		fact: 'An explicit select together with useOriginalUfNames=Y brings user fields only',
		source: [docsIssue(263), docsIssue(368)],
		questions: [listOf(DEAL, { select: ['id', 'stageId'], ...ORIGINAL })],
		observe: ([answer]) => named(answer),
		expected: 'rows without id and stage',
		settles: {
			switch: 'selectWithOriginalNames',
			positions: {
				'rows without id and stage': 'userFieldsOnly',
				'rows with id and stage': 'asSelected',
			},
		},
	},
	{
		fact: 'An asterisk in select brings everything, with useOriginalUfNames=Y too',
		source: [docsIssue(368)],
		questions: [listOf(DEAL, { select: ['*', 'UF_*'], ...ORIGINAL })],
		observe: ([answer]) => named(answer),
		expected: 'rows with id and stage',
		reversed: rowsReversed(withoutNames, selectsEverything),
	},
	{
		fact: 'A list without select brings everything, with useOriginalUfNames=Y too',
		source: [docsIssue(368)],
		questions: [listOf(DEAL, ORIGINAL)],
		observe: ([answer]) => named(answer),
		expected: 'rows with id and stage',
		reversed: rowsReversed(withoutNames, ({ select }) => select === undefined),
	},
	{
		fact: 'An explicit select without useOriginalUfNames brings what is selected',
		source: [LIST],
		questions: [listOf(DEAL, { select: ['id', 'stageId'] })],
		observe: ([answer]) => {
			const [row] = itemsOf(answer);
			if (row === undefined) return null;
			return isNamed(row) && !('title' in row) ? 'what is selected' : 'something else';
		},
		expected: 'what is selected',
		reversed: rowsReversed(
			withoutNames,
			({ select, useOriginalUfNames }) =>
				useOriginalUfNames === undefined && JSON.stringify(select) === '["id","stageId"]',
		),
	},
	{
		fact: 'crm.item.get with useOriginalUfNames=Y brings everything',
		source: [docsIssue(263)],
		questions: [
			anyDeals,
			{
				method: 'crm.item.get',
				params: { entityTypeId: DEAL, id: '{0.result.items.0.id}', ...ORIGINAL },
			},
		],
		observe: ([, answer]) =>
			isNamed(itemOf(answer)) ? 'a card with id and stage' : 'a card without',
		expected: 'a card with id and stage',
		reversed: reversedBy('crm.item.get', () => ({ result: { item: [] } })),
	},
	{
		fact: 'The portal knows useOriginalUfNames (self-hosted ones from CRM 25.0.0 on)',
		source: [page('api-reference/crm/universal/index')],
		questions: [{ method: 'crm.item.fields', params: { entityTypeId: DEAL, ...ORIGINAL } }],
		observe: ([answer]) => {
			const fields = valueAt(answer, 'result', 'fields');
			const names = Object.keys(isMap(fields) ? fields : {});
			if (names.some((name) => name.startsWith('UF_'))) return 'user fields by their own names';
			return names.some((name) => /^uf[A-Z]/.test(name)) ? 'user fields in camelCase' : null;
		},
		expected: 'user fields by their own names',
		settles: {
			switch: 'originalNames',
			positions: {
				'user fields by their own names': 'known',
				'user fields in camelCase': 'unknown',
			},
		},
	},
	filterCase(
		'A filter by a list of ids finds these cards and no other',
		{ '@id': ['{0.result.items.0.id}'] },
		(found, first) => found.length === 1 && found[0] === first,
	),
	filterCase(
		'A filter by one id finds this card and no other',
		{ '=id': '{0.result.items.0.id}' },
		(found, first) => found.length === 1 && found[0] === first,
	),
	filterCase(
		'A filter without an operator means equality',
		{ id: '{0.result.items.0.id}' },
		(found, first) => found.length === 1 && found[0] === first,
	),
	filterCase(
		'A filter by "greater" leaves out the card itself',
		{ '>id': '{0.result.items.0.id}' },
		(found, first) => !found.includes(first),
	),
	filterCase(
		'A filter by "not equal" leaves out the card',
		{ '!id': '{0.result.items.0.id}' },
		(found, first) => !found.includes(first),
	),
	filterCase(
		'Groups of conditions may stand in each other',
		{ 0: { logic: 'OR', 0: { '=id': '{0.result.items.0.id}' }, 1: { '=id': -1 } } },
		(found, first) => found.length === 1 && found[0] === first,
	),
	{
		fact: 'A user field with an operator inside a group is mangled where names are original, and refused',
		source: [SEEN_IN_SERVERS],
		questions: [
			{ method: 'crm.item.fields', params: { entityTypeId: DEAL, ...ORIGINAL } },
			listOf(DEAL, {
				filter: { 0: { logic: 'OR', 0: { '=UF_CRM_CONFORMANCE_ABSENT': 'x' }, 1: { '=id': -1 } } },
				...ORIGINAL,
			}),
		],
		observe: ([, answer]) => (isRefused(answer) ? 'refused' : 'accepted'),
		expected: 'refused',
		reversed: accepts('crm.item.list', { items: [] }, (params) =>
			JSON.stringify(params).includes('CONFORMANCE_ABSENT'),
		),
	},
	{
		fact: 'A filter by a field that does not exist is refused',
		source: [LIST],
		questions: [listOf(DEAL, { select: ['id'], filter: { '=noSuchField': 1 } })],
		observe: ([answer]) => refusalOr(answer, 'accepted'),
		expected: 'refused with INVALID_ARG_VALUE',
		reversed: accepts('crm.item.list', { items: [] }, isFilteredBy('=noSuchField')),
	},
	{
		fact: 'A page holds fifty rows and says where the next one begins',
		source: [LISTS],
		questions: [listOf(DEAL, { select: ['id'], start: 0 })],
		observe: ([answer]) => {
			const total = Number(valueAt(answer, 'total'));
			const next = valueAt(answer, 'next');
			if (!(total > 50)) return next === undefined ? null : 'a next page of a short list';
			return itemsOf(answer).length === 50 && next === 50 ? 'fifty, then the next' : 'another page';
		},
		expected: 'fifty, then the next',
		reversed: rowsReversed(
			(rows) => rows.slice(0, 10),
			({ start }) => start === 0,
		),
	},
	{
		fact: 'A start between pages means the beginning of its page',
		source: [JS_SDK_TESTS],
		questions: [
			listOf(DEAL, { select: ['id'], start: 0 }),
			listOf(DEAL, { select: ['id'], start: 7 }),
		],
		observe: ([first, second]) => {
			if (itemsOf(first).length < 8) return null;
			return JSON.stringify(ids(first)) === JSON.stringify(ids(second))
				? 'the same page'
				: 'another page';
		},
		expected: 'the same page',
		reversed: rowsReversed(
			(rows) => rows.slice(7),
			({ start }) => start === 7,
		),
	},
	{
		fact: 'start=-1 counts nothing: crm.item.list has neither total nor next',
		source: [SEEN_IN_SERVERS],
		questions: [
			listOf(DEAL, { select: ['id'], start: -1 }),
			{ method: 'crm.deal.list', params: { select: ['ID'], start: -1 } },
		],
		observe: ([items, classic]) => {
			const hasTotal = [items, classic].map(isPage('total'));
			if (!hasTotal[0] && hasTotal[1]) return 'a total of classic lists only';
			return hasTotal[0] ? 'a total of both' : 'a total of neither';
		},
		expected: 'a total of classic lists only',
		settles: {
			switch: 'totalWithoutCount',
			positions: {
				'a total of classic lists only': 'zeroInClassicLists',
				'a total of both': 'zero',
				'a total of neither': 'absent',
			},
		},
	},
	{
		fact: 'Old lists take their parameters in capitals',
		source: [JS_SDK_TESTS, SEEN_IN_SERVERS],
		questions: [{ method: 'crm.deal.list', params: { FILTER: { ID: -1 }, SELECT: ['ID'] } }],
		observe: ([answer]) => {
			const rows = resultOf(answer);
			if (!Array.isArray(rows)) return 'refused';
			return rows.length === 0 ? 'taken' : 'ignored';
		},
		expected: 'taken',
		reversed: reversedBy(
			'crm.deal.list',
			() => ({ result: [{ ID: '1' }], total: 1 }),
			({ FILTER }) => FILTER !== undefined,
		),
	},
	{
		fact: 'Old lists drop a filter they do not know and then bring everything',
		source: [LISTS],
		questions: [
			{ method: 'crm.deal.list', params: { filter: { NO_SUCH_FIELD: -1 }, select: ['ID'] } },
			{ method: 'crm.deal.list', params: { select: ['ID'] } },
		],
		observe: ([filtered, whole]) => {
			if (isRefused(filtered)) return 'refused';
			const total = valueAt(whole, 'total');
			if (total === 0) return null;
			return valueAt(filtered, 'total') === total ? 'everything' : 'something else';
		},
		expected: 'everything',
		reversed: refuses('crm.deal.list', 'INVALID_ARG_VALUE', isFilteredBy('NO_SUCH_FIELD')),
	},
	{
		fact: 'A value that does not suit its field is not refused by a filter',
		source: [SEEN_IN_SERVERS, fastBitrixIssue(265)],
		questions: [listOf(DEAL, { select: ['id'], filter: { '=opportunity': 'no number' } })],
		observe: ([answer]) => (isRefused(answer) ? 'refused' : 'taken'),
		expected: 'taken',
		settles: { switch: 'filterValues', positions: { taken: 'unchecked', refused: 'checked' } },
	},
	{
		fact: 'A time with a zone is no condition, a time as the portal writes it is',
		source: [docsIssue(215)],
		questions: [
			anyDeals,
			listOf(DEAL, {
				select: ['id'],
				filter: { '@id': ['{0.result.items.0.id}'], '<=createdTime': '2000-01-01T00:00:00+03:00' },
			}),
		],
		observe: ([, answer]) =>
			itemsOf(answer).length === 0 ? 'a time with a zone excludes' : 'it does not exclude',
		expected: 'it does not exclude',
		settles: {
			switch: 'momentFilter',
			positions: {
				'it does not exclude': 'portal form only',
				'a time with a zone excludes': 'any ISO form',
			},
		},
	},
	{
		fact: 'The total of addresses is that of their page',
		source: [phpSdkIssue(144)],
		questions: [
			{ method: 'crm.address.list', params: { start: 0 } },
			{ method: 'crm.address.list', params: { start: 50 } },
		],
		observe: ([first, second]) => {
			const further = resultOf(second);
			if (!Array.isArray(further) || further.length === 0) return null;
			return Number(valueAt(first, 'total')) > 50 ? 'of all' : 'of the page';
		},
		expected: 'of the page',
		settles: {
			switch: 'addressTotal',
			positions: { 'of the page': 'of the page', 'of all': 'counted' },
		},
	},
];
