import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { z } from 'zod';
import { SAME_INN } from '../Bitrix24/buyers/buyerDecisions';
import type { Bitrix24Client } from '../Bitrix24/rest/client';
import {
	authenticationField,
	connect as connectBitrix24,
	portalCredentials,
} from '../Bitrix24/rest/connect';
import { connect as connectOneC, oneCCredentialBesidePortal } from '../OneC/connect';
import type { Session } from '../OneC/session';
import { Problem } from '../exchange/problem';
import { guidSchema, optionalRefSchema } from '../exchange/reference';
import type { Outcome } from '../shared/operation';
import { parametersOf, type ItemParameters } from '../shared/parameters';
import { emit, failAll } from '../shared/runner';
import { settled } from '../shared/settled';
import { FIELDS } from './syncFields';
import {
	getCounterpartyFolders,
	getPriceTypes,
	getProductFolders,
	getStockWarehouses,
} from './options';
import { OUTPUTS, Report } from './report';
import { syncCounterparties } from './syncCounterparties';
import { syncProducts } from './syncProducts';
import { idSchema } from '../shared/valueSchemas';

type Work = (client: Bitrix24Client, session: Session, report: Report) => Promise<void>;

const pageSizeSchema = idSchema.pipe(z.number().max(2000));

const counterparties = (
	item: ItemParameters,
	common: { dryRun: boolean; pageSize: number },
): Work => {
	const wanted = {
		...common,
		folder: item.read('counterpartyFolder', 'Folder', optionalRefSchema),
		people: item.read('people', 'People As', z.enum(['contact', 'company'])),
		sameInn: item.read('sameInn', 'When the CRM Has the Same INN', z.enum(SAME_INN)),
	};
	return async (client, session, report) =>
		await syncCounterparties(client, session, wanted, report);
};

const products = (item: ItemParameters, common: { dryRun: boolean; pageSize: number }): Work => {
	const isStockWanted = item.read('stock', 'Write Free Stock', z.boolean());
	const warehouses = isStockWanted
		? item.read('warehouses', 'Warehouses', z.array(guidSchema))
		: [];
	const wanted = {
		...common,
		folder: item.read('productFolder', 'Folder', optionalRefSchema),
		priceType: item.read('priceType', 'Price Type', optionalRefSchema),
		stock: isStockWanted ? { warehouses } : null,
	};
	return async (client, session, report) => await syncProducts(client, session, wanted, report);
};

/** A run that breaks off has written what it has written; the next one goes on from there. */
const brokenOff = (error: Error, report: Report): Problem =>
	new Problem(
		`${error.message} (The run broke off after ${report.soFar}.)`,
		`${error instanceof Problem && error.remedy ? `${error.remedy} ` : ''}Run it again: it goes on from where it stopped.`,
	);

const run = async (
	item: ItemParameters,
	client: Bitrix24Client,
	session: Session,
): Promise<Outcome> => {
	const what = item.read('what', 'What', z.enum(['counterparties', 'products']));
	const dryRun = item.read('dryRun', 'Dry Run', z.boolean());
	const pageSize = item.read('pageSize', 'Page Size', pageSizeSchema);
	const work = (what === 'products' ? products : counterparties)(item, { dryRun, pageSize });
	const report = new Report(what, dryRun);
	const { error } = await settled(async () => await work(client, session, report));
	return error ? { problem: brokenOff(error, report) } : { items: report.all() };
};

const CREDENTIALS = [...portalCredentials, oneCCredentialBesidePortal];

export class CatalogSync implements INodeType {
	description: INodeTypeDescription = {
		displayName: '1C Catalog Sync',
		name: 'catalogSync',
		icon: { light: 'file:catalogSync.svg', dark: 'file:catalogSync.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["what"] }}',
		description: 'Brings counterparties and products of 1C into Bitrix24 and keeps them up to date',
		defaults: { name: '1C Catalog Sync' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: OUTPUTS.map(() => NodeConnectionTypes.Main),
		outputNames: OUTPUTS,
		credentials: CREDENTIALS,
		properties: [authenticationField, ...FIELDS],
	};

	methods = {
		loadOptions: {
			getCounterpartyFolders,
			getPriceTypes,
			getProductFolders,
			getStockWarehouses,
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const connected = await settled(async () => ({
			client: await connectBitrix24(this),
			session: await connectOneC(this),
		}));
		if (connected.error) return failAll(this, connected.error, OUTPUTS.length);
		const { client, session } = connected.value;
		const outcomes: Outcome[] = [];
		for (const item of parametersOf(this)) {
			const ran = await settled(async () => await run(item, client, session));
			outcomes.push(ran.value ?? { problem: ran.error as Error });
		}
		return emit(this, outcomes, OUTPUTS.length);
	}
}
