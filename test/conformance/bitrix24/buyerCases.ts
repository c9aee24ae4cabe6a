/** Requisites, bank details, addresses, duplicates. */
import type { Answer, PortalQuestion } from '../contract';
import { isMap } from '../shape';
import {
	accepts,
	card,
	COMPANY,
	CONTACT,
	docsIssue,
	MARK,
	page,
	refusalOr,
	refuses,
	resultOf,
	reversedBy,
	SEEN_IN_SERVERS,
	type PortalCase,
} from './portalCase';

const REQUISITES = page('api-reference/crm/requisites/universal/crm-requisite-list');
const REQUISITE_ADD = page('api-reference/crm/requisites/universal/crm-requisite-add');
const FIND = page('api-reference/crm/duplicates/crm-duplicate-find-by-comm');

type Map = Record<string, unknown>;

const holdsText = (text: string) => (params: Map) => JSON.stringify(params).includes(text);

const id = '{0.result.item.id}';
const NEW_COMPANY = card('add', { entityTypeId: COMPANY, fields: { title: MARK } });
const requisiteRemoved = (answer: number): PortalQuestion => ({
	method: 'crm.requisite.delete',
	params: { id: `{${answer}.result}` },
});
const removed = [requisiteRemoved(2), card('delete', { entityTypeId: COMPANY, id })];
const PRESETS: PortalQuestion = {
	method: 'crm.requisite.preset.list',
	params: { select: ['ID', 'XML_ID'], order: { ID: 'ASC' } },
};
const requisite = (fields: Map): PortalQuestion => ({
	method: 'crm.requisite.add',
	params: {
		fields: {
			ENTITY_TYPE_ID: COMPANY,
			ENTITY_ID: id,
			PRESET_ID: '{1.result.0.ID}',
			NAME: MARK,
			...fields,
		},
	},
});
const rowsOf = (answer: Answer): Map[] => {
	const rows = resultOf(answer);
	return Array.isArray(rows) ? rows.filter(isMap) : [];
};

/** How long a column may be; longer is refused. */
const lengthCase = (column: string, length: number): PortalCase => ({
	fact: `${column} of a requisite holds ${length} characters, more are refused`,
	source: [SEEN_IN_SERVERS],
	writes: true,
	questions: [
		NEW_COMPANY,
		PRESETS,
		requisite({ [column]: '1'.repeat(length) }),
		requisite({ [column]: '1'.repeat(length + 1) }),
	],
	observe: ([, , fits, longer]) =>
		`${refusalOr(fits, 'taken')}, ${refusalOr(longer, 'taken').split(' ')[0]}`,
	expected: 'taken, refused',
	...(column === 'NAME'
		? {
				settles: {
					switch: 'requisiteLengths' as const,
					positions: { 'taken, refused': 'refused' as const, 'taken, taken': 'unchecked' as const },
				},
			}
		: { reversed: accepts('crm.requisite.add', 1) }),
	undo: [requisiteRemoved(3), ...removed],
});

const LENGTHS: Array<[column: string, length: number]> = [
	['NAME', 150],
	['RQ_NAME', 150],
	['RQ_COMPANY_NAME', 255],
	['RQ_COMPANY_FULL_NAME', 300],
	['RQ_DIRECTOR', 150],
	['RQ_KPP', 9],
	['RQ_OGRN', 13],
];

const contactWith = (value: string): PortalQuestion =>
	card('add', {
		entityTypeId: CONTACT,
		fields: { name: MARK, fm: [{ typeId: 'PHONE', valueType: 'WORK', value }] },
	});
const found = (answer: Answer): unknown[] => {
	const result = resultOf(answer);
	return isMap(result) && Array.isArray(result.CONTACT) ? result.CONTACT : [];
};
const byPhone = (value: string): PortalQuestion => ({
	method: 'crm.duplicate.findbycomm',
	params: { entity_type: 'CONTACT', type: 'PHONE', values: [value] },
});

export const BUYER_CASES: PortalCase[] = [
	{
		fact: 'A list of requisites brings the columns that are selected and no other',
		source: [REQUISITES],
		questions: [
			{ method: 'crm.requisite.list', params: { select: ['ID', 'RQ_INN'], order: { ID: 'ASC' } } },
		],
		observe: ([answer]) => {
			const [row] = rowsOf(answer);
			return row === undefined ? null : Object.keys(row).sort().join(', ');
		},
		expected: 'ID, RQ_INN',
		reversed: reversedBy('crm.requisite.list', () => ({
			result: [{ ID: '1', RQ_INN: '', COUNTRY_ID: '1' }],
			total: 1,
		})),
	},
	...LENGTHS.map(([column, length]) => lengthCase(column, length)),
	{
		fact: 'A requisite hangs on the owner it is given, who is not looked for',
		source: [REQUISITE_ADD],
		writes: true,
		questions: [
			NEW_COMPANY,
			PRESETS,
			requisite({ RQ_INN: '7707083893' }),
			{
				method: 'crm.requisite.list',
				params: {
					filter: { ENTITY_TYPE_ID: COMPANY, ENTITY_ID: id },
					select: ['ID', 'ENTITY_ID', 'RQ_INN'],
				},
			},
		],
		observe: (answers) =>
			rowsOf(answers[3])
				.map(({ RQ_INN }) => String(RQ_INN))
				.join(', '),
		expected: '7707083893',
		reversed: reversedBy(
			'crm.requisite.list',
			() => ({ result: [], total: 0 }),
			holdsText('"ENTITY_TYPE_ID"'),
		),
		undo: removed,
	},
	{
		fact: 'Requisites are found by ИНН and by no other number',
		source: [REQUISITES],
		writes: true,
		questions: [
			NEW_COMPANY,
			PRESETS,
			requisite({ RQ_INN: '7707083893' }),
			{
				method: 'crm.requisite.list',
				params: {
					filter: { '@RQ_INN': ['7707083893'] },
					select: ['ID', 'RQ_INN'],
					order: { ID: 'ASC' },
					start: 0,
				},
			},
			{
				method: 'crm.requisite.list',
				params: { filter: { '@RQ_INN': ['0000000000'] }, select: ['ID', 'RQ_INN'] },
			},
		],
		observe: (answers) => {
			const [hits, none] = [answers[3], answers[4]].map(rowsOf);
			return hits.length > 0 &&
				hits.every(({ RQ_INN }) => RQ_INN === '7707083893') &&
				none.length === 0
				? 'finds and excludes'
				: 'does not find, or does not exclude';
		},
		expected: 'finds and excludes',
		reversed: reversedBy(
			'crm.requisite.list',
			() => ({ result: [{ ID: '1', RQ_INN: '1' }], total: 1 }),
			holdsText('@RQ_INN'),
		),
		undo: removed,
	},
	{
		fact: 'Nobody with a phone is an empty list',
		source: [FIND],
		questions: [byPhone('+70000000000')],
		observe: ([answer]) => {
			const result = resultOf(answer);
			if (Array.isArray(result) && result.length === 0) return 'an empty list';
			return isMap(result) && Object.keys(result).length === 0 ? 'an empty map' : null;
		},
		expected: 'an empty list',
		settles: {
			switch: 'emptyFindByComm',
			positions: { 'an empty list': 'array', 'an empty map': 'object' },
		},
	},
	{
		fact: 'A search by phone finds whoever has it',
		source: [FIND],
		writes: true,
		questions: [contactWith('+74950000003'), byPhone('+74950000003')],
		observe: ([made, answer]) =>
			found(answer).includes((resultOf(made) as { item: { id: number } }).item.id)
				? 'found'
				: 'not found',
		expected: 'found',
		reversed: reversedBy('crm.duplicate.findbycomm', () => ({ result: [] })),
		undo: [card('delete', { entityTypeId: CONTACT, id })],
	},
	{
		fact: 'A search without a type is refused with an empty code',
		source: [docsIssue(223)],
		questions: [{ method: 'crm.duplicate.findbycomm', params: { values: ['1'] } }],
		observe: ([answer]) => refusalOr(answer, 'an answer'),
		expected: 'refused with ',
		reversed: refuses(
			'crm.duplicate.findbycomm',
			'Communication type is not defined',
			({ type }) => type === undefined,
		),
	},
	{
		fact: 'A search by phone compares numbers as they are written, apart from extensions',
		source: [
			'https://github.com/bitrix-tools/b24-rest-docs/commit/ca8c22df4f31e59d1fa43500bd0be3762093ea8c',
		],
		writes: true,
		questions: [contactWith('8 (495) 000-00-04'), byPhone('+74950000004')],
		observe: ([made, answer]) =>
			found(answer).includes((resultOf(made) as { item: { id: number } }).item.id)
				? 'another spelling is found'
				: 'another spelling is not found',
		expected: 'another spelling is not found',
		settles: {
			switch: 'phoneSearch',
			positions: {
				'another spelling is not found': 'as written',
				'another spelling is found': 'by digits',
			},
		},
		undo: [card('delete', { entityTypeId: CONTACT, id })],
	},
	{
		fact: 'A search by phone takes no notice of extensions',
		source: [docsIssue(72)],
		writes: true,
		questions: [contactWith('+74950000005#101'), byPhone('+74950000005')],
		observe: ([made, answer]) =>
			found(answer).includes((resultOf(made) as { item: { id: number } }).item.id)
				? 'found'
				: 'not found',
		expected: 'found',
		reversed: reversedBy('crm.duplicate.findbycomm', () => ({ result: [] }), holdsText('0000005')),
		undo: [card('delete', { entityTypeId: CONTACT, id })],
	},
	{
		fact: 'A requisite is made whatever its preset',
		source: [
			'https://github.com/bitrix-tools/b24-rest-docs/commit/9888d80db0eaff9b39d30903679787b3ef7519ad',
		],
		writes: true,
		questions: [NEW_COMPANY, PRESETS, requisite({ PRESET_ID: 999_999 })],
		observe: (answers) => refusalOr(answers[2], 'made'),
		expected: 'made',
		reversed: refuses('crm.requisite.add', 'REVERSED', holdsText('999999')),
		undo: removed,
	},
];
