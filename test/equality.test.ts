/** Whether two values of a field are the same value, by the type of the field. */
import fc from 'fast-check';
import { holds, isEmpty, type SingleType } from '../nodes/exchange/equality';

fc.configureGlobal({ seed: 20_261_130, numRuns: 300 });

const digits = (length: number) =>
	fc
		.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
		.map((all) => all.join(''));

const SINGLE: SingleType[] = [
	'text',
	'code',
	'number',
	'money',
	'quantity',
	'sum',
	'date',
	'moment',
	'flag',
	'reference',
	'phone',
];

const anything = fc.oneof(
	fc.string(),
	digits(20),
	fc.integer(),
	fc.double({ noNaN: true, noDefaultInfinity: true }),
	fc.boolean(),
	fc.constantFrom(
		null,
		undefined,
		'',
		'0',
		'Y',
		'N',
		'1e3',
		'+7 495 123-45-67 доб. 5',
		'31.12.2026',
	),
	fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
	fc.uuid(),
);

test('every type is an equality: a value is itself, and neither side matters', () => {
	fc.assert(
		fc.property(fc.constantFrom(...SINGLE), anything, anything, (type, a, b) => {
			expect(holds(type, a, a)).toBe(true);
			expect(holds(type, a, b)).toBe(holds(type, b, a));
		}),
	);
});

test('accounts of twenty digits are the same only digit by digit', () => {
	const at = fc.integer({ min: 0, max: 19 });
	fc.assert(
		fc.property(digits(20), at, fc.integer({ min: 1, max: 9 }), (account, index, step) => {
			const other = [...account];
			other[index] = String((Number(other[index]) + step) % 10);
			for (const type of ['text', 'code', 'reference'] as const) {
				expect(holds(type, account, other.join(''))).toBe(false);
				expect(holds(type, account, ` ${account} `)).toBe(true);
			}
			expect(holds('number', account, other.join(''))).toBe(false);
		}),
	);
});

test.each([
	['0123', '123'],
	['1e3', '1000'],
	['+74951234567', '74951234567'],
	['5.00', '5'],
	['ооо роза', 'ООО Роза'],
	['0', ''],
	['0', null],
])('as text, «%s» is not «%s»', (a, b) => {
	expect(holds('text', a, b)).toBe(false);
	expect(holds('text', b, a)).toBe(false);
});

test.each<[SingleType, unknown, unknown]>([
	['text', 'a\r\nb', 'a\nb'],
	['text', null, ''],
	['text', 'ООО Роза ', 'ООО Роза'],
	['number', '5.00', 5],
	['number', '1e3', 1000],
	['number', '-0.50', -0.5],
	['money', '100.1', 100.1],
	['money', '100.10|RUB', '100.1|RUB'],
	['money', '100.10|RUB', 100.1],
	['money', 89.95500000000001, '89.96'],
	['sum', '', 0],
	['quantity', null, '0.000'],
	['date', '2026-12-31T03:00:00+03:00', '2026-12-31'],
	['date', '31.12.2026', '2026-12-31'],
	['date', '0001-01-01T00:00:00', ''],
	['moment', '2026-12-31T10:00:00+03:00', '2026-12-31T07:00:00.000Z'],
	['moment', '2026-12-31T10:00:00+03:00', '31.12.2026 10:00'],
	['flag', 'Y', true],
	['flag', '1', 'Y'],
	['flag', 'N', null],
	['reference', 5, '5'],
	['reference', 0, null],
	['reference', '7C9D1F2E-3B4A-11EF-9C11-00155D01C802', '7c9d1f2e-3b4a-11ef-9c11-00155d01c802'],
	['reference', '00000000-0000-0000-0000-000000000000', ''],
	['phone', '8 (495) 123-45-67, доб. 12', '+74951234567#12'],
])('as %s, %p is %p', (type, a, b) => {
	expect(holds(type, a, b)).toBe(true);
	expect(holds(type, b, a)).toBe(true);
});

test.each<[SingleType, unknown, unknown]>([
	['number', 0, null],
	['number', '5', '5a'],
	['money', '100.10|RUB', '100.10|USD'],
	['money', 100.1, 100.11],
	['date', '2026-12-31', '2027-01-01'],
	['date', '2026-12-31', 'завтра'],
	['moment', '2026-12-31T10:00:00+03:00', '2026-12-31T10:00:00Z'],
	['flag', 'Y', 'N'],
	['reference', 15, 5],
	['phone', '+74951234567', '+74951234567 доб. 12'],
])('as %s, %p is not %p', (type, a, b) => {
	expect(holds(type, a, b)).toBe(false);
});

test('a list is compared one by one, and an empty element is an empty list', () => {
	expect(holds({ listOf: 'reference' }, [5, 7], ['5', '7'])).toBe(true);
	expect(holds({ listOf: 'reference' }, [5, 7], ['7', '5'])).toBe(false);
	expect(holds({ listOf: 'text' }, [], [''])).toBe(true);
	expect(holds({ listOf: 'text' }, null, [])).toBe(true);
	expect(holds({ listOf: 'text' }, ['0123'], ['123'])).toBe(false);
});

test('rows are compared by the columns that are wanted, each by its own type', () => {
	const type = {
		rowsOf: (column: string): SingleType => (column === 'Цена' ? 'quantity' : 'text'),
	};
	const stored = [{ LineNumber: '1', Код: '0123', Цена: '5.00' }];
	expect(holds(type, stored, [{ Код: '0123', Цена: 5 }])).toBe(true);
	expect(holds(type, stored, [{ Код: '123', Цена: 5 }])).toBe(false);
	expect(holds(type, stored, [])).toBe(false);
});

test('what is empty is told by the type', () => {
	expect(isEmpty('reference', 0)).toBe(true);
	expect(isEmpty('number', 0)).toBe(false);
	expect(isEmpty('text', '0')).toBe(false);
	expect(isEmpty({ listOf: 'text' }, [''])).toBe(true);
});
