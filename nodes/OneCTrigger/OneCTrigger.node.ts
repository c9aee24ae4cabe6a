import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { connect, ONEC_CREDENTIAL } from '../OneC/connect';
import { asNodeError } from '../shared/decideEach';
import { due, type Memory } from '../shared/repeat';
import { newsJson, watch, type News } from './watch';

/** What stands in 1C is said again at least once a day, in case nobody heard it. */
const LONGEST_PAUSE = 86_400_000;

const asItems = (news: News[]): INodeExecutionData[][] | null =>
	news.length > 0 ? [news.map((one) => ({ json: newsJson(one) }))] : null;

export class OneCTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: '1C UT Trigger',
		name: 'oneCTrigger',
		icon: { light: 'file:../OneC/oneC.svg', dark: 'file:../OneC/oneC.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'progress of linked documents',
		description: 'Starts when a payment, a shipment or a closing changes what 1C says of a deal',
		defaults: { name: '1C UT Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: ONEC_CREDENTIAL, required: true }],
		properties: [
			{
				displayName: 'Trigger On',
				name: 'event',
				type: 'options',
				noDataExpression: true,
				options: [{ name: 'Progress of Linked Documents', value: 'progress' }],
				default: 'progress',
			},
			{
				displayName: 'Watch Documents of the Last Days',
				name: 'days',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 180,
				description: 'How long after its date an invoice or an order is watched',
			},
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		try {
			const session = await connect(this);
			const { news, problems } = await watch(session, Number(this.getNodeParameter('days', 180)));
			for (const { message } of problems) this.logger.warn(`1C UT Trigger: ${message}`);
			if (this.getMode() === 'manual') return asItems(news);
			const state = this.getWorkflowStaticData('node');
			const remembered = (state.deals ?? {}) as Memory;
			const { emit, memory } = due(remembered, news, session.client.clock.now(), LONGEST_PAUSE);
			/** A sale that could not be read this time is not forgotten. */
			state.deals = problems.length > 0 ? { ...remembered, ...memory } : memory;
			return asItems(emit);
		} catch (error) {
			throw asNodeError(this, error);
		}
	}
}
