/** Pipelines and their stages, by which rules of other nodes can be checked or built. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { ItemOperation, Resource } from '../../shared/operation';
import type { ItemParameters } from '../../shared/parameters';
import { CARD_KINDS, type CardKind } from '../cards/cardKinds';
import type { Bitrix24Client } from '../rest/client';
import type { Caller } from '../rest/gather';
import { required } from '../rest/reply';
import {
	hasPipelines,
	pipelinesCommand,
	readPipelines,
	readStages,
	stageListOf,
	stagesCommand,
	type Pipeline,
} from '../deals/stages';
import { ownerFields, readKind, readTypeId } from './card/cardFields';
import { sideBySide } from './sideBySide';
import { textSchema } from '../../shared/valueSchemas';

const STAGED = CARD_KINDS.filter(({ resource }) => !['contact', 'company'].includes(resource));
const WITH_PIPELINES = STAGED.filter(({ resource }) => !['lead', 'quote'].includes(resource));

const kindFields = (kinds: CardKind[]): INodeProperties[] =>
	ownerFields(kinds).filter(({ name }) => name !== 'ownerId');

const readOwnTypeId = (item: ItemParameters): number => readTypeId(readKind(item), item);

const pipelinesOf = async (client: Caller, entityTypeId: number): Promise<Pipeline[]> =>
	hasPipelines(entityTypeId)
		? readPipelines(await client.call(pipelinesCommand(entityTypeId)))
		: [{ id: 0, name: '', isDefault: true }];

const getPipelines = sideBySide(
	{
		value: 'getAll',
		name: 'Get Many',
		action: 'Get many pipelines',
		description: 'Pipelines of deals, invoices or a smart process',
		properties: kindFields(WITH_PIPELINES),
	},
	async (client, item) => {
		const entityTypeId = readOwnTypeId(item);
		const pipelines = await pipelinesOf(client, entityTypeId);
		return pipelines.map(({ id, ...pipeline }): IDataObject => ({ pipelineId: id, ...pipeline }));
	},
);

const getStages: ItemOperation<Bitrix24Client> = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many stages',
	description: 'Stages in their order, with the pipeline each is from and what it means',
	properties: [
		...kindFields(STAGED),
		{
			displayName: 'Pipeline ID',
			name: 'pipelineId',
			type: 'string',
			default: '',
			description: 'Stages of this pipeline only; of all pipelines when empty',
		},
	],
	async forEach(client, item) {
		const entityTypeId = readOwnTypeId(item);
		const wanted = item.read('pipelineId', 'Pipeline ID', textSchema);
		const pipelines = (await pipelinesOf(client, entityTypeId)).filter(
			({ id }) => wanted === '' || String(id) === wanted,
		);
		const lists = pipelines.map(({ id }) => stageListOf(entityTypeId, id));
		const read = await client.batch(lists.map(stagesCommand));
		return pipelines.flatMap(({ id, name }, index) =>
			readStages(required(read[index], z.unknown()), lists[index]).map(
				(stage): IDataObject => ({
					stageId: stage.id,
					name: stage.name,
					sort: stage.sort,
					semantics: stage.semantics,
					pipelineId: id,
					pipelineName: name,
				}),
			),
		);
	},
};

export const pipeline: Resource<Bitrix24Client> = {
	value: 'pipeline',
	name: 'Pipeline (Воронка)',
	operations: [getPipelines],
};

export const stage: Resource<Bitrix24Client> = {
	value: 'stage',
	name: 'Stage (Стадия)',
	operations: [getStages],
};
