import {
	NodeConnectionTypes,
	NodeOperationError,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { connect, WEBHOOK_CREDENTIAL } from '../Bitrix24/connect';
import { readStageMap } from '../DealStageMap/table';
import type { StageMap } from '../exchange/stageMap';
import { asNodeError } from '../shared/decideEach';
import { due, type Memory } from '../shared/repeat';
import { findDemands, type DealDemand } from './demands';
import { dealOf, isGenuine } from './wakeUp';

/** A deal that cannot go through is tried again at least so often. */
const LONGEST_PAUSE = 3_600_000;

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

export class Bitrix24Trigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix24 Trigger',
		name: 'bitrix24Trigger',
		icon: { light: 'file:../Bitrix24/bitrix24.svg', dark: 'file:../Bitrix24/bitrix24.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["mode"] === "webhook" ? "outgoing webhook" : "deals that lack a 1C document" }}',
		description: 'Starts for deals whose stage demands a 1C document they do not have yet',
		defaults: { name: 'Bitrix24 Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'bitrix24WebhookApi', required: true }],
		webhooks: [
			{
				name: 'default',
				// n8n registers no webhook for an empty method; polling by hand works only where none is registered.
				httpMethod: '={{ $parameter["mode"] === "webhook" ? "POST" : "" }}',
				responseMode: 'onReceived',
				path: 'bitrix24',
				ndvHideMethod: true,
				ndvHideUrl: '={{ $parameter["mode"] !== "webhook" }}',
			},
		],
		properties: [
			{
				displayName: 'Mode',
				name: 'mode',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Poll',
						value: 'poll',
						description: 'Look regularly which deals lack a document; loses nothing',
					},
					{
						name: 'Outgoing Webhook',
						value: 'webhook',
						description:
							'Look at a deal as soon as Bitrix24 calls; use it beside a polling trigger',
					},
				],
				default: 'poll',
			},
			{
				displayName:
					'Which stages demand a document is read from the Deal Stage Map that follows this trigger.',
				name: 'pollNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { mode: ['poll'] } },
			},
			{
				displayName:
					'Make an outgoing webhook in Bitrix24 for the events ONCRMDEALADD and ONCRMDEALUPDATE with the URL above, and put its token into the credential. Bitrix24 never repeats a lost call, so keep a polling trigger beside this one.',
				name: 'webhookNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { mode: ['webhook'] } },
			},
		],
	};

	/** The outgoing webhook is made by hand in the portal: event.bind is refused to inbound webhooks. */
	webhookMethods = {
		default: {
			checkExists: async (): Promise<boolean> => await Promise.resolve(true),
			create: async (): Promise<boolean> => await Promise.resolve(true),
			delete: async (): Promise<boolean> => await Promise.resolve(true),
		},
	} satisfies Record<string, Record<string, (this: IHookFunctions) => Promise<boolean>>>;

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		if (this.getNodeParameter('mode') === 'webhook') return null;
		try {
			const now = Date.now();
			const demands = await findDemands(await connect(this), mapsAfter(this), now);
			if (this.getMode() === 'manual') return demands.length > 0 ? [asItems(demands)] : null;
			const state = this.getWorkflowStaticData('node');
			const { emit, memory } = due((state.deals ?? {}) as Memory, demands, now, LONGEST_PAUSE);
			state.deals = memory;
			return emit.length > 0 ? [asItems(emit)] : null;
		} catch (error) {
			throw asNodeError(this, error);
		}
	}

	/**
	 * A wake-up: the answer goes out at once, because Bitrix24 slows its queue down for slow receivers. What is
	 * not found now is found by the next poll, so a failure here loses nothing.
	 */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { applicationToken } = await this.getCredentials(WEBHOOK_CREDENTIAL);
		const response = this.getResponseObject();
		const body = this.getBodyData();
		if (!isGenuine(body, String(applicationToken ?? ''))) {
			response.status(403).end();
			return { noWebhookResponse: true };
		}
		response.status(200).end();
		const deal = dealOf(body);
		if (deal === null) return { noWebhookResponse: true };
		try {
			const demands = await findDemands(await connect(this), mapsAfter(this), Date.now(), [deal]);
			return {
				noWebhookResponse: true,
				...(demands.length > 0 ? { workflowData: [asItems(demands)] } : {}),
			};
		} catch (error) {
			this.logger.warn(
				`Bitrix24 Trigger could not look at deal ${deal}: ${asNodeError(this, error).message}`,
			);
			return { noWebhookResponse: true };
		}
	}
}
