/** What the analyst does with the two tables before anybody's deal depends on them. */
import type { IDataObject, INode, IWorkflowBase } from 'n8n-workflow';
import { Company, refOf, type CompanyOptions } from './support/company';
import { RunningWorkflow, workflowFile, type Finished } from './support/engine';

const TABLE_1 = 'Какой документ нужен';
const TABLE_2 = 'Что это значит для сделки';
const TRY = 'Проверить без записи';
const REPORT = 'Настройка словами';
const TRIED = 'Сделка для пробы';

let company: Company;

const opens = async (options: CompanyOptions = {}): Promise<Company> => {
	company = await Company.open(options);
	return company;
};

afterEach(async () => await company.close());

const node = (workflow: IWorkflowBase, name: string): INode => {
	const found = workflow.nodes.find((one) => one.name === name);
	if (!found) throw new Error(`There is no node ${name}`);
	return found;
};

const sets = (name: string, parameters: IDataObject) => (workflow: IWorkflowBase) => {
	Object.assign(node(workflow, name).parameters, parameters);
};

const row = (change: IDataObject = {}): IDataObject => ({
	closed: 'any',
	shipped: 'any',
	paid: 'any',
	stage: 'success',
	back: false,
	...change,
});

describe('a table is checked while it is edited', () => {
	const notice = async (table: string): Promise<string> =>
		await company.workflow.notices(table, 'checkTable');

	test('tables of the example are right', async () => {
		await opens();
		expect(await notice(TABLE_1)).toBe('✓ Every row can decide, and the portal has every stage.');
		expect(await notice(TABLE_2)).toMatch(/^✓ /);
	});

	test('everything that is wrong is said at once, row by row', async () => {
		await opens({
			edit: sets(TABLE_1, {
				rows: {
					row: [
						{ stage: 'C7:NEW', document: 'invoice' },
						{ stage: 'ORDER_1C', document: 'order' },
						{ stage: 'ORDER_1C', document: 'nothing' },
						{ stage: 'GONE', document: 'nothing' },
						{ stage: '', document: 'nothing' },
						{ stage: 'WON', document: 'invoice' },
					],
				},
			}),
		});
		expect((await notice(TABLE_1)).split('<br>').map((line) => line.split('.')[0])).toEqual([
			'✗ Row 1: stage C7:NEW belongs to pipeline 7, but the table is for pipeline 0',
			'✗ Row 3: it can never decide, because row 2 catches the same deals',
			'✗ Row 5: no stage is chosen',
			'✗ Row 4: stage GONE does not exist in the portal',
			'✗ Row 6: «Сделка успешна» is a final stage, and the deal is over before 1C has its document',
		]);
	});

	test.each<[string, IDataObject, string]>([
		[
			'a deal that nothing wins',
			{ dealRows: { row: [row({ closed: 'closed', stage: 'comment' })] } },
			'No row leads to the success stage, so 1C never wins a deal',
		],
		[
			'a deal won while its order is open',
			{ dealRows: { row: [row({ paid: 'full' })] } },
			'Deal row 1: it wins the deal while its order in 1C is still open',
		],
		[
			'an invoice paid by a part',
			{ invoiceRows: { row: [row({ paid: 'some' })] } },
			'Invoice row 1: it finishes the invoice before it is paid in full',
		],
		[
			'a row that an earlier one leaves nothing',
			{ dealRows: { row: [row({ closed: 'closed' }), row({ closed: 'byDocument' })] } },
			'Deal row 2: it can never decide, because row 1 catches the same facts',
		],
		['a pipeline that is not there', { pipeline: '77' }, 'The portal has no pipeline 77'],
	])('%s is noticed', async (_, table, text) => {
		await opens({ edit: sets(TABLE_2, table) });
		expect(await notice(TABLE_2)).toContain(text);
	});

	test('what the portal will not tell is said, not hidden', async () => {
		await opens();
		company.portal.levers.goesDown();
		expect(await notice(TABLE_1)).toMatch(/^✗ /);
	});
});

const sells = (): number => {
	const goods = company.product('Кабель', 100);
	const rows = [{ product: goods.product, price: 100, quantity: 2, vat: 22, vatIncluded: true }];
	const deal = company.deal(company.buyer().company, rows);
	company.portal.manager.moves(deal, 'INVOICE_1C');
	return deal;
};

/** A prepaid deal whose invoice is paid and whose order is shipped to the end. */
const soldDeal = async (): Promise<number> => {
	const { portal, base } = company;
	const deal = sells();
	await company.minutePasses();
	base.accountant.receives({ for: refOf(company.invoice(deal)), amount: 200 });
	portal.manager.moves(deal, 'ORDER_1C');
	await company.minutesPass(2);
	base.storekeeper.ships({ order: refOf(company.order(deal)) });
	await company.minutesPass(2);
	return deal;
};

describe('a real deal is tried without writing', () => {
	const tries = async (deal: number): Promise<Finished> => {
		const trial = workflowFile('prepaid.json');
		sets(TRIED, { dealId: { __rl: true, mode: 'id', value: String(deal) } })(trial);
		return await new RunningWorkflow(trial, company.credentials).runs(TRY, [{ json: {} }]);
	};

	test('both tables say what they would do and which row decided, and nothing is written', async () => {
		await opens();
		const { portal, base } = company;
		const deal = sells();
		const before = [portal.sees.deal(deal), portal.sees.timeline('deal', deal)];
		const run = await tries(deal);
		expect(run.error).toBeUndefined();
		const [tried] = run.items(TABLE_1, 3);
		expect(tried.decision).toMatchObject({ row: 1, document: 'invoice', dryRun: true });
		expect([portal.sees.deal(deal), portal.sees.timeline('deal', deal)]).toEqual(before);
		expect(base.sees.documents('СчетНаОплатуПокупателю')).toEqual([]);
	});

	test('of a deal of the past it is shown what each stage would have demanded, and why it stays', async () => {
		await opens();
		const deal = await soldDeal();
		const run = await tries(deal);
		const [first] = run.items(TABLE_1, 3);
		expect((first.decision as IDataObject).byStage).toEqual(
			expect.arrayContaining([
				{ stage: 'Счет в 1С', document: 'invoice', row: 1 },
				{ stage: 'В работе', document: 'order', row: 2 },
			]),
		);
		const second = run.items(TABLE_2, 4).map(({ decision }) => decision);
		expect(second).toMatchObject([
			{
				of: 'deal',
				row: 1,
				action: 'nothing',
				reason: 'The card already stands in «Сделка успешна».',
			},
			{ of: 'invoice', row: 1, action: 'nothing' },
		]);
	});

	test('the same tables go on working for the deals that come by themselves', async () => {
		await opens();
		expect(company.stage(await soldDeal())).toBe('Сделка успешна');
	});
});

describe('a state the presets do not know', () => {
	test('a part of the payment takes the deal to a stage of its own, the rest takes it on', async () => {
		await opens({
			edit: sets(TABLE_2, {
				dealRows: {
					row: [
						row({ closed: 'closed', shipped: 'some' }),
						row({ paid: 'part', shipped: 'none', stage: 'PART_PAID' }),
						row({ paid: 'full', shipped: 'none', stage: 'PAID' }),
					],
				},
			}),
		});
		const { portal, base } = company;
		portal.admin.addsStage('DEAL_STAGE', 'PART_PAID', 'Частично оплачена');
		portal.admin.addsStage('DEAL_STAGE', 'PAID', 'Оплачена');
		expect(await company.workflow.notices(TABLE_2, 'checkTable')).toMatch(/^✓ /);
		const deal = sells();
		await company.minutePasses();
		const pays = (amount: number): string =>
			base.accountant.receives({ for: refOf(company.invoice(deal)), amount });
		pays(50);
		await company.minutesPass(2);
		expect(company.stage(deal)).toBe('Частично оплачена');
		pays(150);
		await company.minutesPass(2);
		expect(company.stage(deal)).toBe('Оплачена');
	});
});

describe('the mapping in words', () => {
	const report = async (edit?: (workflow: IWorkflowBase) => void): Promise<Finished> => {
		const workflow = workflowFile('prepaid.json');
		edit?.(workflow);
		return await new RunningWorkflow(workflow, company.credentials).runs(TRY, [{ json: {} }]);
	};

	test('a client can sign it', async () => {
		await opens();
		const run = await report();
		const [json] = run.items(REPORT);
		expect(json.issues).toEqual([]);
		expect(String(json.text)).toContain(
			'1. Сделка в стадии «Счет в 1С»: в 1С создается «Счет на оплату покупателю»',
		);
		expect(String(json.text)).toContain(
			'1. Оплачено полностью → счет переходит в стадию «Оплачен».',
		);
		expect(String(json.text)).toContain('сделка переходит в стадию «Сделка успешна».');
		expect(run.files(REPORT)[0].data).toMatchObject({
			fileName: 'mapping.html',
			mimeType: 'text/html',
		});
	});

	test('it names what neither table can know alone', async () => {
		await opens();
		const run = await report(
			sets(TABLE_1, { rows: { row: [{ stage: 'INVOICE_1C', document: 'invoice' }] } }),
		);
		expect(run.items(REPORT)[0].issues).toEqual([
			expect.stringContaining('ни одна стадия не требует «Заказ покупателя»'),
		]);
	});

	test('names of stages are text on the page, not markup', async () => {
		await opens();
		company.portal.admin.addsStage('DEAL_STAGE', 'EVIL', '<img src=x onerror=alert(1)>');
		const run = await report(
			sets(TABLE_1, { rows: { row: [{ stage: 'EVIL', document: 'order' }] } }),
		);
		const page = Buffer.from(String(run.files(REPORT)[0].data.data), 'base64').toString();
		expect(page).toContain('&#60;img');
		expect(page).not.toContain('<img');
	});
});
