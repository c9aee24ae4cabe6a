/**
 * `npm run chaos`: the real n8n between two systems in bad weather. People work, answers are lost, systems go down,
 * n8n is killed and started again. When everything has come to rest, the books of both systems are compared.
 * `npm run chaos -- --seed 7 --deals 500 --minutes 12`, with `--queue` n8n in queue mode: PostgreSQL, Redis, two workers.
 */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { agrees } from '../e2e/consent';
import { prepareN8n, type RealN8n, type StoredCredential } from '../e2e/n8n';
import { credentialsOf, exampleWorkflow, POSTPAID, PREPAID, SETUP, setsUp } from '../e2e/showroom';
import {
	ADMINISTRATOR_USER,
	openPortal,
	type RegisteredApplication,
} from '../standins/bitrix24/portal';
import { openBase } from '../standins/onec/base';
import { applicationCredential } from '../support/application';
import { forPipeline } from '../support/pipeline';
import { APPLICATION, throughApplication } from '../support/throughApplication';
import { Dice } from './dice';
import type { Chain, Firm } from './firm';
import { mends, strikesBargain, works, type Bargain } from './people';
import { busiest, tallyOf } from './tally';
import { furnishes } from './tradingFirm';
import { notes, wrongWith, type Fault, type Kind } from './truth';
import { Weather } from './weather';

const TICK = 1000;
const LOOK = 5000;
const SETTLING_MINUTES = 25;
const LOG = 8000;
const WAKES = 'Битрикс24 зовет';
const WORKFLOWS: Record<Chain, string> = { prepaid: PREPAID, postpaid: POSTPAID };

/** A moment is a second: so many of a hundred begin with a trouble of each kind. */
const CLIMATE = { lost: 10, failing: 10, silent: 0.2, troubles: 1, latest: 90_000 };

/** Percent: how likely somebody takes a deal up, and the power fails, within a second. */
const DILIGENCE = 1.5;
const POWER_FAILURE = 1;

/** A firm has only so many people: this many things they do within a second, with however many deals. */
const STAFF = 2;

/** How long an administrator takes to read that an application was shut out, milliseconds. */
const READING = 90_000;

/** A machine that is busy may need longer than an n8n is waited for. */
const STARTS = 3;

const options = z
	.object({
		seed: z.coerce.number().int().default(1),
		deals: z.coerce.number().int().min(1).default(500),
		minutes: z.coerce.number().min(0.2).default(12),
		queue: z.boolean().default(false),
	})
	.parse(
		parseArgs({
			options: {
				seed: { type: 'string' },
				deals: { type: 'string' },
				minutes: { type: 'string' },
				queue: { type: 'boolean' },
			},
		}).values,
	);

const say = (text: string): void => console.log(text);

const registers = (n8n: RealN8n, { portal }: Firm): RegisteredApplication =>
	portal.admin.registersApplication({
		scopes: ['crm', 'catalog', 'userfieldconfig'],
		handler: `${n8n.url}/rest/oauth2-credential/callback`,
		onlyApi: true,
	});

const storedFor = ({ portal }: Firm, application: RegisteredApplication): StoredCredential => {
	const data = applicationCredential(portal, application, ADMINISTRATOR_USER);
	return { ...APPLICATION, type: 'bitrix24OAuth2Api', data };
};

/**
 * A kill between the renewal of tokens and their storing leaves n8n with tokens that are worth nothing, where the portal
 * gives each out once. The workflow then says so, and an administrator who reads it connects the application again.
 */
class Administrator {
	connected = 0;
	private readSince: number | null = null;

	constructor(
		private readonly n8n: RealN8n,
		private readonly firm: Firm,
		private readonly application: RegisteredApplication,
	) {}

	async looks(): Promise<void> {
		if (!this.application.isShutOut()) {
			this.readSince = null;
			return;
		}
		this.readSince ??= Date.now();
		if (Date.now() - this.readSince < READING) return;
		this.readSince = null;
		try {
			await agrees(this.n8n, this.firm.portal, APPLICATION.id);
			this.connected += 1;
		} catch {
			// n8n is down, and the administrator tries again in a while.
		}
	}
}

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

/** One chain works by a webhook, the other one as an application, whose tokens expire. */
const furnishesN8n = async (n8n: RealN8n, firm: Firm): Promise<Administrator> => {
	const application = registers(n8n, firm);
	await n8n.importsCredentials([...credentialsOf(firm), storedFor(firm, application)]);
	await n8n.importsWorkflow(exampleWorkflow(SETUP), SETUP);
	await n8n.importsWorkflow(exampleWorkflow(PREPAID), PREPAID);
	const postpaid = forPipeline(exampleWorkflow(POSTPAID), firm.pipelines.postpaid);
	await n8n.importsWorkflow(throughApplication(postpaid), POSTPAID);
	await n8n.starts();
	await setsUpPortal(n8n, firm);
	for (const id of Object.values(WORKFLOWS)) await n8n.publishes(id);
	await callsTheWorkflows(n8n, firm);
	return new Administrator(n8n, firm, application);
};

interface Storm {
	bargains: Bargain[];
	kills: number;
	/** How often n8n has ended without having been killed. */
	ends: number;
}

const startsAtLast = async (n8n: RealN8n, attempt = 1): Promise<void> => {
	try {
		await n8n.starts();
	} catch (error) {
		if (attempt === STARTS) throw error;
		await startsAtLast(n8n, attempt + 1);
	}
};

/** One process of n8n dies as in a power failure, whatever it is doing, and comes back. */
const losesPower = async (n8n: RealN8n, dice: Dice): Promise<void> => {
	const name = dice.oneOf(n8n.processes);
	await n8n.kills(name);
	await pause(dice.between(0, 3) * TICK);
	await startsAtLast(n8n);
};

const rages = async (
	n8n: RealN8n,
	firm: Firm,
	administrator: Administrator,
	weather: Weather,
): Promise<Storm> => {
	const seed = new Dice(options.seed);
	const power = seed.branch(-2);
	const storm: Storm = { bargains: [], kills: 0, ends: 0 };
	const { bargains } = storm;
	const ticks = Math.ceil((options.minutes * 60_000) / TICK);
	const newPerTick = Math.ceil(options.deals / (ticks * 0.7));
	let restarts = 0;
	let restarting = Promise.resolve();
	const restartsAfter = (event: () => Promise<void>): void => {
		restarts += 1;
		restarting = restarting.then(event).finally(() => (restarts -= 1));
	};
	weather.begins(firm);
	for (let tick = 0; tick < ticks; tick += 1) {
		for (let more = newPerTick; more > 0 && bargains.length < options.deals; more -= 1) {
			bargains.push(strikesBargain(firm, seed, bargains.length + 1));
		}
		const diligence = Math.min(DILIGENCE, (100 * STAFF) / bargains.length);
		for (const bargain of bargains) works(firm, bargain, diligence);
		weather.moment(firm, bargains);
		for (const bargain of bargains) notes(firm, bargain);
		void administrator.looks();
		if (power.happens(POWER_FAILURE)) {
			storm.kills += 1;
			restartsAfter(async () => await losesPower(n8n, power));
		} else if (restarts === 0 && !n8n.isRunning()) {
			storm.ends += 1;
			say(`  n8n has ended by itself:\n${n8n.log().slice(-LOG / 4)}`);
			restartsAfter(async () => await startsAtLast(n8n));
		}
		if (tick % 60 === 0) {
			say(`  ${tick} s: ${bargains.length} deals, n8n killed ${storm.kills} times`);
		}
		await pause(TICK);
	}
	await restarting;
	return storm;
};

/** Half of those who sold what 1C does not know put it right; the others never do. */
const clears = (firm: Firm, bargains: Bargain[], weather: Weather): void => {
	weather.clears(firm);
	for (const bargain of bargains) {
		if (bargain.hopeless && bargain.deal % 2 === 0) mends(firm, bargain);
	}
};

const comesToRest = async (
	firm: Firm,
	administrator: Administrator,
	bargains: Bargain[],
): Promise<Fault[]> => {
	for (let look = 0; ; look += 1) {
		await administrator.looks();
		for (const bargain of bargains) notes(firm, bargain);
		const faults = bargains.flatMap((bargain) => wrongWith(firm, bargain));
		if (faults.length === 0 || look * LOOK > SETTLING_MINUTES * 60_000) return faults;
		if (look % 12 === 0) {
			const { text } = faults[(look / 12) % faults.length];
			say(`  ${(look * LOOK) / 1000} s: ${faults.length} to go, such as ${text}`);
		}
		await pause(LOOK);
	}
};

const counted = (faults: Fault[], kind: Kind): number =>
	faults.filter((fault) => fault.kind === kind).length;

const counts = (
	firm: Firm,
	{ bargains, kills, ends }: Storm,
	{ connected }: Administrator,
	weather: Weather,
	faults: Fault[],
): Record<string, number> => ({
	deals: bargains.length,
	'of them hopeless to the end': bargains.filter(({ hopeless }) => hopeless).length,
	...weather.struck,
	'n8n: killed': kills,
	'n8n: ended by itself': ends,
	'application connected again': connected,
	'requests to the portal': firm.portal.requests.length,
	...busiest(firm),
	'requests to 1C': firm.base.requests.length,
	'invoices in 1C': firm.base.sees.documents('СчетНаОплатуПокупателю').length,
	'orders in 1C': firm.base.sees.documents('ЗаказПокупателя').length,
	...tallyOf(firm),
	lost: counted(faults, 'lost'),
	doubled: counted(faults, 'doubled'),
	wrong: counted(faults, 'wrong'),
});

const seconds = (from: number): number => Math.round((Date.now() - from) / 1000);

const main = async (): Promise<void> => {
	const firm = furnishes(await openPortal({}), await openBase({}));
	const n8n = await prepareN8n({ queue: options.queue });
	try {
		const { seed, deals, minutes, queue } = options;
		const where = queue ? ', n8n in queue mode with two workers' : '';
		say(`Seed ${seed}: ${deals} deals in ${minutes} minutes of bad weather${where}.`);
		const administrator = await furnishesN8n(n8n, firm);
		const weather = new Weather(new Dice(seed), CLIMATE);
		const storm = await rages(n8n, firm, administrator, weather);
		clears(firm, storm.bargains, weather);
		say('The sky is clear; the loop comes to rest.');
		const cleared = Date.now();
		const faults = await comesToRest(firm, administrator, storm.bargains);
		say(`At rest after ${seconds(cleared)} s.`);
		console.table(counts(firm, storm, administrator, weather, faults));
		for (const { text } of faults) say(`✗ ${text}`);
		if (faults.length > 0) say(`The log of n8n ends with\n${n8n.log().slice(-LOG)}`);
		const failed = new Set(faults.map(({ deal }) => deal)).size;
		say(`${storm.bargains.length - failed} passed, ${failed} failed`);
		process.exitCode = failed > 0 ? 1 : 0;
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
