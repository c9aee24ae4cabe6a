/** A firm with a pipeline for each chain and both example workflows at work, which goes on when a minute goes wrong. */
import { openPortal, type Portal } from '../standins/bitrix24/portal';
import { openBase, type Base } from '../standins/onec/base';
import type { Firm } from '../chaos/firm';
import { furnishes } from '../chaos/tradingFirm';
import { endsPretending, pretendsTime } from './clock';
import { RunningWorkflow, workflowFile } from './engine';
import { forPipeline } from './pipeline';

const MINUTE = 60_000;
const TRIGGERS = ['Сделки ждут документ', 'Что нового в 1С'];

const credentialsFor = (portal: Portal, base: Base) => ({
	bitrix24WebhookApi: { secretUrl: portal.webhookUrl, applicationToken: portal.applicationToken },
	oneCApi: {
		url: base.url,
		user: base.login,
		password: base.password,
		timeZone: 'Europe/Moscow',
		marker: 'B24',
	},
});

export class TwoChains implements Firm {
	readonly portal;
	readonly base;
	readonly stages;
	readonly pipelines;
	readonly goods;
	readonly companies;
	private workflows: RunningWorkflow[] = [];

	private constructor(firm: Firm) {
		({
			portal: this.portal,
			base: this.base,
			stages: this.stages,
			pipelines: this.pipelines,
			goods: this.goods,
			companies: this.companies,
		} = firm);
		this.n8nForgets();
	}

	static async open(): Promise<TwoChains> {
		pretendsTime();
		const now = (): number => Date.now();
		const firm = new TwoChains(furnishes(await openPortal({ now }), await openBase({ now })));
		for (const chain of ['prepaid', 'postpaid'] as const) {
			const setup = workflowFile('portal-setup.json');
			for (const { name, parameters } of setup.nodes) {
				if (name !== 'Поля и стадии') continue;
				Object.assign(parameters, { dryRun: false, chain, pipeline: `${firm.pipelines[chain]}` });
			}
			const { error } = await firm.running(setup).runs('Запустить', [{ json: {} }]);
			if (error) throw new Error(error);
		}
		return firm;
	}

	async close(): Promise<void> {
		await Promise.all([this.portal.close(), this.base.close()]);
		endsPretending();
	}

	/** n8n starts anew without what its triggers remembered, as after a restored backup of its database. */
	n8nForgets(): void {
		this.workflows = [
			this.running(workflowFile('prepaid.json')),
			this.running(forPipeline(workflowFile('postpaid.json'), this.pipelines.postpaid)),
		];
	}

	/** Every trigger is polled once; what n8n would only write into its log is passed over. */
	async timePasses(minutes: number): Promise<void> {
		jest.setSystemTime(Date.now() + minutes * MINUTE);
		for (const workflow of this.workflows) {
			for (const trigger of TRIGGERS) await workflow.polls(trigger).catch(() => null);
		}
	}

	private running(workflow: ReturnType<typeof workflowFile>): RunningWorkflow {
		return new RunningWorkflow(workflow, credentialsFor(this.portal, this.base));
	}
}
