/**
 * What the stand-in of 1C writes for what its own people have entered, to the letter. The rows name their sources as
 * reference 1c-ut103.md does: DOC is the documentation of the interface (17.4), LIVE-R and LIVE-H are live bases, REC is
 * a recorded answer. What any base shows, whatever it holds, is in test/conformance/onec.
 */
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
	it('tell a person why, in Russian', async () => {
		const refusal = await caller.get(order(GHOST));
		expect(refusal.data['odata.error'].message).toEqual({
			lang: 'ru',
			value: 'Экземпляр сущности "ЗаказПокупателя" не найден по переданному ключу.',
		});
	});

	it('name the object in XML too [DOC 17.4.10]', async () => {
		expect(String((await caller.atom(order(GHOST))).data)).toContain('&quot;ЗаказПокупателя&quot;');
	});

	it('meet a method that a set does not have [DOC]', async () => {
		const refusal = await caller.delete(ORDERS);
		expect([refusal.status, codeOf(refusal)]).toEqual([405, '19']);
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

	it('send no ETag, and take no notice of a stale If-Match [LIVE-R P8, LIVE-H]', async () => {
		const patched = await caller.patch(order(ref), {}, { 'If-Match': 'AAAAAAAAAAU=' });
		expect([patched.status, patched.headers.etag]).toEqual([200, undefined]);
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

	it('compares text of unlimited length, composites and guids where the base is taken to', async () => {
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

	it('says what cannot be compared [REC]', async () => {
		const refusal = await caller.get(`${ORDERS}?$orderby=Date,Комментарий desc`);
		expect(textOf(refusal)).toContain('Нельзя сравнивать поля неограниченной длины');
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
});
