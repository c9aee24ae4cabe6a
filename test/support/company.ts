/**
 * A company that sells: its Bitrix24 portal, its 1C base, and the example workflows running between them.
 * People act through `portal.manager` and `base.accountant`, `storekeeper`, `salesman`; `minutePasses` lets n8n work.
 */
import type { ICredentialDataDecryptedObject, IDataObject, IWorkflowBase } from 'n8n-workflow';
import {
	openPortal,
	type Portal,
	type PortalSwitches,
	type RowInput,
} from '../standins/bitrix24/portal';
import { openBase, type Base, type BaseSwitches } from '../standins/onec/base';
import { endsPretending, pretendsTime } from './clock';
import { RunningWorkflow, workflowFile, type Finished } from './engine';
import { oneCCredential } from './oneCCredential';

const MINUTE = 60_000;

const TO_1C = 'Сделки ждут документ';
const CALLED = 'Битрикс24 зовет';
const FROM_1C = 'Что нового в 1С';

export interface CompanyOptions {
	chain?: 'prepaid' | 'postpaid';
	portal?: Partial<PortalSwitches>;
	base?: Partial<BaseSwitches>;
	vatRates?: string[];
	/** Changes the workflow file before it runs, as an analyst would in the editor. */
	edit?: (workflow: IWorkflowBase) => void;
}

export interface Buyer {
	/** Bitrix24 company. */
	company: number;
	/** 1C counterparty. */
	counterparty: string;
}

export interface Product {
	/** Bitrix24 product. */
	product: number;
	/** 1C product. */
	ref: string;
	name: string;
}

/** A number with right control digits, another one each time. */
const innOf = (serial: number): string => {
	const digits = [...String(770_000_000 + serial)].map(Number);
	const weights = [2, 4, 10, 3, 5, 9, 4, 6, 8];
	const control = (digits.reduce((sum, digit, index) => sum + digit * weights[index], 0) % 11) % 10;
	return [...digits, control].join('');
};

export class Company {
	private serial = 0;

	private constructor(
		readonly portal: Portal,
		readonly base: Base,
		readonly workflow: RunningWorkflow,
		readonly credentials: Record<string, ICredentialDataDecryptedObject>,
	) {}

	static async open(options: CompanyOptions = {}): Promise<Company> {
		pretendsTime();
		const now = (): number => Date.now();
		const portal = await openPortal({ now, switches: options.portal });
		const base = await openBase({ now, switches: options.base, vatRates: options.vatRates });
		const credentials = {
			bitrix24WebhookApi: {
				secretUrl: portal.webhookUrl,
				applicationToken: portal.applicationToken,
			},
			oneCApi: oneCCredential(base),
		};
		const setup = workflowFile('portal-setup.json');
		const step = setup.nodes.find(({ name }) => name === 'Поля и стадии');
		if (step) step.parameters.dryRun = false;
		await new RunningWorkflow(setup, credentials).runs('Запустить', [{ json: {} }]);
		const file = workflowFile(`${options.chain ?? 'prepaid'}.json`);
		options.edit?.(file);
		return new Company(portal, base, new RunningWorkflow(file, credentials), credentials);
	}

	async close(): Promise<void> {
		await Promise.all([this.portal.close(), this.base.close()]);
		endsPretending();
	}

	/** A buyer known to both systems. */
	buyer(change: Partial<Parameters<Base['admin']['addsCounterparty']>[0]> = {}): Buyer {
		this.serial += 1;
		const inn = change.inn ?? innOf(this.serial);
		const name = change.name ?? `ООО «Покупатель ${this.serial}»`;
		return {
			company: this.portal.admin.addsCompany({ title: name, inn }),
			counterparty: this.base.admin.addsCounterparty({
				name,
				inn,
				contract: 'ПоДоговоруВЦелом',
				...change,
			}),
		};
	}

	/** A product known to both systems by the GUID of 1C. */
	product(name: string, price: number, vat = 22): Product {
		const ref = this.base.admin.addsProduct({ name, vat: `НДС${vat}`, price });
		return { ref, name, product: this.portal.admin.addsProduct({ name, xmlId: ref, price, vat }) };
	}

	deal(company: number, rows: RowInput[], fields: Record<string, unknown> = {}): number {
		return this.portal.manager.createsDeal({
			title: `Сделка компании ${company}`,
			company,
			rows,
			fields,
		});
	}

	/** Both triggers are polled, and what they emit runs through. */
	async minutePasses(): Promise<{ to1c: Finished | null; from1c: Finished | null }> {
		jest.setSystemTime(Date.now() + MINUTE);
		const to1c = await this.workflow.polls(TO_1C);
		const from1c = await this.workflow.polls(FROM_1C);
		for (const run of [to1c, from1c]) {
			if (run?.error) throw new Error(`The workflow failed: ${run.error}`);
		}
		return { to1c, from1c };
	}

	async minutesPass(count: number): Promise<void> {
		for (let minute = 0; minute < count; minute += 1) await this.minutePasses();
	}

	/** Bitrix24 calls the workflow's webhook about a deal. */
	async callsAbout(
		deal: number,
		token = this.portal.applicationToken,
	): Promise<{ status: number; run: Finished | null }> {
		const body: IDataObject = {
			event: 'ONCRMDEALUPDATE',
			event_handler_id: '7',
			'data[FIELDS][ID]': String(deal),
			ts: '1795507200',
			'auth[domain]': this.portal.domain,
			'auth[application_token]': token,
		};
		return await this.workflow.receives(CALLED, body);
	}

	/** The nightly reconciliation: what is lost of a link is written back, unless it is a dry run. */
	async reconciles(dryRun = false): Promise<Finished> {
		const file = workflowFile('reconcile.json');
		for (const { name, parameters } of file.nodes) {
			if (name === 'Сверка') parameters.dryRun = dryRun;
		}
		const workflow = new RunningWorkflow(file, this.credentials);
		const run = await workflow.runs('Каждую ночь', [{ json: {} }]);
		if (run.error) throw new Error(run.error);
		return run;
	}

	stage(deal: number): string {
		return this.portal.sees.stageName(String(this.portal.sees.deal(deal).stageId));
	}

	invoiceStages(deal: number): string[] {
		return this.portal.sees
			.invoices(deal)
			.map(({ stageId }) => this.portal.sees.stageName(String(stageId)));
	}

	/** 1C documents made for a deal, those marked for deletion left out. */
	documents(
		kind: 'СчетНаОплатуПокупателю' | 'ЗаказПокупателя',
		deal: number,
	): Array<Record<string, unknown>> {
		const marker = `B24-${deal}`;
		return this.base.sees
			.documents(kind)
			.filter((document) => document.DeletionMark === false)
			.filter(
				(document) =>
					document.НомерВходящегоДокументаЭлектронногоОбмена === marker ||
					String(document.Комментарий).includes(`[${marker}]`),
			);
	}

	invoice(deal: number): Record<string, unknown> {
		return this.only('СчетНаОплатуПокупателю', deal);
	}

	order(deal: number): Record<string, unknown> {
		return this.only('ЗаказПокупателя', deal);
	}

	timeline(deal: number): string[] {
		return this.portal.sees.timeline('deal', deal);
	}

	private only(
		kind: 'СчетНаОплатуПокупателю' | 'ЗаказПокупателя',
		deal: number,
	): Record<string, unknown> {
		const documents = this.documents(kind, deal);
		if (documents.length !== 1)
			throw new Error(`Deal ${deal} has ${documents.length} documents ${kind}`);
		return documents[0];
	}
}

export const refOf = (document: Record<string, unknown>): string => String(document.Ref_Key);
