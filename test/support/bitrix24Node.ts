/** A portal and one Bitrix24 node that works with it, in n8n's real engine. */
import type { IDataObject, INodeExecutionData, IWorkflowBase } from 'n8n-workflow';
import {
	ADMINISTRATOR_USER,
	openPortal,
	type Portal,
	type PortalOptions,
} from '../standins/bitrix24/portal';
import { applicationCredential } from './application';
import { endsPretending, pretendsTime } from './clock';
import { RunningWorkflow, type Finished } from './engine';

export const NODE = 'Битрикс24';

export class Bitrix24Node {
	private constructor(readonly portal: Portal) {}

	static async open(options: PortalOptions = {}): Promise<Bitrix24Node> {
		pretendsTime();
		return new Bitrix24Node(await openPortal({ now: () => Date.now(), ...options }));
	}

	async close(): Promise<void> {
		await this.portal.close();
		endsPretending();
	}

	/** The node in the editor, with these parameters. */
	with(parameters: IDataObject, settings: IDataObject = {}): RunningWorkflow {
		const place = { typeVersion: 1, position: [0, 0] };
		const workflow = {
			id: 'w',
			name: 'w',
			active: true,
			nodes: [
				{
					...place,
					id: 'start',
					name: 'Запустить',
					type: 'n8n-nodes-base.manualTrigger',
					parameters: {},
				},
				{
					...place,
					...settings,
					id: 'node',
					name: NODE,
					type: 'n8n-nodes-bitrix24-1c.bitrix24',
					parameters,
					credentials: {
						bitrix24WebhookApi: { id: 'webhook', name: 'Вебхук' },
						bitrix24OAuth2Api: { id: 'application', name: 'Приложение' },
					},
				},
			],
			connections: { Запустить: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
			createdAt: new Date(0),
			updatedAt: new Date(0),
		} as unknown as IWorkflowBase;
		const application = this.portal.admin.registersApplication({
			scopes: ['crm'],
			handler: 'https://n8n.example.test/rest/oauth2-credential/callback',
			onlyApi: true,
		});
		return new RunningWorkflow(workflow, {
			bitrix24WebhookApi: { secretUrl: this.portal.webhookUrl },
			bitrix24OAuth2Api: applicationCredential(this.portal, application, ADMINISTRATOR_USER),
		});
	}

	async runs(
		parameters: IDataObject,
		items: Array<IDataObject | INodeExecutionData> = [{}],
		settings: IDataObject = {},
	): Promise<Finished> {
		return await this.with(parameters, settings).runs(
			'Запустить',
			items.map((one) => ('json' in one ? (one as INodeExecutionData) : { json: one })),
		);
	}

	/** What the node gives when all goes well. */
	async gives(
		parameters: IDataObject,
		items: Array<IDataObject | INodeExecutionData> = [{}],
	): Promise<IDataObject[]> {
		const run = await this.runs(parameters, items);
		if (run.error) throw new Error(`${run.error} ${run.remedy ?? ''}`);
		return run.items(NODE);
	}

	/** What comes out with Continue On Fail, problems among it. */
	async outcomes(parameters: IDataObject, items: IDataObject[]): Promise<IDataObject[]> {
		const run = await this.runs(parameters, items, { onError: 'continueRegularOutput' });
		return run.items(NODE);
	}

	/** Requests since the portal was opened, each batch with what is in it. */
	get requests(): string[] {
		return this.portal.requests.map(({ method, commands }) =>
			commands ? `${method} of ${commands.length} ${[...new Set(commands)].join(' ')}` : method,
		);
	}
}

/** A resource mapper as the editor stores it. */
export const mapping = (value: IDataObject, matchingColumns: string[] = []): IDataObject => ({
	mappingMode: 'defineBelow',
	value,
	matchingColumns,
	schema: [],
	attemptToConvertTypes: false,
	convertFieldsToString: false,
});

/** Every field of the input that the card has. */
export const autoMapping = (matchingColumns: string[] = []): IDataObject => ({
	...mapping({}, matchingColumns),
	mappingMode: 'autoMapInputData',
	value: null,
});
