/** Registers: sets of records, single records, and virtual tables with their conditions. */
import type { Answer, BaseQuestion } from '../contract';
import {
	CONFIGURATION,
	EMPTY_LIST,
	firstOf,
	get,
	GUIDE,
	instead,
	listIn,
	NEWEST_ORDER,
	ORDERS,
	read,
	READING_PROBE,
	RECORDINGS,
	refusalOr,
	rowsIn,
	bodyOf,
	type BaseCase,
} from './baseCase';

const REGISTER = 'AccumulationRegister_ЗаказыПокупателей';
const SETTLEMENTS = 'AccumulationRegister_РасчетыСКонтрагентами';
const REF = firstOf(0);

const CONDITION = `ЗаказПокупателя_Key eq guid'${REF}'`;
const DOUBLED = CONDITION.replaceAll("'", "''");

/** Keys of the first row; null where there is none. */
const fieldsOf = (answer: Answer): string | null => {
	const list = listIn(answer);
	if (!list) return refusalOr(answer, 'no list');
	if (list.length === 0) return null;
	return Object.keys(list[0])
		.filter((name) => !name.includes('@') && !name.startsWith('odata.'))
		.sort()
		.join(' ');
};

const tableCase = (
	fact: string,
	question: BaseQuestion,
	fields: string,
	before: BaseQuestion = NEWEST_ORDER,
): BaseCase => ({
	fact,
	source: [GUIDE, RECORDINGS],
	questions: [before, question],
	observe: ([, answer]) => fieldsOf(answer),
	expected: fields.split(' ').sort().join(' '),
	reversed: instead(question, { value: [{}] }),
});

const SUMS = (...endings: string[]): string =>
	endings
		.flatMap((ending) =>
			['Количество', 'СуммаВзаиморасчетов', 'СуммаУпр'].map((name) => `${name}${ending}`),
		)
		.join(' ');

const MOVEMENTS = ['Turnover', 'Receipt', 'Expense'];
const ONE_PRICE = read('InformationRegister_ЦеныНоменклатуры_RecordType', '$top=1');
const PRICE_OF = `Номенклатура_Key eq guid'${firstOf(0, 'Номенклатура_Key')}'`;
const PRICES = read(
	'InformationRegister_ЦеныНоменклатуры_RecordType/SliceLast',
	`Condition=${PRICE_OF}`,
);
const FIRST_PRICES = read(
	'InformationRegister_ЦеныНоменклатуры_RecordType/SliceFirst',
	`Condition=${PRICE_OF}`,
);
const ONE_RATE = read('InformationRegister_КурсыВалют', '$top=1');
const RATE_OF = `Валюта_Key eq guid'${firstOf(0, 'Валюта_Key')}'`;
const RATES = read('InformationRegister_КурсыВалют/SliceLast', `Condition=${RATE_OF}`);
const RATES_BEFORE = read(
	'InformationRegister_КурсыВалют/SliceLast',
	`Condition=${RATE_OF}`,
	"Period=datetime'1980-01-01T00:00:00'",
);

const ONE_RECORD = read(`${REGISTER}_RecordType`, '$orderby=Period desc', '$top=1');
const recorder = `Recorder='${firstOf(0, 'Recorder')}', Recorder_Type='${firstOf(0, 'Recorder_Type')}'`;
const RECORD_SET = get(`${REGISTER}(${recorder})?$format=json`);
const RECORDS_OF_ORDER = read(
	`${REGISTER}_RecordType`,
	`$filter=${CONDITION}`,
	'$select=Recorder,Recorder_Type,Period,RecordType,Количество',
	'$orderby=Period',
);

const BALANCE = read(`${REGISTER}/Balance`, `Condition=${CONDITION}`, 'Dimensions=ЗаказПокупателя');
const BALANCE_BEFORE = read(
	`${REGISTER}/Balance`,
	`Condition=${CONDITION}`,
	'Dimensions=ЗаказПокупателя',
	"Period=datetime'1980-01-01T00:00:00'",
);
const SALES = read(
	'AccumulationRegister_Продажи/Turnovers',
	'Dimensions=Контрагент',
	`Condition=Контрагент_Key eq guid'${firstOf(0, 'Контрагент_Key')}'`,
);
const ONE_SALE = read('AccumulationRegister_Продажи_RecordType', '$top=1');
const NO_SALES = read(
	'AccumulationRegister_Продажи/Turnovers',
	'Dimensions=Контрагент',
	"StartPeriod=datetime'1980-01-01T00:00:00'",
	"EndPeriod=datetime'1980-01-02T00:00:00'",
);
const DEAL = `Сделка eq cast(guid'${REF}','${ORDERS}')`;
const OF_DEAL = read(`${SETTLEMENTS}/Balance`, `Condition=${DEAL}`, 'Dimensions=Сделка');

const CONTACTS = read(
	'InformationRegister_КонтактнаяИнформация',
	"$filter=cast(Объект,'Catalog_Контрагенты')/Code ge '0'",
	'$select=Объект,Объект_Type,Тип,Вид,Вид_Type,Представление',
	'$orderby=Объект,Тип,Вид',
	'$top=1',
);

export const REGISTER_CASES: BaseCase[] = [
	tableCase(
		'Balance takes its arguments in the query, and has the dimensions that were asked for',
		BALANCE,
		`ЗаказПокупателя_Key ${SUMS('Balance')}`,
	),
	tableCase(
		'Balance takes its arguments in parentheses, with the quotes of a condition doubled',
		read(`${REGISTER}/Balance(Condition='${DOUBLED}',Dimensions='ЗаказПокупателя')`),
		`ЗаказПокупателя_Key ${SUMS('Balance')}`,
	),
	tableCase(
		'Balance by a composite dimension has its type',
		OF_DEAL,
		'Сделка Сделка_Type СуммаВзаиморасчетовBalance СуммаУпрBalance',
	),
	tableCase(
		'Turnovers has turnover, receipt and expense of every resource',
		read(`${REGISTER}/Turnovers`, `Condition=${CONDITION}`, 'Dimensions=ЗаказПокупателя'),
		`ЗаказПокупателя_Key ${SUMS(...MOVEMENTS)}`,
	),
	tableCase(
		'BalanceAndTurnovers has both ends and what lies between them',
		read(`${REGISTER}/BalanceAndTurnovers`, `Condition=${CONDITION}`, 'Dimensions=ЗаказПокупателя'),
		`ЗаказПокупателя_Key ${SUMS('OpeningBalance', ...MOVEMENTS, 'ClosingBalance')}`,
	),
	tableCase(
		'A register of turnovers has a turnover of every resource, and neither receipt nor expense',
		SALES,
		'Контрагент_Key КоличествоTurnover СтоимостьTurnover СтоимостьБезСкидокTurnover НДСTurnover',
		ONE_SALE,
	),
	{
		fact: 'A balance at a moment leaves out what came later',
		source: [GUIDE],
		questions: [NEWEST_ORDER, BALANCE, BALANCE_BEFORE],
		observe: ([, now, before]) => {
			if (rowsIn(now).length === 0) return null;
			return refusalOr(before, String(listIn(before)?.length ?? 'no list'));
		},
		expected: '0',
		reversed: instead(BALANCE_BEFORE, { value: [{}] }),
	},
	{
		fact: 'Turnovers of a period leave out what is outside of it',
		source: [GUIDE],
		questions: [ONE_SALE, NO_SALES],
		observe: ([any, answer]) => {
			if (rowsIn(any).length === 0) return null;
			return refusalOr(answer, String(listIn(answer)?.length ?? 'no list'));
		},
		expected: '0',
		reversed: instead(NO_SALES, { value: [{}] }),
	},
	{
		fact: 'Of records that documents make, the slice is on the records',
		source: [READING_PROBE],
		questions: [ONE_PRICE, PRICES],
		observe: ([one, answer]) => {
			const [wanted] = rowsIn(one);
			const found = rowsIn(answer);
			return found.length > 0 &&
				found.every(({ Номенклатура_Key: ref }) => ref === wanted.Номенклатура_Key)
				? 'prices of the product'
				: refusalOr(answer, 'something else');
		},
		expected: 'prices of the product',
		reversed: instead(PRICES, EMPTY_LIST),
	},
	{
		fact: 'A slice has one price of a kind, the last one',
		source: [GUIDE],
		questions: [ONE_PRICE, PRICES, FIRST_PRICES],
		observe: ([, last, first]) => {
			const kinds = rowsIn(last).map(
				({ ТипЦен_Key: kind, ХарактеристикаНоменклатуры_Key: detail }) => `${kind} ${detail}`,
			);
			if (kinds.length === 0) return refusalOr(last, 'none');
			if (new Set(kinds).size < kinds.length) return 'several of a kind';
			const newest = Math.max(...rowsIn(last).map(({ Period }) => Date.parse(String(Period))));
			return rowsIn(first).every(({ Period }) => Date.parse(String(Period)) <= newest)
				? 'the last of each'
				: 'an older one';
		},
		expected: 'the last of each',
		reversed: instead(PRICES, { value: [{}, {}] }),
	},
	{
		fact: 'Of independent records, the slice is on the set',
		source: [READING_PROBE],
		questions: [ONE_RATE, RATES, RATES_BEFORE],
		observe: ([, now, before]) =>
			refusalOr(now, `${rowsIn(now).length}, before ${rowsIn(before).length}`),
		expected: '1, before 0',
		reversed: instead(RATES_BEFORE, { value: [{}] }),
	},
	{
		fact: 'An independent record is addressed by its period and dimensions',
		source: [READING_PROBE],
		questions: [
			ONE_RATE,
			get(
				`InformationRegister_КурсыВалют(Period=datetime'${firstOf(0, 'Period')}', Валюта_Key=guid'${firstOf(0, 'Валюта_Key')}')?$format=json`,
			),
		],
		observe: ([one, answer]) =>
			bodyOf(answer).Курс === rowsIn(one)[0].Курс ? 'the record' : refusalOr(answer, 'another'),
		expected: 'the record',
		reversed: instead(
			get(
				`InformationRegister_КурсыВалют(Period=datetime'${firstOf(0, 'Period')}', Валюта_Key=guid'${firstOf(0, 'Валюта_Key')}')?$format=json`,
			),
			EMPTY_LIST,
		),
	},
	{
		fact: 'Records of a document are a set, addressed by the document and its type',
		source: [READING_PROBE, RECORDINGS],
		questions: [ONE_RECORD, RECORD_SET],
		observe: ([, answer]) => {
			const { RecordSet: rows } = bodyOf(answer);
			return Array.isArray(rows) && rows.length > 0 ? 'its records' : refusalOr(answer, 'none');
		},
		expected: 'its records',
		reversed: instead(RECORD_SET, { RecordSet: [] }),
	},
	{
		fact: 'Single records are filtered by a dimension and ordered by the moment',
		source: [GUIDE],
		questions: [NEWEST_ORDER, RECORDS_OF_ORDER],
		observe: ([, answer]) => {
			const records = rowsIn(answer);
			if (records.length === 0) return listIn(answer) ? null : refusalOr(answer, 'no list');
			const first = records[0];
			return first.RecordType === 'Receipt' && first.Recorder_Type === `StandardODATA.${ORDERS}`
				? 'the receipt of the order'
				: 'another record';
		},
		expected: 'the receipt of the order',
		reversed: instead(RECORDS_OF_ORDER, { value: [{ RecordType: 0 }] }),
	},
	{
		fact: 'Phones and addresses are records about an object, under a kind or a word',
		source: [CONFIGURATION],
		questions: [CONTACTS],
		observe: ([answer]) => {
			const [row] = rowsIn(answer);
			if (!row) return listIn(answer) ? null : refusalOr(answer, 'no list');
			const kinds = ['StandardODATA.Catalog_ВидыКонтактнойИнформации', 'Edm.String'];
			return row.Объект_Type === 'StandardODATA.Catalog_Контрагенты' &&
				kinds.includes(String(row.Вид_Type))
				? 'about a counterparty'
				: 'something else';
		},
		expected: 'about a counterparty',
		reversed: instead(CONTACTS, { value: [{ Объект_Type: 'Edm.Guid' }] }),
	},
];
