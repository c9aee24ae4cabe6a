import { randomUUID } from 'node:crypto';
import {
	NodeConnectionTypes,
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import {
	authenticationField,
	connect,
	isApplication,
	portalCredentials,
	readApplication,
	WEBHOOK_CREDENTIAL,
} from '../Bitrix24/rest/connect';
import type { Bitrix24Client } from '../Bitrix24/rest/client';
import { getEvents } from '../Bitrix24/options';
import { readStageMap } from '../DealStageMap/table';
import type { StageMap } from '../exchange/stageMap';
import { asNodeError } from '../shared/nodeError';
import { isStart, polled } from '../shared/polled';
import { due, type Memory } from '../shared/repeat';
import { isSameSecret } from '../shared/secret';
import type { CrmEvent } from './crmEvent';
import { findDemands, type DealDemand } from './demands';
import { callsOf } from './gatheredCalls';
import {
	APP_EVENTS,
	APP_QUEUE,
	DEAL_CHANGES,
	DEMANDS,
	EVENTS,
	modeFields,
	MODES,
	POLL,
} from './modes';
import { listQueue, takeFromQueue, toEvent, type QueueMemory } from './offlineQueue';
import { isSubscribed, subscribe, unsubscribe, type Subscription } from './subscription';
import { addressKey, callerOf, changedDeal, digestOf, eventOf, type Caller } from './wakeUp';

type Context = IPollFunctions | IWebhookFunctions | IHookFunctions;

/** A deal that cannot go through is tried again at least so often. */
const LONGEST_PAUSE = 3_600_000;

/** Tells this n8n process from the one before it. */
const THIS_PROCESS = randomUUID();

/** The editor shows only the modes that work, but keeps a mode that was chosen before the authentication. */
const modeOf = (context: Context): string => {
	const mode = String(context.getNodeParameter('mode'));
	const { application, webhook } = MODES;
	if ((isApplication(context) ? application : webhook).includes(mode)) return mode;
	throw new NodeOperationError(context.getNode(), 'The mode does not fit the authentication.', {
		description: 'Open the node and choose the mode again.',
	});
};

const startsForEvents = (context: Context): boolean =>
	context.getNodeParameter('startFor', DEMANDS) === EVENTS;

const chosenEvents = (context: Context): string[] => {
	const chosen = (context.getNodeParameter('events', []) as string[]).map((name) =>
		name.toUpperCase(),
	);
	if (chosen.length > 0) return [...new Set(chosen)];
	throw new NodeOperationError(context.getNode(), 'No event is chosen.');
};

/** The tables the trigger works for are the ones its own workflow sends the deals to, so nothing is said twice. */
const mapsAfter = (context: IPollFunctions | IWebhookFunctions): StageMap[] => {
	const maps = context
		.getChildNodes(context.getNode().name, { includeNodeParameters: true })
		.filter(({ type, disabled }) => type.endsWith('.dealStageMap') && !disabled)
		.map(({ parameters }) => readStageMap(parameters));
	if (maps.length > 0) return maps;
	throw new NodeOperationError(context.getNode(), 'No Deal Stage Map follows this trigger.', {
		description: 'Connect one: its rows say which stages demand a 1C document.',
	});
};

const asItems = (demands: DealDemand[]): INodeExecutionData[] =>
	demands.map(({ dealId, title, pipelineId, stageId, document }) => ({
		json: { dealId, title, pipelineId, stageId, document },
	}));

const asEventItems = (events: CrmEvent[]): INodeExecutionData[] =>
	events.map((event) => ({ json: { ...event } }));

const output = (items: INodeExecutionData[]): INodeExecutionData[][] | null =>
	items.length > 0 ? [items] : null;

const pollDemands = async (context: IPollFunctions): Promise<INodeExecutionData[]> => {
	const now = Date.now();
	const maps = mapsAfter(context);
	const demands = await findDemands(await connect(context), maps, now);
	if (context.getMode() === 'manual') return asItems(demands);
	const state = context.getWorkflowStaticData('node');
	const { emit, memory } = due((state.deals ?? {}) as Memory, demands, now, LONGEST_PAUSE);
	state.deals = memory;
	return asItems(emit);
};

/** By hand the queue is only looked at: nothing is taken from the published workflow. */
const pollQueue = async (context: IPollFunctions): Promise<INodeExecutionData[]> => {
	const wanted = chosenEvents(context);
	const client = await connect(context);
	if (context.getMode() === 'manual') {
		return asEventItems((await listQueue(client, wanted)).map(toEvent));
	}
	const state = context.getWorkflowStaticData('node');
	const before = (state.queue ?? {}) as QueueMemory;
	const { events, memory } = await takeFromQueue(client, wanted, before, THIS_PROCESS);
	state.queue = memory as IDataObject;
	return asEventItems(events);
};

const withSubscription = async <T>(
	context: IHookFunctions | IPollFunctions,
	address: string,
	work: (client: Bitrix24Client, subscription: Subscription) => Promise<T>,
): Promise<T> => {
	const events = startsForEvents(context) ? chosenEvents(context) : DEAL_CHANGES;
	const { clientSecret } = await readApplication(context);
	return await work(await connect(context), {
		events,
		address,
		key: addressKey(clientSecret, context.getNode().id),
	});
};

/** Addresses of triggers whose subscription was not looked at when n8n started. */
const unsettled = new Map<string, string>();

const keyOf = (context: IHookFunctions | IPollFunctions): string =>
	`${context.getWorkflow().id ?? ''} ${context.getNode().id}`;

/** A start of n8n waits for no portal (see shared/polled): the subscription is looked at by the first poll after it. */
const atActivation = async (
	context: IHookFunctions,
	work: (client: Bitrix24Client, subscription: Subscription) => Promise<unknown>,
): Promise<boolean> => {
	const address = String(context.getNodeWebhookUrl('default'));
	if (isStart(context.getActivationMode())) {
		unsettled.set(keyOf(context), address);
		return true;
	}
	try {
		return (await withSubscription(context, address, work)) !== false;
	} catch (error) {
		throw asNodeError(context, error);
	}
};

const settleSubscription = async (context: IPollFunctions): Promise<INodeExecutionData[]> => {
	const address = unsettled.get(keyOf(context));
	if (address === undefined) return [];
	await withSubscription(context, address, subscribe);
	unsettled.delete(keyOf(context));
	return [];
};

/**
 * The first call that knows the key of the address tells the application's token; from then on it must be the same
 * token. Only its digest is kept.
 */
const isApplicationCalling = async (
	context: IWebhookFunctions,
	{ token, memberId }: Caller,
): Promise<boolean> => {
	const { access, clientSecret } = await readApplication(context);
	const { key } = context.getQueryData() as { key?: unknown };
	const expected = addressKey(clientSecret, context.getNode().id);
	if (!isSameSecret(String(key ?? ''), expected)) return false;
	if (access.memberId !== '' && memberId !== access.memberId) return false;
	const state = context.getWorkflowStaticData('node');
	state.applicationToken ??= digestOf(token);
	if (isSameSecret(digestOf(token), String(state.applicationToken))) return true;
	context.logger.warn(
		'Bitrix24 Trigger was called with another application token: publish the workflow again if the application was updated.',
	);
	return false;
};

const isGenuine = async (context: IWebhookFunctions): Promise<boolean> => {
	const caller = callerOf(context.getBodyData());
	if (!caller) return false;
	if (modeOf(context) === APP_EVENTS) return await isApplicationCalling(context, caller);
	const { applicationToken } = await context.getCredentials(WEBHOOK_CREDENTIAL);
	return isSameSecret(caller.token, String(applicationToken ?? ''));
};

const itemsFor = async (
	context: IWebhookFunctions,
	event: CrmEvent,
): Promise<INodeExecutionData[]> => {
	if (startsForEvents(context)) return asEventItems([event]);
	const deal = changedDeal(event);
	if (deal === null) return [];
	const calls = callsOf(`${context.getWorkflow().id} ${context.getNode().id}`);
	const demands = await calls.lookInto(deal, async (deals) => {
		const client = await connect(context);
		return await findDemands(client, mapsAfter(context), Date.now(), deals);
	});
	return asItems(demands ?? []);
};

const POLLS: Record<string, (context: IPollFunctions) => Promise<INodeExecutionData[]>> = {
	[POLL]: pollDemands,
	[APP_QUEUE]: pollQueue,
	[APP_EVENTS]: settleSubscription,
};

export class Bitrix24Trigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix24 Trigger',
		name: 'bitrix24Trigger',
		icon: { light: 'file:../Bitrix24/bitrix24.svg', dark: 'file:../Bitrix24/bitrix24.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ { webhook: "outgoing webhook", appEvents: "app events", appQueue: "app event queue" }[$parameter["mode"]] || "deals that lack a 1C document" }}',
		description:
			'Starts for deals whose stage demands a 1C document they do not have yet, or for any event of the CRM',
		defaults: { name: 'Bitrix24 Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: portalCredentials,
		webhooks: [
			{
				name: 'default',
				// n8n registers no webhook for an empty method; polling by hand works only where none is registered.
				httpMethod: '={{ ["webhook", "appEvents"].includes($parameter["mode"]) ? "POST" : "" }}',
				responseMode: 'onReceived',
				path: 'bitrix24',
				ndvHideMethod: true,
				ndvHideUrl: '={{ $parameter["mode"] !== "webhook" }}',
			},
		],
		properties: [authenticationField, ...modeFields],
	};

	methods = { loadOptions: { getEvents } };

	/** An outgoing webhook is made by hand in the portal: event.bind is refused to inbound webhooks. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return modeOf(this) !== APP_EVENTS || (await atActivation(this, isSubscribed));
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await atActivation(this, subscribe);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				if (modeOf(this) === APP_EVENTS) await atActivation(this, unsubscribe);
				unsettled.delete(keyOf(this));
				delete this.getWorkflowStaticData('node').applicationToken;
				return true;
			},
		},
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const poll = POLLS[modeOf(this)];
		return poll ? await polled(this, async () => await poll(this)) : null;
	}

	/**
	 * A wake-up: the answer goes out at once, because Bitrix24 slows its queue down for slow receivers. What is
	 * not found now is found by the next poll, so a failure here loses nothing.
	 */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const response = this.getResponseObject();
		if (!(await isGenuine(this))) {
			response.status(403).end();
			return { noWebhookResponse: true };
		}
		response.status(200).end();
		const event = eventOf(this.getBodyData());
		if (event === null) return { noWebhookResponse: true };
		try {
			const workflowData = output(await itemsFor(this, event));
			return { noWebhookResponse: true, ...(workflowData ? { workflowData } : {}) };
		} catch (error) {
			this.logger.warn(
				`Bitrix24 Trigger could not look into ${event.event} of ${event.id}: ${asNodeError(this, error).message}`,
			);
			return { noWebhookResponse: true };
		}
	}
}
