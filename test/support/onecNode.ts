/** A 1C base with one 1C node of a workflow at it, in n8n's real engine. */
import type { ICredentialDataDecryptedObject, IDataObject, IWorkflowBase } from 'n8n-workflow';
import type { Base, BaseOptions } from '../standins/onec/base';
import { RunningWorkflow, type Finished } from './engine';
import { OneCOffice } from './onecOffice';

const node = (
	name: string,
	type: string,
	parameters: IDataObject,
): IWorkflowBase['nodes'][number] =>
	({
		id: name,
		name,
		type: `n8n-nodes-bitrix24-1c.${type}`,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { oneCApi: { id: 'onec', name: '1C' } },
	}) as IWorkflowBase['nodes'][number];

export class OneCNode {
	private constructor(readonly office: OneCOffice) {}

	/** The nodes live by the machine's clock, so the base does too, unless its own is wrong. */
	static async open(options: BaseOptions = {}): Promise<OneCNode> {
		return new OneCNode(await OneCOffice.open({ now: Date.now, ...options }));
	}

	get base(): Base {
		return this.office.base;
	}

	async close(): Promise<void> {
		await this.base.close();
	}

	/** A workflow «Start → 1C», and a trigger of the base beside it. */
	workflow({
		credential = {},
		parameters = {},
		trigger = {},
		memory,
		more = {},
		pushToken = '',
	}: {
		/** What somebody has filled in differently. */
		credential?: IDataObject;
		parameters?: IDataObject;
		trigger?: IDataObject;
		memory?: IDataObject;
		/** Settings of the node besides its parameters. */
		more?: IDataObject;
		pushToken?: string;
	}): RunningWorkflow {
		const start = {
			...node('Start', 'oneC', {}),
			type: 'n8n-nodes-base.manualTrigger',
			credentials: {},
		};
		const workflow = {
			id: 'w',
			name: 'w',
			active: true,
			nodes: [
				start,
				{ ...node('1C', 'oneC', parameters), ...more },
				node('Trigger', 'oneCTrigger', trigger),
			],
			connections: { Start: { main: [[{ node: '1C', type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
			createdAt: new Date(),
			updatedAt: new Date(),
		} as unknown as IWorkflowBase;
		const { url, login: user, password } = this.base;
		const right = { url, user, password, timeZone: 'Europe/Moscow', marker: 'B24', pushToken };
		const oneCApi = { ...right, ...credential } as ICredentialDataDecryptedObject;
		return new RunningWorkflow(workflow, { oneCApi }, memory);
	}

	async runs(
		parameters: IDataObject,
		items: IDataObject[] = [{}],
		more: IDataObject = {},
	): Promise<Finished> {
		return await this.workflow({ parameters, more }).runs(
			'Start',
			items.map((json) => ({ json })),
		);
	}

	/** What the node gives when all goes well. */
	async outcome(parameters: IDataObject, items?: IDataObject[]): Promise<IDataObject[]> {
		const run = await this.runs(parameters, items);
		if (run.error) throw new Error([run.error, run.remedy].filter(Boolean).join(' '));
		return run.items('1C');
	}
}
