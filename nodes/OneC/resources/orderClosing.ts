import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { ItemOperation, Resource } from '../../shared/operation';
import { closeOrder } from '../documents/closeOrder';
import { CLOSINGS } from '../documents/documentLists';
import type { Session } from '../session';
import { getManyDocuments } from './documentListOperation';
import { located, locator } from './locators';
import { dealIdOf, ref, requiredRef } from './parameters';

const create: ItemOperation<Session> = {
	value: 'create',
	name: 'Create',
	action: 'Close a customer order',
	description:
		'Make and post a closing of what is left of an order; an order that is closed already keeps its closing',
	properties: [
		{
			...ref,
			displayName: 'Customer Order GUID',
			name: 'order',
			description: 'Reference of the order (Заказ покупателя) to close',
		},
		locator('reason', { hint: 'Why the rest is not delivered; shown by the progress of the deal' }),
		{ displayName: 'Comment', name: 'comment', type: 'string', default: '' },
	],
	forEach: async (session, item) => {
		const { closing, outcome } = await closeOrder(session.client, {
			order: item.read('order', 'Customer Order GUID', requiredRef),
			reason: await located(session, item, 'reason'),
			comment: item.read('comment', 'Comment', z.string()),
		});
		return { ...dealIdOf(item.json), document: closing as IDataObject, outcome };
	},
};

export const orderClosing: Resource<Session> = {
	value: 'orderClosing',
	name: CLOSINGS.title,
	operations: [
		create,
		getManyDocuments({
			plural: 'order closings',
			kinds: () => [CLOSINGS],
			withCounterparty: false,
		}),
	],
};
