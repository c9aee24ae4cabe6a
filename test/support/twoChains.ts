/** A firm with a pipeline for each chain and both example workflows at work, which goes on when a minute goes wrong. */
import { openPortal, type Portal } from '../standins/bitrix24/portal';
import { openBase, type Base } from '../standins/onec/base';
import type { Firm } from '../chaos/firm';
import { endsPretending, pretendsTime } from './clock';
import { RunningWorkflow, workflowFile } from './engine';
import { forPipeline } from './pipeline';

const MINUTE = 60_000;
const TRIGGERS = ['Сделки ждут документ', 'Что нового в 1С'];
const PRICES = [12_200, 2440, 366.5];

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
	readonly stages;
	readonly pipelines;
	readonly goods;
	readonly companies;
	private workflows: RunningWorkflow[] = [];

	private constructor(
		readonly portal: Portal,
		readonly base: Base,
		retail: number,
	) {
		this.pipelines = { prepaid: 0, postpaid: retail };
		this.stages = {
			prepaid: { fresh: 'NEW', invoice: 'INVOICE_1C', order: 'ORDER_1C', won: 'WON' },
			postpaid: {
				fresh: `C${retail}:NEW`,
				invoice: `C${retail}:INVOICE_1C`,
				order: `C${retail}:ORDER_1C`,
				won: `C${retail}:WON`,
			},
		};
		this.goods = PRICES.map((price, index) => {
			const name = `Товар ${index + 1}`;
			const ref = base.admin.addsProduct({ name, vat: 'НДС22', price });
			return {
				ref,
				price,
				product: portal.admin.addsProduct({ name, xmlId: ref, price, vat: 22 }),
			};
		});
		this.companies = ['7707083893', '7728168971', '7736050003'].map((inn, index) => {
			const title = `ООО «Покупатель ${index + 1}»`;
			base.admin.addsCounterparty({ name: title, inn, contract: 'ПоДоговоруВЦелом' });
			return portal.admin.addsCompany({ title, inn });
		});
		this.n8nForgets();
	}

	static async open(): Promise<TwoChains> {
		pretendsTime();
		const now = (): number => Date.now();
		const [portal, base] = [await openPortal({ now }), await openBase({ now })];
		const firm = new TwoChains(portal, base, portal.admin.addsPipeline('Розница'));
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
