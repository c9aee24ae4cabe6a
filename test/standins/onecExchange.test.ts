/** Exchange plans of 1C: who changes what, and what a reader of changes gets (reference 1c-ut103.md §5). */
import { XMLParser } from 'fast-xml-parser';

import { Caller, castOf, codeOf, order, orderBody, postedOrder, type Cast } from './onecCaller';

let caller: Caller;
let who: Cast;

beforeEach(async () => {
	caller = await Caller.open();
	who = castOf(caller.base);
});
afterEach(() => caller.close());

const OWN = 'ExchangePlan_ОбменСБитрикс24';

const point = (plan: string, node: string) =>
	`DataExchangePoint='${caller.base.url}/odata/standard.odata/${plan}(guid'${node}')'`;

const selected = (plan: string, node: string, messageNo: number, more = '') =>
	caller.post(`SelectChanges?${point(plan, node)}&MessageNo=${messageNo}${more}`, undefined, {
		Accept: 'application/atom+xml',
	});

const confirmed = (plan: string, node: string, messageNo: number) =>
	caller.post(`NotifyChangesReceived?${point(plan, node)}&MessageNo=${messageNo}`);

interface Feed {
	entry?: Array<{ id: string; content: { properties: Record<string, unknown> } }>;
	'deleted-entry'?: Array<{ '@ref': string; '@when': string }>;
}

const parser = new XMLParser({
	ignoreAttributes: false,
	attributeNamePrefix: '@',
	removeNSPrefix: true,
	parseTagValue: false,
	isArray: (name) => ['entry', 'deleted-entry', 'element'].includes(name),
});

async function feedOf(plan: string, node: string, messageNo: number, more = ''): Promise<Feed> {
	const response = await selected(plan, node, messageNo, more);
	expect([response.status, response.headers['content-type']]).toEqual([
		200,
		'application/atom+xml;type=feed;charset=utf-8',
	]);
	return (parser.parse(String(response.data)) as { feed: Feed }).feed;
}

/** Sets of what has changed, in the order they were first touched. */
async function changedSets(plan: string, node: string, messageNo: number): Promise<string[]> {
	const { entry = [] } = await feedOf(plan, node, messageNo);
	return entry.map(({ id }) => /standard\.odata\/([^(]+)/.exec(id)?.[1] ?? id);
}

const nodeRow = async (plan: string, node: string) =>
	(await caller.get(`${plan}(guid'${node}')`)).data as Record<string, unknown>;

describe('the exchange of orders with a site', () => {
	const PLAN = 'ExchangePlan_ОбменССайтомЗаказами';
	let site: string;

	beforeEach(() => {
		const { programmer } = caller.base;
		site = programmer.addsNode({ plan: 'ОбменССайтомЗаказами', code: '001', name: 'Сайт' });
	});

	it('has a node of the base itself and numbers that are strings', async () => {
		const nodes = await caller.rows(PLAN);
		expect(nodes.map(({ ThisNode, Code }) => [ThisNode, Code]).sort()).toEqual([
			[false, '001'],
			[true, 'ЦБ'],
		]);
		expect(nodes[0]).toMatchObject({ SentNo: '0', ReceivedNo: '0' });
	});

	it('hears of every write of an order, and of nothing else', async () => {
		await caller.post('Document_ЗаказПокупателя', orderBody(caller.base, who));
		caller.base.admin.addsProduct({ name: 'Шкаф' });
		expect(await changedSets(PLAN, site, 1)).toEqual(['Document_ЗаказПокупателя']);
	});

	it('hears of an order whose registers another document has moved', async () => {
		const ref = await postedOrder(caller, who);
		await selected(PLAN, site, 1);
		await confirmed(PLAN, site, 1);
		expect(await changedSets(PLAN, site, 2)).toEqual([]);
		caller.base.storekeeper.ships({ order: ref });
		expect(await changedSets(PLAN, site, 2)).toEqual(['Document_ЗаказПокупателя']);
	});

	it('gives the whole backlog whatever is asked for, as often as it is asked', async () => {
		for (let count = 0; count < 3; count += 1) {
			await caller.post('Document_ЗаказПокупателя', orderBody(caller.base, who));
		}
		expect((await feedOf(PLAN, site, 1)).entry).toHaveLength(3);
		expect((await feedOf(PLAN, site, 1)).entry).toHaveLength(3);
		const limited = await selected(PLAN, site, 2, '&$top=1');
		expect(limited.status).toBe(200);
		expect((await feedOf(PLAN, site, 2, '&$top=1')).entry).toHaveLength(3);
		expect(await nodeRow(PLAN, site)).toMatchObject({ SentNo: '2', ReceivedNo: '0' });
	});

	it('forgets for good what is confirmed, and keeps what has changed since', async () => {
		const first = await postedOrder(caller, who);
		const second = await postedOrder(caller, who);
		await selected(PLAN, site, 1);
		await caller.patch(order(second), { Комментарий: 'после выборки' });
		expect((await confirmed(PLAN, site, 1)).status).toBe(200);
		const { entry = [] } = await feedOf(PLAN, site, 2);
		expect(entry.map(({ content }) => content.properties.Ref_Key)).toEqual([second]);
		expect(entry[0].content.properties.Комментарий).toBe('после выборки');
		expect(await nodeRow(PLAN, site)).toMatchObject({ SentNo: '2', ReceivedNo: '1' });
		await confirmed(PLAN, site, 2);
		expect((await feedOf(PLAN, site, 1)).entry).toBeUndefined();
		await caller.patch(order(first), { Комментарий: 'снова' });
		expect((await feedOf(PLAN, site, 1)).entry).toHaveLength(1);
	});

	it('does not confirm what no message has carried yet', async () => {
		await postedOrder(caller, who);
		await confirmed(PLAN, site, 5);
		expect((await feedOf(PLAN, site, 6)).entry).toHaveLength(1);
	});

	it('hears nothing of what was rolled back in the client application', async () => {
		const { programmer, accountant } = caller.base;
		programmer.addsExchangePlan();
		const node = programmer.addsNode({ plan: 'ОбменСБитрикс24', code: 'B24', name: 'Битрикс24' });
		const ref = await postedOrder(caller, who);
		await selected(OWN, node, 1);
		await confirmed(OWN, node, 1);
		expect(() => accountant.receives({ for: ref, amount: 1, via: 'nothing' })).toThrow('ПоЗаказам');
		expect(await feedOf(OWN, node, 2)).not.toHaveProperty('deleted-entry');
		expect(await changedSets(OWN, node, 2)).toEqual([]);
	});

	it('marks what is deleted by its address and the moment of the answer', async () => {
		const ref = await postedOrder(caller, who);
		await caller.delete(order(ref));
		const { entry, 'deleted-entry': deleted = [] } = await feedOf(PLAN, site, 1);
		expect(entry).toBeUndefined();
		expect(deleted).toEqual([
			{
				'@ref': `${caller.base.url}/odata/standard.odata/${order(ref)}`,
				'@when': '2026-11-24T12:00:00',
			},
		]);
	});

	it('speaks JSON when asked, every change with its type', async () => {
		const ref = await postedOrder(caller, who);
		const json = await selected(PLAN, site, 1, '&$format=json');
		expect(json.data.value).toMatchObject([
			{ 'odata.type': 'StandardODATA.Document_ЗаказПокупателя', Ref_Key: ref },
		]);
	});

	it('refuses a wrong node, a missing number and a GET', async () => {
		const own = (await caller.rows(`${PLAN}?$filter=ThisNode eq true`))[0].Ref_Key;
		const ghost = '11111111-2222-3333-4444-555555555555';
		expect((await selected(PLAN, ghost, 1, '&$format=json')).status).toBe(404);
		expect(codeOf(await selected(PLAN, String(own), 1, '&$format=json'))).toBe('21');
		expect(codeOf(await caller.post(`SelectChanges?${point(PLAN, site)}`))).toBe('12');
		expect(codeOf(await caller.post('SelectChanges?MessageNo=1'))).toBe('12');
		expect(codeOf(await caller.get(`SelectChanges?${point(PLAN, site)}&MessageNo=1`))).toBe('19');
		expect(codeOf(await caller.post(`SelectChanges?${point(PLAN, site)}&MessageNo=x`))).toBe('21');
	});
});

describe('a plan of our own', () => {
	it('is not there until a programmer adds it', async () => {
		expect((await caller.get(OWN)).status).toBe(404);
		expect(String((await caller.get('$metadata')).data)).not.toContain(OWN);
		caller.base.programmer.addsExchangePlan();
		expect((await caller.get(OWN)).status).toBe(200);
		expect(String((await caller.get('$metadata')).data)).toContain(OWN);
	});

	it('hears of counterparties, documents and records of the register of reasons', async () => {
		const { programmer, admin, storekeeper, salesman } = caller.base;
		programmer.addsExchangePlan();
		const node = programmer.addsNode({ plan: 'ОбменСБитрикс24', code: 'B24', name: 'Битрикс24' });
		const other = programmer.addsNode({ plan: 'ОбменСБитрикс24', code: 'B25', name: 'Другой' });
		const ref = await postedOrder(caller, who);
		storekeeper.ships({ order: ref, lines: [{ product: who.chair, quantity: 4 }] });
		const closing = salesman.closes({ order: ref, reason: 'Отказ покупателя' });
		admin.addsCounterparty({ name: 'Бета' });
		const sets = [
			'Document_ЗаказПокупателя',
			'Document_РеализацияТоваровУслуг',
			'Document_ЗакрытиеЗаказовПокупателей',
			'InformationRegister_ПричиныЗакрытияЗаказов',
			'Catalog_Контрагенты',
			'Catalog_ДоговорыКонтрагентов',
		];
		expect((await changedSets(OWN, node, 1)).sort()).toEqual([...sets].sort());
		await confirmed(OWN, node, 1);
		salesman.unposts(closing);
		const { entry = [] } = await feedOf(OWN, node, 2);
		const records = entry.find(({ id }) => id.includes('ПричиныЗакрытия'));
		expect(records?.content.properties).toMatchObject({ Recorder: closing });
		expect((await changedSets(OWN, other, 1)).length).toBeGreaterThan(5);
	});
});
