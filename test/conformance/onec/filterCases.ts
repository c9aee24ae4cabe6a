/** $filter: what it finds and, as important, what it leaves out. */
import {
	countIn,
	EMPTY_LIST,
	firstOf,
	GUIDE,
	instead,
	NEWEST_ORDER,
	NOTHING,
	ORDERS,
	read,
	READING_PROBE,
	RECORDINGS,
	refused,
	refusalOr,
	REFUSAL_PROBE,
	rowsIn,
	type BaseCase,
} from './baseCase';

const REF = firstOf(0);
const NUMBER = firstOf(0, 'Number');
const DATE = firstOf(0, 'Date');
const SUM = firstOf(0, 'СуммаДокумента');

const isIt = `Ref_Key eq guid'${REF}'`;

/** A condition that the newest order meets: it is found with the condition, and not with its opposite. */
const conditionCase = ([fact, condition, source = GUIDE]: Condition): BaseCase => {
	const found = read(ORDERS, `$filter=${isIt} and (${condition})`);
	const leftOut = read(ORDERS, `$filter=${isIt} and not (${condition})`);
	return {
		fact: `$filter: ${fact}`,
		source: [source],
		questions: [NEWEST_ORDER, found, leftOut],
		observe: ([, first, second]) => `${countIn(first)}, ${countIn(second)}`,
		expected: '1, 0',
		reversed: instead(found, EMPTY_LIST),
	};
};

type Condition = [fact: string, condition: string, source?: string];

const CONDITIONS: Condition[] = [
	['eq on a key', `Ref_Key eq guid'${REF}'`],
	['eq on a text', `Number eq '${NUMBER}'`],
	['ne on a text', "Number ne ''"],
	['a doubled quote in a text', "Number ne 'O''Hara'"],
	['and, or, not', "(Number eq '' or Number ne '') and not (Number eq '')"],
	['a reference by its key', `Контрагент_Key eq guid'${firstOf(0, 'Контрагент_Key')}'`],
	['one of several references', `Ref_Key eq guid'${NOTHING}' or Ref_Key eq guid'${REF}'`],
	['eq on a flag', `Posted eq ${firstOf(0, 'Posted')}`],
	['ne on a flag', `not (Posted ne ${firstOf(0, 'Posted')})`],
	['ge and le on a number', `СуммаДокумента ge ${SUM} and СуммаДокумента le ${SUM}`],
	['gt and lt on a number', 'СуммаДокумента gt -1 and СуммаДокумента lt 999999999999'],
	['eq on a moment', `Date eq datetime'${DATE}'`],
	['ge and le on a moment', `Date ge datetime'${DATE}' and Date le datetime'${DATE}'`],
	[
		'gt and lt on a moment',
		"Date gt datetime'1980-01-01T00:00:00' and Date lt datetime'2999-01-01T00:00:00'",
	],
	['a moment without a time', "Date gt datetime'1980-01-01'"],
	['add and sub', `(СуммаДокумента add 5) sub 5 eq ${SUM}`],
	['mul and div', `СуммаДокумента mul 2 div 2 eq ${SUM}`],
	['negation', `-СуммаДокумента eq -${SUM}`],
	['round', 'round(СуммаДокумента div 3) ge 0'],
	['substringof compared with true', `substringof('${NUMBER}',Number) eq true`],
	['substringof by itself', `substringof('${NUMBER}',Number)`],
	[
		'substringof on a text of unlimited length',
		"not substringof('такого текста нет 7c1e',Комментарий)",
		RECORDINGS,
	],
	['startswith', `startswith(Number,'${NUMBER}')`],
	[
		'startswith on a text of unlimited length',
		"not startswith(Комментарий,'такого текста нет 7c1e')",
		RECORDINGS,
	],
	['endswith', `endswith(Number,'${NUMBER}')`],
	['concat', `concat(concat('№',' '),Number) eq '№ ${NUMBER}'`],
	['like', `like(Number,'${NUMBER}%') and like(Number,'_%') and not like(Number,'[^0-9]')`],
	['year, month and day', 'year(Date) gt 1980 and month(Date) le 12 and day(Date) ge 1'],
	['hour, minute and second', 'hour(Date) le 23 and minute(Date) ge 0 and second(Date) le 59'],
	['quarter', 'quarter(Date) ge 1 and quarter(Date) le 4'],
	['dayofweek and dayofyear', 'dayofweek(Date) le 7 and dayofyear(Date) le 366'],
	['dateadd', "dateadd(Date,'month',1) gt Date"],
	['dateadd with a negative number', "dateadd(dateadd(Date,'day',-20),'day',20) eq Date"],
	['datedifference', "datedifference(Date,dateadd(Date,'day',4),'day') eq 4"],
	['isof of a plain field', "isof(СуммаДокумента,'Number')"],
	['cast of a key', `Ref_Key eq cast(guid'${REF}','${ORDERS}')`],
	['any row of a table', 'Товары/any(d: d/Количество gt -1) or Услуги/any(d: d/Количество gt -1)'],
	['any without a condition', 'Товары/any() or Услуги/any()'],
	['all rows of a table', 'Товары/all(d: d/Количество gt -1)'],
	[
		'a reference in the rows of a table',
		`Товары/all(d: d/Номенклатура_Key ne guid'${NOTHING}' and d/Номенклатура/Code ne 'нет')`,
	],
	['a field behind a reference', `Контрагент/Ref_Key eq guid'${firstOf(0, 'Контрагент_Key')}'`],
	[
		'a field behind two references',
		`ДоговорКонтрагента/Организация/Ref_Key eq guid'${firstOf(0, 'Организация_Key')}'`,
	],
];

const SETTLEMENTS = 'AccumulationRegister_РасчетыСКонтрагентами_RecordType';
const ofOrder = `isof(Сделка,'${ORDERS}')`;
const ONE_SETTLEMENT = read(SETTLEMENTS, `$filter=${ofOrder}`, '$orderby=Period desc', '$top=1');
const DEAL = firstOf(0, 'Сделка');
const TYPED = `cast(guid'${DEAL}','${ORDERS}')`;

/** Records that a condition finds, where the register has records of orders. */
const settlementCase = (
	fact: string,
	condition: string,
	expected: 'found' | 'not found',
	source = GUIDE,
): BaseCase => {
	const question = read(SETTLEMENTS, `$filter=${condition}`, '$top=5');
	return {
		fact: `$filter: ${fact}`,
		source: [source],
		questions: [ONE_SETTLEMENT, question],
		observe: ([, answer]) => refusalOr(answer, rowsIn(answer).length > 0 ? 'found' : 'not found'),
		expected,
		reversed: instead(question, { value: expected === 'found' ? [] : [{}] }),
	};
};

const KINDS = 'Catalog_ВидыКонтактнойИнформации';
const named = (name: string) => read(KINDS, `$filter=Description eq '${name}'`);
const NEW_ORDERS = read(ORDERS, "$filter=Number eq datetime'2026-11-24T12:00:00'", '$top=1');
const EVERY_ORDER = read(ORDERS, '$top=1');
const NO_CONDITION = read(ORDERS, '$filter=()', '$top=1');
/** «Нельзя сравнивать поля неограниченной длины и поля несовместимых типов». */
const INCOMPARABLE = 'refused with 500 and code -1';
const BY_KEY_ORDER = read(ORDERS, `$filter=Ref_Key gt guid'${NOTHING}'`, '$top=1');

export const FILTER_CASES: BaseCase[] = [
	...CONDITIONS.map(conditionCase),
	settlementCase('a composite reference with its type is found', `Сделка eq ${TYPED}`, 'found'),
	settlementCase(
		'isof tells the type of a composite',
		`Сделка eq ${TYPED} and ${ofOrder}`,
		'found',
	),
	settlementCase(
		'isof tells another type of a composite apart',
		`Сделка eq ${TYPED} and isof(Сделка,'Document_ЗаказПоставщику')`,
		'not found',
	),
	settlementCase(
		'a composite leads on through cast',
		`cast(Сделка,'${ORDERS}')/Ref_Key eq guid'${DEAL}'`,
		'found',
	),
	settlementCase(
		'a recorder with its type is found',
		`Recorder eq cast(guid'${firstOf(0, 'Recorder')}','${ORDERS}') or Recorder ne cast(guid'${NOTHING}','${ORDERS}')`,
		'found',
	),
	{
		fact: '$filter: a moment against a text finds nothing',
		source: [REFUSAL_PROBE],
		questions: [EVERY_ORDER, NEW_ORDERS],
		observe: ([all, answer]) => (rowsIn(all).length === 0 ? null : countIn(answer)),
		expected: '0',
		reversed: instead(NEW_ORDERS, { value: [{}] }),
	},
	{
		fact: '$filter: a plus is no space',
		source: [READING_PROBE],
		questions: [read(ORDERS, '$filter=Posted+eq+true', '$top=1')],
		observe: ([answer]) => refusalOr(answer, 'taken for a space'),
		expected: 'refused with 400 and code 14',
		reversed: instead(read(ORDERS, '$filter=Posted+eq+true', '$top=1'), EMPTY_LIST),
	},
	{
		fact: '$filter: references are not ordered by gt and its like',
		source: [RECORDINGS],
		questions: [BY_KEY_ORDER],
		observe: ([answer]) => refusalOr(answer, 'ordered'),
		expected: INCOMPARABLE,
		settles: { switch: 'comparesGuids', positions: { [INCOMPARABLE]: false, ordered: true } },
	},
	{
		fact: '$filter: a text of unlimited length is not compared',
		source: [RECORDINGS],
		questions: [read(ORDERS, "$filter=Комментарий eq 'такого текста нет 7c1e'", '$top=1')],
		observe: ([answer]) => refusalOr(answer, 'compared'),
		expected: INCOMPARABLE,
		settles: {
			switch: 'unlimitedStrings',
			positions: { [INCOMPARABLE]: 'refused', compared: 'compared' },
		},
	},
	{
		fact: '$filter: a composite field is not compared with a bare GUID',
		source: [RECORDINGS],
		questions: [ONE_SETTLEMENT, read(SETTLEMENTS, `$filter=Сделка eq guid'${DEAL}'`, '$top=5')],
		observe: ([, answer]) => refusalOr(answer, `${rowsIn(answer).length} found`),
		expected: INCOMPARABLE,
		settles: {
			switch: 'compositeAgainstGuid',
			positions: { [INCOMPARABLE]: 'refused', '0 found': 'nothing' },
		},
	},
	{
		fact: '$filter: empty parentheses are no condition',
		source: [RECORDINGS],
		questions: [EVERY_ORDER, NO_CONDITION],
		observe: ([all, answer]) =>
			refusalOr(
				answer,
				rowsIn(answer).length === rowsIn(all).length ? 'no condition' : 'another list',
			),
		expected: 'no condition',
		reversed: refused(NO_CONDITION),
	},
	{
		fact: '$filter: texts are compared without regard to case',
		source: ['guess'],
		questions: [named('Телефон контрагента'), named('ТЕЛЕФОН КОНТРАГЕНТА')],
		observe: ([exact, capitals]) => {
			if (rowsIn(exact).length === 0) return null;
			return rowsIn(capitals).length > 0 ? 'whatever the case' : 'in this case only';
		},
		expected: 'whatever the case',
		settles: {
			switch: 'stringsIgnoreCase',
			positions: { 'whatever the case': true, 'in this case only': false },
		},
	},
];
