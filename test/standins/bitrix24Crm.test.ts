/** Payments, smart processes, imports, reference books and the classic methods of the stand-in portal. */
import { PortalUnderTest } from './portalUnderTest';
import type { Body } from './portalUnderTest';

const test = new PortalUnderTest();
const { result, refusal, call } = test;

describe('payments', () => {
	const of = (entityId: number) => ({ entityTypeId: 2, entityId });

	it('are worth the goods that are put in, no more of them than the card has', async () => {
		const deal = test.portal.manager.createsDeal({
			title: 'A',
			rows: [
				{ price: 89.955, quantity: 100 },
				{ price: 5, quantity: 2 },
			],
		});
		const [first, second] = test.portal.sees.rows('D', deal);
		const paymentId = await result('crm.item.payment.add', of(deal));
		const sum = async () => (await result('crm.item.payment.get', { id: paymentId })).sum;
		const left = async () => {
			const owner = { ownerType: 'D', ownerId: deal };
			const available = await result('crm.item.productrow.getAvailableForPayment', owner);
			return available.productRows.map(({ id, quantity }: Body) => [id, quantity]);
		};
		expect(await sum()).toBe(0);
		const put = { paymentId, rowId: first.id, quantity: 100 };
		const goods = await result('crm.item.payment.product.add', put);
		expect(await sum()).toBe(8995.5);
		expect(await left()).toEqual([[second.id, 2]]);
		expect((await refusal('crm.item.payment.product.add', put))[1]).toBe('0');
		expect((await refusal('crm.item.payment.product.add', { ...put, rowId: 7 }))[1]).toBe('0');
		expect((await refusal('crm.item.payment.product.add', { paymentId }))[1]).toBe('100');
		expect(await result('crm.item.payment.product.list', { paymentId })).toEqual([
			{ id: goods, paymentId, quantity: 100, rowId: first.id },
		]);
		await result('crm.item.payment.product.setQuantity', { id: goods, quantity: 1 });
		expect(await sum()).toBe(89.96);
		await result('crm.item.payment.product.delete', { id: goods });
		expect([await sum(), (await left()).length]).toEqual([0, 2]);
	});

	it('may cover what is not covered yet, are paid and unpaid, and move no stage', async () => {
		test.portal.switches.freshPaymentSum = 'uncovered';
		const deal = test.portal.manager.createsDeal({
			title: 'A',
			rows: [{ price: 50, quantity: 2 }],
		});
		const id = await result('crm.item.payment.add', of(deal));
		expect(await result('crm.item.payment.list', of(deal))).toEqual([
			{
				id,
				accountNumber: expect.stringMatching(/^\d+\/1$/),
				paid: 'N',
				datePaid: null,
				empPaidId: null,
				paySystemId: 6,
				sum: 100,
				currency: 'RUB',
				paySystemName: 'Наличные',
			},
		]);
		expect(await result('crm.item.payment.pay', { id })).toBe(true);
		expect(await result('crm.item.payment.get', { id })).toMatchObject({
			paid: 'Y',
			datePaid: '2026-03-02T09:00:00+03:00',
			empPaidId: 1,
		});
		expect(test.portal.sees.deal(deal).stageId).toBe('NEW');
		await result('crm.item.payment.unpay', { id });
		await result('crm.item.payment.update', { id, fields: { paySystemId: 9, sum: 7 } });
		expect(await result('crm.item.payment.get', { id })).toMatchObject({
			paid: 'N',
			datePaid: null,
			sum: 100,
			paySystemName: 'Банковский перевод',
		});
		test.portal.switches.freshPaymentSum = 'zero';
		const second = await result('crm.item.payment.add', of(deal));
		expect(await result('crm.item.payment.get', { id: second })).toMatchObject({ sum: 0 });
		expect(await result('crm.item.payment.delete', { id: second })).toBe(true);
		expect(await result('crm.item.payment.list', of(deal))).toHaveLength(1);
	});

	it('refuse with the number 0, and in a batch as switched', async () => {
		const deal = test.portal.manager.createsDeal({ title: 'A' });
		expect(await refusal('crm.item.payment.add', of(99))).toEqual([
			400,
			'0',
			'Сущность с идентификатором №99 не существует',
		]);
		expect((await refusal('crm.item.payment.add', { entityTypeId: 4, entityId: 1 }))[1]).toBe('0');
		expect((await refusal('crm.item.payment.add', { entityTypeId: 2 }))[1]).toBe('100');
		expect((await refusal('crm.item.payment.pay', { id: 5 }))[1]).toBe('0');
		const cmd = [`crm.item.payment.list?entityTypeId=2&entityId=${deal}`];
		const inBatch = () => result('batch', { cmd });
		expect((await inBatch()).result).toEqual([[]]);
		test.portal.switches.paymentListInBatch = 'refused';
		expect((await inBatch()).result_error[0].error).toBe('ERROR_BATCH_METHOD_NOT_ALLOWED');
	});

	it('take sums and marks of 1C as payments of the shop', async () => {
		const deal = test.portal.manager.createsDeal({ title: 'A' });
		const id = await result('crm.item.payment.add', of(deal));
		const { payment } = await result('sale.payment.update', {
			id,
			fields: { sum: 70, paid: 'Y', datePaid: '2026-03-01T00:00:00+03:00', id1c: 'guid' },
		});
		expect(payment).toMatchObject({ sum: 70, id1c: 'guid', datePaid: '2026-03-01T00:00:00+03:00' });
		const { payments } = await result('sale.payment.list', { filter: { id1c: 'guid' } });
		expect(payments).toMatchObject([{ id, paid: 'Y' }]);
		expect((await refusal('sale.payment.get', { id: 5 }))[1]).toBe('200640400001');
	});
});

describe('a smart process', () => {
	it('has items, stages, rows and events of its own', async () => {
		const { type } = await result('crm.type.add', {
			fields: {
				title: 'Договоры',
				isStagesEnabled: 'Y',
				isClientEnabled: 'Y',
				isLinkWithProductsEnabled: 'Y',
			},
		});
		const entityTypeId = Number(type.entityTypeId);
		expect(entityTypeId % 2).toBe(0);
		const listener = await test.listener();
		test.portal.admin.addsOutgoingWebhook({
			url: listener.url,
			events: ['ONCRMDYNAMICITEMADD'],
		});
		const { categories } = await result('crm.category.list', { entityTypeId });
		const [{ id: category }] = categories;
		const { item } = await result('crm.item.add', { entityTypeId, fields: { xmlId: 'guid' } });
		expect(item).toMatchObject({ stageId: `DT${entityTypeId}_${category}:NEW`, xmlId: 'guid' });
		expect(item).not.toHaveProperty('originId');
		expect(await listener.hears(1)).toMatchObject([
			{ 'data[FIELDS][ENTITY_TYPE_ID]': String(entityTypeId) },
		]);
		await result('crm.item.productrow.set', {
			ownerType: `T${entityTypeId.toString(16)}`,
			ownerId: item.id,
			productRows: [{ price: 30 }],
		});
		const stages = await result('crm.status.list', {
			filter: { ENTITY_ID: `DYNAMIC_${entityTypeId}_STAGE_${category}` },
		});
		expect(stages.map((stage: Body) => stage.SEMANTICS)).toEqual([null, null, null, 'S', 'F']);
		const { items } = await result('crm.item.list', { entityTypeId, filter: { '=xmlId': 'GUID' } });
		expect(items).toMatchObject([{ id: item.id, opportunity: 30 }]);
		expect((await result('crm.type.list')).types).toMatchObject([
			{ title: 'Договоры', entityTypeId, isStagesEnabled: 'Y', isCategoriesEnabled: 'N' },
		]);
		expect((await refusal('crm.type.add', { fields: { title: 'X', entityTypeId: 1031 } }))[1]).toBe(
			'INVALID_ARG_VALUE',
		);
	});
});

describe('an import', () => {
	it('takes twenty rows at most and judges each by itself', async () => {
		const { items } = await result('crm.item.batchImport', {
			entityTypeId: 4,
			data: [{ title: 'A' }, { title: 'B', currencyId: 'XXX' }, { title: 'C' }],
		});
		expect(items).toMatchObject([
			{ item: { id: 401 } },
			{ error: 'CRM_FIELD_ERROR_VALUE_NOT_VALID' },
			{ item: { id: 402 } },
		]);
		const data = Array(21).fill({ title: 'A' });
		expect((await refusal('crm.item.batchImport', { entityTypeId: 4, data }))[1]).toBe(
			'MAX_IMPORT_BATCH_SIZE_EXCEEDED',
		);
	});
});

describe('the classic methods', () => {
	it('keep phones of a contact under ids of their own', async () => {
		const id = await result('crm.contact.add', {
			fields: { NAME: 'Иван', PHONE: [{ VALUE: '+79001112233', VALUE_TYPE: 'WORK' }] },
		});
		const get = () => result('crm.contact.get', { id });
		const { PHONE, ID } = await get();
		expect(ID).toBe(String(id));
		const [{ ID: phone }] = PHONE;
		await result('crm.contact.update', {
			id,
			fields: { PHONE: [{ ID: phone, VALUE: '1', VALUE_TYPE: 'HOME' }, { VALUE: '2' }] },
		});
		expect((await get()).PHONE.map((entry: Body) => [entry.VALUE, entry.VALUE_TYPE])).toEqual([
			['1', 'HOME'],
			['2', 'WORK'],
		]);
		await result('crm.contact.update', { id, fields: { PHONE: [{ ID: phone, DELETE: 'Y' }] } });
		expect(await result('crm.contact.list', { select: ['ID', 'PHONE'] })).toMatchObject([
			{ ID: String(id), PHONE: [{ VALUE: '2' }] },
		]);
		expect(await result('crm.contact.delete', { id })).toBe(true);
		expect((await refusal('crm.contact.get', { id })).slice(1)).toEqual(['', 'Not found']);
	});

	it('call a stage of a lead its status, and page by id', async () => {
		const ids = [];
		for (const TITLE of ['A', 'B', 'C']) {
			ids.push(await result('crm.lead.add', { fields: { TITLE } }));
		}
		expect(await result('crm.lead.get', { id: ids[0] })).toMatchObject({
			STATUS_ID: 'NEW',
			STATUS_SEMANTIC_ID: 'P',
			OPPORTUNITY: '0.00',
		});
		const { data } = await call('crm.lead.list', {
			filter: { '>ID': ids[0] },
			order: { ID: 'ASC' },
			select: ['ID', 'TITLE'],
			start: -1,
		});
		expect(data.result).toEqual([
			{ ID: String(ids[1]), TITLE: 'B' },
			{ ID: String(ids[2]), TITLE: 'C' },
		]);
		expect(await result('crm.company.list', { filter: { TITLE: 'нет' } })).toEqual([]);
		expect((await result('crm.company.fields')).TITLE).toMatchObject({ type: 'string' });
	});

	it('replace the products and the contacts of a deal', async () => {
		const deal = test.portal.manager.createsDeal({ title: 'A' });
		const [first, second] = ['Иван', 'Петр'].map((name) => test.portal.admin.addsContact({ name }));
		const rows = [{ PRODUCT_NAME: 'Окно', PRICE: 100, QUANTITY: 2, TAX_RATE: 20 }];
		expect(await result('crm.deal.productrows.set', { id: deal, rows })).toBe(true);
		expect(await result('crm.deal.productrows.get', { id: deal })).toMatchObject([
			{ OWNER_ID: String(deal), PRODUCT_NAME: 'Окно', PRICE: 100, PRICE_ACCOUNT: '100.00' },
		]);
		expect(test.portal.sees.deal(deal).opportunity).toBe(200);
		await result('crm.deal.contact.items.set', {
			id: deal,
			items: [{ CONTACT_ID: first }, { CONTACT_ID: second, IS_PRIMARY: 'Y' }, { CONTACT_ID: 99 }],
		});
		expect(await result('crm.deal.contact.items.get', { id: deal })).toMatchObject([
			{ CONTACT_ID: second, IS_PRIMARY: 'Y' },
			{ CONTACT_ID: first, IS_PRIMARY: 'N' },
		]);
		expect(test.portal.sees.deal(deal)).toMatchObject({ contactId: second });
		await result('crm.deal.contact.items.delete', { id: deal });
		expect(await result('crm.deal.contact.items.get', { id: deal })).toEqual([]);
		expect((await refusal('crm.deal.contact.items.get', { id: 0 }))[2]).toContain('ownerEntityID');
	});
});

describe('requisites', () => {
	it('change but for their owner, and take their bank details along when they go', async () => {
		const company = test.portal.admin.addsCompany({ title: 'A', inn: '7707083893' });
		const [{ ID }] = await result('crm.requisite.list', { filter: { ENTITY_ID: company } });
		await result('crm.requisite.update', {
			id: ID,
			fields: { RQ_INN: '7736050003', ENTITY_ID: 1 },
		});
		expect(await result('crm.requisite.list', { filter: { RQ_INN: '7707083893' } })).toEqual([]);
		expect(await result('crm.requisite.list', { filter: { RQ_INN: '7736050003' } })).toMatchObject([
			{ ENTITY_ID: String(company), MODIFY_BY_ID: '1' },
		]);
		const fields = { ENTITY_ID: ID, NAME: 'Сбер', RQ_ACC_NUM: '407' };
		const bank = await result('crm.requisite.bankdetail.add', { fields });
		await result('crm.requisite.bankdetail.update', { id: bank, fields: { RQ_ACC_NUM: '408' } });
		expect(await result('crm.requisite.bankdetail.get', { id: bank })).toMatchObject({
			RQ_ACC_NUM: '408',
			ENTITY_ID: ID,
		});
		const key = { TYPE_ID: 6, ENTITY_TYPE_ID: 8, ENTITY_ID: ID };
		await result('crm.address.add', { fields: { ...key, CITY: 'Тюмень' } });
		await result('crm.address.update', { fields: { ...key, CITY: 'Курган' } });
		expect(await result('crm.address.list', { filter: { ENTITY_ID: ID } })).toMatchObject([
			{ CITY: 'Курган' },
		]);
		await result('crm.address.delete', { fields: key });
		expect((await refusal('crm.address.delete', { fields: key }))[2]).toBe(
			'TypeAddress not found.',
		);
		expect(await result('crm.requisite.delete', { id: ID })).toBe(true);
		expect(await result('crm.requisite.bankdetail.list')).toEqual([]);
		expect((await refusal('crm.requisite.get', { id: ID }))[2]).toContain('is not found');
		expect((await result('crm.requisite.fields')).RQ_INN).toMatchObject({ type: 'string' });
	});
});

describe('reference books', () => {
	it('change and lose stages, but not those in use', async () => {
		const added = await result('crm.status.add', {
			fields: { ENTITY_ID: 'DEAL_STAGE', STATUS_ID: 'MINE', NAME: 'Моя', SORT: 15 },
		});
		await result('crm.status.update', { id: added, fields: { NAME: 'Своя' } });
		expect(test.portal.sees.stageName('MINE')).toBe('Своя');
		test.portal.manager.createsDeal({ title: 'A', stage: 'MINE' });
		expect((await refusal('crm.status.delete', { id: added }))[1]).toBe(
			'There are active items in this status.',
		);
		test.portal.manager.moves(401, 'NEW');
		expect(await result('crm.status.delete', { id: added })).toBe(true);
		expect((await refusal('crm.status.delete', { id: added }))[1]).toBe('Status is not found.');
		expect((await refusal('crm.status.delete', { id: 101 }))[1]).toContain('FORCED');
	});

	it('take a new funnel with the standard stages', async () => {
		const { category } = await result('crm.category.add', {
			entityTypeId: 2,
			fields: { name: 'Опт' },
		});
		expect(category).toMatchObject({ name: 'Опт', entityTypeId: 2, isDefault: 'N' });
		expect(test.portal.sees.stages(`DEAL_STAGE_${category.id}`)).toHaveLength(8);
		expect((await refusal('crm.category.add', { entityTypeId: 1, fields: { name: 'X' } }))[1]).toBe(
			'ENTITY_TYPE_NOT_SUPPORTED',
		);
	});

	it('forget user fields that were deleted', async () => {
		const id = await result('crm.deal.userfield.add', {
			fields: { FIELD_NAME: 'REF', USER_TYPE_ID: 'string' },
		});
		await result('crm.deal.userfield.update', { id, fields: { MANDATORY: 'Y' } });
		expect(await result('crm.deal.userfield.list')).toMatchObject([{ MANDATORY: 'Y' }]);
		await result('crm.deal.userfield.delete', { id });
		expect(test.portal.sees.userFields('CRM_DEAL')).toEqual([]);
		expect((await refusal('crm.deal.userfield.delete', { id }))[1]).toBe('ERROR_NOT_FOUND');
		expect((await refusal('userfieldconfig.delete', { moduleId: 'crm', id }))[2]).toBe(
			'Вы не можете удалить пользовательское поле',
		);
	});

	it('say modes, types and currencies', async () => {
		expect(await result('crm.settings.mode.get')).toBe(1);
		expect(await result('crm.enum.ownertype')).toContainEqual(
			expect.objectContaining({ ID: 31, SYMBOL_CODE: 'SMART_INVOICE', SYMBOL_CODE_SHORT: 'SI' }),
		);
		const { data } = await call('crm.currency.list');
		expect([data.result[0].CURRENCY, data.result[0].BASE, data.total]).toEqual(['RUB', 'Y', 0]);
		const deal = test.portal.manager.createsDeal({ title: 'A' });
		const trace = { TRACE: '{"tags":{}}', ENTITIES: [{ TYPE: 'DEAL', ID: deal }] };
		expect(await result('crm.tracking.trace.add', trace)).toEqual(expect.any(Number));
		expect((await refusal('crm.tracking.trace.add', { TRACE: '{' }))[1]).toBe('ERROR_CORE');
	});
});
