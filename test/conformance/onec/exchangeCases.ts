/** Exchange plans: what is registered for a node, how it is fetched and how it is confirmed. */
import type { BaseQuestion } from '../contract';
import {
	ATOM,
	change,
	create,
	GUIDE,
	instead,
	isOk,
	MARK,
	NOTHING,
	of,
	one,
	ORDERS,
	read,
	refusalIn,
	refusalOr,
	RECORDINGS,
	remove,
	removed,
	rowsIn,
	bodyOf,
	CONFIGURATION,
	textOf,
	TODAY,
	type BaseCase,
} from './baseCase';

const PLAN = 'ExchangePlan_ОбменССайтомЗаказами';
/** What a reader of changes says, besides which node it is. */
const exchange = (name: string, messageNo: number): BaseQuestion => ({
	verb: 'POST',
	path: `${name}?DataExchangePoint='{root}${PLAN}(guid'${of(0)}')'&MessageNo=${messageNo}`,
	headers: { Accept: ATOM },
});
const selected = (messageNo: number): BaseQuestion => exchange('SelectChanges', messageNo);
const confirmed = (messageNo: number): BaseQuestion => exchange('NotifyChangesReceived', messageNo);

const NODE = create(PLAN, { Code: 'ПРО', Description: MARK });
const ORDER = create(ORDERS, { Date: TODAY, Комментарий: MARK });
const CHANGED = change(ORDERS, of(1), { Комментарий: `${MARK}.` });
const NODES = read(PLAN, '$filter=DeletionMark eq false', '$orderby=Ref_Key', '$top=50');

/** A node of its own, so that no other reader loses changes. */
const nodeCase = (
	one: Pick<BaseCase, 'fact' | 'source' | 'expected' | 'questions' | 'reversed' | 'observe'>,
): BaseCase => ({
	...one,
	writes: true,
	questions: [NODE, ORDER, ...one.questions],
	observe: (answers) => (isOk(answers[0]) && isOk(answers[1]) ? one.observe(answers) : null),
	undo: [...removed(ORDERS, of(2)), ...removed(ORDERS, of(1)), ...removed(PLAN, of(0))],
});

const entriesIn = (text: string): number => text.split(/<entry[\s>]/).length - 1;

export const EXCHANGE_CASES: BaseCase[] = [
	{
		fact: 'One node of an exchange plan is the base itself',
		source: [CONFIGURATION, GUIDE],
		questions: [NODES],
		observe: ([answer]) => {
			const own = rowsIn(answer).filter(({ ThisNode: isOwn }) => isOwn === true);
			return own.length === 1
				? `numbers as ${typeof own[0].SentNo}, ${typeof own[0].ReceivedNo}`
				: refusalOr(answer, `${own.length} of them`);
		},
		expected: 'numbers as string, string',
		reversed: instead(NODES, { value: [{ ThisNode: false }] }),
	},
	nodeCase({
		fact: 'A write of an order is registered for every node',
		source: [CONFIGURATION],
		questions: [selected(1)],
		observe: ([, order, answer]) => {
			if (!isOk(answer)) return refusalIn(answer);
			const ref = String(bodyOf(order).Ref_Key);
			return textOf(answer).includes(`${ORDERS}(guid'${ref}')`) ? 'registered' : 'not registered';
		},
		expected: 'registered',
		reversed: instead(selected(1), '<feed/>'),
	}),
	nodeCase({
		fact: 'SelectChanges brings the whole backlog, whatever $top says',
		source: [GUIDE, RECORDINGS],
		questions: [ORDER, { ...selected(1), path: `${selected(1).path}&$top=1` }],
		observe: ([, , , answer]) => refusalOr(answer, String(entriesIn(textOf(answer)))),
		expected: '2',
		reversed: instead(
			{ ...selected(1), path: `${selected(1).path}&$top=1` },
			'<feed><entry></entry></feed>',
		),
	}),
	nodeCase({
		fact: 'SelectChanges brings the same again until it is confirmed',
		source: [RECORDINGS],
		questions: [selected(1), selected(1)],
		observe: ([, , first, second]) =>
			refusalOr(second, `${entriesIn(textOf(first))}, ${entriesIn(textOf(second))}`),
		expected: '1, 1',
		reversed: instead(selected(1), '<feed/>'),
	}),
	nodeCase({
		fact: 'NotifyChangesReceived forgets what was brought under its number',
		source: [GUIDE, RECORDINGS],
		questions: [selected(1), confirmed(1), selected(2)],
		observe: ([, , first, answer, second]) =>
			refusalOr(answer, `${entriesIn(textOf(first))}, ${entriesIn(textOf(second))}`),
		expected: '1, 0',
		reversed: instead(selected(2), '<feed><entry></entry></feed>'),
	}),
	nodeCase({
		fact: 'A confirmation leaves what was changed after it was brought',
		source: [RECORDINGS],
		questions: [selected(1), CHANGED, confirmed(1), selected(2)],
		observe: ([, , , changed, answer, second]) =>
			isOk(changed) ? refusalOr(answer, String(entriesIn(textOf(second)))) : null,
		expected: '1',
		reversed: instead(selected(2), '<feed/>'),
	}),
	nodeCase({
		fact: 'A node remembers the numbers of its messages',
		source: [GUIDE],
		questions: [selected(1), confirmed(1), one(PLAN, of(0))],
		observe: ([, , , , answer]) =>
			refusalOr(
				answer,
				`sent ${String(bodyOf(answer).SentNo)}, received ${String(bodyOf(answer).ReceivedNo)}`,
			),
		expected: 'sent 1, received 1',
		reversed: instead(one(PLAN, of(0)), { SentNo: '0', ReceivedNo: '0' }),
	}),
	nodeCase({
		fact: 'What was removed for good is a deleted-entry',
		source: [GUIDE],
		questions: [remove(ORDERS, of(1)), selected(1)],
		observe: ([, order, removal, answer]) => {
			if (!isOk(removal)) return null;
			const ref = String(bodyOf(order).Ref_Key);
			return new RegExp(`<at:deleted-entry[^>]*${ref}`).test(textOf(answer))
				? 'a deleted-entry'
				: refusalOr(answer, 'something else');
		},
		expected: 'a deleted-entry',
		reversed: instead(selected(1), '<feed/>'),
	}),
	{
		fact: 'SelectChanges refuses a node that does not exist',
		source: [GUIDE],
		questions: [
			{
				verb: 'POST',
				path: `SelectChanges?DataExchangePoint='{root}${PLAN}(guid'${NOTHING}')'&MessageNo=1`,
				headers: { Accept: 'application/json' },
			},
		],
		observe: ([answer]) => refusalOr(answer, 'answered'),
		expected: 'refused with 404 and code 9',
		reversed: instead(
			{
				verb: 'POST',
				path: `SelectChanges?DataExchangePoint='{root}${PLAN}(guid'${NOTHING}')'&MessageNo=1`,
			},
			'<feed/>',
		),
	},
];
