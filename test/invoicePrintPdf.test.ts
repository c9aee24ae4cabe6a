/** The PDF of an invoice, read back the way its reader would: what stands where, on which page, in which letters. */
import type { IDataObject } from 'n8n-workflow';
import type { PrintedInvoiceJson } from '../nodes/exchange/print/printedInvoice';
import { invoiceJson, line } from './support/printedInvoices';
import {
	binary,
	linesOf,
	pictureFile,
	prints,
	readsPdf,
	runsPrint,
	scansQr,
} from './support/printShop';

jest.setTimeout(120_000);

const many = (count: number): PrintedInvoiceJson['lines'] =>
	Array.from({ length: count }, (_, index) =>
		line({ name: `Стол № ${index + 1}`, article: `СТ-${index + 1}` }),
	);

const read = async (change: Partial<PrintedInvoiceJson> = {}, parameters = {}) => {
	const { files, json } = await prints(invoiceJson(change), parameters);
	return { ...(await readsPdf(files.pdf.bytes)), json, file: files.pdf };
};

test('has all that an accountant looks for, in the order of the form of 1C', async () => {
	const { pages, title, author, file, json } = await read();
	expect(pages).toHaveLength(1);
	expect(file).toMatchObject({
		name: 'Счет на оплату № 123 от 24 ноября 2026 г.pdf',
		type: 'application/pdf',
	});
	expect([title, author].map((text) => text.replace(/\u00a0/g, ' '))).toEqual([
		'Счет на оплату № 123 от 24 ноября 2026 г.',
		'ООО «Ромашка»',
	]);
	const page = linesOf(pages[0]).join('\n');
	const expected = [
		'Внимание! Оплата данного счета',
		'ПАО Сбербанк г. Москва БИК 044525225',
		'Сч. № 30101810400000000225',
		'ИНН 7701234560 КПП 770101001 Сч. № 40702810938000000001',
		'Получатель',
		'Счет на оплату № 123 от 24 ноября 2026 г.',
		'ООО «Ромашка», ИНН 7701234560, КПП 770101001, 125009',
		'ООО «Лютик», ИНН 7707083893',
		'Основание: Договор поставки № 15 от 12.01.2026',
		'№ Артикул Товары (работы, услуги) Кол-во Ед. Цена Сумма',
		'1 СТ-01 Стол письменный «Атлант» 2 шт 12 200,00 24 400,00',
		'2 СТ-02 Стул офисный 10 шт 2 440,00 24 400,00',
		'Итого: 48 800,00',
		'В том числе НДС (22%): 8 800,00',
		'Всего к оплате: 48 800,00',
		'Всего наименований 2, на сумму 48 800,00 руб.',
		'Сорок восемь тысяч восемьсот рублей 00 копеек',
		'Генеральный директор (Петров П.П.) Бухгалтер (Сидорова А.А.)',
		'Менеджер: Иванов И.И.',
	];
	const places = expected.map((text) => page.indexOf(text));
	expect(expected.filter((_, index) => places[index] < 0)).toEqual([]);
	expect(places).toEqual([...places].sort((a, b) => a - b));
	expect(json).toMatchObject({
		number: '123',
		total: 48_800,
		totalInWords: 'Сорок восемь тысяч восемьсот рублей 00 копеек',
		doubts: [],
	});
});

test('holds its letters, stays on its paper, and sums end at one edge', async () => {
	const { pages } = await read({ lines: many(60), total: 1_464_000 });
	expect(pages.length).toBeGreaterThan(1);
	for (const { fonts, texts, size } of pages) {
		expect(fonts.length).toBeGreaterThan(0);
		expect(fonts.filter(({ isEmbedded }) => !isEmbedded)).toEqual([]);
		expect(fonts.every(({ name }) => /^[A-Z]{6}\+PTSans-(Regular|Bold)$/.test(name))).toBe(true);
		const outside = texts.filter(
			({ x, right, y }) => x < 40 || right > size[0] - 26 || y < 20 || y > size[1] - 25,
		);
		expect(outside).toEqual([]);
	}
	const sums = pages.flatMap(({ texts }) =>
		texts.filter(({ text }) => /^(24\s400,00|1\s464\s000,00)$/.test(text)),
	);
	const edges = sums.map(({ right }) => right);
	expect(sums.length).toBe(62);
	expect(Math.max(...edges) - Math.min(...edges)).toBeLessThan(1.5);
});

test.each([40, 400])(
	'of %s lines repeats the header and ends with lines, totals and names',
	async (count) => {
		const { pages } = await read({ lines: many(count), total: 24_400 * count });
		const pagesOfLines = pages.map(linesOf);
		const header = /^№ Артикул Товары/;
		expect(pagesOfLines.every((lines) => lines.some((text) => header.test(text)))).toBe(true);
		const numbers = pagesOfLines
			.flat()
			.flatMap((text) => /^(\d+) СТ-\d+ Стол/.exec(text)?.[1] ?? []);
		expect(numbers.map(Number)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
		const last = pagesOfLines.at(-1) ?? [];
		expect(last.some((text) => text.startsWith(`${count} СТ-${count}`))).toBe(true);
		expect(last.some((text) => text.startsWith('Генеральный директор'))).toBe(true);
		expect(last.at(-1)).toBe(
			`Счет на оплату № 123 от 24 ноября 2026 г. Страница ${pages.length} из ${pages.length}`,
		);
	},
);

test('wherever the lines end on a page, the totals are never alone on the next one', async () => {
	const lengths = new Set<number>();
	for (let count = 17; count <= 24; count += 1) {
		const { pages } = await read({ lines: many(count), total: 24_400 * count });
		lengths.add(pages.length);
		for (const page of pages) {
			expect(linesOf(page).some((text) => /^\d+ СТ-\d+ Стол/.test(text))).toBe(true);
		}
	}
	expect([...lengths].sort()).toEqual([1, 2]);
});

test('the code on the page is read back byte for byte', async () => {
	const { files, json } = await prints(invoiceJson());
	const { picture } = await readsPdf(files.pdf.bytes, { drawn: true });
	const scanned = await scansQr(picture as Buffer);
	expect(scanned.equals(Buffer.from(String(json.qrPayload), 'utf8'))).toBe(true);
	const without = await prints(invoiceJson(), { qr: false });
	const page = await readsPdf(without.files.pdf.bytes, { drawn: true });
	await expect(scansQr(page.picture as Buffer)).rejects.toThrow('no QR code');
	expect(without.json.qrPayload).toBeNull();
});

test('two rates, a discount and VAT on top are told apart', async () => {
	const { pages } = await read({
		pricesIncludeVat: false,
		lines: [
			line({ price: 100, quantity: 1, discount: 10, amount: 90, vatRate: 22, vat: 19.8 }),
			line({ price: 50, quantity: 2, amount: 100, vatRate: 10, vat: 10 }),
			line({ price: 1, quantity: 1.125, amount: 1.13, vatRate: null, vat: 0 }),
		],
		total: 220.93,
	});
	const lines = linesOf(pages[0]);
	expect(lines).toEqual(
		expect.arrayContaining([
			'№ Артикул Товары (работы, услуги) Кол-во Ед. Цена НДС Скидка Сумма',
			'1 СТ-01 Стол письменный «Атлант» 1 шт 100,00 22% 10,00 90,00',
			'3 СТ-01 Стол письменный «Атлант» 1,125 шт 1,00 без НДС 1,13',
			'Скидка: 10,00',
			'Итого: 191,13',
			'НДС (22%): 19,80',
			'НДС (10%): 10,00',
			'Всего к оплате: 220,93',
			'Двести двадцать рублей 93 копейки',
		]),
	);
});

test('an entrepreneur without VAT signs alone', async () => {
	const { pages } = await read({
		supplier: { ...invoiceJson().supplier, name: 'ИП Смирнова', inn: '500100732259', kpp: '' },
		director: { name: 'Смирнова О. В.' },
		lines: [line({ vatRate: null, vat: 0 })],
		total: 24_400,
	});
	const lines = linesOf(pages[0]);
	expect(lines).toContain('Без налога (НДС) –');
	expect(lines).toContain('Предприниматель (Смирнова О.В.)');
	expect(lines.join()).not.toContain('Бухгалтер');
});

test('the same invoice is the same file', async () => {
	const [first, second] = [await prints(invoiceJson()), await prints(invoiceJson())];
	expect(first.files.pdf.bytes.equals(second.files.pdf.bytes)).toBe(true);
});

test('long names, endless words and the largest sums stay in their columns', async () => {
	const endless = 'Сверхдлинноеназваниебезпробелов'.repeat(20);
	const { pages } = await read({
		buyer: { name: 'Общество с ограниченной ответственностью «Лютик» '.repeat(6), inn: '' },
		lines: [
			line({
				name: endless,
				article: 'ОЧЕНЬ-ДЛИННЫЙ-АРТИКУЛ-1234567890',
				amount: 999_999_999_999.99,
			}),
		],
		total: 999_999_999_999.99,
	});
	const texts = pages.flatMap((page) => page.texts);
	expect(texts.filter(({ right }) => right > 569)).toEqual([]);
	expect(texts.filter(({ text }) => /^999\s999\s999\s999,99$/.test(text))).toHaveLength(3);
	const cells = texts.filter(({ text }) => endless.includes(text) && text.length > 5);
	const edge = Math.min(...texts.filter(({ text }) => text.startsWith('Кол')).map(({ x }) => x));
	expect(Math.max(...cells.map(({ right }) => right))).toBeLessThanOrEqual(edge);
});

test('a thousand lines are printed within seconds', async () => {
	const started = performance.now();
	const { files } = await prints(invoiceJson({ lines: many(1000), total: 24_400_000 }));
	expect(files.pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
	expect(performance.now() - started).toBeLessThan(60_000);
});

test('stamp, signatures and logo are drawn, PNG and JPEG alike', async () => {
	const files = {
		stamp: binary(pictureFile(400, 400)),
		sign: binary(pictureFile(300, 120, 'image/jpeg')),
	};
	const pictures = { stamp: 'stamp', directorSignature: 'sign', logo: 'sign' };
	const plain = await prints(invoiceJson(), { qr: false });
	const sealed = await prints(invoiceJson(), { qr: false, pictures }, files);
	const count = (pdf: Buffer): number => pdf.toString('latin1').split('/Subtype /Image').length - 1;
	expect(count(plain.files.pdf.bytes)).toBe(0);
	/** The stamp is transparent, so its transparency is a picture of its own. */
	expect(count(sealed.files.pdf.bytes)).toBeGreaterThanOrEqual(3);
});

/** A PNG that says it is as large as it likes. */
const claims = (side: number): Buffer => {
	const bytes = Buffer.from(pictureFile(10, 10));
	bytes.writeUInt32BE(side, 16);
	bytes.writeUInt32BE(side, 20);
	return bytes;
};

test.each<[string, Buffer, string]>([
	['no picture at all', Buffer.from('<svg onload="alert(1)"/>'), 'no PNG and no JPEG'],
	['a picture cut short', pictureFile(400, 400).subarray(0, 200), 'broken'],
	['a picture that says it is larger than it is', claims(2000), 'broken'],
	['a picture of a hundred megapixels', claims(10_000), 'too many'],
	[
		'a file of six megabytes',
		Buffer.concat([pictureFile(10, 10), Buffer.alloc(6_000_000)]),
		'too large',
	],
])('%s is refused, and the other invoices are printed', async (_, bytes, said) => {
	const run = await runsPrint(
		{ resource: 'invoice', operation: 'print', pictures: { stamp: 'stamp' } },
		[bytes, pictureFile(100, 100)].map((stamp) => ({
			json: { printedInvoice: invoiceJson() as unknown as IDataObject },
			binary: { stamp: binary(stamp) },
		})),
		{ onError: 'continueRegularOutput' },
	);
	const [refused, printed] = run.items('Печать');
	expect(String(refused.error)).toContain(said);
	expect(printed.error).toBeUndefined();
});
