/** Sales become invoices and orders of 1C, once each, whatever happens on the way. */
import { INN, OneCOffice } from './support/onecOffice';

let office: OneCOffice;

const open = async (options: Parameters<typeof OneCOffice.open>[0] = {}): Promise<void> => {
	office = await OneCOffice.open(options);
};

afterEach(async () => await office.base.close());

const POST = {
	invoice: 'POST Document_СчетНаОплатуПокупателю',
	order: 'POST Document_ЗаказПокупателя',
} as const;

const KINDS = ['invoice', 'order'] as const;

describe('a sale', () => {
	beforeEach(async () => await open());

	test('becomes an invoice with everything 1C demands of it', async () => {
		const { document, outcome, anomalies } = await office.create('invoice');
		expect({ outcome, anomalies, amount: document.amount }).toEqual({
			outcome: 'created',
			anomalies: [],
			amount: 4_880_000,
		});
		expect(office.documents('invoice')).toMatchObject([
			{
				Ref_Key: document.ref,
				Date: '2026-11-24T12:00:00',
				Комментарий: '[B24-123] Мебель в переговорную',
				Контрагент: office.buyer,
				СтруктурнаяЕдиница: office.base.seed.bankAccount,
				Товары: [
					{ LineNumber: '1', Коэффициент: 1, СтавкаНДС: 'НДС22', СуммаНДС: 4400 },
					{ LineNumber: '2', Коэффициент: 1, СтавкаНДС: 'НДС22', СуммаНДС: 4400 },
				],
			},
		]);
	});

	test('becomes a posted order that rests on its invoice', async () => {
		const { document: invoice } = await office.create('invoice');
		const { document: order } = await office.create('order');
		expect(order.posted).toBe(true);
		expect(office.documents('order')).toMatchObject([
			{
				ДокументОснование: invoice.ref,
				НомерВходящегоДокументаЭлектронногоОбмена: 'B24-123',
				Комментарий: '[B24-123] Мебель в переговорную',
			},
		]);
		expect(office.base.sees.balance(order.ref)).toEqual({ quantity: 12, amount: 48_800 });
	});

	test('with VAT on top makes the sum of the deal', async () => {
		const lines = [
			{ name: 'Стол', product: office.table, quantity: 3, price: 100.05, vatRate: 22 },
		];
		const sale = office.sale({ pricesIncludeVat: false, lines, total: 366.18 });
		expect((await office.create('invoice', sale)).document.amount).toBe(36_618);
	});

	test('puts services where 1C wants them', async () => {
		const product = office.base.admin.addsProduct({ name: 'Доставка', service: true });
		const lines = [{ name: 'Доставка до склада', product, quantity: 1, price: 500, vatRate: null }];
		await office.create('order', office.sale({ lines }));
		expect(office.documents('order')[0]).toMatchObject({
			Posted: true,
			Товары: [],
			Услуги: [{ Содержание: 'Доставка до склада', СтавкаНДС: 'БезНДС', СуммаНДС: 0 }],
		});
	});

	test.each([
		"O'Neil ''quoted''",
		'$filter=1 eq 1&x=+#%20',
		'«Ёлки» 🎄 \u202e',
		'[B24-5] или 1=1)',
		'line\nbreak',
	])('with the title %j is found again and not taken for another', async (title) => {
		const sale = office.sale({ title });
		const first = await office.create('invoice', sale);
		const again = await office.create('invoice', sale);
		expect(again).toMatchObject({ outcome: 'found', document: { ref: first.document.ref } });
		const other = await office.create('invoice', office.sale({ dealId: 5 }));
		expect(other.outcome).toBe('created');
	});

	test('made twice is made once, and a correction in 1C is told and kept', async () => {
		const { document } = await office.create('invoice');
		const [{ Товары: rows }] = office.documents('invoice');
		const [first] = rows as Array<Record<string, unknown>>;
		office.base.salesman.edits(document.ref, { Товары: [first] });
		const again = await office.create('invoice');
		expect(again.outcome).toBe('found');
		expect(again.anomalies.join().replace(/\u00a0/g, ' ')).toContain(
			'24 400,00 ₽, а по сделке 48 800,00 ₽',
		);
		expect(office.documents('invoice')).toHaveLength(1);
	});

	test('whose document was marked for deletion gets a new one', async () => {
		const { document } = await office.create('invoice');
		office.base.admin.marksForDeletion(document.ref);
		const again = await office.create('invoice');
		expect(again.outcome).toBe('created');
		expect(again.document.ref).not.toBe(document.ref);
	});

	test('given twice in one execution is made once', async () => {
		const results = await Promise.all([office.create('order'), office.create('order')]);
		expect(results.map(({ outcome }) => outcome).sort()).toEqual(['created', 'found']);
		expect(office.documents('order')).toHaveLength(1);
	});

	test('costs few requests', async () => {
		expect(await office.requests(async () => await office.create('invoice'))).toBeLessThanOrEqual(
			8,
		);
		expect(await office.requests(async () => await office.create('order'))).toBeLessThanOrEqual(10);
		expect(await office.requests(async () => await office.create('invoice'))).toBe(1);
	});
});

describe.each([true, false])('where the base takes our own key: %s', (acceptsOwnRefKey) => {
	beforeEach(async () => await open({ switches: { acceptsOwnRefKey } }));

	test.each(KINDS)('a lost answer makes no second %s', async (kind) => {
		office.base.levers.losesNextAnswer(POST[kind]);
		expect((await office.create(kind)).outcome).toBe('created');
		expect(office.documents(kind)).toHaveLength(1);
	});

	test.each(KINDS)('a proxy that fails after the write makes no second %s', async (kind) => {
		office.base.levers.answers502AfterTheWrite(POST[kind]);
		await office.create(kind);
		expect(office.documents(kind)).toHaveLength(1);
	});

	test('a failure before the write is tried once more', async () => {
		office.base.levers.failsNext(502, undefined, POST.invoice);
		expect((await office.create('invoice')).outcome).toBe('created');
		expect(office.documents('invoice')).toHaveLength(1);
	});

	test('two workers at once leave one order', async () => {
		const [one, two] = await Promise.all([office.create('order'), office.create('order')]);
		expect(one.document.ref).toBe(two.document.ref);
		expect(office.documents('order')).toHaveLength(1);
	});

	test('a lost answer of posting is looked up in the order itself', async () => {
		office.base.levers.losesNextAnswer('/Post');
		expect((await office.create('order')).document.posted).toBe(true);
	});
});

describe('a licence shortage', () => {
	test.each([500, 503] as const)(
		'answered with %s is waited out, for reads and writes',
		async (status) => {
			await open({ switches: { licenceExhaustedStatus: status } });
			office.base.levers.exhaustsLicences(4);
			expect((await office.create('invoice')).outcome).toBe('created');
		},
	);

	test('that does not pass is said', async () => {
		await open();
		office.base.levers.exhaustsLicences(1000);
		await expect(office.create('invoice')).rejects.toThrow('no free licence');
	});
});

describe('what cannot go through is said in words', () => {
	beforeEach(async () => await open());

	const says = async (
		change: Parameters<OneCOffice['sale']>[0],
		words: RegExp,
		kind: 'invoice' | 'order' = 'invoice',
	): Promise<void> => {
		await expect(office.create(kind, office.sale(change))).rejects.toThrow(words);
		expect(office.documents(kind)).toEqual([]);
	};

	const line = { name: 'Стол', quantity: 1, price: 100, vatRate: 22 };
	const buyer = { name: 'ООО «Лютик»', inn: INN, kpp: '', ref: null };
	const NOBODY = '00000000-0000-0000-0000-00000000000a';

	test('no products', async () => await says({ lines: [] }, /has no products/));
	test('a line tied to nothing', async () => {
		const lines = [
			{ ...line, product: office.table },
			{ ...line, name: 'X', product: null },
		];
		await says({ lines }, /Line 2 «X» is not tied to a 1C product/);
	});
	test('an unknown product', async () =>
		await says({ lines: [{ ...line, product: NOBODY }] }, /Line 1 «Стол» .*does not have/));
	test('a product marked for deletion', async () => {
		office.base.admin.marksForDeletion(office.table);
		await says({}, /Line 1 «Стол» .*marked for deletion/);
	});
	test("a sum that is not the products' one", async () =>
		await says({ total: 50_000 }, /48\s800,00.*50\s000,00/));
	test('no ИНН', async () =>
		await says({ buyer: { ...buyer, inn: '' } }, /«ООО «Лютик»» has no ИНН/));
	test('a wrong ИНН', async () =>
		await says({ buyer: { ...buyer, inn: '7707083894' } }, /wrong ИНН: 7707083894/));
	test('an unknown ИНН', async () =>
		await says({ buyer: { ...buyer, inn: '7728168971' } }, /no counterparty with ИНН 7728168971/));
	test('a counterparty the base does not have', async () =>
		await says({ buyer: { ...buyer, ref: NOBODY } }, /no counterparty 0{8}/));
	test('a VAT rate nobody has', async () =>
		await says({ lines: [{ ...line, product: office.table, vatRate: 13 }] }, /VAT rate of 13 %/));
	test('a currency the base lacks', async () =>
		await says({ currency: 'EUR' }, /EUR \(code 978\)/));
	test('a contract in another currency', async () => {
		office.base.admin.addsCurrency('978', 'EUR');
		await says({ currency: 'EUR' }, /«Основной договор».*not kept in EUR/);
	});
	test('a warehouse that is not there', async () =>
		await says({ warehouse: NOBODY }, /no warehouse 0{8}/));
	test('several organizations and no choice', async () => {
		office.base.admin.addsOrganization({ name: 'ООО «Вторая»', prefix: 'ВТ', inn: '7728168971' });
		await says({}, /2 organizations: .*«ООО «Вторая»»/);
		const { organization } = office.base.seed;
		expect((await office.create('invoice', office.sale({ organization }))).outcome).toBe('created');
	});
	test('an order under a contract kept by invoices', async () => {
		const contract = office.base.admin.addsContract({
			counterparty: office.buyer,
			name: 'По счетам',
			settlement: 'ПоСчетам',
		});
		await says({ contract }, /«По счетам».*по счетам/, 'order');
	});
	test('several contracts and no main one', async () => {
		const counterparty = office.base.admin.addsCounterparty({
			name: 'Новый',
			inn: '7728168971',
			contract: 'none',
		});
		for (const name of ['Первый', 'Второй']) {
			office.base.admin.addsContract({ counterparty, name, settlement: 'ПоДоговоруВЦелом' });
		}
		await says({ buyer: { ...buyer, ref: counterparty } }, /«Первый».*«Второй»/);
	});
	test('a closed period', async () => {
		office.base.levers.closesPeriod('2026-11-30');
		await says({}, /refused to write Customer Invoice/);
	});
});

describe('two counterparties with one ИНН', () => {
	beforeEach(async () => {
		await open();
		const folder = office.base.admin.addsFolder('Контрагенты', 'Розница');
		office.base.admin.addsCounterparty({
			name: 'Лютик (розница)',
			inn: INN,
			kpp: '770701001',
			folder,
		});
	});

	test('are named with their folders, and a person is asked', async () => {
		await expect(office.create('invoice')).rejects.toMatchObject({
			message: expect.stringMatching(
				/^(?=.*ООО «Лютик» \(код)(?=.*Розница \/ Лютик \(розница\) \(код)/,
			),
			remedy: expect.stringContaining('UF_CRM_1C_COUNTERPARTY'),
		});
	});

	test('are told apart by the КПП', async () => {
		const buyer = { ref: null, name: '', inn: INN, kpp: '770701001' };
		await office.create('invoice', office.sale({ buyer }));
		expect(office.documents('invoice')[0].Контрагент).not.toBe(office.buyer);
	});
});

describe('a VAT rate the base lacks', () => {
	const vatRates = ['НДС20', 'НДС10', 'НДС0', 'БезНДС'];

	test.each(KINDS)('is named when the base refuses the %s', async (kind) => {
		await open({ vatRates });
		await expect(office.create(kind)).rejects.toThrow(/no such VAT rate.*НДС22/);
	});

	test('is named when the base blanks it, each time the same', async () => {
		await open({ vatRates, switches: { unknownEnumValue: 'blank' } });
		const first = await office.create('order').catch((error: Error) => error.message);
		const second = await office.create('order').catch((error: Error) => error.message);
		expect(first).toMatch(/Товары, row 1, СтавкаНДС: sent «НДС22», stored nothing/);
		expect(second).toBe(first);
		expect(office.documents('order')).toMatchObject([{ Posted: false }]);
	});
});

describe('what the base drops without a word', () => {
	test('is found by reading back', async () => {
		await open({ switches: { compositeWithoutType: 'blank' } });
		const long = 'Б'.repeat(8);
		await expect(
			office.create(
				'order',
				office.sale({ dealId: 123_456_789_012_345 }),
				office.session({ marker: long.replace(/Б/g, 'B') }),
			),
		).rejects.toThrow(/НомерВходящегоДокументаЭлектронногоОбмена: sent «BBBBBBBB-123456789012345»/);
	});
});

/** Everything about a live base that nobody has verified, in the position the other tests do not take. */
describe.each([
	{ ifMatch: '412' },
	{ verboseRefusals: true },
	{ inlineCountIgnoresTop: true },
	{ overShipmentControl: 'never' },
	{ defaultPostingMode: 'non-operational' },
	{ postAnswer: 'object' },
	{ compositeWithoutType: 'refuse' },
	{ documentWithoutDate: 'now' },
	{ stringsIgnoreCase: false },
	{ expands: false },
] as const)('where a base differs: %j', (switches) => {
	test('a sale goes all the way', async () => {
		await open({ switches });
		const { document: invoice } = await office.create('invoice');
		const { document: order } = await office.create('order');
		office.base.accountant.receives({ for: invoice.ref, amount: 48_800 });
		office.base.storekeeper.ships({ order: order.ref });
		expect(await office.progress()).toMatchObject({
			paid: { level: 'full' },
			shipped: { level: 'full' },
			closed: { state: 'fulfilled' },
			anomalies: [],
		});
	});
});
