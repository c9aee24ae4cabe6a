/** The workflow file in n8n's engine: a deal whose invoice stands in 1C gets its printed form, once. */
import { Company } from './support/company';
import { RunningWorkflow, workflowFile, type Finished } from './support/engine';
import { linesOf, readsPdf } from './support/printShop';

jest.setTimeout(60_000);

let company: Company;
let deal: number;

beforeEach(async () => {
	company = await Company.open({ chain: 'prepaid' });
	const buyer = company.buyer({ name: 'ООО «Лютик»' });
	const { product } = company.product('Стол', 12_200);
	const row = { product, price: 12_200, quantity: 2, vat: 22, vatIncluded: true };
	deal = company.deal(buyer.company, [row]);
});
afterEach(async () => await company.close());

const invoiced = async (): Promise<void> => {
	company.portal.manager.moves(deal, 'INVOICE_1C');
	await company.minutePasses();
};

const runs = async (start: string): Promise<Finished> => {
	const workflow = workflowFile('invoice-print.json');
	const chosen = workflow.nodes.find(({ name }) => name === 'Сделка');
	if (chosen) chosen.parameters.dealId = { __rl: true, mode: 'id', value: String(deal) };
	return await new RunningWorkflow(workflow, company.credentials).runs(start, [{ json: {} }]);
};

test('the invoice of 1C is in the deal and in its smart invoice, and a second run replaces it', async () => {
	await invoiced();
	expect((await runs('Запустить')).error).toBeUndefined();
	const run = await runs('Запустить');
	expect(run.items('Документ в сделку')).toMatchObject([{ dealId: deal, outcome: 'replaced' }]);
	const [invoice] = company.portal.sees.invoices(deal);
	const seen = [
		...company.portal.sees.documents('deal', deal),
		...company.portal.sees.documents('invoice', Number(invoice.id)),
	];
	const number = String(company.invoice(deal).Number).replace(/^\D*0*/, '');
	expect(seen).toMatchObject([
		{ title: 'Счет на оплату', number },
		{ title: 'Счет на оплату', number },
	]);
	const { pages } = await readsPdf(seen[0].pdf);
	expect(linesOf(pages[0])).toEqual(
		expect.arrayContaining(['1 Стол 2 шт 12 200,00 24 400,00', 'Всего к оплате: 24 400,00']),
	);
	expect(company.timeline(deal).filter((text) => text.startsWith('Печать счета'))).toEqual([]);
});

test('a deal without an invoice in 1C says so in its timeline, once', async () => {
	await runs('Запустить');
	await runs('Запустить');
	const said = company.timeline(deal).filter((text) => text.startsWith('Печать счета не прошла:'));
	expect(said).toHaveLength(1);
	expect(said[0]).toContain(`B24-${deal}`);
});

test('an invoice that does not add up is not printed, and the timeline names the reason', async () => {
	await invoiced();
	const { organization } = company.base.seed;
	company.base.admin.corrects(organization, { ИНН: '7701234561' });
	await runs('Запустить');
	expect(company.portal.sees.documents('deal', deal)).toEqual([]);
	expect(company.timeline(deal).join()).toContain('ИНН поставщика «7701234561» неверен');
});

test('the template for the generator of the portal is put there', async () => {
	const run = await runs('Загрузить шаблон');
	expect(run.items('Шаблон в генератор документов')).toMatchObject([{ outcome: 'created' }]);
});
