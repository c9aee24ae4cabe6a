/** What «Счет на оплату» says: sums, words, dates and the payment code, before any page is laid out. */
import Big from 'big.js';
import fc from 'fast-check';
import { convert } from 'number-to-words-ru';
import { amountInWords } from '../nodes/exchange/print/amountInWords';
import { invoiceDoubts } from '../nodes/exchange/print/invoiceDoubts';
import { paymentQr } from '../nodes/exchange/print/paymentQr';
import {
	partyLine,
	printedInvoiceSchema,
	totalsOf,
	type PrintedInvoice,
	type PrintedInvoiceJson,
} from '../nodes/exchange/print/printedInvoice';
import { inQuantity, inWords, shortNumber, tied } from '../nodes/exchange/print/typography';
import { inDigits, kopecks, type Kopecks } from '../nodes/exchange/money';
import { invoiceJson, line, type LineJson } from './support/printedInvoices';

const invoice = (change: Partial<PrintedInvoiceJson> = {}): PrintedInvoice =>
	printedInvoiceSchema.parse(invoiceJson(change));

describe('a sum in words', () => {
	test.each([
		[0, 'Ноль рублей 00 копеек'],
		[1.01, 'Один рубль 01 копейка'],
		[2.02, 'Два рубля 02 копейки'],
		[11.11, 'Одиннадцать рублей 11 копеек'],
		[21.21, 'Двадцать один рубль 21 копейка'],
		[1001, 'Одна тысяча один рубль 00 копеек'],
		[2500.05, 'Две тысячи пятьсот рублей 05 копеек'],
		[12_345.67, 'Двенадцать тысяч триста сорок пять рублей 67 копеек'],
		[1_000_000, 'Один миллион рублей 00 копеек'],
		[-5.5, 'Минус пять рублей 50 копеек'],
		[
			999_999_999_999.99,
			'Девятьсот девяносто девять миллиардов девятьсот девяносто девять миллионов девятьсот девяносто девять тысяч девятьсот девяносто девять рублей 99 копеек',
		],
	])('%s', (sum, words) => {
		expect(amountInWords(kopecks(sum))).toBe(words);
	});

	test('of any size reads as another program reads it', () => {
		const sums = fc.oneof(
			fc.integer({ min: 0, max: 99_999_999_999_999 }),
			fc.integer({ min: 0, max: 300_000 }),
			fc
				.tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 3 }))
				.map(([head, power]) => head * 1000 ** power * 100),
		);
		fc.assert(
			fc.property(sums, (sum) => {
				const digits = new Big(sum).div(100).toFixed(2);
				expect(amountInWords(sum as Kopecks)).toBe(
					convert(digits, { convertNumberToWords: { fractional: false } }),
				);
			}),
			{ seed: 20_261_124, numRuns: 1000 },
		);
	});

	test.each([
		['USD', 'Две тысячи долларов США 21 цент'],
		['EUR', 'Две тысячи евро 21 цент'],
		['CHF', 'Две тысячи CHF 21 сотая'],
	])('in %s', (currency, words) => {
		expect(amountInWords(kopecks(2000.21), currency)).toBe(words);
	});
});

describe('typography', () => {
	test('numbers and dates are written the Russian way', () => {
		expect(inDigits(kopecks(1_234_567.8))).toBe('1\u00a0234\u00a0567,80');
		expect(inDigits(kopecks(-12.5))).toBe('−12,50');
		expect([1250.5, 3, 0.125, 1_000_000].map(inQuantity)).toEqual([
			'1\u00a0250,5',
			'3',
			'0,125',
			'1\u00a0000\u00a0000',
		]);
		expect(inWords('2026-03-01T23:30:00+03:00')).toBe('1\u00a0марта\u00a02026\u00a0г.');
	});

	test('what belongs together does not part at the end of a line', () => {
		expect(tied('Договор № 15 от 12.01.2026, г. Москва, Петров П. П.')).toBe(
			'Договор №\u00a015 от\u00a012.01.2026, г.\u00a0Москва, Петров П.П.',
		);
		expect(tied('И. И. Иванов')).toBe('И.И.\u00a0Иванов');
	});

	test.each([
		['РТ000000123', '123'],
		['00000000017', '17'],
		['ЦБ-00100', '100'],
		['А/15-26', 'А/15-26'],
		['', ''],
	])('number %s is printed as %s', (stored, printed) => {
		expect(shortNumber(stored)).toBe(printed);
	});
});

describe('the invoice', () => {
	test('is counted by rates, the highest first', () => {
		const mixed = invoice({
			lines: [
				line({ amount: 1100, price: 550, vatRate: 10, vat: 100 }),
				line(),
				line({ vatRate: null, vat: 0, discount: 100, amount: 24_300 }),
				line(),
			],
		});
		expect(totalsOf(mixed)).toEqual({
			amount: kopecks(74_200),
			discount: kopecks(100),
			vat: [
				{ rate: 22, vat: kopecks(8800) },
				{ rate: 10, vat: kopecks(100) },
			],
		});
	});

	test('with control characters, broken surrogates and spaces is cleaned, not refused', () => {
		const { buyer } = invoice({ buyer: { name: ' ООО\u0000\u001b[2J  «Лю\ud800тик»\r\n' } });
		expect(buyer.name).toBe('ООО [2J «Лю тик»');
	});

	test.each<[string, Partial<PrintedInvoiceJson>, string]>([
		['no lines', { lines: [] }, 'needs a line'],
		['too many lines', { lines: Array.from({ length: 2001 }, () => line()) }, 'more than 2000'],
		['an endless name', { note: 'я'.repeat(4001) }, 'longer than 4000'],
		['no date', { date: 'завтра' }, 'must be a date'],
		['a sum beyond 1C', { total: 1e14 }, 'larger than 1C can hold'],
	])('with %s is refused', (_, change, message) => {
		const parsed = printedInvoiceSchema.safeParse(invoiceJson(change));
		expect(parsed.error?.issues[0].message).toContain(message);
	});

	test('names a party in one line, without what it lacks', () => {
		expect(partyLine(invoice().buyer)).toBe(
			'ООО «Лютик», ИНН 7707083893, КПП 773601001, 117997, г. Москва, ул. Вавилова, д. 19',
		);
		expect(partyLine(invoice({ buyer: { name: 'Иванов' } }).buyer)).toBe('Иванов');
	});
});

describe('doubts', () => {
	/** Half away from zero, by a decimal library that the nodes use too, but by the formulas of the tax code. */
	const exactLine = (
		price: number,
		quantity: number,
		rate: number | null,
		isInside: boolean,
	): LineJson => {
		const amount = new Big(price).times(quantity).round(2, Big.roundHalfUp);
		const divisor = isInside ? 100 + (rate ?? 0) : 100;
		const vat = amount
			.times(rate ?? 0)
			.div(divisor)
			.round(2, Big.roundHalfUp);
		return line({
			price,
			quantity,
			amount: amount.toNumber(),
			vat: vat.toNumber(),
			vatRate: rate,
		});
	};

	const prices = fc.integer({ min: 1, max: 10_000_000 }).map((sum) => sum / 100);
	const quantities = fc.integer({ min: 1, max: 5_000_000 }).map((count) => count / 1000);
	const rates = fc.constantFrom(22, 20, 10, 7, 5, 0, null);

	test('there are none about any invoice that is counted exactly', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(prices, quantities, rates), { minLength: 1, maxLength: 20 }),
				fc.boolean(),
				(rows, isInside) => {
					const lines = rows.map(([price, quantity, rate]) =>
						exactLine(price, quantity, rate, isInside),
					);
					const due = lines.reduce(
						(sum, { amount, vat }) => sum.plus(amount).plus(isInside ? 0 : (vat ?? 0)),
						new Big(0),
					);
					const counted = invoice({ lines, pricesIncludeVat: isInside, total: due.toNumber() });
					expect(invoiceDoubts(counted)).toEqual([]);
				},
			),
			{ seed: 20_261_124, numRuns: 300 },
		);
	});

	test('name the line, the requisite or the total that is off', () => {
		const odd = invoice({
			supplier: { name: 'ООО «Ромашка»', inn: '7701234567', kpp: '77' },
			account: { bank: 'Банк', bik: '044525225', number: '40702810938000000002' },
			buyer: { name: '', inn: '1' },
			lines: [line({ amount: 24_000 }), line({ vat: 4000 })],
			total: 48_800,
		});
		expect(invoiceDoubts(odd)).toEqual([
			'ИНН поставщика «7701234567» неверен',
			'КПП поставщика «77» неверен',
			'ИНН покупателя «1» неверен',
			'покупатель не назван',
			'расчетный счет «40702810938000000002» не подходит к БИК «044525225»',
			'строка 1: сумма 24\u00a0000,00, а по цене и количеству выходит 24\u00a0400,00',
			'строка 1: НДС 4\u00a0400,00, а по ставке выходит 4\u00a0327,87',
			'строка 2: НДС 4\u00a0000,00, а по ставке выходит 4\u00a0400,00',
			'сумма счета 48\u00a0800,00, а строки вместе дают 48\u00a0400,00',
		]);
		expect(invoiceDoubts(invoice({ account: null }))).toEqual(['нет банковского счета поставщика']);
	});
});

describe('the payment code', () => {
	const code = (change: Partial<PrintedInvoiceJson> = {}): string => {
		const payload = paymentQr(invoice(change));
		if ('reason' in payload) throw new Error(payload.reason);
		return payload.text;
	};

	test('says who is paid, how much in kopecks and what for', () => {
		expect(code()).toBe(
			'ST00012|Name=ООО «Ромашка»|PersonalAcc=40702810938000000001|BankName=ПАО Сбербанк|BIC=044525225' +
				'|CorrespAcc=30101810400000000225|Sum=4880000' +
				'|Purpose=Оплата по счету № 123 от 24.11.2026. В т.ч. НДС 22% - 8800-00' +
				'|PayeeINN=7701234560|PayerINN=7707083893|KPP=770101001',
		);
		expect(code({ lines: [line({ vatRate: null, vat: 0 })] })).toContain('НДС не облагается');
	});

	test('has room for the longest names: mandatory fields stay within 300 bytes', () => {
		const words = fc.string({ unit: fc.constantFrom('Ж', '«', 'a', '😀', ' '), maxLength: 400 });
		fc.assert(
			fc.property(words, words, (name, bank) => {
				const text = code({
					supplier: { ...invoiceJson().supplier, name },
					account: { ...invoiceJson().account, bank },
				});
				const mandatory = text.slice(0, text.indexOf('|Sum='));
				expect(Buffer.byteLength(mandatory, 'utf8')).toBeLessThanOrEqual(300);
				const bankName = /BankName=([^|]*)/.exec(text)?.[1] ?? '';
				expect([...bankName].length).toBeLessThanOrEqual(45);
				expect(text).not.toContain('\ufffd');
			}),
			{ seed: 20_261_124, numRuns: 300 },
		);
		const full = {
			...invoiceJson().supplier,
			name: 'Общество с ограниченной ответственностью «Ромашка»',
		};
		expect(code({ supplier: full })).toContain('|Name=ООО «Ромашка»|');
	});

	test('is divided by another sign where a name holds the usual one', () => {
		const text = code({ buyer: { name: 'Л' }, supplier: { name: 'А|Б#В', inn: '7701234560' } });
		expect(text.startsWith('ST00012;Name=А|Б#В;PersonalAcc=')).toBe(true);
	});

	test.each<[string, Partial<PrintedInvoiceJson>]>([
		['счет не в рублях', { currency: 'USD' }],
		['платить нечего', { total: 0 }],
		['нет банковского счета поставщика', { account: null }],
		['БИК «04» неверен', { account: { ...invoiceJson().account, bik: '04' } }],
		['расчетный счет «0»', { account: { ...invoiceJson().account, number: '0' } }],
	])('is not printed where %s', (reason, change) => {
		const payload = paymentQr(invoice(change));
		expect('reason' in payload && payload.reason).toContain(reason);
	});
});
