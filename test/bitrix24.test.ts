/** The Bitrix24 half on the stand-in portal, without n8n. */
import { saleSchema } from '../nodes/exchange/sale';
import { Bitrix24Client } from '../nodes/Bitrix24/rest/client';
import { writeComment } from '../nodes/Bitrix24/deals/comment';
import { readDealCards, type DealCard } from '../nodes/Bitrix24/deals/dealCard';
import { DEAL, SMART_INVOICE } from '../nodes/Bitrix24/rest/entityTypes';
import { INVOICE } from '../nodes/Bitrix24/setup/fields';
import { showInvoices, type ShownInvoice } from '../nodes/Bitrix24/deals/invoiceOf';
import type { OneCInvoice } from '../nodes/Bitrix24/deals/invoiceShowing';
import { listItems } from '../nodes/Bitrix24/rest/itemList';
import { moveCards } from '../nodes/Bitrix24/deals/moveTo';
import { setUpPortal } from '../nodes/Bitrix24/setup/portalSetup';
import { writeDifferences } from '../nodes/Bitrix24/rest/write';
import { LeakyBucket } from '../nodes/shared/leakyBucket';
import { openPortal, type Portal, type PortalOptions } from './standins/bitrix24/portal';
import { axiosHttp, standingClock } from './support/axiosHttp';

const TABLE = '11111111-1111-4111-8111-111111111111';
const INVOICE_REF = '22222222-2222-4222-8222-222222222222';

let portal: Portal;
let client: Bitrix24Client;
let clock: ReturnType<typeof standingClock>;

const open = async (options: PortalOptions = {}): Promise<void> => {
	clock = standingClock();
	portal = await openPortal({ now: clock.now, ...options });
	const bucket = new LeakyBucket(50, 2, clock);
	client = new Bitrix24Client(portal.domain, axiosHttp(portal.webhookUrl), clock, bucket);
};

beforeEach(async () => await open());
afterEach(async () => await portal.close());

const sells = (vat: number | null = 22, vatIncluded = true): number => {
	const company = portal.admin.addsCompany({
		title: 'ООО «Лютик»',
		inn: '7707083893',
		kpp: '770701001',
	});
	const table = portal.admin.addsProduct({ name: 'Стол', xmlId: TABLE, price: 122 });
	return portal.manager.createsDeal({
		title: 'Столы',
		company,
		rows: [{ product: table, price: 122, quantity: 3, vat, vatIncluded }],
	});
};

const shows = async (dealId: number, document: OneCInvoice): Promise<ShownInvoice> => {
	const [shown] = await showInvoices(client, [{ dealId, document, links: false }]);
	if (shown.error) throw shown.error;
	return shown.value;
};

const card = async (deal: number): Promise<DealCard> => {
	const cards = await readDealCards(client, [deal]);
	const found = cards.get(deal);
	if (!found || found instanceof Error) throw found ?? new Error('no card');
	return found;
};

describe('a deal is read with everything the exchange needs', () => {
	test('as a sale with its buyer, products and taxes', async () => {
		const deal = sells();
		const { sale, stages } = await card(deal);
		expect(sale).toMatchObject({
			dealId: deal,
			currency: 'RUB',
			total: 366,
			pricesIncludeVat: true,
			buyer: { ref: null, name: 'ООО «Лютик»', inn: '7707083893', kpp: '770701001' },
			lines: [{ name: 'Стол', product: TABLE, quantity: 3, price: 122, vatRate: 22 }],
		});
		expect(saleSchema.safeParse(sale).success).toBe(true);
		expect(stages.find(({ semantics }) => semantics === 'success')?.id).toBe('WON');
	});

	const requestsFor = async (deals: number[]): Promise<number> => {
		portal.requests.length = 0;
		const cards = await readDealCards(client, deals);
		expect(cards.size).toBe(deals.length);
		for (const found of cards.values()) {
			expect(found).toMatchObject({ sale: { lines: [{ product: TABLE }] } });
		}
		return portal.requests.length;
	};

	test('in one request when there are few of them, in a second one for the products of many', async () => {
		const deals = Array.from({ length: 12 }, () => sells());
		expect(await requestsFor(deals.slice(0, 1))).toBe(1);
		expect(await requestsFor(deals.slice(0, 5))).toBe(1);
		expect(await requestsFor(deals)).toBe(3);
	});

	test.each(['reached', 'empty', 'asWritten'] as const)(
		'when a reference that leads nowhere is %s',
		async (referenceToNothing) => {
			portal.admin.foundsFirm('ООО «Наша фирма»');
			portal.switches.referenceToNothing = referenceToNothing;
			expect(await requestsFor([sells()])).toBeLessThanOrEqual(2);
			const nobodys = portal.manager.createsDeal({ title: 'Ничья' });
			expect((await card(nobodys)).sale.buyer).toMatchObject({ ref: null, name: '', inn: '' });
		},
	);

	test('«без НДС» stays apart from 0 %', async () => {
		expect((await card(sells(null))).sale.lines[0].vatRate).toBeNull();
		expect((await card(sells(0))).sale.lines[0].vatRate).toBe(0);
	});

	test('prices without tax stay without it when every line has it on top', async () => {
		const { sale } = await card(sells(22, false));
		expect(sale).toMatchObject({ pricesIncludeVat: false, total: 366, lines: [{ price: 100 }] });
	});

	test('more rows than a page holds are all there', async () => {
		const rows = Array.from({ length: 120 }, (_, index) => ({
			name: `Строка ${index}`,
			price: 10,
			quantity: 1,
			vat: 22,
		}));
		const deal = portal.manager.createsDeal({ title: 'Длинная', rows });
		expect((await card(deal)).sale.lines).toHaveLength(120);
	});

	test('the counterparty chosen in the deal wins over the one the company came from', async () => {
		const [chosen, original] = [
			'33333333-3333-4333-8333-333333333333',
			'44444444-4444-4444-8444-444444444444',
		];
		await setUpPortal(client, '0', 'prepaid', false);
		const company = portal.admin.addsCompany({
			title: 'ООО «Лютик»',
			originatorId: '1C',
			originId: original,
		});
		const deal = portal.manager.createsDeal({ title: 'Столы', company });
		expect((await card(deal)).sale.buyer.ref).toBe(original);
		portal.manager.writes(deal, { UF_CRM_1C_COUNTERPARTY: chosen });
		expect((await card(deal)).sale.buyer.ref).toBe(chosen);
	});

	test('a deal that is not there is its own problem, others are read', async () => {
		const deal = sells();
		const cards = await readDealCards(client, [999, deal]);
		expect(cards.get(999)).toBeInstanceOf(Error);
		expect(String(cards.get(999))).toContain('Deal 999');
		expect(cards.get(deal)).not.toBeInstanceOf(Error);
	});
});

describe('writing', () => {
	test('what is there already is not written again', async () => {
		const deal = sells();
		const want = [
			{ entityTypeId: DEAL, id: deal, change: () => ({ title: 'Стулья', opportunity: '366.00' }) },
		];
		await writeDifferences(client, want);
		portal.requests.length = 0;
		await writeDifferences(client, want);
		expect(portal.requests.flatMap(({ commands }) => commands ?? []).join()).not.toContain(
			'update',
		);
		expect(portal.sees.deal(deal).title).toBe('Стулья');
	});

	test('a field the portal does not have is named instead of being lost', async () => {
		const deal = sells();
		const [outcome] = await writeDifferences(client, [
			{ entityTypeId: DEAL, id: deal, change: () => ({ [INVOICE]: INVOICE_REF }) },
		]);
		expect('problem' in outcome && outcome.problem.message).toContain(
			'Bitrix24 has no field UF_CRM_1C_INVOICE',
		);
	});

	test('the invoice of a 1C document is made once, whatever happens to the answers', async () => {
		const deal = sells();
		const document = { ref: INVOICE_REF, number: 'РТ000000001', date: '2026-11-24T12:00:00+03:00' };
		portal.levers.losesNextAnswer('batch', 2);
		await shows(deal, document);
		expect((await shows(deal, document)).outcome).toBe('found');
		const [invoice, ...others] = portal.sees.invoices(deal);
		expect(others).toEqual([]);
		expect(invoice).toMatchObject({
			title: 'Счет на оплату № РТ000000001 от 24.11.2026',
			opportunity: 366,
		});
		expect(portal.sees.rows('SI', Number(invoice.id))).toHaveLength(1);
	});

	test('many invoices go many a request, each with its own outcome', async () => {
		for (const field of ['UF_CRM_1C_INVOICE', 'UF_CRM_1C_INVOICE_NUMBER'])
			portal.admin.addsUserField('CRM_DEAL', field, 'string');
		const deals = Array.from({ length: 20 }, () => sells());
		const document = (deal: number): OneCInvoice => ({
			ref: `22222222-2222-4222-8222-${String(deal).padStart(12, '0')}`,
			number: String(deal),
			date: '2026-11-24',
		});
		const wishes = [...deals, 999_999].map((dealId) => ({
			dealId,
			document: document(dealId),
			links: true,
		}));
		portal.levers.losesNextAnswer('crm.item.add');
		const before = portal.requests.length;
		const shown = await showInvoices(client, [...wishes, wishes[0]]);
		expect(portal.requests.length - before).toBeLessThanOrEqual(12);
		expect(shown[20].error?.message).toContain('crm.item.get');
		expect(shown[21].value).toMatchObject({ outcome: 'found', invoice: shown[0].value?.invoice });
		for (const deal of deals) {
			const [invoice, ...others] = portal.sees.invoices(deal);
			expect(others).toEqual([]);
			expect(portal.sees.rows('SI', Number(invoice.id))).toHaveLength(1);
		}
	});

	test('a deal without the fields of the exchange is reported, however its invoice was made', async () => {
		const deal = sells();
		const document = { ref: INVOICE_REF, number: 'РТ000000001', date: '2026-11-24' };
		for (let run = 0; run < 2; run += 1) {
			const [shown] = await showInvoices(client, [{ dealId: deal, document, links: true }]);
			expect(shown.error?.message).toContain('Bitrix24 has no field UF_CRM_1C_INVOICE');
		}
		expect(portal.sees.invoices(deal)).toHaveLength(1);
	});

	test('what people typed is never taken for a reference to other results', async () => {
		const typed = '$result[c0][item][id] и $RESULT[c1]';
		const product = portal.admin.addsProduct({ name: typed, xmlId: TABLE, price: 122 });
		const row = { product, price: 122, quantity: 1, vat: 22, vatIncluded: true };
		const deal = portal.manager.createsDeal({ title: typed, rows: [row] });
		await shows(deal, { ref: INVOICE_REF, number: typed, date: '2026-11-24' });
		await writeComment(client, { entity: 'deal', id: deal, text: typed, once: true });
		await writeComment(client, { entity: 'deal', id: deal, text: typed, once: true });
		const change = (): Record<string, unknown> => ({ title: typed });
		await writeDifferences(client, [
			{ entityTypeId: DEAL, id: sells(), change },
			{ entityTypeId: DEAL, id: sells(), change },
		]);
		const [invoice] = portal.sees.invoices(deal);
		const texts = [
			...portal.sees.timeline('deal', deal),
			String(invoice.title),
			String(portal.sees.rows('SI', Number(invoice.id))[0].productName),
			...portal.sees.deals().map(({ title }) => String(title)),
		].filter((text) => text.includes('[c0]'));
		expect(texts).toHaveLength(6);
		for (const text of texts) expect(text.replaceAll('＄', '$')).toContain(typed);
	});

	test('an invoice is paid by its success stage, whose name differs from portal to portal', async () => {
		const deal = sells();
		const document = { ref: INVOICE_REF, number: '1', date: '2026-11-24' };
		const { invoice } = await shows(deal, document);
		await moveCards(client, SMART_INVOICE, [{ id: invoice.id, stage: 'success' }]);
		expect(portal.sees.stageName(String(portal.sees.invoice(invoice.id).stageId))).toBe('Оплачен');
	});

	test('a comment is written once, also when its answer is lost', async () => {
		const deal = sells();
		const comment = { entity: 'deal', id: deal, text: 'Сделка <без> "товаров"', once: true };
		portal.levers.losesNextAnswer('crm.timeline.comment.add');
		await writeComment(client, comment);
		await writeComment(client, comment);
		expect(portal.sees.timeline('deal', deal)).toHaveLength(1);
	});

	test.each(['any', 'dynamic_31', 'smart_invoice', 'crm_31'] as const)(
		'an invoice is commented where the portal calls it %s',
		async (invoiceCommentEntityType) => {
			await portal.close();
			await open({ switches: { invoiceCommentEntityType } });
			const { invoice } = await shows(sells(), {
				ref: INVOICE_REF,
				number: '1',
				date: '2026-11-24',
			});
			await writeComment(client, {
				entity: 'invoice',
				id: invoice.id,
				text: 'Оплачен',
				once: true,
			});
			expect(portal.sees.timeline('invoice', invoice.id)).toEqual(['Оплачен']);
		},
	);
});

describe('the portal setup', () => {
	test('says first, creates then, and finds everything the next time', async () => {
		const states = async (dryRun: boolean): Promise<string[]> => [
			...new Set((await setUpPortal(client, '0', 'prepaid', dryRun)).map(({ state }) => state)),
		];
		expect(await states(true)).toEqual(['missing']);
		expect(portal.sees.userFields('CRM_DEAL')).not.toContain(INVOICE);
		expect(await states(false)).toEqual(['created']);
		expect(await states(false)).toEqual(['exists']);
		expect(portal.sees.userFields('CRM_DEAL')).toContain(INVOICE);
		expect(portal.sees.stages('DEAL_STAGE').map(({ name }) => name)).toEqual(
			expect.arrayContaining(['Счет в 1С', 'В работе']),
		);
	});

	test('puts stages of another pipeline under its prefix', async () => {
		const pipeline = portal.admin.addsPipeline('Опт');
		const steps = await setUpPortal(client, String(pipeline), 'postpaid', false);
		expect(steps.filter(({ kind }) => kind === 'stage').map(({ id }) => id)).toEqual([
			`C${pipeline}:ORDER_1C`,
		]);
	});
});

describe('a long list', () => {
	const deals = { entityTypeId: DEAL, select: ['id'] };
	const sellsMany = (count: number): number[] =>
		Array.from({ length: count }, (_, at) =>
			portal.manager.createsDeal({ title: `Сделка ${at + 1}` }),
		);

	test.each([
		[20, 1],
		[50, 2],
		[1000, 2],
		[2600, 3],
	])('of %d deals takes %d requests', async (count, requests) => {
		const made = sellsMany(count);
		portal.requests.length = 0;
		const rows = await listItems(client, deals);
		expect(rows.map(({ id }) => id)).toEqual(made);
		expect(portal.requests.length).toBe(requests);
	});

	test('ends where it was asked to end, and keeps to the filter', async () => {
		const made = sellsMany(130);
		expect(await listItems(client, deals, 70)).toHaveLength(70);
		const some = await listItems(client, { ...deals, filter: { '>id': made[9] } });
		expect(some.map(({ id }) => id)).toEqual(made.slice(10));
	});

	test('is whole even if a request in the middle of it is answered only the second time', async () => {
		const made = sellsMany(300);
		portal.levers.losesNextAnswer('batch');
		expect(await listItems(client, deals)).toHaveLength(made.length);
	});
});

describe('the limits of the portal', () => {
	test('a full bucket is waited for', async () => {
		portal.levers.emptiesBucket();
		await expect(client.call({ method: 'profile' })).resolves.toMatchObject({
			ID: expect.anything() as string,
		});
		expect(portal.requests.some(({ status }) => status === 503)).toBe(true);
	});

	test('an exhausted method is told to a person, not hammered', async () => {
		portal.levers.exhaustsOperatingTime('crm.item.list');
		await expect(listItems(client, { entityTypeId: DEAL })).rejects.toThrow('OPERATION_TIME_LIMIT');
		expect(portal.requests.length).toBeLessThanOrEqual(2);
	});

	test('reading goes on after an answer was lost, an addition is not sent twice', async () => {
		portal.levers.losesNextAnswer('profile');
		await client.call({ method: 'profile' });
		expect(portal.requests).toHaveLength(2);
		portal.requests.length = 0;
		portal.levers.losesNextAnswer('crm.item.add');
		const adding = client.call({
			method: 'crm.item.add',
			params: { entityTypeId: DEAL, fields: { title: 'x' } },
		});
		await expect(adding).rejects.toThrow('Bitrix24 did not answer');
		expect(portal.requests).toHaveLength(1);
	});

	test('no error text holds the secret of the webhook', async () => {
		await portal.close();
		const error = await client.call({ method: 'profile' }).catch((reason: unknown) => reason);
		expect(JSON.stringify(error) + String(error)).not.toContain(
			new URL(portal.webhookUrl).pathname.split('/')[3],
		);
		await open();
	});

	test('a hostile method name never becomes a part of the address', async () => {
		await expect(client.call({ method: '../2/other/profile' })).rejects.toThrow(
			'is not a Bitrix24 method name',
		);
		expect(portal.requests).toEqual([]);
	});
});
