/** Facts of 1C through the second table: the decision by itself, and as n8n's engine carries items to it. */
import type { IDataObject } from 'n8n-workflow';
import { dealRows } from '../../nodes/exchange/presets';
import { progressSchema } from '../../nodes/exchange/progress';
import { decideStage, type Card } from '../../nodes/exchange/statusMap';
import { Company, refOf } from '../support/company';
import { RunningWorkflow } from '../support/engine';
import { andLarge, note } from './measurements';

const SIZES = [500, 2_000, 8_000, ...andLarge(100_000)];

const TO_1C = 'Сделки ждут документ';
const FROM_1C = 'Что нового в 1С';
const DEAL = 'Сделка этого документа';
const TABLE = 'Что это значит для сделки';

let company: Company;
let item: IDataObject;

/** What the table is given of an order that has been shipped. */
beforeAll(async () => {
	company = await Company.open();
	const { product } = company.product('Стол', 1000);
	const deal = company.deal(company.buyer().company, [{ product, quantity: 1, price: 1000 }]);
	company.portal.manager.moves(deal, 'ORDER_1C');
	const { workflow, base } = company;
	await workflow.polls(TO_1C);
	base.storekeeper.ships({ order: refOf(company.order(deal)) });
	[item] = (await workflow.polls(FROM_1C))?.items(DEAL) ?? [];
});
afterAll(async () => await company.close());

/** The table alone, everything behind it cut off. */
const table = (): RunningWorkflow => {
	const { source } = company.workflow;
	const connections = { [DEAL]: { main: [[{ node: TABLE, type: 'main' as const, index: 0 }]] } };
	return new RunningWorkflow({ ...source, connections }, company.credentials);
};

const seconds = async (work: () => Promise<void> | void): Promise<number> => {
	const before = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1e6;
};

test.each(SIZES)('%d facts are mapped', async (size) => {
	const { stageId, stages } = item as unknown as { stageId: string; stages: Card['stages'] };
	const rows = dealRows();
	let moved = 0;
	const loop = await seconds(() => {
		for (let count = 0; count < size; count += 1) {
			const progress = progressSchema.parse(item.progress);
			const { action } = decideStage(rows, progress, { stage: stageId, stages });
			if (action === 'move') moved += 1;
		}
	});
	expect(moved).toBe(size);
	const items = Array.from({ length: size }, () => ({ json: item }));
	const workflow = table();
	const engine = await seconds(async () => {
		const run = await workflow.runs(DEAL, items);
		expect(run.error).toBeUndefined();
		expect(run.items(TABLE)).toHaveLength(size);
	});
	const row = { size, unit: 'µs of processor each' };
	note({
		...row,
		row: 'map a fact, in the node',
		measured: (engine / size) * 1e6,
		floor: (loop / size) * 1e6,
		because:
			'a bare loop that reads the facts and decides about the deal; the node about the invoice too',
	});
});
