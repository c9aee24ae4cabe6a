import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { Resource } from '../../shared/operation';
import { PAYMENTS } from '../documents/documentLists';
import type { Session } from '../session';
import { getManyDocuments } from './documentListOperation';

const sets = PAYMENTS.map(({ set }) => set);

const KINDS: INodeProperties = {
	displayName: 'Kinds',
	name: 'kinds',
	type: 'multiOptions',
	options: PAYMENTS.map(({ set, title }) => ({ name: title, value: set })),
	default: [],
	description: 'Documents by which money comes in; all four when none is chosen',
};

const kindsSchema = z.array(z.string());

export const payment: Resource<Session> = {
	value: 'payment',
	name: 'Payment (Оплата)',
	operations: [
		getManyDocuments({
			plural: 'payments',
			kinds: (item) => {
				const chosen = item.read('kinds', 'Kinds', kindsSchema);
				const wanted = chosen.length > 0 ? chosen : sets;
				return PAYMENTS.filter(({ set }) => wanted.includes(set));
			},
			properties: [KINDS],
			withCounterparty: true,
			withInvoice: true,
		}),
	],
};
