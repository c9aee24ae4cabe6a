/** What came of a case: everything a person should not have to read, and everything that should not have been sent. */
import type { IDataObject, INodeTypeDescription, IWorkflowBase } from 'n8n-workflow';
import { settled } from '../../nodes/shared/settled';
import { casesOf, NONSENSE, WRONG, type Case } from './hostileParameters';
import { RunningWorkflow } from './engine';
import type { Credentials } from './credentials';

const NODE = 'Узел';

/** Words of programs, not of people. */
const RAW =
	/cannot read|is not a function|is not iterable|is not valid json at|undefined|\[object|\bNaN\b|received|expected|invalid_|zod|unrecognized|\bnull\b|prototype|unexpected token|circular|\bat \w+ \(/i;

/** What the systems say themselves, and what is quoted, is in their words. */
const REFUSED = /(Bitrix24|1C|CoMagic) refused .*$/s;
const QUOTED = /"[^"]*"|«[^»]*»/g;

const ownWords = (error: string, wrong: unknown): string => {
	const words = error.replace(REFUSED, '').replace(QUOTED, '').toLowerCase();
	const echo = String(wrong).toLowerCase();
	return echo === '' ? words : words.replaceAll(echo, '');
};

export interface Trial {
	description: INodeTypeDescription;
	type: string;
	credentials: Credentials;
	/** What the other parameters hold where their defaults would not do. */
	filled: IDataObject;
	/** What every item brings along. */
	json: IDataObject;
	/** All that was sent to the systems since the last time, as text. */
	sent: () => string;
}

const workflowOf = ({ type }: Trial, { parameters }: Case): IWorkflowBase =>
	({
		id: 'w',
		name: 'w',
		active: true,
		nodes: [
			{
				id: 'start',
				name: 'Начало',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'node',
				name: NODE,
				type: `n8n-nodes-bitrix24-1c.${type}`,
				typeVersion: 1,
				position: [0, 0],
				parameters,
				onError: 'continueRegularOutput',
				credentials: Object.fromEntries(
					['bitrix24WebhookApi', 'oneCApi', 'coMagicApi'].map((name) => [name, { id: name, name }]),
				),
			},
		],
		connections: { Начало: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
		createdAt: new Date(0),
		updatedAt: new Date(0),
	}) as unknown as IWorkflowBase;

const shortly = (value: unknown): string => JSON.stringify(value ?? null).slice(0, 60);

/** Complaints about one case; none when all went as it should. */
const complaintsOf = async (trial: Trial, one: Case): Promise<string[]> => {
	const workflow = new RunningWorkflow(workflowOf(trial, one), trial.credentials);
	trial.sent();
	const items = WRONG.map((wrong) => ({ json: { ...trial.json, wrong } as IDataObject }));
	const at = `${one.title} «${one.label}»`;
	const { value: run, error: end } = await settled(
		async () => await workflow.runs('Начало', items),
	);
	if (!run) return [`${at}: the engine gave up: ${end.message}`];
	const found = run.error ? [`${at}: the node failed as a whole: ${run.error}`] : [];
	const origins = run.origins(NODE);
	run.items(NODE).forEach(({ error, message }, index) => {
		if (typeof error !== 'string' || typeof message !== 'string') return;
		const wrong = WRONG[Number(origins[index])];
		if (RAW.test(ownWords(error, wrong))) {
			found.push(`${at} with ${shortly(wrong)}: ${error.slice(0, 300)}`);
		}
	});
	const sent = trial.sent();
	if (!one.takesJson && sent.includes(NONSENSE)) found.push(`${at}: nonsense was sent`);
	if (/\[object Object\]|"NaN"/.test(sent)) found.push(`${at}: an object was sent as text`);
	return found;
};

export const complaints = async (trial: Trial): Promise<string[]> => {
	const cases = casesOf(trial.description, trial.filled);
	const found: string[] = [];
	for (const one of cases) found.push(...(await complaintsOf(trial, one)));
	return cases.length === 0 ? ['nothing was tried'] : found;
};
