/** crm.item.add, update, get and delete: what is written, what is dropped without a word. */
import { isMap } from '../shape';
import {
	card,
	CONTACT,
	DEAL,
	docsIssue,
	isRefused,
	itemOf,
	itemsOf,
	LEAD,
	listOf,
	MARK,
	ORIGINAL,
	page,
	phpSdkIssue,
	refusalOr,
	reversedBy,
	rowsReversed,
	SEEN_IN_SERVERS,
	SMART_INVOICE,
	type PortalCase,
} from './portalCase';

const ADD = page('api-reference/crm/universal/crm-item-add');
const UPDATE = page('api-reference/crm/universal/crm-item-update');
const MULTI_FIELDS = [
	docsIssue(264),
	docsIssue(265),
	page('tutorials/crm/how-to-edit-crm-objects/how-to-change-email-or-phone'),
];

type Map = Record<string, unknown>;

const PHONE = { typeId: 'PHONE', valueType: 'WORK', value: '+74950000001' };
const CHANGED = '+74950000002';

const phonesIn = (contact: Map | undefined): string => {
	const fm = contact?.fm;
	const phones = Array.isArray(fm)
		? fm.filter(isMap).filter(({ typeId }) => typeId === 'PHONE')
		: [];
	return phones.map(({ value }) => String(value)).join(', ') || 'none';
};

const id = '{0.result.item.id}';
const fm = '{1.result.item.fm.0.id}';
const removed = (entityTypeId: number) => [card('delete', { entityTypeId, id })];

/** Whether a change of the phone of a new contact has an effect. */
const phoneCase = (
	fact: string,
	element: Map,
	expected: string,
	reversal: string,
	key = fm,
): PortalCase => ({
	fact,
	source: MULTI_FIELDS,
	writes: true,
	questions: [
		card('add', { entityTypeId: CONTACT, fields: { name: MARK, fm: [PHONE] } }),
		card('get', { entityTypeId: CONTACT, id }),
		card('update', { entityTypeId: CONTACT, id, fields: { fm: { [key]: element } } }),
		listOf(CONTACT, { select: ['*'], filter: { '@id': [id] } }),
	],
	observe: (answers) => (isRefused(answers[2]) ? 'refused' : phonesIn(itemsOf(answers[3])[0])),
	expected,
	reversed: rowsReversed((rows) =>
		rows.map((row) => ({ ...row, fm: reversal === 'none' ? [] : [{ ...PHONE, value: reversal }] })),
	),
	undo: removed(CONTACT),
});

/** What a field holds after a card was made with it. */
const fieldCase = (
	one: Pick<PortalCase, 'fact' | 'source' | 'expected' | 'settles' | 'reversed'> & {
		entityTypeId: number;
		fields: Map;
		seen(item: Map): string;
		original?: boolean;
	},
): PortalCase => {
	const { entityTypeId, fields, seen, original, ...rest } = one;
	const names = original ? ORIGINAL : {};
	return {
		...rest,
		writes: true,
		questions: [card('add', { entityTypeId, fields: { title: MARK, ...fields }, ...names })],
		observe: ([answer]) => refusalOr(answer, seen(itemOf(answer))),
		undo: removed(entityTypeId),
	};
};

const itemReversed = (
	method: string,
	change: (item: Map) => Map,
	fits?: (params: Map) => boolean,
) =>
	reversedBy(
		method,
		(body) => ({
			time: body.time,
			result: { item: change(itemOf({ status: 200, headers: {}, body })) },
		}),
		fits,
	);

const holdsText = (text: string) => (params: Map) => JSON.stringify(params).includes(text);

export const CARD_CASES: PortalCase[] = [
	phoneCase(
		'A phone is changed by its id and its typeId',
		{ id: fm, ...PHONE, value: CHANGED },
		CHANGED,
		PHONE.value,
	),
	phoneCase(
		'A phone is removed by its id, its typeId and an empty value',
		{ id: fm, typeId: 'PHONE', value: '' },
		'none',
		PHONE.value,
	),
	phoneCase(
		'A change of a phone without typeId is acknowledged and has no effect',
		{ id: fm, value: CHANGED },
		PHONE.value,
		CHANGED,
	),
	phoneCase(
		'A removal of a phone without typeId is acknowledged and has no effect',
		{ id: fm, value: '' },
		PHONE.value,
		'none',
	),
	phoneCase(
		'A phone under a new key is added',
		{ ...PHONE, value: CHANGED },
		`${PHONE.value}, ${CHANGED}`,
		PHONE.value,
		'n0',
	),
	fieldCase({
		fact: 'A field that does not exist is dropped without a word',
		source: [ADD],
		entityTypeId: DEAL,
		fields: { noSuchField: 1 },
		seen: (item) => ('noSuchField' in item ? 'kept' : 'dropped'),
		expected: 'dropped',
		reversed: itemReversed(
			'crm.item.add',
			(item) => ({ ...item, noSuchField: 1 }),
			holdsText('noSuchField'),
		),
	}),
	fieldCase({
		fact: 'A date that is none is dropped without a word',
		source: [SEEN_IN_SERVERS],
		entityTypeId: DEAL,
		fields: { closedate: 'no date' },
		seen: ({ closedate }) => (String(closedate).includes('no date') ? 'kept' : 'dropped'),
		expected: 'dropped',
		settles: {
			switch: 'invalidDates',
			positions: { dropped: 'dropped', 'refused with CRM_FIELD_ERROR_VALUE_NOT_VALID': 'refused' },
		},
	}),
	fieldCase({
		fact: 'A new lead takes the stage that it is given',
		source: [SEEN_IN_SERVERS],
		entityTypeId: LEAD,
		fields: { stageId: 'IN_PROCESS' },
		seen: ({ stageId }) => (stageId === 'IN_PROCESS' ? 'taken' : 'ignored'),
		expected: 'taken',
		settles: { switch: 'leadStageOnAdd', positions: { taken: 'taken', ignored: 'ignored' } },
	}),
	fieldCase({
		fact: 'The number of a smart invoice can be written',
		source: [SEEN_IN_SERVERS],
		entityTypeId: SMART_INVOICE,
		fields: { accountNumber: 'ПРОВЕРКА-1' },
		seen: ({ accountNumber }) => (accountNumber === 'ПРОВЕРКА-1' ? 'written' : 'ignored'),
		expected: 'written',
		settles: { switch: 'accountNumberWritable', positions: { written: true, ignored: false } },
	}),
	{
		fact: 'An update answers with the card as it is afterwards',
		source: [UPDATE],
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: { title: MARK } }),
			card('update', { entityTypeId: DEAL, id, fields: { comments: 'после' }, ...ORIGINAL }),
		],
		observe: ([, answer]) => refusalOr(answer, String(itemOf(answer).comments)),
		expected: 'после',
		reversed: itemReversed('crm.item.update', (item) => ({ ...item, comments: 'до' })),
		undo: removed(DEAL),
	},
	{
		fact: 'null and an empty text both empty a field',
		source: [UPDATE, phpSdkIssue(319)],
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: { title: MARK, comments: 'до' } }),
			card('update', { entityTypeId: DEAL, id, fields: { comments: null } }),
		],
		observe: ([, answer]) => (itemOf(answer).comments ? 'kept' : 'emptied'),
		expected: 'emptied',
		reversed: itemReversed('crm.item.update', (item) => ({ ...item, comments: 'до' })),
		undo: removed(DEAL),
	},
	{
		fact: 'A card that was removed is not found any more',
		source: [page('api-reference/crm/universal/crm-item-delete')],
		writes: true,
		questions: [
			card('add', { entityTypeId: DEAL, fields: { title: MARK } }),
			card('delete', { entityTypeId: DEAL, id }),
			card('get', { entityTypeId: DEAL, id }),
		],
		observe: (answers) => refusalOr(answers[2], 'found'),
		expected: 'refused with NOT_FOUND',
		reversed: itemReversed('crm.item.get', (item) => ({ ...item, id: 1 })),
	},
	{
		fact: 'crm.deal.add without fields makes an empty deal',
		source: [page('api-reference/crm/deals/crm-deal-add'), SEEN_IN_SERVERS],
		writes: true,
		questions: [{ method: 'crm.deal.add' }],
		observe: ([answer]) => refusalOr(answer, 'a deal'),
		expected: 'a deal',
		reversed: reversedBy('crm.deal.add', () => ({ error: '' })),
		undo: [card('delete', { entityTypeId: DEAL, id: '{0.result}' })],
	},
];
