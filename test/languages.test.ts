/** The same work on portals of two languages: texts of refusals differ, and so nothing may hang on them. */
import { Bitrix24Node } from './support/bitrix24Node';
import { Catalogs } from './support/catalogs';
import { Company } from './support/company';
import { invoiceJson } from './support/printedInvoices';
import { binary, prints } from './support/printShop';
import { SalesDesk } from './support/salesDesk';

jest.setTimeout(60_000);

/** What a test has opened. */
let opened: Array<{ close(): Promise<void> }> = [];

const keep = <Opened extends { close(): Promise<void> }>(one: Opened): Opened => {
	opened.push(one);
	return one;
};

afterEach(async () => {
	for (const one of opened) await one.close();
	opened = [];
});

describe.each(['ru', 'en'] as const)('a portal that speaks %s', (language) => {
	test('carries a prepaid deal from the invoice to its success', async () => {
		const company = keep(await Company.open({ chain: 'prepaid', portal: { language } }));
		const { product } = company.product('Стол', 12_200);
		const deal = company.deal(company.buyer().company, [
			{ product, price: 12_200, quantity: 2, vat: 22, vatIncluded: true },
		]);
		company.portal.manager.moves(deal, 'INVOICE_1C');
		await company.minutePasses();
		const invoice = String(company.invoice(deal).Ref_Key);
		company.base.accountant.receives({ for: invoice, amount: 24_400 });
		await company.minutePasses();
		expect(company.invoiceStages(deal)).toEqual(['Оплачен']);
		company.portal.manager.moves(deal, 'ORDER_1C');
		await company.minutePasses();
		const order = String(company.order(deal).Ref_Key);
		company.base.storekeeper.ships({ order });
		company.base.salesman.closes({ order });
		await company.minutePasses();
		expect(company.stage(deal)).toBe('Сделка успешна');
		expect(company.timeline(deal).join()).not.toContain('не прошел');
	});

	test('takes a lead in, and says when its field is not there', async () => {
		const desk = keep(await SalesDesk.open({ portal: { language }, prepared: false }));
		const visitor = desk.account.visitorComes({ phone: '8 (916) 123-45-67' });
		visitor.sendsRequest({ text: 'Нужен стол' });
		await expect(desk.hears()).rejects.toThrow('no field UF_CRM_CM_CONTACTS');
		await desk.workflow.runs('Подготовить портал', [{ json: {} }]);
		await desk.looks();
		expect(desk.lead.originId).toMatch(/^offline_message:/);
	});

	test('gets a buyer of 1C', async () => {
		const catalogs = keep(await Catalogs.open({ portal: { language } }));
		catalogs.base.admin.addsCounterparty({ name: 'Роза', inn: '7707083893' });
		const { summary, error } = await catalogs.syncsBuyers();
		expect(error).toBeUndefined();
		expect(summary).toMatchObject({ read: 1, created: 1, failed: 0 });
		expect(await catalogs.companies()).toMatchObject([{ title: 'Роза' }]);
	});

	test('has one printed invoice, though the answer to the removal of the last one was lost', async () => {
		const bitrix24 = keep(await Bitrix24Node.open({ switches: { language } }));
		const deal = bitrix24.portal.manager.createsDeal({ title: 'Столы', rows: [] });
		const { files } = await prints(invoiceJson(), { formats: ['docx'] });
		const item = { json: {}, binary: { docx: binary(files.docx.bytes, 'a.docx') } };
		const upload = {
			resource: 'document',
			operation: 'upload',
			owner: 'deal',
			ownerId: { mode: 'id', value: String(deal) },
			title: 'Счет на оплату',
			number: '123',
			docxProperty: 'docx',
			whenExists: 'replace',
		};
		await bitrix24.gives(upload, [item]);
		bitrix24.portal.levers.losesNextAnswer('crm.documentgenerator.document.delete');
		expect(await bitrix24.gives(upload, [item])).toMatchObject([{ outcome: 'replaced' }]);
		expect(bitrix24.portal.sees.documents('deal', deal)).toHaveLength(1);
	});

	test('is checked without a warning, through a webhook and without an application', async () => {
		const bitrix24 = keep(await Bitrix24Node.open({ bucket: 'off', switches: { language } }));
		const ref = '7c9d1f2e-3b4a-11ef-9c11-00155d01c802';
		bitrix24.portal.admin.addsProduct({ name: 'Стол', xmlId: ref, price: 12_200, vat: 22 });
		const portal = { resource: 'portal', pipeline: '0', chain: 'prepaid' };
		await bitrix24.gives({ ...portal, operation: 'setUp', dryRun: false });
		const report = await bitrix24.gives({
			...portal,
			operation: 'checkConnection',
			leadIntake: false,
		});
		expect(report.filter(({ state }) => state !== 'ok').map(({ text }) => text)).toEqual([]);
		const events = report.find(({ probe }) => probe === 'events');
		expect(events).toMatchObject({ facts: { isApplication: false } });
		expect(report.find(({ probe }) => probe === 'limits')?.found).toContain('тариф ru_pro100');
	});
});

test('a document that may not be removed is not taken for one that is gone', async () => {
	const bitrix24 = keep(await Bitrix24Node.open());
	const deal = bitrix24.portal.manager.createsDeal({ title: 'Столы', rows: [] });
	const { files } = await prints(invoiceJson(), { formats: ['docx'] });
	const item = { json: {}, binary: { docx: binary(files.docx.bytes, 'a.docx') } };
	const upload = {
		resource: 'document',
		operation: 'upload',
		owner: 'deal',
		ownerId: { mode: 'id', value: String(deal) },
		title: 'Счет на оплату',
		number: '123',
		docxProperty: 'docx',
		whenExists: 'replace',
	};
	await bitrix24.gives(upload, [item]);
	const method = 'crm.documentgenerator.document.delete';
	bitrix24.portal.levers.failsNext(method, 400, '0', 'Document not found, says somebody');
	expect((await bitrix24.runs(upload, [item])).error).toContain('refused');
});
