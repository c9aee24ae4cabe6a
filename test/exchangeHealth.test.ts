/** How the exchange is: what waits, what cannot go through and why, what nobody has tied, and whom to tell of it. */
import { Company, refOf, type Product } from './support/company';
import { RunningWorkflow, workflowFile, type Finished } from './support/engine';

let company: Company;
let table: Product;
let health: RunningWorkflow;

jest.setTimeout(60_000);

const MINUTE = 60_000;

beforeEach(async () => {
	company = await Company.open();
	table = company.product('Стол', 12_200);
	health = new RunningWorkflow(workflowFile('exchange-health.json'), company.credentials);
});
afterEach(async () => await company.close());

const tables = () => [
	{ product: table.product, price: 12_200, quantity: 1, vat: 22, vatIncluded: true },
];

const deal = (stage: string, rows = tables(), buyer = company.buyer()): number => {
	const made = company.deal(buyer.company, rows);
	company.portal.manager.moves(made, stage);
	return made;
};

const looks = async (): Promise<Finished> => {
	const run = await health.runs('Каждый час', [{ json: {} }]);
	if (run.error) throw new Error(run.error);
	return run;
};

const report = async (): Promise<Record<string, unknown>> =>
	(await looks()).items('Отчет')[0] as Record<string, unknown>;

const complaints = (of: number): string[] =>
	company.timeline(of).filter((text) => text.startsWith('Обмен с 1С не прошел'));

const timePasses = (minutes: number): void => {
	jest.setSystemTime(Date.now() + minutes * MINUTE);
};

/** Minutes at which a trigger passes the deal on, while nothing changes. */
const tries = async (minutes: number): Promise<number[]> => {
	const at: number[] = [];
	for (let minute = 1; minute <= minutes; minute += 1) {
		if ((await company.minutePasses()).to1c) at.push(minute);
	}
	return at;
};

describe('a deal that cannot go through', () => {
	test('is tried with growing pauses, told once, told anew when the cause changes, and goes through when it is gone', async () => {
		const empty = deal('ORDER_1C', []);
		expect(await tries(20)).toEqual([1, 2, 4, 8, 16]);
		expect(complaints(empty)).toEqual([expect.stringContaining('В сделке нет товаров')]);
		company.portal.manager.setsProducts(empty, [{ name: 'Диван', price: 100, quantity: 1 }]);
		expect(await tries(15)).toEqual([12]);
		expect(complaints(empty)).toEqual([
			expect.stringContaining('В сделке нет товаров'),
			expect.stringContaining('«Диван»'),
		]);
		company.portal.manager.setsProducts(empty, tables());
		await company.callsAbout(empty);
		expect(company.order(empty)).toMatchObject({ Posted: true });
		expect(await report()).toMatchObject({ needsPerson: false, counts: { failed: 0 } });
	});

	test('is tried at least once an hour, however long it has waited', async () => {
		deal('ORDER_1C', []);
		const pauses: number[] = [];
		let last = Date.now();
		for (let step = 0; step < 60; step += 1) {
			timePasses(9);
			if (!(await company.minutePasses()).to1c) continue;
			pauses.push(Math.round((Date.now() - last) / MINUTE));
			last = Date.now();
		}
		expect(pauses.slice(-3)).toEqual([60, 60, 60]);
	});

	test('is in the report with its cause and since when, and somebody is told', async () => {
		const empty = deal('ORDER_1C', []);
		await company.minutePasses();
		const since = new Date().toISOString().slice(0, 16);
		timePasses(15);
		const run = await looks();
		const [found] = run.items('Отчет')[0].findings as Array<Record<string, unknown>>;
		expect(found).toMatchObject({ kind: 'failed', dealId: empty });
		expect(found.text).toMatch(/^В сделке нет товаров. Добавьте товары/);
		expect(new Date(String(found.since)).toISOString().slice(0, 16)).toBe(since);
		expect(run.items('Тревога: сюда мессенджер')).toMatchObject([{ needsPerson: true }]);
		expect(String(run.items('Отчет')[0].text)).toMatch(
			/нужен человек\.[^]*Не проходят \(1\):\n• Сделка \d+ «.*»: В сделке нет товаров.*\(с 24\.11\.2026/,
		);
	});
});

test('where all is well the report says so, and what went through last in either direction', async () => {
	const first = deal('INVOICE_1C');
	await company.minutePasses();
	company.base.accountant.receives({ for: refOf(company.invoice(first)), amount: 100 });
	await company.minutesPass(2);
	const run = await looks();
	expect(run.items('Тревога: сюда мессенджер')).toEqual([]);
	expect(run.items('Отчет')).toMatchObject([
		{
			needsPerson: false,
			findings: [],
			lastSuccess: {
				to1C: { dealId: first, what: `Счет на оплату № ${String(company.invoice(first).Number)}` },
				from1C: { dealId: first },
			},
			text: expect.stringMatching(/все в порядке\.\nПроверено сделок: 1, документов 1С: 1\./),
		},
	]);
});

test('a deal that has only just come waits quietly; one that nobody takes for an hour is an alarm', async () => {
	const waiting = deal('ORDER_1C');
	expect(await report()).toMatchObject({
		needsPerson: false,
		findings: [{ kind: 'waiting', dealId: waiting }],
	});
	timePasses(61);
	expect(await report()).toMatchObject({ needsPerson: true, counts: { waiting: 1 } });
});

test('facts of 1C that the deal does not show are waited for as well, since the first look', async () => {
	const sold = deal('INVOICE_1C');
	await company.minutesPass(2);
	company.base.accountant.receives({ for: refOf(company.invoice(sold)), amount: 12_200 });
	expect(await report()).toMatchObject({
		needsPerson: false,
		findings: [{ kind: 'waiting', dealId: sold, text: expect.stringContaining('12') }],
	});
	timePasses(61);
	expect(await report()).toMatchObject({ needsPerson: true, counts: { waiting: 1 } });
	await company.minutePasses();
	expect(await report()).toMatchObject({ needsPerson: false, findings: [] });
});

test('a payment nobody has tied to anything, and a second order, are told apart', async () => {
	const buyer = company.buyer();
	const sold = deal('INVOICE_1C', tables(), buyer);
	await company.minutePasses();
	const { Number: number } = company.invoice(sold);
	company.base.accountant.receives({
		for: refOf(company.invoice(sold)),
		via: 'nothing',
		amount: 12_200,
		purpose: `Оплата по счету № ${String(number)}`,
	});
	company.portal.manager.moves(sold, 'ORDER_1C');
	await company.minutePasses();
	const { НомерВходящегоДокументаЭлектронногоОбмена: marker } = company.order(sold);
	const other = deal('ORDER_1C', tables(), buyer);
	await company.minutePasses();
	company.base.salesman.edits(refOf(company.order(other)), {
		НомерВходящегоДокументаЭлектронногоОбмена: marker,
	});
	await company.minutePasses();
	const { findings } = (await report()) as { findings: Array<{ kind: string; text: string }> };
	const texts = (kind: string): string[] =>
		findings.filter((one) => one.kind === kind).map(({ text }) => text);
	expect(texts('unlinkedPayment')).toEqual([expect.stringContaining('непривязанный платеж')]);
	expect(texts('inDoubt')).toEqual([expect.stringContaining('несколько документов')]);
	expect(texts('brokenLink')).toEqual([
		expect.stringContaining(`помечен в 1С сделкой ${sold}, а ссылается на него эта`),
	]);
});

test('links that lead nowhere are named from either side', async () => {
	const [first, second] = [deal('ORDER_1C'), deal('ORDER_1C')];
	await company.minutesPass(2);
	company.base.admin.deletesForGood(refOf(company.order(first)));
	company.base.salesman.edits(refOf(company.order(second)), {
		НомерВходящегоДокументаЭлектронногоОбмена: 'B24-9999',
	});
	const { counts, findings } = (await report()) as { counts: object; findings: unknown[] };
	expect(counts).toMatchObject({ brokenLink: 3, failed: 0 });
	expect(findings).toMatchObject([
		{ dealId: first, text: expect.stringContaining('в 1С больше нет') },
		{ dealId: second, text: expect.stringContaining('помечен в 1С сделкой 9999') },
		{ dealId: null, text: expect.stringContaining('такой сделки в CRM нет') },
	]);
});

test('it changes nothing', async () => {
	const sold = deal('ORDER_1C');
	await company.minutesPass(2);
	company.portal.manager.writes(sold, { UF_CRM_1C_ORDER: '' });
	const before = [company.portal.sees.deal(sold).updatedTime, company.timeline(sold).length];
	expect(await report()).toMatchObject({ needsPerson: false, counts: { lostLink: 1 } });
	expect([company.portal.sees.deal(sold).updatedTime, company.timeline(sold).length]).toEqual(
		before,
	);
});
