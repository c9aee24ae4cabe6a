/** What 1C says of a sale: paid, shipped, closed, and what a person has to look at. */
import { findLinked, readProgress } from '../nodes/OneC/progress/readProgress';
import { OneCOffice } from './support/onecOffice';

let office: OneCOffice;
let order: string;
let invoice: string;

const open = async (options: Parameters<typeof OneCOffice.open>[0] = {}): Promise<void> => {
	office = await OneCOffice.open(options);
	invoice = (await office.create('invoice')).document.ref;
	order = (await office.create('order')).document.ref;
};

beforeEach(async () => await open());
afterEach(async () => await office.base.close());

const share = (amount: number, of: number, level: string) => ({
	amount: amount * 100,
	of: of * 100,
	level,
});

const NBSP = /\u00a0/g;

describe('paid', () => {
	const WAYS = [
		['ПлатежноеПоручениеВходящее', 'Сделка'],
		['ПлатежноеПоручениеВходящее', 'ДокументОснование'],
		['ПлатежныйОрдерПоступлениеДенежныхСредств', 'Сделка'],
		['ПлатежныйОрдерПоступлениеДенежныхСредств', 'ДокументОснование'],
		['ПриходныйКассовыйОрдер', 'Сделка'],
		['ПриходныйКассовыйОрдер', 'ДокументОснование'],
		['ОплатаОтПокупателяПлатежнойКартой', 'Сделка'],
		['ОплатаОтПокупателяПлатежнойКартой', 'ДокументОснование'],
	] as const;

	test.each(WAYS)('by %s, tied by %s, to the invoice and to the order', async (document, via) => {
		const { accountant } = office.base;
		accountant.receives({ for: invoice, amount: 8800, via, document });
		expect((await office.progress()).paid).toEqual(share(8800, 48_800, 'part'));
		accountant.receives({ for: order, amount: 40_000, via, document });
		expect((await office.progress()).paid).toEqual(share(48_800, 48_800, 'full'));
	});

	test('is not what the bank has not confirmed, what was unposted, or what is for another deal', async () => {
		const { accountant } = office.base;
		accountant.receives({ for: invoice, amount: 48_800, paid: false });
		accountant.unposts(accountant.receives({ for: order, amount: 48_800 }));
		const other = await office.create('invoice', office.sale({ dealId: 124 }));
		accountant.receives({ for: other.document.ref, amount: 48_800 });
		expect((await office.progress()).paid.level).toBe('none');
		expect((await office.progress(124)).paid.level).toBe('full');
	});

	test('too much is said', async () => {
		office.base.accountant.receives({ for: invoice, amount: 50_000 });
		const { anomalies, summary } = await office.progress();
		expect(anomalies.join().replace(NBSP, ' ')).toBe('переплата 1 200,00 ₽');
		expect(summary).toContain('Проверьте: переплата');
	});

	test('by a payment that only names the invoice in its purpose is suggested, never counted', async () => {
		const number = String(office.base.sees.document(invoice).Number);
		const short = number.replace(/^\D*0*/, '');
		const purpose = `Оплата по счету № ${short} от 24.11.2026`;
		office.base.accountant.receives({ for: invoice, amount: 48_800, via: 'nothing', purpose });
		office.base.accountant.receives({
			for: invoice,
			amount: 100,
			via: 'nothing',
			purpose: 'за мебель',
		});
		const { paid, anomalies } = await office.progress();
		expect(paid.level).toBe('none');
		expect(anomalies).toEqual([
			expect.stringMatching(/непривязанный платеж № .* на сумму 48\s800,00/),
		]);
	});
});

describe('shipped', () => {
	test('in parts, then all: the order is fulfilled', async () => {
		const { storekeeper } = office.base;
		expect((await office.progress()).shipped).toEqual(share(0, 48_800, 'none'));
		storekeeper.ships({ order, lines: [{ product: office.table, quantity: 1 }] });
		expect(await office.progress()).toMatchObject({
			shipped: share(12_200, 48_800, 'part'),
			closed: { state: 'open' },
		});
		const rest = storekeeper.ships({ order });
		expect(await office.progress()).toMatchObject({
			shipped: share(48_800, 48_800, 'full'),
			closed: { state: 'fulfilled', document: null },
		});
		storekeeper.unposts(rest);
		expect((await office.progress()).closed.state).toBe('open');
	});

	test('in part and closed is neither shipped nor paid in full', async () => {
		office.base.storekeeper.ships({ order, lines: [{ product: office.table, quantity: 1 }] });
		const closing = office.base.salesman.closes({ order, reason: 'Отказ от остатка' });
		expect(office.base.sees.balance(order)).toEqual({ quantity: 0, amount: 0 });
		expect(await office.progress()).toMatchObject({
			paid: share(0, 48_800, 'none'),
			shipped: share(12_200, 48_800, 'part'),
			closed: { state: 'byDocument', document: { ref: closing }, reason: 'Отказ от остатка' },
		});
		office.base.salesman.unposts(closing);
		expect((await office.progress()).closed).toEqual({
			state: 'open',
			document: null,
			reason: null,
		});
	});

	test('nothing and closed', async () => {
		office.base.salesman.closes({ order });
		expect(await office.progress()).toMatchObject({
			shipped: share(0, 48_800, 'none'),
			closed: { state: 'byDocument', reason: null },
		});
	});

	test('follows corrections', async () => {
		office.base.storekeeper.ships({ order, lines: [{ product: office.table, quantity: 2 }] });
		office.base.salesman.corrects({ order, lines: [{ product: office.chair, quantity: -10 }] });
		expect(await office.progress()).toMatchObject({
			shipped: share(24_400, 24_400, 'full'),
			closed: { state: 'fulfilled' },
		});
	});

	test('corrected to nothing, then closed: the closing is found by its rows', async () => {
		office.base.salesman.corrects({
			order,
			lines: [
				{ product: office.table, quantity: -2 },
				{ product: office.chair, quantity: -10 },
			],
		});
		expect((await office.progress()).closed.state).toBe('open');
		office.base.salesman.closes({ order, reason: 'Передумал' });
		expect((await office.progress()).closed).toMatchObject({
			state: 'byDocument',
			reason: 'Передумал',
		});
	});
});

test.each([true, false])('a return, where it reopens the order: %s', async (returnReopensOrder) => {
	await office.base.close();
	await open({ switches: { returnReopensOrder } });
	const shipment = office.base.storekeeper.ships({ order });
	office.base.storekeeper.acceptsReturn({
		shipment,
		lines: [{ product: office.table, quantity: 1 }],
	});
	expect(await office.progress()).toMatchObject({
		shipped: share(
			returnReopensOrder ? 36_600 : 48_800,
			48_800,
			returnReopensOrder ? 'part' : 'full',
		),
		closed: { state: returnReopensOrder ? 'open' : 'fulfilled' },
	});
});

describe('what a person has to look at', () => {
	test('an order that was unposted, and one marked for deletion', async () => {
		office.base.salesman.unpostsOrder(order);
		expect((await office.progress()).anomalies).toEqual([
			expect.stringMatching(/заказ № .* не проведен/),
		]);
		office.base.salesman.marksForDeletion(order);
		const { order: shown, anomalies } = await office.progress();
		expect(shown).toMatchObject({ deletionMark: true, posted: false });
		expect(anomalies).toEqual([expect.stringMatching(/заказ № .* помечен на удаление/)]);
	});

	test("an order whose sum is not the invoice's", async () => {
		const [row] = office.base.sees.document(order).Товары as Array<Record<string, unknown>>;
		office.base.salesman.edits(order, { Товары: [row] });
		expect((await office.progress()).anomalies.join()).toContain('не равна сумме заказа');
	});
});

test('times carry the offset of the 1C server', async () => {
	expect((await office.progress()).invoice?.date).toBe('2026-11-24T12:00:00+03:00');
});

test('one sale costs few requests, and fifty do not cost fifty times as many', async () => {
	const session = office.session();
	expect(await office.requests(async () => await office.progress())).toBeLessThanOrEqual(7);
	const deals = Array.from({ length: 50 }, (_, index) => 1000 + index);
	for (const dealId of deals) await office.create('order', office.sale({ dealId }), session);
	office.base.storekeeper.ships({ order: String(office.documents('order')[7].Ref_Key) });
	const cost = await office.requests(async () => {
		const progress = await readProgress(session, await findLinked(session, deals));
		expect(progress.size).toBe(50);
		expect(
			[...progress.values()].filter(({ value }) => value?.closed.state === 'fulfilled'),
		).toHaveLength(1);
	});
	expect(cost).toBeLessThanOrEqual(25);
});

test('a deal 1C knows nothing of', async () => {
	await expect(office.progress(999)).rejects.toThrow('Deal 999 has no documents');
});
