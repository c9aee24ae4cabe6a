/** What the base refuses, under which status and with which code. */
import { isMap } from '../shape';
import {
	ATOM,
	CLIENT,
	get,
	GUIDE,
	instead,
	INVOICES,
	MARK,
	messageIn,
	NOTHING,
	NOWHERE,
	of,
	ORDERS,
	read,
	READING_PROBE,
	REFUSAL_PROBE,
	refusalCase,
	refusalIn,
	removed,
	textOf,
	TODAY,
	create,
	type BaseCase,
} from './baseCase';

type Reading = [fact: string, path: string, source: string, status: number, code: string];

const READINGS: Reading[] = [
	['A set that does not exist is refused', 'CatalogПоставщики', REFUSAL_PROBE, 404, '8'],
	['A key that leads nowhere is refused', `${ORDERS}(guid'${NOWHERE}')`, READING_PROBE, 404, '9'],
	['An unfinished $filter is refused', `${ORDERS}?$filter=Number eq`, READING_PROBE, 400, '14'],
	[
		'An unknown field in $filter is refused',
		`${ORDERS}?$filter=Нет eq 1`,
		REFUSAL_PROBE,
		400,
		'14',
	],
	[
		'A number against a text in $filter is refused',
		`${ORDERS}?$filter=Number eq 1`,
		REFUSAL_PROBE,
		400,
		'14',
	],
	['An unknown field in $select is refused', `${ORDERS}?$select=Нет`, READING_PROBE, 400, '6'],
	[
		'The presentation of an unknown field is refused',
		`${ORDERS}?$select=Нет____Presentation`,
		GUIDE,
		400,
		'6',
	],
	['An unknown field in $orderby is refused', `${ORDERS}?$orderby=Нет`, READING_PROBE, 400, '6'],
	['An unknown field in $expand is refused', `${ORDERS}?$expand=Нет`, READING_PROBE, 400, '6'],
	[
		'$expand of a column of a table is refused',
		`${ORDERS}?$expand=Товары/Номенклатура`,
		GUIDE,
		400,
		'6',
	],
	[
		'$expand of a composite field by a star is refused',
		'Document_РеализацияТоваровУслуг?$expand=Сделка/*',
		GUIDE,
		400,
		'6',
	],
	['An unknown option is refused', `${ORDERS}?$expan=Контрагент`, GUIDE, 400, '0'],
	['A document has no balance', `${ORDERS}/Balance()`, READING_PROBE, 400, '6'],
	[
		'A register of turnovers has no balance',
		'AccumulationRegister_Продажи/Balance()',
		GUIDE,
		400,
		'6',
	],
	[
		'A register of records has no slice on the set itself',
		'InformationRegister_ЦеныНоменклатуры/SliceLast()',
		READING_PROBE,
		400,
		'6',
	],
	['A text is no key', `${ORDERS}('abc')`, REFUSAL_PROBE, 400, '7'],
	['A representation that does not exist is refused', `${ORDERS}?$format=csv`, GUIDE, 406, '3'],
	[
		'A virtual table refuses an argument that is not its own',
		"AccumulationRegister_РасчетыСКонтрагентами/Turnovers(Period=datetime'2026-11-24T00:00:00')",
		GUIDE,
		400,
		'21',
	],
	[
		'A virtual table refuses an argument of another type',
		'AccumulationRegister_ЗаказыПокупателей/Balance(Period=1)',
		GUIDE,
		400,
		'21',
	],
	[
		'Dimensions name dimensions only',
		"AccumulationRegister_ЗаказыПокупателей/Balance(Dimensions='Нет')",
		GUIDE,
		400,
		'6',
	],
	[
		'A condition of a virtual table speaks of dimensions only',
		"AccumulationRegister_РасчетыСКонтрагентами/Balance(Condition='СуммаВзаиморасчетов gt 1')",
		GUIDE,
		400,
		'14',
	],
	[
		'A record is addressed by its whole key',
		"InformationRegister_КонтактнаяИнформация(Тип='Адрес')",
		GUIDE,
		400,
		'7',
	],
];

/** What other systems of OData have and 1C has not. */
const ABSENT = [
	'length(Number) eq 11',
	"indexof(Number,'1') eq 1",
	"replace(Number,'1','2') eq '2'",
	"tolower(Number) eq 'a'",
	"toupper(Number) eq 'A'",
	"trim(Number) eq 'a'",
	'years(Date) eq 2026',
	'floor(СуммаДокумента) eq 1',
	'ceiling(СуммаДокумента) eq 1',
	"Number in ('1')",
	"contains(Number,'1')",
];
const nameOf = (filter: string): string => /(\w+) ?\(/.exec(filter)?.[1] ?? filter;

/** Of a refusal to read, its text for a person. */
const textCase = (fact: string, path: string, source: string, text: string): BaseCase => ({
	fact,
	source: [source],
	questions: [get(path)],
	observe: ([answer]) => messageIn(answer),
	expected: text,
	reversed: instead(
		get(path),
		{ 'odata.error': { code: '0', message: { lang: 'ru', value: 'reversed' } } },
		400,
	),
});

/** A write that would make an order, were it accepted. */
const writingCase = (
	fact: string,
	source: string,
	body: unknown,
	status: number,
	code: string,
): BaseCase =>
	refusalCase({
		fact,
		source: [source],
		writes: true,
		question: create(ORDERS, body),
		status,
		code,
		accepted: { Ref_Key: NOTHING },
		undo: removed(ORDERS, of(0)),
	});

const order = (fields: object): object => ({ Date: TODAY, Комментарий: MARK, ...fields });

export const REFUSAL_CASES: BaseCase[] = [
	...READINGS.map(([fact, path, source, status, code]) =>
		refusalCase({ fact, source: [source], question: get(path), status, code }),
	),
	...ABSENT.map((filter) =>
		refusalCase({
			fact: `$filter has no ${nameOf(filter)}`,
			source: [GUIDE],
			question: read(ORDERS, `$filter=${filter}`),
			status: 400,
			code: '14',
		}),
	),
	textCase(
		'The refusal of a $filter names the option',
		`${ORDERS}?$filter=(`,
		READING_PROBE,
		'Ошибка при разборе опции запроса $filter',
	),
	textCase(
		'The refusal of a $select names the field',
		`${ORDERS}?$select=НетТакогоПоля`,
		READING_PROBE,
		'Сегмент пути НетТакогоПоля не найден!',
	),
	textCase(
		'The refusal of a virtual table says that there is no such method',
		`${ORDERS}/Turnovers()`,
		READING_PROBE,
		'Метод не найден',
	),
	textCase(
		'The refusal of a key names the object',
		`${INVOICES}(guid'${NOWHERE}')`,
		GUIDE,
		'Экземпляр сущности "СчетНаОплатуПокупателю" не найден по переданному ключу.',
	),
	{
		fact: 'A refusal is XML where JSON was not asked for',
		source: [GUIDE],
		questions: [get(`${ORDERS}(guid'${NOTHING}')`, ATOM)],
		observe: ([answer]) =>
			/<(m:)?error\b/.test(textOf(answer)) && /<(m:)?code>9</.test(textOf(answer))
				? 'XML with its code'
				: 'something else',
		expected: 'XML with its code',
		reversed: instead(get(`${ORDERS}(guid'${NOTHING}')`), { 'odata.error': { code: '9' } }, 404),
	},
	{
		fact: '$batch is refused, in XML even where JSON was asked for',
		source: [CLIENT],
		questions: [{ verb: 'POST', path: '$batch', body: {} }],
		observe: ([answer]) => {
			if (isMap(answer.body)) return `JSON, ${refusalIn(answer)}`;
			const code = /<(m:)?code>0</.test(textOf(answer)) ? 'with code 0' : 'without a code';
			return `${answer.status}, ${answer.headers['content-type']} ${code}`;
		},
		expected: '501, application/xml;charset=utf-8 with code 0',
		reversed: instead({ verb: 'POST', path: '$batch' }, { value: [] }),
	},
	{
		fact: 'A wrong password is refused by a page',
		source: [CLIENT],
		questions: [{ ...get(''), password: 'wrong' }],
		observe: ([answer]) => {
			if (isMap(answer.body)) return null;
			return `a page under ${answer.status}`;
		},
		expected: 'a page under 401',
		settles: {
			switch: 'badAuth',
			positions: { 'a page under 401': '401', 'a page under 200': 'html200' },
		},
	},
	refusalCase({
		fact: 'Rows of a table cannot be created by themselves',
		source: [GUIDE],
		writes: true,
		question: create(`${ORDERS}_Товары`, {}),
		status: 400,
		code: '13',
	}),
	refusalCase({
		fact: 'A method that a set does not have is refused',
		source: [GUIDE],
		writes: true,
		question: { verb: 'PUT', path: 'Catalog_Валюты', body: {} },
		status: 405,
		code: '19',
	}),
	writingCase(
		'A text instead of a reference is refused',
		REFUSAL_PROBE,
		order({ Организация_Key: 'ООО' }),
		400,
		'1',
	),
	writingCase(
		'A text instead of a flag is refused',
		REFUSAL_PROBE,
		order({ УчитыватьНДС: 'да' }),
		400,
		'1',
	),
	writingCase(
		'A date in another notation is refused',
		REFUSAL_PROBE,
		order({ Date: '24.11.2026' }),
		400,
		'1',
	),
	writingCase(
		'A list instead of a text is an internal error',
		REFUSAL_PROBE,
		order({ Комментарий: [MARK] }),
		500,
		'-1',
	),
	writingCase(
		'A composite field refuses a type that is not its own',
		GUIDE,
		order({ СкладГруппа: NOWHERE, СкладГруппа_Type: 'StandardODATA.Catalog_Контрагенты' }),
		400,
		'4',
	),
	writingCase('Broken JSON is an internal error', REFUSAL_PROBE, '{"Комментарий":', 500, '-1'),
];
