/** Nodes as tools of an AI agent: it gives what a field leaves to it, and is told in words what went wrong. */
import type { IDataObject, IWorkflowBase } from 'n8n-workflow';
import { openPortal, type Portal } from './standins/bitrix24/portal';
import { RunningWorkflow, type Finished } from './support/engine';

let portal: Portal;

beforeEach(async () => {
	portal = await openPortal();
});
afterEach(async () => await portal.close());

const place = { typeVersion: 1, position: [0, 0] };

const tool = (name: string, parameters: IDataObject) => ({
	...place,
	id: name,
	name,
	type: 'n8n-nodes-bitrix24-1c.bitrix24Tool',
	parameters,
	credentials: { bitrix24WebhookApi: { id: 'webhook', name: 'Вебхук' } },
});

const DEAL_ID = "={{ $fromAI('dealId', 'Number of the deal', 'number') }}";

const TOOLS = [
	tool('read_deal', {
		resource: 'deal',
		operation: 'get',
		dealId: { mode: 'id', value: DEAL_ID },
	}),
	tool('find_deals', {
		resource: 'deal',
		operation: 'getAll',
		filter: `={{ $fromAI('filter', 'Filter of crm.item.list', 'json') }}`,
		options: { select: ['title'] },
	}),
	tool('comment', {
		resource: 'timelineComment',
		operation: 'create',
		entityId: { mode: 'id', value: DEAL_ID },
		text: `={{ $fromAI('text', 'What to write') }}`,
	}),
];

/** The agent calls these tools one after another. */
const calls = async (...wanted: Array<{ tool: string; input: IDataObject }>): Promise<Finished> => {
	const workflow = {
		id: 'w',
		name: 'w',
		active: true,
		nodes: [
			{ ...place, id: 's', name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
			{ ...place, id: 'a', name: 'Agent', type: '@n8n/n8n-nodes-langchain.agent', parameters: {} },
			...TOOLS,
		],
		connections: {
			Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
			...Object.fromEntries(
				TOOLS.map(({ name }) => [
					name,
					{ ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
				]),
			),
		},
		settings: { executionOrder: 'v1' },
		createdAt: new Date(0),
		updatedAt: new Date(0),
	} as unknown as IWorkflowBase;
	const running = new RunningWorkflow(workflow, {
		bitrix24WebhookApi: { secretUrl: portal.webhookUrl },
	});
	return await running.runs(
		'Start',
		wanted.map((json) => ({ json })),
	);
};

const answersOf = (run: Finished): unknown[] =>
	run.items('Agent').map(({ answer }) => JSON.parse(String(answer)) as unknown);

test('an agent finds a deal, reads it and writes to its timeline', async () => {
	portal.manager.createsDeal({ title: 'Двери' });
	const id = portal.manager.createsDeal({ title: 'Окна' });
	const run = await calls(
		{ tool: 'find_deals', input: { filter: { '%title': 'Окн' } } },
		{ tool: 'read_deal', input: { dealId: id } },
		{ tool: 'comment', input: { dealId: id, text: 'Клиент ждет звонка' } },
	);
	expect(answersOf(run)).toEqual([
		[{ dealId: id, id, title: 'Окна' }],
		[expect.objectContaining({ dealId: id, sale: expect.anything() })],
		[expect.objectContaining({ entityId: id, outcome: 'created' })],
	]);
	expect(portal.sees.timeline('deal', id)).toEqual(['Клиент ждет звонка']);
});

test('a tool describes itself by its operation', async () => {
	const id = portal.manager.createsDeal({ title: 'Окна' });
	const [{ description }] = (await calls({ tool: 'read_deal', input: { dealId: id } })).items(
		'Agent',
	);
	expect(description).toMatch(/get.* in Bitrix24/i);
});

test('an agent that names a deal that is not there is told so, and no secret', async () => {
	const run = await calls({ tool: 'read_deal', input: { dealId: 999_999 } });
	expect(run.error).toContain('999999');
	expect(run.record).not.toContain(new URL(portal.webhookUrl).pathname.split('/')[3]);
});
