/** Creating an invoice and creating an order differ in the document alone. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { ItemParameters } from '../../shared/parameters';
import type { ListOperation, Outcome } from '../../shared/operation';
import { attempt } from '../../shared/runner';
import { settled } from '../../shared/settled';
import { together } from '../../shared/together';
import { Supplier, type Demand, type Supplied } from '../documents/createDocuments';
import { documentJson, INVOICE, ORDER, type Kind } from '../documents/documents';
import type { Session } from '../session';
import { refParameter, saleFields, saleParameter } from './parameters';

const KINDS = { invoice: INVOICE, order: ORDER };

const POST: INodeProperties = {
	displayName: 'Post',
	name: 'post',
	type: 'boolean',
	default: true,
	description: 'Whether to post the order, so that it counts in the registers of 1C',
};

const demandOf =
	(kind: Kind) =>
	(item: ItemParameters): Demand => ({
		sale: item.read('sale', 'Sale', saleParameter),
		defaults: {
			organization: item.read('organization', 'Organization', refParameter),
			warehouse: item.read('warehouse', 'Warehouse', refParameter),
		},
		post: kind === 'order' && item.read('post', 'Post', z.boolean()),
	});

const asJson = (kind: Kind, supplied: Supplied, dealId: number, timeZone: string): IDataObject => ({
	dealId,
	document: { ...documentJson(KINDS[kind], supplied.document, timeZone) },
	outcome: supplied.outcome,
	anomalies: supplied.anomalies,
});

const createAll = async (kind: Kind, session: Session, demands: Demand[]): Promise<Outcome[]> => {
	const sales = demands.map(({ sale }) => sale);
	const opened = await settled(async () => await Supplier.open(session, kind, sales));
	if (opened.error) {
		const { error: problem } = opened;
		return demands.map(() => ({ problem }));
	}
	const { value: supplier } = opened;
	const { timeZone } = session.client.base;
	const outcomes: Outcome[] = [];
	for (const demand of demands) {
		outcomes.push(
			await attempt(async () =>
				asJson(kind, await supplier.supply(demand), demand.sale.dealId, timeZone),
			),
		);
	}
	return outcomes;
};

export const createOperation = (
	kind: Kind,
	action: string,
	description: string,
): ListOperation<Session> => ({
	value: 'create',
	name: 'Create',
	action,
	description,
	properties: kind === 'order' ? [...saleFields, POST] : saleFields,
	forAll: async (session, items) =>
		await together(
			items,
			demandOf(kind),
			async (demands) => await createAll(kind, session, demands),
		),
});
