import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { ListOperation, Outcome, Resource } from '../../shared/operation';
import type { ItemParameters } from '../../shared/parameters';
import { settled, type Settled } from '../../shared/settled';
import { numberSchema, objectSchema, requiredText, textSchema } from '../../shared/valueSchemas';
import type { CoMagicClient } from '../client';
import { DEALS, LEADS, uploadHistory, type History, type HistoryRow } from '../crmHistory';
import { asText } from '../period';
import { readMoment } from './fields';

const TYPES = ['call', 'chat', 'email', 'goal', 'offline_message'] as const;

const commonFields = (what: string, id: string): INodeProperties[] => [
	{
		displayName: `${what} ID`,
		name: 'externalId',
		type: 'string',
		default: `={{ $json.${id} }}`,
		required: true,
		description: 'As the CRM numbers it; the first upload creates, later ones add a stage',
	},
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '={{ $json.title }}',
		required: true,
	},
	{
		displayName: 'Created',
		name: 'created',
		type: 'dateTime',
		default: '={{ $json.createdTime }}',
		required: true,
	},
	{
		displayName: 'Stage ID',
		name: 'stage',
		type: 'string',
		default: '={{ $json.stageId }}',
		required: true,
		description: 'The account has to know the stage: make the funnel there first',
	},
	{
		displayName: 'Stage Changed',
		name: 'stageChanged',
		type: 'dateTime',
		default: '={{ $json.movedTime ?? $json.createdTime }}',
		required: true,
		description: 'Since when it stands in the stage; must not go back',
	},
	{
		displayName: 'Communication',
		name: 'communication',
		type: 'string',
		default: '={{ $json.originId }}',
		placeholder: 'call:784601',
		description:
			'Type and ID of the communication it came from, as the lead intake writes them into the CRM. Leave empty when there was none.',
	},
	{
		displayName: 'More Fields',
		name: 'more',
		type: 'json',
		default: '{}',
		description: 'Other fields of the method, as the documentation names them',
	},
];

const communicationSchema = textSchema.pipe(
	z.string().regex(/^(|[a-z_]+:\d+)$/, 'must be a type and an ID, such as call:784601'),
);

const typeSchema = z.enum(TYPES, { message: 'has a type CoMagic does not know' });

const communicationIn = (item: ItemParameters): Record<string, unknown> => {
	const [type, id] = item.read('communication', 'Communication', communicationSchema).split(':');
	if (!id) return {};
	return { communication_id: Number(id), communication_type: typeSchema.parse(type) };
};

const commonRow = async (client: CoMagicClient, item: ItemParameters): Promise<HistoryRow> => {
	const timeZone = await client.timeZone();
	const created = await readMoment(client, item, 'created', 'Created');
	const moved = await readMoment(client, item, 'stageChanged', 'Stage Changed');
	return {
		...item.read('more', 'More Fields', objectSchema),
		...communicationIn(item),
		ext_id: item.read('externalId', 'ID', requiredText),
		name: item.read('name', 'Name', requiredText),
		stage_ext_id: item.read('stage', 'Stage ID', requiredText),
		created_date_time: asText(created, timeZone),
		// A card may have been moved by its creation, in the same second.
		modified_stage_date_time: asText(Math.max(created, moved), timeZone),
	};
};

const uploading = (
	history: History,
	words: Pick<ListOperation<CoMagicClient>, 'value' | 'name' | 'action' | 'description'>,
	properties: INodeProperties[],
	read: (client: CoMagicClient, item: ItemParameters) => Promise<HistoryRow>,
): ListOperation<CoMagicClient> => ({
	...words,
	properties,
	async forAll(client, items) {
		const rows: Array<Settled<HistoryRow>> = [];
		for (const item of items) rows.push(await settled(async () => await read(client, item)));
		const good = rows.flatMap(({ value }) => (value ? [value] : []));
		const uploaded = await uploadHistory(client, history, good);
		return rows.map(({ value, error }): Outcome => {
			if (error) return { problem: error };
			const outcome = uploaded[good.indexOf(value)];
			return 'problem' in outcome ? outcome : { items: [{ json: { ...value, ...outcome } }] };
		});
	},
});

const uploadLeads = uploading(
	LEADS,
	{
		value: 'uploadLeads',
		name: 'Upload Leads',
		action: 'Upload leads and their stages',
		description: 'Tell CoMagic where leads of the CRM stand',
	},
	commonFields('Lead', 'leadId'),
	commonRow,
);

const uploadDeals = uploading(
	DEALS,
	{
		value: 'uploadDeals',
		name: 'Upload Deals',
		action: 'Upload deals and their stages',
		description: 'Tell CoMagic where deals stand and what they bring; known stages are left alone',
	},
	[
		...commonFields('Deal', 'dealId'),
		{
			displayName: 'Funnel ID',
			name: 'funnel',
			type: 'string',
			default: '={{ String($json.categoryId ?? $json.pipelineId) }}',
			required: true,
			description: 'As the account knows it (ext_id of the sales funnel)',
		},
		{
			displayName: 'Revenue',
			name: 'revenue',
			type: 'string',
			default: '={{ $json.opportunity }}',
		},
		{
			displayName: 'Lead ID',
			name: 'leadId',
			type: 'string',
			default: '={{ $json.leadId }}',
			description: 'The lead the deal came from, when it was uploaded too',
		},
	],
	async (client, item) => {
		const lead = item.read('leadId', 'Lead ID', textSchema);
		return {
			...(await commonRow(client, item)),
			sales_funnel_ext_id: item.read('funnel', 'Funnel ID', requiredText),
			revenue: item.read('revenue', 'Revenue', numberSchema),
			...(lead && lead !== '0' ? { lead_ext_id: lead } : {}),
		};
	},
);

export const crmHistory: Resource<CoMagicClient> = {
	value: 'crmHistory',
	name: 'CRM History (Лиды И Сделки)',
	operations: [uploadDeals, uploadLeads],
};
