/** The stand-in of 1C against the table of cases, in every position of its switches; and the table against its opposites. */
import type { IncomingMessage } from 'node:http';
import type { Base } from '../standins/onec/base';
import { defaultSwitches } from '../standins/onec/switches';
import { Caller, castOf, orderBody, postedOrder, type Row } from '../standins/onecCaller';
import { baseAsker } from './askSystems';
import type { Ask, BaseQuestion } from './contract';
import { MARK, type BaseCase } from './onec/baseCase';
import { BASE_CASES } from './onec/baseCases';
import { openReversedServer } from './reversedServer';
import { runCase } from './runTable';

const SERVICE = '/ut/odata/standard.odata/';

let caller: Caller;
let base: Base;
let ask: Ask<BaseQuestion>;
let before: unknown;
/** Requests before the first case. */
let asked = 0;

/** Every object and every record of the base, in one order. */
const contentOf = ({ levers }: Base): unknown => {
	const { objects, records } = levers.takesBackup();
	return {
		objects: objects.map(({ row }) => JSON.stringify(row)).sort(),
		records: [...records]
			.flatMap(([set, rows]) => rows.map((row) => set + JSON.stringify(row)))
			.sort(),
	};
};

const PAYMENTS = [
	'ПлатежноеПоручениеВходящее',
	'ПлатежныйОрдерПоступлениеДенежныхСредств',
	'ПриходныйКассовыйОрдер',
	'ОплатаОтПокупателяПлатежнойКартой',
] as const;

/** A base at work: something of everything that a case reads. */
async function fill(): Promise<void> {
	const { admin, accountant, salesman, storekeeper } = base;
	const who = castOf(base, 'ПоДоговоруВЦелом');
	admin.addsCounterparty({
		name: 'Бета',
		folder: admin.addsFolder('Контрагенты', 'Покупатели'),
		phone: '+7 495 111-22-33',
		bankAccount: { number: '40702810900000000001', bik: '044525974' },
	});
	const advice = admin.addsProduct({ name: 'Консультация', service: true, price: 500 });
	const euro = admin.addsCurrency('978', 'EUR');
	admin.setsRate({ currency: euro, rate: 90.5, date: '2025-11-01' });
	const closed = await postedOrder(caller, who, { Date: '2025-01-20T10:00:00' });
	salesman.closes({ order: closed });
	const returned = await postedOrder(caller, who, { Date: '2025-01-21T10:00:00' });
	const shipment = storekeeper.ships({ order: returned });
	storekeeper.acceptsReturn({ shipment, lines: [{ product: who.chair, quantity: 1 }] });
	const today = new Date().toISOString().slice(0, 19);
	const open = await postedOrder(caller, who, { Date: today });
	storekeeper.ships({ order: open, lines: [{ product: who.chair, quantity: 4 }] });
	salesman.corrects({ order: open, lines: [{ product: who.chair, quantity: -1 }] });
	for (const document of PAYMENTS) accountant.receives({ for: open, amount: 100, document });
	const invoice = await caller.post('Document_СчетНаОплатуПокупателю', {
		...invoiceOf(orderBody(base, who)),
		Услуги: [serviceLine(advice)],
	});
	expect(invoice.status).toBe(201);
}

const invoiceOf = ({ Контрагент_Key: buyer, ...body }: Row): Row => ({
	...body,
	Контрагент: buyer,
	Контрагент_Type: 'StandardODATA.Catalog_Контрагенты',
	СтруктурнаяЕдиница: base.seed.bankAccount,
	СтруктурнаяЕдиница_Type: 'StandardODATA.Catalog_БанковскиеСчета',
});

const serviceLine = (service: string): Row => ({
	LineNumber: '1',
	Номенклатура_Key: service,
	Содержание: 'Консультация',
	Количество: 1,
	Цена: 500,
	Сумма: 500,
	СтавкаНДС: 'НДС22',
	СуммаНДС: 90.16,
});

beforeAll(async () => {
	caller = await Caller.open({ now: Date.now });
	({ base } = caller);
	await fill();
	ask = baseAsker(base);
	before = contentOf(base);
	asked = base.requests.length;
});
afterAll(() => caller.close());

/** The verdict on the base as it is now. */
const verdictOf = async (one: BaseCase, asks = ask) =>
	(await runCase(one, { ask: asks, writes: true })).verdict;

const named = (cases: readonly BaseCase[]): Array<[fact: string, one: BaseCase]> =>
	cases.map((one) => [one.fact, one]);

test('every fact is a case of its own', () => {
	const facts = BASE_CASES.map(({ fact }) => fact);
	expect(facts.filter((fact, index) => facts.indexOf(fact) !== index)).toEqual([]);
});

test('a case has either a switch or an opposite', () => {
	const neither = BASE_CASES.filter(
		({ settles, reversed }) => Boolean(settles) === Boolean(reversed),
	);
	expect(neither.map(({ fact }) => fact)).toEqual([]);
});

describe('the stand-in', () => {
	test.each(named(BASE_CASES))('%s', async (_fact, one) => {
		expect(await verdictOf(one)).toEqual({ outcome: 'holds', seen: one.expected });
	});
});

describe('a switch', () => {
	test('is settled by a case; a shortage of licences cannot be asked for', () => {
		const settled = BASE_CASES.map(({ settles }) => String(settles?.switch));
		const left = Object.keys(defaultSwitches).filter((name) => !settled.includes(name));
		expect(left).toEqual(['licenceExhaustedStatus']);
	});

	/** The usual positions hold above. */
	const positions = BASE_CASES.flatMap((one) =>
		Object.entries(one.settles?.positions ?? {})
			.filter(([seen]) => seen !== one.expected)
			.map(([seen, position]) => ({ name: String(one.settles?.switch), position, seen, one })),
	);

	test.each(positions)('$name: $position, $one.fact', async ({ name, position, seen, one }) => {
		const usual = { ...base.switches };
		Object.assign(base.switches, { [name]: position });
		const verdict = await verdictOf(one);
		Object.assign(base.switches, usual);
		expect(verdict).toEqual({ outcome: 'differs', seen, expected: one.expected, known: true });
	});

	test('has as its usual position what its cases expect', () => {
		const other = BASE_CASES.filter(({ settles, expected }) => {
			const positions = new Map<string, unknown>(Object.entries(settles?.positions ?? {}));
			return settles && positions.get(expected) !== defaultSwitches[settles.switch];
		});
		expect(other.map(({ fact }) => fact)).toEqual([]);
	});
});

describe('what cases have made', () => {
	test('is gone again', () => {
		expect(contentOf(base)).toEqual(before);
	});

	test('could be told by its mark, had it stayed', () => {
		const created = base.requests.slice(asked).filter(({ status }) => status === 201);
		expect(created.length).toBeGreaterThan(0);
		const unmarked = created.filter(({ body }) => !body?.includes(MARK));
		expect(unmarked.map(({ path }) => path)).toEqual([]);
	});
});

/** Last, because what a case has made stays where the answer to its creation is another one. */
describe('a base that behaves otherwise is noticed', () => {
	const questionOf = ({ method, url = '' }: IncomingMessage): BaseQuestion => ({
		verb: method as BaseQuestion['verb'],
		path: decodeURIComponent(url).slice(SERVICE.length),
	});
	const withOpposite = BASE_CASES.filter(({ reversed }) => reversed !== undefined);

	test.each(named(withOpposite))('%s', async (_fact, one) => {
		const { origin } = new URL(base.url);
		const server = await openReversedServer({
			origin,
			reversals: one.reversed ? [one.reversed] : [],
			questionOf,
		});
		const verdict = await verdictOf(one, baseAsker({ ...base, url: `${server.origin}/ut` }));
		await server.close();
		expect(verdict).toMatchObject({ outcome: 'differs', known: false });
	});
});
