/** Holds the stand-in portal to the wire facts it was written from. */
import axios from 'axios';
import type { AxiosInstance, AxiosResponse } from 'axios';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { openPortal } from './bitrix24/portal';
import type { Portal, PortalOptions } from './bitrix24/portal';

const START = Date.parse('2026-03-02T09:00:00+03:00');
let clock = START;
let portal: Portal;
let http: AxiosInstance;
let closers: Array<() => Promise<unknown>> = [];

async function open(options: PortalOptions = {}): Promise<void> {
	clock = START;
	const opened = await openPortal({ now: () => clock, bucket: 'off', ...options });
	portal = opened;
	http = axios.create({ baseURL: portal.webhookUrl, validateStatus: () => true, proxy: false });
	closers.push(() => opened.close());
}

beforeEach(() => open());
afterEach(async () => {
	await Promise.all(closers.map((close) => close()));
	closers = [];
});

/** Answers are looked into, not modelled: any part may be a map, a list or a plain value. */
type Body = { [key: string]: Body } & Body[];

async function call(method: string, params: object = {}): Promise<AxiosResponse<Body>> {
	return await http.post<Body>(method, params);
}

async function result(method: string, params: object = {}): Promise<Body> {
	const { data, status } = await call(method, params);
	expect({ status, error: data.error, text: data.error_description }).toEqual({ status: 200 });
	return data.result;
}

async function refusal(method: string, params: object = {}): Promise<[number, unknown, string]> {
	const { data, status } = await call(method, params);
	return [status, data.error, String(data.error_description)];
}

const item = (entityTypeId: number, id: number, more: object = {}) =>
	result('crm.item.get', { entityTypeId, id, useOriginalUfNames: 'Y', ...more }).then(
		(r) => r.item,
	);

describe('the door of the portal', () => {
	it('refuses a wrong code, an unknown method and what only applications may do', async () => {
		const wrong = await axios.get(`${portal.origin}/rest/1/wrong/profile`, {
			validateStatus: () => true,
		});
		expect([wrong.status, wrong.data]).toEqual([
			401,
			{ error: 'NO_AUTH_FOUND', error_description: 'Wrong authorization data' },
		]);
		expect((await refusal('crm.nothing'))[1]).toBe('ERROR_METHOD_NOT_FOUND');
		expect((await call('crm.nothing')).status).toBe(404);
		expect(await refusal('event.bind')).toEqual([
			403,
			'WRONG_AUTH_TYPE',
			'Current authorization type is denied for this method Application context required',
		]);
		expect((await refusal('bizproc.robot.add')).slice(0, 2)).toEqual([403, 'ACCESS_DENIED']);
		expect(
			(await axios.get(`${portal.origin}/crm/deal`, { validateStatus: () => true })).status,
		).toBe(404);
	});

	it('reads a GET query, a form and JSON alike, with or without .json', async () => {
		const id = portal.manager.createsDeal({ title: 'Окна' });
		const query = `filter%5B%3Did%5D=${id}&select[]=id&select[]=title`;
		const byGet = await http.get(`crm.item.list.json?entityTypeId=2&${query}`);
		const byForm = await http.post('crm.item.list', `entityTypeId=2&${query}`);
		const byJson = await call('crm.item.list', {
			entityTypeId: 2,
			filter: { '=id': id },
			select: ['id', 'title'],
		});
		for (const { data } of [byGet, byForm, byJson]) {
			expect(data.result).toEqual({ items: [{ id, title: 'Окна' }] });
			expect(data.total).toBe(1);
			expect(data.next).toBeUndefined();
		}
		expect(portal.requests.map((entry) => entry.method)).toEqual(Array(3).fill('crm.item.list'));
	});

	it('adds time to every answer, with the portal zone and the operating time', async () => {
		const { data } = await call('server.time');
		expect(data.result).toBe('2026-03-02T09:00:00+03:00');
		expect(data.time).toMatchObject({
			start: START / 1000,
			date_start: '2026-03-02T09:00:00+03:00',
		});
		expect(data.time.operating_reset_at).toBe(START / 1000 + 600);
		expect(data.time.operating).toBeGreaterThan(0);
	});

	it('tells who owns the webhook and which methods there are', async () => {
		expect(await result('profile')).toMatchObject({ ID: '1', ADMIN: true, NAME: 'Интеграция' });
		expect(await result('scope')).toContain('crm');
		expect(await result('method.get', { name: 'crm.item.add' })).toEqual({
			isExisting: true,
			isAvailable: true,
		});
		expect(await result('method.get', { name: 'no.such' })).toEqual({
			isExisting: false,
			isAvailable: false,
		});
	});
});

describe('a deal', () => {
	it('has numbers, Y/N and shifted dates in crm.item.*, and strings in the classic answer', async () => {
		const company = portal.admin.addsCompany({ title: 'Ромашка' });
		const id = portal.manager.createsDeal({
			title: 'Окна',
			company,
			rows: [{ price: 1000, quantity: 1 }],
		});
		expect(await item(2, id)).toMatchObject({
			id,
			companyId: company,
			contactId: 0,
			contactIds: [],
			opportunity: 1000,
			isManualOpportunity: 'N',
			closed: 'N',
			stageId: 'NEW',
			stageSemanticId: 'P',
			categoryId: 0,
			begindate: '2026-03-02T03:00:00+03:00',
			createdTime: '2026-03-02T09:00:00+03:00',
			originId: null,
			receivedAmount: null,
			entityTypeId: 2,
		});
		expect(await result('crm.deal.get', { id })).toMatchObject({
			ID: String(id),
			COMPANY_ID: String(company),
			OPPORTUNITY: '1000.00',
			CATEGORY_ID: '0',
			STAGE_ID: 'NEW',
			ORIGIN_ID: null,
			DATE_MODIFY: '2026-03-02T09:00:00+03:00',
			MODIFY_BY_ID: '7',
		});
		expect(await result('crm.company.get', { ID: company })).toMatchObject({
			ID: String(company),
			TITLE: 'Ромашка',
		});
		expect(await refusal('crm.deal.get', { id: 99999 })).toEqual([400, '', 'Not found']);
	});

	it('drops unknown and read-only keys without a word, and fields nobody defined', async () => {
		const added = await result('crm.item.add', {
			entityTypeId: 2,
			useOriginalUfNames: 'Y',
			fields: { title: 'A', nonsense: 1, createdBy: 5, UF_CRM_ORDER: 'x' },
		});
		expect(added.item).not.toHaveProperty('nonsense');
		expect(added.item).not.toHaveProperty('UF_CRM_ORDER');
		expect(added.item.createdBy).toBe(1);
	});

	it('spells user fields as asked and loses those written in the other spelling', async () => {
		portal.admin.addsUserField('CRM_DEAL', 'UF_CRM_1C_REF', 'string');
		const id = portal.manager.createsDeal({ title: 'A', fields: { UF_CRM_1C_REF: 'guid' } });
		const camel = (await result('crm.item.get', { entityTypeId: 2, id })).item;
		expect(camel.ufCrm_1C_REF).toBe('guid');
		expect(camel).not.toHaveProperty('UF_CRM_1C_REF');
		await result('crm.item.update', { entityTypeId: 2, id, fields: { UF_CRM_1C_REF: 'lost' } });
		expect(portal.sees.deal(id).UF_CRM_1C_REF).toBe('guid');
		await result('crm.item.update', {
			entityTypeId: 2,
			id,
			useOriginalUfNames: 'Y',
			fields: { UF_CRM_1C_REF: 'kept' },
		});
		expect(portal.sees.deal(id).UF_CRM_1C_REF).toBe('kept');
	});

	it('answers NOT_FOUND for a missing card or type, 100 for a missing parameter', async () => {
		expect(await refusal('crm.item.get', { entityTypeId: 2, id: 9 })).toEqual([
			400,
			'NOT_FOUND',
			'Element not found',
		]);
		expect(await refusal('crm.item.get', { entityTypeId: 999, id: 9 })).toEqual([
			400,
			'NOT_FOUND',
			'Smart process not found',
		]);
		expect((await refusal('crm.item.get', { entityTypeId: 5, id: 9 }))[1]).toBe(
			'ENTITY_TYPE_NOT_SUPPORTED',
		);
		expect((await refusal('crm.item.add', { entityTypeId: 2 }))[1]).toBe(100);
		const scalar = await refusal('crm.item.add', { entityTypeId: 2, fields: { contactIds: 'x' } });
		expect(scalar).toEqual([
			400,
			100,
			'Expected iterable value for multiple field, but got `string` instead',
		]);
	});

	it('moves within its funnel only to stages that exist there', async () => {
		const other = portal.admin.addsPipeline('Опт');
		const id = portal.manager.createsDeal({ title: 'A' });
		for (const stageId of ['NOPE', `C${other}:NEW`]) {
			const [status, code] = await refusal('crm.item.update', {
				entityTypeId: 2,
				id,
				fields: { stageId },
			});
			expect([status, code]).toEqual([400, 'CRM_FIELD_ERROR_VALUE_NOT_VALID']);
		}
		clock += 60_000;
		const { item: moved } = await result('crm.item.update', {
			entityTypeId: 2,
			id,
			fields: { stageId: 'WON' },
		});
		expect(moved).toMatchObject({
			stageId: 'WON',
			stageSemanticId: 'S',
			closed: 'Y',
			movedBy: 1,
			movedTime: '2026-03-02T09:01:00+03:00',
		});
	});

	it('moved to another funnel begins at its first stage and forgets the old history', async () => {
		const other = portal.admin.addsPipeline('Опт');
		const id = portal.manager.createsDeal({ title: 'A' });
		portal.manager.moves(id, 'EXECUTING');
		const history = () =>
			result('crm.stagehistory.list', { entityTypeId: 2, filter: { OWNER_ID: id } });
		expect((await history()).items.map((entry: Body) => [entry.TYPE_ID, entry.STAGE_ID])).toEqual([
			[1, 'NEW'],
			[2, 'EXECUTING'],
		]);
		await result('crm.item.update', { entityTypeId: 2, id, fields: { categoryId: other } });
		expect(portal.sees.deal(id)).toMatchObject({ categoryId: other, stageId: `C${other}:NEW` });
		expect((await history()).items).toMatchObject([
			{ TYPE_ID: 5, CATEGORY_ID: other, STAGE_ID: `C${other}:NEW` },
		]);
		await result('crm.deal.update', { id, fields: { CATEGORY_ID: 0, TITLE: 'B' } });
		expect(portal.sees.deal(id)).toMatchObject({ categoryId: other, title: 'B' });
	});

	it('is not saved when nothing would change', async () => {
		const id = portal.manager.createsDeal({ title: 'A' });
		clock += 60_000;
		await result('crm.item.update', { entityTypeId: 2, id, fields: { title: 'A', unknown: 1 } });
		expect(portal.sees.deal(id)).toMatchObject({
			updatedTime: '2026-03-02T09:00:00+03:00',
			updatedBy: 7,
		});
		await result('crm.item.update', { entityTypeId: 2, id, fields: { title: 'B' } });
		expect(portal.sees.deal(id)).toMatchObject({
			updatedTime: '2026-03-02T09:01:00+03:00',
			updatedBy: 1,
		});
	});

	it('reads dates in the portal zone, so an evening in UTC is the next day', async () => {
		const id = portal.manager.createsDeal({ title: 'A' });
		const write = (closedate: string) =>
			result('crm.item.update', { entityTypeId: 2, id, fields: { closedate } });
		expect((await write('2026-04-01T23:30:00Z')).item.closedate).toBe('2026-04-02T03:00:00+03:00');
		expect((await write('2026-04-01')).item.closedate).toBe('2026-04-01T03:00:00+03:00');
		expect(
			(await refusal('crm.item.update', { entityTypeId: 2, id, fields: { closedate: 'soon' } }))[1],
		).toBe('CRM_FIELD_ERROR_VALUE_NOT_VALID');
	});

	it('deleted answers an empty list', async () => {
		const id = portal.manager.createsDeal({ title: 'A' });
		expect(await result('crm.item.delete', { entityTypeId: 2, id })).toEqual([]);
		expect((await refusal('crm.item.delete', { entityTypeId: 2, id }))[1]).toBe('NOT_FOUND');
	});
});

describe('lists', () => {
	const titles = async (filter: object): Promise<string[]> =>
		(await result('crm.item.list', { entityTypeId: 2, filter, order: { id: 'ASC' } })).items.map(
			(deal: Body) => String(deal.title),
		);

	it('page by fifty, with next and total; start=-1 does not count', async () => {
		for (let n = 1; n <= 101; n += 1) portal.manager.createsDeal({ title: `Сделка ${n}` });
		const page = (start?: number) =>
			call('crm.item.list', { entityTypeId: 2, select: ['id'], start }).then((r) => r.data);
		expect(await page()).toMatchObject({ total: 101, next: 50 });
		expect(await page(50)).toMatchObject({ total: 101, next: 100 });
		const last = await page(100);
		expect(last.result.items).toHaveLength(1);
		expect(last).not.toHaveProperty('next');
		const uncounted = await page(-1);
		expect(uncounted.result.items).toHaveLength(50);
		expect([uncounted.total, uncounted.next]).toEqual([0, undefined]);
	});

	it('know the filter prefixes and OR', async () => {
		for (const [title, opportunity] of [
			['Окна', 100],
			['Двери', 200],
			['окно', 300],
		] as const) {
			portal.manager.createsDeal({ title, fields: { opportunity } });
		}
		expect(await titles({ '>=opportunity': 200 })).toEqual(['Двери', 'окно']);
		expect(await titles({ '@opportunity': [100, 300] })).toEqual(['Окна', 'окно']);
		expect(await titles({ '!@opportunity': [100, 300] })).toEqual(['Двери']);
		expect(await titles({ '%title': 'кн' })).toEqual(['Окна', 'окно']);
		expect(await titles({ '=%title': 'ок%' })).toEqual(['Окна', 'окно']);
		expect(await titles({ '!=title': 'Двери' })).toEqual(['Окна', 'окно']);
		expect(
			await titles({ logic: 'OR', 0: { title: 'двери' }, 1: { '<opportunity': 150 } }),
		).toEqual(['Окна', 'Двери']);
		expect(
			await titles({
				'>updatedTime': '2026-03-02T08:59:59+03:00',
				'<=updatedTime': '2026-03-02T06:00:00Z',
			}),
		).toHaveLength(3);
		expect(await titles({ companyId: 0 })).toHaveLength(3);
	});

	it('of crm.item refuse what the classic ones silently forgive', async () => {
		portal.manager.createsDeal({ title: 'A' });
		expect(await refusal('crm.item.list', { entityTypeId: 2, filter: { FIELD: 1 } })).toEqual([
			400,
			'INVALID_ARG_VALUE',
			"Invalid filter: field 'FIELD' is not allowed in filter",
		]);
		expect((await refusal('crm.item.list', { entityTypeId: 2, filter: { '=id': 'x' } }))[2]).toBe(
			"Invalid filter: field 'id' has invalid value",
		);
		expect((await refusal('crm.item.list', { entityTypeId: 2, order: { FIELD: 'ASC' } }))[1]).toBe(
			'INVALID_ARG_VALUE',
		);
		expect((await refusal('crm.item.list', { entityTypeId: 2, order: { id: 'UP' } }))[1]).toBe(
			'INVALID_ARG_VALUE',
		);
		expect((await refusal('crm.item.list', { entityTypeId: 2, select: ['parentId2'] }))[0]).toBe(
			400,
		);
		expect(
			(await result('crm.item.list', { entityTypeId: 2, select: ['title', 'nonsense'] })).items,
		).toEqual([{ title: 'A' }]);
		expect(
			await result('crm.deal.list', { filter: { NONSENSE: 'x' }, select: ['ID', 'TITLE'] }),
		).toMatchObject([{ TITLE: 'A' }]);
		expect(await result('crm.requisite.list', { filter: { RQ_IMN: '1' } })).toEqual([]);
	});

	it('bring fm only for the asterisk, and filter a user flag by 1 and 0', async () => {
		portal.admin.addsCompany({ title: 'A', phone: '+7 900 000-00-00' });
		portal.admin.addsUserField('CRM_COMPANY', 'UF_CRM_VIP', 'boolean');
		const list = (more: object) =>
			result('crm.item.list', { entityTypeId: 4, useOriginalUfNames: 'Y', ...more }).then(
				(r) => r.items,
			);
		expect((await list({}))[0]).not.toHaveProperty('fm');
		const [company] = await list({ select: ['*'] });
		expect(company.fm).toMatchObject([
			{ typeId: 'PHONE', valueType: 'WORK', value: '+7 900 000-00-00' },
		]);
		await result('crm.item.update', {
			entityTypeId: 4,
			id: company.id,
			useOriginalUfNames: 'Y',
			fields: { UF_CRM_VIP: 'Y' },
		});
		expect(await list({ filter: { UF_CRM_VIP: 1 } })).toHaveLength(1);
		expect(await list({ filter: { UF_CRM_VIP: 'Y' } })).toHaveLength(0);
	});
});

describe('product rows', () => {
	let deal: number;
	beforeEach(() => {
		deal = portal.manager.createsDeal({ title: 'A' });
	});
	const set = (productRows: object[]) =>
		result('crm.item.productrow.set', { ownerType: 'D', ownerId: deal, productRows });

	it('follow the price algebra of the documentation', async () => {
		const { productRow } = await result('crm.item.productrow.add', {
			fields: {
				ownerType: 'D',
				ownerId: deal,
				productName: 'iphone 14',
				price: 80000,
				quantity: 2,
				discountTypeId: 2,
				discountRate: 20,
				taxRate: 20,
				taxIncluded: 'Y',
			},
		});
		expect(productRow).toMatchObject({
			price: 80000,
			priceAccount: 80000,
			priceExclusive: 66666.67,
			priceNetto: 83333.34,
			priceBrutto: 100000.01,
			discountSum: 16666.67,
			customized: 'Y',
			measureCode: 796,
			measureName: 'шт',
			taxIncluded: 'Y',
			ownerId: deal,
			ownerType: 'D',
		});
		const { productRows } = await set([
			{
				price: 90000,
				quantity: 3,
				discountTypeId: 2,
				discountRate: 10,
				taxRate: 10,
				taxIncluded: 'Y',
			},
		]);
		expect(productRows).toMatchObject([
			{ priceExclusive: 81818.18, priceNetto: 90909.09, priceBrutto: 100000, discountSum: 9090.91 },
		]);
	});

	it('are replaced as a whole, and the amount follows unless it is set by hand', async () => {
		await set([{ price: 100, quantity: 2 }, { price: 50 }]);
		expect(portal.sees.deal(deal).opportunity).toBe(250);
		await set([{ productName: 'без цены' }]);
		expect(portal.sees.rows('D', deal)).toMatchObject([{ price: 0, quantity: 1, taxRate: null }]);
		await result('crm.item.update', {
			entityTypeId: 2,
			id: deal,
			fields: { isManualOpportunity: 'Y', opportunity: 777 },
		});
		await set([{ price: 10 }]);
		expect(portal.sees.deal(deal).opportunity).toBe(777);
		await result('crm.item.update', {
			entityTypeId: 2,
			id: deal,
			fields: { isManualOpportunity: 'N' },
		});
		expect(portal.sees.deal(deal).opportunity).toBe(10);
	});

	it('tell no VAT from zero VAT', async () => {
		const { productRows } = await set([
			{ price: 1, taxRate: null },
			{ price: 1, taxRate: 0 },
		]);
		expect(productRows.map((row: Body) => row.taxRate)).toEqual([null, 0]);
	});

	it('are listed for one owner only, fifty at a time', async () => {
		await set(Array.from({ length: 51 }, (_, n) => ({ price: n })));
		const filter = { '=ownerType': 'D', '=ownerId': deal };
		const { data } = await call('crm.item.productrow.list', { filter });
		expect([data.result.productRows.length, data.total, data.next]).toEqual([50, 51, 50]);
		expect((await refusal('crm.item.productrow.list', { filter: { '=ownerId': deal } }))[1]).toBe(
			'INVALID_ARG_VALUE',
		);
		const [first] = data.result.productRows;
		expect(await result('crm.item.productrow.delete', { id: first.id })).toBeNull();
		expect((await refusal('crm.item.productrow.get', { id: first.id }))[0]).toBe(400);
	});

	it('need an owner that exists and can have them', async () => {
		expect(
			(
				await refusal('crm.item.productrow.set', { ownerType: 'D', ownerId: 1, productRows: [] })
			)[1],
		).toBe('OWNER_NOT_FOUND');
		expect(
			(
				await refusal('crm.item.productrow.set', { ownerType: 'CO', ownerId: 1, productRows: [] })
			)[1],
		).toBe('ENTITY_TYPE_NOT_SUPPORTED');
	});
});

describe('a smart invoice', () => {
	it('stands in a category with a real id, belongs to a deal and keeps an xmlId but no originId', async () => {
		const deal = portal.manager.createsDeal({ title: 'A' });
		const { item: invoice } = await result('crm.item.add', {
			entityTypeId: 31,
			fields: { parentId2: deal, xmlId: 'guid', originId: 'no', accountNumber: 'УТ-1' },
		});
		expect(invoice).toMatchObject({
			categoryId: 13,
			stageId: 'DT31_13:N',
			parentId2: deal,
			xmlId: 'guid',
			previousStageId: null,
		});
		expect(invoice).not.toHaveProperty('originId');
		expect(invoice.accountNumber).toBe(String(invoice.id));
		portal.manager.movesInvoice(Number(invoice.id), 'DT31_13:P');
		expect(portal.sees.invoices(deal)).toMatchObject([
			{ stageId: 'DT31_13:P', previousStageId: 'DT31_13:N', movedBy: 7 },
		]);
		const found = await result('crm.item.list', {
			entityTypeId: 31,
			filter: { '=xmlId': 'guid', parentId2: deal },
		});
		expect(found.items).toHaveLength(1);
		const fields = (await result('crm.item.fields', { entityTypeId: 31 })).fields;
		expect(fields.accountNumber).toMatchObject({ isReadOnly: true, upperName: 'ACCOUNT_NUMBER' });
	});

	it('takes comments under the name the portal is switched to', async () => {
		const { item: invoice } = await result('crm.item.add', { entityTypeId: 31, fields: {} });
		const comment = (ENTITY_TYPE: string) => ({
			fields: { ENTITY_TYPE, ENTITY_ID: invoice.id, COMMENT: 'Оплачен' },
		});
		expect(await result('crm.timeline.comment.add', comment('dynamic_31'))).toBe(999);
		expect((await refusal('crm.timeline.comment.add', comment('crm_31')))[1]).toBe(
			'OWNER_NOT_FOUND',
		);
		portal.switches.invoiceCommentEntityType = 'crm_31';
		await result('crm.timeline.comment.add', comment('crm_31'));
		expect(portal.sees.timeline('invoice', Number(invoice.id))).toEqual(['Оплачен', 'Оплачен']);
		const listed = await result('crm.timeline.comment.list', {
			filter: { ENTITY_TYPE: 'crm_31', ENTITY_ID: invoice.id },
		});
		expect(listed[0]).toMatchObject({ ID: '999', COMMENT: 'Оплачен', AUTHOR_ID: '1', FILES: [] });
		expect((await refusal('crm.timeline.comment.add', { FIELDS: {} }))[1]).toBe(100);
	});
});

describe('funnels and stages', () => {
	it('are listed as strings with their semantics', async () => {
		const stages = await result('crm.status.list', {
			filter: { ENTITY_ID: 'DEAL_STAGE' },
			order: { SORT: 'ASC' },
		});
		expect(stages.map((stage: Body) => stage.STATUS_ID)).toEqual([
			'NEW',
			'PREPARATION',
			'PREPAYMENT_INVOICE',
			'EXECUTING',
			'FINAL_INVOICE',
			'WON',
			'LOSE',
			'APOLOGY',
		]);
		expect(stages[0]).toEqual({
			ID: '101',
			ENTITY_ID: 'DEAL_STAGE',
			STATUS_ID: 'NEW',
			NAME: 'Новая',
			NAME_INIT: 'Новая',
			SORT: '10',
			SYSTEM: 'Y',
			CATEGORY_ID: null,
			COLOR: '#39A8EF',
			SEMANTICS: null,
			EXTRA: { SEMANTICS: 'process', COLOR: '#39A8EF' },
		});
		expect(
			portal.sees
				.stages('SMART_INVOICE_STAGE_13')
				.map((stage) => [stage.id, stage.name, stage.semantics]),
		).toEqual([
			['DT31_13:N', 'Новый', null],
			['DT31_13:S', 'Отправлен', null],
			['DT31_13:P', 'Оплачен', 'S'],
			['DT31_13:D', 'Не оплачен', 'F'],
		]);
		const { categories } = await result('crm.category.list', { entityTypeId: 2 });
		expect(categories).toEqual([
			{ id: 0, name: 'Общая', sort: 300, entityTypeId: 2, isDefault: 'Y' },
		]);
		expect((await result('crm.category.list', { entityTypeId: 31 })).categories).toMatchObject([
			{ id: 13, isDefault: 'Y' },
		]);
	});

	it('take a new stage with the prefix of the funnel, in the order of the groups, once', async () => {
		const funnel = portal.admin.addsPipeline('Опт');
		expect(portal.admin.addsStage(`DEAL_STAGE_${funnel}`, 'INVOICE_1C', 'Счет в 1С')).toBe(
			`C${funnel}:INVOICE_1C`,
		);
		expect(portal.sees.stageName(`C${funnel}:INVOICE_1C`)).toBe('Счет в 1С');
		const add = (fields: object) =>
			refusal('crm.status.add', {
				fields: { ENTITY_ID: `DEAL_STAGE_${funnel}`, NAME: 'X', ...fields },
			});
		expect((await add({ STATUS_ID: 'INVOICE_1C' })).slice(0, 2)).toEqual([400, 'ERROR_CORE']);
		expect((await add({ STATUS_ID: 'LATE', SORT: 500 }))[1]).toBe('');
		expect((await add({ STATUS_ID: 'MUCH_TOO_LONG_FOR_A_STAGE', SORT: 45 }))[0]).toBe(400);
		expect(
			await result('crm.status.add', {
				fields: { ENTITY_ID: 'DEAL_STAGE', STATUS_ID: 'INVOICE_1C', NAME: 'Счет в 1С', SORT: 35 },
			}),
		).toEqual(expect.any(Number));
	});
});

describe('companies', () => {
	it('are found by INN through requisites and by phone through communications', async () => {
		const id = portal.admin.addsCompany({
			title: 'Ромашка',
			inn: '7707083893',
			kpp: '773601001',
			phone: '8 (900) 123-45-67',
		});
		const found = await result('crm.requisite.list', {
			filter: { RQ_INN: '7707083893', ENTITY_TYPE_ID: 4 },
		});
		expect(found).toMatchObject([
			{ ENTITY_ID: String(id), RQ_KPP: '773601001', PRESET_ID: '1', ACTIVE: 'Y' },
		]);
		expect(
			await result('crm.duplicate.findbycomm', { type: 'PHONE', values: ['+79001234567'] }),
		).toEqual({ COMPANY: [id] });
		expect(
			await result('crm.duplicate.findbycomm', { type: 'EMAIL', values: ['no@b.ru'] }),
		).toEqual([]);
		expect(
			(await result('crm.requisite.preset.list', {})).map((preset: Body) => [
				preset.ID,
				preset.NAME,
			]),
		).toContainEqual(['2', 'ИП']);
	});

	it('lend their requisite to a deal only when it is theirs', async () => {
		const company = portal.admin.addsCompany({ title: 'A', inn: '7707083893' });
		const stranger = portal.admin.addsCompany({ title: 'B', inn: '7736050003' });
		const deal = portal.manager.createsDeal({ title: 'A', company });
		const [{ ID: own }] = await result('crm.requisite.list', {
			filter: { ENTITY_ID: company },
			select: ['ID'],
		});
		const [{ ID: foreign }] = await result('crm.requisite.list', {
			filter: { ENTITY_ID: stranger },
			select: ['ID'],
		});
		const bank = await result('crm.requisite.bankdetail.add', {
			fields: { ENTITY_ID: own, NAME: 'Сбер', RQ_BIK: '044525225' },
		});
		const link = (REQUISITE_ID: unknown) => ({
			fields: {
				ENTITY_TYPE_ID: 2,
				ENTITY_ID: deal,
				REQUISITE_ID,
				BANK_DETAIL_ID: bank,
				MC_REQUISITE_ID: 0,
				MC_BANK_DETAIL_ID: 0,
			},
		});
		expect((await refusal('crm.requisite.link.register', link(foreign)))[2]).toContain(
			'is not assigned to Company',
		);
		expect(await result('crm.requisite.link.register', link(own))).toBe(true);
		expect(await result('crm.requisite.link.get', { entityTypeId: 2, entityId: deal })).toEqual({
			ENTITY_TYPE_ID: 2,
			ENTITY_ID: deal,
			REQUISITE_ID: own,
			BANK_DETAIL_ID: String(bank),
			MC_REQUISITE_ID: '0',
			MC_BANK_DETAIL_ID: '0',
		});
		const address = { fields: { TYPE_ID: 6, ENTITY_TYPE_ID: 8, ENTITY_ID: own, CITY: 'Тюмень' } };
		expect(await result('crm.address.add', address)).toBe(true);
		expect(await refusal('crm.address.add', address)).toEqual([400, '', 'TypeAddress exists']);
		expect(await result('crm.address.list', { filter: { ENTITY_ID: own } })).toMatchObject([
			{ CITY: 'Тюмень', ANCHOR_ID: String(company) },
		]);
	});

	it('change their phones by id and double them when sent as a list', async () => {
		const id = portal.admin.addsCompany({ title: 'A', phone: '1' });
		const fm = async () => (await item(4, id)).fm;
		const [{ id: phone }] = await fm();
		await result('crm.item.update', {
			entityTypeId: 4,
			id,
			fields: { fm: [{ typeId: 'PHONE', valueType: 'WORK', value: '1' }] },
		});
		expect(await fm()).toHaveLength(2);
		await result('crm.item.update', {
			entityTypeId: 4,
			id,
			fields: { fm: { [String(phone)]: { value: '' }, n0: { typeId: 'EMAIL', value: 'a@b.ru' } } },
		});
		expect((await fm()).map((entry: Body) => entry.value)).toEqual(['1', 'a@b.ru']);
	});
});

describe('user fields', () => {
	it('get the forced prefix and keep to the rules of names', async () => {
		await result('crm.deal.userfield.add', {
			fields: { FIELD_NAME: 'ONEC_REF', USER_TYPE_ID: 'string', LABEL: '1С' },
		});
		expect(portal.sees.userFields('CRM_DEAL')).toEqual(['UF_CRM_ONEC_REF']);
		expect(
			(
				await refusal('crm.deal.userfield.add', {
					fields: { FIELD_NAME: 'ONEC_REF', USER_TYPE_ID: 'string' },
				})
			)[1],
		).toBe('ERROR_CORE');
		expect(
			(
				await refusal('crm.deal.userfield.add', {
					fields: { FIELD_NAME: 'Б', USER_TYPE_ID: 'string' },
				})
			)[1],
		).toBe('ERROR_CORE');
		const config = {
			entityId: 'CRM_SMART_INVOICE',
			fieldName: 'UF_CRM_SMART_INVOICE_PAID',
			userTypeId: 'double',
			editFormLabel: { ru: 'Оплачено' },
		};
		const { field } = await result('userfieldconfig.add', { moduleId: 'crm', field: config });
		expect(field).toMatchObject({
			entityId: 'CRM_SMART_INVOICE',
			userTypeId: 'double',
			editFormLabel: { ru: 'Оплачено' },
		});
		expect(typeof field.id).toBe('string');
		expect(
			(
				await refusal('userfieldconfig.add', {
					moduleId: 'crm',
					field: { ...config, fieldName: 'UF_OTHER' },
				})
			)[0],
		).toBe(400);
		const listed = await result('userfieldconfig.list', {
			moduleId: 'crm',
			filter: { entityId: 'CRM_SMART_INVOICE' },
		});
		expect(listed.fields).toHaveLength(1);
	});
});

describe('the catalogue', () => {
	it('insists on iblockId, keeps prices apart and drops @', async () => {
		const id = portal.admin.addsProduct({ name: 'Окно', xmlId: 'guid-1', price: 500, vat: 22 });
		portal.admin.addsProduct({ name: 'Дверь', xmlId: 'guid-2' });
		const { catalogs } = await result('catalog.catalog.list', {});
		const iblockId = catalogs[0].iblockId;
		const select = ['id', 'iblockId', 'name', 'xmlId'];
		expect(
			await result('catalog.product.list', { select, filter: { iblockId, xmlId: ['guid-1'] } }),
		).toEqual({
			products: [{ id, iblockId, name: 'Окно', xmlId: 'guid-1' }],
		});
		expect(
			(await result('catalog.product.list', { select, filter: { iblockId, '@xmlId': ['guid-1'] } }))
				.products,
		).toHaveLength(2);
		expect(
			(await refusal('catalog.product.list', { select: ['id'], filter: { iblockId } })).slice(0, 2),
		).toEqual([400, 0]);
		expect((await refusal('catalog.product.list', { select })).slice(0, 2)).toEqual([400, 0]);
		expect(
			(await result('catalog.price.list', { filter: { productId: id } })).prices,
		).toMatchObject([{ price: 500, currency: 'RUB' }]);
		expect(
			(await result('catalog.measure.list', { filter: { code: 796 } })).measures,
		).toMatchObject([{ symbol: 'шт' }]);
		const { vats } = await result('catalog.vat.list', {});
		expect(vats.map((vat: Body) => vat.rate)).toEqual([null, 0, 5, 7, 10, 20, 22]);
		const added = await result('catalog.product.add', { fields: { iblockId, name: 'Рама' } });
		expect(added.element).toMatchObject({ name: 'Рама', xmlId: String(added.element.id) });
	});
});

describe('a batch', () => {
	const batch = (cmd: unknown, halt = 0) => result('batch', { cmd, halt });

	it('runs in order, refers back and answers empty maps as lists', async () => {
		const company = portal.admin.addsCompany({ title: 'A', inn: '7707083893' });
		const done = await batch({
			find: 'crm.requisite.list?filter[RQ_INN]=7707083893&select[]=ENTITY_ID',
			company: 'crm.item.get?entityTypeId=4&id=$result[find][0][ENTITY_ID]',
			deal: `crm.item.add?entityTypeId=2&fields[title]=${encodeURIComponent('Для $result[company][item][title] & Ко')}&fields[companyId]=$result[company][item][id]`,
			none: 'crm.item.list?entityTypeId=2&filter[title]=$result[nobody][item]-',
		});
		expect(done.result.deal.item).toMatchObject({ title: 'Для A & Ко', companyId: company });
		expect(done.result.none.items).toEqual([]);
		expect(done.result_error).toEqual([]);
		expect(done.result_next).toEqual([]);
		expect(done.result_total).toEqual({ find: 1, none: 0 });
		expect(Object.keys(done.result_time)).toEqual(['find', 'company', 'deal', 'none']);
		expect(portal.requests.at(-1)?.commands).toHaveLength(4);
	});

	it('passes a whole array through a reference', async () => {
		const contact = portal.admin.addsContact({ name: 'Иван' });
		const first = portal.manager.createsDeal({ title: 'A', contact });
		const done = await batch([
			`crm.item.get?entityTypeId=2&id=${first}`,
			'crm.item.add?entityTypeId=2&fields[contactIds]=$result[0][item][contactIds]',
		]);
		expect(done.result[1].item.contactIds).toEqual([contact]);
		expect(Array.isArray(done.result)).toBe(true);
	});

	it('puts failures beside results, and halts when told to', async () => {
		const commands = {
			bad: 'crm.item.get?entityTypeId=2&id=1',
			inner: 'batch?cmd[a]=profile',
			good: 'profile',
		};
		const done = await batch(commands);
		expect(done.result_error).toEqual({
			bad: { error: 'NOT_FOUND', error_description: 'Element not found' },
			inner: {
				error: 'ERROR_BATCH_METHOD_NOT_ALLOWED',
				error_description: 'Method is not allowed for batch usage',
			},
		});
		expect(Object.keys(done.result)).toEqual(['good']);
		const halted = await batch(commands, 1);
		expect([halted.result, Object.keys(halted.result_error)]).toEqual([[], ['bad']]);
	});

	it('fails the commands beyond fifty, or everything when switched so', async () => {
		const cmd = Array.from({ length: 51 }, () => 'profile');
		const done = await batch(cmd);
		expect(done.result).toHaveLength(50);
		expect(done.result_error).toEqual({
			50: { error: 'ERROR_BATCH_LENGTH_EXCEEDED', error_description: 'Max batch length exceeded' },
		});
		portal.switches.batchOverflow = 'wholeBatchRefused';
		expect((await refusal('batch', { cmd })).slice(0, 2)).toEqual([
			400,
			'ERROR_BATCH_LENGTH_EXCEEDED',
		]);
	});

	it('reads names as PHP does: a bare = in a name spoils it', async () => {
		const deal = portal.manager.createsDeal({ title: 'A' });
		const done = await batch({
			bare: `crm.item.productrow.list?filter[=ownerType]=D&filter[=ownerId]=${deal}`,
			encoded: `crm.item.productrow.list?filter[%3DownerType]=D&filter[%3DownerId]=${deal}`,
		});
		expect(Object.keys(done.result_error)).toEqual(['bare']);
		expect(done.result.encoded).toEqual({ productRows: [] });
	});

	it('as a form needs its queries encoded twice', async () => {
		const form = new URLSearchParams({
			'cmd[a]': `crm.item.add?entityTypeId=2&fields[title]=${encodeURIComponent('a&b=c+d')}`,
		});
		const { data } = await http.post('batch', form);
		expect(data.result.result.a.item.title).toBe('a&b=c+d');
	});
});

describe('limits', () => {
	it('let a burst of fifty through and then two a second', async () => {
		await open({ bucket: undefined });
		for (let n = 0; n < 50; n += 1) await result('profile');
		expect(await refusal('profile')).toEqual([503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests']);
		clock += 1000;
		await result('profile');
		await result('batch', { cmd: ['profile', 'profile', 'profile'] });
		expect((await call('profile')).status).toBe(503);
	});

	it('block a method whose operating time is used up, until the oldest minute drops out', async () => {
		portal.levers.exhaustsOperatingTime('crm.item.list');
		expect((await refusal('crm.item.list', { entityTypeId: 2 })).slice(0, 2)).toEqual([
			429,
			'OPERATION_TIME_LIMIT',
		]);
		await result('profile');
		clock += 600_000;
		await result('crm.item.list', { entityTypeId: 2 });
	});
});

describe('troubles', () => {
	it('lose an answer after the work, refuse before it, and cut connections', async () => {
		portal.levers.losesNextAnswer('crm.item.add');
		await expect(
			call('crm.item.add', { entityTypeId: 2, fields: { title: 'A' } }),
		).rejects.toThrow();
		expect(portal.requests.at(-1)?.status).toBe(0);
		expect((await result('crm.item.list', { entityTypeId: 2 })).items).toHaveLength(1);
		portal.levers.failsNext('crm.item.add', 503, 'OVERLOAD_LIMIT');
		expect((await refusal('crm.item.add', { entityTypeId: 2, fields: {} })).slice(0, 2)).toEqual([
			503,
			'OVERLOAD_LIMIT',
		]);
		portal.levers.goesDown();
		await expect(call('profile')).rejects.toThrow();
		portal.levers.comesBack();
		expect((await result('crm.item.list', { entityTypeId: 2 })).items).toHaveLength(1);
		portal.levers.emptiesBucket();
		expect((await call('profile')).status).toBe(503);
	});

	it('strike a command inside a batch, and its lost answer cuts the batch', async () => {
		portal.levers.failsNext('crm.item.add', 500, 'INTERNAL_SERVER_ERROR');
		const done = await result('batch', {
			cmd: { a: 'crm.item.add?entityTypeId=2&fields[title]=A', b: 'profile' },
		});
		expect([Object.keys(done.result_error), Object.keys(done.result)]).toEqual([['a'], ['b']]);
		portal.levers.losesNextAnswer('profile');
		await expect(call('batch', { cmd: ['profile'] })).rejects.toThrow();
	});
});

describe('outgoing webhooks', () => {
	let received: Array<Record<string, string>>;
	let listener: Server;
	let status: number;

	beforeEach(async () => {
		received = [];
		status = 200;
		listener = createServer((request, response) => {
			let body = '';
			request.on('data', (chunk) => (body += chunk));
			request.on('end', () => {
				received.push(Object.fromEntries(new URLSearchParams(body)));
				response.writeHead(status).end();
			});
		});
		await new Promise<void>((ready) => listener.listen(0, '127.0.0.1', ready));
		const { port } = listener.address() as AddressInfo;
		closers.push(() => new Promise((closed) => listener.close(closed)));
		portal.admin.addsOutgoingWebhook({
			url: `http://127.0.0.1:${port}/`,
			events: ['ONCRMDEALADD', 'ONCRMDEALUPDATE', 'ONCRMDYNAMICITEMADD'],
		});
	});

	const heard = async (): Promise<string[]> => {
		await new Promise((resolve) => setTimeout(resolve, 80));
		return received.splice(0).map((event) => event.event);
	};

	it('carry an id and the token, and echo our own writes', async () => {
		await result('crm.item.add', { entityTypeId: 2, fields: { title: 'A' } });
		await new Promise((resolve) => setTimeout(resolve, 80));
		expect(received).toEqual([
			{
				event: 'ONCRMDEALADD',
				event_handler_id: '1',
				'data[FIELDS][ID]': '401',
				ts: String(START / 1000),
				'auth[domain]': portal.domain,
				'auth[client_endpoint]': `${portal.origin}/rest/`,
				'auth[server_endpoint]': 'https://oauth.bitrix24.tech/rest/',
				'auth[member_id]': expect.any(String),
				'auth[application_token]': portal.applicationToken,
			},
		]);
	});

	it('say nothing of a funnel move or of a change without effect', async () => {
		const funnel = portal.admin.addsPipeline('Опт');
		const id = portal.manager.createsDeal({ title: 'A' });
		expect(await heard()).toEqual(['ONCRMDEALADD']);
		portal.manager.movesToPipeline(id, funnel, `C${funnel}:EXECUTING`);
		await result('crm.item.update', { entityTypeId: 2, id, fields: { title: 'A' } });
		expect(await heard()).toEqual([]);
		portal.manager.moves(id, `C${funnel}:WON`);
		portal.manager.setsProducts(id, [{ name: 'Окно', price: 1, quantity: 1 }]);
		expect(await heard()).toEqual(['ONCRMDEALUPDATE', 'ONCRMDEALUPDATE']);
	});

	it('tell of smart invoices in their own family, and never try twice', async () => {
		status = 500;
		await result('crm.item.add', { entityTypeId: 31, fields: {} });
		await new Promise((resolve) => setTimeout(resolve, 80));
		expect(received).toMatchObject([
			{ event: 'ONCRMDYNAMICITEMADD', 'data[FIELDS][ENTITY_TYPE_ID]': '31' },
		]);
		expect(() =>
			portal.admin.addsOutgoingWebhook({ url: 'http://x/', events: ['ONCRMDEALMOVETOCATEGORY'] }),
		).toThrow();
	});
});

describe('hostile input', () => {
	it('is refused and the portal goes on', async () => {
		const json = { headers: { 'content-type': 'application/json' } };
		expect((await http.post('profile', '{"a":', json)).data.error).toBe('INVALID_REQUEST');
		expect((await http.post('profile', '"text"', json)).status).toBe(400);
		expect(
			(await http.post('profile', 'x'.repeat(17 * 1024 * 1024), { maxBodyLength: Infinity }))
				.status,
		).toBe(413);
		expect((await http.post('profile', Buffer.from([0xff, 0xfe, 0x00]))).status).toBe(400);
		expect((await http.post('profile', 'a[b]c[[]]=%E0%A4%A&=&[]=&%=', {})).status).toBe(200);
		const polluting =
			'{"entityTypeId":2,"fields":{"title":"A","__proto__":{"polluted":1},"constructor":{"x":1}}}';
		expect((await http.post('crm.item.add', polluting, json)).status).toBe(200);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		const batch =
			'{"cmd":{"__proto__":"profile","a":"crm.item.get?entityTypeId=$result[a][toString]&id=1"}}';
		expect((await http.post('batch', batch, json)).status).toBe(200);
		for (const line of ['GET // HTTP/1.1', 'GET /rest/%/%/% HTTP/1.1', 'nonsense']) {
			expect(await raw(`${line}\r\nHost: x\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 4/);
		}
		for (const filter of ['x', 7, [[[]]], { '=id': { a: 1 } }, { logic: [] }]) {
			expect((await call('crm.item.list', { entityTypeId: 2, filter })).status).toBeLessThan(500);
		}
		expect(
			(
				await call('crm.item.productrow.set', {
					ownerType: 'D',
					ownerId: 401,
					productRows: ['x', 1, null],
				})
			).status,
		).toBeLessThan(500);
		await result('profile');
	});
});

async function raw(text: string): Promise<string> {
	const port = Number(new URL(portal.origin).port);
	return await new Promise((resolve, reject) => {
		let answer = '';
		const socket = connect(port, '127.0.0.1', () => socket.write(text));
		socket.on('data', (chunk) => (answer += chunk));
		socket.on('end', () => resolve(answer));
		socket.on('error', reject);
	});
}
