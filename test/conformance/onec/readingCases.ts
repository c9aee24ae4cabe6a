/** Lists, single objects, what is shown of them and in which form. */
import type { Answer, BaseQuestion } from '../contract';
import { isMap } from '../shape';
import {
	ATOM,
	bodyOf,
	changed,
	CLIENT,
	CONFIGURATION,
	EMPTY_LIST,
	firstOf,
	get,
	GUIDE,
	instead,
	isOk,
	listIn,
	NEWEST_ORDER,
	NOTHING,
	one,
	ORDERS,
	read,
	READING_PROBE,
	RECORDINGS,
	refusalOr,
	refused,
	rowsIn,
	SHIPMENTS,
	textOf,
	type BaseCase,
	type Row,
} from './baseCase';

const KINDS = 'Catalog_ВидыКонтактнойИнформации';
const REF = firstOf(0);
const THIS_ORDER = `$filter=Ref_Key eq guid'${REF}'`;

const named = (answer: Answer, name: string): unknown[] => rowsIn(answer).map((row) => row[name]);

const NONE = get(
	`Catalog_ДоговорыКонтрагентов/$count?$filter=IsFolder eq false and Ref_Key eq guid'${NOTHING}'`,
);
const OF_THIS_AGE = "$filter=Posted eq true and Date ge datetime'1980-01-01T00:00:00'";
const POSTED = get(`${ORDERS}/$count?${OF_THIS_AGE}`);
const POSTED_LIST = read(ORDERS, OF_THIS_AGE, '$top=1', '$inlinecount=allpages');
const ROOT = get('?$format=json');
const ONE_ORDER = one(ORDERS, REF);
const ONE_ROW = read(`${ORDERS}(guid'${REF}')/Товары`);
const ROWS = read(`${ORDERS}_Товары`, THIS_ORDER, '$orderby=LineNumber');
const ONE_VALUE = get(`${ORDERS}(guid'${REF}')/ДоговорКонтрагента/ВалютаВзаиморасчетов/Code`);

/** What of an order is shown for some options; null where the order lacks what they are about. */
interface Shown extends Pick<BaseCase, 'fact' | 'source' | 'expected' | 'reversed' | 'settles'> {
	set?: string;
	/** Of the newest documents, without options of its own. */
	options: string[];
	seen(row: Row): string | null;
}

const shownCase = ({ set = ORDERS, options, seen, reversed, ...rest }: Shown): BaseCase => {
	const question = read(set, ...options, '$orderby=Date desc', '$top=1');
	return {
		...rest,
		questions: [question],
		observe: ([answer]) => {
			const list = listIn(answer);
			if (!list) return refusalOr(answer, 'no list');
			return list.length === 0 ? null : seen(list[0]);
		},
		...(rest.settles ? {} : { reversed: reversed ?? instead(question, { value: [{}] }) }),
	};
};

const keysOf = (row: Row): string[] =>
	Object.keys(row).filter((name) => !name.includes('@') && !name.startsWith('odata.'));

const FIRST_TWO = read(KINDS, '$orderby=Code', '$top=2');
const SECOND = read(KINDS, '$orderby=Code', '$top=1', '$skip=1');
const LAST = read(KINDS, '$orderby=Code desc', '$top=1');
const COUNTED = read(KINDS, '$top=1', '$inlinecount=allpages');
const FIRST_CONTRACT = read('Catalog_ДоговорыКонтрагентов', '$filter=IsFolder eq false', '$top=1');
const BUYER = one('Catalog_Контрагенты', firstOf(0, 'Owner_Key'));

const isDetailed = (answer: Answer): string => {
	const body = bodyOf(answer);
	const has = [
		'odata.metadata' in body,
		Object.keys(body).some((name) => name.endsWith('@navigationLinkUrl')),
		'odata.type' in body,
	];
	return has.map((one) => (one ? 'yes' : 'no')).join(', ');
};
const detail = (name: string) =>
	get(`${ORDERS}(guid'${REF}')?$format=application/json;odata=${name}`);

const detailCase = (name: string, expected: string): BaseCase => ({
	fact: `odata=${name}: address of the metadata, links, type of the object, and its own content type`,
	source: [GUIDE],
	questions: [NEWEST_ORDER, detail(name)],
	observe: ([, answer]) => {
		const own = answer.headers['content-type']?.includes(`odata=${name};`)
			? ''
			: ', of another type';
		return refusalOr(answer, isDetailed(answer) + own);
	},
	expected,
	reversed: instead(detail(name), expected === 'no, no, no' ? { 'odata.metadata': '' } : {}),
});

const formCase = (accept: string, expected: string): BaseCase => {
	const question = get(`${KINDS}?$top=1`, accept);
	return {
		fact: `Accept: ${accept === '' ? 'nothing' : accept} is answered in ${expected}`,
		source: [GUIDE],
		questions: [question],
		observe: ([answer]) =>
			refusalOr(
				answer,
				isMap(answer.body) ? 'JSON' : /<feed\b/.test(textOf(answer)) ? 'atom' : '?',
			),
		expected,
		reversed: instead(question, expected === 'atom' ? EMPTY_LIST : '<feed/>'),
	};
};

const BY_TEXT = read(
	'InformationRegister_КонтактнаяИнформация',
	'$orderby=Представление',
	'$top=1',
);
const OPEN_KEY = get(`${ORDERS}(guid'${REF}'?$format=json`);
const SERVICE_DOCUMENT = get('', 'application/atomsvc+xml');
const NO_NAMESPACE = read(
	`AccumulationRegister_Продажи(Recorder='${NOTHING}', Recorder_Type='${SHIPMENTS}')`,
);
const UNFOLDED_SLICE = read(
	'InformationRegister_ЦеныНоменклатуры_RecordType/SliceLast()',
	'$select=Цена,Номенклатура/Code',
	'$expand=Номенклатура',
);

/** What looks like a mistake and was answered all the same. */
const acceptedCase = (fact: string, question: BaseQuestion): BaseCase => ({
	fact,
	source: [RECORDINGS],
	questions: [question],
	observe: ([answer]) => refusalOr(answer, 'accepted'),
	expected: 'accepted',
	reversed: refused(question),
});

export const READING_CASES: BaseCase[] = [
	{
		fact: 'The root of the service names its sets',
		source: [GUIDE],
		questions: [ROOT],
		observe: ([answer]) => {
			const names = named(answer, 'name');
			return names.includes(ORDERS) && names.includes(`${ORDERS}_Товары`)
				? 'sets and tables'
				: refusalOr(answer, 'something else');
		},
		expected: 'sets and tables',
		reversed: instead(ROOT, EMPTY_LIST),
	},
	{
		fact: 'A programmer has added an exchange plan for the link',
		source: [CONFIGURATION],
		questions: [ROOT],
		observe: ([answer]) => {
			const names = named(answer, 'name');
			if (names.length === 0) return null;
			return names.includes('ExchangePlan_ОбменСБитрикс24') ? 'added' : 'stock plans only';
		},
		expected: 'stock plans only',
		settles: { switch: 'ownExchangePlan', positions: { 'stock plans only': false, added: true } },
	},
	{
		fact: 'One object is brought by its key, with its tables',
		source: [GUIDE],
		questions: [NEWEST_ORDER, ONE_ORDER],
		observe: ([list, answer]) => {
			const { Ref_Key: ref, Товары: rows } = bodyOf(answer);
			return ref === rowsIn(list)[0].Ref_Key && Array.isArray(rows)
				? 'the object'
				: refusalOr(answer, 'something else');
		},
		expected: 'the object',
		reversed: instead(ONE_ORDER, EMPTY_LIST),
	},
	{
		fact: 'An item of a catalog is brought by its key',
		source: [GUIDE],
		questions: [FIRST_CONTRACT, BUYER],
		observe: ([list, answer]) =>
			bodyOf(answer).Ref_Key === rowsIn(list)[0].Owner_Key
				? 'the item'
				: refusalOr(answer, 'something else'),
		expected: 'the item',
		reversed: instead(BUYER, EMPTY_LIST),
	},
	{
		fact: 'A table of one object is a list',
		source: [GUIDE],
		questions: [NEWEST_ORDER, ONE_ROW],
		observe: ([list, answer]) => {
			const { Товары: rows } = rowsIn(list)[0];
			if (!Array.isArray(rows)) return null;
			return listIn(answer)?.length === rows.length ? 'its rows' : refusalOr(answer, 'other rows');
		},
		expected: 'its rows',
		reversed: refused(ONE_ROW),
	},
	{
		fact: 'Tables are sets of their own, ordered by the number of the line',
		source: [GUIDE, READING_PROBE],
		questions: [NEWEST_ORDER, ROWS],
		observe: ([list, answer]) => {
			const { Товары: rows } = rowsIn(list)[0];
			if (!Array.isArray(rows) || rows.length === 0) return null;
			const numbers = named(answer, 'LineNumber');
			const own = rows.map((_, index) => String(index + 1));
			return JSON.stringify(numbers) === JSON.stringify(own)
				? 'lines from 1 on, as texts'
				: refusalOr(answer, 'something else');
		},
		expected: 'lines from 1 on, as texts',
		reversed: changed(ROWS, ({ value }) => ({
			value: (value as Row[]).map((row) => ({ ...row, LineNumber: Number(row.LineNumber) })),
		})),
	},
	{
		fact: 'A path leads along references to a value',
		source: [GUIDE],
		questions: [NEWEST_ORDER, ONE_VALUE],
		observe: ([, answer]) =>
			typeof bodyOf(answer).value === 'string' ? 'a value' : refusalOr(answer, 'no value'),
		expected: 'a value',
		reversed: instead(ONE_VALUE, { Code: '643' }),
	},
	{
		fact: '$skip goes before $top',
		source: [GUIDE],
		questions: [FIRST_TWO, SECOND],
		observe: ([two, second]) => {
			if (rowsIn(two).length < 2) return null;
			return named(second, 'Code')[0] === named(two, 'Code')[1] ? 'the second row' : 'another row';
		},
		expected: 'the second row',
		reversed: instead(SECOND, EMPTY_LIST),
	},
	{
		fact: '$orderby takes a direction',
		source: [GUIDE],
		questions: [FIRST_TWO, LAST],
		observe: ([two, last]) => {
			if (rowsIn(two).length < 2) return null;
			return String(named(last, 'Code')[0]) > String(named(two, 'Code')[1])
				? 'the last row'
				: 'another row';
		},
		expected: 'the last row',
		reversed: changed(LAST, () => ({ value: [{ Code: '' }] })),
	},
	{
		fact: '$orderby takes several fields',
		source: [GUIDE],
		questions: [read(ORDERS, '$orderby=Date,Ref_Key', '$top=5')],
		observe: ([answer]) => {
			const dates = named(answer, 'Date').map(String);
			if (dates.length < 2) return isOk(answer) ? null : refusalOr(answer, '');
			return dates.every((date, index) => index === 0 || dates[index - 1] <= date)
				? 'in order'
				: 'out of order';
		},
		expected: 'in order',
		reversed: changed(read(ORDERS, '$orderby=Date,Ref_Key', '$top=5'), ({ value }) => ({
			value: [...(value as Row[])].reverse(),
		})),
	},
	{
		fact: '$inlinecount counts in a text, what $top leaves out too',
		source: [GUIDE, READING_PROBE],
		questions: [COUNTED],
		observe: ([answer]) => {
			const count = bodyOf(answer)['odata.count'];
			return typeof count === 'string' && Number(count) > 1
				? 'all rows, as a text'
				: refusalOr(answer, `${typeof count} ${String(count)}`);
		},
		expected: 'all rows, as a text',
		reversed: changed(COUNTED, (body) => ({ ...body, 'odata.count': 1 })),
	},
	{
		fact: '$inlinecount leaves $top alone',
		source: ['guess'],
		questions: [COUNTED],
		observe: ([answer]) => {
			if (!(Number(bodyOf(answer)['odata.count']) > 1)) return null;
			return rowsIn(answer).length === 1 ? 'one row' : 'every row';
		},
		expected: 'one row',
		settles: {
			switch: 'inlineCountIgnoresTop',
			positions: { 'one row': false, 'every row': true },
		},
	},
	{
		fact: '/$count is a bare number',
		source: [CLIENT],
		questions: [get(`${KINDS}/$count`), COUNTED],
		observe: ([answer, counted]) => {
			if (!isOk(answer)) return refusalOr(answer, '');
			return String(answer.body) === bodyOf(counted)['odata.count']
				? 'the number of rows'
				: 'something else';
		},
		expected: 'the number of rows',
		reversed: instead(get(`${KINDS}/$count`), { value: 1 }),
	},
	{
		fact: '/$count counts what a $filter lets through',
		source: [CLIENT],
		questions: [NONE],
		observe: ([answer]) => refusalOr(answer, textOf(answer)),
		expected: '0',
		reversed: instead(NONE, '7'),
	},
	{
		fact: '/$count and $inlinecount agree on the documents that a $filter lets through',
		source: [CLIENT],
		questions: [POSTED, POSTED_LIST],
		observe: ([answer, counted]) => {
			if (!isOk(answer)) return refusalOr(answer, '');
			return textOf(answer) === bodyOf(counted)['odata.count']
				? 'the same number'
				: 'another number';
		},
		expected: 'the same number',
		reversed: instead(POSTED, '-1'),
	},
	shownCase({
		fact: '$select shows what it names and nothing else',
		source: [GUIDE],
		options: ['$select=Number,Date'],
		seen: (row) => keysOf(row).sort().join(', '),
		expected: 'Date, Number',
	}),
	shownCase({
		fact: '$select shows columns of a table',
		source: [GUIDE],
		options: ['$select=Number,Товары/Цена'],
		seen: ({ Товары: rows }) => {
			if (!Array.isArray(rows)) return 'no table';
			if (rows.length === 0) return null;
			return [...new Set((rows as Row[]).flatMap(keysOf))].join(', ');
		},
		expected: 'Цена',
	}),
	shownCase({
		fact: '$select=* shows tables and no presentations',
		source: [GUIDE],
		options: ['$select=*'],
		seen: (row) =>
			`${Array.isArray(row.Товары) ? 'tables' : 'no tables'}, ${
				Object.keys(row).some((name) => name.includes('Presentation')) ? '' : 'no '
			}presentations`,
		expected: 'tables, no presentations',
	}),
	shownCase({
		fact: '$select=** leaves tables out',
		source: [GUIDE],
		options: ['$select=**'],
		seen: (row) =>
			row.Number === undefined ? 'nothing' : 'Товары' in row ? 'tables' : 'no tables',
		expected: 'no tables',
	}),
	shownCase({
		fact: 'Presentations are shown to those who name them',
		source: [GUIDE],
		options: ['$select=Presentation,Контрагент____Presentation,Posted____Presentation'],
		seen: (row) =>
			['Presentation', 'Контрагент____Presentation', 'Posted____Presentation']
				.map((name) => typeof row[name])
				.join(', '),
		expected: 'string, string, string',
	}),
	shownCase({
		fact: '$expand without $select has no effect',
		source: [READING_PROBE],
		options: ['$expand=Контрагент'],
		seen: (row) => (isMap(row.Контрагент) ? 'unfolded' : 'folded'),
		expected: 'folded',
		reversed: changed(read(ORDERS, '$expand=Контрагент', '$orderby=Date desc', '$top=1'), () => ({
			value: [{ Контрагент: {} }],
		})),
	}),
	shownCase({
		fact: '$select behind a reference without $expand has no effect',
		source: [READING_PROBE],
		options: ['$select=Number,Контрагент/ИНН'],
		seen: (row) => (isMap(row.Контрагент) ? 'unfolded' : 'folded'),
		expected: 'folded',
		reversed: changed(
			read(ORDERS, '$select=Number,Контрагент/ИНН', '$orderby=Date desc', '$top=1'),
			() => ({ value: [{ Контрагент: {} }] }),
		),
	}),
	shownCase({
		fact: '$expand and $select together unfold a reference',
		source: [READING_PROBE],
		options: [
			'$select=Number,Контрагент/ИНН',
			'$expand=Контрагент',
			`$filter=Контрагент_Key ne guid'${NOTHING}'`,
		],
		seen: ({ Контрагент: buyer }) => (isMap(buyer) ? 'unfolded' : 'folded'),
		expected: 'unfolded',
		settles: { switch: 'expands', positions: { unfolded: true, folded: false } },
	}),
	shownCase({
		fact: '$expand=* unfolds what $select names',
		source: [GUIDE],
		options: ['$select=Number,Контрагент/ИНН,Организация/Префикс', '$expand=*'],
		seen: (row) => [row.Контрагент, row.Организация].filter(isMap).length.toString(),
		expected: '2',
	}),
	shownCase({
		fact: '$expand unfolds what is behind a reference',
		source: [GUIDE],
		options: [
			'$select=Number,ДоговорКонтрагента/Code,ДоговорКонтрагента/Организация/Префикс',
			'$expand=ДоговорКонтрагента/Организация',
		],
		seen: ({ ДоговорКонтрагента: contract }) =>
			isMap(contract) && isMap(contract.Организация) ? 'both' : 'not both',
		expected: 'both',
	}),
	shownCase({
		fact: '$expand unfolds a composite of the type that it names',
		source: [GUIDE],
		set: SHIPMENTS,
		options: [
			`$select=Сделка/${ORDERS}/Number`,
			`$expand=Сделка/${ORDERS}`,
			`$filter=isof(Сделка,'${ORDERS}')`,
		],
		seen: ({ Сделка_Expanded: deal }) => (isMap(deal) ? keysOf(deal).join(', ') : 'folded'),
		expected: 'Number',
	}),
	shownCase({
		fact: '$expand leaves a composite of another type folded',
		source: [GUIDE],
		set: SHIPMENTS,
		options: [
			'$select=Сделка/Document_СчетНаОплатуПокупателю/Number',
			'$expand=Сделка/Document_СчетНаОплатуПокупателю',
			`$filter=isof(Сделка,'${ORDERS}')`,
		],
		seen: ({ Сделка_Expanded: deal }) => (isMap(deal) ? 'unfolded' : 'folded'),
		expected: 'folded',
		reversed: changed(
			read(
				SHIPMENTS,
				'$select=Сделка/Document_СчетНаОплатуПокупателю/Number',
				'$expand=Сделка/Document_СчетНаОплатуПокупателю',
				`$filter=isof(Сделка,'${ORDERS}')`,
				'$orderby=Date desc',
				'$top=1',
			),
			() => ({ value: [{ Сделка_Expanded: {} }] }),
		),
	}),
	shownCase({
		fact: '$expand unfolds a composite of whatever type it has',
		source: [GUIDE],
		set: SHIPMENTS,
		options: ['$select=Сделка', '$expand=Сделка', `$filter=isof(Сделка,'${ORDERS}')`],
		seen: ({ Сделка: ref, Сделка_Expanded: deal }) =>
			isMap(deal) && deal.Ref_Key === ref ? 'unfolded' : 'folded',
		expected: 'unfolded',
	}),
	{
		fact: '$expand has no effect on a single object',
		source: [READING_PROBE],
		questions: [NEWEST_ORDER, read(`${ORDERS}(guid'${REF}')`, '$expand=Контрагент')],
		observe: ([, answer]) =>
			refusalOr(answer, isMap(bodyOf(answer).Контрагент) ? 'unfolded' : 'folded'),
		expected: 'folded',
		reversed: instead(read(`${ORDERS}(guid'${REF}')`, '$expand=Контрагент'), { Контрагент: {} }),
	},
	{
		fact: '$expand brings the owner of a contract along',
		source: [GUIDE],
		questions: [
			FIRST_CONTRACT,
			read(
				'Catalog_ДоговорыКонтрагентов',
				`$filter=Ref_Key eq guid'${REF}'`,
				'$select=Ref_Key,Owner/Description',
				'$expand=Owner',
			),
		],
		observe: ([, answer]) => {
			const [row] = rowsIn(answer);
			return row && isMap(row.Owner) ? 'with its owner' : refusalOr(answer, 'without its owner');
		},
		expected: 'with its owner',
		reversed: instead(
			read(
				'Catalog_ДоговорыКонтрагентов',
				`$filter=Ref_Key eq guid'${REF}'`,
				'$select=Ref_Key,Owner/Description',
				'$expand=Owner',
			),
			{ value: [{}] },
		),
	},
	formCase('', 'atom'),
	formCase('*/*', 'atom'),
	formCase(ATOM, 'atom'),
	formCase('application/json', 'JSON'),
	{
		fact: '$orderby: a text of unlimited length is no order',
		source: [RECORDINGS, 'guess'],
		questions: [BY_TEXT],
		observe: ([answer]) => refusalOr(answer, 'ordered'),
		expected: 'refused with 500 and code -1',
		settles: {
			switch: 'unlimitedStrings',
			positions: { 'refused with 500 and code -1': 'refused', ordered: 'compared' },
		},
	},
	acceptedCase(
		'$orderby: sets of records take a field that only their records have',
		get('AccumulationRegister_Продажи?$orderby=Period&$top=1'),
	),
	acceptedCase('An empty $select selects everything', get(`${KINDS}?$select=&$top=1`)),
	{
		fact: 'A key need not be closed',
		source: [RECORDINGS],
		questions: [NEWEST_ORDER, OPEN_KEY],
		observe: ([, answer]) => refusalOr(answer, 'accepted'),
		expected: 'accepted',
		reversed: refused(OPEN_KEY),
	},
	acceptedCase(
		'The root is brought to those who accept a service document alone',
		SERVICE_DOCUMENT,
	),
	{
		fact: 'The composite part of a key needs the namespace of its type',
		source: [RECORDINGS],
		questions: [NO_NAMESPACE],
		observe: ([answer]) => refusalOr(answer, 'accepted'),
		expected: 'refused with 400 and code 4',
		reversed: instead(NO_NAMESPACE, { RecordSet: [] }),
	},
	{
		fact: 'A slice unfolds no references',
		source: [RECORDINGS],
		questions: [UNFOLDED_SLICE],
		observe: ([answer]) => refusalOr(answer, 'unfolded'),
		expected: 'refused with 400 and code 6',
		reversed: instead(UNFOLDED_SLICE, EMPTY_LIST),
	},
	{
		fact: 'IBSession: start is answered with nothing',
		source: [READING_PROBE],
		questions: [{ ...read('Catalog_Валюты', '$top=1'), headers: { IBSession: 'start' } }],
		observe: ([answer]) =>
			/ibsession=/i.test(answer.headers['set-cookie'] ?? '') ? 'a cookie' : 'nothing',
		expected: 'nothing',
		settles: { switch: 'ibSession', positions: { nothing: 'ignored', 'a cookie': 'cookie' } },
		undo: [
			{
				...read('Catalog_Валюты', '$top=1'),
				headers: { IBSession: 'finish', Cookie: '{0.headers.set-cookie}' },
			},
		],
	},
	{
		fact: '$format goes before Accept',
		source: [GUIDE],
		questions: [get(`${KINDS}?$top=1&$format=atom`, 'application/json')],
		observe: ([answer]) =>
			isMap(answer.body) ? 'JSON' : /<feed\b/.test(textOf(answer)) ? 'atom' : '?',
		expected: 'atom',
		reversed: instead(get(`${KINDS}?$top=1&$format=atom`), EMPTY_LIST),
	},
	{
		fact: 'A list is of the type application/json;odata=minimalmetadata',
		source: [GUIDE],
		questions: [get(`${KINDS}?$top=1&$format=json`)],
		observe: ([answer]) => answer.headers['content-type'] ?? 'none',
		expected: 'application/json;odata=minimalmetadata;charset=utf-8',
		reversed: {
			isAbout: ({ path }) => path === `${KINDS}?$top=1&$format=json`,
			answer: (answer) => ({ ...answer, headers: { 'content-type': 'application/json' } }),
		},
	},
	detailCase('nometadata', 'no, no, no'),
	detailCase('minimalmetadata', 'yes, yes, no'),
	detailCase('fullmetadata', 'yes, yes, yes'),
	{
		fact: 'An empty reference has no link',
		source: [GUIDE],
		questions: [NEWEST_ORDER],
		observe: ([answer]) => {
			const [row] = rowsIn(answer);
			const keys = Object.keys(row ?? {}).filter((name) => name.endsWith('_Key'));
			const empty = keys.filter((name) => row[name] === NOTHING);
			const filled = keys.filter((name) => row[name] !== NOTHING && name !== 'Ref_Key');
			const linked = (name: string): boolean => `${name.slice(0, -4)}@navigationLinkUrl` in row;
			if (empty.length === 0 || filled.length === 0) return null;
			if (!filled.every(linked)) return 'filled ones have none either';
			return empty.some(linked) ? 'empty ones have a link' : 'filled ones only';
		},
		expected: 'filled ones only',
		reversed: changed(NEWEST_ORDER, ({ value }) => ({
			value: (value as Row[]).map((row) =>
				Object.fromEntries(Object.entries(row).filter(([name]) => !name.includes('@'))),
			),
		})),
	},
	{
		fact: 'The list names the set that it is of',
		source: [GUIDE],
		questions: [NEWEST_ORDER],
		observe: ([answer]) =>
			String(bodyOf(answer)['odata.metadata']).endsWith(`/$metadata#${ORDERS}`)
				? 'its set'
				: refusalOr(answer, 'something else'),
		expected: 'its set',
		reversed: changed(NEWEST_ORDER, ({ value }) => ({ value })),
	},
	{
		fact: 'In atom an object is an entry with its address, category, links and properties',
		source: [RECORDINGS, GUIDE],
		questions: [NEWEST_ORDER, get(`${ORDERS}?${THIS_ORDER}&$inlinecount=allpages`, ATOM)],
		observe: ([list, answer]) => {
			const ref = String(rowsIn(list)[0].Ref_Key);
			const missing = atomParts(ref).filter((part) => !textOf(answer).includes(part));
			return missing.length === 0
				? 'as recorded'
				: refusalOr(answer, `without ${missing.join(' ')}`);
		},
		expected: 'as recorded',
		reversed: instead(get(`${ORDERS}?${THIS_ORDER}&$inlinecount=allpages`), '<feed/>'),
	},
];

const atomParts = (ref: string): string[] => [
	'<feed xmlns="http://www.w3.org/2005/Atom"',
	'xmlns:at="http://purl.org/atompub/tombstones/1.0"',
	`${ORDERS}(guid'${ref}')</id>`,
	`<category term="StandardODATA.${ORDERS}" scheme="http://schemas.microsoft.com/ado/2007/08/dataservices/scheme"/>`,
	'<title type="text"/>',
	'<author/>',
	'<summary/>',
	`href="${ORDERS}(guid'${ref}')/Контрагент" type="application/atom+xml;type=entry;charset=utf-8" title="Контрагент"/>`,
	`<link rel="edit" href="${ORDERS}(guid'${ref}')" title="edit-link"/>`,
	`<d:Ref_Key>${ref}</d:Ref_Key>`,
	`<d:Товары m:type="Collection(StandardODATA.${ORDERS}_Товары_RowType)">`,
	`<d:element m:type="StandardODATA.${ORDERS}_Товары_RowType">`,
	'<m:count>1</m:count>',
];
