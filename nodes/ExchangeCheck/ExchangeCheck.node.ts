import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { z } from 'zod';
import { getDemandingStages, getPipelines } from '../Bitrix24/options';
import type { Bitrix24Client } from '../Bitrix24/rest/client';
import {
	authenticationField,
	connect as connectBitrix24,
	portalCredentials,
} from '../Bitrix24/rest/connect';
import { pipelineField, tableField } from '../Bitrix24/tableFields';
import { stageRowsField } from '../DealStageMap/rows';
import { readStageMap } from '../DealStageMap/table';
import { connect as connectOneC, oneCCredentialBesidePortal } from '../OneC/connect';
import type { Session } from '../OneC/session';
import { compareSides, type Finding } from '../exchange/check';
import { reportOf } from '../exchange/checkReport';
import { inRussian } from '../exchange/problem';
import { tableParameters } from '../shared/decideEach';
import type { Outcome } from '../shared/operation';
import { parametersOf } from '../shared/parameters';
import { emit, failAll } from '../shared/runner';
import { settled } from '../shared/settled';
import { dated, type Late } from './late';
import { lookAtBoth, type Wanted } from './look';
import { dealItems, OUTPUTS, reportItems } from './outputs';
import { repairAll } from './repair';
import { idSchema } from '../shared/valueSchemas';

const MINUTE = 60_000;

interface Settings extends Wanted {
	minutes: number;
	dryRun: boolean;
}

const readSettings = (context: IExecuteFunctions): Settings => {
	const [item] = parametersOf(context);
	return {
		map: readStageMap(tableParameters(context, ['pipeline', 'table', 'rows'])),
		days: item.read('days', 'Days', idSchema),
		wonMeansClosed: item.read('wonMeansClosed', 'Won Means Closed in 1C', z.boolean()),
		minutes: item.read('minutes', 'Alert After Minutes', idSchema),
		dryRun: item.read('dryRun', 'Dry Run', z.boolean()),
	};
};

const unread = (problem: Error): Finding => ({
	kind: 'failed',
	dealId: null,
	title: '',
	text: inRussian(problem),
	since: null,
});

const check = async (
	context: IExecuteFunctions,
	client: Bitrix24Client,
	session: Session,
	settings: Settings,
): Promise<Outcome> => {
	const { dryRun, minutes, map } = settings;
	const looked = await lookAtBoth(client, session, settings);
	const now = session.client.clock.now();
	const checkedAt = new Date(now).toISOString();
	const state = context.getWorkflowStaticData('node');
	const all = [...compareSides(looked.both), ...looked.problems.map(unread)];
	const { findings, late } = dated(all, (state.late ?? {}) as Late, checkedAt);
	state.late = late;
	const { mended, left } = dryRun
		? { mended: [], left: findings }
		: await repairAll(client, session, looked.stored, findings);
	const sizes = { deals: looked.both.deals.length, documents: looked.both.documents.length };
	const report = reportOf(left, sizes, looked.lastSuccess, now - minutes * MINUTE);
	const more = { checkedAt, pipeline: map.pipeline, dryRun, repaired: mended.length };
	return {
		items: [...reportItems(report, more), ...(dryRun ? [] : dealItems(left, mended))],
	};
};

const CREDENTIALS = [...portalCredentials, oneCCredentialBesidePortal];

export class ExchangeCheck implements INodeType {
	description: INodeTypeDescription = {
		displayName: '1C Exchange Check',
		name: 'exchangeCheck',
		icon: { light: 'file:exchangeCheck.svg', dark: 'file:exchangeCheck.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["dryRun"] ? "report only" : "repair links and report" }}',
		description:
			'Compares the deals of a pipeline with 1C: what waits, what cannot go through, which links lead nowhere',
		defaults: { name: '1C Exchange Check' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: OUTPUTS.map(() => NodeConnectionTypes.Main),
		outputNames: OUTPUTS,
		credentials: CREDENTIALS,
		properties: [
			authenticationField,
			{
				displayName:
					'The table is that of the workflow this node looks after: the same pipeline and the same rows.',
				name: 'tableNotice',
				type: 'notice',
				default: '',
			},
			pipelineField,
			tableField,
			stageRowsField,
			{
				displayName: 'Look Back Days',
				name: 'days',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 180,
				description:
					'How old the documents of 1C, and the deals that are closed, may be; open deals are all looked at',
			},
			{
				displayName: 'Alert After Minutes',
				name: 'minutes',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 60,
				description: 'How long a deal may wait for the exchange before somebody is told',
			},
			{
				displayName: 'Won Means Closed in 1C',
				name: 'wonMeansClosed',
				type: 'boolean',
				default: true,
				description:
					'Whether to report won deals whose order is still open in 1C; switch it off where deals are won earlier',
			},
			{
				displayName: 'Dry Run',
				name: 'dryRun',
				type: 'boolean',
				default: true,
				description:
					'Whether to only report. Otherwise lost links are written back, and To Look At and Repaired give an item for each deal concerned.',
			},
		],
	};

	methods = { loadOptions: { getDemandingStages, getPipelines } };

	/** One look for all input items: they only say when. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const checked = await settled(async () => {
			const settings = readSettings(this);
			const { impatient: client } = await connectBitrix24(this);
			return await check(this, client, await connectOneC(this), settings);
		});
		if (checked.error) return failAll(this, checked.error, OUTPUTS.length);
		return emit(this, [checked.value], OUTPUTS.length);
	}
}
