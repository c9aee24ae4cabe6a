/** Cards, lists, rows, stages and companies of the stand-in portal. */
import { PortalUnderTest } from './portalUnderTest';
import type { Body } from './portalUnderTest';

const test = new PortalUnderTest();
const { call, result, refusal } = test;

/** A card as crm.item.get shows it, user fields under their own names. */
const item = (entityTypeId: number, id: number) =>
	result('crm.item.get', { entityTypeId, id, useOriginalUfNames: 'Y' }).then((r) => r.item);

describe('a deal', () => {
	it('has numbers, Y/N and shifted dates in crm.item.*, and strings in the classic answer', async () => {
		const company = test.portal.admin.addsCompany({ title: 'Ромашка' });
		const id = test.portal.manager.createsDeal({
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
		test.portal.admin.addsUserField('CRM_DEAL', 'UF_CRM_1C_REF', 'string');
		const id = test.portal.manager.createsDeal({ title: 'A', fields: { UF_CRM_1C_REF: 'guid' } });
		const camel = (await result('crm.item.get', { entityTypeId: 2, id })).item;
		expect(camel.ufCrm_1C_REF).toBe('guid');
		expect(camel).not.toHaveProperty('UF_CRM_1C_REF');
		await result('crm.item.update', { entityTypeId: 2, id, fields: { UF_CRM_1C_REF: 'lost' } });
		expect(test.portal.sees.deal(id).UF_CRM_1C_REF).toBe('guid');
		await result('crm.item.update', {
			entityTypeId: 2,
			id,
			useOriginalUfNames: 'Y',
			fields: { UF_CRM_1C_REF: 'kept' },
		});
		expect(test.portal.sees.deal(id).UF_CRM_1C_REF).toBe('kept');
	});

	it('answers NOT_FOUND for a missing card or type, 100 for a missing parameter', async () => {
		expect(await refusal('crm.item.get', { entityTypeId: 2, id: 9 })).toEqual([
			400,
			'NOT_FOUND',
			'Элемент не найден',
		]);
		expect(await refusal('crm.item.get', { entityTypeId: 999, id: 9 })).toEqual([
			400,
			'NOT_FOUND',
			'Смарт-процесс не найден',
		]);
		expect((await refusal('crm.item.get', { entityTypeId: 5, id: 9 }))[1]).toBe(
			'ENTITY_TYPE_NOT_SUPPORTED',
		);
		expect((await refusal('crm.item.add', { entityTypeId: 2 }))[1]).toBe('100');
		const scalar = await refusal('crm.item.add', { entityTypeId: 2, fields: { contactIds: 'x' } });
		expect(scalar).toEqual([
			400,
			'100',
			'Expected iterable value for multiple field, but got `string` instead',
		]);
	});

	it('moves within its funnel only to stages that exist there', async () => {
		const other = test.portal.admin.addsPipeline('Опт');
		const id = test.portal.manager.createsDeal({ title: 'A' });
		for (const stageId of ['NOPE', `C${other}:NEW`]) {
			const [status, code] = await refusal('crm.item.update', {
				entityTypeId: 2,
				id,
				fields: { stageId },
			});
			expect([status, code]).toEqual([400, 'CRM_FIELD_ERROR_VALUE_NOT_VALID']);
		}
		test.clock += 60_000;
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
		const other = test.portal.admin.addsPipeline('Опт');
		const id = test.portal.manager.createsDeal({ title: 'A' });
		test.portal.manager.moves(id, 'EXECUTING');
		const history = () =>
			result('crm.stagehistory.list', { entityTypeId: 2, filter: { OWNER_ID: id } });
		expect((await history()).items.map((entry: Body) => [entry.TYPE_ID, entry.STAGE_ID])).toEqual([
			['1', 'NEW'],
			['2', 'EXECUTING'],
		]);
		await result('crm.item.update', { entityTypeId: 2, id, fields: { categoryId: other } });
		expect(test.portal.sees.deal(id)).toMatchObject({
			categoryId: other,
			stageId: `C${other}:NEW`,
		});
		expect((await history()).items).toMatchObject([
			{ TYPE_ID: '5', CATEGORY_ID: String(other), STAGE_ID: `C${other}:NEW` },
		]);
		await result('crm.deal.update', { id, fields: { CATEGORY_ID: 0, TITLE: 'B' } });
		expect(test.portal.sees.deal(id)).toMatchObject({ categoryId: other, title: 'B' });
	});

	it('is not saved when nothing would change', async () => {
		const id = test.portal.manager.createsDeal({ title: 'A' });
		test.clock += 60_000;
		await result('crm.item.update', { entityTypeId: 2, id, fields: { title: 'A', unknown: 1 } });
		expect(test.portal.sees.deal(id)).toMatchObject({
			updatedTime: '2026-03-02T09:00:00+03:00',
			updatedBy: 7,
		});
		await result('crm.item.update', { entityTypeId: 2, id, fields: { title: 'B' } });
		expect(test.portal.sees.deal(id)).toMatchObject({
			updatedTime: '2026-03-02T09:01:00+03:00',
			updatedBy: 1,
		});
	});

	it('reads dates in the portal zone, so an evening in UTC is the next day', async () => {
		const id = test.portal.manager.createsDeal({ title: 'A' });
		const write = (closedate: string) =>
			result('crm.item.update', { entityTypeId: 2, id, fields: { closedate } });
		expect((await write('2026-04-01T23:30:00Z')).item.closedate).toBe('2026-04-02T03:00:00+03:00');
		expect((await write('2026-04-01')).item.closedate).toBe('2026-04-01T03:00:00+03:00');
	});

	it('drops dates that are none, with a success', async () => {
		const id = test.portal.manager.createsDeal({ title: 'A' });
		const fields = { closedate: '2026-04-01', title: 'B' };
		await result('crm.item.update', { entityTypeId: 2, id, fields });
		const { item: after } = await result('crm.item.update', {
			entityTypeId: 2,
			id,
			fields: { closedate: 'soon', title: 'C' },
		});
		expect(after).toMatchObject({ title: 'C', closedate: '2026-04-01T03:00:00+03:00' });
	});

	it('deleted answers an empty list', async () => {
		const id = test.portal.manager.createsDeal({ title: 'A' });
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
		for (let n = 1; n <= 101; n += 1) test.portal.manager.createsDeal({ title: `Сделка ${n}` });
		const page = (start?: number) =>
			call('crm.item.list', { entityTypeId: 2, select: ['id'], start }).then((r) => r.data);
		expect(await page()).toMatchObject({ total: 101, next: 50 });
		expect(await page(50)).toMatchObject({ total: 101, next: 100 });
		const last = await page(100);
		expect(last.result.items).toHaveLength(1);
		expect(last).not.toHaveProperty('next');
		const uncounted = await page(-1);
		expect(uncounted.result.items).toHaveLength(50);
		expect([uncounted.total, uncounted.next]).toEqual([undefined, undefined]);
		/** `start` names a page, not an offset. */
		expect(await page(99)).toMatchObject({ result: { items: { length: 50 } }, next: 100 });
		const classic = await call('crm.deal.list', { start: -1 });
		expect([classic.data.total, classic.data.next]).toEqual([0, undefined]);
	});

	it('know the filter prefixes and OR', async () => {
		for (const [title, opportunity] of [
			['Окна', 100],
			['Двери', 200],
			['окно', 300],
		] as const) {
			test.portal.manager.createsDeal({ title, fields: { opportunity } });
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
		test.portal.manager.createsDeal({ title: 'A' });
		expect(await refusal('crm.item.list', { entityTypeId: 2, filter: { FIELD: 1 } })).toEqual([
			400,
			'INVALID_ARG_VALUE',
			"Invalid filter: field 'FIELD' is not allowed in filter",
		]);
		const list = { entityTypeId: 2, filter: { '=id': 'x' } };
		expect((await result('crm.item.list', list)).items).toEqual([]);
		test.portal.switches.filterValues = 'checked';
		expect((await refusal('crm.item.list', list))[2]).toBe(
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
		test.portal.admin.addsCompany({ title: 'A', phone: '+7 900 000-00-00' });
		test.portal.admin.addsUserField('CRM_COMPANY', 'UF_CRM_VIP', 'boolean');
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
		deal = test.portal.manager.createsDeal({ title: 'A' });
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
			priceExclusive: 66666.66666667,
			priceNetto: 83333.33333334,
			priceBrutto: 100000.00000001,
			discountSum: 16666.66666667,
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
			{
				priceExclusive: 81818.18181818,
				priceNetto: 90909.09090909,
				priceBrutto: 100000,
				discountSum: 9090.90909091,
				sort: 0,
			},
		]);
		const absolute = { price: 90, discountTypeId: 1, discountSum: 10, taxRate: null };
		expect((await set([absolute])).productRows).toMatchObject([
			{ priceNetto: 100, discountRate: 10, discountSum: 10 },
		]);
	});

	it('have prices with eight decimals and quantities with four, and are rounded to kopecks once', async () => {
		const { productRows } = await set([
			{ price: 89.955, quantity: 100 },
			{ price: 333.33333333333, quantity: 3 },
			{ price: 1, quantity: 0.12345 },
		]);
		expect(productRows).toMatchObject([
			{ price: 89.955 },
			{ price: 333.33333333 },
			{ quantity: 0.1235 },
		]);
		expect(test.portal.sees.deal(deal).opportunity).toBe(8995.5 + 1000 + 0.12);
	});

	it('with a whole discount say how large it is, and with a product have one that is there', async () => {
		const free = { price: 0, discountTypeId: 2, discountRate: 100 };
		const params = { ownerType: 'D', ownerId: deal };
		expect((await refusal('crm.item.productrow.set', { ...params, productRows: [free] }))[1]).toBe(
			'CRM_PRODUCTROW_NORMALIZATION_DISCOUNT_SUM_REQUIRED',
		);
		expect((await set([{ ...free, discountSum: 50 }])).productRows).toMatchObject([
			{ price: 0, priceNetto: 50, discountRate: 100, discountSum: 50 },
		]);
		const stranger = { productId: 999_999, price: 1 };
		expect(
			(await refusal('crm.item.productrow.add', { fields: { ...params, ...stranger } }))[1],
		).toBe('INVALID_ARG_VALUE');
	});

	it('are read with more than is written, and can be written back as they were read', async () => {
		await set([{ price: 1, quantity: 2, taxRate: 20, taxIncluded: 'Y' }]);
		const filter = { '=ownerType': 'D', '=ownerId': deal };
		const { productRows } = await result('crm.item.productrow.list', { filter });
		expect(productRows).toMatchObject([{ taxName: 'НДС 20%', storeId: null, type: 1 }]);
		expect((await set(productRows)).productRows).toMatchObject([{ id: productRows[0].id }]);
	});

	it('are replaced as a whole, and the amount follows unless it is set by hand', async () => {
		await set([{ price: 100, quantity: 2 }, { price: 50 }]);
		expect(test.portal.sees.deal(deal).opportunity).toBe(250);
		await set([{ productName: 'без цены' }]);
		expect(test.portal.sees.rows('D', deal)).toMatchObject([
			{ price: 0, quantity: 1, taxRate: null },
		]);
		await result('crm.item.update', {
			entityTypeId: 2,
			id: deal,
			fields: { isManualOpportunity: 'Y', opportunity: 777 },
		});
		await set([{ price: 10 }]);
		expect(test.portal.sees.deal(deal).opportunity).toBe(777);
		await result('crm.item.update', {
			entityTypeId: 2,
			id: deal,
			fields: { isManualOpportunity: 'N' },
		});
		expect(test.portal.sees.deal(deal).opportunity).toBe(10);
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
			'REQUIRED_ARG_MISSING',
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
		const deal = test.portal.manager.createsDeal({ title: 'A' });
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
		expect(invoice.accountNumber).toBe('УТ-1');
		test.portal.manager.movesInvoice(Number(invoice.id), 'DT31_13:P');
		expect(test.portal.sees.invoices(deal)).toMatchObject([
			{ stageId: 'DT31_13:P', previousStageId: 'DT31_13:N', movedBy: 7 },
		]);
		const found = await result('crm.item.list', {
			entityTypeId: 31,
			filter: { '=xmlId': 'guid', parentId2: deal },
		});
		expect(found.items).toHaveLength(1);
		const fields = (await result('crm.item.fields', { entityTypeId: 31 })).fields;
		expect(fields.accountNumber).toMatchObject({ isReadOnly: false, upperName: 'ACCOUNT_NUMBER' });
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
		test.portal.switches.invoiceCommentEntityType = 'crm_31';
		await result('crm.timeline.comment.add', comment('crm_31'));
		expect(test.portal.sees.timeline('invoice', Number(invoice.id))).toEqual([
			'Оплачен',
			'Оплачен',
		]);
		const listed = await result('crm.timeline.comment.list', {
			filter: { ENTITY_TYPE: 'crm_31', ENTITY_ID: invoice.id },
		});
		expect(listed[0]).toMatchObject({ ID: '999', COMMENT: 'Оплачен', AUTHOR_ID: '1' });
		expect((await refusal('crm.timeline.comment.add', { FIELDS: {} }))[1]).toBe('100');
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
			test.portal.sees
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
		const funnel = test.portal.admin.addsPipeline('Опт');
		expect(test.portal.admin.addsStage(`DEAL_STAGE_${funnel}`, 'INVOICE_1C', 'Счет в 1С')).toBe(
			`C${funnel}:INVOICE_1C`,
		);
		expect(test.portal.sees.stageName(`C${funnel}:INVOICE_1C`)).toBe('Счет в 1С');
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
		const id = test.portal.admin.addsCompany({
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
			await result('crm.duplicate.findbycomm', { type: 'PHONE', values: ['8 (900) 123-45-67'] }),
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
		const company = test.portal.admin.addsCompany({ title: 'A', inn: '7707083893' });
		const stranger = test.portal.admin.addsCompany({ title: 'B', inn: '7736050003' });
		const deal = test.portal.manager.createsDeal({ title: 'A', company });
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
		const id = test.portal.admin.addsCompany({ title: 'A', phone: '1' });
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
			fields: {
				fm: {
					[String(phone)]: { typeId: 'PHONE', value: '' },
					n0: { typeId: 'EMAIL', value: 'a@b.ru' },
				},
			},
		});
		expect((await fm()).map((entry: Body) => entry.value)).toEqual(['1', 'a@b.ru']);
	});

	it('ignore an element without its type, and take the id of another card for a new one', async () => {
		const id = test.portal.admin.addsCompany({ title: 'A', phone: '1' });
		const fm = async () => (await item(4, id)).fm;
		const [{ id: phone }] = await fm();
		const write = (change: object) =>
			result('crm.item.update', { entityTypeId: 4, id, fields: { fm: change } });
		await write({ [String(phone)]: { value: '' } });
		await write({ [String(phone)]: { value: '2', valueType: 'HOME' }, n0: { value: '3' } });
		expect((await fm()).map((entry: Body) => entry.value)).toEqual(['1']);
		await write({ '99999': { typeId: 'PHONE', value: '4' } });
		expect((await fm()).map((entry: Body) => entry.value)).toEqual(['1', '4']);
	});
});

describe('user fields', () => {
	it('get the forced prefix and keep to the rules of names', async () => {
		await result('crm.deal.userfield.add', {
			fields: { FIELD_NAME: 'ONEC_REF', USER_TYPE_ID: 'string', LABEL: '1С' },
		});
		expect(test.portal.sees.userFields('CRM_DEAL')).toEqual(['UF_CRM_ONEC_REF']);
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
		const id = test.portal.admin.addsProduct({
			name: 'Окно',
			xmlId: 'guid-1',
			price: 500,
			vat: 22,
		});
		test.portal.admin.addsProduct({ name: 'Дверь', xmlId: 'guid-2' });
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
		).toEqual([400, '0']);
		expect((await refusal('catalog.product.list', { select })).slice(0, 2)).toEqual([400, '0']);
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
