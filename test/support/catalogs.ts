/** A portal and a base whose catalogs are kept alike by the workflow `catalogs.json`. */
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import axios from 'axios';
import {
	openPortal,
	type Portal,
	type PortalOptions,
	type PortalSwitches,
} from '../standins/bitrix24/portal';
import { openBase, type Base, type BaseOptions, type BaseSwitches } from '../standins/onec/base';
import { RunningWorkflow, workflowFile, type Finished } from './engine';
import { oneCCredential } from './oneCCredential';

const BUYERS = 'Контрагенты';
const GOODS = 'Номенклатура';

export interface CatalogsOptions {
	portal?: Partial<PortalSwitches>;
	base?: Partial<BaseSwitches>;
	bucket?: PortalOptions['bucket'];
	/** Time stands still unless it is told how it passes. */
	now?: () => number;
	/** Before the portal setup has made the fields. */
	isBare?: boolean;
	/** The clock, the costs and whatever else of both systems. */
	systems?: { portal?: PortalOptions; base?: BaseOptions };
}

export interface Ran {
	error: string | undefined;
	pages: IDataObject[];
	inDoubt: IDataObject[];
	failed: IDataObject[];
	notices: IDataObject[];
	summary: IDataObject;
}

export class Catalogs {
	private constructor(
		readonly portal: Portal,
		readonly base: Base,
		private readonly credentials: Record<string, ICredentialDataDecryptedObject>,
	) {}

	static async open(options: CatalogsOptions = {}): Promise<Catalogs> {
		const now = options.now ?? (() => Date.parse('2026-11-24T09:00:00Z'));
		const portal = await openPortal({
			now,
			switches: options.portal,
			bucket: options.bucket ?? 'off',
			...options.systems?.portal,
		});
		const base = await openBase({
			now,
			switches: options.base,
			...options.systems?.base,
		});
		const credentials = {
			bitrix24WebhookApi: {
				secretUrl: portal.webhookUrl,
				applicationToken: portal.applicationToken,
			},
			oneCApi: oneCCredential(base),
		};
		const catalogs = new Catalogs(portal, base, credentials);
		if (!options.isBare) await catalogs.setsUpPortal();
		return catalogs;
	}

	async close(): Promise<void> {
		await Promise.all([this.portal.close(), this.base.close()]);
	}

	async setsUpPortal(): Promise<void> {
		const setup = workflowFile('portal-setup.json');
		const step = setup.nodes.find(({ name }) => name === 'Поля и стадии');
		if (step) step.parameters.dryRun = false;
		const run = await new RunningWorkflow(setup, this.credentials).runs('Запустить', [
			{ json: {} },
		]);
		if (run.error) throw new Error(run.error);
	}

	async syncsBuyers(change: INodeParameters = {}): Promise<Ran> {
		return this.seen(await this.runs({ [BUYERS]: change }, BUYERS), BUYERS);
	}

	async syncsGoods(change: INodeParameters = {}): Promise<Ran> {
		const priceType = this.base.seed.priceType;
		return this.seen(await this.runs({ [GOODS]: { priceType, ...change } }, GOODS), GOODS);
	}

	/**
	 * The whole workflow, with the parameters an analyst has changed in its nodes.
	 * @param only a node that is run by itself, as the editor does
	 */
	async runs(changes: Record<string, INodeParameters> = {}, only?: string): Promise<Finished> {
		const file = workflowFile('catalogs.json');
		for (const node of file.nodes) {
			Object.assign(node.parameters, changes[node.name]);
			if (only === BUYERS && node.name === GOODS) node.disabled = true;
		}
		if (only) {
			file.connections['Запустить'] = { main: [[{ node: only, type: 'main', index: 0 }]] };
		}
		return await new RunningWorkflow(file, this.credentials).runs('Запустить', [{ json: {} }]);
	}

	/** Another workflow file, with the parameters a person has filled in. */
	async runsFile(name: string, changes: Record<string, INodeParameters>): Promise<Finished> {
		const file = workflowFile(name);
		for (const node of file.nodes) Object.assign(node.parameters, changes[node.name]);
		return await new RunningWorkflow(file, this.credentials).runs('Запустить', [{ json: {} }]);
	}

	/** How many requests each system gets from a piece of work; `writes` counts what changes the portal. */
	async costs<Result>(work: () => Promise<Result>): Promise<{
		result: Result;
		bitrix24: number;
		onec: number;
		writes: string[];
	}> {
		const [portalBefore, baseBefore] = [this.portal.requests.length, this.base.requests.length];
		const result = await work();
		const toPortal = this.portal.requests.slice(portalBefore);
		const writes = toPortal
			.flatMap(({ method, commands }) => (commands?.length ? commands : [method]))
			.filter((method) => /\.(add|update|delete|set|register)$/.test(method));
		return {
			result,
			bitrix24: toPortal.length,
			onec: this.base.requests.length - baseBefore,
			writes,
		};
	}

	/** What the portal answers a person who looks. */
	async asks<Result = IDataObject[]>(method: string, params: IDataObject = {}): Promise<Result> {
		const { data } = await axios.post<{ result: Result }>(
			`${this.portal.webhookUrl}${method}`,
			params,
			{ validateStatus: () => true },
		);
		if (data.result === undefined) throw new Error(`${method}: ${JSON.stringify(data)}`);
		return data.result;
	}

	async companies(filter: IDataObject = {}): Promise<IDataObject[]> {
		return await this.cards(4, filter);
	}

	async contacts(filter: IDataObject = {}): Promise<IDataObject[]> {
		return await this.cards(3, filter);
	}

	async requisites(company: IDataObject): Promise<IDataObject[]> {
		return await this.asks('crm.requisite.list', {
			filter: { ENTITY_TYPE_ID: company.entityTypeId, ENTITY_ID: company.id },
			select: ['*'],
		});
	}

	async bankDetails(requisite: IDataObject): Promise<IDataObject[]> {
		return await this.asks('crm.requisite.bankdetail.list', {
			filter: { ENTITY_ID: requisite.ID },
		});
	}

	async addresses(requisite: IDataObject): Promise<IDataObject[]> {
		return await this.asks('crm.address.list', {
			filter: { ENTITY_TYPE_ID: 8, ENTITY_ID: requisite.ID },
		});
	}

	async products(filter: IDataObject = {}): Promise<IDataObject[]> {
		const { products } = await this.asks<{ products: IDataObject[] }>('catalog.product.list', {
			select: ['*'],
			filter: { iblockId: 23, ...filter },
		});
		return products;
	}

	async prices(product: IDataObject): Promise<IDataObject[]> {
		const { prices } = await this.asks<{ prices: IDataObject[] }>('catalog.price.list', {
			filter: { productId: product.id },
		});
		return prices;
	}

	private async cards(entityTypeId: number, filter: IDataObject): Promise<IDataObject[]> {
		const { items } = await this.asks<{ items: IDataObject[] }>('crm.item.list', {
			entityTypeId,
			filter,
			select: ['*'],
			useOriginalUfNames: 'Y',
			order: { id: 'ASC' },
		});
		return items;
	}

	private seen(run: Finished, node: string): Ran {
		const [pages, inDoubt, failed, notices, [summary]] = [0, 1, 2, 3, 4].map((output) =>
			run.items(node, output),
		);
		return { error: run.error, pages, inDoubt, failed, notices, summary };
	}
}
