/**
 * Holds the stand-in of 1C to what is known about real bases (reference 1c-ut103.md): wire types, the query language,
 * silent traps, the algebra of posting, refusals, faults. The stand-in is a product of its own.
 */
import type { AxiosResponse } from 'axios';

import type { Base, BaseOptions } from './onec/base';
import {
	Caller,
	castOf,
	codeOf as code,
	order,
	textOf as text,
	valueOf as value,
	type Cast,
	type Row,
} from './onecCaller';

const EMPTY = '00000000-0000-0000-0000-000000000000';

let caller: Caller;
let base: Base;

async function open(options: BaseOptions = {}): Promise<void> {
	caller = await Caller.open(options);
	base = caller.base;
}

const get = (path: string): Promise<AxiosResponse> => caller.get(path);
const post = (path: string, body?: unknown): Promise<AxiosResponse> => caller.post(path, body);
const patch = (path: string, body: unknown): Promise<AxiosResponse> => caller.patch(path, body);
/** A body that nobody must touch. */
const raw = (path: string, body: string): Promise<AxiosResponse> =>
	caller.post(path, Buffer.from(body), { 'Content-Type': 'application/json' });
const invoice = (ref: string) => `Document_СчетНаОплатуПокупателю(guid'${ref}')`;

const cast = (settlement?: 'ПоДоговоруВЦелом' | 'ПоЗаказам' | 'ПоСчетам'): Cast =>
	castOf(base, settlement);

const goods = (
	who: Cast,
	number: number,
	product: string,
	quantity: number,
	price: number,
): Row => ({
	LineNumber: number,
	Номенклатура_Key: product,
	ЕдиницаИзмерения_Key: who.unit,
	Количество: quantity,
	Коэффициент: 1,
	Цена: price,
	Сумма: Math.round(quantity * price * 100) / 100,
	СтавкаНДС: 'НДС22',
	СуммаНДС: 0,
});

const header = (who: Cast): Row => ({
	Date: '2026-11-24T12:00:00',
	Организация_Key: base.seed.organization,
	ДоговорКонтрагента_Key: who.contract,
	ВалютаДокумента_Key: base.seed.currency,
	КурсВзаиморасчетов: 1,
	КратностьВзаиморасчетов: '1',
	УчитыватьНДС: true,
	СуммаВключаетНДС: true,
});

const orderBody = (who: Cast): Row => ({
	...header(who),
	Контрагент_Key: who.buyer,
	Товары: [goods(who, 1, who.chair, 10, 100), goods(who, 2, who.table, 3, 333.33)],
});

const invoiceBody = (who: Cast): Row => ({
	...header(who),
	Контрагент: who.buyer,
	Контрагент_Type: 'StandardODATA.Catalog_Контрагенты',
	СтруктурнаяЕдиница: base.seed.bankAccount,
	СтруктурнаяЕдиница_Type: 'StandardODATA.Catalog_БанковскиеСчета',
	Товары: [goods(who, 1, who.chair, 2, 100)],
});

async function orders(who: Cast, changes: Row = {}): Promise<string> {
	const created = await post('Document_ЗаказПокупателя', { ...orderBody(who), ...changes });
	expect(created.status).toBe(201);
	const ref = String(created.data.Ref_Key);
	const posted = await post(`${order(ref)}/Post?PostingModeOperational=true`);
	expect(posted.status).toBe(200);
	return ref;
}

beforeEach(() => open());
afterEach(() => base.close());

describe('the publication', () => {
	it('lists its sets and answers 404 pages outside of itself', async () => {
		const sets = value(await get('')).map(({ name }) => name);
		expect(sets).toEqual(
			expect.arrayContaining(['Document_ЗаказПокупателя', 'Document_ЗаказПокупателя_Товары']),
		);
		const lost = await caller.client.get(base.url.replace(/\/ut$/, '/other/odata/standard.odata/'));
		expect(lost.status).toBe(404);
		expect(lost.headers['content-type']).toContain('text/html');
	});

	it('lets a Cyrillic login in, in UTF-8 only, and shows HTML to the rest', async () => {
		const page = await caller.client.get('', { auth: { username: base.login, password: 'нет' } });
		expect([page.status, page.headers['content-type']]).toEqual([401, 'text/html;charset=utf-8']);
		base.switches.badAuth = 'html200';
		const kind = await caller.client.get('', { auth: { username: base.login, password: 'нет' } });
		expect([kind.status, typeof kind.data]).toEqual([200, 'string']);
	});

	it('speaks atom unless asked for JSON, and refuses what it does not speak', async () => {
		const asked = (accept?: string, format = '') =>
			caller.client.get(encodeURI(`Catalog_Валюты${format}`), { headers: { Accept: accept } });
		for (const accept of ['', '*/*', 'application/atom+xml', 'text/html, */*;q=0.8']) {
			const { headers } = await asked(accept);
			expect(headers['content-type']).toBe('application/atom+xml;type=feed;charset=utf-8');
		}
		const strange = await asked('text/csv');
		expect([strange.status, String(strange.data).includes('<m:code>3</m:code>')]).toEqual([
			406,
			true,
		]);
		expect((await asked('application/json', '?$format=atom')).headers['content-type']).toContain(
			'atom',
		);
		const bare = await get('Catalog_Валюты?$format=application/json;odata=nometadata');
		expect(Object.keys(bare.data)).toEqual(['value']);
	});

	it('names what it does not know', async () => {
		const cases: Array<[string, number, string]> = [
			['Catalog_Поставщики', 404, '8'],
			[`Catalog_Валюты(guid'${base.seed.organization}')`, 404, '9'],
			['Catalog_Валюты?$expan=Owner', 400, '0'],
			['Catalog_Валюты?$select=НетТакого', 400, '6'],
			['Catalog_Валюты?$orderby=НетТакого', 400, '6'],
			['Catalog_Валюты/Balance()', 400, '6'],
			['InformationRegister_ПричиныЗакрытияЗаказов/Balance()', 400, '6'],
			["Catalog_Валюты('abc')", 400, '7'],
		];
		for (const [path, status, expected] of cases) {
			const response = await get(path);
			expect([path, response.status, code(response)]).toEqual([path, status, expected]);
		}
		expect(text(await get('Catalog_Валюты?$select=НетТакого'))).toBe(
			'Сегмент пути НетТакого не найден!',
		);
	});
});

describe('wire types', () => {
	it('writes Int64 as strings, money as numbers, empty values as 1C has them', async () => {
		const created = await post('Document_ЗаказПокупателя', orderBody(cast()));
		expect(created.data).toMatchObject({
			DataVersion: 'AAAAAAAAAAA=',
			Number: 'РТ000000001',
			КратностьВзаиморасчетов: '1',
			КурсВзаиморасчетов: 1,
			СуммаДокумента: 1999.99,
			ДатаОплаты: '0001-01-01T00:00:00',
			Подразделение_Key: EMPTY,
			ДокументОснование: '',
			ДокументОснование_Type: 'StandardODATA.Undefined',
		});
		const [line] = created.data.Товары as Row[];
		expect(line).toMatchObject({
			LineNumber: '1',
			КлючСтроки: '0',
			КоличествоМест: '0',
			Цена: 100,
		});
		expect(created.data['Контрагент@navigationLinkUrl']).toContain('/Контрагент');
		expect(created.data).not.toHaveProperty('Подразделение@navigationLinkUrl');
	});

	it('sends Location in raw UTF-8', async () => {
		const created = await post('Document_ЗаказПокупателя', orderBody(cast()));
		const location = Buffer.from(String(created.headers.location), 'latin1').toString('utf8');
		expect(location).toBe(
			`${base.url}/odata/standard.odata/${order(String(created.data.Ref_Key))}`,
		);
	});

	it('counts with a byte order mark, and in pages with a string', async () => {
		cast();
		const count = await caller.client.get(encodeURI('Catalog_Номенклатура/$count'), {
			responseType: 'arraybuffer',
		});
		expect(Buffer.from(count.data as ArrayBuffer).toString('hex')).toBe('efbbbf32');
		const page = await get('Catalog_Номенклатура?$top=1&$inlinecount=allpages');
		expect([page.data['odata.count'], value(page).length]).toEqual(['2', 1]);
	});
});

describe('the query language', () => {
	let who: Cast;
	let ref: string;

	beforeEach(async () => {
		who = cast();
		ref = await orders(who, { Комментарий: "deal:42 O'Hara" });
	});

	const found = async (filter: string, set = 'Document_ЗаказПокупателя') =>
		value(await get(`${set}?$filter=${filter}`)).length;

	it('compares, combines, calls and walks', async () => {
		const matching = [
			`Контрагент_Key eq guid'${who.buyer}' and Posted eq true`,
			"Контрагент/ИНН eq '7707083893'",
			'Товары/any(d: d/Цена gt 300) and not Товары/all(d: d/Цена gt 300)',
			"substringof('deal:42',Комментарий)",
			"endswith(Комментарий,'O''Hara')",
			"startswith(Number,'РТ') and endswith(Number,'1')",
			"like(Комментарий,'deal:__ %')",
			"Date ge datetime'2026-11-24T00:00:00' and year(Date) eq 2026 and dayofweek(Date) eq 2",
			'СуммаДокумента add 0.01 eq 2000 or СуммаДокумента lt 0',
			`Ref_Key eq cast(guid'${ref}','Document_ЗаказПокупателя')`,
		];
		for (const filter of matching) expect([filter, await found(filter)]).toEqual([filter, 1]);
	});

	it('refuses what 1C does not have with code 14', async () => {
		const refused = [
			'length(Number) eq 11',
			"contains(Number,'1')",
			"indexof(Number,'1') eq 1",
			"tolower(Number) eq 'a'",
			"Number in ('1','2')",
			'Number eq 1',
			'НетТакого eq 1',
			"Контрагент_Key eq guid'123'",
			"Date gt datetime'2026-13-45T00:00:00'",
			'(Posted eq true',
			'Posted',
			'Number',
			"Number eq 'a' 'b'",
			'('.repeat(5000),
		];
		for (const filter of refused.filter((one) => one !== 'Posted')) {
			const response = await get(`Document_ЗаказПокупателя?$filter=${filter}`);
			expect([filter.slice(0, 40), response.status, code(response)]).toEqual([
				filter.slice(0, 40),
				400,
				'14',
			]);
		}
	});

	it('finds a composite reference by cast, and silently nothing by a date for a string', async () => {
		const set = 'AccumulationRegister_РасчетыСКонтрагентами_RecordType';
		expect(await found(`Сделка eq cast(guid'${ref}','Document_ЗаказПокупателя')`, set)).toBe(1);
		expect(await found("Number eq datetime'2026-11-24T12:00:00'")).toBe(0);
	});

	it('does not take a plus for a space', async () => {
		const response = await caller.client.get(
			'Document_%D0%97%D0%B0%D0%BA%D0%B0%D0%B7%D0%9F%D0%BE%D0%BA%D1%83%D0%BF%D0%B0%D1%82%D0%B5%D0%BB%D1%8F?$filter=Posted+eq+true',
		);
		expect([response.status, code(response)]).toEqual([400, '14']);
	});

	it('selects fields, columns of tables, everything, everything but tables', async () => {
		const [narrow] = value(
			await get(
				'Document_ЗаказПокупателя?$select=Number,Товары/Цена&$format=json;odata=nometadata',
			),
		);
		expect(narrow).toEqual({ Number: 'РТ000000001', Товары: [{ Цена: 100 }, { Цена: 333.33 }] });
		const [flat] = value(await get('Document_ЗаказПокупателя?$select=**'));
		expect([flat.Number, flat.Товары]).toEqual(['РТ000000001', undefined]);
		const [whole] = value(await get('Document_ЗаказПокупателя?$select=*'));
		expect(whole.Товары).toHaveLength(2);
	});

	it('expands only what is selected too, and never a single entity', async () => {
		const lone = await get('Document_ЗаказПокупателя?$expand=Контрагент');
		expect(value(lone)[0]).not.toHaveProperty('Контрагент');
		const both = await get(
			'Document_ЗаказПокупателя?$select=Number,Контрагент/ИНН&$expand=Контрагент',
		);
		expect(value(both)[0].Контрагент).toEqual({ ИНН: '7707083893' });
		const one = await get(`${order(ref)}?$select=Number,Контрагент&$expand=Контрагент`);
		expect(one.data).not.toHaveProperty('Контрагент');
	});

	it('pages in the order asked for, and in no sensible order otherwise', async () => {
		const days = ['20', '22', '21', '19', '23', '18', '17'];
		for (const day of days) await orders(who, { Date: `2026-11-${day}T10:00:00` });
		const dates = async (options: string) =>
			value(await get(`Document_ЗаказПокупателя?$select=Date${options}`)).map(({ Date: date }) =>
				String(date).slice(8, 10),
			);
		expect(await dates('&$orderby=Date,Ref_Key')).toEqual([...days, '24'].sort());
		expect(await dates('&$orderby=Date desc&$skip=1&$top=2')).toEqual(['23', '22']);
		expect(await dates('')).toEqual(await dates(''));
		expect(await dates('')).not.toEqual(['24', ...days]);
	});

	it('reads rows of a tabular section as a set of their own, but does not create them', async () => {
		const rows = value(
			await get(
				`Document_ЗаказПокупателя_Товары?$filter=Ref_Key eq guid'${ref}'&$orderby=LineNumber`,
			),
		);
		expect(rows.map(({ LineNumber }) => LineNumber)).toEqual(['1', '2']);
		expect(code(await post('Document_ЗаказПокупателя_Товары', {}))).toBe('13');
	});

	it('gives balances by condition and dimensions, and nothing where all is zero', async () => {
		const balance = (condition: string, more = '') =>
			get(
				`AccumulationRegister_ЗаказыПокупателей/Balance(Condition='${condition}',Dimensions='ЗаказПокупателя'${more})`,
			);
		const mine = `ЗаказПокупателя_Key eq guid''${ref}''`;
		expect(value(await balance(mine))).toEqual([
			{
				ЗаказПокупателя_Key: ref,
				КоличествоBalance: 13,
				СуммаВзаиморасчетовBalance: 1999.99,
				СуммаУпрBalance: 1999.99,
			},
		]);
		expect(value(await balance(mine, ",Period=datetime'2026-11-24T00:00:00'"))).toEqual([]);
		base.storekeeper.ships({ order: ref });
		expect(value(await balance(mine))).toEqual([]);
		expect((await balance(`ЗаказПокупателя_Key eq guid'${ref}'`)).status).toBe(400);
		expect(
			code(await get("AccumulationRegister_ЗаказыПокупателей/Balance(Dimensions='Нет')")),
		).toBe('6');
		expect(code(await get('AccumulationRegister_ЗаказыПокупателей/Balanse()'))).toBe('6');
	});

	it('gives the latest prices on the record set only', async () => {
		const slice = `InformationRegister_ЦеныНоменклатуры_RecordType/SliceLast(Condition='Номенклатура_Key eq guid''${who.table}''')`;
		expect(value(await get(slice)).map(({ Цена }) => Цена)).toEqual([333.33]);
		expect(code(await get('InformationRegister_ЦеныНоменклатуры/SliceLast()'))).toBe('6');
	});
});

describe('silent and loud traps of writing', () => {
	let who: Cast;

	beforeEach(() => {
		who = cast();
	});

	it('cuts long strings, drops unknown fields and non-numbers, stores broken references', async () => {
		const ghost = '11111111-2222-3333-4444-555555555555';
		const created = await post('Document_ЗаказПокупателя', {
			...orderBody(who),
			НомерВходящегоДокументаЭлектронногоОбмена: 'x'.repeat(30),
			НетТакого: 1,
			КратностьВзаиморасчетов: 'много',
			Подразделение_Key: ghost,
		});
		expect(created.status).toBe(201);
		expect(created.data.НомерВходящегоДокументаЭлектронногоОбмена).toBe('x'.repeat(20));
		expect(created.data.КратностьВзаиморасчетов).toBe('0');
		expect(created.data.Подразделение_Key).toBe(ghost);
		expect(created.data).not.toHaveProperty('НетТакого');
	});

	it('refuses values of a wrong JSON type', async () => {
		const refusals: Array<[Row, number, string]> = [
			[{ Организация_Key: 'ООО' }, 400, '1'],
			[{ УчитыватьНДС: 'да' }, 400, '1'],
			[{ Date: '24.11.2026' }, 400, '1'],
			[{ Комментарий: ['a'] }, 500, '-1'],
			[{ Товары: [{ Количество: 1 }] }, 500, '-1'],
			[{ Товары: [{ LineNumber: 2, Количество: 1 }] }, 400, '4'],
			[{ СкладГруппа: who.buyer, СкладГруппа_Type: 'StandardODATA.Catalog_Контрагенты' }, 400, '4'],
			[{ Товары: [{ ...goods(who, 1, who.chair, 1, 1), СтавкаНДС: 'НДС99' }] }, 400, '1'],
		];
		for (const [wrong, status, expected] of refusals) {
			const response = await post('Document_ЗаказПокупателя', { ...orderBody(who), ...wrong });
			expect([wrong, response.status, code(response)]).toEqual([wrong, status, expected]);
		}
		expect(base.sees.documents('ЗаказПокупателя')).toEqual([]);
		const broken = await raw('Document_ЗаказПокупателя', '{"a":');
		expect([broken.status, code(broken)]).toEqual([500, '-1']);
	});

	it('counts every write in DataVersion, replaces whole tables, ignores a foreign Ref_Key and If-Match', async () => {
		const created = await post('Document_ЗаказПокупателя', orderBody(who));
		const ref = String(created.data.Ref_Key);
		const change = { Ref_Key: who.buyer, Товары: [goods(who, 1, who.table, 1, 50)] };
		const patched = await caller.client.patch(encodeURI(order(ref)), change, {
			headers: { 'If-Match': 'AAAAAAAAAAU=' },
		});
		expect(patched.status).toBe(200);
		expect(patched.data).toMatchObject({
			Ref_Key: ref,
			DataVersion: 'AAAAAQAAAAA=',
			СуммаДокумента: 50,
		});
		expect(patched.data.Товары).toHaveLength(1);
		expect((await patch(order(ref), {})).data.DataVersion).toBe('AAAAAgAAAAA=');
		base.switches.ifMatch = '412';
		const stale = await caller.client.patch(
			encodeURI(order(ref)),
			{},
			{ headers: { 'If-Match': 'AAAAAAAAAAU=' } },
		);
		expect(stale.status).toBe(412);
	});

	it('accepts an own Ref_Key or quietly gives another one', async () => {
		const own = '6a0e5f0c-8d2b-5c57-9a55-3b1f0f0a0001';
		const body = { ...orderBody(who), Ref_Key: own };
		expect((await post('Document_ЗаказПокупателя', body)).data.Ref_Key).toBe(own);
		const again = await post('Document_ЗаказПокупателя', body);
		expect([again.status, code(again)]).toEqual([400, '15']);
		base.switches.acceptsOwnRefKey = false;
		expect((await post('Document_ЗаказПокупателя', body)).data.Ref_Key).not.toBe(own);
	});

	it('recalculates the sum with the tax on top, unless data are being loaded', async () => {
		const lines = [{ ...goods(who, 1, who.chair, 3, 0.1), СуммаНДС: 0.07 }];
		const body = { ...orderBody(who), СуммаВключаетНДС: false, СуммаДокумента: 5, Товары: lines };
		expect((await post('Document_ЗаказПокупателя', body)).data.СуммаДокумента).toBe(0.37);
		const loaded = await caller.client.post(encodeURI('Document_ЗаказПокупателя'), body, {
			headers: { '1C_OData-DataLoadMode': 'true' },
		});
		expect(loaded.data.СуммаДокумента).toBe(5);
	});

	it('numbers documents by organisation, kind and year', async () => {
		const other = base.admin.addsOrganization({
			name: 'ООО «Лютик»',
			prefix: 'ЛЮТ',
			inn: '7728168971',
		});
		const number = async (changes: Row) =>
			(await post('Document_ЗаказПокупателя', { ...orderBody(who), ...changes })).data
				.Number as string;
		expect(await number({})).toBe('РТ000000001');
		expect(await number({})).toBe('РТ000000002');
		expect(await number({ Date: '2027-01-01T10:00:00' })).toBe('РТ000000001');
		expect(await number({ Организация_Key: other })).toBe('ЛЮТ00000001');
	});

	it('deletes for good, but marks only what is not posted', async () => {
		const ref = await orders(who);
		const marked = await patch(order(ref), { DeletionMark: true });
		expect([marked.status, code(marked)]).toEqual([500, '-1']);
		await post(`${order(ref)}/Unpost`);
		expect((await patch(order(ref), { DeletionMark: true })).data.DeletionMark).toBe(true);
		expect((await caller.client.delete(encodeURI(order(ref)))).status).toBe(204);
		expect((await get(order(ref))).status).toBe(404);
	});

	it('leaves the movements of a posted document alone until it is posted again', async () => {
		const ref = await orders(who);
		await patch(order(ref), { Товары: [goods(who, 1, who.chair, 1, 100)] });
		expect(base.sees.balance(ref).quantity).toBe(13);
		await post(`${order(ref)}/Post?PostingModeOperational=false`);
		expect(base.sees.balance(ref)).toEqual({ quantity: 1, amount: 100 });
	});

	it('keeps contacts apart from counterparties', async () => {
		const contact = {
			Объект: who.buyer,
			Объект_Type: 'StandardODATA.Catalog_Контрагенты',
			Тип: 'Телефон',
			Вид: 'Рабочий',
			Вид_Type: 'Edm.String',
			Представление: '+7 495 000-00-00',
		};
		expect((await post('InformationRegister_КонтактнаяИнформация', contact)).status).toBe(201);
		expect(code(await post('InformationRegister_КонтактнаяИнформация', contact))).toBe('15');
		const filter = `Объект eq cast(guid'${who.buyer}','Catalog_Контрагенты') and Тип eq 'Телефон'`;
		expect(
			value(await get(`InformationRegister_КонтактнаяИнформация?$filter=${filter}`)),
		).toHaveLength(1);
	});
});

describe('an invoice', () => {
	it('is checked on every write and can never be posted', async () => {
		const who = cast('ПоДоговоруВЦелом');
		const created = await post('Document_СчетНаОплатуПокупателю', invoiceBody(who));
		expect([created.status, created.data.СуммаДокумента]).toEqual([201, 200]);
		const ref = String(created.data.Ref_Key);
		const posted = await post(`${invoice(ref)}/Post?PostingModeOperational=false`);
		expect([posted.status, code(posted)]).toEqual([500, '-1']);
		for (const missing of [
			'СтруктурнаяЕдиница',
			'КратностьВзаиморасчетов',
			'ВалютаДокумента_Key',
		]) {
			const body: Row = { ...invoiceBody(who), [missing]: null };
			const refused = await post('Document_СчетНаОплатуПокупателю', body);
			expect([missing, refused.status, text(refused)]).toEqual([
				missing,
				500,
				'Не удалось записать: Счет на оплату покупателю!',
			]);
		}
		const bare = await patch(invoice(ref), {
			Товары: [{ ...goods(who, 1, who.chair, 1, 1), Коэффициент: 0 }],
		});
		expect(bare.status).toBe(500);
		expect(base.sees.document(ref).СуммаДокумента).toBe(200);
	});

	it('hands its order down to its rows', async () => {
		const who = cast();
		const ref = await orders(who);
		const created = await post('Document_СчетНаОплатуПокупателю', {
			...invoiceBody(who),
			ЗаказПокупателя_Key: ref,
		});
		expect((created.data.Товары as Row[])[0].ЗаказПокупателя_Key).toBe(ref);
	});
});

describe('posting', () => {
	let who: Cast;
	let ref: string;

	beforeEach(async () => {
		who = cast();
		ref = await orders(who);
	});

	it('moves both registers by an order and forgets them when it is unposted', () => {
		expect(base.sees.balance(ref)).toEqual({ quantity: 13, amount: 1999.99 });
		expect(base.sees.unpaid(ref)).toBe(1999.99);
		base.salesman.unpostsOrder(ref);
		expect(base.sees.movements(ref)).toEqual([]);
		expect(base.sees.document(ref).Posted).toBe(false);
	});

	it('refuses an order opaquely, verbosely when switched', async () => {
		const empty = await post('Document_ЗаказПокупателя', {
			...orderBody(who),
			ВалютаДокумента_Key: EMPTY,
		});
		const path = `${order(String(empty.data.Ref_Key))}/Post?PostingModeOperational=true`;
		const refused = await post(path);
		expect([refused.status, code(refused), text(refused)]).toEqual([
			500,
			'-1',
			'Не удалось провести "Заказ покупателя РТ000000002 от 24.11.2026 12:00:00"!',
		]);
		base.switches.verboseRefusals = true;
		expect(text(await post(path))).toContain('ВалютаДокумента');
		expect(base.sees.document(String(empty.data.Ref_Key)).Posted).toBe(false);
	});

	it('looks shipped and paid after a part shipment and a closing, open again without the closing', () => {
		base.storekeeper.ships({ order: ref, lines: [{ product: who.chair, quantity: 4 }] });
		base.accountant.receives({ for: ref, amount: 400 });
		expect(base.sees.balance(ref)).toEqual({ quantity: 9, amount: 1599.99 });
		const closing = base.salesman.closes({ order: ref, reason: 'Отказ покупателя' });
		expect([base.sees.balance(ref), base.sees.unpaid(ref)]).toEqual([
			{ quantity: 0, amount: 0 },
			0,
		]);
		const reasons = base.sees
			.movements(closing)
			.filter(({ Register }) => String(Register).startsWith('Information'));
		expect(reasons).toMatchObject([{ Заказ: ref, СуммаВзаиморасчетов: 1599.99 }]);
		base.salesman.unposts(closing);
		expect([base.sees.balance(ref).quantity, base.sees.unpaid(ref)]).toEqual([9, 1599.99]);
	});

	it('closes what has nothing left without moving orders, and records no reason nobody named', () => {
		base.storekeeper.ships({ order: ref });
		base.accountant.receives({ for: ref, amount: 1999.99 });
		expect(base.sees.movements(base.salesman.closes({ order: ref }))).toEqual([]);
	});

	it('ships to the last kopeck, never more than ordered', () => {
		base.storekeeper.ships({ order: ref, lines: [{ product: who.table, quantity: 1 }] });
		base.storekeeper.ships({ order: ref, lines: [{ product: who.table, quantity: 2 }] });
		base.storekeeper.ships({ order: ref });
		expect(base.sees.balance(ref)).toEqual({ quantity: 0, amount: 0 });
		const more = () =>
			base.storekeeper.ships({ order: ref, lines: [{ product: who.chair, quantity: 1 }] });
		expect(more).toThrow('Превышен объем заказа');
		expect(base.sees.documents('РеализацияТоваровУслуг')).toHaveLength(3);
	});

	it('corrects by deltas', () => {
		base.salesman.corrects({ order: ref, lines: [{ product: who.chair, quantity: -4 }] });
		expect(base.sees.balance(ref)).toEqual({ quantity: 9, amount: 1599.99 });
		expect(base.sees.unpaid(ref)).toBe(1599.99);
		expect(() =>
			base.salesman.corrects({ order: ref, lines: [{ product: who.chair, quantity: -7 }] }),
		).toThrow();
	});

	it('reopens the order by a return, or does not', () => {
		const shipment = base.storekeeper.ships({ order: ref });
		base.storekeeper.acceptsReturn({ shipment, lines: [{ product: who.chair, quantity: 2 }] });
		expect(base.sees.balance(ref)).toEqual({ quantity: 2, amount: 200 });
		base.switches.returnReopensOrder = false;
		base.storekeeper.acceptsReturn({ shipment, lines: [{ product: who.chair, quantity: 1 }] });
		expect(base.sees.balance(ref).quantity).toBe(2);
	});

	it('takes a planned payment for settlements, but not for money received', () => {
		const payment = base.accountant.receives({ for: ref, amount: 500, paid: false });
		expect(base.sees.document(payment)).toMatchObject({ Posted: true, Оплачено: false });
		expect(base.sees.unpaid(ref)).toBe(1499.99);
		const registers = base.sees.movements(payment).map(({ Register }) => Register);
		expect(registers).toEqual(['AccumulationRegister_РасчетыСКонтрагентами']);
	});

	it('takes money by four kinds of documents', () => {
		const kinds = [
			'ПлатежноеПоручениеВходящее',
			'ПлатежныйОрдерПоступлениеДенежныхСредств',
			'ПриходныйКассовыйОрдер',
			'ОплатаОтПокупателяПлатежнойКартой',
		] as const;
		for (const document of kinds) base.accountant.receives({ for: ref, amount: 100, document });
		expect(base.sees.unpaid(ref)).toBe(1599.99);
	});

	it('posts payments and closings in the non-operational mode only', async () => {
		const payment = base.accountant.receives({ for: ref, amount: 100 });
		const path = `Document_ПлатежноеПоручениеВходящее(guid'${payment}')/Post`;
		expect((await post(`${path}?PostingModeOperational=true`)).status).toBe(500);
		expect((await post(path)).status).toBe(500);
		expect((await post(`${path}?PostingModeOperational=false`)).status).toBe(200);
		expect((await post(`${path}()?PostingModeOperational=false`)).status).toBe(200);
	});

	it('refuses a payment that does not add up', async () => {
		const payment = base.accountant.receives({ for: ref, amount: 100 });
		expect(() => base.salesman.edits(payment, { СуммаДокумента: 101 })).toThrow('расшифровка');
	});
});

describe('contracts', () => {
	it('«по договору в целом» leaves payments without a link to the order', async () => {
		const who = cast('ПоДоговоруВЦелом');
		const ref = await orders(who);
		const payment = base.accountant.receives({
			for: ref,
			amount: 100,
			via: 'nothing',
			purpose: 'Оплата по счету 1',
		});
		const [line] = base.sees.document(payment).РасшифровкаПлатежа as Row[];
		expect([line.Сделка, line.Сделка_Type]).toEqual(['', 'StandardODATA.Undefined']);
		expect(base.sees.unpaid(ref)).toBe(1999.99);
	});

	it('«по счетам» takes no orders, «по заказам» no payments without one', async () => {
		const who = cast('ПоСчетам');
		const created = await post('Document_ЗаказПокупателя', orderBody(who));
		const posted = await post(
			`${order(String(created.data.Ref_Key))}/Post?PostingModeOperational=true`,
		);
		expect(posted.status).toBe(500);
		const other = cast('ПоЗаказам');
		const ref = await orders(other);
		expect(() => base.accountant.receives({ for: ref, amount: 1, via: 'nothing' })).toThrow(
			'ПоЗаказам',
		);
	});

	it('belong to one organisation', async () => {
		const who = cast();
		const other = base.admin.addsOrganization({
			name: 'ООО «Лютик»',
			prefix: 'ЛЮ',
			inn: '7728168971',
		});
		const refused = await post('Document_СчетНаОплатуПокупателю', {
			...invoiceBody(who),
			Организация_Key: other,
		});
		expect(refused.status).toBe(500);
	});
});

describe('misfortunes', () => {
	let who: Cast;

	beforeEach(() => {
		who = cast();
	});

	it('loses an answer after the write', async () => {
		base.levers.losesNextAnswer('ЗаказПокупателя');
		await expect(post('Document_ЗаказПокупателя', orderBody(who))).rejects.toThrow();
		base.levers.answers502AfterTheWrite();
		const proxied = await post('Document_ЗаказПокупателя', orderBody(who));
		expect([proxied.status, typeof proxied.data]).toEqual([502, 'string']);
		expect(base.sees.documents('ЗаказПокупателя')).toHaveLength(2);
		expect(base.requests.map(({ status }) => status)).toEqual([0, 502]);
	});

	it('fails before the write, runs out of licences, goes down and comes back', async () => {
		base.levers.failsNext(503, undefined, 'ЗаказПокупателя');
		expect((await post('Document_ЗаказПокупателя', orderBody(who))).status).toBe(503);
		base.levers.exhaustsLicences(1);
		const licence = await get('Catalog_Валюты');
		expect([licence.status, licence.data]).toEqual([500, 'Не обнаружено свободной лицензии!']);
		base.levers.goesDown();
		await expect(get('Catalog_Валюты')).rejects.toThrow();
		base.levers.comesBack();
		expect((await get('Catalog_Валюты')).status).toBe(200);
		expect(base.sees.documents('ЗаказПокупателя')).toEqual([]);
	});

	it('refuses writes of a locked object and of a closed period', async () => {
		const ref = await orders(who);
		base.levers.locks(ref);
		const locked = await patch(order(ref), { Комментарий: 'нет' });
		expect([locked.status, code(locked)]).toEqual([500, '-1']);
		base.levers.unlocks(ref);
		base.levers.closesPeriod('2026-11-24');
		expect((await patch(order(ref), { Комментарий: 'нет' })).status).toBe(500);
		expect((await post(`${order(ref)}/Unpost`)).status).toBe(500);
		expect((await post('Document_ЗаказПокупателя', orderBody(who))).status).toBe(500);
		expect(base.sees.document(ref)).toMatchObject({ Комментарий: '', Posted: true });
	});

	it('has no 22 % where the configuration has not', async () => {
		await base.close();
		await open({ vatRates: ['НДС20', 'БезНДС'] });
		const refused = await post('Document_ЗаказПокупателя', orderBody(cast()));
		expect([refused.status, code(refused)]).toEqual([400, '1']);
		base.switches.unknownEnumValue = 'blank';
		const blank = await post('Document_ЗаказПокупателя', orderBody(cast()));
		expect((blank.data.Товары as Row[])[0].СтавкаНДС).toBe('');
	});

	it('survives whatever is thrown at it', async () => {
		const paths = [
			'%',
			'%E0%A4%A',
			"Catalog_X(guid'",
			'$batch',
			'$metadata',
			'%2F%2F%2F',
			'__proto__',
			'constructor',
			"Catalog_%D0%92%D0%B0%D0%BB%D1%8E%D1%82%D1%8B(__proto__='1')",
		];
		for (const path of paths)
			expect((await caller.client.get(path)).status).toBeGreaterThanOrEqual(200);
		const bodies = [
			'null',
			'[]',
			'"x"',
			'{"__proto__":{"a":1}}',
			'{"Товары":{}}',
			'{"Товары":[null]}',
			`{"Комментарий":"${'ы'.repeat(100_000)}"}`,
		];
		for (const body of bodies) {
			const response = await raw('Document_ЗаказПокупателя', body);
			expect(response.status).toBeGreaterThanOrEqual(400);
		}
		expect((await caller.client.put(encodeURI('Catalog_Валюты'), {})).status).toBe(405);
		expect((await get("Catalog_Валюты?$filter=like(Description,'[(*')")).status).toBe(200);
		expect((await get('Catalog_Валюты')).status).toBe(200);
	});
});
