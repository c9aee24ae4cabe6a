import { Problem } from '../../exchange/problem';
import type { ItemOperation, Resource } from '../../shared/operation';
import { documentJson, documentSchema, ORDER } from '../documents/documents';
import { postOrder } from '../documents/postOrder';
import { ORDERS_LIST } from '../documents/documentLists';
import type { Session } from '../session';
import { createOperation } from './createOperation';
import { chosenRef, findByFields, getOperation } from './getOperation';
import { getManyDocuments } from './documentListOperation';
import { getProgress } from './progressOperation';

const post: ItemOperation<Session> = {
	value: 'post',
	name: 'Post',
	action: 'Post a customer order',
	description: 'An order that is posted already is left alone',
	properties: findByFields,
	forEach: async (session, item) => {
		const { client } = session;
		const { dealId, ref } = await chosenRef(session, ORDER, item);
		const order = await client.read(ORDER.set, ref, documentSchema);
		if (!order) throw new Problem(`1C has no ${ORDER.title} ${ref}.`);
		const posted = await postOrder(client, order);
		return {
			...(dealId ? { dealId } : {}),
			document: { ...documentJson(ORDER, posted, client.base.timeZone) },
			outcome: order.posted ? 'unchanged' : 'posted',
		};
	},
};

export const customerOrder: Resource<Session> = {
	value: 'customerOrder',
	name: ORDER.title,
	operations: [
		createOperation(
			'order',
			'Create a customer order',
			'The order of a deal; one that is there already is returned and never overwritten',
		),
		getOperation(ORDER, 'Get a customer order'),
		getManyDocuments({
			plural: 'customer orders',
			kinds: () => [ORDERS_LIST],
			withCounterparty: true,
			withOrder: false,
		}),
		getProgress('a customer order'),
		post,
	],
};
