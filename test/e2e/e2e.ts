/** `npm run e2e`: the story on a real n8n, its triggers left to themselves, and the editor in a real browser. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { looksAtTab, tabAddress } from './cardTab';
import { connects, HEARD, installs, listens, TAB } from './consent';
import { openEditor, type Editor } from './editor';
import { errorOf, itemsOf } from './execution';
import { repoDir } from './machine.mjs';
import { prepareN8n, type RealN8n, type StoredCredential } from './n8n';
import { credentialsOf, furnish, openShowroom, PICKER, PREPAID, type Showroom } from './showroom';
import { tells, type Story } from './story';

const POLL_SECONDS = 75;

interface World {
	n8n: RealN8n;
	showroom: Showroom;
	story: Story;
	editor: Editor;
}

const stageOf = ({ portal }: Showroom, deal: number): string =>
	portal.sees.stageName(String(portal.sees.deal(deal).stageId));

const expectSame = (what: string, actual: unknown, expected: unknown): void => {
	if (JSON.stringify(actual) === JSON.stringify(expected)) return;
	throw new Error(`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
};

const until = async (
	what: string,
	seconds: number,
	holds: () => boolean | Promise<boolean>,
): Promise<void> => {
	for (const end = Date.now() + seconds * 1000; !(await holds()); await pause(200)) {
		if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
	}
};

const ordersOf = ({ base }: Showroom, deal: number): Array<Record<string, unknown>> =>
	base.sees
		.documents('ЗаказПокупателя')
		.filter((order) => order.НомерВходящегоДокументаЭлектронногоОбмена === `B24-${deal}`);

/** An order is there before it is posted, and nothing is left to ship by one that is not. */
const hasOrder = (showroom: Showroom, deal: number): boolean =>
	ordersOf(showroom, deal).some(({ Posted }) => Posted === true);

const sells = ({ portal, goods, companies }: Showroom, title: string): number =>
	portal.manager.createsDeal({
		title,
		company: companies.lutik,
		rows: [
			{
				product: goods.table.product,
				price: goods.table.price,
				quantity: 1,
				vat: 22,
				vatIncluded: true,
			},
		],
	});

const webhookUrl = async (n8n: RealN8n): Promise<string> => {
	const { nodes } = await n8n.api.workflow(PREPAID);
	const trigger = nodes.find(({ name }) => name === 'Битрикс24 зовет');
	return `${n8n.url}/webhook/${String(trigger?.webhookId)}/bitrix24`;
};

const callsWithWrongToken = async (url: string): Promise<number> => {
	const body = new URLSearchParams({
		event: 'ONCRMDEALUPDATE',
		'data[FIELDS][ID]': '1',
		'auth[application_token]': 'x',
	});
	return (await fetch(url, { method: 'POST', body })).status;
};

interface TestedCredential {
	status: string;
	message: string;
}

/** What the editor's own test of a credential answers. */
const tests = async (n8n: RealN8n, credential: StoredCredential): Promise<TestedCredential> =>
	await n8n.api.rest<TestedCredential>('/credentials/test', {
		method: 'POST',
		body: { credentials: credential },
	});

interface NodeDescription {
	name: string;
	outputs: unknown;
}

/** The twins of all nodes of the package but triggers. */
const nodesThatDo = (): string[] => {
	const { n8n } = JSON.parse(readFileSync(join(repoDir, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[] };
	};
	return n8n.nodes
		.map((file) => basename(file, '.node.js'))
		.filter((name) => !name.endsWith('Trigger'))
		.map((name) => `n8n-nodes-bitrix24-1c.${name[0].toLowerCase()}${name.slice(1)}Tool`);
};

/** The twins n8n makes of our nodes, as the editor gets them. */
const tools = async (n8n: RealN8n): Promise<NodeDescription[]> => {
	const types = JSON.parse(await n8n.api.opens('/types/nodes.json')) as NodeDescription[];
	return types.filter(({ name }) => /^n8n-nodes-bitrix24-1c\..*Tool$/.test(name));
};

const CHECKS: Array<[string, (world: World) => Promise<void>]> = [
	[
		'both chains end in a won deal',
		async ({ showroom, story }) => {
			const { portal } = showroom;
			expectSame('prepaid', stageOf(showroom, story.deals.prepaid), portal.sees.stageName('WON'));
			expectSame(
				'postpaid',
				stageOf(showroom, story.deals.postpaid),
				portal.sees.stageName(`C${showroom.retail}:WON`),
			);
			expectSame(
				'invoices of the postpaid deal',
				portal.sees.invoices(story.deals.postpaid).length,
				0,
			);
			await Promise.resolve();
		},
	],
	[
		'credentials pass their test, wrong ones do not, and no secret is told',
		async ({ n8n, showroom }) => {
			for (const credential of credentialsOf(showroom)) {
				expectSame(credential.name, (await tests(n8n, credential)).status, 'OK');
				const { secretUrl, password } = credential.data;
				const wrong = secretUrl
					? { secretUrl: String(secretUrl).replace(/[^/]+\/?$/, 'guessed/') }
					: { password: 'guessed' };
				const refused = await tests(n8n, { ...credential, data: { ...credential.data, ...wrong } });
				expectSame(`${credential.name}, wrong`, refused.status, 'Error');
				const told = [secretUrl, password].some((it) => it && refused.message.includes(String(it)));
				expectSame('the secret is told', told, false);
			}
		},
	],
	[
		'an AI agent is offered every node that does something',
		async ({ n8n }) => {
			const offered = await tools(n8n);
			expectSame('tools', offered.map(({ name }) => name).sort(), nodesThatDo().sort());
			for (const { name, outputs } of offered) {
				expectSame(`outputs of ${name}`, outputs, ['ai_tool']);
			}
		},
	],
	[
		'an outgoing webhook of the portal makes the order at once',
		async ({ n8n, showroom }) => {
			const url = await webhookUrl(n8n);
			showroom.portal.admin.addsOutgoingWebhook({
				url,
				events: ['ONCRMDEALADD', 'ONCRMDEALUPDATE'],
			});
			await n8n.publishes(PREPAID);
			await until('the webhook', 15, async () => (await callsWithWrongToken(url)) !== 404);
			const deal = sells(showroom, 'По звонку портала');
			showroom.portal.manager.moves(deal, 'ORDER_1C');
			await until('the order', 20, () => hasOrder(showroom, deal));
			expectSame('orders', ordersOf(showroom, deal).length, 1);
		},
	],
	[
		'a caller with a wrong token is refused',
		async ({ n8n }) => {
			expectSame('status', await callsWithWrongToken(await webhookUrl(n8n)), 403);
		},
	],
	[
		'left to itself, n8n polls 1C and wins the deal that was shipped',
		async ({ showroom }) => {
			const deal = sells(showroom, 'По опросу');
			showroom.portal.manager.moves(deal, 'ORDER_1C');
			await until('the order', POLL_SECONDS, () => hasOrder(showroom, deal));
			showroom.base.storekeeper.ships({ order: String(ordersOf(showroom, deal)[0].Ref_Key) });
			const won = showroom.portal.sees.stageName('WON');
			await until('the won deal', POLL_SECONDS, () => stageOf(showroom, deal) === won);
			expectSame('orders', ordersOf(showroom, deal).length, 1);
		},
	],
	[
		'an application is connected by consent, hangs its tab into the deal card, and is renewed after its hour',
		async ({ n8n, showroom: { portal } }) => {
			const connected = await connects(n8n, portal);
			const renewals = (): number =>
				portal.requests.filter(({ method }) => method === 'oauth/token').length;
			for (const state of ['bound', 'exists']) {
				const run = await installs(n8n, connected, `${n8n.url}/webhook/picker`);
				expectSame('error', errorOf(run)?.message, undefined);
				expectSame('tab', itemsOf(run, TAB)[0].state, state);
				expectSame('tokens asked for', renewals(), state === 'bound' ? 1 : 2);
				portal.levers.expiresTokens();
			}
			const id = await listens(n8n, connected);
			await until('the subscription', 30, () =>
				portal.requests.some(({ commands }) => commands?.includes('event.bind')),
			);
			const deal = portal.manager.createsDeal({ title: 'Для приложения' });
			await until('the event', 20, async () => (await n8n.executions(id)).length > 0);
			const [execution] = await n8n.executions(id);
			expectSame('deal', itemsOf(execution, HEARD)[0].dealId, deal);
		},
	],
	[
		'the tab «1С» opens in the deal card, cut off from its address, and for nobody else',
		async ({ n8n, showroom: { portal }, story }) => {
			await n8n.publishes(PICKER);
			const address = await tabAddress(n8n, PICKER);
			// n8n opens the two doors of a webhook node one after the other.
			for (const method of ['GET', 'POST']) {
				const answers = async () => (await fetch(address, { method })).status !== 404;
				await until(`the tab by ${method}`, 15, answers);
			}
			const seen = await looksAtTab(portal, address, story.deals.prepaid);
			expectSame('statuses', seen.statuses, [200, 403]);
			expectSame('sandbox', /sandbox (?!.*allow-same-origin)/.test(seen.policy), true);
			expectSame('nonce', /script-src 'nonce-/.test(seen.policy), true);
			expectSame('preflight', seen.preflight, 'null authorization,content-type');
			expectSame('deal', seen.deal.id, story.deals.prepaid);
			expectSame('a guessed pass', seen.guessed, 403);
		},
	],
	[
		'the editor shows the prepaid workflow with no broken node',
		async ({ editor }) => {
			await editor.opensWorkflow(PREPAID);
			await editor.screenshot('prepaid');
			const names = await editor.nodeNames();
			if (!names.includes('Что это значит для сделки'))
				throw new Error(`The canvas shows ${names.join(', ')}`);
			expectSame('page errors', editor.pageErrors, []);
		},
	],
	[
		'the table of stages offers the stages of the portal, and a changed row changes what happens',
		async ({ n8n, showroom, editor }) => {
			const deal = sells(showroom, 'По измененной строке');
			showroom.portal.manager.moves(deal, 'ORDER_1C');
			await until('the order', POLL_SECONDS, () => hasOrder(showroom, deal));
			await editor.opensNode('Что это значит для сделки');
			await editor.screenshot('status-map');
			const stages = await editor.optionsOf('dealRows.row[0].stage');
			const wanted = stages.find((name) =>
				name.endsWith(`› ${showroom.portal.sees.stageName('APOLOGY')}`),
			);
			if (!wanted) throw new Error(`The pick-list shows ${stages.join(', ')}`);
			await editor.chooses('dealRows.row[0].closed', 'Any');
			await until('the doubt under the table', 20, async () =>
				(await editor.panelText()).includes('✗ Deal row 1: it wins the deal while its order in 1C'),
			);
			await editor.screenshot('status-map-doubt');
			await editor.chooses('dealRows.row[0].closed', 'Closed Either Way');
			await editor.chooses('dealRows.row[0].stage', wanted);
			await editor.screenshot('status-map-changed');
			await editor.closesNode();
			await pause(3000);
			await n8n.publishes(PREPAID);
			showroom.base.storekeeper.ships({ order: String(ordersOf(showroom, deal)[0].Ref_Key) });
			const expected = showroom.portal.sees.stageName('APOLOGY');
			await until(`«${expected}»`, POLL_SECONDS, () => stageOf(showroom, deal) === expected);
		},
	],
	[
		'a deal of the past is tried without writing, and the mapping is told in words',
		async ({ showroom: { portal }, story, editor }) => {
			const deal = story.deals.prepaid;
			const before = JSON.stringify([portal.sees.deal(deal), portal.sees.timeline('deal', deal)]);
			await editor.opensNode('Сделка для пробы');
			await editor.chooses('dealId', String(portal.sees.deal(deal).title));
			await editor.closesNode();
			await pause(3000);
			const run = await editor.runsWorkflow('Проверить без записи');
			await editor.screenshot('prepaid-tried');
			const [{ text, issues }] = itemsOf(run, 'Настройка словами');
			expectSame('issues', (issues as string[]).length, 1);
			expectSame('first row', String(text).includes('1. Сделка в стадии «Счет в 1С»'), true);
			const [tried] = itemsOf(run, 'Какой документ нужен', 3);
			expectSame('tried', tried.dealId, deal);
			const judged = itemsOf(run, 'Что это значит для сделки', 4);
			expectSame(
				'judged',
				judged.map(({ dealId }) => dealId),
				[deal, deal],
			);
			const after = JSON.stringify([portal.sees.deal(deal), portal.sees.timeline('deal', deal)]);
			expectSame('the deal', after, before);
		},
	],
	[
		'a power failure loses nothing and doubles nothing',
		async ({ n8n, showroom }) => {
			const before = sells(showroom, 'До сбоя');
			showroom.portal.manager.moves(before, 'ORDER_1C');
			await until('the order', POLL_SECONDS, () => hasOrder(showroom, before));
			await n8n.kills();
			showroom.base.storekeeper.ships({ order: String(ordersOf(showroom, before)[0].Ref_Key) });
			const during = sells(showroom, 'Во время сбоя');
			showroom.portal.manager.moves(during, 'ORDER_1C');
			await n8n.starts();
			const won = showroom.portal.sees.stageName('APOLOGY');
			await until('the order made', POLL_SECONDS, () => hasOrder(showroom, during));
			await until('the deal shipped', POLL_SECONDS, () => stageOf(showroom, before) === won);
			for (const deal of [before, during]) {
				expectSame('orders', ordersOf(showroom, deal).length, 1);
			}
		},
	],
	[
		'nothing in the browser called another host',
		async ({ editor }) => {
			expectSame('external requests', editor.externalRequests, []);
			await Promise.resolve();
		},
	],
];

const main = async (): Promise<void> => {
	const showroom = await openShowroom();
	const n8n = await prepareN8n();
	let failed = 0;
	try {
		await furnish(n8n, showroom);
		await n8n.starts();
		const story = await tells(n8n, showroom, () => undefined);
		console.log('✓ the story is told to its end');
		const editor = await openEditor(n8n);
		for (const [name, check] of CHECKS) {
			try {
				await check({ n8n, showroom, story, editor });
				console.log(`✓ ${name}`);
			} catch (error) {
				failed += 1;
				console.log(`✗ ${name}\n  ${String(error)}`);
				await editor.screenshot(`failed-${failed}`);
			}
		}
		await editor.closes();
	} finally {
		await n8n.stops();
		await showroom.closes();
	}
	console.log(`${CHECKS.length + 1 - failed} passed, ${failed} failed`);
	process.exitCode = failed > 0 ? 1 : 0;
};

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
