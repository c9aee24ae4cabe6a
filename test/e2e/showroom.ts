/**
 * A small company for a newcomer to walk through: a portal with two pipelines, a 1C base with the same goods and
 * buyers, and the two example workflows, each set to its own pipeline as an analyst would do in the editor.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPortal, type Portal } from '../standins/bitrix24/portal';
import { addsBuyer, addsGood, type Good } from '../standins/firm/knownToBoth';
import { openBase, type Base } from '../standins/onec/base';
import type { Workflow } from './execution';
import { forPipeline } from '../support/pipeline';
import { repoDir } from './machine.mjs';
import type { RealN8n, StoredCredential } from './n8n';
import { oneCCredential } from '../support/oneCCredential';

export const PREPAID = 'prepaid';
export const POSTPAID = 'postpaid';
export const SETUP = 'portal-setup';
export const PICKER = 'picker';

export interface Showroom {
	portal: Portal;
	base: Base;
	/** Pipeline of the deals that are paid on delivery. */
	retail: number;
	goods: { table: Good; chair: Good };
	/** Bitrix24 companies. */
	companies: { lutik: number; kaktus: number };
	closes(): Promise<void>;
}

export interface ShowroomOptions {
	portalPort?: number;
	basePort?: number;
}

export const openShowroom = async ({
	portalPort,
	basePort,
}: ShowroomOptions = {}): Promise<Showroom> => {
	const portal = await openPortal({ port: portalPort });
	const base = await openBase({ port: basePort });
	const good = (name: string, price: number): Good => addsGood(portal, base, { name, price });
	const buyer = (name: string, inn: string, folder: string): number =>
		addsBuyer(portal, base, {
			name,
			inn,
			folders: [base.admin.addsFolder('Контрагенты', folder)],
		}).company;
	return {
		portal,
		base,
		retail: portal.admin.addsPipeline('Розница'),
		goods: { table: good('Стол письменный', 12_200), chair: good('Стул офисный', 2440) },
		companies: {
			lutik: buyer('ООО «Лютик»', '7707083893', 'Опт'),
			kaktus: buyer('ООО «Кактус»', '7728168971', 'Розница'),
		},
		closes: async () => {
			await Promise.all([portal.close(), base.close()]);
		},
	};
};

export const exampleWorkflow = (name: string): Record<string, unknown> =>
	JSON.parse(readFileSync(join(repoDir, 'workflows', `${name}.json`), 'utf8')) as Record<
		string,
		unknown
	>;

/** What the portal setup is told in the editor. */
export const setsUp = (
	workflow: Workflow,
	settings: { pipeline: string; chain: string; dryRun: boolean },
): Workflow => ({
	...workflow,
	nodes: workflow.nodes.map((node) =>
		node.name === 'Поля и стадии'
			? { ...node, parameters: { ...node.parameters, ...settings } }
			: node,
	),
});

/** The credentials that the example workflows name. */
export const credentialsOf = ({
	portal,
	base,
}: Pick<Showroom, 'portal' | 'base'>): StoredCredential[] => [
	{
		id: 'bitrix24',
		name: 'Битрикс24',
		type: 'bitrix24WebhookApi',
		data: { secretUrl: portal.webhookUrl, applicationToken: portal.applicationToken },
	},
	{
		id: 'onec',
		name: '1С:УТ 10.3',
		type: 'oneCApi',
		data: oneCCredential(base),
	},
];

/** Puts credentials and workflows into an n8n that has not started yet. */
export const furnish = async (n8n: RealN8n, showroom: Showroom): Promise<void> => {
	await n8n.importsCredentials(credentialsOf(showroom));
	await n8n.importsWorkflow(exampleWorkflow(SETUP), SETUP);
	await n8n.importsWorkflow(exampleWorkflow(PREPAID), PREPAID);
	await n8n.importsWorkflow(exampleWorkflow(PICKER), PICKER);
	await n8n.importsWorkflow(forPipeline(exampleWorkflow(POSTPAID), showroom.retail), POSTPAID);
};
