/**
 * What stands around the documents of 1C: contacts, banks, prices, rates, stock, properties (reference 1c-ut103.md §4).
 * People fill the base, then a client of OData looks.
 */
import { Caller, castOf, codeOf, order, postedOrder, type Cast } from './onecCaller';

let caller: Caller;
let who: Cast;

beforeEach(async () => {
	caller = await Caller.open();
	who = castOf(caller.base);
});
afterEach(() => caller.close());

const ofBuyer = (ref: string) => `Объект eq cast(guid'${ref}','Catalog_Контрагенты')`;

describe('contacts', () => {
	it('of a counterparty are records of a register, under predefined kinds', async () => {
		const buyer = caller.base.admin.addsCounterparty({
			name: 'Бета',
			phone: '+7 495 111-22-33',
			email: 'beta@example.com',
			legalAddress: '123001, Москва, ул. Первая, 1',
			address: '123002, Москва, ул. Вторая, 2',
		});
		const records = await caller.rows(
			`InformationRegister_КонтактнаяИнформация?$filter=${ofBuyer(buyer)}`,
		);
		const kinds = await caller.rows('Catalog_ВидыКонтактнойИнформации?$filter=Predefined eq true');
		const shown = records.map((record) => [
			record.Тип,
			kinds.find(({ Ref_Key: ref }) => ref === record.Вид)?.PredefinedDataName,
			record.Представление,
		]);
		expect(shown.sort()).toEqual([
			['Адрес', 'ФактАдресКонтрагента', '123002, Москва, ул. Вторая, 2'],
			['Адрес', 'ЮрАдресКонтрагента', '123001, Москва, ул. Первая, 1'],
			[
				'АдресЭлектроннойПочты',
				'АдресЭлектроннойПочтыКонтрагентаДляОбменаДокументами',
				'beta@example.com',
			],
			['Телефон', 'ТелефонКонтрагента', '+7 495 111-22-33'],
		]);
	});

	it('are read, changed and removed by their whole key', async () => {
		const { admin } = caller.base;
		admin.addsContact({ owner: who.buyer, kind: 'Телефон', value: '1', title: 'Склад' });
		const key = [
			`Объект='${who.buyer}'`,
			"Объект_Type='StandardODATA.Catalog_Контрагенты'",
			"Тип='Телефон'",
			"Вид='Склад'",
			"Вид_Type='Edm.String'",
		].join(', ');
		const address = `InformationRegister_КонтактнаяИнформация(${key})`;
		expect((await caller.get(address)).data.Представление).toBe('1');
		expect((await caller.patch(address, { Представление: '2' })).data.Представление).toBe('2');
		expect((await caller.delete(address)).status).toBe(204);
		expect((await caller.get(address)).status).toBe(404);
		expect(codeOf(await caller.get("InformationRegister_КонтактнаяИнформация(Тип='Адрес')"))).toBe(
			'7',
		);
	});
});

describe('bank accounts', () => {
	it('belong to a counterparty and name a bank by its БИК', async () => {
		const { admin } = caller.base;
		const bankAccount = { number: '40702810900000000001', bik: '044525974', bank: 'Т-Банк' };
		const first = admin.addsCounterparty({ name: 'Бета', bankAccount });
		admin.addsCounterparty({ name: 'Гамма', bankAccount: { ...bankAccount, number: '4070281' } });
		const [account] = await caller.rows(
			`Catalog_БанковскиеСчета?$filter=Owner eq cast(guid'${first}','Catalog_Контрагенты')`,
		);
		expect(account).toMatchObject({
			НомерСчета: '40702810900000000001',
			Owner_Type: 'StandardODATA.Catalog_Контрагенты',
		});
		const bank = await caller.get(`Catalog_БанковскиеСчета(guid'${account.Ref_Key}')/Банк`);
		expect([bank.data.Code, bank.data.Description]).toEqual(['044525974', 'Т-Банк']);
		expect(await caller.found('Catalog_Банки', "Code eq '044525974'")).toBe(1);
		const main = `Catalog_Контрагенты(guid'${first}')/ОсновнойБанковскийСчет/Банк/Code`;
		expect((await caller.get(main)).data.value).toBe('044525974');
	});
});

describe('prices', () => {
	const lastPrice = async (period = '') => {
		const condition = `Condition='Номенклатура_Key eq guid''${who.chair}'''${period}`;
		const set = 'InformationRegister_ЦеныНоменклатуры_RecordType';
		return (await caller.rows(`${set}/SliceLast(${condition})`)).map(({ Цена }) => Цена);
	};

	it('are the latest of a day, by type, and never on the set of records', async () => {
		const { admin } = caller.base;
		admin.setsPrice({ product: who.chair, price: 110, date: '2026-11-20T18:00:00' });
		const wholesale = admin.addsPriceType('Оптовая');
		admin.setsPrice({ product: who.chair, price: 80, priceType: wholesale });
		expect((await lastPrice()).sort()).toEqual([100, 80]);
		expect(await lastPrice(",Period=datetime'2026-11-21T00:00:00'")).toEqual([110]);
		const first = 'InformationRegister_ЦеныНоменклатуры_RecordType/SliceFirst()';
		const prices = (await caller.rows(first)).filter(
			(record) => record.Номенклатура_Key === who.chair,
		);
		expect(prices.map(({ Цена, Period }) => [Цена, Period]).sort()).toEqual([
			[110, '2026-11-20T00:00:00'],
			[80, '2026-11-24T00:00:00'],
		]);
		expect(codeOf(await caller.get('InformationRegister_ЦеныНоменклатуры/SliceLast()'))).toBe('6');
	});

	it('come from a document that can be unposted', async () => {
		const document = caller.base.admin.setsPrice({ product: who.chair, price: 120 });
		expect(await lastPrice()).toEqual([120]);
		const address = `Document_УстановкаЦенНоменклатуры(guid'${document}')`;
		expect((await caller.post(`${address}/Unpost`)).status).toBe(200);
		expect(await lastPrice()).toEqual([100]);
		expect((await caller.post(`${address}/Post?PostingModeOperational=true`)).status).toBe(500);
		expect((await caller.post(`${address}/Post?PostingModeOperational=false`)).status).toBe(200);
		expect(await lastPrice()).toEqual([120]);
	});
});

describe('rates of currencies', () => {
	it('have slices on the set itself and one record a day', async () => {
		const { admin } = caller.base;
		const euro = admin.addsCurrency('978', 'EUR');
		admin.setsRate({ currency: euro, rate: 90.5, date: '2026-11-01' });
		admin.setsRate({ currency: euro, rate: 95.25, date: '2026-11-20' });
		const slice = async (name: string, more: string) =>
			(await caller.rows(`InformationRegister_КурсыВалют/${name}(${more})`)).map(
				({ Курс }) => Курс,
			);
		expect(await slice('SliceLast', '')).toEqual([95.25]);
		expect(await slice('SliceFirst', '')).toEqual([90.5]);
		expect(await slice('SliceLast', "Period=datetime'2026-11-19T00:00:00'")).toEqual([90.5]);
		const inQuery = `InformationRegister_КурсыВалют/SliceLast?Condition=Валюта_Key eq guid'${euro}'`;
		expect((await caller.rows(inQuery)).map(({ Курс }) => Курс)).toEqual([95.25]);
		const record = { Period: '2026-11-20T15:00:00', Валюта_Key: euro, Курс: 96 };
		expect(codeOf(await caller.post('InformationRegister_КурсыВалют', record))).toBe('15');
		const key = `Period=datetime'2026-11-20T00:00:00', Валюта_Key=guid'${euro}'`;
		expect((await caller.get(`InformationRegister_КурсыВалют(${key})`)).data.Курс).toBe(95.25);
	});
});

describe('the warehouse', () => {
	const balance = async (condition = '') =>
		(
			await caller.rows(
				`AccumulationRegister_ТоварыНаСкладах/Balance(Dimensions='Номенклатура'${condition})`,
			)
		).map((row) => [row.Номенклатура_Key, row.КоличествоBalance]);

	it('gains by receipts and returns, loses by shipments', async () => {
		const { storekeeper, sees, seed } = caller.base;
		storekeeper.receivesGoods({ product: who.chair, quantity: 12 });
		const ref = await postedOrder(caller, who);
		expect(await balance()).toEqual([[who.chair, 12]]);
		const shipment = storekeeper.ships({ order: ref });
		expect(await balance()).toEqual([[who.chair, 2]]);
		storekeeper.acceptsReturn({ shipment, lines: [{ product: who.chair, quantity: 1 }] });
		expect(await balance(`,Condition='Склад_Key eq guid''${seed.warehouse}'''`)).toEqual([
			[who.chair, 3],
		]);
		expect(sees.stock(who.chair, seed.warehouse)).toBe(3);
	});

	it('lets itself be overdrawn, unless the user may not', async () => {
		const { storekeeper, sees, seed, switches } = caller.base;
		const ref = await postedOrder(caller, who);
		const shipment = storekeeper.ships({ order: ref });
		expect(sees.stock(who.chair, seed.warehouse)).toBe(-10);
		storekeeper.unposts(shipment);
		switches.stockControl = 'operational';
		expect(() => storekeeper.posts(shipment)).toThrow('Не хватает товара');
		storekeeper.receivesGoods({ product: who.chair, quantity: 10 });
		storekeeper.posts(shipment);
		expect(sees.stock(who.chair, seed.warehouse)).toBe(0);
	});

	it('adds shipments to sales, a register of turnovers that has no balance', async () => {
		const { storekeeper } = caller.base;
		const ref = await postedOrder(caller, who);
		const shipment = storekeeper.ships({ order: ref });
		storekeeper.acceptsReturn({ shipment, lines: [{ product: who.chair, quantity: 4 }] });
		const sales = 'AccumulationRegister_Продажи';
		expect(await caller.rows(`${sales}/Turnovers(Dimensions='Контрагент')`)).toEqual([
			{
				Контрагент_Key: who.buyer,
				КоличествоTurnover: 6,
				СтоимостьTurnover: 600,
				СтоимостьБезСкидокTurnover: 600,
				НДСTurnover: 108.2,
			},
		]);
		expect(codeOf(await caller.get(`${sales}/Balance()`))).toBe('6');
		expect(codeOf(await caller.get(`${sales}/BalanceAndTurnovers()`))).toBe('6');
	});
});

describe('properties of objects', () => {
	const registered = 'InformationRegister_ЗначенияСвойствОбъектов';

	it('take an external id of fifty characters for any object', async () => {
		const { programmer } = caller.base;
		const property = programmer.addsProperty('Ид сделки', 'Документ_ЗаказПокупателя');
		const ref = await postedOrder(caller, who);
		const value = {
			Объект: ref,
			Объект_Type: 'StandardODATA.Document_ЗаказПокупателя',
			Свойство_Key: property,
			Значение: 'x'.repeat(60),
			Значение_Type: 'Edm.String',
		};
		const created = await caller.post(registered, value);
		expect([created.status, created.data.Значение]).toEqual([201, 'x'.repeat(50)]);
		expect(codeOf(await caller.post(registered, value))).toBe('15');
		const filter = `Объект eq cast(guid'${ref}','Document_ЗаказПокупателя') and Значение eq '${'x'.repeat(50)}'`;
		expect(await caller.found(registered, filter)).toBe(1);
		programmer.setsProperty({ object: who.buyer, property, value: 'B24-7' });
		expect(await caller.found(registered, "Значение eq 'B24-7'")).toBe(1);
		const alien = { ...value, Объект: ref, Объект_Type: 'StandardODATA.Catalog_НетТакого' };
		expect(codeOf(await caller.post(registered, alien))).toBe('4');
	});
});

describe('products', () => {
	it('stand in folders, with articles and units of the classifier', async () => {
		const { admin } = caller.base;
		const folder = admin.addsFolder('Номенклатура', 'Мебель');
		const shelf = admin.addsProduct({ name: 'Полка', article: 'П-1', folder });
		const [found] = await caller.rows(
			"Catalog_Номенклатура?$filter=Артикул eq 'П-1' and Parent/Description eq 'Мебель'",
		);
		expect([found.Ref_Key, found.IsFolder]).toEqual([shelf, false]);
		const unit = `Catalog_Номенклатура(guid'${shelf}')/ЕдиницаХраненияОстатков/ЕдиницаПоКлассификатору/Code`;
		expect((await caller.get(unit)).data.value).toBe('796');
		expect(await caller.found('Catalog_Номенклатура', 'IsFolder eq true')).toBe(1);
	});
});

describe('settlements', () => {
	it('are planned by orders and owed by shipments, with turnovers of a period', async () => {
		const { storekeeper, accountant } = caller.base;
		const ref = await postedOrder(caller, who, { Date: '2026-11-20T12:00:00' });
		storekeeper.ships({ order: ref });
		accountant.receives({ for: ref, amount: 400 });
		const deal = `Condition='Сделка eq cast(guid''${ref}'',''Document_ЗаказПокупателя'')',Dimensions='Сделка'`;
		const planned = `AccumulationRegister_РасчетыСКонтрагентами`;
		const owed = 'AccumulationRegister_ВзаиморасчетыСКонтрагентами';
		const type = 'StandardODATA.Document_ЗаказПокупателя';
		expect(await caller.rows(`${planned}/Balance(${deal})`)).toMatchObject([
			{ Сделка: ref, Сделка_Type: type, СуммаВзаиморасчетовBalance: 600 },
		]);
		expect(await caller.rows(`${owed}/Balance(${deal})`)).toMatchObject([
			{ СуммаВзаиморасчетовBalance: 600 },
		]);
		const today =
			"StartPeriod=datetime'2026-11-24T00:00:00',EndPeriod=datetime'2026-11-24T23:59:59'";
		expect(await caller.rows(`${planned}/Turnovers(${today},${deal})`)).toMatchObject([
			{
				СуммаВзаиморасчетовTurnover: -400,
				СуммаВзаиморасчетовReceipt: 0,
				СуммаВзаиморасчетовExpense: 400,
			},
		]);
		expect(await caller.rows(`${planned}/BalanceAndTurnovers(${today},${deal})`)).toMatchObject([
			{
				СуммаВзаиморасчетовOpeningBalance: 1000,
				СуммаВзаиморасчетовTurnover: -400,
				СуммаВзаиморасчетовClosingBalance: 600,
			},
		]);
		expect(
			codeOf(await caller.get(`${planned}/Turnovers(Period=datetime'2026-11-24T00:00:00')`)),
		).toBe('21');
		expect(
			codeOf(await caller.get(`${planned}/Balance(Condition='СуммаВзаиморасчетов gt 1')`)),
		).toBe('14');
		expect((await caller.get(order(ref))).data.Posted).toBe(true);
	});
});
