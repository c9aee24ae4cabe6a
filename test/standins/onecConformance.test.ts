/**
 * Recorded facts about real bases, one a row, each with the mark of its source in reference 1c-ut103.md: DOC is the
 * documentation of the interface (17.4), LIVE-R, LIVE-H and LIVE-O are live bases, CFG is the configuration 10.3.88.3,
 * REC a recorded answer. What nobody has recorded is a switch and is tested in both positions elsewhere.
 */
import { XMLParser } from 'fast-xml-parser';

import {
	Caller,
	castOf,
	codeOf,
	order,
	orderBody,
	postedOrder,
	textOf,
	type Cast,
	type Row,
} from './onecCaller';

const GHOST = '11111111-2222-3333-4444-555555555555';
const EMPTY = '00000000-0000-0000-0000-000000000000';

let caller: Caller;
let who: Cast;
let ref: string;

beforeAll(async () => {
	caller = await Caller.open();
	who = castOf(caller.base);
	ref = await postedOrder(caller, who, {
		Комментарий: "B24-7 O'Hara",
		Date: '2026-11-20T10:30:15',
	});
	caller.base.storekeeper.ships({ order: ref, lines: [{ product: who.chair, quantity: 4 }] });
});
afterAll(() => caller.close());

const ORDERS = 'Document_ЗаказПокупателя';

describe('refusals', () => {
	type Refusal = [fact: string, method: string, path: () => string, status: number, code: string];
	const refusals: Refusal[] = [
		['unknown set [LIVE-R P7]', 'GET', () => 'CatalogПоставщики', 404, '8'],
		['instance not found [LIVE-R P4]', 'GET', () => order(GHOST), 404, '9'],
		['bad $filter [LIVE-R P4]', 'GET', () => `${ORDERS}?$filter=Number eq`, 400, '14'],
		['unknown field in $select [LIVE-R P4]', 'GET', () => `${ORDERS}?$select=Нет`, 400, '6'],
		['unknown field in $orderby [LIVE-R P4]', 'GET', () => `${ORDERS}?$orderby=Нет`, 400, '6'],
		['unknown field in $expand [LIVE-R P4]', 'GET', () => `${ORDERS}?$expand=Нет`, 400, '6'],
		['unknown option [listing 1.130]', 'GET', () => `${ORDERS}?$expan=Контрагент`, 400, '0'],
		['a table the register has not [LIVE-R P4]', 'GET', () => `${ORDERS}/Balance()`, 400, '6'],
		[
			'Balance of turnovers [listing 1.132]',
			'GET',
			() => 'AccumulationRegister_Продажи/Balance()',
			400,
			'6',
		],
		['a key of strings [LIVE-R P7]', 'GET', () => `${ORDERS}('abc')`, 400, '7'],
		['rows are read only [DOC]', 'POST', () => `${ORDERS}_Товары`, 400, '13'],
		['a method out of place [DOC]', 'DELETE', () => ORDERS, 405, '19'],
		['a representation nobody has [DOC]', 'GET', () => `${ORDERS}?$format=csv`, 406, '3'],
		[
			'a function with a wrong argument [DOC]',
			'GET',
			() => 'AccumulationRegister_ЗаказыПокупателей/Balance(Period=1)',
			400,
			'21',
		],
		['an incomplete PUT [DOC]', 'PUT', () => order(ref), 400, '5'],
	];
	it.each(refusals)('%s', async (_fact, method, path, status, code) => {
		const response = await caller.client.request({ method, url: encodeURI(path()), data: {} });
		expect([response.status, codeOf(response)]).toEqual([status, code]);
		expect(response.data['odata.error'].message).toEqual({
			lang: 'ru',
			value: expect.stringMatching(/\S/),
		});
	});

	const texts: Array<[fact: string, path: string, text: string]> = [
		['[LIVE-R P4]', `${ORDERS}?$filter=(`, 'Ошибка при разборе опции запроса $filter'],
		['[LIVE-R P4]', `${ORDERS}?$select=НетТакогоПоля`, 'Сегмент пути НетТакогоПоля не найден!'],
		['[LIVE-R P4]', `${ORDERS}/Balance()`, 'Метод не найден'],
		[
			'[DOC 17.4.10]',
			`${ORDERS}(guid'${GHOST}')`,
			'Экземпляр сущности "ЗаказПокупателя" не найден по переданному ключу.',
		],
	];
	it.each(texts)('say %s: %s', async (_fact, path, text) => {
		expect(textOf(await caller.get(path))).toBe(text);
	});

	it('are XML for those who did not ask for JSON [DOC 17.4.10]', async () => {
		const response = await caller.atom(order(GHOST));
		const { error } = new XMLParser({ removeNSPrefix: true }).parse(String(response.data)) as {
			error: { code: number; message: string };
		};
		expect([response.status, error.code]).toEqual([404, 9]);
		expect(error.message).toContain('"ЗаказПокупателя"');
	});

	it('of $batch are XML even for JSON clients [LIVE-H]', async () => {
		const response = await caller.post('$batch', {});
		expect([response.status, response.headers['content-type']]).toEqual([
			501,
			'application/xml;charset=utf-8',
		]);
		expect(String(response.data)).toContain('<code>0</code>');
	});
});

describe('writes', () => {
	type Write = [fact: string, body: Row | string, status: number, code: string, text: RegExp];
	const refused: Write[] = [
		[
			'a string for a guid [LIVE-R P8]',
			{ Организация_Key: 'ООО' },
			400,
			'1',
			/'ООО' как значение типа Edm.Guid!/,
		],
		['a string for a boolean [LIVE-R P8]', { УчитыватьНДС: 'да' }, 400, '1', /Edm\.Boolean/],
		['an array for a string [LIVE-R P8]', { Комментарий: ['a'] }, 500, '-1', /внутренняя ошибка/],
		['a row without LineNumber [LIVE-R P9]', { Товары: [{ Цена: 1 }] }, 500, '-1', /внутренняя/],
		[
			'rows from the second on [LIVE-R P9]',
			{ Товары: [{ LineNumber: 2 }] },
			400,
			'4',
			/LineNumber/,
		],
		['broken JSON [LIVE-R P8]', '{"Комментарий":', 500, '-1', /Непредвиденный символ/],
	];
	it.each(refused)('refuse %s', async (_fact, body, status, code, text) => {
		const whole =
			typeof body === 'string' ? Buffer.from(body) : { ...orderBody(caller.base, who), ...body };
		const json = { 'Content-Type': 'application/json' };
		const response = await caller.post(ORDERS, whole, json);
		expect([response.status, codeOf(response)]).toEqual([status, code]);
		expect(textOf(response)).toMatch(text);
	});

	type Trap = [fact: string, change: Row, kept: Row];
	const traps: Trap[] = [
		[
			'cut a string to its length [LIVE-R P8]',
			{ НомерВходящегоДокументаЭлектронногоОбмена: 'x'.repeat(25) },
			{ НомерВходящегоДокументаЭлектронногоОбмена: 'x'.repeat(20) },
		],
		['ignore an unknown field [LIVE-R P8]', { НетТакого: 1 }, {}],
		[
			'store a broken reference [LIVE-R P8]',
			{ Подразделение_Key: GHOST },
			{ Подразделение_Key: GHOST },
		],
		[
			'drop a non-number for an Int64 [LIVE-R P8]',
			{ КратностьВзаиморасчетов: 'много' },
			{ КратностьВзаиморасчетов: '1' },
		],
		[
			'ignore another Ref_Key in PATCH [LIVE-R]',
			{ Ref_Key: GHOST, Комментарий: '1' },
			{ Комментарий: '1' },
		],
		['recount the sum of the document [CFG]', { СуммаДокумента: 5 }, { СуммаДокумента: 1000 }],
	];
	it.each(traps)('%s, with 200', async (_fact, change, kept) => {
		const created = await caller.post(ORDERS, orderBody(caller.base, who));
		const own = String(created.data.Ref_Key);
		const patched = await caller.patch(order(own), change);
		expect(patched.status).toBe(200);
		expect(patched.data).toMatchObject({ Ref_Key: own, ...kept });
		expect(patched.data).not.toHaveProperty('НетТакого');
	});

	it('take no notice of a stale If-Match, and send no ETag [LIVE-R P8, LIVE-H]', async () => {
		const patched = await caller.patch(order(ref), {}, { 'If-Match': 'AAAAAAAAAAU=' });
		expect([patched.status, patched.headers.etag]).toEqual([200, undefined]);
	});

	it('replace a whole table that is named, and leave the others [LIVE-R P8]', async () => {
		const body = orderBody(caller.base, who);
		const [line] = body.Товары as Row[];
		const created = await caller.post(ORDERS, body);
		const two = [line, { ...line, LineNumber: '2', Номенклатура_Key: who.table }];
		const own = order(String(created.data.Ref_Key));
		expect((await caller.patch(own, { Товары: two })).data.Товары).toHaveLength(2);
		expect((await caller.patch(own, { Комментарий: '' })).data.Товары).toHaveLength(2);
		expect((await caller.patch(own, { Товары: [line] })).data.Товары).toHaveLength(1);
	});

	it('of a PUT name every field, references by their address [DOC 17.4.13.1.3]', async () => {
		const created = await caller.post('Catalog_ПричиныЗакрытияЗаказов', { Description: 'Дорого' });
		const address = `Catalog_ПричиныЗакрытияЗаказов(guid'${created.data.Ref_Key}')`;
		const { Code: code } = created.data as Row;
		const whole = { Code: code, Description: 'Долго', DeletionMark: false };
		expect((await caller.put(address, whole)).data.Description).toBe('Долго');
		const department = await caller.post('Catalog_Подразделения', { Description: 'Склад' });
		const parent = await caller.post('Catalog_Подразделения', { Description: 'Все' });
		const bound = {
			Code: department.data.Code as string,
			Description: 'Склад',
			DeletionMark: false,
			'Parent@odata.bind': `Catalog_Подразделения(guid'${parent.data.Ref_Key}')`,
		};
		const put = await caller.put(`Catalog_Подразделения(guid'${department.data.Ref_Key}')`, bound);
		expect([put.status, put.data.Parent_Key]).toEqual([200, parent.data.Ref_Key]);
	});

	it('refuse to mark what is posted, delete for good with 204 [LIVE-R]', async () => {
		const own = await postedOrder(caller, who);
		expect(codeOf(await caller.patch(order(own), { DeletionMark: true }))).toBe('-1');
		expect((await caller.post(`${order(own)}/Unpost`)).status).toBe(200);
		expect((await caller.patch(order(own), { DeletionMark: true })).status).toBe(200);
		expect((await caller.delete(order(own))).status).toBe(204);
	});

	it('are refused without a reason by the configuration [CFG §0.5]', async () => {
		const body = { ...orderBody(caller.base, who), ВалютаДокумента_Key: EMPTY };
		const created = await caller.post(ORDERS, body);
		const path = `${order(String(created.data.Ref_Key))}/Post?PostingModeOperational=true`;
		const refusal = await caller.post(path);
		expect([refusal.status, codeOf(refusal)]).toEqual([500, '-1']);
		expect(textOf(refusal)).toMatch(/^Не удалось провести "Заказ покупателя РТ\d+ от [^"]+"!$/);
	});
});

describe('the query language', () => {
	const matching: Array<[fact: string, filter: string]> = [
		['[DOC] eq, ne, and, or, not', "not (Number eq '1') and (Posted eq true or Posted ne true)"],
		['[DOC] gt, ge, lt, le', 'СуммаДокумента gt 999 and СуммаДокумента le 1000'],
		['[DOC] add, sub, mul, div', '(СуммаДокумента add 5) sub 5 eq 2 mul 500 div 1'],
		['[DOC] negation', '-СуммаДокумента eq -1000'],
		['[DOC] substringof', "substringof('B24-7',Комментарий) eq true"],
		['[DOC] startswith, endswith', "startswith(Number,'РТ') and endswith(Number,'1')"],
		['[DOC] concat', "concat(concat('№',' '),Number) eq '№ РТ000000001'"],
		['[DOC] like', "like(Комментарий,'B__-7%') and like(Комментарий,'[^А]%')"],
		['[DOC] dates apart', 'year(Date) eq 2026 and month(Date) eq 11 and day(Date) eq 20'],
		['[DOC] times apart', 'hour(Date) eq 10 and minute(Date) eq 30 and second(Date) eq 15'],
		[
			'[DOC] quarter, days',
			'quarter(Date) eq 4 and dayofweek(Date) eq 5 and dayofyear(Date) eq 324',
		],
		['[DOC] dateadd', "dateadd(Date,'month',1) eq datetime'2026-12-20T10:30:15'"],
		['[DOC] dateadd back', "dateadd(Date,'day',-20) eq datetime'2026-10-31T10:30:15'"],
		['[DOC] datedifference', "datedifference(Date,datetime'2026-11-24T00:00:00','day') eq 4"],
		['[DOC 17.4.13.2] a moment without time', "Date gt datetime'2026-11-20'"],
		['[DOC] round', 'round(СуммаДокумента div 3) eq 333'],
		['[DOC] isof of a plain field', "isof(СуммаДокумента,'Number')"],
		['[DOC] cast of a guid', `Ref_Key eq cast(guid'REF','Document_ЗаказПокупателя')`],
		['[DOC] any', 'Товары/any(d: d/Цена ge 100)'],
		['[DOC] any without a body', 'Товары/any() and not Услуги/any()'],
		['[DOC] all', "Товары/all(d: d/Количество eq 10 and d/Номенклатура/Артикул eq 'С-1')"],
		['[DOC] navigation', "Контрагент/ИНН eq '7707083893'"],
		['[DOC] navigation further', "ДоговорКонтрагента/Организация/Префикс eq 'РТ'"],
		['[DOC] a reference by key', "Контрагент_Key eq guid'BUYER'"],
		['[DOC] a doubled quote', "startswith(Комментарий,'B24-7 O''Hara')"],
	];
	it.each(matching)('%s: %s', async (_fact, filter) => {
		const written = filter.replace('REF', ref).replace('BUYER', who.buyer);
		const only = `Ref_Key eq guid'${ref}' and (${written})`;
		expect(await caller.found(ORDERS, only)).toBe(1);
	});

	const absent = [
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
	it.each(absent)('has no %s [DOC]', async (filter) => {
		expect(codeOf(await caller.get(`${ORDERS}?$filter=${filter}`))).toBe('14');
	});

	const composites = 'AccumulationRegister_РасчетыСКонтрагентами_RecordType';
	const traps: Array<[fact: string, set: string, filter: string, found: number]> = [
		[
			'a composite with cast is found [DOC]',
			composites,
			"Сделка eq cast(guid'REF','Document_ЗаказПокупателя')",
			1,
		],
		['isof tells the type [DOC]', composites, "isof(Сделка,'Document_ЗаказПокупателя')", 1],
		['isof tells the other type [DOC]', composites, "isof(Сделка,'Document_ЗаказПоставщику')", 0],
		[
			'a composite leads on through cast [DOC]',
			composites,
			"cast(Сделка,'Document_ЗаказПокупателя')/Контрагент/ИНН eq '7707083893'",
			1,
		],
		[
			'a datetime against a string finds nothing [LIVE-R P7]',
			ORDERS,
			"Number eq datetime'2026-11-24T12:00:00'",
			0,
		],
	];
	it.each(traps)('%s', async (_fact, set, filter, found) => {
		const mine = set === composites ? `Recorder eq cast(guid'${ref}','${ORDERS}') and ` : '';
		expect(await caller.found(set, mine + filter.replace('REF', ref))).toBe(found);
	});

	it.each([
		['[LIVE-R P7] a number against a string', 'Number eq 1'],
		['[LIVE-R P7] an unknown field', 'Нет eq 1'],
	])('%s is a refusal', async (_fact, filter) => {
		expect(codeOf(await caller.get(`${ORDERS}?$filter=${filter}`))).toBe('14');
	});

	const uncomparable: Array<[fact: string, address: string]> = [
		['compare a string of unlimited length [REC]', `${ORDERS}?$filter=Комментарий eq ''`],
		['order by a string of unlimited length', `${ORDERS}?$orderby=Date,Комментарий desc`],
		[
			'order contacts by their text',
			'InformationRegister_КонтактнаяИнформация?$orderby=Представление',
		],
		['order guids [REC]', `${ORDERS}?$filter=Ref_Key gt guid'${EMPTY}'`],
		[
			'compare a composite with a bare guid [REC]',
			`${composites}?$filter=Сделка eq guid'${EMPTY}'`,
		],
	];
	it.each(uncomparable)('cannot %s', async (_fact, address) => {
		const response = await caller.get(address);
		expect([response.status, codeOf(response)]).toEqual([500, '-1']);
		expect(textOf(response)).toContain('Нельзя сравнивать поля неограниченной длины');
	});

	it('compares them all where the base is taken to', async () => {
		const { switches } = caller.base;
		const strict = { ...switches };
		switches.unlimitedStrings = 'compared';
		switches.compositeAgainstGuid = 'nothing';
		switches.comparesGuids = true;
		expect(await caller.found(ORDERS, "Комментарий eq 'B24-7 O''Hara'")).toBe(1);
		expect((await caller.rows(`${ORDERS}?$orderby=Комментарий`)).length).toBeGreaterThan(0);
		expect(await caller.found(composites, `Сделка eq guid'${ref}'`)).toBe(0);
		expect(await caller.found(ORDERS, `Ref_Key gt guid'${EMPTY}'`)).toBeGreaterThan(0);
		Object.assign(switches, strict);
	});

	const tolerated: Array<[fact: string, address: () => string]> = [
		['an empty $select', () => `${order(ref)}?$select=`],
		['a $filter of empty parentheses', () => `${ORDERS}?$filter=()`],
		['a key that is not closed', () => order(ref).replace(')', '')],
		[
			'an order of record sets by a field of their records',
			() => 'AccumulationRegister_Продажи?$orderby=Period',
		],
	];
	it.each(tolerated)('minds not %s [REC]', async (_fact, address) => {
		expect((await caller.get(address())).status).toBe(200);
	});

	it('answers a reader who accepts a service document alone [REC]', async () => {
		const response = await caller.get('', { Accept: 'application/atomsvc+xml' });
		expect(response.status).toBe(200);
	});

	it('wants the type in a composite key with its namespace [REC]', async () => {
		const key = (type: string) =>
			`AccumulationRegister_Продажи(Recorder=guid'${GHOST}',Recorder_Type='${type}')`;
		expect((await caller.get(key('Document_РеализацияТоваровУслуг'))).status).toBe(400);
		const full = await caller.get(key('StandardODATA.Document_РеализацияТоваровУслуг'));
		expect(full.status).toBe(404);
	});

	it('unfolds no reference of a slice [REC]', async () => {
		const slice = 'InformationRegister_ЦеныНоменклатуры_RecordType/SliceLast()';
		const response = await caller.get(
			`${slice}?$select=Цена,Номенклатура/Code&$expand=Номенклатура`,
		);
		expect([response.status, codeOf(response)]).toEqual([400, '6']);
	});

	it('shows presentations only to those who ask [DOC 17.4.3]', async () => {
		const plain = (await caller.rows(`${ORDERS}?$select=*`))[0];
		expect(Object.keys(plain).filter((name) => name.includes('Presentation'))).toEqual([]);
		const select = 'Контрагент____Presentation,Posted____Presentation,Presentation';
		const [row] = await caller.rows(`${ORDERS}?$select=${select}&$filter=Ref_Key eq guid'${ref}'`);
		expect(row).toMatchObject({
			Контрагент____Presentation: 'Альфа',
			Posted____Presentation: 'Да',
			Presentation: 'Заказ покупателя РТ000000001 от 20.11.2026 10:30:15',
		});
		expect(codeOf(await caller.get(`${ORDERS}?$select=Нет____Presentation`))).toBe('6');
	});

	describe('unfolds', () => {
		const first = async (options: string, set = ORDERS) =>
			(await caller.rows(`${set}?${options}&$filter=Ref_Key eq guid'${ref}'`))[0];

		it('nothing that is not selected too [LIVE-R P4]', async () => {
			expect(await first('$expand=Контрагент')).not.toHaveProperty('Контрагент');
			const folded = await first('$select=Number,Контрагент/ИНН');
			expect(folded).not.toHaveProperty('Контрагент');
		});

		it('objects behind objects, and all of them by a star [DOC 17.4.6.4]', async () => {
			const select =
				'$select=Number,ДоговорКонтрагента/Code,ДоговорКонтрагента/Организация/Префикс';
			expect(await first(`${select}&$expand=ДоговорКонтрагента/Организация`)).toMatchObject({
				ДоговорКонтрагента: { Code: '000000001', Организация: { Префикс: 'РТ' } },
			});
			const starred = await first('$select=Number,Контрагент/ИНН,Организация/Префикс&$expand=*');
			expect(starred).toMatchObject({
				Контрагент: { ИНН: '7707083893' },
				Организация: { Префикс: 'РТ' },
			});
		});

		it('a composite with its type or whatever it holds [DOC 17.4.6.4]', async () => {
			const shipments = 'Document_РеализацияТоваровУслуг';
			const path = `Сделка/${ORDERS}`;
			const [shipment] = await caller.rows(`${shipments}?$select=${path}/Number&$expand=${path}`);
			expect(shipment.Сделка_Expanded).toEqual({ Number: 'РТ000000001' });
			const other = 'Сделка/Document_СчетНаОплатуПокупателю';
			const [folded] = await caller.rows(`${shipments}?$select=${other}/Number&$expand=${other}`);
			expect(folded).not.toHaveProperty('Сделка_Expanded');
			expect(codeOf(await caller.get(`${shipments}?$expand=Сделка/*`))).toBe('6');
			const [whole] = await caller.rows(`${shipments}?$select=Сделка&$expand=Сделка`);
			expect(whole).toMatchObject({ Сделка: ref, Сделка_Expanded: { Ref_Key: ref } });
		});

		it('no columns of tables, nothing of one entity [DOC 17.4.6.4]', async () => {
			expect(codeOf(await caller.get(`${ORDERS}?$expand=Товары/Номенклатура`))).toBe('6');
			const one = await caller.get(`${order(ref)}?$select=Number,Контрагент&$expand=Контрагент`);
			expect(one.data).not.toHaveProperty('Контрагент');
		});
	});

	it('follows a path from one object to a value [DOC 17.4.8]', async () => {
		const path = `${order(ref)}/ДоговорКонтрагента/ВалютаВзаиморасчетов/Code`;
		expect((await caller.get(path)).data.value).toBe('643');
	});

	it('skips before it takes, and counts what passes [DOC]', async () => {
		await postedOrder(caller, who, { Date: '2026-11-19T10:00:00' });
		const page = await caller.get(
			`${ORDERS}?$filter=Posted eq true&$orderby=Date&$skip=1&$top=1&$inlinecount=allpages`,
		);
		expect(page.data.value).toMatchObject([{ Ref_Key: ref }]);
		expect(Number(page.data['odata.count'])).toBeGreaterThan(1);
		caller.base.switches.inlineCountIgnoresTop = true;
		const whole = await caller.rows(`${ORDERS}?$top=1&$inlinecount=allpages`);
		caller.base.switches.inlineCountIgnoresTop = false;
		expect(whole.length).toBeGreaterThan(1);
	});
});

describe('shapes', () => {
	it('of a page, as constructed from the rules (samples/responses-constructed.json)', async () => {
		const page = await caller.get(
			`${ORDERS}?$format=json&$top=1&$inlinecount=allpages&$filter=Ref_Key eq guid'${ref}'`,
		);
		expect(page.data).toMatchObject({
			'odata.metadata': expect.stringMatching(/\/\$metadata#Document_ЗаказПокупателя$/),
			'odata.count': '1',
			value: [
				{
					Ref_Key: ref,
					DataVersion: expect.stringMatching(/^AAAA..AAAAA=$/),
					DeletionMark: false,
					КратностьВзаиморасчетов: '1',
					КурсВзаиморасчетов: 1,
					Подразделение_Key: EMPTY,
					ДатаОплаты: '0001-01-01T00:00:00',
					ДокументОснование: '',
					ДокументОснование_Type: 'StandardODATA.Undefined',
					Товары: [
						{ Ref_Key: ref, LineNumber: '1', Цена: 100, СтавкаНДС: 'НДС22', КлючСтроки: '0' },
					],
					Услуги: [],
					'Контрагент@navigationLinkUrl': `${order(ref)}/Контрагент`,
				},
			],
		});
	});

	it.each([
		['Int32', 0],
		['Int64', '0'],
	] as const)('of small integers, where they are %s', async (edm, expected) => {
		caller.base.switches.smallIntegers = edm;
		const [line] = (await caller.get(order(ref))).data.Товары as Row[];
		const xml = String((await caller.get('$metadata')).data);
		caller.base.switches.smallIntegers = 'Int64';
		expect(line.КлючСтроки).toBe(expected);
		expect(xml).toContain(`<Property Name="КлючСтроки" Type="Edm.${edm}" Nullable="true"/>`);
	});

	it.each([
		['counter', 'AAAAAAAAAAA='],
		['null', null],
	] as const)('of the version of a new object: %s', async (kind, expected) => {
		caller.base.switches.newDataVersion = kind;
		const created = await caller.post('Catalog_Подразделения', { Description: 'Отдел' });
		caller.base.switches.newDataVersion = 'counter';
		expect(created.data.DataVersion).toBe(expected);
		const address = `Catalog_Подразделения(guid'${created.data.Ref_Key}')`;
		expect((await caller.get(address)).data.DataVersion).toBe('AAAAAAAAAAA=');
	});

	it('of a balance, as constructed from the rules (samples/responses-constructed.json)', async () => {
		const register = 'AccumulationRegister_ЗаказыПокупателей';
		const path = `${register}/Balance(Condition='ЗаказПокупателя_Key eq guid''${ref}''',Dimensions='ЗаказПокупателя')`;
		const { data } = await caller.get(`${path}?$format=json`);
		expect(data).toEqual({
			'odata.metadata': expect.stringContaining(
				`$metadata#Collection(StandardODATA.${register}_Balance)`,
			),
			value: [
				{
					ЗаказПокупателя_Key: ref,
					КоличествоBalance: 6,
					СуммаВзаиморасчетовBalance: 600,
					СуммаУпрBalance: 600,
				},
			],
		});
	});

	it('of turnovers, by the names of a recorded $metadata [REC]', async () => {
		const path = `AccumulationRegister_ЗаказыПокупателей/BalanceAndTurnovers(Condition='ЗаказПокупателя_Key eq guid''${ref}''',Dimensions='ЗаказПокупателя')`;
		const [row] = await caller.rows(path);
		expect(row).toMatchObject({
			КоличествоOpeningBalance: 0,
			КоличествоTurnover: 6,
			КоличествоReceipt: 10,
			КоличествоExpense: 4,
			КоличествоClosingBalance: 6,
		});
	});

	it('of an atom feed, as a live base writes it [REC, DOC 17.4.6.2]', async () => {
		const response = await caller.atom(
			`${ORDERS}?$filter=Ref_Key eq guid'${ref}'&$inlinecount=allpages`,
		);
		const xml = String(response.data);
		const root = `${caller.base.url}/odata/standard.odata/`;
		for (const part of [
			'<feed xmlns="http://www.w3.org/2005/Atom"',
			'xmlns:at="http://purl.org/atompub/tombstones/1.0"',
			`xml:base="${root}"`,
			`<id>${root}${order(ref)}</id>`,
			'<category term="StandardODATA.Document_ЗаказПокупателя" scheme="http://schemas.microsoft.com/ado/2007/08/dataservices/scheme"/>',
			'<title type="text"/>',
			'<updated>2026-11-24T12:00:00</updated>',
			'<author/>',
			'<summary/>',
			`<link rel="http://schemas.microsoft.com/ado/2007/08/dataservices/related/Контрагент" href="${order(ref)}/Контрагент" type="application/atom+xml;type=entry;charset=utf-8" title="Контрагент"/>`,
			`<link rel="edit" href="${order(ref)}" title="edit-link"/>`,
			'<d:Posted>true</d:Posted>',
			'<d:АдресДоставки/>',
			'<d:ДокументОснование/>',
			'<d:ДокументОснование_Type>StandardODATA.Undefined</d:ДокументОснование_Type>',
			'<d:Товары m:type="Collection(StandardODATA.Document_ЗаказПокупателя_Товары_RowType)">',
			'<d:element m:type="StandardODATA.Document_ЗаказПокупателя_Товары_RowType">',
			'<d:Услуги m:type="Collection(StandardODATA.Document_ЗаказПокупателя_Услуги_RowType)"/>',
			'<m:count>1</m:count>',
		]) {
			expect(xml).toContain(part);
		}
		expect([response.headers.dataserviceversion, response.headers['content-type']]).toEqual([
			'3.0',
			'application/atom+xml;type=feed;charset=utf-8',
		]);
	});

	it('of a record set in atom, keyed by its recorder and type [REC]', async () => {
		const key = `Recorder='${ref}', Recorder_Type='StandardODATA.${ORDERS}'`;
		const set = `AccumulationRegister_ЗаказыПокупателей(${key})`;
		const xml = String((await caller.atom(set)).data);
		expect(xml).toContain(
			`<id>${caller.base.url}/odata/standard.odata/AccumulationRegister_ЗаказыПокупателей(${key})</id>`,
		);
		expect(xml).toContain(
			'<d:RecordSet m:type="Collection(StandardODATA.AccumulationRegister_ЗаказыПокупателей_RowType)">',
		);
		expect(xml).toContain('<d:RecordType>Receipt</d:RecordType>');
	});

	it.each(['nometadata', 'minimalmetadata', 'fullmetadata'])(
		'of JSON in detail: %s [DOC 17.4.7]',
		async (detail) => {
			const { data, headers } = await caller.get(
				`${order(ref)}?$format=application/json;odata=${detail}`,
			);
			expect(headers['content-type']).toBe(`application/json;odata=${detail};charset=utf-8`);
			expect([
				'odata.metadata' in data,
				'Контрагент@navigationLinkUrl' in data,
				'odata.type' in data,
			]).toEqual([detail !== 'nometadata', detail !== 'nometadata', detail === 'fullmetadata']);
		},
	);

	it('of a catalog created through atom [DOC 17.4.13.1.2]', async () => {
		const entry = `<entry>
			<category term="StandardODATA.Catalog_Контрагенты" scheme="http://schemas.microsoft.com/ado/2007/08/dataservices/scheme"/>
			<content type="application/xml"><m:properties
				xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices"
				xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">
				<d:DeletionMark>false</d:DeletionMark><d:IsFolder>false</d:IsFolder>
				<d:Description>Шлепанцы &amp; Ко</d:Description><d:Комментарий/><d:ИНН>7728168971</d:ИНН>
			</m:properties></content></entry>`;
		const created = await caller.post('Catalog_Контрагенты', entry, {
			'Content-Type': 'application/atom+xml',
		});
		expect([created.status, created.data.Description, created.data.ИНН]).toEqual([
			201,
			'Шлепанцы & Ко',
			'7728168971',
		]);
	});
});

describe('$metadata', () => {
	let xml: string;
	beforeAll(async () => {
		xml = String((await caller.get('$metadata')).data).replace(/\n/g, '');
	});

	const lines: Array<[fact: string, part: string]> = [
		[
			'the frame [samples/edmx-real-shapes.xml]',
			'<edmx:DataServices xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" m:DataServiceVersion="3.0" m:MaxDataServiceVersion="3.0"><Schema xmlns="http://schemas.microsoft.com/ado/2009/11/edm" Namespace="StandardODATA">',
		],
		[
			'a set by several recorders [samples/edmx-real-shapes.xml]',
			'<EntityType Name="AccumulationRegister_ЗаказыПокупателей" OpenType="true"><Key><PropertyRef Name="Recorder"/><PropertyRef Name="Recorder_Type"/></Key><Property Name="Recorder" Type="Edm.String" Nullable="false"/><Property Name="RecordSet" Type="Collection(StandardODATA.AccumulationRegister_ЗаказыПокупателей_RowType)" Nullable="false"/><Property Name="Recorder_Type" Type="Edm.String" Nullable="false"/></EntityType>',
		],
		[
			'a record by several recorders [samples/edmx-real-shapes.xml]',
			'<EntityType Name="AccumulationRegister_ЗаказыПокупателей_RecordType" OpenType="true"><Key><PropertyRef Name="Recorder"/><PropertyRef Name="LineNumber"/><PropertyRef Name="Recorder_Type"/></Key><Property Name="Recorder" Type="Edm.String" Nullable="false"/><Property Name="Period" Type="Edm.DateTime" Nullable="true"/><Property Name="LineNumber" Type="Edm.Int64" Nullable="false"/><Property Name="Active" Type="Edm.Boolean" Nullable="true"/><Property Name="RecordType" Type="Edm.String" Nullable="true"/>',
		],
		[
			'a set by one recorder [samples/edmx-real-shapes.xml]',
			'<EntityType Name="InformationRegister_ЦеныНоменклатуры"><Key><PropertyRef Name="Recorder_Key"/></Key><Property Name="Recorder_Key" Type="Edm.Guid" Nullable="false"/><Property Name="RecordSet" Type="Collection(StandardODATA.InformationRegister_ЦеныНоменклатуры_RowType)" Nullable="false"/></EntityType>',
		],
		[
			'prices by period and dimensions [samples/edmx-03-information-register.xml]',
			'<EntityType Name="InformationRegister_ЦеныНоменклатуры_RecordType"><Key><PropertyRef Name="Period"/><PropertyRef Name="ТипЦен_Key"/><PropertyRef Name="Номенклатура_Key"/><PropertyRef Name="ХарактеристикаНоменклатуры_Key"/></Key>',
		],
		[
			'a row of a table [samples/edmx-real-shapes.xml]',
			'<ComplexType Name="Document_РеализацияТоваровУслуг_Товары_RowType"><Property Name="Ref_Key" Type="Edm.Guid" Nullable="false"/><Property Name="LineNumber" Type="Edm.Int64" Nullable="false"/>',
		],
		[
			'the key of a row as a set [samples/edmx-01-catalog-with-table.xml]',
			'<EntityType Name="Catalog_Контрагенты_ВидыДеятельности"><Key><PropertyRef Name="Ref_Key"/><PropertyRef Name="LineNumber"/></Key>',
		],
		[
			'a balance bound to the set [samples/edmx-real-shapes.xml]',
			'<FunctionImport Name="Balance" IsBindable="true" IsSideEffecting="false" ReturnType="Collection(StandardODATA.AccumulationRegister_ЗаказыПокупателей_Balance)"><Parameter Name="bindingParameter" Type="StandardODATA.AccumulationRegister_ЗаказыПокупателей"/><Parameter Name="Condition" Type="Edm.String"/><Parameter Name="Dimensions" Type="Edm.String"/><Parameter Name="Period" Type="Edm.DateTime"/></FunctionImport>',
		],
		[
			'posting bound to the document [samples/edmx-real-shapes.xml]',
			'<FunctionImport Name="Post" IsBindable="true" IsSideEffecting="true"><Parameter Name="bindingParameter" Type="StandardODATA.Document_РеализацияТоваровУслуг"/><Parameter Name="PostingModeOperational" Type="Edm.Boolean"/></FunctionImport>',
		],
		[
			'a slice of an independent register [samples/edmx-real-shapes.xml]',
			'<FunctionImport Name="SliceLast" IsBindable="true" IsSideEffecting="false" ReturnType="Collection(StandardODATA.InformationRegister_КурсыВалют)"><Parameter Name="bindingParameter" Type="StandardODATA.InformationRegister_КурсыВалют"/>',
		],
		[
			'a slice of a subordinate register [REC]',
			'ReturnType="Collection(StandardODATA.InformationRegister_ЦеныНоменклатуры_RecordType)"><Parameter Name="bindingParameter" Type="StandardODATA.InformationRegister_ЦеныНоменклатуры_RecordType"/>',
		],
		[
			'a navigation with its association [REC]',
			'<Association Name="Document_ЗаказПокупателя_Контрагент"><End Role="Begin" Type="StandardODATA.Document_ЗаказПокупателя" Multiplicity="*"/><End Role="End" Type="StandardODATA.Catalog_Контрагенты" Multiplicity="0..1"/></Association>',
		],
		[
			'an enumeration without values [REC]',
			'<EnumType Name="ЮрФизЛицо" UnderlyingType="Edm.Int32"><Member Name="ЮрЛицо"/><Member Name="ФизЛицо"/></EnumType>',
		],
		[
			'the container [REC]',
			'<EntityContainer Name="EnterpriseV8" m:IsDefaultEntityContainer="true">',
		],
	];
	it.each(lines)('has %s', (_fact, part) => {
		expect(xml).toContain(part);
	});

	type Attribute = [set: string, attribute: string, edm: string];
	const attributes: Attribute[] = [
		['Catalog_Контрагенты', 'ИНН', 'Edm.String'],
		['Catalog_Контрагенты', 'ОсновнойБанковскийСчет_Key', 'Edm.Guid'],
		['Catalog_ДоговорыКонтрагентов', 'ТипЦен_Type', 'Edm.String'],
		['Catalog_БанковскиеСчета', 'Owner_Type', 'Edm.String'],
		['Catalog_ЕдиницыИзмерения', 'Owner_Type', 'Edm.String'],
		['Document_СчетНаОплатуПокупателю', 'Контрагент_Type', 'Edm.String'],
		['Document_СчетНаОплатуПокупателю', 'СтруктурнаяЕдиница_Type', 'Edm.String'],
		['Document_СчетНаОплатуПокупателю', 'ЗаказПокупателя_Key', 'Edm.Guid'],
		['Document_ЗаказПокупателя', 'Контрагент_Key', 'Edm.Guid'],
		['Document_ЗаказПокупателя', 'СкладГруппа_Type', 'Edm.String'],
		['Document_ЗаказПокупателя', 'КратностьВзаиморасчетов', 'Edm.Int64'],
		['Document_ЗаказПокупателя', 'КурсВзаиморасчетов', 'Edm.Double'],
		['Document_ПриходныйКассовыйОрдер', 'Контрагент_Type', 'Edm.String'],
		['Document_ЗакрытиеЗаказовПокупателей_Заказы', 'ЗаказПокупателя_Type', 'Edm.String'],
		['InformationRegister_КонтактнаяИнформация', 'Вид_Type', 'Edm.String'],
	];
	it.each(attributes)('says that %s.%s is %s [CFG]', (set, attribute, edm) => {
		const type = new RegExp(`<EntityType Name="${set}"[^]*?</EntityType>`).exec(xml)?.[0];
		expect(type).toContain(`<Property Name="${attribute}" Type="${edm}"`);
	});
});
