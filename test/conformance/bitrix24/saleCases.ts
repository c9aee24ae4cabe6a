/** Product rows and payments: decimals, discounts, what a row has to say, what a new payment is worth. */
import type { Answer, PortalQuestion } from '../contract';
import { isMap } from '../shape';
import {
	accepts,
	card,
	DEAL,
	isRefused,
	MARK,
	page,
	refusalOr,
	resultOf,
	reversedBy,
	SEEN_IN_SERVERS,
	valueAt,
	type PortalCase,
} from './portalCase';

const ROWS = page('api-reference/crm/universal/product-rows/crm-item-productrow-set');
const ROW_LIST = page('api-reference/crm/universal/product-rows/crm-item-productrow-list');
const PAYMENT = page('api-reference/crm/universal/payment/crm-item-payment-add');

type Map = Record<string, unknown>;

const id = '{0.result.item.id}';
const NEW_DEAL = card('add', { entityTypeId: DEAL, fields: { title: MARK } });
const removed = [card('delete', { entityTypeId: DEAL, id })];
const ROW: Map = { productName: MARK, quantity: 1 };

const setRows = (...productRows: Map[]): PortalQuestion => ({
	method: 'crm.item.productrow.set',
	params: { ownerType: 'D', ownerId: id, productRows },
});
const rowIn = (answer: Answer): Map => {
	const row = valueAt(answer, 'result', 'productRows', 0);
	return isMap(row) ? row : {};
};
const holdsText = (text: string) => (params: Map) => JSON.stringify(params).includes(text);

/** What a column of a new row reads as. */
const rowCase = (
	fact: string,
	row: Map,
	expected: Map,
	source: readonly string[] = [ROWS],
): PortalCase => {
	const seen = (answer: Answer): string =>
		refusalOr(
			answer,
			JSON.stringify(
				Object.fromEntries(Object.keys(expected).map((name) => [name, rowIn(answer)[name]])),
			),
		);
	return {
		fact,
		source,
		writes: true,
		questions: [NEW_DEAL, setRows({ ...ROW, ...row })],
		observe: (answers) => seen(answers[1]),
		expected: JSON.stringify(expected),
		reversed: reversedBy('crm.item.productrow.set', () => ({
			result: { productRows: [{ price: -1 }] },
		})),
		undo: removed,
	};
};

/** What the portal says to a row that is not right. */
const refusedRow = (
	fact: string,
	row: Map,
	expected: string,
	source: readonly string[] = [ROWS],
): PortalCase => ({
	fact,
	source,
	writes: true,
	questions: [NEW_DEAL, setRows({ ...ROW, ...row })],
	observe: ([, answer]) => refusalOr(answer, 'taken'),
	expected,
	reversed: accepts('crm.item.productrow.set', { productRows: [] }),
	undo: removed,
});

export const SALE_CASES: PortalCase[] = [
	rowCase(
		'A price on which VAT comes has eight decimals without it',
		{ price: 90000, taxRate: 10, taxIncluded: 'Y' },
		{
			price: 90000,
			priceExclusive: 81818.18181818,
		},
	),
	rowCase(
		'A discount in per cent leaves a price with eight decimals',
		{ price: 333.33333333, quantity: 3 },
		{ price: 333.33333333 },
	),
	rowCase('A row without VAT reads taxRate null', { price: 100, taxRate: null }, { taxRate: null }),
	rowCase('Quantities have four decimals', { price: 100, quantity: 0.1234 }, { quantity: 0.1234 }),
	refusedRow(
		'A product that does not exist is refused',
		{ productId: 999_999_999, price: 1 },
		'refused with INVALID_ARG_VALUE',
	),
	refusedRow(
		'A discount of 100 % has to name its sum',
		{ price: 0, discountTypeId: 2, discountRate: 100 },
		'refused with CRM_PRODUCTROW_NORMALIZATION_DISCOUNT_SUM_REQUIRED',
	),
	{
		fact: 'The sum of a card is the sum of its lines, each price times quantity and rounded once',
		source: [ROWS],
		writes: true,
		questions: [
			NEW_DEAL,
			setRows({ ...ROW, price: 89.955, quantity: 100 }),
			card('get', { entityTypeId: DEAL, id }),
		],
		observe: ([, , answer]) => String(valueAt(answer, 'result', 'item', 'opportunity')),
		expected: '8995.5',
		reversed: reversedBy('crm.item.get', () => ({ result: { item: { opportunity: 8996 } } })),
		undo: removed,
	},
	{
		fact: 'Rows are listed of one owner only',
		source: [ROW_LIST],
		questions: [{ method: 'crm.item.productrow.list', params: { filter: {} } }],
		observe: ([answer]) => refusalOr(answer, 'rows'),
		expected: 'refused with REQUIRED_ARG_MISSING',
		reversed: accepts(
			'crm.item.productrow.list',
			{ productRows: [] },
			({ filter }) => isMap(filter) && Object.keys(filter).length === 0,
		),
	},
	{
		fact: 'Rows that were read can be written back as they are',
		source: [ROWS],
		writes: true,
		questions: [
			NEW_DEAL,
			setRows({ ...ROW, price: 5 }),
			{
				method: 'crm.item.productrow.set',
				params: { ownerType: 'D', ownerId: id, productRows: '{1.result.productRows}' },
			},
		],
		observe: ([, , answer]) => refusalOr(answer, 'taken'),
		expected: 'taken',
		reversed: reversedBy(
			'crm.item.productrow.set',
			() => ({ error: 'INVALID_ARG_VALUE' }),
			holdsText('priceNetto'),
		),
		undo: removed,
	},
	{
		fact: 'A new payment is worth nothing until goods are put into it',
		source: [SEEN_IN_SERVERS, PAYMENT],
		writes: true,
		questions: [
			NEW_DEAL,
			setRows({ ...ROW, price: 100 }),
			{ method: 'crm.item.payment.add', params: { entityTypeId: DEAL, entityId: id } },
			{ method: 'crm.item.payment.get', params: { id: '{2.result}' } },
		],
		observe: ([, , , answer]) => {
			if (isRefused(answer)) return null;
			return valueAt(answer, 'result', 'sum') === 0 ? 'nothing' : 'the sum of the card';
		},
		expected: 'nothing',
		settles: {
			switch: 'freshPaymentSum',
			positions: { nothing: 'zero', 'the sum of the card': 'uncovered' },
		},
		undo: [{ method: 'crm.item.payment.delete', params: { id: '{2.result}' } }, ...removed],
	},
	{
		fact: 'A payment that is paid says so and moves no stage',
		source: [page('api-reference/crm/universal/payment/crm-item-payment-pay')],
		writes: true,
		questions: [
			NEW_DEAL,
			{ method: 'crm.item.payment.add', params: { entityTypeId: DEAL, entityId: id } },
			{ method: 'crm.item.payment.pay', params: { id: '{1.result}' } },
			{ method: 'crm.item.payment.get', params: { id: '{1.result}' } },
			card('get', { entityTypeId: DEAL, id }),
		],
		observe: ([made, , paid, payment, deal]) =>
			resultOf(paid) === true &&
			valueAt(payment, 'result', 'paid') === 'Y' &&
			valueAt(deal, 'result', 'item', 'stageId') === valueAt(made, 'result', 'item', 'stageId')
				? 'paid, the stage is the same'
				: 'something else',
		expected: 'paid, the stage is the same',
		reversed: reversedBy('crm.item.payment.get', () => ({ result: { paid: 'N' } })),
		undo: [
			{ method: 'crm.item.payment.unpay', params: { id: '{1.result}' } },
			{ method: 'crm.item.payment.delete', params: { id: '{1.result}' } },
			...removed,
		],
	},
];
