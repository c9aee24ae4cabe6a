import { randomUUID } from 'node:crypto';
import {
	NodeConnectionTypes,
	type IDataObject,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { nodeOf } from '../OneC/changes/exchangeNode';
import { connect, ONEC_CREDENTIAL } from '../OneC/connect';
import { searchEntities } from '../OneC/listSearch';
import { getExchangeNodes } from '../OneC/options';
import { entitySchema } from '../OneC/resources/entityLocator';
import { asNodeError } from '../shared/nodeError';
import { noSubscription } from '../shared/noSubscription';
import { polled } from '../shared/polled';
import { parse } from '../shared/parameters';
import { due, type Memory } from '../shared/repeat';
import { modeFields, PLAN, PROGRESS, PUSH, SCAN } from './modes';
import { lookAtPlan, pollPlan, type PlanMemory } from './planChanges';
import { sample, scan, type ScanMemory } from './scan';
import { isGenuine, lookOnce } from './wakeUp';
import { newsJson, watch } from './watch';

type Context = IPollFunctions | IWebhookFunctions;

/** What stands in 1C is said again at least once a day, in case nobody heard it. */
const LONGEST_PAUSE = 86_400_000;

/** Tells this n8n process from the one before it. */
const THIS_PROCESS = randomUUID();

const asItems = (all: IDataObject[]): INodeExecutionData[] => all.map((json) => ({ json }));

const daysOf = (context: Context): number => Number(context.getNodeParameter('days', 180));

const progressNews = async (context: Context): Promise<IDataObject[]> => {
	const days = daysOf(context);
	const session = await connect(context);
	const { news, problems } = await watch(session, days);
	for (const { message } of problems) context.logger.warn(`1C UT Trigger: ${message}`);
	if (context.getMode() === 'manual') return news.map(newsJson);
	const state = context.getWorkflowStaticData('node');
	const remembered = (state.deals ?? {}) as Memory;
	const { emit, memory } = due(remembered, news, session.client.clock.now(), LONGEST_PAUSE);
	/** A sale that could not be read this time is not forgotten. */
	state.deals = problems.length > 0 ? { ...remembered, ...memory } : memory;
	return emit.map(newsJson);
};

/** By hand the changes are only looked at: nothing is taken from the published workflow. */
const planNews = async (context: IPollFunctions): Promise<IDataObject[]> => {
	const node = nodeOf(String(context.getNodeParameter('node')));
	const withObjects = context.getNodeParameter('withObjects') === true;
	const { client } = await connect(context);
	if (context.getMode() === 'manual') {
		return (await lookAtPlan(client, node, withObjects)) as unknown as IDataObject[];
	}
	const state = context.getWorkflowStaticData('node');
	const before = (state.plan ?? {}) as PlanMemory;
	const { items, memory, warning } = await pollPlan(
		client,
		node,
		before,
		THIS_PROCESS,
		withObjects,
	);
	if (warning) context.logger.warn(`1C UT Trigger: ${warning}`);
	state.plan = memory as IDataObject;
	return items as unknown as IDataObject[];
};

const scanNews = async (context: IPollFunctions): Promise<IDataObject[]> => {
	const entity = context.getNodeParameter('entity', '', { extractValue: true });
	const wanted = {
		set: parse(entitySchema, entity, 'Entity'),
		days: daysOf(context),
		filter: String(context.getNodeParameter('filter')).trim(),
		withObjects: context.getNodeParameter('withObjects') === true,
	};
	const { client } = await connect(context);
	if (context.getMode() === 'manual') return (await sample(client, wanted)) as IDataObject[];
	const state = context.getWorkflowStaticData('node');
	const before = (state.scan ?? {}) as ScanMemory;
	const { items, memory } = await scan(client, wanted, before, THIS_PROCESS);
	state.scan = memory as IDataObject;
	return items as IDataObject[];
};

const POLLS: Record<string, (context: IPollFunctions) => Promise<IDataObject[]>> = {
	[PROGRESS]: progressNews,
	[PLAN]: planNews,
	[SCAN]: scanNews,
};

export class OneCTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: '1C UT Trigger',
		name: 'oneCTrigger',
		icon: { light: 'file:../OneC/oneC.svg', dark: 'file:../OneC/oneC.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: `={{ ({ ${PROGRESS}: "progress of linked documents", ${PLAN}: "changes by exchange plan", ${SCAN}: "new or changed objects", ${PUSH}: "call of the base" })[$parameter["event"]] }}`,
		description: 'Starts when something of interest happens in 1C: a payment, a shipment, a change',
		defaults: { name: '1C UT Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: ONEC_CREDENTIAL, required: true }],
		webhooks: [
			{
				name: 'default',
				// n8n registers no webhook for an empty method; polling by hand works only where none is registered.
				httpMethod: `={{ $parameter["event"] === "${PUSH}" ? "POST" : "" }}`,
				responseMode: 'onReceived',
				path: '1c',
				ndvHideMethod: true,
				ndvHideUrl: `={{ $parameter["event"] !== "${PUSH}" }}`,
			},
		],
		properties: modeFields,
	};

	methods = { loadOptions: { getExchangeNodes }, listSearch: { searchEntities } };

	/** The call is made by the base's own code, so there is nothing to subscribe to. */
	webhookMethods = { default: noSubscription };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const poll = POLLS[String(this.getNodeParameter('event'))];
		if (!poll) return null;
		return await polled(this, async () => asItems(await poll(this)));
	}

	/** The answer goes out at once: 1C waits for it. What is not found now is found by the next poll of another trigger. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { pushToken } = await this.getCredentials(ONEC_CREDENTIAL);
		const response = this.getResponseObject();
		const { authorization } = this.getHeaderData() as { authorization?: string };
		if (!isGenuine(authorization, String(pushToken ?? ''))) {
			response.status(401).end();
			return { noWebhookResponse: true };
		}
		response.status(202).end();
		const key = `${this.getWorkflow().id ?? ''} ${this.getNode().id}`;
		try {
			const news = await lookOnce(key, async () => await progressNews(this));
			if (!news || news.length === 0) return { noWebhookResponse: true };
			return { noWebhookResponse: true, workflowData: [asItems(news)] };
		} catch (error) {
			const { message } = asNodeError(this, error);
			this.logger.warn(`1C UT Trigger was called but could not look: ${message}`);
			return { noWebhookResponse: true };
		}
	}
}
