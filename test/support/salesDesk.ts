/**
 * A firm that takes contacts in: its CoMagic account, its Bitrix24 portal, and the lead intake between them.
 * Visitors act through `account.visitorComes()`, people of the firm through `portal.manager`.
 */
import type { IWorkflowBase } from 'n8n-workflow';
import { TEMPLATE } from '../../nodes/CoMagicTrigger/template';
import { openPortal, type Portal, type PortalSwitches } from '../standins/bitrix24/portal';
import { openAccount, type Account, type AccountSwitches } from '../standins/comagic/account';
import { endsPretending, pretendsTime } from './clock';
import { RunningWorkflow, workflowFile, type Finished } from './engine';
import { Mailbox } from './mailbox';

const MINUTE = 60_000;
const SECRET = 'secret-of-notifications';

export const NOTIFIED = 'Уведомление CoMagic';
export const POLLED = 'Опрос CoMagic';
export const LEAD = 'Лид обращения';
export const DEAL = 'Сделка из лида';

export interface DeskOptions {
	portal?: Partial<PortalSwitches>;
	account?: Partial<AccountSwitches>;
	/** Whether the portal was asked for a source of chats. */
	chatSource?: boolean;
	/** Whether anybody has prepared the portal. */
	prepared?: boolean;
	/** Changes the workflow file before it runs, as an analyst would in the editor. */
	edit?: (workflow: IWorkflowBase) => void;
}

export type Card = Record<string, unknown>;

export const nodeOf = (workflow: IWorkflowBase, name: string): IWorkflowBase['nodes'][number] => {
	const node = workflow.nodes.find((one) => one.name === name);
	if (!node) throw new Error(`The workflow has no node ${name}`);
	return node;
};

export class SalesDesk {
	private constructor(
		readonly portal: Portal,
		readonly account: Account,
		readonly workflow: RunningWorkflow,
		/** The same workflow in another n8n process, which shares no memory with the first. */
		readonly otherProcess: () => RunningWorkflow,
		readonly mailbox: Mailbox,
	) {}

	static async open(options: DeskOptions = {}): Promise<SalesDesk> {
		pretendsTime();
		const now = (): number => Date.now();
		const portal = await openPortal({ now, switches: options.portal });
		const account = await openAccount({ now, switches: options.account });
		const credentials = {
			bitrix24WebhookApi: {
				secretUrl: portal.webhookUrl,
				applicationToken: portal.applicationToken,
			},
			coMagicApi: {
				service: 'own',
				url: account.origin,
				authentication: 'apiKey',
				apiKey: account.apiKey,
				notificationSecret: SECRET,
			},
		};
		const file = workflowFile('lead-intake.json');
		const setup = nodeOf(file, 'Поля и источник');
		Object.assign(setup.parameters, { dryRun: false, chatSource: options.chatSource === true });
		options.edit?.(file);
		const workflow = new RunningWorkflow(file, credentials);
		const other = (): RunningWorkflow => {
			let engine: typeof import('./engine') | undefined;
			jest.isolateModules(() => {
				engine = jest.requireActual<typeof import('./engine')>('./engine');
			});
			if (!engine) throw new Error('There is no other process');
			return new engine.RunningWorkflow(structuredClone(file), credentials);
		};
		if (options.prepared !== false) await workflow.runs('Подготовить портал', [{ json: {} }]);
		const mailbox = await Mailbox.open(workflow, NOTIFIED);
		const desk = new SalesDesk(portal, account, workflow, other, mailbox);
		desk.subscribes();
		return desk;
	}

	async close(): Promise<void> {
		await this.mailbox.close();
		await Promise.all([this.portal.close(), this.account.close()]);
		endsPretending();
	}

	/** Notifications sent so far have been worked through. */
	async hears(): Promise<void> {
		await this.account.settles();
		await this.mailbox.settles();
		for (const { status, run } of this.mailbox.received) {
			if (status !== 200) throw new Error(`A notification was answered with ${status}`);
			if (run?.error) throw new Error(`The workflow failed: ${run.error}`);
		}
	}

	/** Time goes by, and the reports are looked at. */
	async looks(minutes = 5): Promise<Finished | null> {
		jest.setSystemTime(Date.now() + minutes * MINUTE);
		const run = await this.workflow.polls(POLLED);
		if (run?.error) throw new Error(`The workflow failed: ${run.error}`);
		return run;
	}

	get leads(): Card[] {
		return this.portal.sees.leads();
	}

	/** The only lead there is. */
	get lead(): Card {
		const { leads } = this;
		if (leads.length !== 1) throw new Error(`There are ${leads.length} leads`);
		return leads[0];
	}

	timeline(lead: Card): string[] {
		return this.portal.sees.timeline('lead', Number(lead.id));
	}

	private subscribes(): void {
		const calls = ['incomingCall', 'callFinished', 'callLost', 'recordReady'] as const;
		const others = ['chatStarted', 'requestSent', 'mailReceived', 'tagSet'] as const;
		for (const event of [...calls, ...others]) {
			this.account.admin.addsNotification({
				event,
				url: this.mailbox.url,
				headers: { 'X-Secret': SECRET },
				body: TEMPLATE,
			});
		}
	}
}
