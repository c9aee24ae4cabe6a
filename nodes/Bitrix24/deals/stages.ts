/** Stages and pipelines as Bitrix24 numbers them. */
import { z } from 'zod';
import type { Stage } from '../../exchange/stage';
import type { Command } from '../rest/client';
import { FIRST_PROCESS, LEAD, QUOTE, SMART_INVOICE } from '../rest/entityTypes';

/** Stages of pipeline 0 have no prefix, those of pipeline N begin with `C{N}:` [Bitrix24 docs, crm.status]. */
export const pipelineOfStage = (stageId: string): string => /^C(\d+):/.exec(stageId)?.[1] ?? '0';

export const dealStageId = (pipeline: string, code: string): string =>
	pipeline === '0' ? code : `C${pipeline}:${code}`;

/** The list that holds the stages of a pipeline. */
export const stageListOf = (entityTypeId: number, categoryId: number | string): string => {
	if (entityTypeId === SMART_INVOICE) return `SMART_INVOICE_STAGE_${categoryId}`;
	if (entityTypeId === LEAD) return 'STATUS';
	if (entityTypeId === QUOTE) return 'QUOTE_STATUS';
	if (entityTypeId >= FIRST_PROCESS) return `DYNAMIC_${entityTypeId}_STAGE_${categoryId}`;
	return Number(categoryId) === 0 ? 'DEAL_STAGE' : `DEAL_STAGE_${categoryId}`;
};

const statusSchema = z.object({
	STATUS_ID: z.string(),
	ENTITY_ID: z.string(),
	NAME: z.string(),
	SORT: z.coerce.number(),
	SEMANTICS: z.string().nullish(),
});

const SEMANTICS: Record<string, Stage['semantics']> = { S: 'success', F: 'failure' };

/** Old lists ignore a filter they do not know and then return everything, so the list is checked again here. */
export const readStages = (value: unknown, list: string): Stage[] =>
	z
		.array(statusSchema)
		.parse(value)
		.filter(({ ENTITY_ID }) => ENTITY_ID === list)
		.map((status) => ({
			id: status.STATUS_ID,
			name: status.NAME,
			sort: status.SORT,
			semantics: SEMANTICS[status.SEMANTICS ?? ''] ?? 'process',
		}))
		.sort((a, b) => a.sort - b.sort);

export const stagesCommand = (list: string): Command => ({
	method: 'crm.status.list',
	params: { filter: { ENTITY_ID: list }, order: { SORT: 'ASC' } },
});

export interface Pipeline {
	id: number;
	name: string;
	isDefault: boolean;
}

const pipelinesSchema = z.object({
	categories: z.array(
		z.object({ id: z.coerce.number(), name: z.string(), isDefault: z.enum(['Y', 'N']).catch('N') }),
	),
});

/** The portal refuses to name pipelines of cards that have none (seen by others on real portals). */
export const hasPipelines = (entityTypeId: number): boolean =>
	entityTypeId !== LEAD && entityTypeId !== QUOTE;

export const pipelinesCommand = (entityTypeId: number): Command => ({
	method: 'crm.category.list',
	params: { entityTypeId },
});

export const readPipelines = (value: unknown): Pipeline[] =>
	pipelinesSchema
		.parse(value)
		.categories.map(({ id, name, isDefault }) => ({ id, name, isDefault: isDefault === 'Y' }));
