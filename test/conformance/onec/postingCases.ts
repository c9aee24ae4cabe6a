/** Posting: which documents are posted, what their registers then show, and what a refusal says. */
import type { Answer, BaseQuestion } from '../contract';
import {
	bodyOf,
	change,
	command,
	CONFIGURATION,
	create,
	firstOf,
	GUIDE,
	instead,
	INVOICES,
	isOk,
	listIn,
	MARK,
	messageIn,
	NOTHING,
	of,
	one,
	ORDERS,
	post,
	read,
	refusalIn,
	refusalOr,
	removed,
	rowsIn,
	SHIPMENTS,
	textOf,
	TODAY,
	WRITING_PROBE,
	type BaseCase,
} from './baseCase';
import {
	CLOSINGS,
	closing,
	correction,
	CORRECTIONS,
	FIRST,
	GOODS,
	goodsReturn,
	invoice,
	order,
	orderOfServices,
	payment,
	PAYMENTS,
	RETURNS,
	SERVICES,
	shipment,
	shipmentOfServices,
} from './saleDocuments';

const ORDER = FIRST;
const REF = of(ORDER);

const BALANCE = read(
	'AccumulationRegister_ЗаказыПокупателей/Balance',
	`Condition=ЗаказПокупателя_Key eq guid'${REF}'`,
	'Dimensions=ЗаказПокупателя',
);
const UNPAID = read(
	'AccumulationRegister_РасчетыСКонтрагентами/Balance',
	`Condition=Сделка eq cast(guid'${REF}','${ORDERS}')`,
	'Dimensions=Сделка',
);

const amountIn = (answer: Answer, field: string): string =>
	refusalOr(answer, String(rowsIn(answer)[0]?.[field] ?? 0));
/** Still to ship, in money. */
const toShip = (answer: Answer): string => amountIn(answer, 'СуммаВзаиморасчетовBalance');
const toPay = toShip;

interface Sale extends Pick<BaseCase, 'fact' | 'source' | 'expected' | 'settles'> {
	/** What the base has to have. */
	stock?: readonly BaseQuestion[];
	questions: readonly BaseQuestion[];
	/** Of the documents among the questions, newest first; the first number is 0. */
	made: ReadonlyArray<readonly [set: string, index: number]>;
	/** Answers to these questions alone. */
	seen(answers: Answer[]): string | null;
	reversed?: BaseCase['reversed'];
}

/** Documents of a sale are made, and something is seen of them. Where a document is not accepted, nothing is. */
const saleCase = ({ stock = GOODS, questions, made, seen, ...rest }: Sale): BaseCase => ({
	...rest,
	writes: true,
	questions: [...stock, ...questions],
	observe: (answers) => {
		const own = answers.slice(FIRST);
		return made.every(([, index]) => isOk(own[index])) ? seen(own) : null;
	},
	undo: made.flatMap(([set, index]) => removed(set, of(FIRST + index))),
});

const ordered = [ORDERS, 0] as const;
const posted = (index: number, set: string): BaseQuestion => post(set, of(FIRST + index));
const POST_ORDER = posted(0, ORDERS);

const balance = (sum: number) => ({ value: [{ СуммаВзаиморасчетовBalance: sum }] });

const OPAQUE = /^Не удалось провести "[^\n]*"!?$/;

export const POSTING_CASES: BaseCase[] = [
	saleCase({
		fact: 'A posted order is posted, and its version grows',
		source: [GUIDE],
		questions: [order(2), POST_ORDER, one(ORDERS, REF)],
		made: [ordered],
		seen: ([before, answer, after]) => {
			if (!isOk(answer)) return refusalIn(answer);
			const { Posted: isPosted, DataVersion: version } = bodyOf(after);
			return `${String(isPosted)}, ${version === bodyOf(before).DataVersion ? 'the same version' : 'another version'}`;
		},
		expected: 'true, another version',
		reversed: instead(one(ORDERS, REF), { Posted: false }),
	}),
	saleCase({
		fact: 'Posting is answered with nothing',
		source: ['guess'],
		questions: [order(2), POST_ORDER],
		made: [ordered],
		seen: ([, answer]) => {
			if (!isOk(answer)) return null;
			return textOf(answer) === '' || textOf(answer) === '""' ? 'nothing' : 'the document';
		},
		expected: 'nothing',
		settles: {
			switch: 'postAnswer',
			positions: { nothing: 'empty', 'the document': 'object' },
		},
	}),
	saleCase({
		fact: 'Post may have parentheses',
		source: [GUIDE],
		questions: [
			order(2),
			{ verb: 'POST', path: `${ORDERS}(guid'${REF}')/Post()?PostingModeOperational=false` },
		],
		made: [ordered],
		seen: ([, answer]) => refusalOr(answer, 'posted'),
		expected: 'posted',
		reversed: instead(
			{ verb: 'POST', path: `${ORDERS}(guid'${REF}')/Post()?PostingModeOperational=false` },
			{},
			404,
		),
	}),
	saleCase({
		fact: 'A posted order is still to be shipped and to be paid',
		source: [CONFIGURATION],
		questions: [order(2), POST_ORDER, BALANCE, UNPAID],
		made: [ordered],
		seen: ([, answer, left, unpaid]) =>
			isOk(answer) ? `to ship ${toShip(left)}, to pay ${toPay(unpaid)}` : refusalIn(answer),
		expected: 'to ship 200, to pay 200',
		reversed: instead(BALANCE, balance(0)),
	}),
	saleCase({
		fact: 'An order that is not posted any longer is in no register',
		source: [CONFIGURATION],
		questions: [order(2), POST_ORDER, command('Unpost', ORDERS, REF), BALANCE],
		made: [ordered],
		seen: ([, answer, unposted, left]) => {
			if (!isOk(answer)) return null;
			return isOk(unposted) ? toShip(left) : refusalIn(unposted);
		},
		expected: '0',
		reversed: instead(BALANCE, balance(200)),
	}),
	saleCase({
		fact: 'A change of a posted order leaves the registers alone until it is posted again',
		source: ['guess'],
		questions: [
			order(2),
			POST_ORDER,
			change(ORDERS, REF, {
				Товары: [{ LineNumber: 1, Номенклатура_Key: firstOf(1), Количество: 1, Сумма: 100 }],
			}),
			BALANCE,
		],
		made: [ordered],
		seen: ([, answer, after, left]) => {
			if (!isOk(answer)) return null;
			return isOk(after) ? toShip(left) : refusalIn(after);
		},
		expected: '200',
		reversed: instead(BALANCE, balance(100)),
	}),
	saleCase({
		fact: 'A posted document cannot be marked for deletion',
		source: [WRITING_PROBE],
		questions: [order(2), POST_ORDER, change(ORDERS, REF, { DeletionMark: true })],
		made: [ordered],
		seen: ([, answer, marked]) => (isOk(answer) ? refusalOr(marked, 'marked') : null),
		expected: 'refused with 500 and code -1',
		reversed: instead(change(ORDERS, REF, {}), { DeletionMark: true }),
	}),
	saleCase({
		fact: 'What is not posted any longer is marked for deletion',
		source: [WRITING_PROBE],
		questions: [
			order(2),
			POST_ORDER,
			command('Unpost', ORDERS, REF),
			change(ORDERS, REF, { DeletionMark: true }),
		],
		made: [ordered],
		seen: ([, answer, , marked]) => {
			if (!isOk(answer)) return null;
			return refusalOr(marked, String(bodyOf(marked).DeletionMark));
		},
		expected: 'true',
		reversed: instead(change(ORDERS, REF, {}), {}, 500),
	}),
	{
		fact: 'The refusal to post an order has no reason',
		source: [CONFIGURATION],
		writes: true,
		questions: [create(ORDERS, { Date: TODAY, Комментарий: MARK }), post(ORDERS, of(0))],
		observe: ([created, answer]) => {
			if (!isOk(created) || isOk(answer)) return null;
			return OPAQUE.test(messageIn(answer)) ? 'no reason' : 'with reasons';
		},
		expected: 'no reason',
		settles: {
			switch: 'verboseRefusals',
			positions: { 'no reason': false, 'with reasons': true },
		},
		undo: removed(ORDERS, of(0)),
	},
	{
		fact: 'An order without a buyer and a currency is written and not posted',
		source: [CONFIGURATION],
		writes: true,
		questions: [create(ORDERS, { Date: TODAY, Комментарий: MARK }), post(ORDERS, of(0))],
		observe: ([created, answer]) =>
			isOk(created) ? `written, ${refusalOr(answer, 'posted')}` : refusalIn(created),
		expected: 'written, refused with 500 and code -1',
		reversed: instead(post(ORDERS, of(0)), {}),
		undo: removed(ORDERS, of(0)),
	},
	saleCase({
		fact: 'An invoice is written and cannot be posted',
		source: [CONFIGURATION],
		questions: [invoice(2), posted(0, INVOICES)],
		made: [[INVOICES, 0]],
		seen: ([, answer]) => refusalOr(answer, 'posted'),
		expected: 'refused with 500 and code -1',
		reversed: instead(posted(0, INVOICES), {}),
	}),
	{
		fact: 'An invoice without a buyer and a currency is not written',
		source: [CONFIGURATION],
		writes: true,
		questions: [create(INVOICES, { Date: TODAY, Комментарий: MARK })],
		observe: ([answer]) => refusalOr(answer, 'written'),
		expected: 'refused with 500 and code -1',
		reversed: instead(create(INVOICES, {}), { Ref_Key: NOTHING }),
		undo: removed(INVOICES, of(0)),
	},
	saleCase({
		fact: 'An invoice hands its order down to its rows',
		source: [CONFIGURATION],
		questions: [order(2), invoice(2, { ЗаказПокупателя_Key: REF })],
		made: [[INVOICES, 1], ordered],
		seen: ([made, answer]) => {
			const rows = bodyOf(answer).Товары;
			const refs = Array.isArray(rows)
				? rows.map((row: Record<string, unknown>) => row.ЗаказПокупателя_Key)
				: [];
			return refs.every((ref) => ref === bodyOf(made).Ref_Key)
				? 'in its rows'
				: 'in the header only';
		},
		expected: 'in its rows',
		reversed: instead(create(INVOICES, {}), { Товары: [{ ЗаказПокупателя_Key: NOTHING }] }),
	}),
	saleCase({
		fact: 'A shipment takes off what is still to be shipped',
		source: [CONFIGURATION],
		questions: [order(3), POST_ORDER, shipment(1, ORDER), posted(2, SHIPMENTS), BALANCE],
		made: [[SHIPMENTS, 2], ordered],
		seen: ([, answer, , second, left]) => (isOk(answer) && isOk(second) ? toShip(left) : null),
		expected: '200',
		reversed: instead(BALANCE, balance(300)),
	}),
	saleCase({
		fact: 'A shipment of the rest leaves no row in the balance',
		source: [CONFIGURATION, GUIDE],
		questions: [order(2), POST_ORDER, shipment(2, ORDER), posted(2, SHIPMENTS), BALANCE],
		made: [[SHIPMENTS, 2], ordered],
		seen: ([, answer, , second, left]) =>
			isOk(answer) && isOk(second) ? String(listIn(left)?.length) : null,
		expected: '0',
		reversed: instead(BALANCE, balance(0)),
	}),
	saleCase({
		fact: 'Nobody ships more than was ordered, whatever the mode of posting',
		source: ['guess'],
		stock: SERVICES,
		questions: [
			orderOfServices(1),
			POST_ORDER,
			shipmentOfServices(2, ORDER),
			posted(2, SHIPMENTS),
			command('Post', SHIPMENTS, of(ORDER + 2), 'PostingModeOperational=true'),
		],
		made: [[SHIPMENTS, 2], ordered],
		seen: ([, answer, , quiet, operational]) => {
			if (!isOk(answer)) return null;
			if (isOk(operational)) return 'never refused';
			return isOk(quiet) ? 'refused operationally' : 'always refused';
		},
		expected: 'always refused',
		settles: {
			switch: 'overShipmentControl',
			positions: {
				'always refused': 'always',
				'refused operationally': 'operational',
				'never refused': 'never',
			},
		},
	}),
	saleCase({
		fact: 'A warehouse lets itself be overdrawn',
		source: ['guess'],
		questions: [
			shipment(9_000_000),
			posted(0, SHIPMENTS),
			command('Post', SHIPMENTS, REF, 'PostingModeOperational=true'),
		],
		made: [[SHIPMENTS, 0]],
		seen: ([, quiet, operational]) => {
			if (!isOk(quiet)) return null;
			return isOk(operational) ? 'overdrawn' : 'refused operationally';
		},
		expected: 'overdrawn',
		settles: {
			switch: 'stockControl',
			positions: { overdrawn: 'never', 'refused operationally': 'operational' },
		},
	}),
	saleCase({
		fact: 'A return opens the order again',
		source: [CONFIGURATION],
		questions: [
			order(1),
			POST_ORDER,
			shipment(1, ORDER),
			posted(2, SHIPMENTS),
			goodsReturn(1, ORDER),
			posted(4, RETURNS),
			BALANCE,
		],
		made: [[RETURNS, 4], [SHIPMENTS, 2], ordered],
		seen: (answers) => {
			if (![1, 3, 5].every((index) => isOk(answers[index]))) return null;
			return rowsIn(answers[6]).length > 0 ? 'open again' : 'still fulfilled';
		},
		expected: 'open again',
		settles: {
			switch: 'returnReopensOrder',
			positions: { 'open again': true, 'still fulfilled': false },
		},
	}),
	saleCase({
		fact: 'A correction changes what is still to be shipped and to be paid',
		source: [CONFIGURATION],
		questions: [
			order(3),
			POST_ORDER,
			correction(-1, ORDER),
			posted(2, CORRECTIONS),
			BALANCE,
			UNPAID,
		],
		made: [[CORRECTIONS, 2], ordered],
		seen: ([, answer, , second, left, unpaid]) =>
			isOk(answer) && isOk(second) ? `${toShip(left)}, ${toPay(unpaid)}` : null,
		expected: '200, 200',
		reversed: instead(BALANCE, balance(300)),
	}),
	saleCase({
		fact: 'A payment takes off what is still to be paid, before the bank has paid it too',
		source: [CONFIGURATION],
		questions: [order(2), POST_ORDER, payment(50, ORDER, false), posted(2, PAYMENTS), UNPAID],
		made: [[PAYMENTS, 2], ordered],
		seen: ([, answer, , second, unpaid]) => (isOk(answer) && isOk(second) ? toPay(unpaid) : null),
		expected: '150',
		reversed: instead(UNPAID, balance(200)),
	}),
	saleCase({
		fact: 'A payment does not touch what is still to be shipped',
		source: [CONFIGURATION],
		questions: [order(2), POST_ORDER, payment(50, ORDER, true), posted(2, PAYMENTS), BALANCE],
		made: [[PAYMENTS, 2], ordered],
		seen: ([, answer, , second, left]) => (isOk(answer) && isOk(second) ? toShip(left) : null),
		expected: '200',
		reversed: instead(BALANCE, balance(150)),
	}),
	saleCase({
		fact: 'A payment cannot be posted operationally',
		source: [CONFIGURATION],
		questions: [
			order(2),
			POST_ORDER,
			payment(50, ORDER, true),
			command('Post', PAYMENTS, of(ORDER + 2), 'PostingModeOperational=true'),
			posted(2, PAYMENTS),
		],
		made: [[PAYMENTS, 2], ordered],
		seen: ([, answer, , operational, quiet]) =>
			isOk(answer) && isOk(quiet) ? refusalOr(operational, 'posted') : null,
		expected: 'refused with 500 and code -1',
		reversed: instead(command('Post', PAYMENTS, of(ORDER + 2), 'PostingModeOperational=true'), {}),
	}),
	saleCase({
		fact: 'Without a mode a document is posted operationally',
		source: ['guess'],
		questions: [
			order(2),
			POST_ORDER,
			payment(50, ORDER, true),
			command('Post', PAYMENTS, of(ORDER + 2)),
			posted(2, PAYMENTS),
		],
		made: [[PAYMENTS, 2], ordered],
		seen: ([, answer, , plain, quiet]) => {
			if (!isOk(answer) || !isOk(quiet)) return null;
			return isOk(plain) ? 'not operationally' : 'operationally';
		},
		expected: 'operationally',
		settles: {
			switch: 'defaultPostingMode',
			positions: { operationally: 'operational', 'not operationally': 'non-operational' },
		},
	}),
	saleCase({
		fact: 'A closing takes off what is still to be shipped and to be paid',
		source: [CONFIGURATION],
		questions: [order(2), POST_ORDER, closing(ORDER), posted(2, CLOSINGS), BALANCE, UNPAID],
		made: [[CLOSINGS, 2], ordered],
		seen: ([, answer, , second, left, unpaid]) =>
			isOk(answer) && isOk(second) ? `${toShip(left)}, ${toPay(unpaid)}` : null,
		expected: '0, 0',
		reversed: instead(BALANCE, balance(200)),
	}),
];
