/** A portal that requires fields: what the exchange cannot fill is named once, the rest goes on, and it is made up for. */
import { COMPANY, CONTACT, DEAL, LEAD, SMART_INVOICE } from './standins/bitrix24/entityTypes';
import { Bitrix24Node } from './support/bitrix24Node';
import { Catalogs } from './support/catalogs';
import { Company, refOf, type Product } from './support/company';
import { SalesDesk } from './support/salesDesk';

jest.setTimeout(60_000);

const REASON = 'UF_CRM_REASON';

describe.each(['ru', 'en'] as const)('in the chain of a portal that speaks %s', (language) => {
	let company: Company;
	let table: Product;

	beforeEach(async () => {
		company = await Company.open({ chain: 'prepaid', portal: { language } });
		table = company.product('Стол', 12_200);
	});
	afterEach(async () => await company.close());

	const sells = (): number =>
		company.deal(company.buyer().company, [
			{ product: table.product, price: 12_200, quantity: 1, vat: 22, vatIncluded: true },
		]);

	const requires = (entityTypeId: number, from?: string): void => {
		const entity = entityTypeId === DEAL ? 'CRM_DEAL' : 'CRM_SMART_INVOICE';
		company.portal.admin.addsUserField(entity, REASON, 'string', { title: 'Причина покупки' });
		company.portal.admin.requires(entityTypeId, REASON, from);
	};

	const complaints = (deal: number): string[] =>
		company.timeline(deal).filter((text) => text.startsWith('Обмен с 1С не прошел'));

	/** Named by its title, with what to do, and told once. */
	const expectsComplaint = (deal: number): void => {
		expect(complaints(deal)).toHaveLength(1);
		expect(complaints(deal)[0]).toContain('Причина покупки');
		expect(complaints(deal)[0]).toMatch(/Заполните это поле в карточке|Интегратору/);
	};

	const moves = async (stage: string, ...deals: number[]): Promise<void> => {
		for (const deal of deals) company.portal.manager.moves(deal, stage);
		await company.minutePasses();
	};

	test('a deal that lacks a field of its success stage shows its sums, the other one moves', async () => {
		const [lacking, filled] = [sells(), sells()];
		requires(DEAL, 'WON');
		company.portal.manager.writes(filled, { [REASON]: 'цена' });
		await moves('ORDER_1C', lacking, filled);
		for (const deal of [lacking, filled]) {
			const order = refOf(company.order(deal));
			company.base.accountant.receives({ for: order, amount: 12_200 });
			company.base.storekeeper.ships({ order });
			company.base.salesman.closes({ order });
		}
		await company.minutesPass(6);
		expect(company.stage(filled)).toBe('Сделка успешна');
		expect(company.portal.sees.deal(lacking)).toMatchObject({
			stageId: 'ORDER_1C',
			UF_CRM_1C_PAID: 12_200,
			UF_CRM_1C_SHIPPED: 12_200,
		});
		expectsComplaint(lacking);
		expect(complaints(filled)).toEqual([]);
		company.portal.manager.writes(lacking, { [REASON]: 'срок' });
		await company.minutesPass(6);
		expect(company.stage(lacking)).toBe('Сделка успешна');
		expectsComplaint(lacking);
	});

	test('an invoice that cannot be made is made when the field is required no longer', async () => {
		requires(SMART_INVOICE);
		const deal = sells();
		await moves('INVOICE_1C', deal);
		await company.minutesPass(6);
		expect(company.invoice(deal)).toBeDefined();
		expect(company.portal.sees.invoices(deal)).toEqual([]);
		expectsComplaint(deal);
		company.portal.admin.requiresNoLonger(SMART_INVOICE, REASON);
		await company.minutesPass(11);
		expect(company.portal.sees.invoices(deal)).toHaveLength(1);
	});

	test('an invoice that lacks a field of «Оплачен» is moved when somebody has filled it', async () => {
		const deal = sells();
		await moves('INVOICE_1C', deal);
		const [invoice] = company.portal.sees.invoices(deal);
		requires(SMART_INVOICE, String(invoice.stageId).replace(/:.*/, ':P'));
		company.base.accountant.receives({ for: refOf(company.invoice(deal)), amount: 12_200 });
		await company.minutesPass(6);
		expect(company.invoiceStages(deal)).toEqual(['Новый']);
		expect(company.portal.sees.deal(deal).UF_CRM_1C_PAID).toBe(12_200);
		expectsComplaint(deal);
		expect(complaints(deal)[0]).toContain('Смарт-счет');
		company.portal.manager.writesCard(SMART_INVOICE, Number(invoice.id), { [REASON]: 'да' });
		await company.minutesPass(6);
		expect(company.invoiceStages(deal)).toEqual(['Оплачен']);
	});
});

test('a buyer that lacks a field is told with the way out, the others are loaded, and it follows', async () => {
	const catalogs = await Catalogs.open();
	try {
		catalogs.portal.admin.requires(CONTACT, 'post');
		catalogs.base.admin.addsCounterparty({ name: 'Роза', inn: '7707083893' });
		catalogs.base.admin.addsCounterparty({ name: 'Петров Петр Петрович', person: true });
		const first = await catalogs.syncsBuyers({ people: 'contact' });
		expect(first.summary).toMatchObject({ created: 1, failed: 1 });
		expect(first.failed[0].reason).toContain('Поле "Должность" обязательно для заполнения');
		expect(first.failed[0].remedy).toContain('default value');
		catalogs.portal.admin.requiresNoLonger(CONTACT, 'post');
		expect((await catalogs.syncsBuyers({ people: 'contact' })).summary).toMatchObject({
			created: 1,
			failed: 0,
		});
	} finally {
		await catalogs.close();
	}
});

test('a contact that cannot become a lead is told, and taken in by a later look', async () => {
	const desk = await SalesDesk.open();
	try {
		desk.portal.admin.requires(LEAD, 'post');
		const visitor = desk.account.visitorComes({ phone: '8 (916) 123-45-67' });
		visitor.sendsRequest({ text: 'Нужен стол' });
		await expect(desk.hears()).rejects.toThrow('Поле "Должность" обязательно для заполнения');
		await expect(desk.looks()).rejects.toThrow('Поле "Должность" обязательно для заполнения');
		expect(desk.leads).toEqual([]);
		desk.portal.admin.requiresNoLonger(LEAD, 'post');
		await desk.looks(15);
		expect(desk.lead.originId).toMatch(/^offline_message:/);
	} finally {
		await desk.close();
	}
});

describe('in a node', () => {
	let bitrix24: Bitrix24Node;

	beforeEach(async () => {
		bitrix24 = await Bitrix24Node.open();
		const { admin } = bitrix24.portal;
		admin.addsUserField('CRM_DEAL', REASON, 'string', { title: 'Причина покупки' });
	});
	afterEach(async () => await bitrix24.close());

	test('one deal is refused its stage, the other one gets there', async () => {
		const { portal } = bitrix24;
		const deals = ['A', 'B'].map((title) => portal.manager.createsDeal({ title }));
		portal.manager.writes(deals[1], { [REASON]: 'цена' });
		portal.admin.requires(DEAL, REASON, 'EXECUTING');
		const [refused, moved] = await bitrix24.outcomes(
			{ resource: 'deal', operation: 'moveToStage', dealId: '={{ $json.id }}', stage: 'EXECUTING' },
			deals.map((id) => ({ id })),
		);
		expect(refused.error).toContain('CRM_FIELD_ERROR_REQUIRED');
		expect(refused.message).toMatch(/«Поле "Причина покупки".*Заполните это поле в карточке/);
		expect(moved.error).toBeUndefined();
		expect(portal.sees.deals().map(({ stageId }) => stageId)).toEqual(['NEW', 'EXECUTING']);
	});

	test('a text made for pages is told without its tags', async () => {
		const said = 'Поле «Бюджет» обязательно.<br />Поле «Срок» обязательно.<br>';
		bitrix24.portal.levers.failsNext('crm.item.add', 400, 'CRM_FIELD_ERROR_REQUIRED', said);
		const [refused] = await bitrix24.outcomes(
			{
				resource: 'deal',
				operation: 'create',
				mapping: { mappingMode: 'defineBelow', value: { title: 'A' } },
				options: {},
			},
			[{}],
		);
		expect(refused.message).toContain('Поле «Бюджет» обязательно. Поле «Срок» обязательно');
	});

	test('Check Connection names what the exchange does not fill, and no more', async () => {
		const check = async () => {
			const all = await bitrix24.gives({
				resource: 'portal',
				operation: 'checkConnection',
				pipeline: '0',
				chain: 'prepaid',
				leadIntake: true,
			});
			return all.find(({ probe }) => probe === 'requiredFields');
		};
		expect(await check()).toMatchObject({ state: 'ok' });
		bitrix24.portal.admin.requires(DEAL, REASON);
		bitrix24.portal.admin.requires(COMPANY, 'industry');
		bitrix24.portal.admin.requires(SMART_INVOICE, 'xmlId');
		const told = await check();
		expect(told?.state).toBe('warning');
		expect(told?.found).toContain('сделка: «Причина покупки», компания: «Отрасль»');
		expect(told?.found).not.toContain('Внешний код');
	});
});
