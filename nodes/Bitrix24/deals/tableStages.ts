/** The stages a table may speak of: those of its pipeline, and those of smart invoices. */
import { z } from 'zod';
import type { Stage } from '../../exchange/stage';
import type { Bitrix24Client } from '../rest/client';
import { DEAL, SMART_INVOICE } from '../rest/entityTypes';
import { required } from '../rest/reply';
import {
	pipelinesCommand,
	readPipelines,
	readStages,
	stageListOf,
	stagesCommand,
	type Pipeline,
} from './stages';

export interface TableStages {
	/** Null when the portal has no such pipeline. */
	pipeline: Pipeline | null;
	deal: Stage[];
	invoice: Stage[];
}

export const readTableStages = async (
	client: Bitrix24Client,
	pipeline: string,
): Promise<TableStages> => {
	const [deals, invoices] = await client.batch([
		pipelinesCommand(DEAL),
		pipelinesCommand(SMART_INVOICE),
	]);
	const pipelines = readPipelines(required(deals, z.unknown()));
	const lists = [
		stageListOf(DEAL, pipeline),
		...('problem' in invoices ? [] : readPipelines(required(invoices, z.unknown()))).map(({ id }) =>
			stageListOf(SMART_INVOICE, id),
		),
	];
	const replies = await client.batch(lists.map(stagesCommand));
	const [deal, ...invoice] = lists.map((list, index) =>
		readStages(required(replies[index], z.unknown()), list),
	);
	return {
		pipeline: pipelines.find(({ id }) => String(id) === pipeline) ?? null,
		deal,
		invoice: invoice.flat(),
	};
};
