/**
 * `npm run chaos`: the real n8n between two systems in bad weather. People work, answers are lost, systems go down,
 * n8n is killed and started again. When everything has come to rest, the books of both systems are compared.
 * `npm run chaos -- --seed 7 --deals 500 --minutes 12`
 */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { prepareN8n, type RealN8n } from '../e2e/n8n';
import { credentialsOf, exampleWorkflow, POSTPAID, PREPAID, SETUP, setsUp } from '../e2e/showroom';
import { openPortal } from '../standins/bitrix24/portal';
import { openBase } from '../standins/onec/base';
import { forPipeline } from '../support/pipeline';
import { Dice } from './dice';
import type { Chain, Firm } from './firm';
import { strikesBargain, works, type Bargain } from './people';
import { furnishes } from './tradingFirm';
import { notes, wrongWith } from './truth';
import { weatherOf, type Weather } from './weather';

const TICK = 1000;
const LOOK = 5000;
const SETTLING_MINUTES = 25;
const WAKES = 'Битрикс24 зовет';
const WORKFLOWS: Record<Chain, string> = { prepaid: PREPAID, postpaid: POSTPAID };

const options = z
	.object({
		seed: z.coerce.number().int().default(1),
		deals: z.coerce.number().int().min(1).default(500),
		minutes: z.coerce.number().min(0.2).default(12),
	})
	.parse(
		parseArgs({
			options: {
				seed: { type: 'string' },
				deals: { type: 'string' },
				minutes: { type: 'string' },
			},
		}).values,
	);

const say = (text: string): void => console.log(text);

const setsUpPortal = async (n8n: RealN8n, { pipelines }: Firm): Promise<void> => {
	for (const chain of ['prepaid', 'postpaid'] as const) {
		const settings = { dryRun: false, chain, pipeline: `${pipelines[chain]}` };
		await n8n.setsWorkflow(SETUP, (workflow) => setsUp(workflow, settings));
		const { status } = await n8n.runs(SETUP);
		if (status !== 'success') throw new Error(`The portal setup ended as ${status}.\n${n8n.log()}`);
	}
};

const callsTheWorkflows = async (n8n: RealN8n, { portal }: Firm): Promise<void> => {
	for (const id of Object.values(WORKFLOWS)) {
		const { nodes } = await n8n.api.workflow(id);
		const trigger = nodes.find(({ name }) => name === WAKES);
		const url = `${n8n.url}/webhook/${String(trigger?.webhookId)}/bitrix24`;
		portal.admin.addsOutgoingWebhook({ url, events: ['ONCRMDEALADD', 'ONCRMDEALUPDATE'] });
	}
};

const furnishesN8n = async (n8n: RealN8n, firm: Firm): Promise<void> => {
	await n8n.importsCredentials(credentialsOf(firm));
	await n8n.importsWorkflow(exampleWorkflow(SETUP), SETUP);
	await n8n.importsWorkflow(exampleWorkflow(PREPAID), PREPAID);
	const postpaid = forPipeline(exampleWorkflow(POSTPAID), firm.pipelines.postpaid);
	await n8n.importsWorkflow(postpaid, POSTPAID);
	await n8n.starts();
	await setsUpPortal(n8n, firm);
	for (const id of Object.values(WORKFLOWS)) await n8n.publishes(id);
	await callsTheWorkflows(n8n, firm);
};

interface Storm {
	bargains: Bargain[];
	kills: number;
}

const rages = async (n8n: RealN8n, firm: Firm, dice: Dice, weather: Weather): Promise<Storm> => {
	const bargains: Bargain[] = [];
	let kills = 0;
	const ticks = Math.ceil((options.minutes * 60_000) / TICK);
	const newPerTick = Math.ceil(options.deals / (ticks * 0.7));
	for (let tick = 0; tick < ticks; tick += 1) {
		for (let more = newPerTick; more > 0 && bargains.length < options.deals; more -= 1) {
			bargains.push(strikesBargain(firm, dice, bargains.length + 1));
		}
		for (const bargain of bargains) if (dice.happens(3)) works(firm, bargain, dice);
		weather.minute(firm, bargains);
		for (const bargain of bargains) notes(firm, bargain);
		if (dice.happens(1)) {
			kills += 1;
			await n8n.kills();
			await n8n.starts();
		}
		if (tick % 60 === 0) say(`  ${tick} s: ${bargains.length} deals, n8n killed ${kills} times`);
		await pause(TICK);
	}
	return { bargains, kills };
};

const wrongIn = (firm: Firm, bargains: Bargain[]): string[] =>
	bargains.flatMap((bargain) => wrongWith(firm, bargain));

const comesToRest = async (firm: Firm, bargains: Bargain[]): Promise<string[]> => {
	for (let look = 0; ; look += 1) {
		for (const bargain of bargains) notes(firm, bargain);
		const wrong = wrongIn(firm, bargains);
		if (wrong.length === 0 || look * LOOK > SETTLING_MINUTES * 60_000) return wrong;
		if (look % 12 === 0) say(`  ${wrong.length} to go, such as ${wrong[0]}`);
		await pause(LOOK);
	}
};

const counts = (
	firm: Firm,
	{ bargains, kills }: Storm,
	weather: Weather,
): Record<string, number> => ({
	deals: bargains.length,
	'n8n killed': kills,
	...weather.struck,
	'requests to the portal': firm.portal.requests.length,
	'requests to 1C': firm.base.requests.length,
	'invoices in 1C': firm.base.sees.documents('СчетНаОплатуПокупателю').length,
	'orders in 1C': firm.base.sees.documents('ЗаказПокупателя').length,
});

const main = async (): Promise<void> => {
	const firm = furnishes(await openPortal({}), await openBase({}));
	const n8n = await prepareN8n();
	try {
		say(
			`Seed ${options.seed}: ${options.deals} deals in ${options.minutes} minutes of bad weather.`,
		);
		await furnishesN8n(n8n, firm);
		const dice = new Dice(options.seed);
		const weather = weatherOf(dice, 3);
		const storm = await rages(n8n, firm, dice, weather);
		weather.clears(firm);
		say('The sky is clear; the loop comes to rest.');
		const wrong = await comesToRest(firm, storm.bargains);
		console.table(counts(firm, storm, weather));
		for (const line of wrong) say(`✗ ${line}`);
		say(
			`${storm.bargains.length - new Set(wrong.map((line) => line.split(' ')[1])).size} passed, ${wrong.length} failed`,
		);
		process.exitCode = wrong.length > 0 ? 1 : 0;
	} finally {
		await n8n.stops();
		await Promise.all([firm.portal.close(), firm.base.close()]);
	}
};

const stopped = async (): Promise<void> => {
	await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
	process.exit(130);
};

void stopped();
main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
