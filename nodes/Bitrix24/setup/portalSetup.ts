/** What the exchange needs of a portal: 1C fields of deals, companies and contacts, and two stages in the pipeline of a chain. */
import { z } from 'zod';
import { Problem } from '../../exchange/problem';
import { INVOICE_STAGE_CODE, ORDER_STAGE_CODE, type Chain } from '../../exchange/presets';
import type { Stage } from '../../exchange/stage';
import type { Bitrix24Client, Command } from '../rest/client';
import { DEAL } from '../rest/entityTypes';
import type { CardField } from './cardField';
import { BUYER_FIELDS, DEAL_FIELDS } from './fields';
import { dealStageId, readStages, stageListOf, stagesCommand } from '../deals/stages';

type Owner = 'lead' | 'deal' | 'company' | 'contact';

export interface SetupStep {
	kind: 'field' | 'stage' | 'source';
	/** Whose it is. */
	of: Owner;
	id: string;
	title: string;
	/** "missing" is what a dry run says of a thing that a real run would create. */
	state: 'exists' | 'missing' | 'created';
}

interface Missing {
	step: Omit<SetupStep, 'state'>;
	add: Command;
}

const fieldsSchema = z.array(z.object({ FIELD_NAME: z.string() }));

const FIELDS: Array<[Owner, CardField[]]> = [
	['deal', DEAL_FIELDS],
	['company', BUYER_FIELDS],
	['contact', BUYER_FIELDS],
];

const addingField = (of: Owner, { name, type, title, multiple }: CardField): Command => ({
	method: `crm.${of}.userfield.add`,
	params: {
		fields: {
			FIELD_NAME: name,
			USER_TYPE_ID: type,
			XML_ID: name,
			LABEL: title,
			EDIT_FORM_LABEL: { ru: title, en: title },
			LIST_COLUMN_LABEL: { ru: title, en: title },
			SHOW_FILTER: 'Y',
			...(multiple ? { MULTIPLE: 'Y' } : {}),
			...(type === 'double' ? { SETTINGS: { PRECISION: 2 } } : {}),
		},
	},
});

const STAGES: Record<Chain, Array<{ code: string; name: string }>> = {
	prepaid: [
		{ code: INVOICE_STAGE_CODE, name: 'Счет в 1С' },
		{ code: ORDER_STAGE_CODE, name: 'В работе' },
	],
	postpaid: [{ code: ORDER_STAGE_CODE, name: 'В работе' }],
};

/** New stages stand behind the working ones and before the final ones: the portal refuses any other order. */
const sortBeforeFinal = (stages: Stage[], index: number): number => {
	const working = Math.max(
		0,
		...stages.filter(({ semantics }) => semantics === 'process').map(({ sort }) => sort),
	);
	const final = Math.min(
		...stages.filter(({ semantics }) => semantics !== 'process').map(({ sort }) => sort),
	);
	return Math.min(working + index + 1, final - 1);
};

const addingStage = (pipeline: string, code: string, name: string, sort: number): Command => ({
	method: 'crm.status.add',
	params: {
		fields: {
			ENTITY_ID: stageListOf(DEAL, pipeline),
			STATUS_ID: code,
			NAME: name,
			SORT: sort,
			COLOR: '#47D1E2',
		},
	},
});

/** All pages of a card's user fields: their list holds 50 a page. */
const fieldNames = async (client: Bitrix24Client, of: Owner): Promise<Set<string>> => {
	const names = new Set<string>();
	for (let start = 0; ; start += 50) {
		const page = fieldsSchema.parse(
			await client.call({
				method: `crm.${of}.userfield.list`,
				params: { order: { ID: 'ASC' }, start },
			}),
		);
		const before = names.size;
		for (const { FIELD_NAME } of page) names.add(FIELD_NAME);
		if (page.length < 50 || names.size === before) return names;
	}
};

export interface Planned extends Missing {
	exists: boolean;
}

export const planFields = async (
	client: Bitrix24Client,
	of: Owner,
	fields: CardField[],
): Promise<Planned[]> => {
	const names = await fieldNames(client, of);
	return fields.map((field) => ({
		step: { kind: 'field', of, id: field.name, title: field.title },
		add: addingField(of, field),
		exists: names.has(field.name),
	}));
};

const plan = async (client: Bitrix24Client, pipeline: string, chain: Chain): Promise<Planned[]> => {
	const list = stageListOf(DEAL, pipeline);
	const fields: Planned[] = [];
	for (const [of, own] of FIELDS) fields.push(...(await planFields(client, of, own)));
	const stages = readStages(await client.call(stagesCommand(list)), list);
	if (stages.length === 0) {
		throw new Problem(
			`The portal has no pipeline ${pipeline}, or shows no stages of it.`,
			'Choose a pipeline from the list.',
		);
	}
	return [
		...fields,
		...STAGES[chain].map(({ code, name }, index) => ({
			step: {
				kind: 'stage' as const,
				of: 'deal' as const,
				id: dealStageId(pipeline, code),
				title: name,
			},
			add: addingStage(pipeline, code, name, sortBeforeFinal(stages, index)),
			exists: stages.some(({ id }) => id === dealStageId(pipeline, code)),
		})),
	];
};

const create = async (client: Bitrix24Client, missing: Missing[]): Promise<void> => {
	for (const reply of await client.batch(missing.map(({ add }) => add))) {
		if ('problem' in reply) throw reply.problem;
	}
};

/** Compares, creates what is missing unless it is a dry run, and compares again: only what is there counts as created. */
export const settlePlan = async (
	client: Bitrix24Client,
	plan: () => Promise<Planned[]>,
	dryRun: boolean,
): Promise<SetupStep[]> => {
	const before = await plan();
	const missing = before.filter(({ exists }) => !exists);
	if (!dryRun && missing.length > 0) await create(client, missing);
	const after = dryRun || missing.length === 0 ? before : await plan();
	return before.map(({ step, exists }, index) => {
		if (exists) return { ...step, state: 'exists' };
		if (dryRun) return { ...step, state: 'missing' };
		if (after[index].exists) return { ...step, state: 'created' };
		throw new Problem(
			`Bitrix24 accepted ${step.kind} ${step.id} of the ${step.of}, but does not show it.`,
			'Give the webhook owner the right to change CRM settings, and run the setup again.',
		);
	});
};

export const setUpPortal = async (
	client: Bitrix24Client,
	pipeline: string,
	chain: Chain,
	dryRun: boolean,
): Promise<SetupStep[]> =>
	await settlePlan(client, async () => await plan(client, pipeline, chain), dryRun);
