import { kindOf } from '../nodes/exchange/contactKind';
import { sourceFor } from '../nodes/exchange/leadRules';
import { isInn } from '../nodes/exchange/identity';
import { inRoubles, kopecks, roubles, times, vatInside, vatOnTop } from '../nodes/exchange/money';
import { dealRows, invoiceRows, stageRows } from '../nodes/exchange/presets';
import { progressSchema, type Progress, type ProgressJson } from '../nodes/exchange/progress';
import { saleSchema, saleTotal, strayFromTotal, type SaleJson } from '../nodes/exchange/sale';
import type { Stage } from '../nodes/exchange/stage';
import { checkStageMap, decideDocument, type StageMap } from '../nodes/exchange/stageMap';
import { checkStatusMap, decideStage, type StatusRow } from '../nodes/exchange/statusMap';
import { summarize } from '../nodes/exchange/summary';

describe('money', () => {
	test.each([
		[0.1 + 0.2, 30],
		['12000.50', 1_200_050],
		[1.005, 101],
		[-1.005, -101],
		[9_999_999_999_999.99, 999_999_999_999_999],
	])('%s roubles are %s kopecks', (sum, expected) => {
		expect(kopecks(sum)).toBe(expected);
	});

	test('a price of three digits after the point of quantity rounds as 1C does, half away from zero', () => {
		expect(times(kopecks(33.33), 1.5)).toBe(5000);
		expect(roubles(times(kopecks(0.01), 0.5))).toBe(0.01);
	});

	test('VAT of 22 % is inside or on top', () => {
		expect(roubles(vatInside(kopecks(12_200), 22))).toBe(2200);
		expect(roubles(vatOnTop(kopecks(100.01), 22))).toBe(22);
	});

	test('sums are printed the Russian way', () => {
		expect(inRoubles(kopecks(1_234_567.8))).toBe('1\u00a0234\u00a0567,80\u00a0₽');
		expect(inRoubles(kopecks(0))).toBe('0,00\u00a0₽');
	});
});

describe('ИНН', () => {
	test.each([
		['7707083893', true],
		['500100732259', true],
		['7707083894', false],
		['0000000000', false],
		['770708389', false],
		['77070838930', false],
		['abcdefghij', false],
	])('%s is right: %s', (inn, right) => {
		expect(isInn(inn)).toBe(right);
	});
});

const sale = (change: Partial<SaleJson> = {}): SaleJson => ({
	dealId: 7,
	portal: 'company.bitrix24.ru',
	title: 'Поставка',
	currency: 'RUB',
	total: 366,
	pricesIncludeVat: true,
	buyer: { ref: null, name: 'ООО «Лютик»', inn: '7707083893', kpp: '' },
	contract: null,
	organization: null,
	warehouse: null,
	invoice: null,
	order: null,
	lines: [{ name: 'Стол', product: null, quantity: 3, price: 122, vatRate: 22 }],
	...change,
});

describe('a sale', () => {
	test('is worth its lines, and VAT on top is added', () => {
		expect(roubles(saleTotal(saleSchema.parse(sale())))).toBe(366);
		const onTop = sale({
			pricesIncludeVat: false,
			lines: [{ name: 'Стол', product: null, quantity: 3, price: 100, vatRate: 22 }],
		});
		expect(roubles(saleTotal(saleSchema.parse(onTop)))).toBe(366);
	});

	const one = (price: number, quantity: number, vatRate: number | null = null) =>
		sale({ total: null, lines: [{ name: 'Кабель', product: null, quantity, price, vatRate }] });

	test.each([
		[89.955, 100, 8995.5],
		[333.33333333, 3, 1000],
		[406.66666667, 3, 1220],
		[0.005, 1, 0.01],
		[81818.18181818, 11, 900_000],
	])('with a price of %d for one is rounded once: %d of them cost %d', (price, quantity, owed) => {
		expect(roubles(saleTotal(saleSchema.parse(one(price, quantity))))).toBe(owed);
	});

	test('hides no rouble in a hundred pieces', () => {
		const hundred = saleSchema.parse({ ...one(89.955, 100), total: 8996.5 });
		expect(strayFromTotal(hundred)).toBe(-100);
	});

	test('may differ from the CRM sum by rounding only', () => {
		expect(strayFromTotal(saleSchema.parse(sale({ total: 366.01 })))).toBeNull();
		expect(strayFromTotal(saleSchema.parse(sale({ total: 366.02 })))).toBe(-2);
		expect(strayFromTotal(saleSchema.parse(sale({ total: 400 })))).toBe(-3400);
		expect(strayFromTotal(saleSchema.parse(sale({ total: null })))).toBeNull();
	});

	test.each([
		['currency', { currency: 'рубли' }],
		['contract', { contract: "1' or '1'='1" }],
		['dealId', { dealId: -1 }],
	])('with a wrong %s is refused', (field, change) => {
		const result = saleSchema.safeParse(sale(change));
		expect(result.success).toBe(false);
		expect(result.error?.issues[0].path[0]).toBe(field);
	});
});

const pipelineOf = (stage: string): string => /^C(\d+):/.exec(stage)?.[1] ?? '0';

const map = (...rows: StageMap['rows']): StageMap => ({ pipeline: '3', rows });

describe('Deal Stage Map', () => {
	const table = map(
		{ stage: 'C3:INVOICE_1C', document: 'invoice' },
		{ stage: 'C3:ORDER_1C', document: 'order' },
	);

	test('the first row that fits decides, and the decision carries it', () => {
		expect(decideDocument(table, { pipeline: '3', stage: 'C3:ORDER_1C' })).toEqual({
			document: 'order',
			row: 2,
		});
	});

	test('an unmapped stage is named, with what to do', () => {
		expect(() =>
			decideDocument(table, { pipeline: '3', stage: 'C3:NEW', stageName: 'Новая' }),
		).toThrow('Stage «Новая» (C3:NEW) has no row in Deal Stage Map.');
	});

	test('a deal of another pipeline is refused', () => {
		expect(() => decideDocument(table, { pipeline: '5', stage: 'C5:NEW' })).toThrow('pipeline 5');
	});

	test.each<[string, StageMap]>([
		['row 1: stage C5:NEW belongs to pipeline 5', map({ stage: 'C5:NEW', document: 'order' })],
		['row 1: no stage is chosen', map({ stage: '', document: 'order' })],
		[
			'row 2: it can never decide, because row 1',
			map({ stage: '*', document: 'nothing' }, { stage: 'C3:NEW', document: 'order' }),
		],
		[
			'row 2: it can never decide, because row 1',
			map({ stage: 'C3:NEW', document: 'invoice' }, { stage: 'C3:NEW', document: 'order' }),
		],
		['row 1: "any other stage" may only demand nothing', map({ stage: '*', document: 'order' })],
		['has no rows', map()],
	])('a broken table says %s', (message, broken) => {
		expect(() => checkStageMap(broken, pipelineOf)).toThrow(message);
	});

	test.each(['prepaid', 'postpaid'] as const)('the %s preset is a right table', (chain) => {
		const rows = stageRows(chain, (code) => `C3:${code}`);
		expect(() => checkStageMap({ pipeline: '3', rows }, pipelineOf)).not.toThrow();
	});
});

const STAGES: Stage[] = [
	{ id: 'NEW', name: 'Новая', sort: 10, semantics: 'process' },
	{ id: 'PART', name: 'Частично оплачена', sort: 20, semantics: 'process' },
	{ id: 'ORDER_1C', name: 'В работе', sort: 30, semantics: 'process' },
	{ id: 'WON', name: 'Успешная', sort: 60, semantics: 'success' },
	{ id: 'LOSE', name: 'Провалена', sort: 70, semantics: 'failure' },
];

const progress = (change: Partial<ProgressJson> = {}): Progress =>
	progressSchema.parse({
		dealId: 7,
		invoice: null,
		order: null,
		paid: { amount: 0, of: 100, level: 'none' },
		shipped: { amount: 0, of: 100, level: 'none' },
		closed: { state: 'open', document: null, reason: null },
		anomalies: [],
		summary: '',
		...change,
	});

const row = (change: Partial<StatusRow>): StatusRow => ({
	paid: 'any',
	shipped: 'any',
	closed: 'any',
	stage: 'success',
	back: false,
	...change,
});

const fulfilled = progress({
	shipped: { amount: 100, of: 100, level: 'full' },
	closed: { state: 'fulfilled', document: null, reason: null },
});

describe('1C Status Map', () => {
	const decide = (rows: StatusRow[], facts: Progress, stage: string) =>
		decideStage(rows, facts, { stage, stages: STAGES });

	test('a part shipped leaves the deal where it is, the whole wins it', () => {
		const part = progress({ shipped: { amount: 40, of: 100, level: 'part' } });
		expect(decide(dealRows(), part, 'ORDER_1C')).toMatchObject({ action: 'nothing', row: null });
		expect(decide(dealRows(), fulfilled, 'ORDER_1C')).toMatchObject({
			action: 'move',
			row: 1,
			stage: 'WON',
		});
	});

	test('a part shipped and a closing document win it, nothing shipped asks a person', () => {
		const closed = { state: 'byDocument' as const, document: null, reason: 'Отказ покупателя' };
		const part = progress({ shipped: { amount: 40, of: 100, level: 'part' }, closed });
		expect(decide(dealRows(), part, 'ORDER_1C')).toMatchObject({ action: 'move', stage: 'WON' });
		expect(decide(dealRows(), progress({ closed }), 'ORDER_1C')).toMatchObject({
			action: 'comment',
			row: 2,
		});
	});

	test('an invoice is paid only in full', () => {
		const part = progress({ paid: { amount: 40, of: 100, level: 'part' } });
		const full = progress({ paid: { amount: 100, of: 100, level: 'full' } });
		expect(decide(invoiceRows('prepaid'), part, 'NEW')).toMatchObject({ action: 'nothing' });
		expect(decide(invoiceRows('prepaid'), full, 'NEW')).toMatchObject({
			action: 'move',
			stage: 'WON',
		});
	});

	test('a finished card is never reopened, and a card that stands there already is left alone', () => {
		expect(decide(dealRows(), fulfilled, 'LOSE')).toMatchObject({ action: 'nothing', row: 1 });
		expect(decide(dealRows(), fulfilled, 'WON')).toMatchObject({ action: 'nothing', row: 1 });
	});

	test('a card moves back only when the row says so', () => {
		const part = progress({ paid: { amount: 40, of: 100, level: 'part' } });
		expect(decide([row({ paid: 'part', stage: 'PART' })], part, 'ORDER_1C')).toMatchObject({
			action: 'nothing',
		});
		expect(
			decide([row({ paid: 'part', stage: 'PART', back: true })], part, 'ORDER_1C'),
		).toMatchObject({
			action: 'move',
			stage: 'PART',
		});
	});

	test('a stage the pipeline does not have is named', () => {
		expect(() => decide([row({ stage: 'C9:WON' })], fulfilled, 'NEW')).toThrow(
			'moves to stage C9:WON',
		);
	});

	test.each<[string, StatusRow[]]>([
		['deal rows, row 1: stage C9:WON belongs to another pipeline', [row({ stage: 'C9:WON' })]],
		['deal rows, row 1: no stage is chosen', [row({ stage: '' })]],
		['deal rows, row 2: it can never decide, because row 1', [row({}), row({ paid: 'full' })]],
		[
			'deal rows, row 2: it can never decide, because row 1',
			[row({ shipped: 'some', closed: 'closed' }), row({ shipped: 'part', closed: 'byDocument' })],
		],
		[
			'deal rows, row 4: it can never decide, because rows 1, 2, 3 catch the same facts',
			[row({ paid: 'none' }), row({ paid: 'part' }), row({ paid: 'full' }), row({})],
		],
		[
			'deal rows, row 1: it can never decide, because 1C never says this of an order',
			[row({ shipped: 'none', closed: 'fulfilled' })],
		],
	])('a broken table says %s', (message, rows) => {
		expect(() => checkStatusMap('deal rows', rows, (stage) => pipelineOf(stage) === '0')).toThrow(
			message,
		);
	});
});

test('progress in words', () => {
	const facts = progress({
		invoice: {
			ref: '7c9d1f2e-3b4a-11ef-9c11-00155d01c802',
			number: 'РТ000000012',
			date: '2026-11-24T12:00:00+03:00',
			amount: 12_000,
			deletionMark: false,
		},
		paid: { amount: 5000, of: 12_000, level: 'part' },
		anomalies: ['платеж № 4 ни к чему не привязан'],
	});
	expect(summarize(facts).replace(/\u00a0/g, ' ')).toBe(
		'1С: Счет на оплату № РТ000000012 от 24.11.2026. Оплачено 5 000,00 ₽ из 12 000,00 ₽. Проверьте: платеж № 4 ни к чему не привязан.',
	);
});

describe('how somebody got in touch', () => {
	it.each([
		['call', { callSource: 'va' }, 'call'],
		['call', { callSource: 'dynamic_call_tracking' }, 'call'],
		['call', { callSource: 'sitephone' }, 'callback'],
		['call', { callSource: 'lead' }, 'callback'],
		['call', { callSource: 'auto_back_call_by_lost_call' }, 'callback'],
		['call', {}, 'call'],
		['offline_message', {}, 'site_request'],
		['chat', { channel: 'telegram' }, 'chat'],
		['chat', { channel: 'email' }, 'email'],
		['email', {}, 'email'],
		['goal', {}, null],
		['constructor', {}, null],
	])('%s with %j is a %s', (type, more, kind) => {
		expect(kindOf({ type, ...more })).toBe(kind);
	});

	it('finds the first source the portal has', () => {
		const existing = new Set(['CALL', 'WEB']);
		expect(sourceFor('callback', existing)).toBe('CALL');
		expect(sourceFor('chat', existing)).toBe('WEB');
		expect(sourceFor('email', existing)).toBe('');
		expect(sourceFor('call', existing, 'WEB')).toBe('WEB');
		expect(sourceFor('call', existing, 'GONE')).toBe('CALL');
	});
});
