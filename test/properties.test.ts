/** What must hold for any input whatever: money against an exact model, tables against all facts, hostile text. */
import fc from 'fast-check';
import { z } from 'zod';
import { writeComment } from '../nodes/Bitrix24/deals/comment';
import { readDealCards } from '../nodes/Bitrix24/deals/dealCard';
import { showInvoices } from '../nodes/Bitrix24/deals/invoiceOf';
import { moveCards } from '../nodes/Bitrix24/deals/moveTo';
import { Bitrix24Client } from '../nodes/Bitrix24/rest/client';
import { DEAL } from '../nodes/Bitrix24/rest/entityTypes';
import { listItems } from '../nodes/Bitrix24/rest/itemList';
import { callerOf, eventOf } from '../nodes/Bitrix24Trigger/wakeUp';
import {
	inRoubles,
	kopecks,
	roubles,
	times,
	total,
	vatInside,
	vatOnTop,
	type Kopecks,
} from '../nodes/exchange/money';
import { Problem } from '../nodes/exchange/problem';
import { isSameSecret } from '../nodes/shared/secret';
import { progressSchema, type Progress } from '../nodes/exchange/progress';
import { lineSums, saleSchema, saleTotal, strayFromTotal } from '../nodes/exchange/sale';
import {
	checkStatusMap,
	CLOSINGS,
	decideStage,
	SHARES,
	SUCCESS,
	type StatusRow,
} from '../nodes/exchange/statusMap';
import { dealInComment, commentOf } from '../nodes/OneC/documents/marker';
import { OneCClient } from '../nodes/OneC/odata/client';
import { Gate } from '../nodes/OneC/odata/gate';
import { packed, queryString, quoted } from '../nodes/OneC/odata/odata';
import { asProblem } from '../nodes/shared/asProblem';
import { LeakyBucket } from '../nodes/shared/leakyBucket';
import { settled } from '../nodes/shared/settled';
import { standingClock } from './support/axiosHttp';

/** The same cases each time: a failure can be played again. */
fc.configureGlobal({ seed: 20_261_124, numRuns: 300 });

/** Half away from zero, in whole numbers: (numerator / denominator) without a fraction anywhere. */
const rounded = (numerator: bigint, denominator: bigint): bigint => {
	const sign = numerator < 0n ? -1n : 1n;
	const doubled = 2n * numerator * sign + denominator;
	return (sign * doubled) / (2n * denominator);
};

/** Sums of 1C are n(15,2), quantities n(15,3). */
const sum = fc.integer({ min: 0, max: 10 ** 12 }).map((amount) => amount as Kopecks);
const price = fc.integer({ min: 0, max: 10 ** 9 }).map((amount) => amount as Kopecks);
const thousandths = fc.integer({ min: 1, max: 1_000_000 });
const rate = fc.constantFrom(0, 5, 7, 10, 20, 22);

const decimal = (amount: bigint): string => {
	const digits = amount.toString().padStart(3, '0');
	return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

describe('money', () => {
	test('comes and goes without losing a kopeck', () => {
		fc.assert(
			fc.property(sum, (amount) => {
				expect(kopecks(roubles(amount))).toBe(amount);
				expect(kopecks(decimal(BigInt(amount)))).toBe(amount);
				expect(kopecks(JSON.parse(JSON.stringify(roubles(amount))) as number)).toBe(amount);
			}),
		);
	});

	test('times a quantity is the exact product, rounded once', () => {
		fc.assert(
			fc.property(price, thousandths, (each, quantity) => {
				const exact = rounded(BigInt(each) * BigInt(quantity), 1000n);
				expect(BigInt(times(each, quantity / 1000))).toBe(exact);
			}),
		);
	});

	test('holds the VAT it should, and no kopeck is between the net and the tax', () => {
		fc.assert(
			fc.property(sum, rate, (amount, percent) => {
				const inside = vatInside(amount, percent);
				expect(BigInt(inside)).toBe(
					rounded(BigInt(amount) * BigInt(percent), BigInt(100 + percent)),
				);
				const net = (amount - inside) as Kopecks;
				expect(net + inside).toBe(amount);
				expect(Math.abs(net + vatOnTop(net, percent) - amount)).toBeLessThanOrEqual(1);
			}),
		);
	});

	test('is written the Russian way, and can be read back', () => {
		fc.assert(
			fc.property(sum, (amount) => {
				const written = inRoubles(amount);
				expect(written).toMatch(/^\d{1,3}(\u00a0\d{3})*,\d\d\u00a0₽$/);
				expect(kopecks(written.replace(/[\u00a0₽]/g, '').replace(',', '.'))).toBe(amount);
			}),
		);
	});
});

const line = fc.record({
	name: fc.string(),
	product: fc.constant('11111111-1111-4111-8111-111111111111'),
	quantity: thousandths.map((count) => count / 1000),
	price: fc.integer({ min: 0, max: 10 ** 8 }).map((amount) => amount / 100),
	vatRate: fc.option(rate),
});

const saleJson = fc.record({
	dealId: fc.integer({ min: 1, max: 10 ** 9 }),
	portal: fc.constant('company.bitrix24.ru'),
	title: fc.string(),
	currency: fc.constant('RUB'),
	total: fc.constant(null),
	pricesIncludeVat: fc.boolean(),
	buyer: fc.constant({ ref: null, name: '', inn: '', kpp: '' }),
	contract: fc.constant(null),
	organization: fc.constant(null),
	warehouse: fc.constant(null),
	invoice: fc.constant(null),
	order: fc.constant(null),
	lines: fc.array(line, { maxLength: 20 }),
});

test('a sale is worth exactly the sum of its rows, as 1C adds them up', () => {
	fc.assert(
		fc.property(saleJson, (json) => {
			const sale = saleSchema.parse(json);
			const rows = sale.lines.map((one) => lineSums(one, sale.pricesIncludeVat));
			const exact = rows.reduce(
				(all, { amount, vat }) => all + BigInt(amount) + (sale.pricesIncludeVat ? 0n : BigInt(vat)),
				0n,
			);
			expect(BigInt(saleTotal(sale))).toBe(exact);
			expect(strayFromTotal({ ...sale, total: saleTotal(sale) })).toBeNull();
			const other = (saleTotal(sale) + 1_000_000_000) as Kopecks;
			expect(strayFromTotal({ ...sale, total: other })).not.toBeNull();
		}),
	);
});

const row: fc.Arbitrary<StatusRow> = fc.record({
	paid: fc.constantFrom(...SHARES),
	shipped: fc.constantFrom(...SHARES),
	closed: fc.constantFrom(...CLOSINGS),
	stage: fc.constantFrom(SUCCESS, 'PART'),
	back: fc.boolean(),
});

const STAGES = [
	{ id: 'NEW', name: 'Новая', sort: 10, semantics: 'process' as const },
	{ id: 'PART', name: 'Часть', sort: 20, semantics: 'process' as const },
	{ id: 'WON', name: 'Успешная', sort: 30, semantics: 'success' as const },
];

const facts = (paid: string, shipped: string, state: string): Progress =>
	progressSchema.parse({
		dealId: 1,
		invoice: null,
		order: null,
		paid: { amount: 0, of: 0, level: paid },
		shipped: { amount: 0, of: 0, level: shipped },
		closed: { state, document: null, reason: null },
		anomalies: [],
		summary: '',
	});

/** Whether a column of a row takes a fact, spelt out once more. */
const TAKES: Record<string, string[]> = {
	any: ['none', 'part', 'full', 'open', 'fulfilled', 'byDocument'],
	some: ['part', 'full'],
	closed: ['fulfilled', 'byDocument'],
};
const takes = (wanted: string, fact: string): boolean =>
	TAKES[wanted]?.includes(fact) ?? wanted === fact;

test('a table that is let through has no idle row, and its first fitting row decides', () => {
	fc.assert(
		fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
			try {
				checkStatusMap('table', rows, () => true);
			} catch (problem) {
				expect(problem).toBeInstanceOf(Problem);
				return;
			}
			const deciding = new Set<number | null>();
			for (const paid of ['none', 'part', 'full']) {
				for (const shipped of ['none', 'part', 'full']) {
					for (const state of ['open', 'fulfilled', 'byDocument']) {
						const first = rows.findIndex(
							(one) =>
								takes(one.paid, paid) && takes(one.shipped, shipped) && takes(one.closed, state),
						);
						const card = { stage: 'NEW', stages: STAGES };
						const decision = decideStage(rows, facts(paid, shipped, state), card);
						expect(decision.row).toBe(first < 0 ? null : first + 1);
						deciding.add(decision.row);
					}
				}
			}
			expect(rows.every((_, index) => deciding.has(index + 1))).toBe(true);
		}),
	);
});

/** Text of people, and of people who mean harm. */
const text = fc.oneof(
	fc.string({ unit: 'grapheme' }),
	fc.constantFrom(
		"' or 1 eq 1 or '",
		"'))/Контрагент",
		'$result[c0]',
		'%27',
		'&$filter=',
		'[B24-7]',
		'\u0000',
	),
);

describe('hostile text', () => {
	test('never leaves its literal in a filter of 1C', () => {
		fc.assert(
			fc.property(text, (value) => {
				const literal = quoted(value);
				expect(literal.slice(1, -1).replaceAll("''", '')).not.toContain("'");
				const query = queryString({ filter: `Description eq ${literal}` });
				expect(query.split('&')).toHaveLength(2);
				expect(decodeURIComponent(query.split('&')[1])).toBe(`$filter=Description eq ${literal}`);
			}),
		);
	});

	test('no condition is lost when many are packed into addresses', () => {
		fc.assert(
			fc.property(fc.array(text, { maxLength: 40 }), (values) => {
				const conditions = values.map((value) => `Description eq ${quoted(value)}`);
				const queries = packed(conditions, { filter: 'DeletionMark eq false' });
				for (const condition of conditions) {
					expect(queries.some(({ filter }) => filter?.includes(condition))).toBe(true);
				}
			}),
		);
	});

	test('in a title cannot pass for the mark of another deal', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 10 ** 9 }), text, (deal, title) => {
				expect(dealInComment('B24', commentOf('B24', deal, title))).toBe(deal);
			}),
		);
	});

	test('in a call of the portal is refused or understood, and never more', () => {
		const keys = fc.oneof(
			text,
			fc.constantFrom('auth[application_token]', 'event', 'data[FIELDS][ID]', 'ts'),
			fc.constantFrom('__proto__[polluted]', 'constructor[prototype][polluted]'),
		);
		const values = fc.oneof(text, fc.constantFrom('ONCRMDEALUPDATE', '7', '99999999999999'));
		fc.assert(
			fc.property(fc.oneof(fc.dictionary(keys, values), fc.anything()), (received) => {
				const caller = callerOf(received);
				expect(caller === null || caller.token.length > 0).toBe(true);
				const event = eventOf(received);
				expect(event === null || !Number.isNaN(Date.parse(event.time))).toBe(true);
				expect(event?.dealId ?? 1).toBeGreaterThan(0);
				expect(({} as Record<string, unknown>).polluted).toBeUndefined();
			}),
		);
	});

	test('is the same secret only if it is the same', () => {
		fc.assert(
			fc.property(text, text, (given, expected) => {
				expect(isSameSecret(given, expected)).toBe(expected !== '' && given === expected);
			}),
		);
	});

	test('in a sale is refused with the name of the field, or taken as it is', () => {
		fc.assert(
			fc.property(fc.anything(), (received) => {
				const result = saleSchema.safeParse(received);
				if (result.success) return;
				expect(result.error.issues.length).toBeGreaterThan(0);
			}),
		);
	});
});

describe('an answer of any shape', () => {
	/** JSON as a broken, foreign or hostile server may send it, the envelopes of both systems among it. */
	const json = fc.oneof(
		fc.jsonValue(),
		fc.record({ result: fc.jsonValue(), total: fc.jsonValue() }, { requiredKeys: [] }),
		fc.record({ result: fc.record({ result: fc.jsonValue(), result_error: fc.jsonValue() }) }),
		fc.record({ result: fc.record({ items: fc.jsonValue(), item: fc.jsonValue() }) }),
		fc.record({ error: fc.jsonValue(), error_description: fc.jsonValue() }),
		fc.record({ value: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())) }),
		fc.record({ 'odata.error': fc.jsonValue() }),
		fc.constant(JSON.parse('{"__proto__":{"polluted":true},"result":{"__proto__":[]}}') as unknown),
	);
	const answers = fc.record({
		status: fc.constantFrom(200, 201, 204, 302, 400, 401, 403, 404, 429, 500, 502, 503),
		text: fc.oneof(
			json.map((value) => JSON.stringify(value)),
			fc.string(),
			fc.constantFrom('', '\uFEFF{}', '<html>', '<?xml version="1.0"?><feed/>', '[', '1e999'),
		),
	});

	/** Whatever comes is understood, or refused in words that a person can read, and nothing else happens. */
	const isRefusedInWords = async (work: () => Promise<unknown>): Promise<void> => {
		const { error } = await settled(work);
		if (!error) return;
		const told = asProblem(error);
		expect(told).toBeInstanceOf(Problem);
		expect(told.message).toMatch(/\S{2}.*\.$/s);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	};

	test('of Bitrix24 is understood or refused in words', async () => {
		await fc.assert(
			fc.asyncProperty(answers, async (answer) => {
				const clock = standingClock();
				const bucket = new LeakyBucket(50, 2, clock);
				const http = async () => await Promise.resolve(answer);
				const client = new Bitrix24Client('company.bitrix24.ru', http, clock, bucket);
				const comment = { entity: 'deal', id: 1, text: 'Новости: есть', once: true };
				const document = { ref: 'r', number: '1', date: '2026-11-24' };
				for (const work of [
					async () => await listItems(client, { entityTypeId: DEAL }),
					async () => await readDealCards(client, [1, 2]),
					async () => await writeComment(client, comment),
					async () => await moveCards(client, DEAL, [{ id: 1, stage: 'success' }]),
					async () => {
						for (const { error } of await showInvoices(client, [
							{ dealId: 1, document, links: true },
						])) {
							if (error) throw error;
						}
					},
				]) {
					await isRefusedInWords(work);
				}
			}),
			{ numRuns: 150 },
		);
	});

	test('of 1C is understood or refused in words', async () => {
		await fc.assert(
			fc.asyncProperty(answers, async (answer) => {
				const settings = { root: 'http://1c/', timeZone: 'Europe/Moscow', marker: 'B24' };
				const http = async () => await Promise.resolve(answer);
				const client = new OneCClient(settings, http, standingClock(), new Gate(2));
				const schema = z.object({ Ref_Key: z.string(), Number: z.string() });
				const ref = '11111111-1111-4111-8111-111111111111';
				for (const work of [
					async () => await client.list('Document_ЗаказПокупателя', schema, { top: 1 }),
					async () => await client.read('Document_ЗаказПокупателя', ref, schema),
					async () => await client.create('Document_ЗаказПокупателя', {}),
					async () => await client.post('Document_ЗаказПокупателя', ref),
				]) {
					await isRefusedInWords(work);
				}
			}),
			{ numRuns: 150 },
		);
	});
});

test('a discount that is written as a price and read back does not drift', () => {
	fc.assert(
		fc.property(
			price,
			thousandths,
			fc.integer({ min: 0, max: 99 }),
			rate,
			(full, count, off, vat) => {
				const quantity = count / 1000;
				const each = Number(rounded(BigInt(full) * BigInt(100 - off), 100n)) as Kopecks;
				const first = times(each, quantity);
				let again = each;
				for (let trip = 0; trip < 5; trip += 1) {
					again = kopecks(JSON.parse(JSON.stringify(roubles(again))) as number);
				}
				expect(times(again, quantity)).toBe(first);
				expect(vatInside(first, vat) + (first - vatInside(first, vat))).toBe(first);
			},
		),
	);
});

test('sums of many rows do not drift', () => {
	fc.assert(
		fc.property(fc.array(sum, { maxLength: 400 }), (amounts) => {
			const exact = amounts.reduce((all, amount) => all + BigInt(amount), 0n);
			expect(BigInt(total(amounts))).toBe(exact);
		}),
	);
});
