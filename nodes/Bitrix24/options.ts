/** Pick-lists loaded from the portal. Stages are shown as «Pipeline › Stage», so that no two look the same. */
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { z } from 'zod';
import { ANY_STAGE } from '../exchange/stageMap';
import { COMMENT, NOTHING, SUCCESS } from '../exchange/statusMap';
import type { Bitrix24Client } from './rest/client';
import { connect } from './rest/connect';
import { DEAL, SMART_INVOICE } from './rest/entityTypes';
import { readEventNames } from './bindings/eventHandlers';
import { SOURCE_LIST } from './leads/leadSources';
import { required } from './rest/reply';
import {
	pipelinesCommand,
	readPipelines,
	readStages,
	stageListOf,
	stagesCommand,
	type Pipeline,
} from './deals/stages';

const SUCCESS_OPTION = { name: 'Success Stage of the Pipeline', value: SUCCESS };

const TARGET_OPTIONS = [
	SUCCESS_OPTION,
	{ name: 'Timeline Comment Only', value: COMMENT },
	{ name: 'Nothing', value: NOTHING },
];

const pipelinesOf = async (
	client: Bitrix24Client,
	entityTypeId: typeof DEAL | typeof SMART_INVOICE,
): Promise<Pipeline[]> => readPipelines(await client.call(pipelinesCommand(entityTypeId)));

const stagesOf = async (
	client: Bitrix24Client,
	entityTypeId: typeof DEAL | typeof SMART_INVOICE,
	pipelines: Pipeline[],
): Promise<INodePropertyOptions[]> => {
	const lists = pipelines.map(({ id }) => stageListOf(entityTypeId, id));
	const replies = await client.batch(lists.map(stagesCommand));
	return pipelines.flatMap((pipeline, index) =>
		readStages(required(replies[index], z.unknown()), lists[index]).map(({ id, name }) => ({
			name: `${pipeline.name} › ${name}`,
			value: id,
		})),
	);
};

/** The pipeline of a table node; other nodes have no such parameter and show all pipelines. */
const chosenPipeline = (context: ILoadOptionsFunctions): string =>
	String(context.getCurrentNodeParameter('pipeline') ?? '');

export async function getPipelines(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const pipelines = await pipelinesOf(await connect(this), DEAL);
	return pipelines.map(({ id, name }) => ({ name, value: String(id) }));
}

async function stagesOfTable(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const client = await connect(context);
	const pipelines = await pipelinesOf(client, DEAL);
	const chosen = chosenPipeline(context);
	return await stagesOf(
		client,
		DEAL,
		chosen ? pipelines.filter(({ id }) => String(id) === chosen) : pipelines,
	);
}

/** For moving a deal. */
export async function getDealStages(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return [SUCCESS_OPTION, ...(await stagesOfTable(this))];
}

/** For a new deal. */
export async function getStartStages(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return [{ name: 'First Stage of the Pipeline', value: '' }, ...(await stagesOfTable(this))];
}

/** For the source field of leads. */
export async function getSources(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const client = await connect(this);
	const listed = await client.call(stagesCommand(SOURCE_LIST));
	return readStages(listed, SOURCE_LIST).map(({ id, name }) => ({ name, value: id }));
}

/** For moving an invoice. */
export async function getInvoiceStages(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const client = await connect(this);
	return [
		SUCCESS_OPTION,
		...(await stagesOf(client, SMART_INVOICE, await pipelinesOf(client, SMART_INVOICE))),
	];
}

/** For the rows of Deal Stage Map. */
export async function getDemandingStages(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return [{ name: 'Any Other Stage', value: ANY_STAGE }, ...(await stagesOfTable(this))];
}

/** For the deal rows of 1C Status Map. */
export async function getDealTargets(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return [...TARGET_OPTIONS, ...(await stagesOfTable(this))];
}

/** For the invoice rows of 1C Status Map. */
export async function getInvoiceTargets(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const client = await connect(this);
	return [
		...TARGET_OPTIONS,
		...(await stagesOf(client, SMART_INVOICE, await pipelinesOf(client, SMART_INVOICE))),
	];
}

/** For the places an application may show its pages in. */
export async function getPlacements(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const listed = await (await connect(this)).call({ method: 'placement.list' });
	const codes = z.array(z.string()).parse(listed);
	return codes.map((code) => ({ name: code, value: code }));
}

/** For the events an application may be told of. */
export async function getEvents(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const listed = await (await connect(this)).call({ method: 'events' });
	return readEventNames(listed).map((name) => ({ name, value: name }));
}
