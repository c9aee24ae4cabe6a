import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { reportOf } from '../../../exchange/connectionReport';
import { CHAINS } from '../../../exchange/presets';
import type { ItemOperation, Resource } from '../../../shared/operation';
import type { ItemParameters } from '../../../shared/parameters';
import { checkPortal } from '../../check/checkPortal';
import type { Bitrix24Client } from '../../rest/client';
import { setUpLeads } from '../../setup/leadSetup';
import { setUpPortal } from '../../setup/portalSetup';
import { textSchema } from '../../../shared/valueSchemas';

const dryRunField: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: true,
	description: 'Whether to only say what would be created',
};

const pipelineField: INodeProperties = {
	displayName: 'Pipeline Name or ID',
	name: 'pipeline',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getPipelines' },
	default: '0',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

const chainField: INodeProperties = {
	displayName: 'Chain',
	name: 'chain',
	type: 'options',
	options: [
		{ name: 'Prepaid (По Предоплате)', value: 'prepaid' },
		{ name: 'Postpaid (По Факту Отгрузки)', value: 'postpaid' },
	],
	default: 'prepaid',
};

const readPipeline = (item: ItemParameters): string =>
	item.read(
		'pipeline',
		'Pipeline',
		textSchema.pipe(z.string().regex(/^\d+$/, 'must be a pipeline number')),
	);

const setUp: ItemOperation<Bitrix24Client> = {
	value: 'setUp',
	name: 'Set Up',
	action: 'Set up a portal for the exchange',
	description: 'Create the deal fields and stages the exchange needs; what exists is left alone',
	properties: [pipelineField, chainField, dryRunField],
	async forEach(client, item) {
		const pipeline = readPipeline(item);
		const chain = item.read('chain', 'Chain', z.enum(CHAINS));
		const dryRun = item.read('dryRun', 'Dry Run', z.boolean());
		const steps = await setUpPortal(client, pipeline, chain, dryRun);
		return steps.map((step): IDataObject => ({ ...step }));
	},
};

const setUpLeadIntake: ItemOperation<Bitrix24Client> = {
	value: 'setUpLeadIntake',
	name: 'Set Up Lead Intake',
	action: 'Set up a portal for lead intake',
	description: 'Create the fields of leads and deals that contacts need; what exists is left alone',
	properties: [
		{
			displayName: 'Source for Chats',
			name: 'chatSource',
			type: 'boolean',
			default: false,
			description:
				'Whether to add «Чат (CoMagic)» to the list of sources, which has no value for chats. Without it leads of chats say Web Site.',
		},
		dryRunField,
	],
	async forEach(client, item) {
		const chatSource = item.read('chatSource', 'Source for Chats', z.boolean());
		const dryRun = item.read('dryRun', 'Dry Run', z.boolean());
		const steps = await setUpLeads(client, chatSource, dryRun);
		return steps.map((step): IDataObject => ({ ...step }));
	},
};

const checkConnection: ItemOperation<Bitrix24Client> = {
	value: 'checkConnection',
	name: 'Check Connection',
	action: 'Check the connection with a portal',
	description:
		'What stands in the way of the exchange: access, scopes, modes, fields, stages, catalogue, limits. Only reads.',
	properties: [
		pipelineField,
		chainField,
		{
			displayName: 'Lead Intake',
			name: 'leadIntake',
			type: 'boolean',
			default: false,
			description: 'Whether to check what the lead intake of CoMagic needs, too',
		},
	],
	async forEach(client, item) {
		const probes = await checkPortal(client.impatient, {
			pipeline: readPipeline(item),
			chain: item.read('chain', 'Chain', z.enum(CHAINS)),
			leadIntake: item.read('leadIntake', 'Lead Intake', z.boolean()),
		});
		return reportOf('Битрикс24', probes) as unknown as IDataObject[];
	},
};

export const portal: Resource<Bitrix24Client> = {
	value: 'portal',
	name: 'Portal',
	operations: [setUp, setUpLeadIntake, checkConnection],
};
