/** A firm with a pipeline for each chain and both example workflows at work, which goes on when a minute goes wrong. */
import { ADMINISTRATOR_USER, openPortal, type Portal } from '../standins/bitrix24/portal';
import { openBase, type Base } from '../standins/onec/base';
import type { Firm } from '../chaos/firm';
import { furnishes } from '../chaos/tradingFirm';
import { applicationCredential } from './application';
import { endsPretending, pretendsTime } from './clock';
import { RunningWorkflow, workflowFile } from './engine';
import { Credentials } from './credentials';
import { forPipeline } from './pipeline';
import { throughApplication } from './throughApplication';
import { oneCCredential } from './oneCCredential';

const MINUTE = 60_000;
const TRIGGERS = ['Сделки ждут документ', 'Что нового в 1С'];

const CALLED = 'Битрикс24 зовет';

/** They outlive n8n, renewed tokens among them. */
const credentialsFor = (portal: Portal, base: Base): Credentials => {
	const application = portal.admin.registersApplication({
		scopes: ['crm', 'catalog', 'userfieldconfig'],
		handler: 'http://127.0.0.1:5678/',
		onlyApi: true,
	});
	return new Credentials({
		bitrix24WebhookApi: { secretUrl: portal.webhookUrl, applicationToken: portal.applicationToken },
		bitrix24OAuth2Api: applicationCredential(portal, application, ADMINISTRATOR_USER),
		oneCApi: oneCCredential(base),
	});
};

export class TwoChains implements Firm {
	readonly portal;
	readonly base;
	readonly stages;
	readonly pipelines;
	readonly goods;
	readonly strange;
	readonly companies;
	private readonly credentials;
	private workflows: RunningWorkflow[] = [];

	private constructor(firm: Firm) {
		({
			portal: this.portal,
			base: this.base,
			stages: this.stages,
			pipelines: this.pipelines,
			goods: this.goods,
			strange: this.strange,
			companies: this.companies,
		} = firm);
		this.credentials = credentialsFor(this.portal, this.base);
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
			this.running(
				throughApplication(forPipeline(workflowFile('postpaid.json'), this.pipelines.postpaid)),
			),
		];
	}

	/** The portal calls about a deal, which may have changed long ago or not at all. */
	async calls(deal: number): Promise<void> {
		const body = {
			event: 'ONCRMDEALUPDATE',
			'data[FIELDS][ID]': String(deal),
			ts: String(Math.floor(Date.now() / 1000)),
			'auth[application_token]': this.portal.applicationToken,
		};
		for (const workflow of this.workflows) await workflow.receives(CALLED, body);
	}

	/** Every trigger is polled once; what n8n would only write into its log is passed over. */
	async timePasses(minutes: number): Promise<void> {
		jest.setSystemTime(Date.now() + minutes * MINUTE);
		for (const workflow of this.workflows) {
			for (const trigger of TRIGGERS) await workflow.polls(trigger).catch(() => null);
		}
	}

	private running(workflow: ReturnType<typeof workflowFile>): RunningWorkflow {
		return new RunningWorkflow(workflow, this.credentials);
	}
}
