/** Sales, payments, closings, corrections and returns: people work in 1C, the node tells what they did. */
import type { IDataObject } from 'n8n-workflow';
import { OneCNode } from './support/onecNode';

let onec: OneCNode;
let order: string;
let invoice: string;

beforeEach(async () => {
	onec = await OneCNode.open();
	const { office } = onec;
	invoice = (await office.create('invoice')).document.ref;
	order = (await office.create('order')).document.ref;
	/** Somebody else's order, whose documents must not come along. */
	const other = await office.create('order', office.sale({ dealId: 124 }));
	onec.base.storekeeper.ships({ order: other.document.ref });
	onec.base.accountant.receives({ for: other.document.ref, amount: 100 });
});
afterEach(async () => await onec.close());

const getMany = (resource: string, more: IDataObject = {}): IDataObject => ({
	resource,
	operation: 'getAll',
	returnAll: true,
	...more,
});

describe('sales of goods', () => {
	test('of an order are told apart from all others', async () => {
		const { office, base } = onec;
		const lines = [{ product: office.table, quantity: 1 }];
		const shipment = base.storekeeper.ships({ order, lines });
		expect(await onec.outcome(getMany('saleOfGoods', { order }))).toEqual([
			expect.objectContaining({
				type: 'Document_РеализацияТоваровУслуг',
				ref: shipment,
				amount: 12_200,
				posted: true,
				counterparty: office.buyer,
				deal: { ref: order, type: 'Document_ЗаказПокупателя' },
				date: expect.stringMatching(/\+03:00$/) as string,
			}),
		]);
		expect(await onec.outcome(getMany('saleOfGoods'))).toHaveLength(2);
		const [whole] = await onec.outcome({
			resource: 'saleOfGoods',
			operation: 'get',
			ref: shipment,
		});
		expect(whole.object).toMatchObject({ Товары: [{ Количество: 1 }] });
	});

	test('of a counterparty are found by its code or its GUID', async () => {
		onec.base.storekeeper.ships({ order });
		const { buyer } = onec.office;
		const { Code } = onec.base.sees.counterparty(buyer);
		const by = async (mode: string, value: unknown) =>
			await onec.outcome(
				getMany('saleOfGoods', {
					counterparty: { __rl: true, mode, value } as unknown as IDataObject,
				}),
			);
		expect(await by('id', buyer)).toHaveLength(2);
		expect(await by('code', String(Code))).toHaveLength(2);
		const run = await onec.runs(
			getMany('saleOfGoods', { counterparty: { __rl: true, mode: 'code', value: '999' } }),
		);
		expect(run.error).toContain('no counterparty with the code "999"');
	});

	test('are narrowed by date, by posting and by the mark for deletion', async () => {
		const shipment = onec.base.storekeeper.ships({ order });
		onec.base.storekeeper.unposts(shipment);
		const list = async (options: IDataObject) =>
			(await onec.outcome(getMany('saleOfGoods', { order, options }))).length;
		expect(await list({})).toBe(1);
		expect(await list({ postedOnly: true })).toBe(0);
		expect(await list({ from: new Date(Date.now() + 86_400_000).toISOString() })).toBe(0);
		expect(await list({ to: new Date(Date.now() + 86_400_000).toISOString() })).toBe(1);
		onec.base.salesman.marksForDeletion(shipment);
		expect(await list({})).toBe(0);
		expect(await list({ withDeleted: true, whole: true })).toBe(1);
	});

	test('come page after page, each once, many of one second among them', async () => {
		const lines = [{ product: onec.office.chair, quantity: 0.01 }];
		for (let count = 0; count < 12; count += 1) onec.base.storekeeper.ships({ order, lines });
		const all = await onec.outcome(getMany('saleOfGoods', { order }));
		expect(new Set(all.map(({ ref }) => ref)).size).toBe(12);
		const some = await onec.outcome(getMany('saleOfGoods', { order, returnAll: false, limit: 5 }));
		expect(some.map(({ ref }) => ref)).toEqual(all.slice(0, 5).map(({ ref }) => ref));
	});
});

describe('payments', () => {
	const documents = [
		'ПлатежноеПоручениеВходящее',
		'ПлатежныйОрдерПоступлениеДенежныхСредств',
		'ПриходныйКассовыйОрдер',
		'ОплатаОтПокупателяПлатежнойКартой',
	] as const;

	test('of all four kinds are told with what they pay for', async () => {
		for (const document of documents) {
			onec.base.accountant.receives({ for: order, amount: 1000, document });
		}
		const found = await onec.outcome(getMany('payment', { order }));
		expect(found.map(({ type }) => type)).toEqual(
			expect.arrayContaining(documents.map((name) => `Document_${name}`)),
		);
		expect(found).toHaveLength(4);
		for (const payment of found) {
			expect(payment).toMatchObject({
				amount: 1000,
				isMoney: true,
				counterparty: onec.office.buyer,
				rows: [{ ref: order, type: 'Document_ЗаказПокупателя', amount: 1000 }],
			});
		}
		const kinds = ['Document_ПриходныйКассовыйОрдер'];
		expect(await onec.outcome(getMany('payment', { order, kinds }))).toHaveLength(1);
	});

	test('that the bank has not confirmed are no money', async () => {
		onec.base.accountant.receives({ for: order, amount: 500, paid: false });
		expect(await onec.outcome(getMany('payment', { order }))).toMatchObject([
			{ amount: 500, posted: true, isMoney: false },
		]);
	});

	test('of an invoice are found by the document they were made of', async () => {
		onec.base.accountant.receives({ for: invoice, amount: 700 });
		expect(await onec.outcome(getMany('payment', { invoice }))).toMatchObject([{ amount: 700 }]);
	});
});

describe('closing an order', () => {
	const close = (more: IDataObject = {}): IDataObject => ({
		resource: 'orderClosing',
		operation: 'create',
		order,
		...more,
	});

	test('writes off the rest and is done once', async () => {
		const { base, office } = onec;
		base.storekeeper.ships({ order, lines: [{ product: office.table, quantity: 2 }] });
		expect(
			await onec.outcome(close({ comment: 'Отказ покупателя' }), [{ dealId: 123 }]),
		).toMatchObject([
			{
				dealId: 123,
				outcome: 'created',
				document: { posted: true, closes: true, comment: 'Отказ покупателя' },
			},
		]);
		expect(base.sees.balance(order)).toEqual({ quantity: 0, amount: 0 });
		expect(await onec.outcome(close())).toMatchObject([{ outcome: 'found' }]);
		expect(await onec.outcome(getMany('orderClosing', { order }))).toMatchObject([
			{ orders: [{ ref: order, type: 'Document_ЗаказПокупателя' }] },
		]);
	});

	test('tells its reason, chosen from the list', async () => {
		onec.base.salesman.closes({
			order: (await onec.office.create('order', onec.office.sale({ dealId: 125 }))).document.ref,
			reason: 'Отказ покупателя',
		});
		const { results } = await onec.workflow({}).finds('1C', 'searchReasons', 'отказ');
		const [{ value }] = results;
		await onec.outcome(
			close({ reason: { __rl: true, mode: 'list', value } as unknown as IDataObject }),
		);
		expect((await onec.office.progress()).closed).toMatchObject({ reason: 'Отказ покупателя' });
	});

	test.each([
		['the making', 'POST Document_ЗакрытиеЗаказовПокупателей'],
		['the posting', '/Post'],
	])('is not doubled when the answer to %s is lost', async (_, request) => {
		onec.base.levers.losesNextAnswer(request);
		expect(await onec.outcome(close())).toMatchObject([
			{ outcome: 'created', document: { posted: true } },
		]);
		expect(await onec.outcome(getMany('orderClosing', { order }))).toHaveLength(1);
	});

	test('takes up a closing that was unposted, and again when something is ordered once more', async () => {
		const [first] = await onec.outcome(close());
		const { ref } = first.document as { ref: string };
		onec.base.salesman.unposts(ref);
		expect(await onec.outcome(close())).toMatchObject([{ outcome: 'posted', document: { ref } }]);
		onec.base.salesman.corrects({ order, lines: [{ product: onec.office.table, quantity: 3 }] });
		expect(await onec.outcome(close())).toMatchObject([{ outcome: 'created' }]);
		expect(onec.base.sees.balance(order).quantity).toBe(0);
	});

	test('of an order that is not posted is refused in plain words', async () => {
		onec.base.salesman.unpostsOrder(order);
		const run = await onec.runs(close());
		expect(run.error).toContain('is not posted, so there is nothing to close');
		expect(run.remedy).toContain('Post it first');
	});
});

test('orders and invoices of a counterparty are listed, with the deals they were made for', async () => {
	const counterparty = {
		__rl: true,
		mode: 'id',
		value: onec.office.buyer,
	} as unknown as IDataObject;
	const orders = await onec.outcome(getMany('customerOrder', { counterparty }));
	expect(orders.map(({ dealId }) => dealId).sort()).toEqual([123, 124]);
	expect(await onec.outcome(getMany('customerInvoice', { counterparty }))).toMatchObject([
		{ ref: invoice, dealId: 123, posted: false, counterparty: onec.office.buyer },
	]);
	const nobody = { __rl: true, mode: 'id', value: onec.office.table } as unknown as IDataObject;
	expect(await onec.outcome(getMany('customerOrder', { counterparty: nobody }))).toEqual([]);
});

test('corrections of an order are listed', async () => {
	const { base, office } = onec;
	base.salesman.corrects({ order, lines: [{ product: office.table, quantity: 1 }] });
	expect(await onec.outcome(getMany('orderCorrection', { order }))).toMatchObject([
		{ type: 'Document_КорректировкаЗаказаПокупателя', order, amount: 12_200 },
	]);
});

test('returns of an order are listed', async () => {
	const { base, office } = onec;
	const shipment = base.storekeeper.ships({ order });
	base.storekeeper.acceptsReturn({
		shipment,
		lines: [{ product: office.chair, quantity: 2 }],
	});
	expect(await onec.outcome(getMany('goodsReturn', { order }))).toMatchObject([
		{ type: 'Document_ВозвратТоваровОтПокупателя', amount: 4880 },
	]);
});

test('one bad item fails alone and says which one it was', async () => {
	onec.base.storekeeper.ships({ order });
	const parameters = getMany('saleOfGoods', { order: '={{ $json.order }}' });
	const run = await onec.runs(parameters, [{ order: 'none' }, { order }], {
		onError: 'continueRegularOutput',
	});
	expect(run.items('1C')).toMatchObject([
		{ error: expect.stringContaining('must be a 1C reference') as string },
		{ posted: true },
	]);
});
