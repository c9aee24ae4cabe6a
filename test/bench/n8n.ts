/**
 * `npm run bench:n8n`: deals a minute through the whole prepaid chain in the real n8n, and where the time goes. People do
 * the next thing as soon as it can be done; the systems take the time of real ones. `-- --queue` is queue mode with two
 * workers, `-- --deals 20,50,100` the sizes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { documentsOf, refOf, type Firm } from '../chaos/firm';
import { furnishes } from '../chaos/tradingFirm';
import { prepareN8n, type RealN8n } from '../e2e/n8n';
import { credentialsOf, exampleWorkflow, PREPAID, SETUP, setsUp } from '../e2e/showroom';
import { openPortal } from '../standins/bitrix24/portal';
import { openBase } from '../standins/onec/base';
import { LIVE_BASE } from '../standins/onec/costs';

const LATENCY = 10;
const LOOK = 200;
const PATIENCE = 15 * 60_000;
const WAKES = 'Битрикс24 зовет';

const { queue, deals: sizes } = z
	.object({
		queue: z.boolean().default(false),
		deals: z
			.string()
			.default('10,20,40')
			.transform((list) => list.split(',').map(Number)),
	})
	.parse(parseArgs({ options: { queue: { type: 'boolean' }, deals: { type: 'string' } } }).values);

const furnishesN8n = async (n8n: RealN8n, firm: Firm): Promise<void> => {
	await n8n.importsCredentials(credentialsOf(firm));
	await n8n.importsWorkflow(exampleWorkflow(SETUP), SETUP);
	await n8n.importsWorkflow(exampleWorkflow(PREPAID), PREPAID);
	await n8n.starts();
	const settings = { dryRun: false, chain: 'prepaid', pipeline: `${firm.pipelines.prepaid}` };
	await n8n.setsWorkflow(SETUP, (workflow) => setsUp(workflow, settings));
	const { status } = await n8n.runs(SETUP);
	if (status !== 'success') throw new Error(`The portal setup ended as ${status}.`);
	await n8n.publishes(PREPAID);
	const { nodes } = await n8n.api.workflow(PREPAID);
	const trigger = nodes.find(({ name }) => name === WAKES);
	const url = `${n8n.url}/webhook/${String(trigger?.webhookId)}/bitrix24`;
	firm.portal.admin.addsOutgoingWebhook({ url, events: ['ONCRMDEALADD', 'ONCRMDEALUPDATE'] });
};

/** What people do next with a deal; the last one has nothing left to do. */
const works = (firm: Firm, deal: number): boolean => {
	const { portal, base, stages } = firm;
	const { fresh, invoice, order, won } = stages.prepaid;
	const stage = String(portal.sees.deal(deal).stageId);
	if (stage === won) return true;
	if (stage === fresh) portal.manager.moves(deal, invoice);
	const [bill] = documentsOf(firm, 'СчетНаОплатуПокупателю', deal);
	if (stage === invoice && bill) {
		base.accountant.receives({ for: refOf(bill), amount: Number(bill.СуммаДокумента) });
		portal.manager.moves(deal, order);
	}
	const [sold] = documentsOf(firm, 'ЗаказПокупателя', deal);
	if (stage === order && sold?.Posted && base.sees.balance(refOf(sold)).quantity > 0) {
		base.storekeeper.ships({ order: refOf(sold) });
	}
	return false;
};

const sells = async (firm: Firm, count: number): Promise<number> => {
	const [good] = firm.goods;
	const rows = [{ ...good, quantity: 2, vat: 22, vatIncluded: true }];
	const open = new Set(
		Array.from({ length: count }, (_, index) =>
			firm.portal.manager.createsDeal({
				title: `Сделка ${index + 1}`,
				company: firm.companies[index % firm.companies.length],
				rows,
			}),
		),
	);
	const started = Date.now();
	while (open.size > 0) {
		for (const deal of open) if (works(firm, deal)) open.delete(deal);
		if (Date.now() - started > PATIENCE) throw new Error(`${open.size} deals did not get through.`);
		await pause(LOOK);
	}
	return (Date.now() - started) / 1000;
};

/** Seconds by node, of the executions n8n has kept. */
const timeByNode = async (n8n: RealN8n): Promise<Array<Record<string, string | number>>> => {
	const spent = new Map<string, { runs: number; seconds: number }>();
	for (const { data } of await n8n.executions(PREPAID)) {
		for (const [node, runs] of Object.entries(data?.resultData.runData ?? {})) {
			const sum = spent.get(node) ?? { runs: 0, seconds: 0 };
			for (const { executionTime } of runs) {
				sum.runs += 1;
				sum.seconds += (executionTime ?? 0) / 1000;
			}
			spent.set(node, sum);
		}
	}
	const whole = [...spent.values()].reduce((sum, { seconds }) => sum + seconds, 0);
	return [...spent]
		.sort(([, a], [, b]) => b.seconds - a.seconds)
		.map(([node, { runs, seconds }]) => ({
			node,
			runs,
			seconds: Math.round(seconds * 10) / 10,
			share: `${Math.round((seconds / whole) * 100)} %`,
		}));
};

/** Seconds 1C alone would take for the documents: an invoice, an order and its posting. */
const floorOf = (count: number): number =>
	(count * 3 * (LIVE_BASE.session + LIVE_BASE.write)) / 1000;

const main = async (): Promise<void> => {
	const portal = await openPortal({ latency: LATENCY });
	const base = await openBase({ costs: LIVE_BASE });
	const firm = furnishes(portal, base);
	const n8n = await prepareN8n({ queue });
	try {
		await furnishesN8n(n8n, firm);
		const table = [];
		for (const count of sizes) {
			const before = { bitrix24: portal.requests.length, onec: base.requests.length };
			const seconds = await sells(firm, count);
			table.push({
				deals: count,
				seconds: Math.round(seconds),
				'deals a minute': Math.round((count / seconds) * 600) / 10,
				'1C alone, seconds': floorOf(count),
				'requests to Bitrix24 a deal': Math.round(
					(portal.requests.length - before.bitrix24) / count,
				),
				'requests to 1C a deal': Math.round((base.requests.length - before.onec) / count),
			});
		}
		const nodes = await timeByNode(n8n);
		console.log(queue ? 'n8n in queue mode, two workers' : 'n8n, one process');
		console.table(table);
		console.table(nodes);
		const folder = join(__dirname, '.run');
		mkdirSync(folder, { recursive: true });
		const file = join(folder, queue ? 'n8n-queue.json' : 'n8n.json');
		writeFileSync(file, `${JSON.stringify({ table, nodes }, null, '\t')}\n`);
	} finally {
		await n8n.stops();
		await Promise.all([portal.close(), base.close()]);
	}
};

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
