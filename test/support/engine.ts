/**
 * n8n's real engine without a server: workflow files run through n8n-core, triggers are polled and called as n8n
 * polls and calls them. Nothing of the nodes is replaced; of n8n's own nodes only those that do nothing but start,
 * end or explain a workflow stand in as empty ones.
 */
import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import {
	ExecutionLifecycleHooks,
	HookContext,
	LoadOptionsContext,
	PollContext,
	WebhookContext,
	WorkflowExecute,
} from 'n8n-core';
import {
	IsolateError,
	NodeConnectionTypes,
	NodeHelpers,
	NodeOperationError,
	Workflow,
	type ICredentialDataDecryptedObject,
	type IBinaryKeyData,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IVersionedNodeType,
	type IWebhookData,
	type IWebhookDescription,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type NodeParameterValueType,
	type ResourceMapperField,
	type ResourceMapperFields,
	type WorkflowActivateMode,
} from 'n8n-workflow';
import { Bitrix24 } from '../../nodes/Bitrix24/Bitrix24.node';
import { Bitrix24Trigger } from '../../nodes/Bitrix24Trigger/Bitrix24Trigger.node';
import { CatalogSync } from '../../nodes/CatalogSync/CatalogSync.node';
import { CoMagic } from '../../nodes/CoMagic/CoMagic.node';
import { CoMagicTrigger } from '../../nodes/CoMagicTrigger/CoMagicTrigger.node';
import { MappingReport } from '../../nodes/MappingReport/MappingReport.node';
import { DealStageMap } from '../../nodes/DealStageMap/DealStageMap.node';
import { ExchangeCheck } from '../../nodes/ExchangeCheck/ExchangeCheck.node';
import { InvoicePrint } from '../../nodes/InvoicePrint/InvoicePrint.node';
import { OneC } from '../../nodes/OneC/OneC.node';
import { OneCPickerTrigger } from '../../nodes/OneCPickerTrigger/OneCPickerTrigger.node';
import { OneCStatusMap } from '../../nodes/OneCStatusMap/OneCStatusMap.node';
import { OneCTrigger } from '../../nodes/OneCTrigger/OneCTrigger.node';
import { Credentials } from './credentials';

const empty = (name: string, trigger: boolean): INodeType => ({
	description: {
		displayName: name,
		name,
		group: [trigger ? 'trigger' : 'transform'],
		version: 1,
		description: '',
		defaults: { name },
		inputs: trigger ? [] : [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute() {
		return await Promise.resolve([this.getInputData()]);
	},
});

/** n8n's own node that fails the execution on purpose. */
const stopAndError: INodeType = {
	description: {
		...empty('stopAndError', false).description,
		properties: [
			{ displayName: 'Error Message', name: 'errorMessage', type: 'string', default: '' },
		],
	},
	async execute() {
		const message = String(this.getNodeParameter('errorMessage', 0));
		return await Promise.reject(new NodeOperationError(this.getNode(), message));
	},
};

/** What an agent sees of a tool. */
interface Tool {
	name: string;
	description: string;
	invoke(input: IDataObject): Promise<string>;
}

/** An agent that does as its items say instead of asking a model: which tool it calls, and with what. */
const agent: INodeType = {
	description: {
		...empty('agent', false).description,
		inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
	},
	async execute() {
		const tools = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool[];
		const answers: INodeExecutionData[] = [];
		for (const { json } of this.getInputData()) {
			const tool = tools.find(({ name }) => name === json.tool);
			if (!tool) throw new Error(`The agent has no ${String(json.tool)}`);
			const answer = await tool.invoke(json.input as IDataObject);
			answers.push({ json: { description: tool.description, answer } });
		}
		return [answers];
	},
};

/** The twin n8n makes of a node an agent may use: it differs in its connections alone. */
const asTool = (type: INodeType): INodeType =>
	Object.assign(Object.create(type) as INodeType, {
		description: {
			...type.description,
			name: `${type.description.name}Tool`,
			inputs: [],
			outputs: [NodeConnectionTypes.AiTool],
		},
	});

const PACKAGE = 'n8n-nodes-bitrix24-1c';

const TYPES: Record<string, INodeType> = {
	'n8n-nodes-base.stickyNote': empty('stickyNote', false),
	'n8n-nodes-base.manualTrigger': empty('manualTrigger', true),
	'n8n-nodes-base.scheduleTrigger': empty('scheduleTrigger', true),
	'n8n-nodes-base.noOp': empty('noOp', false),
	'n8n-nodes-base.stopAndError': stopAndError,
	'@n8n/n8n-nodes-langchain.agent': agent,
	[`${PACKAGE}.bitrix24`]: new Bitrix24(),
	[`${PACKAGE}.bitrix24Trigger`]: new Bitrix24Trigger(),
	[`${PACKAGE}.catalogSync`]: new CatalogSync(),
	[`${PACKAGE}.coMagic`]: new CoMagic(),
	[`${PACKAGE}.coMagicTrigger`]: new CoMagicTrigger(),
	[`${PACKAGE}.dealStageMap`]: new DealStageMap(),
	[`${PACKAGE}.exchangeCheck`]: new ExchangeCheck(),
	[`${PACKAGE}.mappingReport`]: new MappingReport(),
	[`${PACKAGE}.invoicePrint`]: new InvoicePrint(),
	[`${PACKAGE}.oneC`]: new OneC(),
	[`${PACKAGE}.oneCStatusMap`]: new OneCStatusMap(),
	[`${PACKAGE}.oneCPickerTrigger`]: new OneCPickerTrigger(),
	[`${PACKAGE}.oneCTrigger`]: new OneCTrigger(),
};

for (const [name, type] of Object.entries(TYPES)) {
	if (type.description.usableAsTool) TYPES[`${name}Tool`] = asTool(type);
}

/** Puts a node in place of the one made of the sources, such as the built one. */
export const installs = (name: string, node: INodeType): void => {
	TYPES[`${PACKAGE}.${name}`] = node;
};

class NodeTypes implements INodeTypes {
	getByName(type: string): INodeType | IVersionedNodeType {
		if (!TYPES[type])
			throw new Error(`The workflow uses a node the package does not have: ${type}`);
		return TYPES[type];
	}
	getByNameAndVersion(type: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(type), version);
	}
	getKnownTypes(): IDataObject {
		return {};
	}
}

/** Where n8n would listen. Nobody does, unless a test opens a door there (see door.ts). */
const LOCAL = 'http://127.0.0.1:5678';

/** Every address must be a valid one, or each getNodeParameter fails with "Invalid URL". */
const additionalData = (
	credentials: Credentials,
	workflow: IWorkflowBase,
	address: string,
): IWorkflowExecuteAdditionalData =>
	({
		credentialsHelper: credentials,
		hooks: new ExecutionLifecycleHooks('trigger', 'execution', workflow),
		executionId: 'execution',
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: `${address}/rest`,
		instanceBaseUrl: `${address}/`,
		formWaitingBaseUrl: `${address}/form-waiting`,
		webhookBaseUrl: `${address}/webhook`,
		webhookWaitingBaseUrl: `${address}/webhook-waiting`,
		webhookTestBaseUrl: `${address}/webhook-test`,
		setExecutionStatus: () => undefined,
		logAiEvent: () => undefined,
	}) as unknown as IWorkflowExecuteAdditionalData;

export const workflowFile = (name: string): IWorkflowBase =>
	JSON.parse(readFileSync(join(__dirname, '../../workflows', name), 'utf8')) as IWorkflowBase;

/** What a run left on each node's outputs. */
export class Finished {
	constructor(private readonly run: IRun) {}

	/** Items of one output of a node; none when the node did not run. */
	items(node: string, output = 0): IDataObject[] {
		const runs = this.run.data.resultData.runData[node] ?? [];
		return runs.flatMap(({ data }) => (data?.main[output] ?? []).map(({ json }) => json));
	}

	/** Which input item each item of the first output comes from. */
	origins(node: string): unknown[] {
		const runs = this.run.data.resultData.runData[node] ?? [];
		const items = runs.flatMap(({ data }) => data?.main[0] ?? []);
		return items.map(({ pairedItem }) => (pairedItem as { item: number } | undefined)?.item);
	}

	/** Files that left the first output of a node. */
	files(node: string): IBinaryKeyData[] {
		const runs = this.run.data.resultData.runData[node] ?? [];
		const items = runs.flatMap(({ data }) => data?.main[0] ?? []);
		return items.flatMap(({ binary }) => (binary ? [binary] : []));
	}

	get error(): string | undefined {
		return this.run.data.resultData.error?.message;
	}

	/** What the editor shows below the error. */
	get remedy(): string | undefined {
		return this.run.data.resultData.error?.description ?? undefined;
	}

	/** All that n8n would store of this execution, as text. */
	get record(): string {
		return JSON.stringify(this.run.data.resultData, (_, value: unknown) =>
			value instanceof Error ? { ...value, message: value.message, stack: value.stack } : value,
		);
	}
}

/**
 * Where n8n evaluates the expressions of a poll. All triggers of a workflow share it, and whichever is done first closes it
 * for the others [n8n 2.41, poll-trigger-executor], at worst as soon as a poll waits for anything.
 */
const roomOf = (context: PollContext): { close(): void } => {
	const read = PollContext.prototype.getNodeParameter;
	let isOpen = true;
	context.getNodeParameter = (...args: Parameters<typeof read>): NodeParameterValueType => {
		if (isOpen) return read.apply(context, args) as NodeParameterValueType;
		throw new IsolateError('No bridge acquired for this context. Call acquire() first.');
	};
	return { close: () => (isOpen = false) };
};

/** A published workflow: its triggers keep what they remember between polls. */
export class RunningWorkflow {
	private readonly workflow: Workflow;
	private readonly credentials: Credentials;
	/** With what n8n polls the triggers it has started. */
	private readonly started = new Map<string, PollContext>();
	/** Where the outside world reaches its webhooks. */
	address = LOCAL;

	constructor(
		readonly source: IWorkflowBase,
		/** Its own ones, or those it shares with other workflows. */
		credentials: Credentials | Record<string, ICredentialDataDecryptedObject>,
		/** What an earlier run of n8n has left of the triggers' memory. */
		memory: IDataObject = {},
	) {
		this.credentials =
			credentials instanceof Credentials ? credentials : new Credentials(credentials);
		this.workflow = new Workflow({
			id: source.id,
			name: source.name,
			nodes: source.nodes,
			connections: source.connections,
			active: true,
			nodeTypes: new NodeTypes(),
			settings: source.settings,
			staticData: memory,
		});
	}

	/** What the triggers remember, as n8n would store it now. */
	get memory(): IDataObject {
		return JSON.parse(JSON.stringify(this.workflow.staticData)) as IDataObject;
	}

	/** n8n publishes the workflow: the trigger subscribes where it is not subscribed yet. */
	async publishes(trigger: string): Promise<void> {
		const { context, methods } = this.hooks(trigger, 'activate');
		if (!(await methods.checkExists.call(context))) await methods.create.call(context);
	}

	/** n8n starts again: it looks after the subscription and polls once, and what fails here keeps the workflow from running. */
	async starts(trigger: string): Promise<Finished | null> {
		const { context, methods } = this.hooks(trigger, 'init');
		if (!(await methods.checkExists.call(context))) await methods.create.call(context);
		const node = this.node(trigger);
		const poll = new PollContext(this.workflow, node, this.data(), 'trigger', 'init');
		this.started.set(trigger, poll);
		return await this.polls(trigger);
	}

	async unpublishes(trigger: string): Promise<void> {
		const { context, methods } = this.hooks(trigger, 'manual');
		await methods.delete.call(context);
	}

	/**
	 * Polls one trigger; what it emits, if anything, runs through the workflow.
	 * @param by "manual" is the button in the editor
	 */
	async polls(trigger: string, by: 'trigger' | 'manual' = 'trigger'): Promise<Finished | null> {
		const node = this.node(trigger);
		const type = TYPES[node.type];
		const started = by === 'trigger' ? this.started.get(trigger) : undefined;
		const context = started ?? new PollContext(this.workflow, node, this.data(), by, 'activate');
		const room = roomOf(context);
		const poll = type.poll?.call(context);
		room.close();
		const emitted = await poll;
		return emitted ? await this.runs(trigger, emitted[0]) : null;
	}

	/** Calls a trigger's webhook as n8n does: the node answers, and what it hands over runs through the workflow. */
	async receives(
		trigger: string,
		body: IDataObject,
		query: IDataObject = {},
	): Promise<{ status: number; run: Finished | null }> {
		const answer = {
			code: 0,
			status: (code: number) => ((answer.code = code), answer),
			end: () => answer,
		};
		const run = await this.answers(trigger, 'POST', { body, query, headers: {} }, answer);
		return { status: answer.code, run };
	}

	/** One request to the trigger's webhook of this method; the node writes its answer into `httpResponse`. */
	async answers(
		trigger: string,
		method: string,
		request: { body: unknown; query: IDataObject; headers: IncomingHttpHeaders },
		httpResponse: unknown,
	): Promise<Finished | null> {
		const node = this.node(trigger);
		const type = TYPES[node.type];
		const webhooks = type.description.webhooks ?? [];
		const data = Object.assign(this.data(), {
			httpRequest: { params: {}, ...request },
			httpResponse,
		}) as unknown as IWorkflowExecuteAdditionalData;
		const webhook = {
			node: node.name,
			webhookDescription:
				webhooks.find((one) => this.methodOf(node, one) === method) ?? webhooks[0],
		} as unknown as IWebhookData;
		const context = new WebhookContext(this.workflow, node, data, 'webhook', webhook, [], null);
		const given = await type.webhook?.call(context);
		const items = given?.workflowData?.[0];
		return items ? await this.runs(trigger, items) : null;
	}

	/** Runs the workflow from a node that has given these items. */
	async runs(start: string, items: INodeExecutionData[]): Promise<Finished> {
		const engine = new WorkflowExecute(this.data(), 'trigger');
		const run = await engine.run({
			workflow: this.workflow,
			startNode: this.node(start),
			pinData: { [start]: items },
		});
		return new Finished(run);
	}

	/** The choices the editor shows in a pick-list of a node. */
	async choices(node: string, method: string): Promise<INodePropertyOptions[]> {
		const { type, context } = this.editor(node);
		const load = type.methods?.loadOptions?.[method];
		if (!load) throw new Error(`${node} has no pick-list ${method}`);
		return await load.call(context);
	}

	/** What the editor finds for a resource locator of a node. */
	async finds(
		node: string,
		method: string,
		text = '',
		page?: string,
	): Promise<INodeListSearchResult> {
		const { type, context } = this.editor(node);
		const search = type.methods?.listSearch?.[method];
		if (!search) throw new Error(`${node} has no search ${method}`);
		return await search.call(context, text, page);
	}

	/** The fields the editor offers in a resource mapper of a node. */
	async fields(node: string, method: string): Promise<ResourceMapperField[]> {
		return (await this.mapper(node, method)).fields;
	}

	/** What the editor shows in a resource mapper that has no fields to offer. */
	async notices(node: string, method: string): Promise<string> {
		return (await this.mapper(node, method)).emptyFieldsNotice ?? '';
	}

	private async mapper(node: string, method: string): Promise<ResourceMapperFields> {
		const { type, context } = this.editor(node);
		const read = type.methods?.resourceMapping?.[method];
		if (!read) throw new Error(`${node} has no fields ${method}`);
		return await read.call(context);
	}

	/** A node while somebody fills it in. */
	private editor(name: string): { type: INodeType; context: LoadOptionsContext } {
		const node = this.node(name);
		const data = { ...this.data(), currentNodeParameters: node.parameters };
		const context = new LoadOptionsContext(this.workflow, node, data, '');
		return { type: TYPES[node.type], context };
	}

	/** The method may depend on a parameter. */
	private methodOf(node: INode, { httpMethod }: IWebhookDescription): unknown {
		return this.workflow.expression.getSimpleParameterValue(node, httpMethod, 'internal', {});
	}

	private hooks(trigger: string, activation: WorkflowActivateMode) {
		const node = this.node(trigger);
		const methods = TYPES[node.type].webhookMethods?.default;
		if (!methods) throw new Error(`${trigger} subscribes to nothing`);
		const context = new HookContext(this.workflow, node, this.data(), 'trigger', activation);
		return { context, methods };
	}

	private node(name: string): INode {
		const node = this.workflow.getNode(name);
		if (!node) throw new Error(`The workflow has no node ${name}`);
		return node;
	}

	private data(): IWorkflowExecuteAdditionalData {
		return additionalData(this.credentials, this.source, this.address);
	}
}
